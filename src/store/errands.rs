//! What watchers do: one request to one host at a time. A watcher leases a host exclusively, across all processes on the
//! database, until they give it back, or until their time is up: then another takes its turn, and what the first still brings
//! is rejected.

use super::{
    Error, Store,
    time::{Day, Instant},
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

/// How long the lease of a host lasts: longer than any request, and what is done with its answer.
pub const LEASE: SignedDuration = SignedDuration::from_mins(2);

/// A host that is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// The host: scheme, name and port.
    pub origin: String,
    /// Until when; tells this lease from later ones.
    pub until: Timestamp,
}

/// A request to be sent, and the host that it is sent to, which is taken for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errand {
    /// The host.
    pub lease: Lease,
    /// What is to be asked for.
    pub task: Task,
}

/// What is to be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// The host's robots.txt.
    Robots,
    /// A feed.
    Feed(DueFeed, KnownRobots),
    /// The page of an item.
    Item(DueItem, KnownRobots),
}

/// The text of a host's robots.txt, or why there is none: then nothing may be read.
pub type KnownRobots = Result<String, String>;

/// A feed that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueFeed {
    /// Its id.
    pub id: Uuid,
    /// The URL of the article.
    pub url: String,
    /// How many seconds lie between two requests, as configured.
    pub every: Option<u32>,
    /// How many minutes, as it says itself.
    pub minutes: Option<u32>,
    /// What it is told by in its present version.
    pub etag: Option<String>,
    /// When that is from, as the host wrote it.
    pub last_modified: Option<String>,
    /// How many requests have failed in a row.
    pub failures: u32,
}

/// An item that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueItem {
    /// Its id.
    pub id: Uuid,
    /// The feed that has it.
    pub feed: Uuid,
    /// What the feed calls it.
    pub key: String,
    /// The URL of its page.
    pub url: String,
    /// The headline in the feed.
    pub title: Option<String>,
    /// Who publishes the feed's articles.
    pub source: Option<String>,
    /// The publication date in the feed.
    pub published_on: Option<Date>,
    /// The publication time in the feed.
    pub published_at: Option<Timestamp>,
    /// The text in the feed, as HTML.
    pub content: Option<String>,
    /// How many times it was tried, with this one.
    pub tries: u32,
}

struct Due {
    id: Uuid,
    is_feed: bool,
}

impl Store {
    /// Takes the host that has waited longest of those that may be asked now and that something is due from, for what is due
    /// there longest.
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

    /// The article that has this address, or that an item with it became: its page may say that it has another.
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

/// What is due longest at a host. It is put off until the lease ends, should its watcher never return.
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
