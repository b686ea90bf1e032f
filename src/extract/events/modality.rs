//! Modality: how certain an event is and whether its clause changes it, determined by the cues that govern the trigger.
//!
//! A cue counts only for the word that it governs or modifies, or whose auxiliary it is, wherever it is in the clause:
//! in "talks on delayed payments", the talks are not postponed.

use super::clause::{Clause, Sort};
use super::phrases::{is_definite, is_head_of};
use super::sentence::Sentence;
use super::triggers::Found;
use crate::event::{Kind, Status};
use crate::extract::lexicon::Class;
use enumset::{EnumSet, enum_set};
use std::ops::Range;

/// The classes of words that are cues.
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

/// How far before a cue its negation or its auxiliaries may be, in tokens.
const AUXILIARY_REACH: usize = 4;
/// How far after an attribute its noun may be, in tokens.
const NOUN_REACH: usize = 5;
/// How far before a noun its negation may be, in tokens, as in "no further talks".
const DENIAL_REACH: usize = 3;

/// How a clause changes a known event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// No change: the clause announces the event.
    None,
    /// The event is moved to another date or postponed without one.
    Day,
    /// The event is cancelled, restored or moved to another place, or a statement about it is corrected.
    Other,
}

/// The modality of an event in its clause.
#[derive(Clone, Debug)]
pub(super) struct Modality {
    /// The cues that govern it, with their tokens, in order.
    pub cues: Vec<(usize, Class)>,
    pub status: Status,
    pub change: Change,
    /// The event is negated, as in "no talks are planned" or "will not meet".
    pub denied: bool,
}

impl Modality {
    pub fn has(&self, class: Class) -> bool {
        self.cues.iter().any(|(_, cue)| *cue == class)
    }
}

/// Determines the modality of a trigger.
pub(super) fn read(sentence: &Sentence<'_, '_>, found: &Found) -> Modality {
    let cues = cues_of(sentence, found);
    let has = |wanted: EnumSet<Class>| cues.iter().any(|(_, cue)| wanted.contains(*cue));
    let off = has(enum_set!(Class::Cancelled | Class::Postponed));
    let negative = has(enum_set!(Class::Negative));
    let certainty = cues.iter().filter(|(_, cue)| matches!(cue, Class::Tentative | Class::Confirmed));
    let nearest = certainty.min_by_key(|(at, _)| at.abs_diff(found.tokens.start)).map(|(_, cue)| *cue);
    let presupposed = is_presupposed(sentence, found);
    let granted = presupposed && is_definite(sentence, found);
    // A restored event was cancelled or postponed before, so that cue outranks those; so does a negation, as in "has
    // not been put off".
    let status = if has(enum_set!(Class::Restored)) || off && negative {
        Status::Confirmed
    } else if has(enum_set!(Class::Cancelled)) {
        Status::Cancelled
    } else if off {
        Status::Postponed
    } else if has(enum_set!(Class::Hedged)) {
        Status::Tentative
    } else if has(enum_set!(Class::Forward | Class::Extended)) || nearest != Some(Class::Tentative) || granted {
        // A change of the date outranks a tentative cue, as in "planned for 10 May, has been brought forward".
        Status::Confirmed
    } else {
        Status::Tentative
    };
    let change = match status {
        Status::Postponed => Change::Day,
        Status::Cancelled => Change::Other,
        Status::Confirmed if has(enum_set!(Class::Forward | Class::Extended)) => Change::Day,
        Status::Confirmed if has(enum_set!(Class::Moved | Class::Restored)) => Change::Other,
        _ => Change::None,
    };
    let denied = !presupposed && (has(enum_set!(Class::InDoubt | Class::Conditional)) || negative && !off);
    Modality { cues, status, change, denied }
}

/// Returns the cues that govern a trigger, one class per token.
fn cues_of(sentence: &Sentence<'_, '_>, found: &Found) -> Vec<(usize, Class)> {
    let clauses = &sentence.clauses;
    let start = found.tokens.start;
    let cue = |at: usize| {
        // Negations, as in "No talks are planned" or "denied that talks are planned".
        let none = sentence.is(at, Class::No) && found.is_noun() && at < start && at + DENIAL_REACH >= start;
        let denied = sentence.is(at, Class::Denying) && at < start && clauses.sort_of(at) == Sort::Reporting;
        let class = (sentence.classes(at) & CUES).into_iter().next();
        // A former plan no longer holds, as in "originally planned for Bangkok"; "May" can be a month.
        let holds = |at| !sentence.in_date(at) && !sentence.follows(at, Class::Former);
        match class.filter(|_| holds(at) && governs(sentence, at, found)) {
            None if none || denied => Some(Class::Negative),
            Some(Class::Shifted) if is_moved_elsewhere(sentence, at) => Some(Class::Moved),
            Some(Class::Postponed) if is_attribute(sentence, at, found) => Some(Class::Moved),
            Some(Class::Shifted) => Some(Class::Postponed),
            class => class,
        }
    };
    sentence.tokens.clone().filter_map(|at| Some((at, cue(at)?))).collect()
}

/// Whether a cue is an attribute of an event that will take place, as in "The twice delayed talks will take place on 5
/// May": the postponement is not news.
fn is_attribute(sentence: &Sentence<'_, '_>, cue: usize, found: &Found) -> bool {
    let auxiliary = sentence.before(cue).is_some_and(|at| sentence.is_any(at, Class::Passive | Class::Have));
    cue < found.tokens.start && !auxiliary && will_be_held(sentence, found)
}

/// Whether the clause states that the event will take place, as in "The talks will take place" or "The visit will now
/// begin".
pub(super) fn will_be_held(sentence: &Sentence<'_, '_>, found: &Found) -> bool {
    let clauses = &sentence.clauses;
    let after = || clauses.tokens(clauses.of(found.tokens.start)).filter(|at| *at >= found.tokens.end);
    after().any(|at| sentence.article.tenses.is_future(at)) && after().any(|at| sentence.is(at, Class::Holding))
}

/// Whether a cue governs or modifies a trigger or is an auxiliary of it.
fn governs(sentence: &Sentence<'_, '_>, cue: usize, found: &Found) -> bool {
    let clauses = &sentence.clauses;
    if found.tokens.contains(&cue) {
        return false;
    }
    if clauses.of(found.tokens.start) != clauses.of(cue) {
        return is_said_of(sentence, clauses.of(cue), found);
    }
    cue < found.tokens.start || found.is_noun() && is_predicate_of(sentence, &found.tokens, cue)
}

/// Whether a clause is about an event. It may be the trigger's own clause; a relative one ("the talks in Riyadh, which
/// have been cancelled", but not "the talks, to which"); or one whose subject ends in a relative clause ("The truce, which
/// expires in May, has been extended").
pub(super) fn is_said_of(sentence: &Sentence<'_, '_>, clause: usize, found: &Found) -> bool {
    let clauses = &sentence.clauses;
    let prepositions = enum_set!(Class::SettingPreposition | Class::PlacePreposition | Class::About);
    let is_antecedent = |pronoun: usize| {
        let subject = sentence.before(pronoun).is_none_or(|at| !sentence.is_any(at, prepositions));
        subject && is_head_of(&found.tokens, pronoun)
    };
    let own = clauses.of(found.tokens.start);
    let Clause { relative, parent, .. } = clauses.all[own];
    let ends_subject = relative.is_some() && parent == Some(clause) && found.kind == Kind::Deadline;
    own == clause || clauses.all[clause].relative.is_some_and(is_antecedent) || ends_subject && found.is_verb()
}

/// Whether a cue after a noun belongs to its predicate or to a participle after it, as in "talks scheduled for" or "the
/// talks in Riyadh have been put off" but not in "talks on the plan for a dam".
fn is_predicate_of(sentence: &Sentence<'_, '_>, noun: &Range<usize>, cue: usize) -> bool {
    let clauses = &sentence.clauses;
    let first = first_auxiliary(sentence, cue);
    let object = Class::Definite | Class::Indefinite | Class::Question | Class::Preposition;
    let governed = sentence.before(cue).is_some_and(|at| at >= noun.end && sentence.is_any(at, object));
    let finite = |at: usize| sentence.is(at, Class::Finite) || sentence.article.tenses.is_present(at);
    let passes = |at: usize| sentence.in_name(at) || !finite(at) && !sentence.event_noun_at(at);
    let mut between = (noun.end..first).filter(|at| clauses.of(*at) == clauses.of(cue));
    !(first == cue && governed) && between.all(passes)
}

/// Returns the first auxiliary of a cue, or the cue itself; dates may be between, as in "were on Tuesday put off".
fn first_auxiliary(sentence: &Sentence<'_, '_>, cue: usize) -> usize {
    let dated = |at: usize| sentence.in_date(at) || sentence.in_date(at + 1);
    let group = sentence.back(cue, AUXILIARY_REACH).rev();
    let group = group.take_while(|at| sentence.is(*at, Class::Auxiliary) || dated(*at));
    group.filter(|at| sentence.is(*at, Class::Auxiliary)).last().unwrap_or(cue)
}

/// Whether a verb of moving is followed by a new place instead of a new date, as in "moved from Khartoum to Jeddah".
fn is_moved_elsewhere(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let clauses = &sentence.clauses;
    let to = clauses.tokens(clauses.of(at)).find(|to| *to > at && sentence.is(*to, Class::To));
    to.is_some_and(|to| sentence.name_starting(to + 1).is_some_and(|e| e.place.is_some()))
}

/// Whether a noun follows a preposition, so that the clause presupposes the event, as in "at the summit" or "before the
/// talks".
pub(super) fn is_presupposed(sentence: &Sentence<'_, '_>, found: &Found) -> bool {
    let clauses = &sentence.clauses;
    let clause = clauses.of(found.tokens.start);
    let mut phrase = sentence.back(found.tokens.start, NOUN_REACH + 1).rev().take_while(|at| clauses.of(*at) == clause);
    let governor = phrase.find(|at| sentence.is_any(*at, enum_set!(Class::SettingPreposition | Class::Modal)));
    found.is_noun() && governor.is_some_and(|at| !sentence.is(at, Class::Modal))
}
