//! What is stored, in numbers.

use super::{Error, Store, time::Instant};
use jiff::Timestamp;

/// The maximum number of sources listed.
const SOURCES: i64 = 25;

/// What is stored, in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Articles.
    pub articles: u64,
    /// Articles that came within the last 24 hours.
    pub articles_of_a_day: u64,
    /// Events of today's timeline.
    pub events: u64,
    /// Feeds that are watched, by how they stand.
    pub feeds: Vec<(String, u64)>,
    /// Webhooks that are enabled, and that are not.
    pub webhooks: (u64, u64),
    /// The sources whose articles came last.
    pub sources: Vec<SourceSummary>,
}

/// What came of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceSummary {
    /// Its name.
    pub name: String,
    /// Its articles.
    pub articles: u64,
    /// When the last of them came.
    pub last_at: Timestamp,
}

impl Store {
    /// What is stored.
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
            // From one to the next through an index: there are few sources among many articles.
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
