//! Leases work to watchers: one request to one host at a time. A lease is exclusive across all
//! processes on the database until it is released or expires; then another watcher takes over, and
//! a late result is rejected.

use super::{
    Error, Store,
    time::{Day, Instant},
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

/// The duration of a lease: longer than any request and the processing of its response.
pub const LEASE: SignedDuration = SignedDuration::from_mins(2);

/// A lease on a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// The host: scheme, name and port.
    pub origin: String,
    /// When it expires; this also distinguishes it from later leases.
    pub until: Timestamp,
}

/// A request to send, with the lease on its host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errand {
    /// The lease on the host.
    pub lease: Lease,
    /// The request.
    pub task: Task,
}

/// The request of a watcher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// The host's robots.txt.
    Robots,
    /// A feed.
    Feed(DueFeed, KnownRobots),
    /// The page of an item.
    Item(DueItem, KnownRobots),
}

/// The robots.txt of a host, or why it is unavailable: then nothing may be fetched.
pub type KnownRobots = Result<String, String>;

/// A feed that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueFeed {
    /// The id.
    pub id: Uuid,
    /// The URL.
    pub url: String,
    /// The configured interval between requests, in seconds.
    pub every: Option<u32>,
    /// The interval that the feed states, in minutes.
    pub minutes: Option<u32>,
    /// The `ETag` of the last response.
    pub etag: Option<String>,
    /// The `Last-Modified` of the last response, verbatim.
    pub last_modified: Option<String>,
    /// The number of failed requests in a row.
    pub failures: u32,
}

/// An item that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueItem {
    /// The id.
    pub id: Uuid,
    /// The feed that lists it.
    pub feed: Uuid,
    /// The identifier in the feed.
    pub key: String,
    /// The URL of its page.
    pub url: String,
    /// The headline in the feed.
    pub title: Option<String>,
    /// The publisher of the feed's articles.
    pub source: Option<String>,
    /// The publication date in the feed.
    pub published_on: Option<Date>,
    /// The publication time in the feed.
    pub published_at: Option<Timestamp>,
    /// The text in the feed, as HTML.
    pub content: Option<String>,
    /// The number of attempts, including this one.
    pub tries: u32,
}

struct Due {
    id: Uuid,
    is_feed: bool,
}

impl Store {
    /// Leases, of the hosts that may be requested now and have something due, the one that has
    /// waited longest, for what is due there longest. Returns `None` if nothing is due.
    pub async fn take_errand(&self, now: Timestamp) -> Result<Option<Errand>, Error> {
        let mut tx = self.pool.begin().await?;
        let host = sqlx::query!(
            r#"select origin, robots, robots_until as "robots_until: Instant", robots_problem
               from hosts
               where free_at <= $1
                 and (exists (select from feeds f where f.origin = hosts.origin and f.enabled and f.next_at <= $1)
                      or exists (select from feed_items i join feeds f on f.id = i.feed_id
                                 where i.origin = hosts.origin and i.state = 'waiting' and i.next_at <= $1 and f.enabled))
               order by free_at
               limit 1
               for no key update skip locked"#,
            Instant(now) as _,
        );
        let Some(host) = host.fetch_optional(&mut *tx).await? else { return Ok(None) };
        let lease = Lease { origin: host.origin, until: now + LEASE };
        let robots = match host.robots_until {
            Some(until) if until.0 > now => Some(host.robots.ok_or(host.robots_problem.unwrap_or_default())),
            _ => None,
        };
        let task = match robots {
            Some(robots) => task(&mut tx, &lease, robots, now).await?,
            None => Some(Task::Robots),
        };
        let Some(task) = task else { return Ok(None) };
        sqlx::query!("update hosts set free_at = $2 where origin = $1", lease.origin, Instant(lease.until) as _)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(Some(Errand { lease, task }))
    }

    /// Returns the article with this URL, or the one that an item with this URL became: its page
    /// may state another URL.
    pub async fn article_at(&self, url: &str) -> Result<Option<Uuid>, Error> {
        let hash: [u8; 32] = Sha256::digest(url).into();
        let found = sqlx::query_scalar!(
            r#"select id as "id!" from articles where url_hash = $1
               union all
               select article_id from feed_items where url = $2 and article_id is not null
               limit 1"#,
            hash.as_slice(),
            url,
        );
        Ok(found.fetch_optional(&self.pool).await?)
    }
}

/// Returns what is due longest at a host, and postpones it until the lease expires, in case the
/// watcher dies.
async fn task(
    tx: &mut PgConnection,
    lease: &Lease,
    robots: KnownRobots,
    now: Timestamp,
) -> Result<Option<Task>, Error> {
    let due = sqlx::query_as!(
        Due,
        r#"select id as "id!", is_feed as "is_feed!" from
             ((select id, true as is_feed, next_at from feeds
               where origin = $1 and enabled and next_at <= $2 order by next_at limit 1)
              union all
              (select i.id, false, i.next_at from feed_items i join feeds f on f.id = i.feed_id
               where i.origin = $1 and i.state = 'waiting' and i.next_at <= $2 and f.enabled
               order by i.next_at, i.id desc limit 1)) due
           order by next_at, is_feed desc
           limit 1"#,
        lease.origin,
        Instant(now) as _,
    );
    let Some(due) = due.fetch_optional(&mut *tx).await? else { return Ok(None) };
    if due.is_feed {
        let row = sqlx::query!(
            "update feeds set next_at = $2 where id = $1
             returning url, every, minutes, etag, last_modified, failures",
            due.id,
            Instant(lease.until) as _,
        );
        let feed = row.fetch_optional(tx).await?.map(|row| DueFeed {
            id: due.id,
            url: row.url,
            every: row.every.map(i32::unsigned_abs),
            minutes: row.minutes.map(i32::unsigned_abs),
            etag: row.etag,
            last_modified: row.last_modified,
            failures: row.failures.unsigned_abs(),
        });
        return Ok(feed.map(|feed| Task::Feed(feed, robots)));
    }
    let row = sqlx::query!(
        r#"update feed_items i set next_at = $2, tries = tries + 1 from feeds f where i.id = $1 and f.id = i.feed_id
           returning i.feed_id, i.key, i.url, i.title, f.source, i.published_on as "published_on: Day",
                     i.published_at as "published_at: Instant", i.content, i.tries"#,
        due.id,
        Instant(lease.until) as _,
    );
    let item = row.fetch_optional(tx).await?.map(|row| DueItem {
        id: due.id,
        feed: row.feed_id,
        key: row.key,
        url: row.url,
        title: row.title,
        source: row.source,
        published_on: row.published_on.map(|day| day.0),
        published_at: row.published_at.map(|at| at.0),
        content: row.content,
        tries: row.tries.unsigned_abs(),
    });
    Ok(item.map(|item| Task::Item(item, robots)))
}
