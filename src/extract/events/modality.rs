//! Modality: how sure an event is, and what its clause changes of it, by the cues that govern the words that name it.
//!
//! A cue counts for the word that it governs, modifies or is an auxiliary of, wherever it stands in the clause: "talks on
//! delayed payments" are not postponed.

use super::clause::{Clause, Sort};
use super::phrases::{is_definite, is_head_of};
use super::sentence::Sentence;
use super::triggers::Found;
use crate::event::{Kind, Status};
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
    let has = |wanted: EnumSet<Class>| cues.iter().any(|(_, cue)| wanted.contains(*cue));
    let off = has(enum_set!(Class::Cancelled | Class::Postponed));
    let negative = has(enum_set!(Class::Negative));
    let certainty = cues.iter().filter(|(_, cue)| matches!(cue, Class::Tentative | Class::Confirmed));
    let nearest = certainty.min_by_key(|(at, _)| at.abs_diff(found.tokens.start)).map(|(_, cue)| *cue);
    let presupposed = is_presupposed(sentence, found);
    let granted = presupposed && is_definite(sentence, found);
    // What is back on has been in doubt, so it speaks last. "has not been put off"
    let status = if has(enum_set!(Class::Restored)) || off && negative {
        Status::Confirmed
    } else if has(enum_set!(Class::Cancelled)) {
        Status::Cancelled
    } else if off {
        Status::Postponed
    } else if has(enum_set!(Class::Hedged)) {
        Status::Tentative
    } else if has(enum_set!(Class::Forward | Class::Extended)) || nearest != Some(Class::Tentative) || granted {
        // "planned for 10 May, has been brought forward"
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

/// The cues that govern an event, one class for each token.
fn cues_of(sentence: &Sentence<'_, '_>, found: &Found) -> Vec<(usize, Class)> {
    let clauses = &sentence.clauses;
    let start = found.tokens.start;
    let cue = |at: usize| {
        // "No talks are planned", "denied that talks are planned"
        let none = sentence.is(at, Class::No) && found.is_noun() && at < start && at + DENIAL_REACH >= start;
        let denied = sentence.is(at, Class::Denying) && at < start && clauses.sort_of(at) == Sort::Reporting;
        let class = (sentence.classes(at) & CUES).into_iter().next();
        // "originally planned for Bangkok" holds no longer, "May" may be a month.
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

/// "The twice delayed talks will take place on 5 May": that an event had been put off only describes it.
fn is_attribute(sentence: &Sentence<'_, '_>, cue: usize, found: &Found) -> bool {
    let auxiliary = sentence.before(cue).is_some_and(|at| sentence.is_any(at, Class::Passive | Class::Have));
    cue < found.tokens.start && !auxiliary && will_be_held(sentence, found)
}

/// "The talks will take place", "The visit will now begin".
pub(super) fn will_be_held(sentence: &Sentence<'_, '_>, found: &Found) -> bool {
    let clauses = &sentence.clauses;
    let after = || clauses.tokens(clauses.of(found.tokens.start)).filter(|at| *at >= found.tokens.end);
    after().any(|at| sentence.article.tenses.is_future(at)) && after().any(|at| sentence.is(at, Class::Holding))
}

/// Whether a cue governs, modifies or is an auxiliary of the word that names an event.
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

/// Whether a clause speaks of an event: its own, a relative one ("the talks in Riyadh, which have been cancelled", but not
/// "the talks, to which"), that whose subject ends in a relative one ("The truce, which expires in May, has been extended"), or
/// one that goes on with the same subject ("The talks had been set for May but were moved").
pub(super) fn is_said_of(sentence: &Sentence<'_, '_>, clause: usize, found: &Found) -> bool {
    let clauses = &sentence.clauses;
    let prepositions = enum_set!(Class::SettingPreposition | Class::PlacePreposition | Class::About);
    let takes_up = |pronoun: usize| {
        let subject = sentence.before(pronoun).is_none_or(|at| !sentence.is_any(at, prepositions));
        subject && is_head_of(&found.tokens, pronoun)
    };
    let own = clauses.of(found.tokens.start);
    let Clause { relative, parent, .. } = clauses.all[own];
    let ends_subject = relative.is_some() && parent == Some(clause) && found.kind == Kind::Deadline;
    let goes_on = || {
        let opening = clauses.tokens(clause).next();
        let verb_follows = |at: usize| sentence.is(at, Class::Conjunction) && sentence.is_any(at + 1, AUXILIARIES);
        let subject = clauses.tokens(own).next().is_some_and(|first| !sentence.has_verb(first..found.tokens.end));
        found.is_noun() && subject && clauses.all[clause].parent == Some(own) && opening.is_some_and(verb_follows)
    };
    own == clause || clauses.all[clause].relative.is_some_and(takes_up) || ends_subject && found.is_verb() || goes_on()
}

/// Whether a cue after a noun is of its predicate or a participle that follows it: "talks scheduled for", "the talks in
/// Riyadh have been put off", but not "talks on the plan for a dam".
fn is_predicate_of(sentence: &Sentence<'_, '_>, noun: &Range<usize>, cue: usize) -> bool {
    let clauses = &sentence.clauses;
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

/// "moved from Khartoum to Jeddah": to another place, not to another day.
fn is_moved_elsewhere(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let clauses = &sentence.clauses;
    let to = clauses.tokens(clauses.of(at)).find(|to| *to > at && sentence.is(*to, Class::To));
    to.is_some_and(|to| sentence.name_starting(to + 1).is_some_and(|e| e.place.is_some()))
}

/// "at the summit", "before the talks": whatever the clause says, the event is taken for granted.
pub(super) fn is_presupposed(sentence: &Sentence<'_, '_>, found: &Found) -> bool {
    let clauses = &sentence.clauses;
    let clause = clauses.of(found.tokens.start);
    let mut phrase = sentence.back(found.tokens.start, NOUN_REACH + 1).rev().take_while(|at| clauses.of(*at) == clause);
    let governor = phrase.find(|at| sentence.is_any(*at, enum_set!(Class::SettingPreposition | Class::Modal)));
    found.is_noun() && governor.is_some_and(|at| !sentence.is(at, Class::Modal))
}
