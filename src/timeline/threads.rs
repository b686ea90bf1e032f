//! Threads: which entries speak of one event, and what came of it.

use super::{
    changes::Change,
    matching::Rule,
    order::{EntryId, Order},
};
use crate::event::EventState;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What is said of one event, and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Thread {
    /// What was said of it, in order, and by which rule that joined. What it took over from others is theirs.
    pub entries: Vec<(EntryId, Rule)>,
    /// Its states, the oldest first; never empty.
    pub revisions: Vec<Revision>,
    /// Where it ended.
    pub end: Option<End>,
}

/// A state that an event had from an entry on.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// The entry that brought it.
    pub by: EntryId,
    /// When that was said.
    pub since: Order,
    /// What differs from the state before; empty in the first.
    pub changes: Vec<Change>,
    /// The state.
    pub state: EventState,
}

/// How an event ends: it turns out to be another one.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// When that was said.
    pub since: Order,
    /// The thread that it became part of.
    pub into: usize,
}

/// An event that the entries may speak of, though none of them is said of it yet: only its states matter here. It neither
/// became part of another nor took one over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Neighbour {
    /// Since when it had which state, the oldest first.
    pub states: Vec<(Order, EventState)>,
    /// The articles that speak of it, and where each does so first.
    pub articles: BTreeMap<Uuid, Order>,
}

impl Neighbour {
    /// Its state just before something was said.
    pub(super) fn state_at(&self, order: &Order) -> Option<&EventState> {
        self.states.iter().rev().find(|(since, _)| since < order).map(|(_, state)| state)
    }

    /// The articles that spoke of it before something was said.
    pub(super) fn articles_before(&self, order: &Order) -> impl Iterator<Item = Uuid> {
        self.articles.iter().filter(move |(_, first)| *first < order).map(|(article, _)| *article)
    }
}
