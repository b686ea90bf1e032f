//! Anaphora: the antecedents of expressions such as "they", "the minister", "its", "the alliance" and "I".

use super::phrases::{self, Governor};
use super::sentence::Sentence;
use super::triggers::Found;
use crate::extract::entities::{Entity, How, PartyId};
use crate::extract::lexicon::Class;
use enumset::enum_set;
use std::iter::once;

/// How many sentences back an antecedent may be.
const REACH: usize = 5;
/// How many sentences back the members of a group may be named.
const GROUP_REACH: usize = 12;
/// How many sentences back the holder of an office may be named.
const HOLDER_REACH: usize = 40;
/// How far after a name the office of its bearer may be, in tokens.
const OFFICE_REACH: usize = 5;

/// An antecedent: a party and, if a person acts for it, an index into the people of the article.
pub(super) type Referent = (PartyId, Option<usize>);

/// Returns the participants to which the clause of a trigger refers without naming them: by a word before the trigger,
/// or by a phrase for a group anywhere in the clause.
pub(super) fn referents(sentences: &[Sentence<'_, '_>], here: &Sentence<'_, '_>, found: &Found) -> Vec<Referent> {
    let before = &sentences[here.context(REACH)..here.number];
    for at in here.clauses.tokens(here.clauses.of(found.tokens.start)) {
        let phrase = here.pack.groups.longest(here.article.text.words_from(at, here.tokens.end));
        if let Some((_, [count, ..])) = phrase {
            return members(*count, here, &sentences[here.context(GROUP_REACH)..here.number]);
        }
        let names = || {
            let mut before =
                here.entities.iter().filter(|e| e.tokens.start >= at && e.tokens.end <= found.tokens.start);
            before.any(|e| e.party.is_some() || e.place.is_some())
        };
        let one = if at >= found.tokens.start {
            None
        } else if here.is(at, Class::Pronoun) {
            person(here, at, before)
        } else if here.is(at, Class::The) && here.office_at(at + 1) && !names() {
            holder(here, at + 1, sentences).or_else(|| person(here, at + 1, before))
        } else if here.is(at, Class::Owner) {
            body(here, at, before)
        } else {
            None
        };
        if let Some(one) = one {
            return vec![one];
        }
    }
    vec![]
}

/// Returns the speaker if it announces an event of its own, as in "I will travel". In a text of a state, that includes
/// an official who is mentioned without a country and has not been named with one before: "Assistant Secretary Dale
/// will travel", "The Minister will travel".
pub(super) fn speaker(sentences: &[Sentence<'_, '_>], here: &Sentence<'_, '_>, found: &Found) -> Option<Referent> {
    let clauses = &here.clauses;
    let before = || clauses.tokens(clauses.of(found.tokens.start)).take_while(|at| *at < found.tokens.start);
    // "us", but not "US".
    if before().any(|at| here.is(at, Class::Speaker) && !here.in_name(at)) {
        return author(here, sentences);
    }
    let source = here.article.source?;
    let office = before().find(|at| here.office_at(*at) && !here.in_name(*at))?;
    // The office belongs to another state in "the minister of Chile", but not in "the envoy for Yemen".
    let holds =
        |e: &Entity| e.person.is_some() || here.before_phrase(e.tokens.start).is_some_and(|at| here.is(at, Class::Of));
    let held =
        here.entities.iter().filter(|e| e.party.is_some() && (office..found.tokens.start).contains(&e.tokens.start));
    let named = held.into_iter().any(holds);
    let attributed = here.before(office).is_some_and(|at| here.in_name(at) || here.is(at, Class::Possessive));
    let own = here.is_capitalised(office) && !named && !attributed && holder(here, office, sentences).is_none();
    own.then_some((source, None))
}

/// Whether a name denotes someone who acts, and not a place, a topic or a mere attribute.
pub(super) fn acts(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let place = name.place.is_some() && !phrases::is_possessive(sentence, name);
    name.party.is_some()
        && (name.how != How::Demonym || phrases::stands_for_officials(sentence, name))
        && !phrases::is_no_actor(sentence, name)
        && match phrases::governor(sentence, name) {
            Some(Governor::Topic | Governor::Outsider) => false,
            Some(Governor::Place) => !place && !phrases::is_in_longer_name(sentence, name),
            Some(Governor::Party) | None => !phrases::is_of_topic(sentence, name),
        }
}

/// Returns the participants that act in a sentence, without duplicates.
pub(super) fn acting(sentence: &Sentence<'_, '_>) -> Vec<Referent> {
    named(vec![], sentence, |e| acts(sentence, e))
}

/// Adds to `found` the parties of the sentence whose names satisfy `is_meant`, without duplicates.
fn named(mut found: Vec<Referent>, sentence: &Sentence<'_, '_>, is_meant: impl Fn(&Entity) -> bool) -> Vec<Referent> {
    for (name, party) in sentence.entities.iter().filter_map(|e| Some((e, e.party?))) {
        if found.iter().all(|(known, _)| *known != party) && is_meant(name) {
            found.push((party, name.person));
        }
    }
    found
}

/// Returns the result of `find` for the names of the sentence up to a token, or for the nearest sentence before that
/// has a result.
fn nearest<T>(
    here: &Sentence<'_, '_>,
    end: usize,
    before: &[Sentence<'_, '_>],
    find: impl Fn(&Sentence<'_, '_>, &[Entity]) -> Option<T>,
) -> Option<T> {
    let named = here.entities.partition_point(|e| e.tokens.end <= end);
    find(here, &here.entities[..named])
        .or_else(|| before.iter().rev().find_map(|sentence| find(sentence, sentence.entities)))
}

/// Returns the last person named.
fn person(here: &Sentence<'_, '_>, end: usize, before: &[Sentence<'_, '_>]) -> Option<Referent> {
    nearest(here, end, before, |sentence, names| {
        let person = names.iter().rfind(|e| e.party.is_some() && phrases::is_person(sentence, e))?;
        Some((person.party?, person.person))
    })
}

/// Returns the last organisation named, or the first acting party of the nearest sentence.
fn body(here: &Sentence<'_, '_>, end: usize, before: &[Sentence<'_, '_>]) -> Option<Referent> {
    nearest(here, end, before, |sentence, names| {
        let body = |e: &&Entity| e.party.is_some_and(|party| sentence.is_organisation(party));
        let named = names.iter().rfind(body).or_else(|| names.iter().find(|e| acts(sentence, e)));
        Some((named?.party?, None))
    })
}

/// Returns the last party or person named with the office at a token.
fn holder(here: &Sentence<'_, '_>, at: usize, sentences: &[Sentence<'_, '_>]) -> Option<Referent> {
    let office_of = |sentence: &Sentence<'_, '_>, at: usize| {
        let (tokens, _) = sentence.names.office(sentence.article.text, at, sentence.tokens.end)?;
        Some(tokens.map(|at| sentence.article.text.tokens[at].word).collect::<Vec<_>>())
    };
    let office = office_of(here, at)?;
    let before = &sentences[here.number.saturating_sub(HOLDER_REACH)..here.number];
    nearest(here, at, before, |sentence, names| {
        let holds = |name: &&Entity| {
            let held = sentence.ahead(name.tokens.end, OFFICE_REACH).find_map(|at| office_of(sentence, at));
            name.party.is_some() && held.as_ref() == Some(&office)
        };
        let holder = names.iter().rfind(holds)?;
        Some((holder.party?, holder.person))
    })
}

/// Returns the author of a text: its source, or the first person with an office.
fn author(here: &Sentence<'_, '_>, sentences: &[Sentence<'_, '_>]) -> Option<Referent> {
    let first = || {
        sentences.iter().take(HOLDER_REACH).find_map(|sentence| {
            let person = sentence.entities.iter().find(|e| e.party.is_some() && phrases::is_person(sentence, e))?;
            Some((person.party?, person.person))
        })
    };
    here.article.source.map(|party| (party, None)).or_else(first)
}

/// Returns the participants named last: `count` of them, at least two. If no name acts, all names count.
fn members(count: Option<u8>, here: &Sentence<'_, '_>, before: &[Sentence<'_, '_>]) -> Vec<Referent> {
    let gather = |counts: &dyn Fn(&Sentence<'_, '_>, &Entity) -> bool| {
        let mut found: Vec<Referent> = Vec::new();
        for sentence in once(here).chain(before.iter().rev()) {
            if found.len() < usize::from(count.unwrap_or(2).max(2)) {
                found = named(found, sentence, |e| counts(sentence, e));
            }
        }
        found.truncate(count.map_or(found.len(), |count| usize::from(count.max(2))));
        found
    };
    // Groups are counted by state rather than by organisation, without those that a relative clause lists, as in "the
    // forum, which includes".
    let states = gather(&|sentence, e| {
        let clauses = &sentence.clauses;
        let in_main_clause = clauses.all[clauses.of(e.tokens.start)].relative.is_none();
        in_main_clause && acts(sentence, e) && !e.party.is_some_and(|party| sentence.is_organisation(party))
    });
    let Some(count) = count.map(usize::from) else {
        let acting = gather(&acts);
        return if acting.is_empty() { gather(&|_, e| e.how == How::Name) } else { acting };
    };
    if states.len() >= count {
        return states;
    }
    // Fall back to the states that the article names most often.
    let states = here.article.party_counts.iter().filter(|(party, _)| !here.is_organisation(*party));
    let most: Vec<Referent> = states.take(count).map(|(party, _)| (*party, None)).collect();
    if most.len() == count { most } else { gather(&acts) }
}

/// Whether a sentence begins with a pronoun that can refer to an event or its participants, as in "It will", "They are"
/// or "This".
pub(super) fn begins_with_pronoun(sentence: &Sentence<'_, '_>) -> bool {
    let first = sentence.tokens.start;
    sentence.is_any(first, enum_set!(Class::Subject | Class::Anaphor)) && !sentence.is(first, Class::There)
}
