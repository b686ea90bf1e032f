//! Whom a clause means that it does not name: "they", "the minister", "its", "the alliance", "I".

use super::arguments::{is_body_meant, is_body_resumed};
use super::clause::Sort;
use super::pack::GroupPhrase;
use super::phrases::{self, Governor};
use super::sentence::Sentence;
use super::triggers::Found;
use crate::event::Kind;
use crate::extract::entities::{Entity, How, PartyId};
use crate::extract::lexicon::Class;
use enumset::enum_set;
use std::ops::Range;

/// How many sentences back those who are meant may have been named.
const REACH: usize = 5;
/// How many sentences back the states may have been named that "the two countries" are.
const GROUP_REACH: usize = 12;
/// How many sentences back the holder of an office may have been named.
const HOLDER_REACH: usize = 40;
/// How far after a noun its owner may stand, in tokens: "a summit of the alliance".
const OWNER_REACH: usize = 5;

/// How a clause speaks of those who take part without naming them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anaphor {
    /// "he", "she".
    Person(usize),
    /// "the minister": the token of the office.
    Office(usize),
    /// "its summit": the token of the pronoun.
    Owner(usize),
    /// "the alliance": the token of the word that stands for an organisation.
    Body(usize),
    /// "I", "our": who speaks.
    Speaker,
    /// "14:00 – Receives the minister": in an agenda, the one whose agenda it is.
    Author,
    /// "they", "the two sides".
    Group(GroupPhrase),
    /// "It will sit again": the body that the sentence before speaks of.
    It,
    /// Not at all: "the talks".
    None,
}

/// A participant that is meant: a party and, where one acts for it, the person.
pub(super) type Referent = (PartyId, Option<usize>);

/// How the clause of a trigger speaks of those whom it does not name.
pub(super) fn anaphor(sentence: &Sentence<'_, '_>, found: &Found) -> Anaphor {
    if found.is_verb() && is_body_resumed(sentence, &found.tokens) {
        return Anaphor::It;
    }
    let clauses = sentence.clauses();
    let clause = clauses.of(found.tokens.start);
    // The subject that a clause shares is read first.
    let shared = clauses.clauses[clause].subject.filter(|of| *of < clause);
    let subject = shared.into_iter().flat_map(|of| clauses.tokens(of).take_while(|at| !sentence.has_verb(*at..at + 1)));
    for at in subject.chain(clauses.tokens(clause)) {
        let phrase = sentence.language.groups.longest(sentence.article.text.words_from(at, sentence.tokens.end));
        if let Some((_, [group, ..])) = phrase {
            return Anaphor::Group(*group);
        }
        // "a summit of the alliance", "a speech by the minister"
        let owned = found.is_noun() && at > found.tokens.end && at <= found.tokens.end + OWNER_REACH;
        if owned && is_body_meant(sentence, at) {
            return Anaphor::Body(at);
        }
        if owned && is_bare_office(sentence, at, found) {
            return Anaphor::Office(at + 1);
        }
        if at >= found.tokens.start {
            continue;
        }
        if sentence.is(at, Class::Pronoun) {
            return Anaphor::Person(at);
        }
        if sentence.is(at, Class::Speaker) {
            return Anaphor::Speaker;
        }
        if is_bare_office(sentence, at, found) {
            return Anaphor::Office(at + 1);
        }
        // "NATO confirms that it will": who says so.
        let says = sentence.is(at, Class::It) && speakers(sentence).any(|e| e.tokens.end <= at);
        if sentence.is(at, Class::Owner) || says {
            return Anaphor::Owner(at);
        }
        if is_body_meant(sentence, at) {
            return Anaphor::Body(at);
        }
    }
    if begins_an_item(sentence, found) { Anaphor::Author } else { Anaphor::None }
}

/// Those whom an anaphor means; nobody where the text does not say.
pub(super) fn referents(
    sentences: &[Sentence<'_, '_>],
    here: &Sentence<'_, '_>,
    found: &Found,
    anaphor: Anaphor,
) -> Vec<Referent> {
    let before = &sentences[here.number.saturating_sub(REACH)..here.number];
    match anaphor {
        Anaphor::Person(at) => person(here, at, before, sentences).into_iter().collect(),
        Anaphor::Office(at) => {
            holder(here, at, sentences).or_else(|| person(here, at, before, sentences)).into_iter().collect()
        }
        Anaphor::Owner(at) => owner(here, at, before).into_iter().collect(),
        Anaphor::Body(at) => body(here, at, before).into_iter().collect(),
        Anaphor::It => resumed(before),
        Anaphor::Speaker => speaker(here).or_else(|| author(here, sentences)).into_iter().collect(),
        Anaphor::Author => author(here, sentences).into_iter().collect(),
        Anaphor::Group(group) => {
            let reach = if group.states && group.count.is_some() { GROUP_REACH } else { REACH };
            members(group, here, &sentences[here.number.saturating_sub(reach)..here.number])
        }
        Anaphor::None => same_event(found.kind, before),
    }
}

/// The names of those who say so, where the sentence says who does.
pub(super) fn speakers<'a>(sentence: &Sentence<'a, '_>) -> impl Iterator<Item = &'a Entity> {
    let says = |e: &Entity| e.party.is_some() && sentence.clauses().sort_of(e.tokens.start) == Sort::Reporting;
    sentence.entities.iter().filter(move |e| says(e) && acts(sentence, e))
}

/// Whether a name stands for someone who acts: no place, no topic, no bare adjective.
pub(super) fn acts(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let layout = &sentence.article.layout;
    let head = [layout.dateline(sentence.number), layout.label(sentence.number)];
    let place = name.place.is_some() && !phrases::is_possessive(sentence, name);
    name.party.is_some()
        && !head.iter().any(|tokens| tokens.contains(&name.tokens.start))
        && (name.how != How::Demonym || phrases::stands_for_officials(sentence, name))
        && !phrases::is_nationality(sentence, name)
        && !phrases::is_compound_adjective(sentence, name)
        && !phrases::is_land_of_town(sentence, name)
        && match phrases::governor(sentence, name) {
            Some(Governor::Topic) => false,
            Some(Governor::Place) => !place && !phrases::is_in_longer_name(sentence, name),
            Some(Governor::Party) | None => !phrases::is_of_topic(sentence, name),
        }
}

/// Those who act in a sentence, each once; outside of what says who says so, unless nobody else does.
pub(super) fn acting(sentence: &Sentence<'_, '_>) -> Vec<Referent> {
    let gather = |told: &dyn Fn(&Entity) -> bool| {
        let mut found: Vec<Referent> = Vec::new();
        for name in sentence.entities.iter().filter(|e| e.party.is_some() && told(e) && acts(sentence, e)) {
            let Some(party) = name.party else { continue };
            if found.iter().all(|(known, _)| *known != party) {
                found.push((party, name.person));
            }
        }
        found
    };
    let told = gather(&|e: &Entity| sentence.clauses().sort_of(e.tokens.start) == Sort::Plain);
    if told.len() < 2 { gather(&|_| true) } else { told }
}

fn is_bare_office(sentence: &Sentence<'_, '_>, at: usize, found: &Found) -> bool {
    let named = || sentence.entities.iter().any(|e| e.tokens.start >= at && e.tokens.end <= found.tokens.start);
    sentence.is(at, Class::The) && sentence.office_at(at + 1) && !named()
}

/// "14:00 – Receives the minister": an item of an agenda that begins with what happens.
fn begins_an_item(sentence: &Sentence<'_, '_>, found: &Found) -> bool {
    let said = |at: usize| sentence.is_word(at) && !sentence.in_date(at);
    let silent = !(sentence.tokens.start..found.tokens.start).any(said);
    is_item(sentence) && silent && (found.is_verb() || found.kind == Kind::Visit)
}

/// A line of an agenda, which begins with a bullet or with its day or hour.
pub(super) fn is_item(sentence: &Sentence<'_, '_>) -> bool {
    let first = sentence.tokens.start;
    let marked = sentence.is(first, Class::AgendaMark) || sentence.in_date(first);
    sentence.article.layout.heading(sentence.number).is_some() || sentence.opens_line() && marked
}

/// The person named last, or "the minister" before the pronoun in its sentence.
fn person(
    here: &Sentence<'_, '_>,
    end: usize,
    before: &[Sentence<'_, '_>],
    sentences: &[Sentence<'_, '_>],
) -> Option<Referent> {
    let last = |sentence: &Sentence<'_, '_>, end: usize| {
        let mut people = sentence.entities.iter().filter(|e| e.tokens.end <= end && phrases::is_person(sentence, e));
        people.rfind(|e| e.party.is_some()).and_then(|e| Some((e.party?, e.person)))
    };
    let office = || {
        let at = (here.tokens.start..end).rfind(|at| here.is(*at, Class::The) && here.office_at(at + 1))?;
        holder(here, at + 1, sentences)
    };
    last(here, end).or_else(office).or_else(|| before.iter().rev().find_map(|sentence| last(sentence, usize::MAX)))
}

/// Who holds the office at a token: the party that it fixes by itself, else the one last named with the same office.
fn holder(here: &Sentence<'_, '_>, at: usize, sentences: &[Sentence<'_, '_>]) -> Option<Referent> {
    let office_of = |sentence: &Sentence<'_, '_>, at: usize| {
        sentence.language.names.office(sentence.article.text, at, sentence.tokens.end)
    };
    let (office, meaning) = office_of(here, at)?;
    if let Some(party) = meaning.code.and_then(|code| here.language.names.gazetteer.party_of(code)) {
        return Some((party, None));
    }
    let words = |tokens: Range<usize>| tokens.map(|at| here.article.text.tokens[at].word);
    let same = |sentence: &Sentence<'_, '_>, name: &Entity| {
        let first = sentence.ahead(name.tokens.end, OWNER_REACH).find_map(|at| office_of(sentence, at));
        name.tokens.end <= at && first.is_some_and(|(other, _)| words(other).eq(words(office.clone())))
    };
    let near = &sentences[here.number.saturating_sub(HOLDER_REACH)..=here.number];
    near.iter().rev().find_map(|sentence| {
        let holder = sentence.entities.iter().rev().find(|e| e.party.is_some() && same(sentence, e))?;
        Some((holder.party?, holder.person))
    })
}

/// The organisation named last before "the alliance".
fn body(here: &Sentence<'_, '_>, at: usize, before: &[Sentence<'_, '_>]) -> Option<Referent> {
    let last = |sentence: &Sentence<'_, '_>, end: usize| {
        let mut named = sentence.entities.iter().rev().filter(|e| e.tokens.end <= end).filter_map(|e| e.party);
        named.find(|party| sentence.is_organisation(*party)).map(|party| (party, None))
    };
    last(here, at).or_else(|| before.iter().rev().find_map(|sentence| last(sentence, usize::MAX)))
}

/// The body that the sentence before speaks of, else those who act in it: "It will sit again".
fn resumed(before: &[Sentence<'_, '_>]) -> Vec<Referent> {
    let Some(last) = before.last() else { return vec![] };
    let acting = acting(last);
    match acting.iter().find(|(party, _)| last.is_organisation(*party)) {
        Some((body, _)) => vec![(*body, None)],
        None => acting,
    }
}

/// Whose "its" is: the first who acts in its sentence, else in the nearest one before.
fn owner(here: &Sentence<'_, '_>, at: usize, before: &[Sentence<'_, '_>]) -> Option<Referent> {
    let first = |sentence: &Sentence<'_, '_>, end: usize| {
        let mut named = sentence.entities.iter().filter(|e| e.tokens.end <= end);
        named.find(|e| acts(sentence, e)).and_then(|e| Some((e.party?, None)))
    };
    first(here, at).or_else(|| before.iter().rev().find_map(|sentence| first(sentence, usize::MAX)))
}

fn speaker(here: &Sentence<'_, '_>) -> Option<Referent> {
    speakers(here).next().and_then(|e| Some((e.party?, e.person)))
}

/// Whose agenda or interview a text is: its source, else the first who holds an office in it.
fn author(here: &Sentence<'_, '_>, sentences: &[Sentence<'_, '_>]) -> Option<Referent> {
    let first = || {
        sentences.iter().take(HOLDER_REACH).find_map(|sentence| {
            let person = sentence.entities.iter().find(|e| e.party.is_some() && phrases::is_person(sentence, e))?;
            Some((person.party?, person.person))
        })
    };
    here.article.source.map(|party| (party, None)).or_else(first)
}

/// The participants named last, at least two and as many as are asked for: of states, where they are meant.
fn members(group: GroupPhrase, here: &Sentence<'_, '_>, before: &[Sentence<'_, '_>]) -> Vec<Referent> {
    let count = usize::from(group.count.unwrap_or(2).max(1));
    let gather = |states: bool| {
        let mut found: Vec<Referent> = Vec::new();
        for sentence in std::iter::once(here).chain(before.iter().rev()) {
            if found.len() >= count {
                break;
            }
            for (party, person) in acting(sentence) {
                if found.iter().all(|(known, _)| *known != party) && !(states && here.is_organisation(party)) {
                    found.push((party, person));
                }
            }
        }
        found.truncate(count.max(2));
        found
    };
    let mut states = if group.states { gather(true) } else { vec![] };
    if states.len() == 1 && count > 1 {
        // "Her visit to Oman …. The two countries": the host is one of them.
        let near = std::iter::once(here).chain(before.iter().rev());
        let mut hosts = near.flat_map(|sentence| sentence.entities).filter_map(|e| here.country_of(e.place?));
        states.extend(hosts.find(|host| states[0].0 != *host).map(|host| (host, None)));
    }
    if states.is_empty() { gather(false) } else { states }
}

/// Those who act in the nearest sentence before that names an event of the same family.
fn same_event(kind: Kind, before: &[Sentence<'_, '_>]) -> Vec<Referent> {
    let same = |sentence: &&Sentence<'_, '_>| {
        let alike = |found: &Found| found.kind.family() == kind.family() || found.is_noun() && kind == Kind::Visit;
        sentence.triggers().iter().any(alike)
    };
    before.iter().rev().filter(same).map(acting).find(|acting| !acting.is_empty()).unwrap_or_default()
}

/// Whether a sentence begins with what stands for an event or its participants: "It will", "They are", "This".
pub(super) fn begins_with_pronoun(sentence: &Sentence<'_, '_>) -> bool {
    let first = sentence.tokens.start;
    sentence.is_any(first, enum_set!(Class::Subject | Class::Anaphor)) && !sentence.is(first, Class::There)
}
