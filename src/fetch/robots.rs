//! Fetches the robots.txt of a host (RFC 9309).

use super::{Clock, Heard, Refusal};
use crate::{
    feed::{DAY, Robots},
    outbound::{HeaderMap, Outbound},
};
use jiff::{SignedDuration, Timestamp};
use url::Url;

/// The maximum size of the response, in bytes; only the first 500 KiB count.
const LARGEST: usize = 2 * 1024 * 1024;

/// The delay before a retry, unless the host demands a longer one.
const AGAIN: SignedDuration = SignedDuration::from_mins(5);

/// The robots.txt of a host.
#[derive(Debug)]
pub struct FoundRobots {
    /// Its text, or why it is unavailable: then nothing may be fetched.
    pub robots: Result<String, String>,
    /// When it is to be fetched again.
    pub until: Timestamp,
    /// When the host permits the next request.
    pub free_at: Timestamp,
}

/// Fetches the robots.txt of the host of `url`.
pub async fn robots(outbound: &Outbound, url: &Url, clock: &Clock) -> FoundRobots {
    let heard = match Robots::place(url) {
        Some(url) => Heard::of(outbound.get(&url, &HeaderMap::new(), LARGEST).await, clock),
        None => Heard::Never(Refusal::NotOurs, "it has no host".into()),
    };
    let free_at = heard.host_free_at(None, clock);
    let (robots, wait) = match heard {
        Heard::Answer(answer) => (Ok(Robots::kept(&answer.body)), DAY),
        // There is none: the host permits everything.
        Heard::Never(Refusal::Gone | Refusal::Refused | Refusal::LeadsNowhere, _) => (Ok(String::new()), DAY),
        // Then the page itself is refused, with the reason.
        Heard::Never(Refusal::NotOurs, _) => (Ok(String::new()), AGAIN),
        Heard::Never(Refusal::TooLarge, problem) => (Err(problem), DAY),
        Heard::NotNow(problem, told) => (Err(problem), AGAIN.max(told.unwrap_or_default())),
    };
    FoundRobots { robots, until: clock.now() + wait, free_at }
}
