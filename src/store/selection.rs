//! Lists of events that a filter selects, now or as of a date.

use super::{
    Cursor, Error, Page, Position, SortKey, Store, conditions, events,
    evidence::{self, Brief},
    position::Horizon,
    time::{Day, Instant},
};
use crate::event::{Confidence, Event, EventState, Evidence, Kind, Precision, Status};
use jiff::{Timestamp, civil::Date};
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder, types::Json};
use strum::{Display, EnumString, VariantArray};
use utoipa::ToSchema;
use uuid::Uuid;

/// Selects events. Every part that is set must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventFilter {
    /// Events that end on or after this date.
    pub from: Option<Date>,
    /// Events that start on or before this date. If it precedes `from`, only events that last from
    /// `to` until `from` match.
    pub to: Option<Date>,
    /// Names, or codes with their kinds such as `country:AU`: at least one of each inner list
    /// participates.
    pub participants: Vec<Vec<String>>,
    /// Any of these countries of the place, as alpha-2 codes; all if empty.
    pub countries: Vec<String>,
    /// Any of these names of the place; all if empty.
    pub places: Vec<String>,
    /// Any of these kinds; all if empty.
    pub kinds: Vec<Kind>,
    /// Any of these statuses; all if empty.
    pub statuses: Vec<Status>,
    /// Any of these precisions; all if empty.
    pub precisions: Vec<Precision>,
    /// An article of one of these sources is evidence, ignoring case and a leading `www.`; all if
    /// empty.
    pub sources: Vec<String>,
    /// This article is evidence.
    pub article: Option<Uuid>,
    /// The status differs from the one shown just before this timestamp. `as_of` must not be set.
    pub status_since: Option<Timestamp>,
    /// Changed at this timestamp or later.
    pub updated_since: Option<Timestamp>,
    /// At least this confidence.
    pub min_confidence: Option<Confidence>,
    /// All of these words in title, participants, place or evidence, as [`super::words`] splits
    /// them.
    pub words: Vec<String>,
    /// As known from the articles published up to this date.
    pub as_of: Option<Date>,
}

/// The order of a list. Ties are ordered by id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Display, EnumString, ToSchema, VariantArray)]
pub enum Sort {
    /// By start date.
    #[default]
    #[strum(serialize = "starts_on")]
    #[schema(rename = "starts_on")]
    StartsOn,
    /// By start date, latest first.
    #[strum(serialize = "-starts_on")]
    #[schema(rename = "-starts_on")]
    StartsOnDescending,
    /// By last change, oldest first.
    #[strum(serialize = "updated_at")]
    #[schema(rename = "updated_at")]
    UpdatedAt,
    /// By last change, latest first.
    #[strum(serialize = "-updated_at")]
    #[schema(rename = "-updated_at")]
    UpdatedAtDescending,
}

impl Sort {
    /// Returns whether this key is one of a list in this order.
    pub fn fits(self, key: SortKey) -> bool {
        matches!(key, SortKey::Day(_)) == matches!(self, Self::StartsOn | Self::StartsOnDescending)
    }

    pub(super) fn cursor(self, row: &Row) -> Cursor {
        match self {
            Self::StartsOn | Self::StartsOnDescending => Cursor::by_day(row.state.0.when.starts_on, row.id),
            Self::UpdatedAt | Self::UpdatedAtDescending => Cursor::by_instant(row.updated_at.0, row.id),
        }
    }
}

impl Store {
    /// Returns a page of the events that `filter` selects, with their evidence if `with_evidence`
    /// is set. `after` must be a cursor of the same order.
    pub async fn events(
        &self,
        filter: &EventFilter,
        sort: Sort,
        after: Option<Cursor>,
        limit: u32,
        with_evidence: bool,
    ) -> Result<(Page<Event>, Position), Error> {
        let mut db = self.pool.acquire().await?;
        // Read before the list: a change in between is delivered again instead of being missed.
        let position = Horizon::load(&mut db).await?.now;
        let rows = list(&mut db, filter, sort, after, i64::from(limit) + 1).await?;
        let page = Page::cut(rows, limit, |row| sort.cursor(row));
        let items = complete(&mut db, page.items, filter.as_of, with_evidence).await?;
        Ok((Page { items, next: page.next }, position))
    }
}

pub(super) async fn list(
    db: &mut PgConnection,
    filter: &EventFilter,
    sort: Sort,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Row>, Error> {
    Ok(query(filter, sort, after, limit).build_query_as().fetch_all(db).await?)
}

fn query(filter: &EventFilter, sort: Sort, after: Option<Cursor>, limit: i64) -> QueryBuilder<Postgres> {
    let page = Part { sort, after, limit };
    let Some(from) = filter.from.filter(|_| page.is_by_day()).map(Day) else {
        let mut query = QueryBuilder::default();
        page.push_select(&mut query, filter, page.key(), |_| {});
        return query;
    };
    // Two parts: events that start within the dates, in the order of an index, and those that started before and last
    // longer. The latter are few, and found by another index; the sum keeps PostgreSQL from reading all that started
    // before in their order instead.
    let on_any_day = EventFilter { from: None, ..filter.clone() };
    let mut query = QueryBuilder::new("select * from ((");
    page.push_select(&mut query, &on_any_day, page.key(), |query| {
        query.push(" and s.starts_on >= ").push_bind(from);
    });
    query.push(") union all (");
    page.push_select(&mut query, &on_any_day, ("s.starts_on + 0", "s.event_id"), |query| {
        query.push(" and s.starts_on < s.ends_on and s.starts_on < ").push_bind(from);
        query.push(" and daterange(s.starts_on, s.ends_on, '[]') @> ").push_bind(from);
    });
    query.push(")) page");
    page.push_order(&mut query, ("starts_on", "id"));
    query
}

/// The part of a list to read.
struct Part {
    sort: Sort,
    after: Option<Cursor>,
    limit: i64,
}

impl Part {
    fn is_by_day(&self) -> bool {
        matches!(self.sort, Sort::StartsOn | Sort::StartsOnDescending)
    }

    /// Returns the columns that it is ordered by.
    fn key(&self) -> (&'static str, &'static str) {
        if self.is_by_day() { ("s.starts_on", "s.event_id") } else { ("e.updated_at", "e.id") }
    }

    /// Appends the query of the page, ordered by two expressions, with further conditions on the states `s`.
    fn push_select(
        &self,
        query: &mut QueryBuilder<Postgres>,
        filter: &EventFilter,
        (key, id): (&str, &str),
        more: impl Fn(&mut QueryBuilder<Postgres>),
    ) {
        query.push("select e.id, s.starts_on, s.state, e.revision, e.created_at, e.updated_at, ");
        conditions::push_confidence(query, filter);
        query.push(" from states s join events e on e.id = s.event_id");
        conditions::push_known(query, filter);
        more(query);
        if let Some(after) = self.after {
            let comparison = if self.is_descending() { "<" } else { ">" };
            query.push(format!(" and ({key}, {id}) {comparison} ("));
            match after.key {
                SortKey::Day(day) => query.push_bind(Day(day)),
                SortKey::Instant(at) => query.push_bind(Instant(at)),
            };
            query.push(", ").push_bind(after.id).push(")");
        }
        self.push_order(query, (key, id));
    }

    fn push_order(&self, query: &mut QueryBuilder<Postgres>, (key, id): (&str, &str)) {
        let direction = if self.is_descending() { " desc" } else { "" };
        query.push(format!(" order by {key}{direction}, {id}{direction} limit ")).push_bind(self.limit);
    }

    fn is_descending(&self) -> bool {
        matches!(self.sort, Sort::StartsOnDescending | Sort::UpdatedAtDescending)
    }
}

/// Completes events with a summary of their evidence, published by a date or all, and with the
/// evidence itself if `with_evidence` is set.
pub(super) async fn complete(
    db: &mut PgConnection,
    rows: Vec<Row>,
    as_of: Option<Date>,
    with_evidence: bool,
) -> Result<Vec<Event>, Error> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let roots = events::trees(db, &ids, as_of).await?;
    if with_evidence {
        let mut evidence = evidence::of_events(db, &roots, as_of).await?;
        let of_row = |row: Row| {
            let evidence = evidence.remove(&row.id).unwrap_or_default();
            row.into_event(Brief::of(&evidence), Some(evidence))
        };
        return rows.into_iter().map(of_row).collect();
    }
    let mut briefs = evidence::briefs_of(db, &roots, as_of).await?;
    rows.into_iter()
        .map(|row| {
            let brief = briefs.remove(&row.id).unwrap_or_default();
            row.into_event(brief, None)
        })
        .collect()
}

/// Returns the events among `ids` that are shown, or were known on a date, by start date, with
/// their evidence.
pub(super) async fn among(db: &mut PgConnection, ids: &[Uuid], as_of: Option<Date>) -> Result<Vec<Event>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select e.id, s.state as "state: _", e.revision, e.created_at as "created_at: _", e.updated_at as "updated_at: _",
                  case when $2::date is null then e.confidence else event_confidence(e.id, $2) end as "confidence!"
           from states s join events e on e.id = s.event_id
           where s.event_id = any ($1)
             and case when $2::date is null then s.shown_from is not null and s.shown_to is null
                      else s.number is not null and daterange(s.known_from, s.known_to) @> $2 end
           order by s.starts_on, s.event_id"#,
        ids,
        as_of.map(Day) as _,
    );
    let rows = rows.fetch_all(&mut *db).await?;
    complete(db, rows, as_of, true).await
}

#[derive(FromRow)]
pub(super) struct Row {
    pub(super) id: Uuid,
    pub(super) state: Json<EventState>,
    pub(super) revision: i32,
    pub(super) created_at: Instant,
    pub(super) updated_at: Instant,
    pub(super) confidence: f64,
}

impl Row {
    pub(super) fn into_event(self, brief: Brief, evidence: Option<Vec<Evidence>>) -> Result<Event, Error> {
        let inconsistent = |table, column| Error::Inconsistent { table, column, row: self.id.to_string() };
        Ok(Event {
            id: self.id,
            state: self.state.0,
            headline: brief.headline,
            article_count: u32::try_from(brief.article_count).unwrap_or(u32::MAX),
            confidence: Confidence::new(self.confidence).ok_or_else(|| inconsistent("events", "confidence"))?,
            revision: self.revision.try_into().map_err(|_| inconsistent("events", "revision"))?,
            created_at: self.created_at.0,
            updated_at: self.updated_at.0,
            evidence,
            corrections: None,
        })
    }
}
