//! Lists of events: those that a filter selects, now or as of a day.

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

/// Which events a list shows. Every part that is set must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventFilter {
    /// Events that have not ended before this day.
    pub from: Option<Date>,
    /// Events that have begun by this day. Where it lies before `from`, only those fit that last from it until then.
    pub to: Option<Date>,
    /// Names, or codes with their kinds such as `country:AU`: of each inner list, one at least takes part.
    pub participants: Vec<Vec<String>>,
    /// The alpha-2 codes of the place's country, any of which will do; all where it is empty.
    pub countries: Vec<String>,
    /// Names of the place, any of which will do; all places where it is empty.
    pub places: Vec<String>,
    /// Any of these kinds; all where it is empty.
    pub kinds: Vec<Kind>,
    /// Any of these statuses; all where it is empty.
    pub statuses: Vec<Status>,
    /// Any of these precisions; all where it is empty.
    pub precisions: Vec<Precision>,
    /// An article of one of these sources speaks of it, whatever the case of the name and with or without `www.`; all where
    /// it is empty.
    pub sources: Vec<String>,
    /// This article speaks of it.
    pub article: Option<Uuid>,
    /// Its status is not the one that was shown just before this instant. `as_of` must not be set.
    pub status_since: Option<Timestamp>,
    /// It changed at this instant or later.
    pub updated_since: Option<Timestamp>,
    /// At least this confidence.
    pub min_confidence: Option<Confidence>,
    /// All of these words in title, parties, place or evidence, as [`super::words`] cuts them.
    pub words: Vec<String>,
    /// As the articles published up to this day had announced it.
    pub as_of: Option<Date>,
}

/// In which order a list stands. What is equal stands in the order of ids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Display, EnumString, ToSchema, VariantArray)]
pub enum Sort {
    /// By first day.
    #[default]
    #[strum(serialize = "starts_on")]
    #[schema(rename = "starts_on")]
    StartsOn,
    /// The last day first.
    #[strum(serialize = "-starts_on")]
    #[schema(rename = "-starts_on")]
    StartsOnDescending,
    /// What changed longest ago first.
    #[strum(serialize = "updated_at")]
    #[schema(rename = "updated_at")]
    UpdatedAt,
    /// What changed last first.
    #[strum(serialize = "-updated_at")]
    #[schema(rename = "-updated_at")]
    UpdatedAtDescending,
}

impl Sort {
    /// Whether a page of a list in this order can end with such a key.
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
    /// A page of the events that `filter` selects; with their evidence where `with_evidence` asks. `after` must fit `sort`.
    pub async fn events(
        &self,
        filter: &EventFilter,
        sort: Sort,
        after: Option<Cursor>,
        limit: u32,
        with_evidence: bool,
    ) -> Result<(Page<Event>, Position), Error> {
        let mut db = self.pool.acquire().await?;
        // Before the list is read: what changes meanwhile is told again rather than not at all.
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
        page.push_select(&mut query, filter, |_| {});
        return query;
    };
    // Both parts can be read in their order: what begins within the dates, and what began before and still lasts.
    let on_any_day = EventFilter { from: None, ..filter.clone() };
    let mut query = QueryBuilder::new("select * from ((");
    page.push_select(&mut query, &on_any_day, |query| {
        query.push(" and s.starts_on >= ").push_bind(from);
    });
    query.push(") union all (");
    page.push_select(&mut query, &on_any_day, |query| {
        query.push(" and s.starts_on < s.ends_on and s.starts_on < ").push_bind(from);
        query.push(" and daterange(s.starts_on, s.ends_on, '[]') @> ").push_bind(from);
    });
    query.push(")) page");
    page.push_order(&mut query, "starts_on", "id");
    query
}

/// Which part of a list is asked for.
struct Part {
    sort: Sort,
    after: Option<Cursor>,
    limit: i64,
}

impl Part {
    fn is_by_day(&self) -> bool {
        matches!(self.sort, Sort::StartsOn | Sort::StartsOnDescending)
    }

    /// Appends the query of the page, with more conditions on the states `s`.
    fn push_select(
        &self,
        query: &mut QueryBuilder<Postgres>,
        filter: &EventFilter,
        more: impl Fn(&mut QueryBuilder<Postgres>),
    ) {
        query.push("select e.id, s.starts_on, s.state, e.revision, e.created_at, e.updated_at, ");
        conditions::push_confidence(query, filter);
        query.push(" from states s join events e on e.id = s.event_id");
        conditions::push_known(query, filter);
        more(query);
        let (key, id) = if self.is_by_day() { ("s.starts_on", "s.event_id") } else { ("e.updated_at", "e.id") };
        if let Some(after) = self.after {
            let comparison = if self.is_descending() { "<" } else { ">" };
            query.push(format!(" and ({key}, {id}) {comparison} ("));
            match after.key {
                SortKey::Day(day) => query.push_bind(Day(day)),
                SortKey::Instant(at) => query.push_bind(Instant(at)),
            };
            query.push(", ").push_bind(after.id).push(")");
        }
        self.push_order(query, key, id);
    }

    fn push_order(&self, query: &mut QueryBuilder<Postgres>, key: &str, id: &str) {
        let direction = if self.is_descending() { " desc" } else { "" };
        query.push(format!(" order by {key}{direction}, {id}{direction} limit ")).push_bind(self.limit);
    }

    fn is_descending(&self) -> bool {
        matches!(self.sort, Sort::StartsOnDescending | Sort::UpdatedAtDescending)
    }
}

/// The events with what their evidence, published by a day or all, tells in brief, and with all of it where `with_evidence`
/// asks.
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

/// The events that are shown among `ids`, or were known on a day, by first day, with their evidence.
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
