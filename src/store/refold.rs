//! Updates the timeline after a change. Only the events that the change can affect are loaded.
//!
//! Starts with the events and mentions that were touched. Their entries are linked again, among the
//! events that they may refer to. Events that this affects, and later entries that may refer to a
//! state that has changed, are added to the scope, until nothing more changes. The result equals a
//! fold over all entries.

use super::{
    Error, corrections,
    entries::{self, Attached, Touched},
    events,
    events::Header,
    locks::{Covered, Locks},
    states::{self, Stored},
    write::{self, Written},
};
use crate::{
    event::EventState,
    timeline::{
        Entry, EntryId, History, Identities, KnownEvent, LinkRule, Neighbour, Order, Reach, Revision, assign_ids,
        build_histories, link_rule, public_ids,
    },
};
use jiff::Timestamp;
use sqlx::PgConnection;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tokio::task::spawn_blocking;
use uuid::Uuid;

/// The histories of events, or the neighbours whose entries are required to build them.
type Built = Result<Vec<History>, BTreeSet<usize>>;

/// The events in the scope as they are stored.
pub(super) struct Scope {
    pub(super) entries: Vec<Attached>,
    pub(super) headers: BTreeMap<Uuid, Header>,
    pub(super) states: HashMap<Uuid, Vec<Stored>>,
}

/// The events in the scope as they were folded.
pub(super) struct Sorted {
    pub(super) histories: Vec<History>,
    pub(super) identities: Identities,
    /// The own id of each history, and the id under which it is shown.
    pub(super) own: Vec<Uuid>,
    pub(super) ids: Vec<Uuid>,
}

/// Updates the timeline. `since` is the earliest position at which an entry was added or removed:
/// earlier entries keep their events. Returns false if more locks are needed, which are added to
/// `locks`: the transaction must be rolled back and restarted with them.
pub(super) async fn refold(
    tx: &mut PgConnection,
    touched: Touched,
    since: &Order,
    locks: &mut Locks,
    now: Timestamp,
) -> Result<bool, Error> {
    // The evidence of these events has changed, even if their states have not.
    let mut changed = touched.events.clone();
    let Some(written) = recompute(tx, touched, since, locks, now).await? else { return Ok(false) };
    changed.extend(written.changed);
    events::touch(tx, &changed, now).await?;
    Ok(true)
}

/// Updates events and states, but not what is derived from their evidence. Returns `None` if more
/// locks are needed.
pub(super) async fn recompute(
    tx: &mut PgConnection,
    mut touched: Touched,
    since: &Order,
    locks: &mut Locks,
    now: Timestamp,
) -> Result<Option<Written>, Error> {
    loop {
        if !touched.events.is_empty() {
            events::add_entangled(tx, &mut touched.events).await?;
        }
        let scope = Scope::load(tx, &touched).await?;
        // A mention may have been linked to another event before the locks were held.
        if extend(&mut touched.events, scope.entries.iter().filter_map(|attached| attached.event)) {
            continue;
        }
        if corrections::add_related(tx, &scope.entries, &mut touched).await? {
            continue;
        }
        match locks.cover(tx, scope.shared_keys()).await? {
            Covered::Before => {}
            Covered::Now => continue,
            Covered::Not => return Ok(None),
        }
        let later: Vec<&Entry> =
            scope.entries.iter().map(|attached| &attached.entry).filter(|entry| entry.order >= *since).collect();
        let near = states::near(tx, &later, &touched.events).await?;
        let entangled = near.iter().filter(|near| near.is_entangled).map(|near| near.event);
        if extend(&mut touched.events, entangled) {
            continue;
        }
        let (ids, neighbours): (Vec<Uuid>, Vec<Neighbour>) =
            near.into_iter().map(|near| (near.event, near.neighbour)).unzip();
        let (scope, built) = scope.build(since.clone(), neighbours).await?;
        let histories = match built {
            Ok(histories) => histories,
            Err(required) => {
                touched.events.extend(required.into_iter().map(|at| ids[at]));
                continue;
            }
        };
        let sorted = scope.identified(histories);
        let changed = scope.changed(&sorted);
        let keys: BTreeSet<i64> = changed.iter().flat_map(|part| part.reach.shared_keys()).collect();
        match locks.cover(tx, keys).await? {
            Covered::Before => {}
            Covered::Now => continue,
            Covered::Not => return Ok(None),
        }
        let mut later = later_affected(tx, &changed, &touched).await?;
        later.extend(entries::beside(tx, &scope.moved(&sorted), &touched).await?);
        // The fold never looks ahead: what was published before `since` stays linked as it is, and
        // the other events that it could refer to are not loaded.
        later.retain(|attached| attached.entry.order >= *since);
        if later.is_empty() {
            return write::write(tx, &scope, &sorted, now).await.map(Some);
        }
        for Attached { entry, event, .. } in later {
            if let Some(mention) = entry.id.mention() {
                touched.add(mention, event);
            }
        }
    }
}

/// Adds events; returns whether one of them is new.
fn extend(events: &mut BTreeSet<Uuid>, more: impl Iterator<Item = Uuid>) -> bool {
    let before = events.len();
    events.extend(more);
    events.len() > before
}

/// A state that was added or removed, in a range of the order of publication.
struct ChangedState {
    since: Order,
    /// The end of the range; `None` if it is open or not known exactly.
    until: Option<Order>,
    state: EventState,
    reach: Reach,
}

impl ChangedState {
    fn of(revision: &Revision, since: &Order, until: Option<&Order>) -> Self {
        let state = revision.state.clone();
        Self { since: since.clone(), until: until.cloned(), reach: Reach::of_state(&state), state }
    }

    /// Returns whether the change can affect an entry: whether it would be linked to the event in
    /// this state.
    fn affects(&self, entry: &Entry) -> bool {
        let is_within = self.since < entry.order && self.until.as_ref().is_none_or(|until| entry.order <= *until);
        let links = |mention| link_rule(&self.state, mention, entry.order.published_on).is_some();
        is_within && entry.mention().is_some_and(links)
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

    /// Returns the histories of the events that the entries describe, or the neighbours that are
    /// required for that. Runs on a blocking thread, as it may take long.
    async fn build(self, since: Order, neighbours: Vec<Neighbour>) -> Result<(Self, Built), Error> {
        let build = move || {
            let entries: Vec<&Entry> = self.entries.iter().map(|attached| &attached.entry).collect();
            let built = build_histories(entries, &self.created_before(&since), &neighbours);
            (self, built)
        };
        spawn_blocking(build).await.map_err(Error::Interrupted)
    }

    /// Returns the keys that each entry and state shares with all that can be linked to it.
    fn shared_keys(&self) -> BTreeSet<i64> {
        let states = self.states.values().flatten().map(|stored| Reach::of_state(&stored.state));
        let said = self.entries.iter().filter_map(|attached| {
            let Attached { entry, .. } = attached;
            Some(Reach::of_mention(entry.mention()?, entry.order.published_on))
        });
        states.chain(said).flat_map(|reach| reach.shared_keys()).collect()
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
            let created_by = self.history(id).and_then(|history| Some(history.first()?.by));
            KnownEvent { id: header.stands_for.unwrap_or(*id), entries, created_by }
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

    /// Returns every state that was added or removed, or whose range has changed.
    fn changed(&self, sorted: &Sorted) -> Vec<ChangedState> {
        let mut changed = Vec::new();
        for (history, id) in sorted.histories.iter().zip(&sorted.ids) {
            let old = self.history(id).unwrap_or_default();
            let new: Vec<&Revision> = history.revisions.iter().collect();
            let same = common(&old, &history.revisions);
            changed.extend(differing(&old, same).chain(differing(&new, same)));
            let since = [old.get(same), new.get(same)].into_iter().flatten().map(|revision| &revision.since).min();
            let last_common = same.checked_sub(1).map(|last| new[last]);
            changed.extend(last_common.zip(since).map(|(last, since)| ChangedState::of(last, since, None)));
            // The end of an event affects entries that may refer to its last state.
            let ended = self.headers.get(id).is_some_and(Header::has_ended);
            let last = new.last().filter(|_| ended || history.merge.is_some() || history.rejection.is_some());
            changed.extend(last.map(|last| ChangedState::of(last, &last.since, None)));
        }
        let gone = self.headers.keys().filter(|id| !sorted.ids.contains(id));
        for old in gone.filter_map(|id| self.history(id)) {
            changed.extend(differing(&old, 0));
        }
        changed
    }

    /// Returns the articles of entries that joined or left an event: other mentions of the same
    /// article must refer to other events.
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

/// Returns the number of leading states that two histories have in common.
pub(super) fn common(old: &[&Revision], new: &[Revision]) -> usize {
    old.iter().zip(new).take_while(|(old, new)| **old == *new).count()
}

/// Returns the states of a history from an index on.
fn differing<'a>(revisions: &'a [&Revision], from: usize) -> impl Iterator<Item = ChangedState> + 'a {
    let until = |at: usize| revisions.get(at + 1).map(|next| &next.since);
    (from..revisions.len()).map(move |at| ChangedState::of(revisions[at], &revisions[at].since, until(at)))
}

/// Returns the mentions published after a state changed that would be linked to it.
async fn later_affected(
    tx: &mut PgConnection,
    changed: &[ChangedState],
    known: &Touched,
) -> Result<Vec<Attached>, Error> {
    let Some(since) = changed.iter().map(|part| part.since.published_on).min() else { return Ok(Vec::new()) };
    let mut reaches: Vec<&Reach> = Vec::new();
    for part in changed {
        if !reaches.contains(&&part.reach) {
            reaches.push(&part.reach);
        }
    }
    let mut later = entries::within_reach(tx, &reaches, since, known).await?;
    later.retain(|attached| changed.iter().any(|part| part.affects(&attached.entry)));
    Ok(later)
}
