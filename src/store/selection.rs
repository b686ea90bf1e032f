//! Lists of events: those that a filter selects, now or as of a day.

use super::{
    Cursor, Error, Page, Position, SortKey, Store, events, evidence, search,
    time::{Day, Instant},
};
use crate::event::{Confidence, Event, EventState, Evidence, Kind, Precision, Status};
use jiff::{Timestamp, civil::Date};
use sqlx::{PgConnection, types::Json};
use std::collections::HashSet;
use strum::{Display, EnumString, VariantArray};
use uuid::Uuid;

/// Which events a list shows. Every part that is set must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventFilter {
    /// Events that have not ended before this day.
    pub from: Option<Date>,
    /// Events that have begun by this day. Where it lies before `from`, only those fit that last from it until then.
    pub to: Option<Date>,
    /// Codes or names: of each inner list, one at least takes part.
    pub participants: Vec<Vec<String>>,
    /// The alpha-2 code of the place's country.
    pub country: Option<String>,
    /// Names of the place, any of which will do; all places where it is empty.
    pub places: Vec<String>,
    /// Any of these kinds; all where it is empty.
    pub kinds: Vec<Kind>,
    /// Any of these statuses; all where it is empty.
    pub statuses: Vec<Status>,
    /// Any of these precisions; all where it is empty.
    pub precisions: Vec<Precision>,
    /// An article of this source speaks of it, whatever the case of its name.
    pub source: Option<String>,
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

/// Selects states with the text before and after the filter's, and the filter's arguments before others.
macro_rules! select {
    ($row:ident, $filter:expr, $head:literal $(+ $more:literal)*, $tail:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            $row,
            $head
                $(+ $more)*
                + r#" and ($1::date is null and $2::date is null
                           or daterange(s.starts_on, s.ends_on, '[]')
                                  && daterange($1, case when $2 < $1 then $1 else $2 end, '[]')
                              and (($2 < $1) is not true or s.starts_on <= $2))
                      and not exists (select from jsonb_array_elements($3::jsonb) any_of where not any_of ?| s.party_keys)
                      and ($4::text is null or s.place_country = $4)
                      and (cardinality($5::text[]) = 0 or s.place_key = any ($5))
                      and (cardinality($6::text[]) = 0 or s.kind = any ($6))
                      and (cardinality($7::text[]) = 0 or s.status = any ($7))
                      and not exists (
                          select from unnest($8::text[]) word
                          where s.search not like word
                            and not exists (
                                select from mentions m
                                where m.event_id in (select event_tree(s.event_id, $9)) and m.search like word
                                  and ($9::date is null or m.published_on <= $9)))
                      and (cardinality($10::text[]) = 0 or s."precision" = any ($10))
                      and ($11::text is null and $12::uuid is null
                           or exists (
                               select from mentions m join articles a on a.id = m.article_id
                               where m.event_id in (select event_tree(s.event_id, $9))
                                 and ($11 is null or lower(a.source) = $11) and ($12 is null or a.id = $12)
                                 and ($9 is null or m.published_on <= $9)))
                      and ($13::timestamptz is null
                           or exists (select from states other
                                      where other.event_id = s.event_id and other.status <> s.status
                                        and other.shown_to >= $13)
                           or not exists (select from states old
                                          where old.event_id = s.event_id and old.shown_from < $13))
                      and ($14::timestamptz is null
                           or exists (select from events of where of.id = s.event_id and of.updated_at >= $14))
                      and ($15::double precision is null or event_confidence(s.event_id, $9) >= $15)"#
                + $tail,
            $filter.from.map(Day) as _,
            $filter.to.map(Day) as _,
            Json(party_keys(&$filter.participants)) as _,
            $filter.country,
            &$filter.places.iter().map(|name| search::key(name)).collect::<Vec<_>>(),
            &$filter.kinds.iter().map(Kind::to_string).collect::<Vec<_>>(),
            &$filter.statuses.iter().map(Status::to_string).collect::<Vec<_>>(),
            &$filter.words.iter().map(|word| search::pattern(word)).collect::<Vec<_>>(),
            $filter.as_of.map(Day) as _,
            &$filter.precisions.iter().map(Precision::to_string).collect::<Vec<_>>(),
            $filter.source.as_deref().map(search::key),
            $filter.article,
            $filter.status_since.map(Instant) as _,
            $filter.updated_since.map(Instant) as _,
            $filter.min_confidence.map(Confidence::value)
            $(, $argument)*
        )
    };
}

/// Selects the states `s` that are shown now, or were known on the filter's day, with the text before that condition.
macro_rules! select_known {
    ($row:ident, $filter:expr, $head:literal, $tail:literal $(, $argument:expr)* $(,)?) => {
        select!(
            $row,
            $filter,
            $head
                + r#" where case when $9::date is null then s.shown_from is not null and s.shown_to is null
                                 else s.number is not null and daterange(s.known_from, s.known_to) @> $9 end"#,
            $tail
            $(, $argument)*
        )
    };
}

pub(super) use {select, select_known};

/// In which order a list stands. What is equal stands in the order of ids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Display, EnumString, VariantArray)]
pub enum Sort {
    /// By first day.
    #[default]
    #[strum(serialize = "starts_on")]
    StartsOn,
    /// The last day first.
    #[strum(serialize = "-starts_on")]
    StartsOnDescending,
    /// What changed longest ago first.
    #[strum(serialize = "updated_at")]
    UpdatedAt,
    /// What changed last first.
    #[strum(serialize = "-updated_at")]
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
        let position = Position::now(&mut db).await?;
        let rows = list(&mut db, filter, sort, after, i64::from(limit) + 1).await?;
        let page = Page::cut(rows, limit, |row| sort.cursor(row));
        let items = complete(&mut db, page.items, filter.as_of, with_evidence).await?;
        Ok((Page { items, next: page.next }, position))
    }
}

pub(super) fn party_keys(participants: &[Vec<String>]) -> Vec<Vec<String>> {
    participants.iter().map(|any| any.iter().map(|name| search::key(name)).collect()).collect()
}

pub(super) async fn list(
    db: &mut PgConnection,
    filter: &EventFilter,
    sort: Sort,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Row>, Error> {
    macro_rules! sorted {
        ($order:literal, $key:expr) => {
            select_known!(
                Row,
                filter,
                r#"select e.id, s.state as "state: _", e.revision, e.created_at as "created_at: _",
                          e.updated_at as "updated_at: _", event_confidence(e.id, $9) as "confidence!"
                   from states s join events e on e.id = s.event_id"#,
                $order,
                $key as _,
                after.map(|cursor| cursor.id),
                limit,
            )
            .fetch_all(db)
            .await
        };
    }
    let day = after.and_then(Cursor::day).map(Day);
    let instant = after.and_then(Cursor::instant).map(Instant);
    Ok(match sort {
        Sort::StartsOn => sorted!(
            " and ($16::date is null or (s.starts_on, s.event_id) > ($16, $17::uuid))
              order by s.starts_on, s.event_id limit $18",
            day
        ),
        Sort::StartsOnDescending => sorted!(
            " and ($16::date is null or (s.starts_on, s.event_id) < ($16, $17::uuid))
              order by s.starts_on desc, s.event_id desc limit $18",
            day
        ),
        Sort::UpdatedAt => sorted!(
            " and ($16::timestamptz is null or (e.updated_at, e.id) > ($16, $17::uuid))
              order by e.updated_at, e.id limit $18",
            instant
        ),
        Sort::UpdatedAtDescending => sorted!(
            " and ($16::timestamptz is null or (e.updated_at, e.id) < ($16, $17::uuid))
              order by e.updated_at desc, e.id desc limit $18",
            instant
        ),
    }?)
}

/// The events with the number of articles, published by a day or all, that speak of each, and with what these say where
/// `with_evidence` asks.
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
            let articles: HashSet<Option<Uuid>> = evidence.iter().map(|evidence| evidence.article).collect();
            row.into_event(articles.len(), Some(evidence))
        };
        return rows.into_iter().map(of_row).collect();
    }
    let articles = evidence::articles_of(db, &roots, as_of).await?;
    rows.into_iter()
        .map(|row| {
            let articles = articles.get(&row.id).copied().unwrap_or_default();
            row.into_event(articles, None)
        })
        .collect()
}

/// The events that are shown among `ids`, or were known on a day, by first day, with their evidence.
pub(super) async fn among(db: &mut PgConnection, ids: &[Uuid], as_of: Option<Date>) -> Result<Vec<Event>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select e.id, s.state as "state: _", e.revision, e.created_at as "created_at: _", e.updated_at as "updated_at: _",
                  event_confidence(e.id, $2) as "confidence!"
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

pub(super) struct Row {
    pub(super) id: Uuid,
    pub(super) state: Json<EventState>,
    pub(super) revision: i32,
    pub(super) created_at: Instant,
    pub(super) updated_at: Instant,
    pub(super) confidence: f64,
}

impl Row {
    pub(super) fn into_event(self, articles: usize, evidence: Option<Vec<Evidence>>) -> Result<Event, Error> {
        let inconsistent = |table, column| Error::Inconsistent { table, column, row: self.id.to_string() };
        Ok(Event {
            id: Some(self.id),
            state: self.state.0,
            articles: u32::try_from(articles).unwrap_or(u32::MAX),
            confidence: Confidence::new(self.confidence).ok_or_else(|| inconsistent("mentions", "confidence"))?,
            revision: self.revision.try_into().map_err(|_| inconsistent("events", "revision"))?,
            created_at: Some(self.created_at.0),
            updated_at: Some(self.updated_at.0),
            evidence,
            corrections: Vec::new(),
        })
    }
}
