//! The history of an event, as differences that a person reads.

use super::{
    super::words,
    countries::place_in_full,
    entry::address,
    quote::{Quoted, quoted},
};
use crate::event::{CorrectionEvidence, EventState, Evidence};
use jiff::civil::Date;

/// A revision of an event, and its cause.
#[derive(Clone, Copy, Debug)]
pub struct Revision<'a> {
    /// The publication date of what caused it.
    pub known_from: Date,
    /// The state.
    pub state: &'a EventState,
    /// The evidence that caused it; empty if a correction did.
    pub evidence: &'a [Evidence],
    /// The correction that brought it.
    pub correction: Option<&'a CorrectionEvidence>,
    /// Whether another source had stated what it changes.
    pub is_disputed: bool,
}

/// A step of the history.
pub(super) struct Step<'a> {
    pub(super) day: String,
    /// The event as it was known then.
    pub(super) href: String,
    pub(super) differences: Vec<Difference>,
    pub(super) is_disputed: bool,
    pub(super) quotes: Vec<Quoted<'a>>,
    pub(super) correction: Option<&'a CorrectionEvidence>,
}

/// A change in words: what changed, from what, to what.
pub(super) struct Difference {
    pub(super) what: &'static str,
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
}

/// The steps of a history, the oldest first.
pub(super) fn steps<'a>(id: &str, revisions: &[Revision<'a>]) -> Vec<Step<'a>> {
    let before = std::iter::once(None).chain(revisions.iter().map(Some));
    let steps = before.zip(revisions).map(|(before, revision)| Step {
        day: words::day(revision.known_from),
        href: address(id, Some(revision.known_from)),
        differences: match before {
            None => vec![first(revision.state)],
            Some(before) => differences(before.state, revision.state),
        },
        is_disputed: revision.is_disputed,
        quotes: revision.evidence.iter().map(quoted).collect(),
        correction: revision.correction,
    });
    steps.collect()
}

fn first(state: &EventState) -> Difference {
    let told = format!("{}: {}", words::standing(state), words::when(state));
    Difference { what: "First known", from: None, to: Some(told) }
}

fn differences(before: &EventState, after: &EventState) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut compare = |what, from: Option<String>, to: Option<String>| {
        if from != to {
            found.push(Difference { what, from, to });
        }
    };
    let moved = before.when.precision == after.when.precision;
    compare(if moved { "Moved" } else { "Date" }, Some(words::when(before)), Some(words::when(after)));
    compare("Status", Some(words::standing(before)), Some(words::standing(after)));
    compare("Place", before.place.as_ref().map(place_in_full), after.place.as_ref().map(place_in_full));
    compare("Kind", Some(before.kind.to_string()), Some(after.kind.to_string()));
    let only_in = |one: &EventState, other: &EventState| {
        let missing = one.participants.iter().filter(|party| !other.participants.contains(party)).map(words::party);
        let names = words::joined(missing, ", ");
        (!names.is_empty()).then_some(names)
    };
    compare("Participants", only_in(before, after), only_in(after, before));
    let (old, new) = (&before.details, &after.details);
    compare("Name", old.name.clone(), new.name.clone());
    compare("Topic", old.topic.clone(), new.topic.clone());
    compare("Format", old.format.map(words::format), new.format.map(words::format));
    compare("Level", old.level.map(|level| level.to_string()), new.level.map(|level| level.to_string()));
    compare("Title", Some(before.title.clone()), Some(after.title.clone()));
    found
}
