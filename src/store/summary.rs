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
    /// The numbers of enabled and disabled webhooks.
    pub webhooks: (u64, u64),
    /// The sources of the latest articles.
    pub sources: Vec<SourceSummary>,
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
                      (select count(*) from webhooks where enabled) as "enabled!",
                      (select count(*) from webhooks where not enabled) as "disabled!""#,
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
            webhooks: (row.enabled.unsigned_abs(), row.disabled.unsigned_abs()),
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
