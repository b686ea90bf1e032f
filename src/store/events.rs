//! The tables `events` and `participants`, read: one query serves every list and every single event.

use super::{
    Cursor, Error, Page, Store,
    columns::{WhenColumns, parsed, place},
    mentions, search,
    time::{Day, Instant},
};
use crate::event::{Event, EventState, Kind, Participant, PreviousDate, Status};
use jiff::{Timestamp, civil::Date};
use sqlx::{PgConnection, PgExecutor, types::Json};
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
}

/// What an event's id leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// The event, with its evidence.
    Live(Box<Event>),
    /// No article speaks of it any more, since then.
    Withdrawn(Timestamp),
}

impl Store {
    /// A page of the events that `filter` selects, by first day; with their evidence where `with_evidence` asks.
    pub async fn events(
        &self,
        filter: &EventFilter,
        after: Option<Cursor>,
        limit: u32,
        with_evidence: bool,
    ) -> Result<Page<Event>, Error> {
        let selection = Selection { filter, after, limit: Some(i64::from(limit) + 1), ids: None };
        let mut db = self.pool.acquire().await?;
        let rows = selection.fetch(&mut *db).await?;
        let mut page = Page::cut(rows, limit, |(id, event)| Cursor { day: event.state.when.starts_on, id: *id });
        if with_evidence {
            add_evidence(&mut db, &mut page.items).await?;
        }
        Ok(Page { items: page.items.into_iter().map(|(_, event)| event).collect(), next: page.next })
    }

    /// One event with its evidence, or since when it is withdrawn.
    pub async fn event(&self, id: Uuid) -> Result<Option<Found>, Error> {
        let mut db = self.pool.acquire().await?;
        if let Some(event) = with_evidence(&mut db, &[id]).await?.pop() {
            return Ok(Some(Found::Live(Box::new(event))));
        }
        let withdrawn = sqlx::query_scalar!(
            r#"select withdrawn_at as "withdrawn_at!: Instant"
               from events where id = $1 and withdrawn_at is not null"#,
            id
        );
        Ok(withdrawn.fetch_optional(&mut *db).await?.map(|at| Found::Withdrawn(at.0)))
    }
}

/// The live events among `ids` with their evidence, by first day.
pub(super) async fn with_evidence(db: &mut PgConnection, ids: &[Uuid]) -> Result<Vec<Event>, Error> {
    let mut events = live(&mut *db, ids).await?;
    add_evidence(db, &mut events).await?;
    Ok(events.into_iter().map(|(_, event)| event).collect())
}

/// The live events among `ids`.
pub(super) async fn live(db: impl PgExecutor<'_>, ids: &[Uuid]) -> Result<Vec<(Uuid, Event)>, Error> {
    Selection { filter: &EventFilter::default(), after: None, limit: None, ids: Some(ids) }.fetch(db).await
}

/// The live events that share a day with the span.
pub(super) async fn overlapping(
    db: impl PgExecutor<'_>,
    starts_on: Date,
    ends_on: Date,
) -> Result<Vec<(Uuid, Event)>, Error> {
    let filter = EventFilter { from: Some(starts_on), to: Some(ends_on), ..EventFilter::default() };
    Selection { filter: &filter, after: None, limit: None, ids: None }.fetch(db).await
}

async fn add_evidence(db: &mut PgConnection, events: &mut [(Uuid, Event)]) -> Result<(), Error> {
    let ids: Vec<Uuid> = events.iter().map(|(id, _)| *id).collect();
    let mut evidence = mentions::evidence(db, &ids).await?;
    for (id, event) in events {
        event.evidence = Some(evidence.remove(id).unwrap_or_default());
    }
    Ok(())
}

struct Selection<'a> {
    filter: &'a EventFilter,
    after: Option<Cursor>,
    limit: Option<i64>,
    ids: Option<&'a [Uuid]>,
}

impl Selection<'_> {
    async fn fetch(&self, db: impl PgExecutor<'_>) -> Result<Vec<(Uuid, Event)>, Error> {
        let filter = self.filter;
        let parties: Vec<Vec<String>> =
            filter.participants.iter().map(|any| any.iter().map(|name| search::key(name)).collect()).collect();
        let rows = sqlx::query_as!(
            Row,
            r#"select e.id, e.title, e.kind, e.status, e.starts_on as "starts_on: _", e.ends_on as "ends_on: _",
                      e."precision", e.edtf, e.starts_at as "starts_at: _", e.date_pending,
                      e.previous_dates as "previous_dates: _", e.place_name, e.place_country, e.place_latitude,
                      e.place_longitude, e.articles, e.revision, e.created_at as "created_at: _",
                      e.updated_at as "updated_at: _",
                      (select coalesce(jsonb_agg(to_jsonb(p) order by p.position), '[]')
                       from participants p where p.event_id = e.id) as "participants!: _"
               from events e
               where e.withdrawn_at is null
                 and ($1::uuid[] is null or e.id = any ($1))
                 and ($2::date is null and $3::date is null
                      or daterange(e.starts_on, e.ends_on, '[]') && daterange($2, $3, '[]'))
                 and not exists (select from jsonb_array_elements($4::jsonb) any_of where not any_of ?| e.party_keys)
                 and ($5::text is null or e.place_country = $5)
                 and ($6::text is null or e.place_key = $6)
                 and (cardinality($7::text[]) = 0 or e.kind = any ($7))
                 and (cardinality($8::text[]) = 0 or e.status = any ($8))
                 and e.search like all ($9)
                 and ($10::date is null or (e.starts_on, e.id) > ($10, $11::uuid))
               order by e.starts_on, e.id
               limit $12"#,
            self.ids,
            filter.from.map(Day) as _,
            filter.to.map(Day) as _,
            Json(parties) as _,
            filter.country,
            filter.place.as_deref().map(search::key),
            &filter.kinds.iter().map(Kind::to_string).collect::<Vec<_>>(),
            &filter.statuses.iter().map(Status::to_string).collect::<Vec<_>>(),
            &filter.words.iter().map(|word| search::pattern(word)).collect::<Vec<_>>(),
            self.after.map(|cursor| Day(cursor.day)) as _,
            self.after.map(|cursor| cursor.id),
            self.limit,
        );
        rows.fetch_all(db).await?.into_iter().map(Row::into_event).collect()
    }
}

struct Row {
    id: Uuid,
    title: String,
    kind: String,
    status: String,
    starts_on: Day,
    ends_on: Day,
    precision: String,
    edtf: String,
    starts_at: Option<Instant>,
    date_pending: bool,
    previous_dates: Json<Vec<PreviousDate>>,
    place_name: Option<String>,
    place_country: Option<String>,
    place_latitude: Option<f64>,
    place_longitude: Option<f64>,
    articles: i32,
    revision: i32,
    created_at: Instant,
    updated_at: Instant,
    participants: Json<Vec<Participant>>,
}

impl Row {
    fn into_event(self) -> Result<(Uuid, Event), Error> {
        let id = self.id;
        let inconsistent = |column| Error::Inconsistent { table: "events", column, row: id.to_string() };
        let when = WhenColumns {
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            edtf: self.edtf,
            starts_at: self.starts_at,
        };
        let state = EventState {
            title: self.title,
            kind: parsed(&self.kind, "events", "kind", id)?,
            status: parsed(&self.status, "events", "status", id)?,
            when: when.with_precision(parsed(&self.precision, "events", "precision", id)?),
            place: place(self.place_name, self.place_country, self.place_latitude, self.place_longitude),
            participants: self.participants.0,
            date_pending: self.date_pending,
            previous_dates: self.previous_dates.0,
        };
        let event = Event {
            id: Some(id),
            state,
            articles: self.articles.try_into().map_err(|_| inconsistent("articles"))?,
            revision: self.revision.try_into().map_err(|_| inconsistent("revision"))?,
            created_at: Some(self.created_at.0),
            updated_at: Some(self.updated_at.0),
            evidence: None,
        };
        Ok((id, event))
    }
}
