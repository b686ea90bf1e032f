//! The numbers of what is stored, for the page `/status`.

use super::{Error, Store, time::Instant};
use jiff::Timestamp;

/// The maximum number of sources listed.
const SOURCES: i64 = 25;

/// The numbers of what is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The number of articles.
    pub articles: u64,
    /// The number of articles stored within the last 24 hours.
    pub articles_of_a_day: u64,
    /// The number of shown events.
    pub events: u64,
    /// The number of feeds by state.
    pub feeds: Vec<(String, u64)>,
    /// Webhooks.
    pub webhooks: WebhookSummary,
    /// Streaming replicas of the database.
    pub replicas: ReplicaSummary,
    /// The sources of the latest articles.
    pub sources: Vec<SourceSummary>,
}

/// The numbers of webhooks by state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WebhookSummary {
    /// Enabled, without a failed delivery since the last that was acknowledged.
    pub enabled: u64,
    /// Enabled, and the last delivery failed.
    pub failing: u64,
    /// Disabled.
    pub disabled: u64,
}

/// The streaming replicas that the database account can see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReplicaSummary {
    /// The number of replicas.
    pub count: u64,
    /// The greatest lag in milliseconds; `None` while nothing is written, or if the account cannot see it.
    pub lag_ms: Option<u64>,
}

/// A source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceSummary {
    /// The name.
    pub name: String,
    /// The number of its articles.
    pub articles: u64,
    /// When the last of them was stored.
    pub last_at: Timestamp,
}

impl Store {
    /// Returns the numbers.
    pub async fn summary(&self, now: Timestamp) -> Result<Summary, Error> {
        let row = sqlx::query!(
            r#"select (select count(*) from articles) as "articles!",
                      (select count(*) from articles where created_at >= $1::timestamptz - interval '1 day') as "of_a_day!",
                      (select count(*) from events where gone is null) as "events!",
                      (select count(*) from webhooks where enabled and failures = 0) as "enabled!",
                      (select count(*) from webhooks where enabled and failures > 0) as "failing!",
                      (select count(*) from webhooks where not enabled) as "disabled!",
                      (select count(*) from pg_stat_replication where state is null or state = 'streaming') as "replicas!",
                      (select (extract(epoch from max(replay_lag)) * 1000)::bigint from pg_stat_replication) as "lag_ms""#,
            Instant(now) as _,
        );
        let row = row.fetch_one(&self.pool).await?;
        let feeds = sqlx::query!(
            r#"select case when enabled then state else 'disabled' end as "state!", count(*) as "count!"
               from feeds group by 1 order by 1"#
        );
        let sources = sqlx::query!(
            // A loose index scan: there are few sources among many articles.
            r#"with recursive sources (source) as (
                   (select source from articles where source is not null order by source limit 1)
                   union all
                   select (select a.source from articles a where a.source > s.source order by a.source limit 1)
                   from sources s where s.source is not null),
               latest as (
                   select s.source, (select max(a.created_at) from articles a where a.source = s.source) as last_at
                   from sources s where s.source is not null
                   order by 2 desc, 1 limit $1)
               select source as "name!", (select count(*) from articles a where a.source = latest.source) as "count!",
                      last_at as "last_at!: Instant"
               from latest order by last_at desc, source"#,
            SOURCES,
        );
        Ok(Summary {
            articles: row.articles.unsigned_abs(),
            articles_of_a_day: row.of_a_day.unsigned_abs(),
            events: row.events.unsigned_abs(),
            webhooks: WebhookSummary {
                enabled: row.enabled.unsigned_abs(),
                failing: row.failing.unsigned_abs(),
                disabled: row.disabled.unsigned_abs(),
            },
            replicas: ReplicaSummary { count: row.replicas.unsigned_abs(), lag_ms: row.lag_ms.map(i64::unsigned_abs) },
            feeds: feeds
                .fetch_all(&self.pool)
                .await?
                .into_iter()
                .map(|row| (row.state, row.count.unsigned_abs()))
                .collect(),
            sources: sources
                .fetch_all(&self.pool)
                .await?
                .into_iter()
                .map(|row| SourceSummary { name: row.name, articles: row.count.unsigned_abs(), last_at: row.last_at.0 })
                .collect(),
        })
    }
}
