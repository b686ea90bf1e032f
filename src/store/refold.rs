//! What was said is folded anew where something came or went: only the events that this can touch are looked at.
//!
//! Begins with the events and mentions that were touched. Their entries are linked again, among the events that they could
//! refer to. An event that is drawn in so, and whatever was published later and could speak of a state that
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
    Entry, EntryId, History, Identities, KnownEvent, LinkRule, Neighbour, Order, Reach, Revision, assign_ids,
    build_histories, public_ids,
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
    pub(super) histories: Vec<History>,
    pub(super) identities: Identities,
    /// The id of each history, and the id under which it is shown.
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
        let histories = match build_histories(entries, &scope.created_before(since), &neighbours) {
            Ok(histories) => histories,
            Err(required) => {
                touched.events.extend(required.into_iter().map(|at| ids[at]));
                continue;
            }
        };
        let sorted = scope.identified(histories);
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

    /// Returns the entries before `since` that created their events: these were not linked to any event, and more events
    /// may have been considered then than are in the scope.
    fn created_before(&self, since: &Order) -> BTreeSet<EntryId> {
        let created = LinkRule::Created.to_string();
        let before = self.entries.iter().filter(|attached| attached.entry.order < *since);
        before
            .filter(|attached| attached.matched.as_ref() == Some(&created))
            .map(|attached| attached.entry.id)
            .collect()
    }

    fn known(&self) -> Vec<KnownEvent> {
        let known = |(id, header): (&Uuid, &Header)| {
            let own = self.entries.iter().filter(|attached| attached.event == Some(*id));
            let entries = own.map(|attached| attached.entry.id).collect();
            KnownEvent { id: header.stands_for.unwrap_or(*id), entries }
        };
        self.headers.iter().map(known).collect()
    }

    /// Returns histories with the ids of their events.
    fn identified(&self, histories: Vec<History>) -> Sorted {
        let identities = assign_ids(&histories, &self.known());
        let own: Vec<Uuid> = identities.ids.iter().map(|id| id.unwrap_or_else(Uuid::now_v7)).collect();
        let shown = self.headers.iter().filter(|(_, header)| header.is_live()).map(|(id, _)| *id).collect();
        let ids = public_ids(&histories, &own, &shown);
        Sorted { histories, identities, own, ids }
    }

    /// Since when which part of what is known is another: every state that goes or comes.
    fn changed(&self, sorted: &Sorted) -> Vec<(Order, Reach)> {
        let mut changed = Vec::new();
        for (history, id) in sorted.histories.iter().zip(&sorted.ids) {
            let old = self.history(id).unwrap_or_default();
            let same = common(&old, &history.revisions);
            let part = |revision: &Revision| (revision.since.clone(), Reach::of_state(&revision.state));
            let differing = || old[same..].iter().copied().chain(&history.revisions[same..]);
            changed.extend(differing().map(part));
            // The last state that they have in common holds for longer or shorter than it did.
            let since = differing().map(|revision| &revision.since).min();
            let before = same.checked_sub(1).map(|last| Reach::of_state(&history.revisions[last].state));
            changed.extend(since.cloned().zip(before));
            // Where an event ends, or did, is seen by what would have spoken of it.
            let ended = self.headers.get(id).is_some_and(Header::is_merged);
            changed.extend(history.revisions.last().filter(|_| ended || history.merge.is_some()).map(part));
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
    /// Returns the index of the history that each entry was linked to, and the rule that linked it.
    pub(super) fn homes(&self) -> BTreeMap<EntryId, (usize, LinkRule)> {
        let entries = |(at, history): (usize, &History)| {
            history.entries.iter().map(move |(id, rule)| (*id, (at, *rule))).collect::<Vec<_>>()
        };
        self.histories.iter().enumerate().flat_map(entries).collect()
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
