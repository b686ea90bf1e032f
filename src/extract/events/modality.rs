//! Modality: how sure an event is, and what its clause changes of it, by the cues that govern the words that name it.
//!
//! A cue counts for the word that it governs, modifies or is an auxiliary of, wherever it stands in the clause: "talks on
//! delayed payments" are not postponed.

use super::clause::Sort;
use super::phrases::is_head_of;
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
        | Class::Shifting
        | Class::Moved
        | Class::Cancelled
        | Class::Restored
        | Class::Negative
        | Class::InDoubt
        | Class::Commemorating
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
/// How far before an event the cue may stand that only recalls it, in tokens.
const RECALL_REACH: usize = 4;
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
            Class::Shifted => Some(shifted_to(sentence, at).unwrap_or(Class::Postponed)),
            Class::Shifting => {
                shifted_to(sentence, at).filter(|_| !sentence.back(at, 3).any(|at| sentence.is(at, Class::Tentative)))
            }
            // "will not go ahead"
            Class::Restored => Some(class).filter(|_| {
                !sentence.back(at, 2).any(|at| sentence.is_any(at, enum_set!(Class::Negative | Class::Cancelled)))
            }),
            class => Some(class),
        };
        let changes = enum_set!(
            Class::Forward | Class::Extended | Class::Moved | Class::Restored | Class::Cancelled | Class::Postponed
        );
        let class = class.filter(|class| !changes.contains(*class) || !is_only_possible(sentence, at));
        cues.extend(class.map(|class| (at, class)));
    }
    cues
}

/// Whether the cue at a token says something of an event: "originally planned for Bangkok" holds no longer, "not on 24
/// August" denies something else, "May" may be a month, "as planned" only compares.
fn holds(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let former = sentence.follows(at, Class::Former);
    let preposition = sentence.is(at + 1, Class::SettingPreposition) && !sentence.is(at + 1, Class::Until)
        || sentence.is(at + 1, Class::To);
    let aside = sentence.before(at).is_some_and(|at| sentence.is_comma(at));
    let contrast = sentence.is(at, Class::Contrast) && (preposition || aside);
    let compared = sentence.back(at, DENIAL_REACH).any(|at| sentence.is(at, Class::Than))
        || sentence.follows(at, Class::As) && !sentence.is(at + 1, Class::Modal);
    !sentence.in_date(at) && !former && !contrast && !compared
}

/// Whether a cue governs, modifies or is an auxiliary of the word that names an event.
fn governs(sentence: &Sentence<'_, '_>, cue: usize, found: &Found) -> bool {
    let clauses = sentence.clauses();
    let (own, other) = (clauses.of(found.tokens.start), clauses.of(cue));
    if found.tokens.contains(&cue) {
        return false;
    }
    if own != other {
        let shared = clauses.clauses[own].subject == Some(other) && sentence.is(cue, Class::Conditional);
        let first = clauses.tokens(other).next().unwrap_or(cue);
        let verb = || (first..cue).all(|at| !sentence.event_noun_at(at));
        return shared || is_said_of(sentence, other, found) && verb() || is_said_of_term(sentence, cue, found);
    }
    if cue < found.tokens.start {
        return !modifies_another(sentence, cue, found);
    }
    if !found.is_noun() {
        // An adverb at the end: "will meet on Monday after all".
        return sentence.is_any(cue, enum_set!(Class::Restored | Class::Hedged));
    }
    is_predicate_of(sentence, &found.tokens, cue)
}

/// Whether a clause speaks of an event: its own, one that shares its subject ("has been put off and will now open on"), a
/// relative one ("the talks in Riyadh, which have been cancelled", but not "the talks, to which").
pub(super) fn is_said_of(sentence: &Sentence<'_, '_>, clause: usize, found: &Found) -> bool {
    let clauses = sentence.clauses();
    let own = clauses.of(found.tokens.start);
    let prepositions = enum_set!(Class::SettingPreposition | Class::PlacePreposition | Class::About);
    let takes_up = |pronoun: usize| {
        let subject = sentence.before(pronoun).is_none_or(|at| !sentence.is_any(at, prepositions));
        subject && is_head_of(sentence, &found.tokens, pronoun)
    };
    let is_subject = || {
        let first = clauses.tokens(own).next().unwrap_or(found.tokens.start);
        found.is_noun() && !sentence.has_verb(first..found.tokens.start)
    };
    let said = &clauses.clauses[clause];
    own == clause || said.subject == Some(own) && is_subject() || said.relative.is_some_and(takes_up)
}

/// "The truce, which expires on 2 May, has been extended": what is said of the term is said of its end.
fn is_said_of_term(sentence: &Sentence<'_, '_>, cue: usize, found: &Found) -> bool {
    let clauses = sentence.clauses();
    let own = &clauses.clauses[clauses.of(found.tokens.start)];
    let term = own.relative.filter(|_| found.kind == Kind::Deadline && own.parent == Some(clauses.of(cue)));
    term.is_some_and(|pronoun| pronoun < cue && is_predicate_of(sentence, &(pronoun..pronoun + 1), cue))
}

/// Whether a cue after a noun is of its predicate or a participle that follows it: "talks scheduled for", "the talks in
/// Riyadh, which were agreed in May, have been put off", but not "talks on the plan for a dam".
fn is_predicate_of(sentence: &Sentence<'_, '_>, noun: &Range<usize>, cue: usize) -> bool {
    let clauses = sentence.clauses();
    let first = first_auxiliary(sentence, cue);
    let between = || (noun.end..first).filter(|at| clauses.of(*at) == clauses.of(cue));
    let mut commas = between().filter(|at| sentence.is_comma(*at));
    let aside = commas.next().zip(commas.next_back()).map_or(first..first, |(first, last)| first..last);
    let finite = |at: usize| sentence.is(at, Class::Finite) || sentence.article.tenses.is_present(at);
    let phrase = |at: usize| {
        sentence.before_phrase(at).is_some_and(|at| !sentence.is_comma(at) && sentence.is_any(at, PREPOSITIONS))
    };
    let passes = |at: usize| sentence.in_name(at) || !finite(at) && (!sentence.event_noun_at(at) || phrase(at));
    let object = enum_set!(Class::Definite | Class::Indefinite | Class::Question) | PREPOSITIONS;
    // "ended without an accord"
    let adjunct = sentence.is(cue, Class::Negative) && !sentence.is_any(cue, enum_set!(Class::Modal | Class::Finite));
    let after =
        sentence.before(cue).is_some_and(|at| at >= noun.end && !sentence.is_comma(at) && sentence.is_any(at, object));
    let oblique = first == cue && (after || adjunct);
    !oblique && between().all(|at| aside.contains(&at) || passes(at))
}

/// The first of the auxiliaries and adverbs that stand before a cue, else the cue: "were on Tuesday put off".
fn first_auxiliary(sentence: &Sentence<'_, '_>, cue: usize) -> usize {
    let clauses = sentence.clauses();
    let adverb = |at: usize| {
        let plain = sentence.is_lower(at) && sentence.classes(at).is_empty();
        plain || sentence.in_date(at) || sentence.is(at, Class::SettingPreposition) && sentence.in_date(at + 1)
    };
    let own = sentence.back(cue, AUXILIARY_REACH).rev().take_while(|at| clauses.of(*at) == clauses.of(cue));
    let group = own.take_while(|at| sentence.is_any(*at, AUXILIARIES) || adverb(*at));
    group.filter(|at| sentence.is_any(*at, AUXILIARIES)).last().unwrap_or(cue)
}

/// "discuss the postponed elections in talks", "a plan for a dam": an attribute or a noun of something else that stands
/// between the cue and the event.
fn modifies_another(sentence: &Sentence<'_, '_>, cue: usize, found: &Found) -> bool {
    let starts_phrase = enum_set!(
        Class::Definite | Class::Indefinite | Class::PartyPreposition | Class::TopicPreposition | Class::About
    );
    let adverb = sentence
        .before(cue)
        .filter(|at| sentence.is_any(*at, enum_set!(Class::Habitual | Class::LongAgo | Class::Former)));
    let attribute =
        sentence.is_any(adverb.map_or_else(|| cue.saturating_sub(1), |at| at.saturating_sub(1)), starts_phrase);
    // "the anniversary of the talks"
    let of = if sentence.is(cue + 1, Class::Of) { 1 + usize::from(sentence.is(cue + 2, Class::Definite)) } else { 0 };
    let noun = sentence
        .ahead(cue + 1 + of, NOUN_REACH)
        .find(|at| sentence.is_lower(*at) && !super::phrases::describes(sentence, at + 1));
    let own = noun.is_some_and(|noun| noun + 1 >= found.tokens.start) || found.tokens.start <= cue + 2;
    attribute && !own && !sentence.has_verb(cue + 1..found.tokens.start)
}

/// "moved from Khartoum to Jeddah": to another place, or to another day.
fn shifted_to(sentence: &Sentence<'_, '_>, at: usize) -> Option<Class> {
    let clauses = sentence.clauses();
    let clause = clauses.of(at);
    let after = || clauses.tokens(clause).filter(|to| *to > at && sentence.is(*to, Class::To));
    let place = |to: usize| sentence.name_starting(to + 1).is_some_and(|e| e.place.is_some());
    if after().next().is_some_and(place) {
        return Some(Class::Moved);
    }
    after().any(|to| sentence.in_date(to + 1)).then_some(Class::Postponed)
}

/// "can be extended", "could be moved to Quito", "should call off": what may be done changes nothing yet.
fn is_only_possible(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let first = first_auxiliary(sentence, at);
    let modal = first < at && sentence.is(first, Class::Modal);
    let certain = sentence.is_any(first, enum_set!(Class::Will | Class::To | Class::Negative | Class::Hypothetical));
    let hypothetical = |at: usize| sentence.is(at, Class::Hypothetical) && !is_reported_future(sentence, at);
    modal && !certain || sentence.back(at, AUXILIARY_REACH).any(hypothetical)
}

/// "said the talks would go ahead": what was said lay ahead, unless on a condition.
fn is_reported_future(sentence: &Sentence<'_, '_>, modal: usize) -> bool {
    let has = |sort| sentence.clauses().clauses.iter().any(|clause| clause.sort == sort);
    !sentence.is(modal, Class::Tentative) && has(Sort::Reporting) && !has(Sort::Conditional)
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
    let denied = found.is_noun() && none
        || near(Class::Commemorating, start, RECALL_REACH)
        || has(enum_set!(Class::InDoubt | Class::Conditional)) && !presupposed;
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
    // "may be brought forward", but "planned for 10 May, has been brought forward"
    if let Some((at, _)) = cues.iter().find(|(_, cue)| matches!(cue, Class::Forward | Class::Extended)) {
        let wished = near(Class::Tentative, *at, DENIAL_REACH);
        return (if wished { Status::Tentative } else { Status::Confirmed }, denied);
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
