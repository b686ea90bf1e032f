//! `daybook watch`: polls feeds, fetches the pages of their items when they are due, one request to
//! a host at a time, and stores the articles. All state is in the database, so any number of
//! watchers can share the work.

mod feed;
mod item;
mod robots;

use crate::{
    SPANS,
    extract::Extractor,
    fetch::Clock,
    outbound::Outbound,
    store::{Errand, Error, Store, Task, within},
};
use jiff::Timestamp;
use std::{future::Future, sync::Arc, time::Duration};
use tokio::{
    task::JoinSet,
    time::{sleep, timeout},
};
use tracing::{Instrument, info, info_span, warn};

/// The maximum number of concurrent requests; a slow host occupies one for up to half a minute.
const MOST_UNDER_WAY: usize = 32;

/// The pauses between queries while nothing is due, and after an error of the database.
const PAUSES: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(5));

/// How long requests that are under way may take after a termination signal.
const GRACE: Duration = Duration::from_secs(8);

/// A watcher.
#[derive(Clone, Debug)]
pub struct Watcher {
    /// The store of feeds, items and articles.
    pub store: Store,
    /// The HTTP client.
    pub outbound: Outbound,
    /// The extractor.
    pub extractor: Arc<Extractor>,
}

impl Watcher {
    /// Performs one request that is due at `now`. Returns false if no request is due or its host is
    /// leased.
    ///
    /// # Errors
    /// Fails if the database does. The request is repeated when the lease expires.
    pub async fn turn(&self, now: Timestamp) -> Result<bool, Error> {
        let Some(errand) = within(self.store.take_errand(now)).await? else { return Ok(false) };
        self.carry_out(errand, now).await?;
        Ok(true)
    }

    /// Performs due requests until `ended`.
    pub async fn run(&self, clock: fn() -> Timestamp, ended: impl Future<Output = ()>) {
        let mut ended = std::pin::pin!(ended);
        let mut under_way = JoinSet::new();
        loop {
            let pause = match self.begin_what_is_due(clock, &mut under_way).await {
                Ok(()) => PAUSES.0,
                Err(error) => {
                    warn!(%error, "cannot read what is due; retrying");
                    PAUSES.1
                }
            };
            tokio::select! {
                () = &mut ended => break,
                Some(done) = under_way.join_next() => tell(done),
                () = sleep(pause) => {}
            }
        }
        info!(under_way = under_way.len(), "shutting down");
        let finished = async {
            while let Some(done) = under_way.join_next().await {
                tell(done);
            }
        };
        if timeout(GRACE, finished).await.is_err() {
            warn!("aborting requests that are still running after {GRACE:?}");
        }
    }

    async fn begin_what_is_due(&self, clock: fn() -> Timestamp, under_way: &mut Errands) -> Result<(), Error> {
        while under_way.len() < MOST_UNDER_WAY {
            let now = clock();
            let Some(errand) = within(self.store.take_errand(now)).await? else { break };
            let watcher = self.clone();
            under_way.spawn(async move { watcher.carry_out(errand, now).await });
        }
        Ok(())
    }

    async fn carry_out(&self, Errand { lease, task }: Errand, now: Timestamp) -> Result<(), Error> {
        let clock = Clock::at(now);
        let span = info_span!(target: SPANS, "poll", host = lease.origin);
        let polling = async {
            match task {
                Task::Robots => robots::ask(self, &lease, &clock).await,
                Task::Feed(due, robots) => feed::ask(self, &lease, &due, robots, &clock).await,
                Task::Item(due, robots) => item::ask(self, &lease, due, robots, &clock).await,
            }
        };
        polling.instrument(span).await
    }
}

type Errands = JoinSet<Result<(), Error>>;

fn tell(done: Result<Result<(), Error>, tokio::task::JoinError>) {
    match done {
        Ok(Ok(())) => {}
        Ok(Err(error)) => warn!(%error, "a response could not be stored; it is requested again"),
        Err(_) => warn!("processing a response failed; it is requested again"),
    }
}
