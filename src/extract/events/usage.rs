//! How triggers are used: whether the words stand in a sentence as a form does, with what they usually have beside them.

use super::arguments;
use super::phrases::is_head_of;
use super::sentence::Sentence;
use super::triggers::{Argument, Form, Found, Match, Trigger};
use crate::event::Kind;
use crate::extract::lexicon::Class;
use enumset::enum_set;
use std::ops::Range;

/// How far after a verb the noun of the event may stand that it leads to, in tokens: "will attend the opening of the talks".
const PURPOSE_REACH: usize = 9;
/// How far before a verb its subject may stand, in tokens.
const SUBJECT_REACH: usize = 8;
/// How many tokens a phrase for participants has at most.
const GROUP_REACH: usize = 4;
/// How far from its leaders a body may be named, in tokens.
const BODY_REACH: usize = 3;

/// The kind of an event: that of its word, but of a verb that only leads to an event, that of the event's noun ("will gather
/// for a summit", "the exercise in which they take part"), and where leaders of a body meet, a summit.
pub(super) fn kind(sentence: &Sentence<'_, '_>, found: &Found) -> Kind {
    let leads = found.kind == Kind::Meeting || found.argument == Some(Argument::Envoy);
    if !leads {
        return found.kind;
    }
    let noun = if found.is_noun() { None } else { noun_led_to(sentence, found) };
    let summit = || found.kind == Kind::Meeting && (is_of_leaders(sentence, found) || hosts_body(sentence, found));
    match noun.map_or(found.kind, |noun| noun.kind) {
        Kind::Meeting if summit() => Kind::Summit,
        kind => kind,
    }
}

/// The noun of the event that a verb leads to: its object or the head of its relative clause.
fn noun_led_to<'s>(sentence: &'s Sentence<'_, '_>, verb: &Found) -> Option<&'s Found> {
    let clauses = sentence.clauses();
    let clause = clauses.of(verb.tokens.start);
    let hosts = sentence.is(verb.tokens.start, Class::Hosting);
    let takes_object = verb.argument == Some(Argument::Council) || hosts;
    let adjunct = enum_set!(Class::SettingPreposition | Class::PlacePreposition | Class::With);
    let after = |noun: &&Found| noun.tokens.start >= verb.tokens.end && clauses.of(noun.tokens.start) == clause;
    let object = |noun: &&Found| {
        let between = verb.tokens.end..noun.tokens.start;
        let adjunct = |at: usize| sentence.is_any(at, adjunct) && !sentence.is(at, Class::For);
        takes_object && between.len() < PURPOSE_REACH && !between.into_iter().any(adjunct)
    };
    let head = || {
        let pronoun = clauses.clauses[clause].relative.filter(|_| takes_object)?;
        sentence.triggers().iter().rfind(|noun| noun.is_noun() && is_head_of(sentence, &noun.tokens, pronoun))
    };
    let mut nouns = sentence.triggers().iter().filter(|noun| noun.is_noun()).filter(after);
    nouns.find(object).or_else(head)
}

/// "NATO leaders will meet", "the meeting of ASEAN heads of government": leaders of a body that is named beside them.
fn is_of_leaders(sentence: &Sentence<'_, '_>, found: &Found) -> bool {
    let clauses = sentence.clauses();
    let body = |at: usize| {
        let beside = at.saturating_sub(BODY_REACH)..at + 1 + BODY_REACH;
        let mut names = sentence.entities.iter().filter(|e| e.tokens.start < beside.end && beside.start < e.tokens.end);
        names.any(|e| e.party.is_some_and(|party| sentence.is_organisation(party)))
    };
    let near = found.tokens.start.saturating_sub(SUBJECT_REACH)..found.tokens.end + BODY_REACH;
    let of_clause = clauses.tokens(clauses.of(found.tokens.start)).filter(|at| near.contains(at));
    of_clause.into_iter().any(|at| sentence.is(at, Class::Leaders) && body(at))
}

/// "hosts the G20": its summit, where no other event is named.
fn hosts_body(sentence: &Sentence<'_, '_>, found: &Found) -> bool {
    let name = sentence.name_starting(found.tokens.end).or_else(|| sentence.name_starting(found.tokens.end + 1));
    let body = name.and_then(|name| name.party).is_some_and(|party| sentence.is_organisation(party));
    sentence.is(found.tokens.start, Class::Hosting) && body
}

/// The triggers of a sentence as they are used in it.
pub(super) fn used(sentence: &Sentence<'_, '_>) -> Vec<Found> {
    let rows = &sentence.language.triggers.rows;
    let mut found: Vec<Found> = Vec::new();
    for Match { tokens, uses } in &sentence.matches {
        let fits = |form: Form| !sentence.in_date(tokens.start) && is_used(sentence, tokens, form);
        let mut fitting = uses.iter().filter(|(form, _)| fits(*form)).map(|(form, row)| {
            let Trigger { name, kind, argument, weight } = rows[*row];
            let complete = argument.is_none_or(|argument| arguments::has(sentence, tokens, argument, kind));
            Found { tokens: tokens.clone(), form: *form, name, kind, argument, weight, complete }
        });
        let first = fitting.next();
        let Some(first) = first else { continue };
        let complete = if first.complete { None } else { fitting.find(|other| other.complete) };
        let needed = |found: &Found| matches!(found.argument, Some(Argument::Seat | Argument::Guest));
        found.extend([complete.unwrap_or(first)].into_iter().filter(|found| found.complete || !needed(found)));
    }
    // "the two delegations" are participants.
    found.retain(|found| !is_group(sentence, &found.tokens));
    let clauses = sentence.clauses();
    let clause = |found: &Found| clauses.of(found.tokens.start);
    // "The visit, which ends on 5 May": the verb says something of the event that a noun names.
    let nouns: Vec<Range<usize>> =
        found.iter().filter(|found| found.is_noun()).map(|found| found.tokens.clone()).collect();
    let said_of =
        |verb: &Found| nouns.iter().any(|noun| noun.end <= verb.tokens.start && clauses.of(noun.start) == clause(verb));
    let begins_or_ends = |found: &Found| matches!(found.argument, Some(Argument::Term | Argument::Building));
    found.retain(|found| found.complete || !begins_or_ends(found) || !said_of(found));
    found
}

/// Whether words stand in the sentence as a form does: a noun, a finite verb, a participle.
fn is_used(sentence: &Sentence<'_, '_>, tokens: &Range<usize>, form: Form) -> bool {
    let at = tokens.start;
    let follows = |class| sentence.follows(at, class);
    match form {
        // "agreed to talks", but "agreed to talk"
        Form::Noun => !follows(Class::Modal),
        Form::Plural => true,
        Form::Present | Form::Gerund => {
            // "heads of government" head nowhere.
            let noun = follows(Class::Definite)
                || follows(Class::Indefinite)
                || form == Form::Present && tokens.len() == 1 && sentence.is(tokens.end, Class::Of);
            !noun
        }
        // "will be received", "was to have met"
        Form::Participle => {
            let be = sentence.back(at, 3).any(|at| sentence.is(at, Class::Be));
            be || is_perfect_infinitive(sentence, at)
        }
        Form::Past => sentence.article.tenses.is_past(at),
    }
}

/// "was to have met"
pub(super) fn is_perfect_infinitive(sentence: &Sentence<'_, '_>, participle: usize) -> bool {
    let have = sentence.before(participle).filter(|at| sentence.is(*at, Class::Have));
    have.is_some_and(|have| sentence.follows(have, Class::To))
}

/// Whether words are of a phrase for participants that are named elsewhere.
fn is_group(sentence: &Sentence<'_, '_>, tokens: &Range<usize>) -> bool {
    let covers = |at: usize| {
        let phrase = sentence.language.groups.longest(sentence.article.text.words_from(at, sentence.tokens.end));
        phrase.is_some_and(|(length, _)| at + length >= tokens.end)
    };
    sentence.back(tokens.end, GROUP_REACH).any(covers)
}
