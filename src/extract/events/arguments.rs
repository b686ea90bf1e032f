//! What a trigger has beside it: a place to go to, an audience, a body that sits.

use super::sentence::Sentence;
use super::triggers::Argument;
use crate::event::Kind;
use crate::extract::entities::{Entity, How};
use crate::extract::lexicon::Class;
use enumset::enum_set;
use std::ops::Range;

/// How far after a verb its place or its object may be named, in tokens.
const OBJECT_REACH: usize = 7;
/// How far after a verb a place that no gazetteer has may be named, in tokens.
const NEAR: usize = 4;
/// How far before a verb its subject may be named, in tokens.
const SUBJECT_REACH: usize = 12;

/// Whether the words at `tokens`, which name an event of a kind, have an argument.
pub(super) fn has(sentence: &Sentence<'_, '_>, tokens: &Range<usize>, argument: Argument, kind: Kind) -> bool {
    let object = |class| sentence.ahead(tokens.end, OBJECT_REACH).any(|at| sentence.is(at, class));
    let subject = |class: Class| subject_tokens(sentence, tokens).any(|at| sentence.is(at, class));
    let office_ahead = || sentence.ahead(tokens.end, OBJECT_REACH).any(|at| sentence.office_at(at));
    let seat = || {
        let ends = |at: usize| sentence.in_date(at) || sentence.is_comma(at) || sentence.is(at, Class::To);
        sentence.ahead(tokens.end, OBJECT_REACH).take_while(|at| !ends(*at)).any(|at| sentence.is(at, Class::Chair))
    };
    match argument {
        Argument::Place => goal(sentence, tokens).is_some() || goes_somewhere(sentence, tokens),
        Argument::Body => is_by_organisation(sentence, tokens),
        Argument::Term => subject(Class::Term) || object(Class::Term),
        Argument::Building => object(Class::Building) || subject(Class::Building),
        Argument::Envoy => {
            let goes = kind != Kind::Visit || goal(sentence, tokens).is_some();
            goes && (object(Class::Officials) || office_ahead())
        }
        Argument::Council => object(Class::Sitting),
        Argument::Audience => object(Class::Audience),
        Argument::Report => object(Class::Document),
        Argument::Seat => seat(),
        Argument::Guest => {
            let guest = |e: &Entity| e.party.is_some() && e.how != How::Demonym || e.person.is_some();
            let reach = sentence.ahead(tokens.end, OBJECT_REACH);
            let named = sentence.entities.iter().any(|e| guest(e) && reach.contains(&e.tokens.start));
            named || object(Class::Officials) || office_ahead()
        }
        Argument::Office => subject(Class::Chair) || seat() || office_ahead(),
    }
}

/// The tokens of the clause before a verb, where its subject stands.
fn subject_tokens(sentence: &Sentence<'_, '_>, verb: &Range<usize>) -> impl Iterator<Item = usize> {
    let clauses = sentence.clauses();
    let clause = clauses.of(verb.start);
    let first = verb.start.saturating_sub(SUBJECT_REACH);
    clauses.tokens(clause).filter(move |at| (first..verb.start).contains(at))
}

/// "drops in on Ailuk", "will be in Kullorsuaq": a place by its position, though no gazetteer has it.
fn goes_somewhere(sentence: &Sentence<'_, '_>, tokens: &Range<usize>) -> bool {
    let near = sentence.ahead(tokens.end, NEAR);
    sentence.entities.iter().any(|e| e.unlisted && near.contains(&e.tokens.start))
}

/// Whether an organisation is the subject of a verb.
fn is_by_organisation(sentence: &Sentence<'_, '_>, tokens: &Range<usize>) -> bool {
    let party = subject(sentence, tokens).and_then(|e| e.party);
    party.is_some_and(|party| sentence.is_organisation(party))
}

/// "the alliance", "the agency": an organisation that has been named.
pub(super) fn is_body_meant(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    sentence.is(at, Class::Epithet) && sentence.follows(at, Class::The) && !sentence.in_name(at)
}

/// "It will sit again": whether a verb is said of a body that the sentence before speaks of.
pub(super) fn is_body_resumed(sentence: &Sentence<'_, '_>, verb: &Range<usize>) -> bool {
    let it = sentence.tokens.start;
    let said = sentence.is(it, Class::It) && sentence.is(it + 1, Class::Finite) && verb.start <= it + 4;
    let Some(before) = sentence.number.checked_sub(1).filter(|_| said) else { return false };
    let tokens = &sentence.article.text.sentences[before].tokens;
    let mut named = sentence.article.named.entities.iter().filter(|e| tokens.contains(&e.tokens.start));
    named.any(|e| e.party.is_some_and(|party| sentence.is_organisation(party)))
        || tokens.clone().any(|at| sentence.article.classes[at].contains(Class::Sitting))
}

/// The nearest name before the verb in its clause that is no place.
fn subject<'a>(sentence: &Sentence<'a, '_>, tokens: &Range<usize>) -> Option<&'a Entity> {
    let clauses = sentence.clauses();
    let clause = clauses.of(tokens.start);
    let placed =
        |e: &Entity| sentence.before_phrase(e.tokens.start).is_some_and(|at| sentence.is(at, Class::PlacePreposition));
    let mut before = sentence.entities.iter().rev().filter(|e| e.tokens.end <= tokens.start);
    before.find(|e| clauses.of(e.tokens.start) == clause && !placed(e))
}

/// The name that a relative clause is about.
pub(super) fn antecedent<'a>(sentence: &Sentence<'a, '_>, clause: usize) -> Option<&'a Entity> {
    let pronoun = sentence.clauses().clauses[clause].relative?;
    let passes = |at: usize| sentence.office_at(at) || sentence.is_comma(at) || sentence.is(at, Class::Possessive);
    // "Norway's foreign minister, who"
    let heads = |e: &&Entity| {
        let near = e.tokens.end + 2 >= pronoun;
        near || e.tokens.end + OBJECT_REACH >= pronoun && (e.tokens.end..pronoun).all(passes)
    };
    sentence.entities.iter().rev().find(|e| e.tokens.end <= pronoun).filter(heads)
}

/// Where someone goes: the place named soon after a word of travel, in its clause.
pub(super) fn goal<'a>(sentence: &Sentence<'a, '_>, tokens: &Range<usize>) -> Option<&'a Entity> {
    let clauses = sentence.clauses();
    let clause = clauses.of(tokens.start);
    let reach = sentence.ahead(tokens.end, OBJECT_REACH + 3);
    let named = sentence.entities.iter().filter(|e| {
        let here = reach.contains(&e.tokens.start) && clauses.of(e.tokens.start) == clause;
        // "a visit to the Swiss capital": not the adjective itself.
        here && e.place.is_some() && e.how != How::Demonym && e.person.is_none()
    });
    let named: Vec<&Entity> = named.collect();
    let follows = |e: &Entity, class| sentence.before_phrase(e.tokens.start).is_some_and(|at| sentence.is(at, class));
    let object = named
        .iter()
        .find(|e| e.tokens.start == tokens.end || sentence.before_phrase(e.tokens.start) == Some(tokens.end - 1));
    // "the trip of Ghana's minister to Kigali" goes to Kigali.
    let goal = object
        .or_else(|| named.iter().find(|e| follows(e, Class::To)))
        .or_else(|| named.iter().find(|e| follows(e, Class::In)));
    let other = enum_set!(Class::Of | Class::By | Class::From | Class::With);
    let loose =
        || named.iter().find(|e| sentence.before_phrase(e.tokens.start).is_none_or(|at| !sentence.is_any(at, other)));
    goal.or_else(loose).copied()
}
