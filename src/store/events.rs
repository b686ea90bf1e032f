//! The table `events`: ids, and whether events were removed. Their content is in `states`.

use super::{
    Error, Store,
    time::{Day, Instant},
};
use jiff::{Timestamp, civil::Date};
use sqlx::PgConnection;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// Why an event is no longer shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gone {
    /// It was merged into another event, which became known on a date, or always was.
    Merged { into: Uuid, on: Option<Date> },
    /// No article is evidence of it.
    Withdrawn,
    /// A person rejected it.
    Rejected,
}

/// An event without its states.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub(super) revision: i32,
    pub(super) gone: Option<Gone>,
    /// Its own id, if it is shown under the id of an event that it was merged with.
    pub(super) stands_for: Option<Uuid>,
}

impl Header {
    /// Returns whether it is shown.
    pub(super) fn is_live(&self) -> bool {
        self.gone.is_none() && self.revision > 0
    }

    /// Returns whether its history has ended: it was merged or rejected.
    pub(super) fn has_ended(&self) -> bool {
        matches!(self.gone, Some(Gone::Merged { .. } | Gone::Rejected))
    }
}

pub(super) async fn headers(tx: &mut PgConnection, ids: &BTreeSet<Uuid>) -> Result<BTreeMap<Uuid, Header>, Error> {
    let ids: Vec<Uuid> = ids.iter().copied().collect();
    let rows = sqlx::query!(
        r#"select id, revision, gone, merged_into, stands_for, merged_on as "merged_on: Day" from events where id = any ($1)"#,
        &ids
    );
    let header = rows.fetch_all(tx).await?.into_iter().map(|row| {
        let gone = match row.merged_into {
            Some(into) => Some(Gone::Merged { into, on: row.merged_on.map(|day| day.0) }),
            None => row.gone.map(|gone| if gone == "rejected" { Gone::Rejected } else { Gone::Withdrawn }),
        };
        (row.id, Header { revision: row.revision, gone, stands_for: row.stands_for })
    });
    Ok(header.collect())
}

/// Adds the events that were merged with these, and those that a person split from them.
pub(super) async fn add_entangled(tx: &mut PgConnection, ids: &mut BTreeSet<Uuid>) -> Result<(), Error> {
    loop {
        let known: Vec<Uuid> = ids.iter().copied().collect();
        let all = sqlx::query_scalar!(
            r#"select tree as "id!" from unnest($1::uuid[]) id, event_tree(root_of(id), null) tree
               union
               select unnest(events) from corrections where events && $1"#,
            &known
        );
        ids.extend(all.fetch_all(&mut *tx).await?);
        if ids.len() == known.len() {
            return Ok(());
        }
    }
}

/// Returns these events and those merged into them as of a date, or now, each with the event that
/// it is part of.
pub(super) async fn trees(
    tx: &mut PgConnection,
    roots: &[Uuid],
    as_of: Option<Date>,
) -> Result<HashMap<Uuid, Uuid>, Error> {
    let rows = sqlx::query!(
        r#"select root as "root!", part as "part!" from unnest($1::uuid[]) root, event_tree(root, $2) part"#,
        roots,
        as_of.map(Day) as _,
    );
    Ok(rows.fetch_all(tx).await?.into_iter().map(|row| (row.part, row.root)).collect())
}

/// Returns an event and those merged into it.
pub(super) async fn tree(tx: &mut PgConnection, id: Uuid) -> Result<BTreeSet<Uuid>, Error> {
    let ids = sqlx::query_scalar!(r#"select event_tree($1, null) as "id!""#, id);
    Ok(ids.fetch_all(tx).await?.into_iter().collect())
}

/// Inserts an event that has not been shown yet.
pub(super) async fn insert(tx: &mut PgConnection, id: Uuid, now: Timestamp) -> Result<(), Error> {
    sqlx::query!(
        "insert into events (id, revision, created_at, updated_at, touched_at, changed_in, changed_at, confidence)
         values ($1, 0, $2, $2, $2, feed_position(), $2, 0)",
        id,
        Instant(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Stores the own id of an event that is shown under another id.
pub(super) async fn stand_for(tx: &mut PgConnection, id: Uuid, own: Option<Uuid>) -> Result<(), Error> {
    sqlx::query!("update events set stands_for = $2 where id = $1", id, own).execute(tx).await?;
    Ok(())
}

/// Stores that an event has `revisions` new revisions, or was removed.
pub(super) async fn update(
    tx: &mut PgConnection,
    id: Uuid,
    revisions: u32,
    gone: Option<Gone>,
    now: Timestamp,
) -> Result<(), Error> {
    let (why, into, on) = match gone {
        None => (None, None, None),
        Some(Gone::Withdrawn) => (Some("withdrawn"), None, None),
        Some(Gone::Rejected) => (Some("rejected"), None, None),
        Some(Gone::Merged { into, on }) => (Some("merged"), Some(into), on),
    };
    // `greatest` keeps the timestamps of an event from decreasing if a clock was set back.
    sqlx::query!(
        "update events
         set revision = revision + $2::bigint::integer, gone = $3, merged_into = $4, merged_on = $5,
             updated_at = greatest(updated_at, $6), changed_in = feed_position(),
             changed_at = greatest(changed_at, $6)
         where id = $1",
        id,
        i64::from(revisions),
        why,
        into,
        on.map(Day) as _,
        Instant(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Records that responses about these events, and about those that they are part of, may have
/// changed, and updates what is derived from their evidence. For a shown event, a change of its
/// evidence is a change even if its state is the same.
pub(super) async fn touch(tx: &mut PgConnection, ids: &BTreeSet<Uuid>, now: Timestamp) -> Result<(), Error> {
    let ids: Vec<Uuid> = ids.iter().copied().collect();
    sqlx::query!(
        "with concerned (id) as (select distinct whole from unnest($1::uuid[]) id, wholes_of(id) whole),
         present as materialized (
             select c.id as event, event_confidence(c.id, null) as confidence, event_evidence(c.id) as evidence,
                    event_evidence_parts(c.id) as parts,
                    derived.articles, derived.sources, derived.words
             from concerned c cross join lateral event_derived(c.id) derived)
         update events
         set touched_at = greatest(touched_at, $2), version = version + 1, confidence = present.confidence,
             articles = present.articles, sources = present.sources, words = present.words,
             peak_confidence = case when gone is null then greatest(peak_confidence, present.confidence) else peak_confidence end,
             evidence_hash = present.evidence, evidence_parts = present.parts,
             evidence_left_at = case when is_less then greatest(evidence_left_at, $2) else evidence_left_at end,
             changed_in = case when is_told then feed_position() else changed_in end,
             changed_at = case when is_told then greatest(changed_at, $2) else changed_at end
         from present
         cross join lateral (
             select gone is null and evidence_hash is distinct from present.evidence as is_told,
                    evidence_parts is null
                        or exists (select unnest(evidence_parts) except select unnest(present.parts)) as is_less
             from events where id = event) told
         where id = event",
        &ids,
        Instant(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

impl Store {
    /// Returns a number that increases whenever any response about an event changes; `None` if it
    /// is not shown.
    pub async fn event_version(&self, id: Uuid) -> Result<Option<i64>, Error> {
        let version = sqlx::query_scalar!("select version from events where id = $1 and gone is null", id);
        Ok(version.fetch_optional(&self.pool).await?)
    }

    /// Returns when any event or its evidence last changed; `None` without events.
    pub async fn touched_at(&self) -> Result<Option<Timestamp>, Error> {
        let at = sqlx::query_scalar!(r#"select max(touched_at) as "at: Instant" from events"#);
        Ok(at.fetch_one(&self.pool).await?.map(|at| at.0))
    }
}
