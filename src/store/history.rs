//! Single events: the current state, the state as of a date, and the history.

use super::{
    Error, Store, corrections, events, selection,
    time::{Day, Instant},
};
use crate::{
    event::{CorrectionEvidence, Event, EventState, Evidence, EvidenceArticle, Mention},
    timeline::Change,
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use sqlx::types::Json;
use utoipa::ToSchema;
use uuid::Uuid;

/// The result of looking up an event.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// The event, with its evidence.
    Live(Box<Event>),
    /// It was merged into this event.
    Merged(Uuid),
    /// It was withdrawn at this time: no article is evidence of it.
    Withdrawn(Timestamp),
    /// It was rejected at this time: a person stated that it is not an event.
    Rejected(Timestamp),
    /// It was not known on the requested date.
    NotYet,
}

/// A revision of an event, and its cause.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = Revision)]
pub struct HistoryItem {
    /// The number, from 1.
    pub number: u32,
    /// The publication date of the cause.
    #[schema(value_type = String, format = Date)]
    pub known_from: Date,
    /// When daybook recorded it.
    #[schema(value_type = String, format = DateTime)]
    pub recorded_at: Timestamp,
    /// The changes since the previous revision; empty in the first.
    pub changes: Vec<Change>,
    /// The evidence that caused it; empty if a correction did.
    pub evidence: Vec<Evidence>,
    /// The correction that caused it; `null` if an article did.
    pub correction: Option<CorrectionEvidence>,
    /// The state.
    pub event: EventState,
}

impl Store {
    /// Returns an event with its evidence, now or as the articles published up to a date had
    /// announced it. Returns `None` if the id is unknown.
    pub async fn event(&self, id: Uuid, as_of: Option<Date>) -> Result<Option<Found>, Error> {
        let mut db = self.pool.acquire().await?;
        if let Some(mut event) = selection::among(&mut db, &[id], as_of).await?.pop() {
            if as_of.is_none() {
                let roots = events::trees(&mut db, &[id], None).await?;
                event.corrections =
                    Some(corrections::of_events(&mut db, &roots).await?.remove(&id).unwrap_or_default());
            }
            return Ok(Some(Found::Live(Box::new(event))));
        }
        let row = sqlx::query!(
            r#"select gone, root_of(id) as root, updated_at as "updated_at: Instant" from events where id = $1"#,
            id
        );
        Ok(row.fetch_optional(&mut *db).await?.map(|row| match (row.gone.as_deref(), row.root) {
            (Some("merged"), Some(root)) => Found::Merged(root),
            (Some("rejected"), _) => Found::Rejected(row.updated_at.0),
            (Some(_), _) => Found::Withdrawn(row.updated_at.0),
            (None, _) => Found::NotYet,
        }))
    }

    /// Returns the history of an event, the oldest state first; empty if the event does not exist
    /// or was removed.
    pub async fn history(&self, id: Uuid) -> Result<Vec<HistoryItem>, Error> {
        let rows = sqlx::query_as!(
            Row,
            r#"select s.number as "number!", s.known_from as "known_from!: _", s.recorded_at as "recorded_at: _",
                      s.changes as "changes: _", s.state as "state: _", m.said as "said?: _", m.matched, a.id as "article?",
                      a.published_on as "published_on?: _", a.title, a.source, a.url, c.id as "correction?",
                      c.action ->> 'action' as action, c.author as "author?", c.reason as "reason?",
                      c.made_at as "made_at?: _"
               from states s left join mentions m on m.id = s.by_mention left join articles a on a.id = m.article_id
                   left join corrections c on c.id = s.by_correction
               where s.event_id = $1 and s.number is not null
               order by s.number"#,
            id
        );
        rows.fetch_all(&self.pool).await?.into_iter().map(|row| row.into_item(id)).collect()
    }
}

struct Row {
    number: i32,
    known_from: Day,
    recorded_at: Instant,
    changes: Json<Vec<Change>>,
    state: Json<EventState>,
    said: Option<Json<Mention>>,
    matched: Option<String>,
    article: Option<Uuid>,
    published_on: Option<Day>,
    title: Option<String>,
    source: Option<String>,
    url: Option<String>,
    correction: Option<Uuid>,
    action: Option<String>,
    author: Option<String>,
    reason: Option<String>,
    made_at: Option<Instant>,
}

impl Row {
    fn into_item(self, event: Uuid) -> Result<HistoryItem, Error> {
        let statements = self.said.map(|said| said.0.statements).unwrap_or_default();
        let published_on = self.published_on.map_or(self.known_from.0, |day| day.0);
        let article = self.article.map(|id| EvidenceArticle {
            id,
            title: self.title,
            url: self.url,
            source: self.source,
            published_on,
        });
        // A mention has an article and is linked to the event.
        let by = article.zip(self.matched);
        let evidence = by.into_iter().flat_map(|(article, matched)| {
            let of = move |statement| Evidence { article: article.clone(), matched: matched.clone(), statement };
            statements.iter().cloned().map(of).collect::<Vec<_>>()
        });
        let evidence = evidence.collect();
        let number = self.number.try_into();
        Ok(HistoryItem {
            number: number.map_err(|_| Error::Inconsistent {
                table: "states",
                column: "number",
                row: event.to_string(),
            })?,
            known_from: self.known_from.0,
            recorded_at: self.recorded_at.0,
            changes: self.changes.0,
            evidence,
            correction: correction(self.correction, self.action, self.author, self.reason, self.made_at),
            event: self.state.0,
        })
    }
}

fn correction(
    id: Option<Uuid>,
    action: Option<String>,
    author: Option<String>,
    reason: Option<String>,
    made_at: Option<Instant>,
) -> Option<CorrectionEvidence> {
    Some(CorrectionEvidence { id: id?, action: action?, author: author?, reason: reason?, made_at: made_at?.0 })
}
