//! Writes folded events and their states; only differences are written.

use super::{
    Error, corrections,
    entries::{self, Joined},
    events::{self, Gone},
    refold::{Scope, Sorted, common},
    states,
};
use crate::timeline::{EntryId, History, Merge, Revision, root};
use jiff::{Timestamp, civil::Date};
use sqlx::PgConnection;
use std::collections::BTreeSet;
use uuid::Uuid;

/// The events of a write.
pub(super) struct Written {
    /// All events in the scope.
    pub(super) all: Vec<Uuid>,
    /// Those whose states or entries have changed.
    pub(super) changed: BTreeSet<Uuid>,
}

/// Writes the events in `scope` as they were folded.
pub(super) async fn write(
    tx: &mut PgConnection,
    scope: &Scope,
    sorted: &Sorted,
    now: Timestamp,
) -> Result<Written, Error> {
    let Sorted { histories, own: own_ids, ids, .. } = sorted;
    let mut changed = BTreeSet::new();
    for id in ids.iter().filter(|id| !scope.headers.contains_key(id)) {
        events::insert(tx, *id, now).await?;
        changed.insert(*id);
    }
    for ((history, id), own) in histories.iter().zip(ids).zip(own_ids) {
        let merged = |merge: &Merge| Gone::Merged { into: ids[merge.into], on: Some(merge.since.published_on) };
        let rejected = history.rejection.as_ref().map(|_| Gone::Rejected);
        let gone = history.merge.as_ref().map(merged).or(rejected);
        if write_event(tx, *id, scope, Some(history), gone, now).await? {
            changed.insert(*id);
        }
        let stands_for = Some(*own).filter(|own| own != id);
        if scope.headers.get(id).and_then(|header| header.stands_for) != stands_for {
            events::stand_for(tx, *id, stands_for).await?;
        }
    }
    for id in scope.headers.keys().filter(|id| !ids.contains(id)) {
        let gone = heir(scope, sorted, *id).map_or(Gone::Withdrawn, |at| {
            let into = ids[root(histories, at)];
            match scope.headers[id].gone {
                Some(known @ Gone::Merged { into: before, .. }) if before == into => known,
                _ => Gone::Merged { into, on: None },
            }
        });
        if write_event(tx, *id, scope, None, Some(gone), now).await? {
            changed.insert(*id);
        }
    }
    attach(tx, scope, sorted, &mut changed).await?;
    let all: BTreeSet<Uuid> = ids.iter().chain(scope.headers.keys()).copied().collect();
    Ok(Written { all: all.into_iter().collect(), changed })
}

/// Returns the history that an event without one of its own was merged into, if any.
fn heir(scope: &Scope, sorted: &Sorted, id: Uuid) -> Option<usize> {
    let Sorted { identities, own, ids, .. } = sorted;
    let mut id = id;
    for _ in 0..=scope.headers.len() {
        let header = scope.headers.get(&id)?;
        // Another history may have been shown under this id, and is now shown under its own.
        let stands_for = header.stands_for.unwrap_or(id);
        let found = identities.merged.get(&id).copied().or_else(|| own.iter().position(|other| *other == stands_for));
        if found.is_some() {
            return found;
        }
        // It was merged before, and no entry is left that shows it; its successor may exist, or
        // have one.
        let Some(Gone::Merged { into, .. }) = header.gone else { return None };
        if let Some(successor) = ids.iter().position(|other| *other == into) {
            return Some(successor);
        }
        id = into;
    }
    None
}

/// Writes the history of one event, the shown state and, if that differs, its revision. Returns
/// whether anything changed.
async fn write_event(
    tx: &mut PgConnection,
    id: Uuid,
    scope: &Scope,
    built: Option<&History>,
    gone: Option<Gone>,
    now: Timestamp,
) -> Result<bool, Error> {
    let header = scope.headers.get(&id);
    let stored = scope.states.get(&id).map(Vec::as_slice).unwrap_or_default();
    let revisions = built.map(|built| &*built.revisions).unwrap_or_default();
    let history: Vec<(i64, &Revision, Option<Date>)> =
        stored.iter().filter_map(|s| s.history.as_ref().map(|(revision, to)| (s.id, revision, *to))).collect();
    let same = common(&history.iter().map(|(_, revision, _)| *revision).collect::<Vec<_>>(), revisions);
    let end = |built: &History| {
        let merge = built.merge.as_ref().map(|merge| merge.since.published_on);
        merge.or(built.rejection.as_ref().map(|since| since.published_on))
    };
    let ends_on = built.and_then(end);
    let known_to = |at: usize| revisions.get(at + 1).map(|next| next.since.published_on).or(ends_on);

    let shown = stored.iter().find(|stored| stored.is_shown);
    let current = revisions.last().filter(|_| gone.is_none());
    let keeps = shown.is_some_and(|shown| {
        current.is_some()
            && same == revisions.len()
            && history.get(same - 1).is_some_and(|(last, ..)| *last == shown.id)
    });
    if !keeps && shown.is_some() {
        states::hide(tx, id, now).await?;
    }
    let discarded: Vec<i64> = history[same..].iter().map(|(id, ..)| *id).collect();
    if !discarded.is_empty() {
        states::discard(tx, id, &discarded, now).await?;
    }
    let mut is_changed = !keeps && (shown.is_some() || current.is_some()) || !discarded.is_empty();
    for (at, (row, _, to)) in history[..same].iter().enumerate() {
        if *to != known_to(at) {
            states::set_known_to(tx, *row, known_to(at)).await?;
            is_changed = true;
        }
    }
    for (at, revision) in revisions.iter().enumerate().skip(same) {
        states::insert(tx, id, at + 1, revision, known_to(at), now).await?;
    }
    if !keeps && current.is_some() {
        states::show(tx, id, revisions.len(), now).await?;
    }
    let is_other = shown.map(|shown| &shown.state) != current.map(|revision| &revision.state);
    if is_other || header.is_some_and(|header| header.gone != gone) || header.is_none() && gone.is_some() {
        events::update(tx, id, u32::from(is_other && current.is_some()), gone, now).await?;
        is_changed = true;
    }
    Ok(is_changed || revisions.len() > same)
}

/// Stores the events that entries are linked to, and adds the events that they joined or left to
/// `changed`.
async fn attach(
    tx: &mut PgConnection,
    scope: &Scope,
    sorted: &Sorted,
    changed: &mut BTreeSet<Uuid>,
) -> Result<(), Error> {
    let ids = &sorted.ids;
    let homes = sorted.homes();
    let is_rejected = |id: &EntryId| sorted.histories.iter().any(|history| history.rejected.contains(id));
    let mut mentions = Vec::new();
    for attached in &scope.entries {
        let joined = homes.get(&attached.entry.id).map(|(at, rule)| (ids[*at], rule.to_string()));
        let (event, matched) = joined.unzip();
        match attached.entry.id {
            EntryId::Mention(id) => {
                // A person may have rejected it when it was evidence, which it is no longer.
                let is_rejected = event.is_some() && is_rejected(&attached.entry.id);
                let joined = Joined { mention: id, event, matched, is_rejected };
                if !joined.is_as_in(attached) {
                    changed.extend(attached.event.into_iter().chain(event));
                    mentions.push(joined);
                }
            }
            EntryId::Correction(id) => {
                let caused = |history: &History| {
                    let by = history.revisions.iter().any(|revision| revision.by == attached.entry.id);
                    by || history.merge.as_ref().is_some_and(|merge| merge.since == attached.entry.order)
                };
                let concerned =
                    sorted.histories.iter().zip(ids).filter(|(history, _)| caused(history)).map(|(_, id)| *id);
                let events: BTreeSet<Uuid> = concerned.chain(event).collect();
                if (event, &matched) != (attached.event, &attached.matched) {
                    changed.extend(attached.event.into_iter().chain(event));
                }
                let joined = event.zip(matched.as_deref());
                corrections::attach(tx, id, joined, &events.into_iter().collect::<Vec<_>>()).await?;
            }
        }
    }
    if !mentions.is_empty() {
        entries::attach(tx, &mentions).await?;
    }
    Ok(())
}
