//! A host's robots.txt is requested before anything else of it, and again once a day.

use super::Watcher;
use crate::{
    fetch::{self, Clock, FoundRobots},
    store::{Error, Lease, RobotsFound, within},
};
use tracing::warn;
use url::Url;

pub(super) async fn ask(watcher: &Watcher, lease: &Lease, clock: &Clock) -> Result<(), Error> {
    // Origins are made of URLs that were parsed.
    let Ok(host) = Url::parse(&lease.origin) else { return Ok(()) };
    let FoundRobots { robots, until, free_at } = fetch::robots(&watcher.outbound, &host, clock).await;
    if robots.is_err() {
        warn!(host = lease.origin, "robots.txt is unavailable");
    }
    within(watcher.store.robots_found(lease, &RobotsFound { robots, until }, free_at)).await?;
    Ok(())
}
