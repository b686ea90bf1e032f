//! Histories: the entries of each event and the states that result from them.

use super::{
    changes::Change,
    linking::LinkRule,
    order::{EntryId, Order},
};
use crate::event::EventState;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The history of one event.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// The entries linked to it, in order, each with the rule that linked it; entries of merged
    /// events stay with these.
    pub entries: Vec<(EntryId, LinkRule)>,
    /// The states of the event, oldest first; never empty.
    pub revisions: Vec<Revision>,
    /// The event that it was merged into.
    pub merge: Option<Merge>,
    /// The place in the order of publication from which on it is rejected: no state follows.
    pub rejection: Option<Order>,
    /// The entries that a person rejected. They stay with the event, but do not determine its state.
    pub rejected: BTreeSet<EntryId>,
}

/// A state that an event had from one entry on.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// The entry that caused it.
    pub by: EntryId,
    /// The place of that entry in the order of publication.
    pub since: Order,
    /// The changes from the previous state; empty in the first revision.
    pub changes: Vec<Change>,
    /// The state.
    pub state: EventState,
}

/// The merge of an event into another one, which ends its history.
#[derive(Clone, Debug, PartialEq)]
pub struct Merge {
    /// The place in the order of publication of the entry that caused it.
    pub since: Order,
    /// The index of the history of the other event.
    pub into: usize,
}

/// An event that entries may refer to, but whose own entries are not loaded: only its states
/// matter. It takes part in no merge.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Neighbour {
    /// Its states and since when each applies, oldest first.
    pub states: Vec<(Order, EventState)>,
    /// The articles that mention it, each with the place of its first mention.
    pub articles: BTreeMap<Uuid, Order>,
}

impl Neighbour {
    /// Returns the state just before a place in the order of publication.
    pub(super) fn state_before(&self, order: &Order) -> Option<&EventState> {
        self.states.iter().rev().find(|(since, _)| since < order).map(|(_, state)| state)
    }

    /// Returns the articles that mention the event before a place in the order of publication.
    pub(super) fn articles_before(&self, order: &Order) -> impl Iterator<Item = Uuid> {
        self.articles.iter().filter(move |(_, first)| *first < order).map(|(article, _)| *article)
    }
}
