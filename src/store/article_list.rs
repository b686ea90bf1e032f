//! Lists of articles: those that a filter selects, and the events that each is evidence of.

use super::{Cursor, Error, Page, Store, StoredArticle, articles::Row, search, time::Day};
use crate::event::{EventState, Kind, Status};
use jiff::civil::Date;
use serde::Serialize;
use sqlx::{Postgres, QueryBuilder, types::Json};
use std::collections::HashMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// Which articles a list shows. Every part that is set must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ArticleFilter {
    /// Any of these publishers, ignoring case and a leading `www.`; all if empty.
    pub sources: Vec<String>,
    /// All of these words in title or text, as [`super::words`] splits them.
    pub words: Vec<String>,
    /// Published on this day or later.
    pub published_from: Option<Date>,
    /// Published on this day or earlier.
    pub published_to: Option<Date>,
    /// Whether it is evidence of an event.
    pub has_events: Option<bool>,
    /// Any of these languages; all if empty.
    pub languages: Vec<String>,
}

/// A summary of an event.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct EventSummary {
    /// The id.
    pub id: Uuid,
    /// The title.
    #[schema(example = "Japan–Australia talks in Lugano")]
    pub title: String,
    /// The kind of event.
    pub kind: Kind,
    /// The status.
    pub status: Status,
    /// The start date.
    #[schema(value_type = String, format = Date, example = "2023-03-07")]
    pub starts_on: Date,
    /// The end date, inclusive.
    #[schema(value_type = String, format = Date, example = "2023-03-07")]
    pub ends_on: Date,
}

impl EventSummary {
    pub(super) fn of(id: Uuid, state: EventState) -> Self {
        let EventState { title, kind, status, when, .. } = state;
        Self { id, title, kind, status, starts_on: when.starts_on, ends_on: when.ends_on }
    }
}

impl Store {
    /// Returns a page of the articles that `filter` selects, newest first, with their texts if
    /// `with_text` is set.
    pub async fn articles(
        &self,
        filter: &ArticleFilter,
        after: Option<Cursor>,
        limit: u32,
        with_text: bool,
    ) -> Result<Page<StoredArticle>, Error> {
        let mut query = QueryBuilder::new("select a.id, a.title, case when ");
        query.push_bind(with_text);
        query.push(
            " then a.text end as text, a.published_on, a.published_at, a.url, a.source, a.language, a.external_id,
              a.created_at, a.updated_at
              from articles a where true",
        );
        push(&mut query, filter);
        if let Some((day, id)) = after.and_then(|after| Some((after.day()?, after.id))) {
            query.push(" and (a.published_on, a.id) < (").push_bind(Day(day)).push(", ").push_bind(id).push(")");
        }
        query.push(" order by a.published_on desc, a.id desc limit ").push_bind(i64::from(limit) + 1);
        let rows: Vec<Row> = query.build_query_as().fetch_all(&self.pool).await?;
        let rows = rows.into_iter().map(StoredArticle::from).collect();
        Ok(Page::cut(rows, limit, |article: &StoredArticle| Cursor::by_day(article.published_on, article.id)))
    }

    /// Returns the shown events that each of these articles is evidence of, by start date.
    pub async fn events_of_articles(&self, articles: &[Uuid]) -> Result<HashMap<Uuid, Vec<EventSummary>>, Error> {
        let rows = sqlx::query!(
            r#"select distinct m.article_id, s.event_id, s.starts_on as "starts_on: Day", s.state as "state: Json<EventState>"
               from mentions m join states s on s.event_id = root_of(m.event_id)
               where m.article_id = any ($1) and m.event_id is not null and not m.is_rejected
                 and s.shown_from is not null and s.shown_to is null
               order by s.starts_on, s.event_id"#,
            articles,
        );
        let mut events: HashMap<Uuid, Vec<EventSummary>> = HashMap::new();
        for row in rows.fetch_all(&self.pool).await? {
            events.entry(row.article_id).or_default().push(EventSummary::of(row.event_id, row.state.0));
        }
        Ok(events)
    }
}

/// Appends the conditions of a filter on articles `a`, each with ` and` before it.
fn push(query: &mut QueryBuilder<Postgres>, filter: &ArticleFilter) {
    if !filter.sources.is_empty() {
        let keys: Vec<String> = filter.sources.iter().flat_map(|source| search::source_keys(source)).collect();
        query.push(" and lower(a.source) = any (").push_bind(keys).push(")");
    }
    for word in &filter.words {
        // Words consist of letters and digits, so they contain no metacharacters.
        let pattern = format!("\\m{word}\\M");
        query.push(" and (a.title ~* ").push_bind(pattern.clone()).push(" or a.text ~* ").push_bind(pattern).push(")");
    }
    if let Some(from) = filter.published_from {
        query.push(" and a.published_on >= ").push_bind(Day(from));
    }
    if let Some(to) = filter.published_to {
        query.push(" and a.published_on <= ").push_bind(Day(to));
    }
    if let Some(has_events) = filter.has_events {
        query.push(if has_events { " and exists" } else { " and not exists" });
        query.push(
            " (select from mentions m join states s on s.event_id = root_of(m.event_id)
               where m.article_id = a.id and m.event_id is not null and not m.is_rejected
                 and s.shown_from is not null and s.shown_to is null)",
        );
    }
    if !filter.languages.is_empty() {
        query.push(" and a.language = any (").push_bind(filter.languages.clone()).push(")");
    }
}
