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
    /// The entries linked to the event, in order, each with the rule that linked it, without those of
    /// merged events. An entry is linked to one event.
    pub entries: Vec<(EntryId, LinkRule)>,
    /// The states of the event, oldest first; never empty.
    pub revisions: Vec<Revision>,
    /// The event that it was merged into.
    pub merge: Option<Merge>,
    /// The position in the order of publication from which on the event is rejected; no state
    /// follows.
    pub rejection: Option<Order>,
    /// The entries that a person rejected. They stay linked to the event but do not affect its
    /// state.
    pub rejected: BTreeSet<EntryId>,
}

/// A state of an event, valid from one entry on.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// The entry that caused it.
    pub by: EntryId,
    /// The position of that entry in the order of publication.
    pub since: Order,
    /// The changes from the previous state; empty in the first revision.
    pub changes: Vec<Change>,
    /// The state.
    pub state: EventState,
}

/// The merge of an event into another one, which ends its history.
#[derive(Clone, Debug, PartialEq)]
pub struct Merge {
    /// The position in the order of publication of the entry that caused it.
    pub since: Order,
    /// The index of the history of the other event.
    pub into: usize,
}

/// An event that entries may refer to, but whose own entries are not loaded; only its states are.
/// It takes part in no merge.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Neighbour {
    /// Its states, each with the position from which on it applies, oldest first.
    pub states: Vec<(Order, EventState)>,
    /// The articles that mention it, each with the position of its first mention.
    pub articles: BTreeMap<Uuid, Order>,
}

impl Neighbour {
    /// Returns the state just before a position in the order of publication.
    pub(super) fn state_before(&self, order: &Order) -> Option<&EventState> {
        self.states.iter().rev().find(|(since, _)| since < order).map(|(_, state)| state)
    }

    /// Returns the articles that mention the event before a position in the order of publication.
    pub(super) fn articles_before(&self, order: &Order) -> impl Iterator<Item = Uuid> {
        self.articles.iter().filter(move |(_, first)| *first < order).map(|(article, _)| *article)
    }
}
