//! Every line of SQL, and nothing else: articles, what they say of events, and the events that this makes.
//!
//! Row structs stay private; what comes out are domain types. What is not there is `Ok(None)`.

mod article_list;
mod articles;
mod changes;
mod conditions;
mod correct;
mod correction_list;
mod corrections;
mod count;
mod deliveries;
mod entries;
mod errands;
mod error;
mod events;
mod evidence;
mod export;
mod facets;
mod feed_items;
mod feeds;
mod findings;
mod history;
mod identity;
mod ingest;
mod keys;
mod listen;
mod loads;
mod locks;
mod lookup;
mod mentions;
mod page;
mod position;
mod refold;
mod restore;
mod review;
mod search;
mod selection;
mod states;
mod time;
mod timelines;
mod webhooks;
mod whole;
mod write;

pub use article_list::{ArticleFilter, EventSummary};
pub use articles::StoredArticle;
pub use changes::{Change, Changed, Changes, Removal, Tombstone};
pub use correct::{Corrected, Wish};
pub use correction_list::{CorrectionFilter, ListedCorrection};
pub use deliveries::{Failure, Run};
pub use errands::{DueFeed, DueItem, Errand, KnownRobots, LEASE, Lease, Task};
pub use error::Error;
pub use facets::{Facets, PartyCount};
pub use feed_items::FeedItem;
pub use feeds::{Feed, FeedChange, ItemCounts};
pub use findings::{FeedFound, FeedOutcome, ItemFound, RobotsFound};
pub use history::{Found, HistoryItem};
pub use ingest::{Ingested, Outcome};
pub use keys::Key;
pub use listen::Follower;
pub use loads::Loaded;
pub use lookup::{KnownParty, KnownPlace};
pub use page::{Cursor, Page, SortKey};
pub use position::{Position, Since};
pub use restore::Restored;
pub use review::{ReviewItem, ReviewReason};
pub use search::words;
pub use selection::{EventFilter, Sort};
pub use timelines::SavedTimeline;
pub use webhooks::{Webhook, WebhookChange};

use listen::Listening;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use std::{sync::Arc, time::Duration};

/// How many days back changes are told.
pub const FEED_DAYS: i64 = 90;

/// How long a request waits for a connection: a dead database answers within it.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);

/// How many connections to the database there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections {
    /// Open ones.
    pub open: u32,
    /// Those of them that wait for a query.
    pub idle: u32,
    /// How many there may be.
    pub most: u32,
}

/// Articles and events in PostgreSQL.
#[derive(Clone, Debug)]
pub struct Store {
    pool: PgPool,
    listening: Arc<Listening>,
}

impl Store {
    /// A store on the database that `options` lead to. Nothing is sent yet: the first query connects, and after an
    /// outage the next one connects again.
    pub fn connect(options: PgConnectOptions) -> Self {
        // Queries are planned for the filters that are set: one plan for whatever may be set could use no index.
        // None runs long enough to be worth compiling.
        let options =
            options.application_name("daybook").options([("plan_cache_mode", "force_custom_plan"), ("jit", "off")]);
        Self::new(PgPoolOptions::new().acquire_timeout(ACQUIRE_TIMEOUT).connect_lazy_with(options))
    }

    /// A store on a pool that is there already.
    pub fn new(pool: PgPool) -> Self {
        Self { pool, listening: Arc::new(Listening::new()) }
    }

    /// Applies the migrations that the database has not seen yet.
    pub async fn migrate(&self) -> Result<(), Error> {
        Ok(sqlx::migrate!().run(&self.pool).await?)
    }

    /// Whether the database answers and has its tables.
    pub async fn ping(&self) -> Result<(), Error> {
        sqlx::query_scalar!("select true from articles limit 1").fetch_optional(&self.pool).await?;
        Ok(())
    }

    /// How many connections there are now.
    pub fn connections(&self) -> Connections {
        Connections {
            open: self.pool.size(),
            idle: u32::try_from(self.pool.num_idle()).unwrap_or(u32::MAX),
            most: self.pool.options().get_max_connections(),
        }
    }

    /// Closes every connection, once its query has ended.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
