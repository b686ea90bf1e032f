//! Modality: how sure an event is, and what its clause changes of it, by the cues that govern the words that name it.
//!
//! A cue counts for the word that it governs, modifies or is an auxiliary of, wherever it stands in the clause: "talks on
//! delayed payments" are not postponed.

use super::clause::Sort;
use super::phrases::is_head_of;
use super::sentence::Sentence;
use super::triggers::Found;
use crate::event::Status;
use crate::extract::lexicon::Class;
use enumset::{EnumSet, enum_set};
use std::ops::Range;

/// The classes that are cues.
const CUES: EnumSet<Class> = enum_set!(
    Class::Tentative
        | Class::Hedged
        | Class::Confirmed
        | Class::Postponed
        | Class::Forward
        | Class::Extended
        | Class::Shifted
        | Class::Moved
        | Class::Cancelled
        | Class::Restored
        | Class::Negative
        | Class::InDoubt
        | Class::Conditional
);

/// What may stand before the verb that is a cue.
const AUXILIARIES: EnumSet<Class> = enum_set!(
    Class::Be
        | Class::Passive
        | Class::Have
        | Class::Finite
        | Class::Modal
        | Class::Negative
        | Class::Former
        | Class::Habitual
        | Class::Now
);
/// What makes a noun no subject.
const PREPOSITIONS: EnumSet<Class> = enum_set!(
    Class::SettingPreposition
        | Class::TopicPreposition
        | Class::PartyPreposition
        | Class::PlacePreposition
        | Class::About
        | Class::Of
        | Class::In
        | Class::For
        | Class::With
);

/// How far before a cue its denial or its auxiliaries may stand, in tokens.
const AUXILIARY_REACH: usize = 4;
/// How far after an attribute its noun may stand, in tokens.
const NOUN_REACH: usize = 5;
/// How far before a noun its denial may stand, in tokens: "no further talks".
const DENIAL_REACH: usize = 3;

/// What a clause does to an event that is known already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Nothing: it announces the event.
    None,
    /// It gives it another day, or takes its day away.
    Day,
    /// It calls it off or back on, moves it to another place, or corrects what was said of it.
    Other,
}

/// How sure an event is by its clause.
#[derive(Clone, Debug)]
pub(super) struct Modality {
    /// The cues that govern it, with their tokens, in order.
    pub cues: Vec<(usize, Class)>,
    pub status: Status,
    pub change: Change,
    /// It is denied: "no talks are planned", "will not meet".
    pub denied: bool,
}

impl Modality {
    pub fn has(&self, class: Class) -> bool {
        self.cues.iter().any(|(_, cue)| *cue == class)
    }
}

/// The modality of an event.
pub(super) fn read(sentence: &Sentence<'_, '_>, found: &Found) -> Modality {
    let cues = cues_of(sentence, found);
    let (status, denied) = status(sentence, found, &cues);
    let denied_by = sentence.tokens.start..found.tokens.start;
    let speaker_denies = denied_by
        .into_iter()
        .any(|at| sentence.is(at, Class::Denying) && sentence.clauses().sort_of(at) == Sort::Reporting);
    // Who denies that an event will be held denies it; who denies that it is off confirms it.
    let (status, denied) = match status {
        Status::Cancelled | Status::Postponed if speaker_denies => (Status::Confirmed, false),
        status => (status, denied || speaker_denies),
    };
    let change = change(&cues, status);
    Modality { cues, status, change, denied }
}

/// The cues that govern an event, one class for each token.
fn cues_of(sentence: &Sentence<'_, '_>, found: &Found) -> Vec<(usize, Class)> {
    let mut cues = Vec::new();
    for at in sentence.tokens.clone() {
        let classes = sentence.classes(at) & CUES;
        if classes.is_empty() || !holds(sentence, at) || !governs(sentence, at, found) {
            continue;
        }
        let class = classes.iter().next().expect("not empty");
        let class = match class {
            Class::Shifted if is_moved_elsewhere(sentence, at) => Class::Moved,
            Class::Shifted => Class::Postponed,
            class => class,
        };
        cues.push((at, class));
    }
    cues
}

/// Whether the cue at a token says something of an event: "originally planned for Bangkok" holds no longer, "May" may be a
/// month, "as planned" only compares.
fn holds(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    !sentence.in_date(at) && !sentence.follows(at, Class::Former) && !sentence.follows(at, Class::As)
}

/// Whether a cue governs, modifies or is an auxiliary of the word that names an event.
fn governs(sentence: &Sentence<'_, '_>, cue: usize, found: &Found) -> bool {
    let clauses = sentence.clauses();
    if found.tokens.contains(&cue) {
        return false;
    }
    if clauses.of(found.tokens.start) != clauses.of(cue) {
        return is_said_of(sentence, clauses.of(cue), found);
    }
    if cue < found.tokens.start {
        return !modifies_another(sentence, cue, found);
    }
    found.is_noun() && is_predicate_of(sentence, &found.tokens, cue)
}

/// Whether a clause speaks of an event: its own, or a relative one ("the talks in Riyadh, which have been cancelled", but not
/// "the talks, to which").
pub(super) fn is_said_of(sentence: &Sentence<'_, '_>, clause: usize, found: &Found) -> bool {
    let clauses = sentence.clauses();
    let prepositions = enum_set!(Class::SettingPreposition | Class::PlacePreposition | Class::About);
    let takes_up = |pronoun: usize| {
        let subject = sentence.before(pronoun).is_none_or(|at| !sentence.is_any(at, prepositions));
        subject && is_head_of(&found.tokens, pronoun)
    };
    clauses.of(found.tokens.start) == clause || clauses.clauses[clause].relative.is_some_and(takes_up)
}

/// Whether a cue after a noun is of its predicate or a participle that follows it: "talks scheduled for", "the talks in
/// Riyadh have been put off", but not "talks on the plan for a dam".
fn is_predicate_of(sentence: &Sentence<'_, '_>, noun: &Range<usize>, cue: usize) -> bool {
    let clauses = sentence.clauses();
    let first = first_auxiliary(sentence, cue);
    let object = enum_set!(Class::Definite | Class::Indefinite | Class::Question) | PREPOSITIONS;
    let governed = sentence.before(cue).is_some_and(|at| at >= noun.end && sentence.is_any(at, object));
    let finite = |at: usize| sentence.is(at, Class::Finite) || sentence.article.tenses.is_present(at);
    let passes = |at: usize| sentence.in_name(at) || !finite(at) && !sentence.event_noun_at(at);
    let mut between = (noun.end..first).filter(|at| clauses.of(*at) == clauses.of(cue));
    !(first == cue && governed) && between.all(passes)
}

/// The first of the auxiliaries that stand before a cue, else the cue: "were on Tuesday put off".
fn first_auxiliary(sentence: &Sentence<'_, '_>, cue: usize) -> usize {
    let dated = |at: usize| sentence.in_date(at) || sentence.in_date(at + 1);
    let group = sentence.back(cue, AUXILIARY_REACH).rev();
    let group = group.take_while(|at| sentence.is_any(*at, AUXILIARIES) || dated(*at));
    group.filter(|at| sentence.is_any(*at, AUXILIARIES)).last().unwrap_or(cue)
}

/// "discuss the postponed elections in talks": an attribute of something else that stands between the cue and the event.
fn modifies_another(sentence: &Sentence<'_, '_>, cue: usize, found: &Found) -> bool {
    let starts_phrase = enum_set!(
        Class::Definite | Class::Indefinite | Class::PartyPreposition | Class::TopicPreposition | Class::About
    );
    let attribute = sentence.before(cue).is_some_and(|at| sentence.is_any(at, starts_phrase));
    let noun = sentence
        .ahead(cue + 1, NOUN_REACH)
        .find(|at| sentence.is_lower(*at) && !super::phrases::describes(sentence, at + 1));
    let own = noun.is_some_and(|noun| noun + 1 >= found.tokens.start) || found.tokens.start <= cue + 2;
    attribute && !own && !sentence.has_verb(cue + 1..found.tokens.start)
}

/// "moved from Khartoum to Jeddah": to another place, not to another day.
fn is_moved_elsewhere(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let clauses = sentence.clauses();
    let to = clauses.tokens(clauses.of(at)).find(|to| *to > at && sentence.is(*to, Class::To));
    to.is_some_and(|to| sentence.name_starting(to + 1).is_some_and(|e| e.place.is_some()))
}

/// The status that cues give an event, and whether they deny it.
fn status(sentence: &Sentence<'_, '_>, found: &Found, cues: &[(usize, Class)]) -> (Status, bool) {
    let start = found.tokens.start;
    let has = |wanted: EnumSet<Class>| cues.iter().any(|(_, cue)| wanted.contains(*cue));
    let presupposed = is_presupposed(sentence, found);
    let near = |class: Class, at: usize, reach: usize| {
        cues.iter().any(|(of, cue)| *cue == class && *of < at && *of + reach >= at)
    };
    // "No talks are planned"
    let none = sentence.back(start, DENIAL_REACH).any(|at| sentence.is(at, Class::No) && !sentence.is_any(at, CUES));
    let denied = found.is_noun() && none || has(enum_set!(Class::InDoubt | Class::Conditional)) && !presupposed;
    // What is back on has been in doubt, so it speaks last.
    if has(enum_set!(Class::Restored)) {
        return (Status::Confirmed, denied);
    }
    let mut off = cues.iter().filter(|(_, cue)| matches!(cue, Class::Cancelled | Class::Postponed));
    // "has not been put off"
    if off.clone().next().is_some_and(|(at, _)| near(Class::Negative, *at, DENIAL_REACH)) {
        return (Status::Confirmed, denied);
    }
    if off.clone().any(|(_, cue)| *cue == Class::Cancelled) {
        return (Status::Cancelled, denied);
    }
    if off.next().is_some() {
        return (Status::Postponed, denied);
    }
    let denied = denied || has(enum_set!(Class::Negative)) && !presupposed;
    if has(enum_set!(Class::Hedged)) {
        return (Status::Tentative, denied);
    }
    // "planned for 10 May, has been brought forward"
    if has(enum_set!(Class::Forward | Class::Extended)) {
        return (Status::Confirmed, denied);
    }
    let certainty = cues.iter().filter(|(_, cue)| matches!(cue, Class::Tentative | Class::Confirmed));
    let tentative = certainty.min_by_key(|(at, _)| at.abs_diff(start)).is_some_and(|(_, cue)| *cue == Class::Tentative);
    let taken_for_granted = presupposed && super::phrases::is_definite(sentence, found);
    (if tentative && !taken_for_granted { Status::Tentative } else { Status::Confirmed }, denied)
}

/// What cues change of an event that is known.
fn change(cues: &[(usize, Class)], status: Status) -> Change {
    let has = |wanted: EnumSet<Class>| cues.iter().any(|(_, cue)| wanted.contains(*cue));
    match status {
        Status::Postponed => Change::Day,
        Status::Cancelled => Change::Other,
        Status::Confirmed if has(enum_set!(Class::Forward | Class::Extended)) => Change::Day,
        Status::Confirmed if has(enum_set!(Class::Moved | Class::Restored)) => Change::Other,
        _ => Change::None,
    }
}

/// "at the summit", "before the talks": whatever the clause says, the event is taken for granted.
pub(super) fn is_presupposed(sentence: &Sentence<'_, '_>, found: &Found) -> bool {
    let clauses = sentence.clauses();
    let clause = clauses.of(found.tokens.start);
    let mut phrase = sentence.back(found.tokens.start, NOUN_REACH + 1).rev().take_while(|at| clauses.of(*at) == clause);
    let governor = phrase.find(|at| sentence.is_any(*at, enum_set!(Class::SettingPreposition | Class::Modal)));
    found.is_noun() && governor.is_some_and(|at| !sentence.is(at, Class::Modal))
}
