//! What was said is folded anew where something came or went: only the events that this can touch are looked at.
//!
//! Begins with the events and mentions that were touched. What is said of these is sorted into threads, among the events
//! that it could speak of. An event that is drawn in so, and whatever was published later and could speak of a state that
//! changed, is looked at as well, until nothing more changes. The outcome is what a fold over all that was ever said gives.

use super::{
    Error, corrections,
    entries::{self, Attached, Touched},
    events,
    events::Header,
    locks::Locks,
    states::{self, Stored},
    write,
};
use crate::timeline::{
    Entry, EntryId, Known, Names, Neighbour, Order, Reach, Revision, Rule, Thread, known_as, names, threads,
};
use jiff::Timestamp;
use sqlx::PgConnection;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// What is known of the events that are looked at.
pub(super) struct Scope {
    pub(super) entries: Vec<Attached>,
    pub(super) headers: BTreeMap<Uuid, Header>,
    pub(super) states: HashMap<Uuid, Vec<Stored>>,
}

/// What is said of the events in the scope, sorted.
pub(super) struct Sorted {
    pub(super) threads: Vec<Thread>,
    pub(super) names: Names,
    /// Of each thread, the id of its own, and the id under which it is known.
    pub(super) own: Vec<Uuid>,
    pub(super) ids: Vec<Uuid>,
}

/// Brings the timeline up to what is said. `since` is the earliest that came or went: what was said before that joined what
/// it joins, so only what was said later can speak of another event. False where more locks are needed, which `locks` then
/// names: the transaction must be given up and started anew with them.
pub(super) async fn refold(
    tx: &mut PgConnection,
    mut touched: Touched,
    since: &Order,
    locks: &mut Locks,
    now: Timestamp,
) -> Result<bool, Error> {
    loop {
        if !touched.events.is_empty() {
            events::add_entangled(tx, &mut touched.events).await?;
        }
        let scope = Scope::load(tx, &touched).await?;
        if !locks.cover(scope.keys().iter()) {
            return Ok(false);
        }
        let entries: Vec<&Entry> = scope.entries.iter().map(|attached| &attached.entry).collect();
        let later: Vec<&Entry> = entries.iter().copied().filter(|entry| entry.order >= *since).collect();
        let near = states::near(tx, &later, &touched.events).await?;
        let entangled = near.iter().filter(|near| near.is_entangled).map(|near| near.event);
        let before = touched.events.len();
        touched.events.extend(entangled);
        if touched.events.len() > before {
            continue;
        }
        let (ids, neighbours): (Vec<Uuid>, Vec<Neighbour>) =
            near.into_iter().map(|near| (near.event, near.neighbour)).unzip();
        let threads = match threads(entries, &scope.made_before(since), &neighbours) {
            Ok(threads) => threads,
            Err(drawn_in) => {
                touched.events.extend(drawn_in.into_iter().map(|at| ids[at]));
                continue;
            }
        };
        let sorted = scope.named(threads);
        let changed = scope.changed(&sorted);
        if !locks.cover(changed.iter().flat_map(|(_, reach)| &reach.keys)) {
            return Ok(false);
        }
        let mut later = later_within_reach(tx, &changed, &touched).await?;
        later.extend(entries::beside(tx, &scope.moved(&sorted), &touched).await?);
        if later.is_empty() {
            write::write(tx, &scope, &sorted, now).await?;
            return Ok(true);
        }
        for Attached { entry, event, .. } in later {
            if let Some(mention) = entry.id.mention() {
                touched.add(mention, event);
            }
        }
    }
}

impl Scope {
    async fn load(tx: &mut PgConnection, touched: &Touched) -> Result<Self, Error> {
        let mut entries = entries::of(tx, touched).await?;
        if touched.events.is_empty() && touched.corrections.is_empty() {
            return Ok(Self { entries, headers: BTreeMap::new(), states: HashMap::new() });
        }
        entries.extend(corrections::attached(tx, touched).await?);
        entries.sort_by(|a, b| a.entry.order.cmp(&b.entry.order));
        let headers = events::headers(tx, &touched.events).await?;
        let states = states::of_events(tx, &touched.events).await?;
        Ok(Self { entries, headers, states })
    }

    /// What all that is said, and every state, can be reached by.
    fn keys(&self) -> BTreeSet<String> {
        let states = self.states.values().flatten().map(|stored| Reach::of_state(&stored.state));
        let said = self.entries.iter().filter_map(|attached| {
            let Attached { entry, .. } = attached;
            Some(Reach::of_mention(entry.mention()?, entry.order.published_on))
        });
        states.chain(said).flat_map(|reach| reach.keys).collect()
    }

    /// What made its event before something was said: among the events that it was found to be none of may have been others
    /// than those that are looked at.
    fn made_before(&self, since: &Order) -> BTreeSet<EntryId> {
        let made = Rule::Made.to_string();
        let before = self.entries.iter().filter(|attached| attached.entry.order < *since);
        before.filter(|attached| attached.matched.as_ref() == Some(&made)).map(|attached| attached.entry.id).collect()
    }

    fn known(&self) -> Vec<Known> {
        let known = |(id, header): (&Uuid, &Header)| {
            let own = self.entries.iter().filter(|attached| attached.event == Some(*id));
            let entries = own.map(|attached| attached.entry.id).collect();
            Known { id: header.stands_for.unwrap_or(*id), entries }
        };
        self.headers.iter().map(known).collect()
    }

    /// Threads with the ids of their events.
    fn named(&self, threads: Vec<Thread>) -> Sorted {
        let names = names(&threads, &self.known());
        let own: Vec<Uuid> = names.threads.iter().map(|name| name.unwrap_or_else(Uuid::now_v7)).collect();
        let shown = self.headers.iter().filter(|(_, header)| header.is_live()).map(|(id, _)| *id).collect();
        let ids = known_as(&threads, &own, &shown);
        Sorted { threads, names, own, ids }
    }

    /// Since when which part of what is known is another: every state that goes or comes.
    fn changed(&self, sorted: &Sorted) -> Vec<(Order, Reach)> {
        let mut changed = Vec::new();
        for (thread, id) in sorted.threads.iter().zip(&sorted.ids) {
            let old = self.history(id).unwrap_or_default();
            let same = common(&old, &thread.revisions);
            let part = |revision: &Revision| (revision.since.clone(), Reach::of_state(&revision.state));
            let differing = || old[same..].iter().copied().chain(&thread.revisions[same..]);
            changed.extend(differing().map(part));
            // The last state that they have in common holds for longer or shorter than it did.
            let since = differing().map(|revision| &revision.since).min();
            let before = same.checked_sub(1).map(|last| Reach::of_state(&thread.revisions[last].state));
            changed.extend(since.cloned().zip(before));
            // Where an event ends, or did, is seen by what would have spoken of it.
            let ended = self.headers.get(id).is_some_and(Header::is_merged);
            changed.extend(thread.revisions.last().filter(|_| ended || thread.end.is_some()).map(part));
        }
        let gone = self.headers.keys().filter(|id| !sorted.ids.contains(id));
        for revision in gone.filter_map(|id| self.history(id)).flatten() {
            changed.push((revision.since.clone(), Reach::of_state(&revision.state)));
        }
        changed
    }

    /// The articles of what joined an event now, or left one: what else they say must not speak of the same.
    fn moved(&self, sorted: &Sorted) -> Vec<Uuid> {
        let homes = sorted.homes();
        let moved = |attached: &&Attached| match homes.get(&attached.entry.id) {
            Some((at, _)) => attached.event != Some(sorted.ids[*at]),
            None => attached.event.is_some(),
        };
        self.entries.iter().filter(moved).filter_map(|attached| attached.entry.article()).collect()
    }

    fn history(&self, event: &Uuid) -> Option<Vec<&Revision>> {
        let states = self.states.get(event)?;
        Some(states.iter().filter_map(|stored| stored.history.as_ref()).map(|(revision, _)| revision).collect())
    }
}

impl Sorted {
    /// The thread that each entry joined, and by which rule.
    pub(super) fn homes(&self) -> BTreeMap<EntryId, (usize, Rule)> {
        let entries = |(at, thread): (usize, &Thread)| {
            thread.entries.iter().map(move |(id, rule)| (*id, (at, *rule))).collect::<Vec<_>>()
        };
        self.threads.iter().enumerate().flat_map(entries).collect()
    }
}

/// How many states two histories have in common.
pub(super) fn common(old: &[&Revision], new: &[Revision]) -> usize {
    old.iter().zip(new).take_while(|(old, new)| **old == *new).count()
}

/// What was published after something changed and could speak of it.
async fn later_within_reach(
    tx: &mut PgConnection,
    changed: &[(Order, Reach)],
    known: &Touched,
) -> Result<Vec<Attached>, Error> {
    let Some(since) = changed.iter().map(|(since, _)| since.published_on).min() else { return Ok(Vec::new()) };
    let reaches: Vec<Reach> = changed.iter().map(|(_, reach)| reach.clone()).collect();
    let mut later = entries::within_reach(tx, &reaches, since, known).await?;
    later.retain(|attached| changed.iter().any(|(since, _)| *since < attached.entry.order));
    Ok(later)
}
