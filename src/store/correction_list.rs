//! Lists of corrections.

use super::{Cursor, Error, Page, Store, time::Instant};
use crate::timeline::Change;
use jiff::Timestamp;
use serde::Serialize;
use sqlx::types::Json;
use utoipa::ToSchema;
use uuid::Uuid;

/// Which corrections a list shows. Every part that is set must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CorrectionFilter {
    /// Made by this author, ignoring case.
    pub author: Option<String>,
    /// Of these actions; all if empty.
    pub actions: Vec<String>,
    /// That concern this event.
    pub event: Option<Uuid>,
    /// Made at this time or later.
    pub since: Option<Timestamp>,
}

/// A correction, and what it changed.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ListedCorrection {
    /// The id, for withdrawal.
    pub id: Uuid,
    /// One of `create`, `amend`, `merge`, `split`, `reject` and `reject_evidence`.
    #[schema(example = "amend")]
    pub action: String,
    /// The author.
    pub author: String,
    /// The reason.
    pub reason: String,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Timestamp,
    /// The events that it concerns.
    pub events: Vec<Uuid>,
    /// The fields that it changed; empty if it created or rejected an event.
    pub changes: Vec<Change>,
}

struct Row {
    id: Uuid,
    action: String,
    author: String,
    reason: String,
    made_at: Instant,
    events: Vec<Uuid>,
    changes: Option<Json<Vec<Change>>>,
}

impl Store {
    /// Returns a page of the corrections that `filter` selects, latest first.
    pub async fn corrections(
        &self,
        filter: &CorrectionFilter,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<Page<ListedCorrection>, Error> {
        let rows = sqlx::query_as!(
            Row,
            r#"select c.id, c.action ->> 'action' as "action!", c.author, c.reason, c.made_at as "made_at: _", c.events,
                      (select s.changes from states s where s.by_correction = c.id order by s.number limit 1)
                          as "changes: _"
               from corrections c
               where ($1::text is null or lower(c.author) = lower($1))
                 and (cardinality($2::text[]) = 0 or c.action ->> 'action' = any ($2))
                 and ($3::uuid is null or c.events @> array[$3])
                 and ($4::timestamptz is null or c.made_at >= $4)
                 and ($5::timestamptz is null or (c.made_at, c.id) < ($5, $6::uuid))
               order by c.made_at desc, c.id desc
               limit $7"#,
            filter.author,
            &filter.actions,
            filter.event,
            filter.since.map(Instant) as _,
            after.and_then(Cursor::instant).map(Instant) as _,
            after.map(|cursor| cursor.id),
            i64::from(limit) + 1,
        );
        let rows = rows.fetch_all(&self.pool).await?.into_iter().map(|row| ListedCorrection {
            id: row.id,
            action: row.action,
            author: row.author,
            reason: row.reason,
            made_at: row.made_at.0,
            events: row.events,
            changes: row.changes.map(|changes| changes.0).unwrap_or_default(),
        });
        let rows = rows.collect();
        Ok(Page::cut(rows, limit, |row: &ListedCorrection| Cursor::by_instant(row.made_at, row.id)))
    }
}
