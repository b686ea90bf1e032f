//! The history of an event, as differences that a person reads.

use super::{
    super::{Language, words},
    countries::place_in_full,
    entry::address,
    quote::{Quoted, quoted},
};
use crate::event::{CorrectionEvidence, Details, EventState, Evidence};
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
    /// Who corrected it, and why.
    pub(super) corrected: Option<String>,
}

/// A change in words: what changed, from what, to what.
pub(super) struct Difference {
    pub(super) what: String,
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
}

/// The steps of a history, the oldest first.
pub(super) fn steps<'a>(id: &str, revisions: &[Revision<'a>], language: Language) -> Vec<Step<'a>> {
    let before = std::iter::once(None).chain(revisions.iter().map(Some));
    let steps = before.zip(revisions).map(|(before, revision)| Step {
        day: words::day(revision.known_from, language),
        href: address(id, Some(revision.known_from)),
        differences: match before {
            None => vec![first(revision.state, language)],
            Some(before) => differences(before.state, revision.state, language),
        },
        is_disputed: revision.is_disputed,
        quotes: revision.evidence.iter().map(|evidence| quoted(evidence, language)).collect(),
        corrected: revision.correction.map(|correction| corrected(correction, language)),
    });
    steps.collect()
}

fn corrected(correction: &CorrectionEvidence, language: Language) -> String {
    let values = [("author", (&*correction.author).into()), ("reason", (&*correction.reason).into())];
    language.with("corrected-by", values)
}

fn first(state: &EventState, language: Language) -> Difference {
    let (status, when) = (words::standing(state, language), words::when(state, language));
    let state = language.with("first-state", [("status", status.into()), ("when", when.into())]);
    Difference { what: language.text("first-known"), from: None, to: Some(state) }
}

fn differences(before: &EventState, after: &EventState, language: Language) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut compare = |what: &str, from: Option<String>, to: Option<String>| {
        if from != to {
            found.push(Difference { what: language.text(what), from, to });
        }
    };
    let moved = before.when.precision == after.when.precision;
    compare(
        if moved { "changed-moved" } else { "changed-date" },
        Some(words::when(before, language)),
        Some(words::when(after, language)),
    );
    compare("changed-status", Some(words::standing(before, language)), Some(words::standing(after, language)));
    compare("changed-place", before.place.as_ref().map(place_in_full), after.place.as_ref().map(place_in_full));
    let kind = |state: &EventState| Some(language.name("kind", state.kind));
    compare("changed-kind", kind(before), kind(after));
    let only_in = |one: &EventState, other: &EventState| {
        let missing = one.participants.iter().filter(|party| !other.participants.contains(party)).map(words::party);
        let names = words::joined(missing, ", ");
        (!names.is_empty()).then_some(names)
    };
    compare("changed-participants", only_in(before, after), only_in(after, before));
    let (old, new) = (&before.details, &after.details);
    compare("changed-name", old.name.clone(), new.name.clone());
    compare("changed-topic", old.topic.clone(), new.topic.clone());
    let format = |details: &Details| details.format.map(|format| words::format(format, language));
    compare("changed-format", format(old), format(new));
    let level = |details: &Details| details.level.map(|level| language.name("level", level));
    compare("changed-level", level(old), level(new));
    compare("changed-title", Some(before.title.clone()), Some(after.title.clone()));
    found
}
