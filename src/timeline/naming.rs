//! Which event keeps which id when what is said of it has been sorted anew: an id stays with the oldest thing that was
//! said of its event; where two meet, the one made first stays; where a thread has none, it needs a new one.

use super::{order::EntryId, threads::Thread};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// An event as it is known before.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// Its id; ids made earlier are smaller.
    pub id: Uuid,
    /// What is still said of it alone, the oldest first.
    pub entries: Vec<EntryId>,
    /// Whether it is shown.
    pub is_live: bool,
}

/// The ids of threads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// Of each thread; none where a new one is to be made.
    pub threads: Vec<Option<Uuid>>,
    /// Ids of which the events turned out to be one with a thread's.
    pub merged: BTreeMap<Uuid, usize>,
    /// Ids of which nothing is left.
    pub withdrawn: BTreeSet<Uuid>,
}

/// Names the threads that what was said of `known` events now makes.
pub fn names(threads: &[Thread], known: &[Known]) -> Names {
    let home: BTreeMap<EntryId, usize> = threads
        .iter()
        .enumerate()
        .flat_map(|(at, thread)| thread.entries.iter().map(move |(id, _)| (*id, at)))
        .collect();
    let mut names = Names { threads: vec![None; threads.len()], ..Names::default() };
    let mut known: Vec<&Known> = known.iter().collect();
    known.sort_by_key(|event| event.id);
    for event in known.iter().copied() {
        let thread = event.entries.iter().find_map(|entry| home.get(entry));
        match thread.map(|at| (*at, names.threads[*at])) {
            None => drop(names.withdrawn.insert(event.id)),
            Some((at, None)) => names.threads[at] = Some(event.id),
            Some((at, Some(_))) => drop(names.merged.insert(event.id, at)),
        }
    }
    // Of the events that became one, the id made first stays with what they became.
    let live: BTreeSet<Uuid> = known.iter().filter(|event| event.is_live).map(|event| event.id).collect();
    for at in 0..threads.len() {
        let root = root(threads, at);
        let is_elder = match (names.threads[at], names.threads[root]) {
            (Some(id), Some(of_root)) => live.contains(&id) && (id < of_root || !live.contains(&of_root)),
            (Some(id), None) => live.contains(&id),
            (None, _) => false,
        };
        if is_elder {
            names.threads.swap(at, root);
        }
    }
    names
}

/// The thread that one has become part of, or itself.
pub fn root(threads: &[Thread], mut at: usize) -> usize {
    while let Some(end) = &threads[at].end {
        at = end.into;
    }
    at
}
