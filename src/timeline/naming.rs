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
}

/// The ids of threads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// Of each thread; none where a new one is to be made.
    pub threads: Vec<Option<Uuid>>,
    /// Ids of which the events turned out to be one with a thread's.
    pub merged: BTreeMap<Uuid, usize>,
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
    for event in known {
        let thread = event.entries.iter().find_map(|entry| home.get(entry));
        match thread.map(|at| (*at, names.threads[*at])) {
            None => {}
            Some((at, None)) => names.threads[at] = Some(event.id),
            Some((at, Some(_))) => drop(names.merged.insert(event.id, at)),
        }
    }
    names
}

/// The ids under which threads are known: their own, but for those that became one, of which the id made first stays with
/// what they became. `shown` are the ids that are known outside.
pub fn known_as(threads: &[Thread], own: &[Uuid], shown: &BTreeSet<Uuid>) -> Vec<Uuid> {
    let mut ids = own.to_vec();
    for at in 0..threads.len() {
        let root = root(threads, at);
        let (id, of_root) = (ids[at], ids[root]);
        if at != root && shown.contains(&id) && (id < of_root || !shown.contains(&of_root)) {
            ids.swap(at, root);
        }
    }
    ids
}

/// The thread that one has become part of, or itself.
pub fn root(threads: &[Thread], mut at: usize) -> usize {
    while let Some(end) = &threads[at].end {
        at = end.into;
    }
    at
}
