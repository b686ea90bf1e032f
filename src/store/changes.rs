//! The feed of changes: the events that a filter selects and that have changed, in their current
//! state or as tombstones.

use super::{
    Error, EventFilter, FEED_DAYS, Position, Since, Store, conditions,
    position::Horizon,
    selection::{Row, complete},
    time::Instant,
};
use crate::event::{Event, EventState};
use jiff::Timestamp;
use serde::Serialize;
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder, types::Json};
use utoipa::ToSchema;
use uuid::Uuid;

/// A tombstone of a removed event, for clients that keep a copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Tombstone {
    /// The id of the event.
    pub id: Uuid,
    /// Always true.
    #[schema(example = true)]
    pub removed: bool,
    /// The reason.
    pub reason: Removal,
    /// The event into which it was merged.
    pub merged_into: Option<Uuid>,
}

/// The reason why an event was removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Removal {
    /// It was merged into another event.
    Merged,
    /// No article is evidence of it any longer.
    Withdrawn,
    /// A person stated that it is not an event.
    Rejected,
    /// The filter no longer selects it.
    Left,
}

/// A change: the current event, or the fact that it was removed.
#[derive(Clone, Debug, PartialEq)]
pub enum Changed {
    /// The event was created or has changed.
    Event(Box<Event>),
    /// The event was removed.
    Gone(Tombstone),
}

/// A change in the feed.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The position after this change.
    pub position: Position,
    /// When the change was made.
    pub at: Timestamp,
    /// The change.
    pub what: Changed,
    /// Whether the event was created since.
    pub is_new: bool,
}

impl Change {
    /// Returns the name of the change in streams and webhooks.
    pub fn name(&self) -> &'static str {
        match self.what {
            Changed::Event(_) if self.is_new => "event.created",
            Changed::Event(_) => "event.updated",
            Changed::Gone(_) => "event.removed",
        }
    }
}

/// A page of changes, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    /// The changes.
    pub items: Vec<Change>,
    /// Whether more changes follow after `position`.
    pub more: bool,
    /// The position after these changes.
    pub position: Position,
}

impl Store {
    /// Returns the current end of the feed.
    pub async fn position(&self) -> Result<Position, Error> {
        Ok(Horizon::load(&mut *self.pool.acquire().await?).await?.now)
    }

    /// Rejects a position of another server, after which changes are not known here.
    ///
    /// # Errors
    /// Fails with [`Error::ForeignPosition`], or if the database does.
    pub async fn check_position(&self, since: Since) -> Result<(), Error> {
        Horizon::load(&mut *self.pool.acquire().await?).await?.check(since)
    }

    /// Returns the changes of events that `filter` selects or has selected, in order.
    /// `filter.as_of` must not be set.
    pub async fn changes(
        &self,
        filter: &EventFilter,
        since: Since,
        limit: u32,
        with_evidence: bool,
    ) -> Result<Changes, Error> {
        let mut db = self.pool.acquire().await?;
        let horizon = Horizon::load(&mut db).await?;
        horizon.check(since)?;
        let now = horizon.now;
        let mut rows = changed(&mut db, filter, since, now, i64::from(limit) + 1).await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let heads: Vec<_> =
            rows.iter().map(|row| (row.position(now), row.changed_at.0, row.is_new, row.tombstone())).collect();
        let last = heads.last().map(|(position, ..)| *position);
        let live = rows.into_iter().filter_map(ChangedRow::into_live).collect();
        let mut live = complete(&mut db, live, None, with_evidence).await?.into_iter();
        let items = heads.into_iter().filter_map(|(position, at, is_new, tombstone)| {
            let what = match tombstone {
                Some(tombstone) => Changed::Gone(tombstone),
                None => Changed::Event(Box::new(live.next()?)),
            };
            Some(Change { position, at, what, is_new })
        });
        let position = last.filter(|_| more).unwrap_or(now);
        Ok(Changes { items: items.collect(), more, position })
    }
}

async fn changed(
    db: &mut PgConnection,
    filter: &EventFilter,
    since: Since,
    until: Position,
    limit: i64,
) -> Result<Vec<ChangedRow>, Error> {
    let mut query = QueryBuilder::new(
        "select e.id, e.changed_in::text::bigint as changed_in, e.gone, root_of(e.id) as root, s.is_live, s.state,
                e.revision, e.created_at, e.updated_at, coalesce(e.changed_at, e.updated_at) as changed_at,
                e.confidence, ",
    );
    match since {
        Since::Instant(instant) => query.push("e.created_at >= ").push_bind(Instant(instant)),
        Since::Position(position) => {
            query.push("coalesce(e.created_in >= ").push_bind(position.transaction.to_string());
            query.push("::text::xid8, false)")
        }
    };
    query.push(" as is_new from events e cross join lateral ((select true as is_live, s.state, s.shown_to from states s where s.event_id = e.id and ");
    query.push(conditions::SHOWN);
    conditions::push(&mut query, filter);
    query.push(") union all (select false, s.state, s.shown_to from states s where s.event_id = e.id and s.shown_from is not null");
    push_was_told(&mut query, filter);
    query.push(" order by s.shown_to desc nulls first limit 1) order by is_live desc limit 1) s where e.changed_in < ");
    query.push_bind(until.transaction.to_string()).push("::text::xid8");
    match since {
        Since::Instant(instant) => {
            // The first condition uses an index.
            query.push(" and e.touched_at >= ").push_bind(Instant(instant));
            query.push(" and coalesce(e.changed_at, e.updated_at) >= ").push_bind(Instant(instant))
        }
        Since::Position(Position { transaction, event: None, .. }) => {
            query.push(" and e.changed_in >= ").push_bind(transaction.to_string()).push("::text::xid8")
        }
        Since::Position(Position { transaction, event: Some(event), .. }) => {
            query.push(" and (e.changed_in, e.id) > (").push_bind(transaction.to_string());
            query.push("::text::xid8, ").push_bind(event).push(")")
        }
    };
    query.push(" order by e.changed_in, e.id limit ").push_bind(limit);
    Ok(query.build_query_as().fetch_all(db).await?)
}

/// Appends the condition that a follower of changes may still have states `s` of events `e`, which
/// the filter no longer selects: a follower that is behind was not notified when this happened, if
/// the event has changed since. Notifying it twice is harmless.
fn push_was_told(query: &mut QueryBuilder<Postgres>, filter: &EventFilter) {
    let days = i32::try_from(FEED_DAYS).unwrap_or(i32::MAX);
    query.push(
        " and (s.shown_to is null or s.shown_to >= coalesce(e.changed_at, e.updated_at) - make_interval(days => ",
    );
    query.push_bind(days).push("))");
    if let Some(least) = filter.min_confidence {
        query.push(" and coalesce(e.peak_confidence, e.confidence) >= ").push_bind(least.value());
    }
    let lasting = EventFilter { min_confidence: None, ..filter.clone() };
    query.push(" and ((e.gone is null");
    conditions::push(query, &lasting);
    // The articles of a removed event, and the evidence that an event has lost, are no longer
    // known.
    query.push(
        ") or ((e.gone is not null
               or e.evidence_left_at >= coalesce(e.changed_at, e.updated_at) - make_interval(days => ",
    );
    query.push_bind(days).push("))");
    conditions::push(query, &EventFilter { words: Vec::new(), sources: Vec::new(), article: None, ..lasting });
    query.push("))");
}

#[derive(FromRow)]
struct ChangedRow {
    id: Uuid,
    changed_in: i64,
    gone: Option<String>,
    root: Option<Uuid>,
    is_live: bool,
    state: Json<EventState>,
    revision: i32,
    created_at: Instant,
    updated_at: Instant,
    changed_at: Instant,
    is_new: bool,
    confidence: f64,
}

impl ChangedRow {
    fn position(&self, now: Position) -> Position {
        Position { event: Some(self.id), transaction: self.changed_in.unsigned_abs(), ..now }
    }

    /// Returns the tombstone; `None` if the event exists.
    fn tombstone(&self) -> Option<Tombstone> {
        let reason = match self.gone.as_deref() {
            _ if self.is_live => return None,
            Some("merged") => Removal::Merged,
            Some("rejected") => Removal::Rejected,
            Some(_) => Removal::Withdrawn,
            None => Removal::Left,
        };
        let merged_into = self.root.filter(|_| reason == Removal::Merged);
        Some(Tombstone { id: self.id, removed: true, reason, merged_into })
    }

    fn into_live(self) -> Option<Row> {
        let Self { id, is_live, state, revision, created_at, updated_at, confidence, .. } = self;
        is_live.then_some(Row { id, state, revision, created_at, updated_at, confidence })
    }
}
