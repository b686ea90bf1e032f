//! Every line of SQL, and nothing else: articles, what they say of events, and the events that this makes.
//!
//! Row structs stay private; what comes out are domain types. What is not there is `Ok(None)`.

mod article_list;
mod articles;
mod changes;
mod check;
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
pub use changes::{Change, Changed, Changes, Removal, Tombstone};
pub use check::Checkup;
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
pub use summary::{SourceSummary, Summary};
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

/// How many days back changes are told.
pub const FEED_DAYS: i64 = 90;

/// How long a request waits for a connection: a dead database answers within it.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);

/// How long anything of the database may take, where no request ends it: a network can lose an answer without a word.
const TIME: Duration = Duration::from_secs(30);

/// Does something in the database, in time.
///
/// # Errors
/// As that, and where it takes too long.
pub async fn within<T>(doing: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    timeout(TIME, doing).await?
}

/// How long a connection that is used or kept may take to show that it lives.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(1);

/// How long after its last answer a connection is used without another: every one answers before it is kept.
const FRESH: Duration = Duration::from_secs(1);

/// How many connections serve requests that may read many events, apart from all others.
const HEAVY_CONNECTIONS: u32 = 4;

/// How long one query of such a request may take.
const HEAVY_TIME: (&str, &str) = ("statement_timeout", "20s");

/// How a transaction that changes the timeline begins. Its statements are the same every time and find what they need by
/// keys, so they are planned once; the holder of a lock may have much to write.
const BEGIN_WRITING: &str = "begin; set local plan_cache_mode = auto; set local statement_timeout = '20s'; \
                             set local lock_timeout = '15s'";

/// How long the database may take to show that it can do its work.
const PING_TIMEOUT: Duration = Duration::from_secs(5);

/// How long closing may take.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);

/// Queries are planned for the filters that are set: one plan for whatever may be set could use no index. None runs long enough
/// to be worth compiling. Each ends in time, sooner where it waits for a lock or its client is gone, and so does a transaction
/// whose client is. The address of the database may set them otherwise.
const SESSION: [(&str, &str); 10] = [
    ("plan_cache_mode", "force_custom_plan"),
    ("jit", "off"),
    ("statement_timeout", "10s"),
    ("lock_timeout", "4s"),
    ("idle_in_transaction_session_timeout", "2min"),
    ("client_connection_check_interval", "2s"),
    ("tcp_keepalives_idle", "30"),
    ("tcp_keepalives_interval", "10"),
    ("tcp_keepalives_count", "3"),
    ("tcp_user_timeout", "30s"),
];

/// What PostgreSQL answers where a function is not there.
const UNDEFINED_FUNCTION: &str = "42883";

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
    /// For requests that may read many events: they leave the other connections to those that read a few.
    heavy: PgPool,
    /// Whether that is another pool than the first.
    is_heavy_apart: bool,
    listening: Arc<Listening>,
}

impl Store {
    /// A store on the database that `options` lead to. Nothing is sent yet: the first query connects, and after an
    /// outage the next one connects again.
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
        }
    }

    /// A store on an existing pool.
    pub fn new(pool: PgPool) -> Self {
        Self { heavy: pool.clone(), is_heavy_apart: false, pool, listening: Arc::new(Listening::new()) }
    }

    /// Begins a transaction that changes the timeline.
    async fn begin_writing(&self) -> Result<PgTransaction<'static>, Error> {
        Ok(self.pool.begin_with(BEGIN_WRITING).await?)
    }

    /// Applies the migrations that the database has not seen yet. Those that a newer program has applied stay.
    pub async fn migrate(&self) -> Result<(), Error> {
        let mut migrations = sqlx::migrate!();
        migrations.set_ignore_missing(true);
        let mut db = self.pool.acquire().await?;
        // A table of millions of rows may take longer than any query should.
        db.execute("set statement_timeout = 0; set lock_timeout = 0").await?;
        let migrated = migrations.run(&mut *db).await;
        db.execute("reset statement_timeout; reset lock_timeout").await?;
        migrated?;
        Ok(position::adopt(&mut db).await?)
    }

    /// Whether the database answers, has its tables and can be written to.
    pub async fn ping(&self) -> Result<(), Error> {
        let ping = sqlx::query_scalar!(
            r#"select current_setting('transaction_read_only')::boolean as "is_read_only!"
               from (select count(*) from (select from articles limit 1) article) articles"#
        );
        let is_read_only = timeout(PING_TIMEOUT, ping.fetch_one(&self.pool)).await??;
        if is_read_only { Err(Error::ReadOnly) } else { Ok(()) }
    }

    /// How many connections there are now.
    pub fn connections(&self) -> Connections {
        let pools = || [&self.pool].into_iter().chain(self.is_heavy_apart.then_some(&self.heavy));
        Connections {
            open: pools().map(PgPool::size).sum(),
            idle: u32::try_from(pools().map(PgPool::num_idle).sum::<usize>()).unwrap_or(u32::MAX),
            most: pools().map(|pool| pool.options().get_max_connections()).sum(),
        }
    }

    /// Closes every connection, once its query has ended, or after a while.
    pub async fn close(&self) {
        let both = async {
            // Neither takes new queries while the other's end is awaited.
            tokio::join!(self.pool.close(), self.heavy.close())
        };
        if timeout(CLOSE_TIMEOUT, both).await.is_err() {
            warn!("the database does not answer; leaving it to end what it runs");
        }
    }
}

/// How connections are made, tried and kept.
fn pool_options() -> PgPoolOptions {
    // Before the migrations there is no feed to adopt.
    let pool = PgPoolOptions::new().acquire_timeout(ACQUIRE_TIMEOUT).after_connect(|db, _| {
        Box::pin(async move {
            match position::adopt(db).await {
                Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some(UNDEFINED_FUNCTION) => Ok(()),
                adopted => adopted,
            }
        })
    });
    // A network can lose a connection without a word. The request that waited for it gave up in time; here it is closed rather
    // than waited for, both before it is used, unless it answered just now, and, where its query was given up, before it is kept.
    // Where beginning a transaction was given up, sqlx leaves the transaction open: what is written next would not be committed.
    pool.test_before_acquire(false)
        .before_acquire(|db, meta| {
            Box::pin(async move { if meta.idle_for < FRESH { Ok(true) } else { answers(db).await } })
        })
        .after_release(|db, _| Box::pin(is_idle(db)))
}

/// That a connection answers.
async fn answers(db: &mut PgConnection) -> Result<bool, sqlx::Error> {
    timeout(ANSWER_TIMEOUT, db.ping()).await.map_err(|error| sqlx::Error::Io(error.into()))??;
    Ok(true)
}

/// That a connection answers, and is in no transaction any more.
async fn is_idle(db: &mut PgConnection) -> Result<bool, sqlx::Error> {
    // One message; in a transaction that was left open, `begin` does nothing but warn.
    let end = db.execute(sqlx::raw_sql("begin; rollback"));
    timeout(ANSWER_TIMEOUT, end).await.map_err(|error| sqlx::Error::Io(error.into()))??;
    Ok(true)
}
