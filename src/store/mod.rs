//! All SQL of the program: articles, their mentions, and the events made of them.
//!
//! Rows are private structs that are turned into domain types. What does not exist is `Ok(None)`.

mod article_list;
mod articles;
mod backlog;
mod changes;
mod check;
mod conditions;
mod contention;
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
mod records;
mod refold;
mod restore;
mod review;
mod search;
mod selection;
mod settings;
mod states;
mod statistics;
mod summary;
mod time;
mod timelines;
mod verify;
mod webhooks;
mod whole;
mod write;

pub use article_list::{ArticleFilter, EventSummary};
pub use articles::StoredArticle;
pub use backlog::Backlog;
pub use changes::{Change, Changed, Changes, Removal, Tombstone};
pub use check::Checkup;
pub use contention::Contention;
pub use correct::{Corrected, Wish};
pub use correction_list::{CorrectionFilter, ListedCorrection};
pub use deliveries::{Failure, Run};
pub use errands::{DueFeed, DueItem, Errand, KnownRobots, LEASE, Lease, Task};
pub use error::Error;
pub use facets::{Facet, Facets, PartyCount, ValueCount};
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
pub use records::Record;
pub use restore::Restored;
pub use review::{ReviewItem, ReviewReason};
pub use search::words;
pub use selection::{EventFilter, Sort};
pub use statistics::{Fate, KindFate, Pair, PairFate, Statistics};
pub use summary::{ReplicaSummary, SourceSummary, Summary, WebhookSummary};
pub use timelines::SavedTimeline;
pub use verify::{Difference, Verified};
pub use webhooks::{Webhook, WebhookChange};

use listen::Listening;
use sqlx::{
    Connection, Executor,
    postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions, PgTransaction},
};
use std::{sync::Arc, time::Duration};
use tokio::time::timeout;
use tracing::warn;

/// The number of days for which changes are available.
pub const FEED_DAYS: i64 = 90;

/// How long a request waits for a connection, also if the database is down.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);

/// The time limit of a use of the database outside of requests: a network may drop a connection
/// without notice.
const TIME: Duration = Duration::from_secs(30);

/// Applies the time limit to a use of the database.
///
/// # Errors
/// Fails as `doing` does, or with [`Error::Unavailable`] if it takes too long.
pub async fn within<T>(doing: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    timeout(TIME, doing).await?
}

/// The time limit for testing a connection.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(1);

/// A connection that has responded this recently is used without a test: each one is tested when it
/// is returned.
const FRESH: Duration = Duration::from_secs(1);

/// The number of connections for requests that may read many events.
const HEAVY_CONNECTIONS: u32 = 4;

/// The time limit of one query of such a request.
const HEAVY_TIME: (&str, &str) = ("statement_timeout", "20s");

/// Begins a transaction that changes the timeline. Its statements are always the same and look rows
/// up by key, so generic plans suffice; the holder of a lock may have much to write.
const BEGIN_WRITING: &str = "begin; set local plan_cache_mode = auto; set local statement_timeout = '20s'; \
                             set local lock_timeout = '15s'";

/// The time limit of a readiness check.
const PING_TIMEOUT: Duration = Duration::from_secs(5);

/// The time limit for closing connections.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);

/// The settings of a session; the connection URL can override them. Queries are planned for the
/// filters that are set, since a generic plan could use no index. No query runs long enough to be
/// worth compiling, or starting further processes for, which takes longer than a list. Statements,
/// lock waits and transactions have time limits, and end early if the client disconnects.
const SESSION: [(&str, &str); 11] = [
    ("plan_cache_mode", "force_custom_plan"),
    ("jit", "off"),
    ("max_parallel_workers_per_gather", "0"),
    ("statement_timeout", "10s"),
    ("lock_timeout", "4s"),
    ("idle_in_transaction_session_timeout", "2min"),
    ("client_connection_check_interval", "2s"),
    ("tcp_keepalives_idle", "30"),
    ("tcp_keepalives_interval", "10"),
    ("tcp_keepalives_count", "3"),
    ("tcp_user_timeout", "30s"),
];

/// The SQLSTATE of an undefined function.
const UNDEFINED_FUNCTION: &str = "42883";

/// The numbers of connections to the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections {
    /// Open connections.
    pub open: u32,
    /// Idle ones among them.
    pub idle: u32,
    /// The maximum number.
    pub most: u32,
}

/// The store of articles and events in PostgreSQL.
#[derive(Clone, Debug)]
pub struct Store {
    pool: PgPool,
    /// The connections for requests that may read many events, which leave the others to quick
    /// requests.
    heavy: PgPool,
    /// Whether it is a separate pool.
    is_heavy_apart: bool,
    listening: Arc<Listening>,
    contention: Contention,
}

impl Store {
    /// Creates a store on the database of `options`. It connects with the first query, and
    /// reconnects after an outage.
    pub fn connect(options: PgConnectOptions) -> Self {
        let given = options.get_options().unwrap_or_default().to_owned();
        let settings = SESSION.into_iter().filter(|(name, _)| !given.contains(name));
        let options = options.application_name("daybook").options(settings);
        let heavy = if given.contains(HEAVY_TIME.0) { options.clone() } else { options.clone().options([HEAVY_TIME]) };
        Self {
            pool: pool_options().connect_lazy_with(options),
            heavy: pool_options().max_connections(HEAVY_CONNECTIONS).connect_lazy_with(heavy),
            is_heavy_apart: true,
            listening: Arc::new(Listening::new()),
            contention: Contention::default(),
        }
    }

    /// Creates a store on an existing pool.
    pub fn new(pool: PgPool) -> Self {
        Self {
            heavy: pool.clone(),
            is_heavy_apart: false,
            pool,
            listening: Arc::new(Listening::new()),
            contention: Contention::default(),
        }
    }

    /// Returns the metrics of contention between writers of this process.
    pub fn contention(&self) -> &Contention {
        &self.contention
    }

    /// Begins a transaction that changes the timeline.
    async fn begin_writing(&self) -> Result<PgTransaction<'static>, Error> {
        Ok(self.pool.begin_with(BEGIN_WRITING).await?)
    }

    /// Applies the migrations that are missing. Those of a newer version of the program are kept.
    pub async fn migrate(&self) -> Result<(), Error> {
        let mut migrations = sqlx::migrate!();
        migrations.set_ignore_missing(true);
        let mut db = self.pool.acquire().await?;
        // Migrating a table of millions of rows may take longer than a query may.
        db.execute("set statement_timeout = 0; set lock_timeout = 0").await?;
        let migrated = migrations.run(&mut *db).await;
        db.execute("reset statement_timeout; reset lock_timeout").await?;
        migrated?;
        Ok(position::adopt(&mut db).await?)
    }

    /// Checks that the database responds, has its tables and is writable.
    pub async fn ping(&self) -> Result<(), Error> {
        let ping = sqlx::query_scalar!(
            r#"select current_setting('transaction_read_only')::boolean as "is_read_only!"
               from (select count(*) from (select from articles limit 1) article) articles"#
        );
        let is_read_only = timeout(PING_TIMEOUT, ping.fetch_one(&self.pool)).await??;
        if is_read_only { Err(Error::ReadOnly) } else { Ok(()) }
    }

    /// Returns the current numbers of connections.
    pub fn connections(&self) -> Connections {
        let pools = || [&self.pool].into_iter().chain(self.is_heavy_apart.then_some(&self.heavy));
        Connections {
            open: pools().map(PgPool::size).sum(),
            idle: u32::try_from(pools().map(PgPool::num_idle).sum::<usize>()).unwrap_or(u32::MAX),
            most: pools().map(|pool| pool.options().get_max_connections()).sum(),
        }
    }

    /// Closes every connection once its query has ended, or after a time limit.
    pub async fn close(&self) {
        let both = async {
            // Concurrently, so that neither pool accepts queries while the other one is closing.
            tokio::join!(self.pool.close(), self.heavy.close())
        };
        if timeout(CLOSE_TIMEOUT, both).await.is_err() {
            warn!("the database does not respond; not waiting for running queries");
        }
    }
}

/// The options of the pools: how connections are made, tested and kept.
fn pool_options() -> PgPoolOptions {
    // Before the migrations, there is no feed to adopt.
    let pool = PgPoolOptions::new().acquire_timeout(ACQUIRE_TIMEOUT).after_connect(|db, _| {
        Box::pin(async move {
            match position::adopt(db).await {
                Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some(UNDEFINED_FUNCTION) => Ok(()),
                adopted => adopted,
            }
        })
    });
    // A network may drop a connection without notice. A connection is therefore tested before use,
    // unless it has responded just now, and before it is kept if its query was cancelled; a dead
    // one is closed. If starting a transaction is cancelled, sqlx leaves the transaction open, and
    // what is written next would not be committed.
    pool.test_before_acquire(false)
        .before_acquire(|db, meta| {
            Box::pin(async move { if meta.idle_for < FRESH { Ok(true) } else { answers(db).await } })
        })
        .after_release(|db, _| Box::pin(is_idle(db)))
}

/// Returns whether a connection responds.
async fn answers(db: &mut PgConnection) -> Result<bool, sqlx::Error> {
    timeout(ANSWER_TIMEOUT, db.ping()).await.map_err(|error| sqlx::Error::Io(error.into()))??;
    Ok(true)
}

/// Returns whether a connection responds, and ends a transaction that was left open.
async fn is_idle(db: &mut PgConnection) -> Result<bool, sqlx::Error> {
    // One round trip; within an open transaction, `begin` only warns.
    let end = db.execute(sqlx::raw_sql("begin; rollback"));
    timeout(ANSWER_TIMEOUT, end).await.map_err(|error| sqlx::Error::Io(error.into()))??;
    Ok(true)
}
