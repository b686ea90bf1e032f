//! Assigns ids to histories after entries were linked again. An id stays with the oldest entry of
//! its event; if two events become one, the older id remains; a history without an id needs a new
//! one. A history may have lost all its entries: its event was merged into another one, from which
//! they were split away. It keeps its id by the entry that created it.

use super::{history::History, order::EntryId};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// An event that is already stored.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownEvent {
    /// Its id; an older id is smaller.
    pub id: Uuid,
    /// Those of its own entries that still exist, oldest first.
    pub entries: Vec<EntryId>,
    /// The entry that caused its first state.
    pub created_by: Option<EntryId>,
}

/// The ids of histories.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Identities {
    /// The id of each history; `None` if it needs a new one.
    pub ids: Vec<Option<Uuid>>,
    /// The ids of events that became part of a history with another id, each with the index of that
    /// history.
    pub merged: BTreeMap<Uuid, usize>,
}

/// Returns the ids that histories keep from the `known` events.
pub fn assign_ids(histories: &[History], known: &[KnownEvent]) -> Identities {
    let history_of: BTreeMap<EntryId, usize> = histories
        .iter()
        .enumerate()
        .flat_map(|(index, history)| history.entries.iter().map(move |(id, _)| (*id, index)))
        .collect();
    let mut identities = Identities { ids: vec![None; histories.len()], ..Identities::default() };
    let mut known: Vec<&KnownEvent> = known.iter().collect();
    known.sort_by_key(|event| event.id);
    let mut without_entries = Vec::new();
    for event in known {
        let index = event.entries.iter().find_map(|entry| history_of.get(entry));
        match index.map(|index| (*index, identities.ids[*index])) {
            None => without_entries.push(event),
            Some((index, None)) => identities.ids[index] = Some(event.id),
            Some((index, Some(_))) => drop(identities.merged.insert(event.id, index)),
        }
    }
    for event in without_entries {
        let is_created = |history: &History| history.revisions.first().map(|first| first.by) == event.created_by;
        let index = histories.iter().position(is_created).filter(|index| identities.ids[*index].is_none());
        if let Some(index) = index {
            identities.ids[index] = Some(event.id);
        }
    }
    identities
}

/// Returns the ids under which the API shows histories: their `own`, except that the history that
/// others were merged into shows the oldest id among them. `shown` are the ids that the API has
/// shown.
pub fn public_ids(histories: &[History], own: &[Uuid], shown: &BTreeSet<Uuid>) -> Vec<Uuid> {
    let mut ids = own.to_vec();
    for index in 0..histories.len() {
        let root = root(histories, index);
        let (id, id_of_root) = (ids[index], ids[root]);
        if index != root && shown.contains(&id) && (id < id_of_root || !shown.contains(&id_of_root)) {
            ids.swap(index, root);
        }
    }
    ids
}

/// Returns the history that one was merged into, or itself.
pub fn root(histories: &[History], mut index: usize) -> usize {
    while let Some(merge) = &histories[index].merge {
        index = merge.into;
    }
    index
}
