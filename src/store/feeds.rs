//! The table `feeds`: the feeds to poll.

use super::{Cursor, Error, Page, Store, time::Instant};
use crate::feed::FeedState;
use jiff::Timestamp;
use serde::Serialize;
use url::Url;
use utoipa::ToSchema;
use uuid::Uuid;

/// A feed with its state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Feed {
    /// The id.
    pub id: Uuid,
    /// The URL.
    #[schema(example = "https://news.example/feed.xml")]
    pub url: String,
    /// The title that the feed states.
    pub title: Option<String>,
    /// The publisher of its articles; by default as their pages state.
    pub source: Option<String>,
    /// The seconds between two requests; by default as the feed states, else 900.
    pub every: Option<u32>,
    /// Whether it is polled.
    pub enabled: bool,
    /// The state.
    pub state: FeedState,
    /// The last error.
    #[schema(example = "it answered 500 Internal Server Error")]
    pub problem: Option<String>,
    /// The number of failed requests since the last success.
    pub failures: u32,
    /// When the first of them failed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub failing_since: Option<Timestamp>,
    /// The URL to which it has moved permanently; it is still polled at `url`.
    pub moved_to: Option<String>,
    /// When it is due; absent if it is no longer polled.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub next_at: Option<Timestamp>,
    /// When it was last fetched.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub last_fetched_at: Option<Timestamp>,
    /// When it last had a new item.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub last_new_at: Option<Timestamp>,
    /// When it was created.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// The number of items by state.
    pub items: ItemCounts,
}

/// The number of items by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ItemCounts {
    /// Waiting.
    pub waiting: u64,
    /// Stored as articles.
    pub stored: u64,
    /// Failed.
    pub failed: u64,
}

/// Changes to a feed; `None` keeps a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedChange {
    /// Whether it is polled.
    pub enabled: Option<bool>,
    /// The seconds between two requests.
    pub every: Option<u32>,
    /// The publisher of its articles.
    pub source: Option<String>,
}

struct Row {
    id: Uuid,
    url: String,
    title: Option<String>,
    source: Option<String>,
    every: Option<i32>,
    enabled: bool,
    state: String,
    problem: Option<String>,
    failures: i32,
    failing_since: Option<Instant>,
    moved_to: Option<String>,
    next_at: Option<Instant>,
    last_fetched_at: Option<Instant>,
    last_new_at: Option<Instant>,
    created_at: Instant,
    waiting: i64,
    stored: i64,
    failed: i64,
}

impl TryFrom<Row> for Feed {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let Ok(state) = row.state.parse() else {
            return Err(Error::Inconsistent { table: "feeds", column: "state", row: row.id.to_string() });
        };
        let instant = |at: Option<Instant>| at.map(|at| at.0);
        Ok(Self {
            id: row.id,
            url: row.url,
            title: row.title,
            source: row.source,
            every: row.every.map(i32::unsigned_abs),
            enabled: row.enabled,
            state,
            problem: row.problem,
            failures: row.failures.unsigned_abs(),
            failing_since: instant(row.failing_since),
            moved_to: row.moved_to,
            next_at: instant(row.next_at),
            last_fetched_at: instant(row.last_fetched_at),
            last_new_at: instant(row.last_new_at),
            created_at: row.created_at.0,
            items: ItemCounts {
                waiting: row.waiting.unsigned_abs(),
                stored: row.stored.unsigned_abs(),
                failed: row.failed.unsigned_abs(),
            },
        })
    }
}

impl Store {
    /// Adds a feed, due now, unless its URL is known. Also returns whether it is new.
    pub async fn enter_feed(
        &self,
        url: &Url,
        source: Option<&str>,
        every: Option<u32>,
        now: Timestamp,
    ) -> Result<(Feed, bool), Error> {
        let mut tx = self.pool.begin().await?;
        let origin = url.origin().ascii_serialization();
        sqlx::query!(
            "insert into hosts (origin, free_at) values ($1, $2) on conflict do nothing",
            origin,
            Instant(now) as _
        )
        .execute(&mut *tx)
        .await?;
        let new = sqlx::query!(
            "insert into feeds (id, url, origin, source, every, next_at, created_at)
             values ($1, $2, $3, $4, $5::bigint::integer, $6, $6)
             on conflict (url) do nothing",
            Uuid::now_v7(),
            url.as_str(),
            origin,
            source,
            every.map(i64::from),
            Instant(now) as _,
        );
        let is_new = new.execute(&mut *tx).await?.rows_affected() == 1;
        tx.commit().await?;
        let id = sqlx::query_scalar!("select id from feeds where url = $1", url.as_str()).fetch_one(&self.pool).await?;
        let feed = self.feed(id).await?;
        let gone = || Error::Inconsistent { table: "feeds", column: "id", row: id.to_string() };
        Ok((feed.ok_or_else(gone)?, is_new))
    }

    /// Returns a page of feeds, the latest added first.
    pub async fn feeds(&self, after: Option<Cursor>, limit: u32) -> Result<Page<Feed>, Error> {
        let rows = self.select_feeds(None, after, i64::from(limit) + 1).await?;
        Ok(Page::cut(rows, limit, |feed| Cursor::by_instant(feed.created_at, feed.id)))
    }

    /// Returns a feed.
    pub async fn feed(&self, id: Uuid) -> Result<Option<Feed>, Error> {
        Ok(self.select_feeds(Some(id), None, 1).await?.pop())
    }

    /// Changes a feed. Returns false if it does not exist.
    pub async fn change_feed(&self, id: Uuid, change: &FeedChange) -> Result<bool, Error> {
        let changed = sqlx::query!(
            "update feeds
             set enabled = coalesce($2, enabled), every = coalesce($3::bigint::integer, every), source = coalesce($4, source)
             where id = $1",
            id,
            change.enabled,
            change.every.map(i64::from),
            change.source,
        );
        Ok(changed.execute(&self.pool).await?.rows_affected() == 1)
    }

    /// Makes a feed due now, even one that is no longer polled. Returns false if it does not exist.
    pub async fn refresh_feed(&self, id: Uuid, now: Timestamp) -> Result<bool, Error> {
        let due = sqlx::query!("update feeds set next_at = $2 where id = $1", id, Instant(now) as _);
        Ok(due.execute(&self.pool).await?.rows_affected() == 1)
    }

    /// Deletes a feed with its items, but not their articles. Returns false if it does not exist.
    pub async fn delete_feed(&self, id: Uuid) -> Result<bool, Error> {
        let deleted = sqlx::query!("delete from feeds where id = $1", id);
        Ok(deleted.execute(&self.pool).await?.rows_affected() == 1)
    }

    async fn select_feeds(&self, id: Option<Uuid>, after: Option<Cursor>, limit: i64) -> Result<Vec<Feed>, Error> {
        let rows = sqlx::query_as!(
            Row,
            r#"select id, url, title, source, every, enabled, state, problem, failures, failing_since as "failing_since: _",
                      moved_to, next_at as "next_at: _", last_fetched_at as "last_fetched_at: _",
                      last_new_at as "last_new_at: _", created_at as "created_at: _",
                      waiting as "waiting!", stored as "stored!", failed as "failed!"
               from feeds,
                    lateral (select count(*) filter (where i.state = 'waiting') as waiting,
                                    count(*) filter (where i.state = 'stored') as stored,
                                    count(*) filter (where i.state = 'failed') as failed
                             from feed_items i where i.feed_id = feeds.id) counted
               where ($1::uuid is null or id = $1)
                 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
               order by created_at desc, id desc
               limit $4"#,
            id,
            after.and_then(Cursor::instant).map(Instant) as _,
            after.map(|cursor| cursor.id),
            limit,
        );
        rows.fetch_all(&self.pool).await?.into_iter().map(Feed::try_from).collect()
    }
}
