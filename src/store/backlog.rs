//! What waits to be done in the background, for `/metrics`.

use super::{Error, Store, time::Instant};
use crate::extract::RULES_VERSION;
use jiff::Timestamp;

/// How long a feed may be due before it is overdue, in seconds: longer than watchers take while
/// they run.
const OVERDUE: f64 = 300.0;

/// What waits to be done in the background.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    /// The number of feeds by state; `disabled` for those that are not polled.
    pub feeds: Vec<(String, i64)>,
    /// The number of feeds that have been due for more than five minutes, as if no watcher were
    /// running.
    pub feeds_overdue: i64,
    /// The number of webhooks that are `enabled`, `failing` and `disabled`.
    pub webhooks: Vec<(String, i64)>,
    /// The number of articles that another version of the rules has read.
    pub outdated_articles: i64,
}

impl Store {
    /// Returns what waits to be done at `now`.
    pub async fn backlog(&self, now: Timestamp) -> Result<Backlog, Error> {
        let mut db = self.pool.acquire().await?;
        let feeds = sqlx::query!(
            r#"select case when enabled then state else 'disabled' end as "state!", count(*) as "count!"
               from feeds group by 1 order by 1"#
        );
        let feeds = feeds.fetch_all(&mut *db).await?;
        let webhooks = sqlx::query!(
            r#"select case when not enabled then 'disabled' when failures > 0 then 'failing' else 'enabled' end as "state!",
                      count(*) as "count!"
               from webhooks group by 1 order by 1"#
        );
        let webhooks = webhooks.fetch_all(&mut *db).await?;
        // Two ranges instead of `<>`, which would read the whole index.
        let counts = sqlx::query!(
            r#"select (select count(*) from feeds
                       where enabled and next_at < $2::timestamptz - make_interval(secs => $3)) as "overdue!",
                      (select count(*) from articles where rules_version < $1 or rules_version > $1) as "outdated!""#,
            RULES_VERSION,
            Instant(now) as _,
            OVERDUE,
        );
        let counts = counts.fetch_one(&mut *db).await?;
        Ok(Backlog {
            feeds: feeds.into_iter().map(|row| (row.state, row.count)).collect(),
            feeds_overdue: counts.overdue,
            webhooks: webhooks.into_iter().map(|row| (row.state, row.count)).collect(),
            outdated_articles: counts.outdated,
        })
    }
}
