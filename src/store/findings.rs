//! The results of watchers. They are accepted only from the holder of the lease, and release the host.

use super::{Error, Lease, Store, feed_items, time::Instant};
use crate::feed::{FeedState, Item};
use jiff::Timestamp;
use sqlx::{PgTransaction, Postgres, Transaction};
use uuid::Uuid;

/// The result of a request for robots.txt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RobotsFound {
    /// The text, empty if the host has none; or the error: then the previous text continues to
    /// apply.
    pub robots: Result<String, String>,
    /// When to request it again.
    pub until: Timestamp,
}

/// The result of polling a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedFound {
    /// The outcome.
    pub outcome: FeedOutcome,
    /// When it is due again; `None` if it is no longer polled.
    pub next_at: Option<Timestamp>,
}

/// The outcome of polling a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedOutcome {
    /// The feed is unchanged.
    Unchanged,
    /// The feed has changed.
    Read {
        /// The title that the feed states.
        title: Option<String>,
        /// The interval between requests that it states, in minutes.
        minutes: Option<u32>,
        /// The `ETag` of the response.
        etag: Option<String>,
        /// The `Last-Modified` of the response.
        last_modified: Option<String>,
        /// The URL to which it has moved permanently.
        moved_to: Option<String>,
        /// All its items, known or new.
        items: Vec<Item>,
    },
    /// An error.
    Wrong {
        /// The new state.
        state: FeedState,
        /// A description of the error.
        problem: String,
    },
}

/// The result of fetching an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemFound {
    /// Stored as this article.
    Stored(Uuid),
    /// Failed permanently.
    Failed(String),
    /// Failed, to be retried at this time.
    Later(String, Timestamp),
}

impl Store {
    /// Stores the robots.txt of a host. Returns false, and stores nothing, if the lease has
    /// expired.
    pub async fn robots_found(&self, lease: &Lease, found: &RobotsFound, free_at: Timestamp) -> Result<bool, Error> {
        let Some(mut tx) = self.give_back(lease, free_at).await? else { return Ok(false) };
        sqlx::query!(
            "update hosts set robots = coalesce($2, robots), robots_problem = $3, robots_until = $4 where origin = $1",
            lease.origin,
            found.robots.as_ref().ok(),
            found.robots.as_ref().err(),
            Instant(found.until) as _,
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Stores the result of polling a feed and returns the number of new items; `None` if the lease
    /// has expired.
    pub async fn feed_found(
        &self,
        lease: &Lease,
        feed: Uuid,
        found: &FeedFound,
        free_at: Timestamp,
        now: Timestamp,
    ) -> Result<Option<u64>, Error> {
        let Some(mut tx) = self.give_back(lease, free_at).await? else { return Ok(None) };
        let next_at = found.next_at.map(Instant);
        // The feed may have been deleted.
        let is_there = sqlx::query_scalar!("select id from feeds where id = $1 for update", feed);
        let is_there = is_there.fetch_optional(&mut *tx).await?.is_some();
        let mut new = 0;
        match &found.outcome {
            FeedOutcome::Unchanged => {
                sqlx::query!(
                    "update feeds set state = 'ok', problem = null, failures = 0, failing_since = null, next_at = $2,
                                      last_fetched_at = $3
                     where id = $1",
                    feed,
                    next_at as _,
                    Instant(now) as _,
                )
                .execute(&mut *tx)
                .await?;
            }
            FeedOutcome::Read { title, minutes, etag, last_modified, moved_to, items } => {
                if is_there {
                    new = feed_items::insert_new(&mut tx, feed, items, now).await?;
                }
                sqlx::query!(
                    "update feeds set state = 'ok', problem = null, failures = 0, failing_since = null, next_at = $2,
                                      last_fetched_at = $3, title = $4, minutes = $5::bigint::integer, etag = $6,
                                      last_modified = $7, moved_to = $8,
                                      last_new_at = case when $9 then $3 else last_new_at end
                     where id = $1",
                    feed,
                    next_at as _,
                    Instant(now) as _,
                    title.as_deref(),
                    minutes.map(i64::from),
                    etag.as_deref(),
                    last_modified.as_deref(),
                    moved_to.as_deref(),
                    new > 0,
                )
                .execute(&mut *tx)
                .await?;
            }
            FeedOutcome::Wrong { state, problem } => {
                sqlx::query!(
                    "update feeds set state = $4, problem = $5, failures = failures + 1,
                                      failing_since = coalesce(failing_since, $3), next_at = $2, last_fetched_at = $3
                     where id = $1",
                    feed,
                    next_at as _,
                    Instant(now) as _,
                    state.to_string(),
                    problem,
                )
                .execute(&mut *tx)
                .await?;
            }
        }
        tx.commit().await?;
        Ok(Some(new))
    }

    /// Stores the result of fetching an item. Returns false if the lease has expired.
    pub async fn item_found(
        &self,
        lease: &Lease,
        item: Uuid,
        found: &ItemFound,
        free_at: Timestamp,
    ) -> Result<bool, Error> {
        let Some(mut tx) = self.give_back(lease, free_at).await? else { return Ok(false) };
        let (state, article, problem, next_at) = match found {
            ItemFound::Stored(article) => ("stored", Some(*article), None, None),
            ItemFound::Failed(problem) => ("failed", None, Some(problem), None),
            ItemFound::Later(problem, next_at) => ("waiting", None, Some(problem), Some(Instant(*next_at))),
        };
        // The article may have been deleted since.
        sqlx::query!(
            "update feed_items
             set state = $2, article_id = (select id from articles where id = $3 for key share), problem = $4, next_at = $5,
                 content = case when $2 = 'waiting' then content end
             where id = $1",
            item,
            state,
            article,
            problem,
            next_at as _,
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Starts a transaction that releases the host, to be requested again from `free_at` on; `None`
    /// if the lease has expired.
    async fn give_back(&self, lease: &Lease, free_at: Timestamp) -> Result<Option<Transaction<'_, Postgres>>, Error> {
        let mut tx: PgTransaction<'_> = self.pool.begin().await?;
        let freed = sqlx::query!(
            "update hosts set free_at = $3 where origin = $1 and free_at = $2",
            lease.origin,
            Instant(lease.until) as _,
            Instant(free_at) as _,
        );
        Ok((freed.execute(&mut *tx).await?.rows_affected() == 1).then_some(tx))
    }
}
