//! Polls a feed that is due.

use super::Watcher;
use crate::{
    feed::{self, DAY, FeedState, PAUSE, Robots, Usual},
    fetch::{Clock, Heard, Refusal},
    outbound::Answer,
    store::{DueFeed, Error, FeedFound, FeedOutcome, KnownRobots, Lease, within},
};
use headers::{HeaderMap, HeaderValue};
use jiff::{SignedDuration, Timestamp};
use tracing::{info, warn};
use url::Url;

/// The maximum size of a feed, in bytes.
const LARGEST: usize = 8 * 1024 * 1024;

/// The maximum length of a stored validator (`ETag`, `Last-Modified`), in bytes.
const LONGEST_VALIDATOR: usize = 1000;

const ACCEPT: HeaderValue = HeaderValue::from_static(
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.8, */*;q=0.1",
);

pub(super) async fn ask(
    watcher: &Watcher,
    lease: &Lease,
    due: &DueFeed,
    robots: KnownRobots,
    clock: &Clock,
) -> Result<(), Error> {
    let usual = Usual::of(due.every, due.minutes);
    let (found, free_at) = match permitted(due, robots) {
        Ok((url, robots)) => {
            let heard = Heard::of(watcher.outbound.get(&url, &conditions(due), LARGEST).await, clock);
            let free_at = heard.host_free_at(Some(&robots), clock);
            (found(due, usual, heard, clock).await, free_at)
        }
        Err((FeedState::Refused, problem)) => (wrong(FeedState::Refused, problem, DAY, clock), clock.now() + PAUSE),
        Err((state, problem)) => (wrong(state, problem, again(due, usual), clock), clock.now()),
    };
    let new = within(watcher.store.feed_found(lease, due.id, &found, free_at, clock.now())).await?;
    match (&found.outcome, new) {
        (_, None) => warn!(feed = %due.id, host = lease.origin, "took too long; another watcher takes over"),
        (FeedOutcome::Wrong { state, .. }, _) => {
            warn!(feed = %due.id, host = lease.origin, %state, failures = due.failures.saturating_add(1), "feed");
        }
        (_, Some(new)) => info!(feed = %due.id, host = lease.origin, state = %FeedState::Ok, new, "feed"),
    }
    Ok(())
}

/// Returns the URL of the feed and the rules of the host, or why it may not be fetched.
fn permitted(due: &DueFeed, robots: KnownRobots) -> Result<(Url, Robots), (FeedState, String)> {
    let url = feed::address(&due.url).map_err(|problem| (FeedState::Refused, format!("its URL {problem}")))?;
    let cannot_be_had = |problem| (FeedState::Failing, format!("the robots.txt of the host is unavailable: {problem}"));
    let robots = Robots::new(&robots.map_err(cannot_be_had)?);
    if !robots.allow(&url) {
        return Err((FeedState::Refused, "the robots.txt of the host disallows it".into()));
    }
    Ok((url, robots))
}

fn conditions(due: &DueFeed) -> HeaderMap {
    let mut headers = HeaderMap::from_iter([(headers::HeaderName::from_static("accept"), ACCEPT)]);
    for (name, value) in [("if-none-match", &due.etag), ("if-modified-since", &due.last_modified)] {
        if let Some(value) = value.as_ref().and_then(|value| HeaderValue::from_str(value).ok()) {
            headers.insert(name, value);
        }
    }
    headers
}

async fn found(due: &DueFeed, usual: Usual, heard: Heard, clock: &Clock) -> FeedFound {
    match heard {
        Heard::Answer(answer) if answer.status.as_u16() == 304 => {
            FeedFound { outcome: FeedOutcome::Unchanged, next_at: Some(clock.now() + usual.time()) }
        }
        Heard::Answer(answer) => match read(*answer).await {
            Ok((outcome, minutes)) => {
                FeedFound { outcome, next_at: Some(clock.now() + Usual::of(due.every, minutes).time()) }
            }
            Err(problem) => wrong(FeedState::Failing, problem, again(due, usual), clock),
        },
        Heard::NotNow(problem, told) => {
            wrong(FeedState::Failing, problem, again(due, usual).max(told.unwrap_or_default()), clock)
        }
        Heard::Never(Refusal::Gone, problem) => {
            let problem = format!("{problem}: it is permanently gone");
            FeedFound { outcome: FeedOutcome::Wrong { state: FeedState::Gone, problem }, next_at: None }
        }
        Heard::Never(Refusal::NotOurs, problem) => wrong(FeedState::Refused, problem, DAY, clock),
        Heard::Never(_, problem) => wrong(FeedState::Failing, problem, again(due, usual), clock),
    }
}

/// Parses the feed on a blocking thread. Also returns the interval between requests that it states,
/// in minutes.
async fn read(answer: Answer) -> Result<(FeedOutcome, Option<u32>), String> {
    let header = |name: &str| {
        let value = answer.headers.get(name)?.to_str().ok()?;
        (value.len() <= LONGEST_VALIDATOR).then(|| value.to_owned())
    };
    let (etag, last_modified) = (header("etag"), header("last-modified"));
    let (body, url) = (answer.body, answer.url);
    let read = tokio::task::spawn_blocking(move || feed::read(&body, &url)).await;
    let document = read.map_err(|_| "processing it failed")?.map_err(|error| error.to_string())?;
    let minutes = document.minutes.map(|minutes| minutes.min(i32::MAX.unsigned_abs()));
    let outcome = FeedOutcome::Read {
        title: document.title,
        minutes,
        etag,
        last_modified,
        moved_to: answer.moved_to.map(String::from),
        items: document.items,
    };
    Ok((outcome, minutes))
}

fn again(due: &DueFeed, usual: Usual) -> SignedDuration {
    let (seed, _) = due.id.as_u64_pair();
    feed::after_failure(usual, due.failures.saturating_add(1), seed)
}

fn wrong(state: FeedState, problem: String, wait: SignedDuration, clock: &Clock) -> FeedFound {
    let next_at: Timestamp = clock.now() + wait;
    FeedFound { outcome: FeedOutcome::Wrong { state, problem }, next_at: Some(next_at) }
}
