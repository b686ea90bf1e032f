//! Waits for changes. PostgreSQL notifies one connection of each process when a transaction with
//! changes commits.

use super::{Error, Position, Store};
use sqlx::{PgPool, postgres::PgListener};
use std::{
    sync::{Arc, Once},
    time::Duration,
};
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};
use tracing::{debug, warn};

/// The channel that the trigger of `migrations/0012_notify.sql` notifies.
const CHANNEL: &str = "daybook_changes";

/// The pause between two attempts to listen.
const AGAIN: Duration = Duration::from_secs(1);

/// The silence after which the connection is tested, and the time limit of the test: a network may
/// drop a connection without notice.
const SILENCE: Duration = Duration::from_mins(1);
const ANSWER: Duration = Duration::from_secs(10);

/// The pause before a follower queries again, doubled from the first to the last.
const PAUSES: (Duration, Duration) = (Duration::from_millis(5), Duration::from_secs(1));

/// The last notification to this process, and whether it listens.
#[derive(Debug)]
pub(super) struct Listening {
    latest: watch::Sender<u64>,
    begun: Once,
}

impl Listening {
    /// Before the first notification and follower.
    pub(super) fn new() -> Self {
        Self { latest: watch::Sender::new(0), begun: Once::new() }
    }
}

impl Store {
    /// Follows the feed of changes. The first follower makes the process listen until the store is
    /// closed.
    ///
    /// # Panics
    /// Panics outside of a tokio runtime.
    pub fn follow(&self) -> Follower {
        let listening = &self.listening;
        listening.begun.call_once(|| {
            tokio::spawn(keep_listening(self.pool.clone(), self.listening.clone()));
        });
        Follower { latest: listening.latest.subscribe(), told: None, pause: PAUSES.0 }
    }
}

/// Waits until the feed may have more changes. It holds no connection.
#[derive(Debug)]
pub struct Follower {
    /// The last transaction known to have changes.
    latest: watch::Receiver<u64>,
    told: Option<u64>,
    pause: Duration,
}

impl Follower {
    /// Waits until there may be changes after `position`, the end of the last page.
    ///
    /// Changes are visible in the feed once no older transaction is running, and the end of a
    /// transaction causes no notification. So while known changes are not visible yet, this returns
    /// after growing pauses.
    pub async fn more_after(&mut self, position: Position) {
        if self.told.replace(position.transaction) != Some(position.transaction) {
            self.pause = PAUSES.0;
        }
        if *self.latest.borrow_and_update() < position.transaction {
            // The store holds the other end, and listens until it is closed.
            let _ = self.latest.changed().await;
            self.pause = PAUSES.0;
        } else {
            self.rest().await;
        }
    }

    /// Pauses after an error of the database, longer each time.
    pub async fn rest(&mut self) {
        sleep(self.pause).await;
        self.pause = (self.pause * 2).min(PAUSES.1);
    }
}

/// Listens, and reconnects when the connection is lost.
async fn keep_listening(pool: PgPool, listening: Arc<Listening>) {
    loop {
        match listen(&pool, &listening.latest).await {
            _ if pool.is_closed() => return,
            Ok(()) => warn!("the connection that listens for changes is lost; reconnecting"),
            Err(error) => debug!(%error, "cannot listen for changes; retrying"),
        }
        sleep(AGAIN).await;
    }
}

/// Listens until the connection is lost.
async fn listen(pool: &PgPool, latest: &watch::Sender<u64>) -> Result<(), Error> {
    let mut listener = timeout(ANSWER, PgListener::connect_with(pool)).await??;
    listener.eager_reconnect(false);
    let listening = timeout(ANSWER, listener.listen(CHANNEL)).await?;
    // Earlier notifications are lost: every follower queries all changes. On a standby, listening
    // fails, and the caller repeats this.
    let last = timeout(ANSWER, last_begun(&mut listener)).await??;
    latest.send_if_modified(|latest| std::mem::replace(latest, last) != last);
    listening?;
    loop {
        match timeout(SILENCE, listener.try_recv()).await {
            Ok(Ok(Some(told))) => {
                let told: u64 = told.payload().parse().unwrap_or_default();
                latest.send_modify(|latest| *latest = told.max(*latest));
            }
            Err(_) if matches!(timeout(ANSWER, last_begun(&mut listener)).await, Ok(Ok(_))) => {}
            Ok(Ok(None) | Err(_)) | Err(_) => return Ok(()),
        }
    }
}

/// Returns the last transaction that has begun.
async fn last_begun(listener: &mut PgListener) -> Result<u64, Error> {
    let next = sqlx::query_scalar!(
        r#"select pg_snapshot_xmax(pg_current_snapshot())::text::bigint + ahead as "next!" from feed"#
    );
    Ok(next.fetch_one(listener).await?.unsigned_abs().saturating_sub(1))
}
