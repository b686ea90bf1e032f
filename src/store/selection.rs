//! Lists of events: those that a filter selects, now or as of a day, and what changed since a moment.

use super::{
    Cursor, Error, Page, Position, Since, Store, mentions, search,
    time::{Day, Instant},
};
use crate::event::{Event, EventState, Kind, Status};
use jiff::civil::Date;
use serde::Serialize;
use sqlx::{PgConnection, types::Json};
use std::collections::HashMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// Which events a list shows. Every part that is set must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventFilter {
    /// Events that have not ended before this day.
    pub from: Option<Date>,
    /// Events that have begun by this day, which must not lie before `from`.
    pub to: Option<Date>,
    /// Codes or names: of each inner list, one at least takes part.
    pub participants: Vec<Vec<String>>,
    /// The alpha-2 code of the place's country.
    pub country: Option<String>,
    /// The place's name.
    pub place: Option<String>,
    /// Any of these kinds; all where it is empty.
    pub kinds: Vec<Kind>,
    /// Any of these statuses; all where it is empty.
    pub statuses: Vec<Status>,
    /// All of these words in title, parties, place or evidence, as [`super::words`] cuts them.
    pub words: Vec<String>,
    /// As the articles published up to this day had announced it.
    pub as_of: Option<Date>,
}

/// Tells of an event that is gone: a client that keeps a copy drops it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Tombstone {
    /// The event's id.
    pub id: Uuid,
    /// Always true.
    #[schema(example = true)]
    pub removed: bool,
    /// Why.
    pub reason: Removal,
    /// The event that took it over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<Uuid>,
}

/// Why an event is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Removal {
    /// It is part of another event.
    Merged,
    /// No article speaks of it any more.
    Withdrawn,
    /// It no longer fits the filter.
    Left,
}

/// A change: the event as it is now, or that it is gone.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Changed {
    /// It was made or is another.
    Event(Box<Event>),
    /// It is gone.
    Gone(Tombstone),
}

/// Some of the changes since a moment, in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    /// The changes.
    pub items: Vec<Changed>,
    /// Whether there are more after `position`.
    pub more: bool,
    /// Up to where these tell all.
    pub position: Position,
}

/// Selects states with the text before and after the filter's, and the filter's arguments before others.
macro_rules! select {
    ($row:ident, $filter:expr, $head:literal, $tail:literal, $($argument:expr),* $(,)?) => {
        sqlx::query_as!(
            $row,
            $head
                + r#" and ($1::date is null and $2::date is null
                           or daterange(s.starts_on, s.ends_on, '[]') && daterange($1, $2, '[]'))
                      and not exists (select from jsonb_array_elements($3::jsonb) any_of where not any_of ?| s.party_keys)
                      and ($4::text is null or s.place_country = $4)
                      and ($5::text is null or s.place_key = $5)
                      and (cardinality($6::text[]) = 0 or s.kind = any ($6))
                      and (cardinality($7::text[]) = 0 or s.status = any ($7))
                      and not exists (
                          select from unnest($8::text[]) word
                          where s.search not like word
                            and not exists (
                                select from mentions m join articles a on a.id = m.article_id
                                where m.event_id in (select event_tree(s.event_id, $9)) and m.search like word
                                  and ($9::date is null or a.published_on <= $9)))"#
                + $tail,
            $filter.from.map(Day) as _,
            $filter.to.map(Day) as _,
            Json(party_keys(&$filter.participants)) as _,
            $filter.country,
            $filter.place.as_deref().map(search::key),
            &$filter.kinds.iter().map(Kind::to_string).collect::<Vec<_>>(),
            &$filter.statuses.iter().map(Status::to_string).collect::<Vec<_>>(),
            &$filter.words.iter().map(|word| search::pattern(word)).collect::<Vec<_>>(),
            $filter.as_of.map(Day) as _,
            $($argument),*
        )
    };
}

impl Store {
    /// A page of the events that `filter` selects, by first day; with their evidence where `with_evidence` asks.
    pub async fn events(
        &self,
        filter: &EventFilter,
        after: Option<Cursor>,
        limit: u32,
        with_evidence: bool,
    ) -> Result<(Page<Event>, Position), Error> {
        let mut db = self.pool.acquire().await?;
        // Before the list is read: what changes meanwhile is told again rather than not at all.
        let position = Position::now(&mut db).await?;
        let rows = list(&mut db, filter, after, i64::from(limit) + 1).await?;
        let mut page = Page::cut(rows, limit, |(id, event)| Cursor { day: event.state.when.starts_on, id: *id });
        if with_evidence {
            add_evidence(&mut db, &mut page.items, filter.as_of).await?;
        }
        let items = page.items.into_iter().map(|(_, event)| event).collect();
        Ok((Page { items, next: page.next }, position))
    }

    /// What changed among the events that `filter` selects or has selected, in the order of the changes. `filter.as_of` must not be set.
    pub async fn changes(
        &self,
        filter: &EventFilter,
        since: Since,
        limit: u32,
        with_evidence: bool,
    ) -> Result<Changes, Error> {
        let mut db = self.pool.acquire().await?;
        let now = Position::now(&mut db).await?;
        let mut rows = changed(&mut db, filter, since, now, i64::from(limit) + 1).await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let last =
            rows.last().map(|row| Position { event: Some(row.id), transaction: row.changed_in.unsigned_abs(), ..now });
        let position = last.filter(|_| more).unwrap_or(now);
        let items: Vec<Option<Tombstone>> = rows.iter().map(ChangedRow::tombstone).collect();
        let live = rows.into_iter().filter_map(ChangedRow::into_live).collect();
        let mut live = with_articles(live, &mut db, None).await?;
        if with_evidence {
            add_evidence(&mut db, &mut live, None).await?;
        }
        let mut live = live.into_iter();
        let items = items.into_iter().filter_map(|tombstone| match tombstone {
            Some(tombstone) => Some(Changed::Gone(tombstone)),
            None => live.next().map(|(_, event)| Changed::Event(Box::new(event))),
        });
        Ok(Changes { items: items.collect(), more, position })
    }
}

fn party_keys(participants: &[Vec<String>]) -> Vec<Vec<String>> {
    participants.iter().map(|any| any.iter().map(|name| search::key(name)).collect()).collect()
}

/// Adds to each event its evidence that was published by a day, or all.
pub(super) async fn add_evidence(
    db: &mut PgConnection,
    events: &mut [(Uuid, Event)],
    as_of: Option<Date>,
) -> Result<(), Error> {
    let ids: Vec<Uuid> = events.iter().map(|(id, _)| *id).collect();
    let mut evidence = mentions::evidence(db, &ids, as_of).await?;
    for (id, event) in events {
        event.evidence = Some(evidence.remove(id).unwrap_or_default());
    }
    Ok(())
}

async fn list(
    db: &mut PgConnection,
    filter: &EventFilter,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<(Uuid, Event)>, Error> {
    let rows = select!(
        Row,
        filter,
        r#"select e.id, s.state as "state: _", e.revision, e.created_at as "created_at: _", e.updated_at as "updated_at: _"
           from states s join events e on e.id = s.event_id
           where case when $9::date is null then s.shown_from is not null and s.shown_to is null
                      else s.number is not null and daterange(s.known_from, s.known_to) @> $9 end"#,
        r#" and ($10::date is null or (s.starts_on, s.event_id) > ($10, $11::uuid))
           order by s.starts_on, s.event_id
           limit $12"#,
        after.map(|cursor| Day(cursor.day)) as _,
        after.map(|cursor| cursor.id),
        limit,
    );
    with_articles(rows.fetch_all(&mut *db).await?, db, filter.as_of).await
}

/// The events with the number of articles, published by a day or all, that speak of each.
async fn with_articles(
    rows: Vec<Row>,
    db: &mut PgConnection,
    as_of: Option<Date>,
) -> Result<Vec<(Uuid, Event)>, Error> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let articles = mentions::articles_of(db, &ids, as_of).await?;
    rows.into_iter().map(|row| row.into_event(&articles)).collect()
}

/// The events that are shown among `ids`, or were known on a day, by first day.
pub(super) async fn among(
    db: &mut PgConnection,
    ids: &[Uuid],
    as_of: Option<Date>,
) -> Result<Vec<(Uuid, Event)>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select e.id, s.state as "state: _", e.revision, e.created_at as "created_at: _", e.updated_at as "updated_at: _"
           from states s join events e on e.id = s.event_id
           where s.event_id = any ($1)
             and case when $2::date is null then s.shown_from is not null and s.shown_to is null
                      else s.number is not null and daterange(s.known_from, s.known_to) @> $2 end
           order by s.starts_on, s.event_id"#,
        ids,
        as_of.map(Day) as _,
    );
    with_articles(rows.fetch_all(&mut *db).await?, db, as_of).await
}

async fn changed(
    db: &mut PgConnection,
    filter: &EventFilter,
    since: Since,
    until: Position,
    limit: i64,
) -> Result<Vec<ChangedRow>, Error> {
    let (instant, position) = match since {
        Since::Instant(instant) => (Some(instant), None),
        Since::Position(position) => (None, Some(position)),
    };
    let rows = select!(
        ChangedRow,
        filter,
        r#"select e.id, e.changed_in::text::bigint as "changed_in!", e.gone, root_of(e.id) as root,
                  s.shown_to is null as "is_live!", s.state as "state: _", e.revision,
                  e.created_at as "created_at: _", e.updated_at as "updated_at: _"
           from events e cross join lateral (
               select s.* from states s
               where s.event_id = e.id and s.shown_from is not null
                 and (s.shown_to is null or s.shown_to >= $10 or s.closed_in >= $11::text::xid8)"#,
        r#" order by s.shown_to desc nulls first limit 1) s
           where e.changed_in < $13::text::xid8
             and (e.updated_at >= $10 or e.changed_in > $11::text::xid8
                  or e.changed_in = $11::text::xid8 and ($12::uuid is null or e.id > $12))
           order by e.changed_in, e.id
           limit $14"#,
        instant.map(Instant) as _,
        position.map(|position| position.transaction.to_string()),
        position.and_then(|position| position.event),
        until.transaction.to_string(),
        limit,
    );
    Ok(rows.fetch_all(db).await?)
}

struct Row {
    id: Uuid,
    state: Json<EventState>,
    revision: i32,
    created_at: Instant,
    updated_at: Instant,
}

impl Row {
    fn into_event(self, articles: &HashMap<Uuid, u32>) -> Result<(Uuid, Event), Error> {
        let id = self.id;
        let inconsistent = |column| Error::Inconsistent { table: "events", column, row: id.to_string() };
        let event = Event {
            id: Some(id),
            state: self.state.0,
            articles: articles.get(&id).copied().unwrap_or_default(),
            revision: self.revision.try_into().map_err(|_| inconsistent("revision"))?,
            created_at: Some(self.created_at.0),
            updated_at: Some(self.updated_at.0),
            evidence: None,
            corrections: Vec::new(),
        };
        Ok((id, event))
    }
}

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
}

impl ChangedRow {
    /// That the event is gone; none where it is there.
    fn tombstone(&self) -> Option<Tombstone> {
        let reason = match self.gone.as_deref() {
            _ if self.is_live => return None,
            Some("merged") => Removal::Merged,
            Some(_) => Removal::Withdrawn,
            None => Removal::Left,
        };
        let merged_into = self.root.filter(|_| reason == Removal::Merged);
        Some(Tombstone { id: self.id, removed: true, reason, merged_into })
    }

    fn into_live(self) -> Option<Row> {
        let Self { id, is_live, state, revision, created_at, updated_at, .. } = self;
        is_live.then_some(Row { id, state, revision, created_at, updated_at })
    }
}
