//! Fetches the robots.txt of a host before any other request to it, and again once a day (RFC
//! 9309).

use super::{
    Watcher,
    asking::{Clock, Heard, Refusal},
};
use crate::{
    feed::{DAY, Robots},
    store::{Error, Lease, RobotsFound, within},
};
use headers::HeaderMap;
use jiff::SignedDuration;
use tracing::warn;
use url::Url;

/// The maximum size in bytes; only the first 500 KiB are parsed (RFC 9309).
const LARGEST: usize = 2 * 1024 * 1024;

/// The pause before a failed request is repeated, unless the host requests a longer one.
const AGAIN: SignedDuration = SignedDuration::from_mins(5);

pub(super) async fn ask(watcher: &Watcher, lease: &Lease, clock: &Clock) -> Result<(), Error> {
    let url = Url::parse(&lease.origin).ok().and_then(|host| Robots::place(&host));
    let heard = match &url {
        Some(url) => Heard::of(watcher.outbound.get(url, &HeaderMap::new(), LARGEST).await, clock),
        None => Heard::Never(Refusal::NotOurs, "it has no URL".into()),
    };
    let free_at = heard.host_free_at(None, clock);
    let (robots, wait) = match heard {
        Heard::Answer(answer) => (Ok(Robots::kept(&answer.body)), DAY),
        // Without a robots.txt, everything may be fetched.
        Heard::Never(Refusal::Gone | Refusal::Refused | Refusal::LeadsNowhere, _) => (Ok(String::new()), DAY),
        // The request for the feed or page itself then fails with this reason.
        Heard::Never(Refusal::NotOurs, _) => (Ok(String::new()), AGAIN),
        Heard::Never(Refusal::TooLarge, problem) => (Err(problem), DAY),
        Heard::NotNow(problem, told) => (Err(problem), AGAIN.max(told.unwrap_or_default())),
    };
    if robots.is_err() {
        warn!(host = lease.origin, "robots.txt is unavailable");
    }
    let found = RobotsFound { robots, until: clock.now() + wait };
    within(watcher.store.robots_found(lease, &found, free_at)).await?;
    Ok(())
}
