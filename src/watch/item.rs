//! Fetches the page of a feed item once and stores it as an article. If it is unavailable, the full
//! text in the feed is used, if there is one.

use super::{
    Watcher,
    asking::{Clock, Heard},
    page,
};
use crate::{
    article::{Article, Known},
    feed::{self, Robots},
    outbound::Answer,
    store::{DueItem, Error, ItemFound, KnownRobots, Lease, within},
};
use headers::{HeaderMap, HeaderName, HeaderValue};
use jiff::{SignedDuration, Timestamp};
use tracing::{info, warn};
use url::Url;

/// The maximum size of a page, in bytes.
const LARGEST: usize = 4 * 1024 * 1024;

/// The maximum number of requests for a page.
const MOST_TRIES: u32 = 5;

const ACCEPT: HeaderValue = HeaderValue::from_static("text/html, application/xhtml+xml;q=0.9, */*;q=0.1");

pub(super) async fn ask(
    watcher: &Watcher,
    lease: &Lease,
    due: DueItem,
    robots: KnownRobots,
    clock: &Clock,
) -> Result<(), Error> {
    let (feed, id) = (due.feed, due.id);
    // Another feed may have listed it, or a client may have posted it.
    let (found, free_at) = match within(watcher.store.article_at(&due.url)).await? {
        Some(article) => (ItemFound::Stored(article), clock.now()),
        None => read(watcher, due, robots, clock).await?,
    };
    let is_kept = within(watcher.store.item_found(lease, id, &found, free_at)).await?;
    let host = &lease.origin;
    match found {
        _ if !is_kept => warn!(%feed, item = %id, host, "took too long; another watcher takes over"),
        ItemFound::Stored(article) => info!(%feed, item = %id, host, state = "stored", %article, "item"),
        ItemFound::Failed(_) => warn!(%feed, item = %id, host, state = "failed", "item"),
        ItemFound::Later(..) => warn!(%feed, item = %id, host, state = "waiting", "item"),
    }
    Ok(())
}

/// Why the page did not become an article.
enum Without {
    /// A temporary failure, with the pause that the host requests.
    Now(String, Option<SignedDuration>),
    /// A permanent failure.
    Ever(String),
}

async fn read(
    watcher: &Watcher,
    due: DueItem,
    robots: KnownRobots,
    clock: &Clock,
) -> Result<(ItemFound, Timestamp), Error> {
    let (outcome, free_at) = of_page(watcher, &due, robots, clock).await;
    let problem = match outcome {
        Ok(article) => return Ok((store(watcher, article, clock).await?, free_at)),
        Err(Without::Now(problem, told)) if due.tries < MOST_TRIES => {
            let wait = feed::next_try(due.tries).max(told.unwrap_or_default());
            return Ok((ItemFound::Later(problem, clock.now() + wait), free_at));
        }
        Err(Without::Now(problem, _)) => format!("{problem}, {} times", due.tries),
        Err(Without::Ever(problem)) => problem,
    };
    let found = match of_feed(due).await {
        Some(Ok(article)) => store(watcher, article, clock).await?,
        Some(Err(other)) => ItemFound::Failed(format!("{problem}; the text in the feed: {other}")),
        None => ItemFound::Failed(problem),
    };
    Ok((found, free_at))
}

/// Returns the page as an article, and when its host may be requested again.
async fn of_page(
    watcher: &Watcher,
    due: &DueItem,
    robots: KnownRobots,
    clock: &Clock,
) -> (Result<Article, Without>, Timestamp) {
    let refused = |why: String| (Err(Without::Ever(why)), clock.now());
    let robots = match robots {
        Ok(robots) => Robots::new(&robots),
        Err(problem) => {
            let problem = format!("the robots.txt of the host is unavailable: {problem}");
            return (Err(Without::Now(problem, None)), clock.now());
        }
    };
    // A page whose processing never finishes may crash the program.
    if due.tries > MOST_TRIES {
        return refused("too many attempts have failed".into());
    }
    let url = match feed::address(&due.url) {
        Ok(url) => url,
        Err(problem) => return refused(format!("its URL {problem}")),
    };
    if !robots.allow(&url) {
        return refused("the robots.txt of the host disallows it".into());
    }
    let headers = HeaderMap::from_iter([(HeaderName::from_static("accept"), ACCEPT)]);
    let heard = Heard::of(watcher.outbound.get(&url, &headers, LARGEST).await, clock);
    let free_at = heard.host_free_at(Some(&robots), clock);
    let outcome = match heard {
        Heard::Answer(answer) => of_answer(due, &url, *answer).await.map_err(Without::Ever),
        Heard::NotNow(problem, told) => Err(Without::Now(problem, told)),
        Heard::Never(_, problem) => Err(Without::Ever(problem)),
    };
    (outcome, free_at)
}

async fn of_answer(due: &DueItem, asked: &Url, answer: Answer) -> Result<Article, String> {
    if answer.url.path() == "/" && asked.path() != "/" {
        return Err("it redirects to the front page".into());
    }
    let content_type = answer.headers.get("content-type").and_then(|value| value.to_str().ok()).map(str::to_owned);
    page::article(answer.body, content_type, Known { url: Some(answer.url.into()), ..known(due) }).await
}

/// Returns the text in the feed as an article; `None` if the feed has none.
async fn of_feed(due: DueItem) -> Option<Result<Article, String>> {
    let known = known(&due);
    Some(page::text_in_feed(due.content?, known).await)
}

fn known(due: &DueItem) -> Known {
    Known {
        url: Some(due.url.clone()),
        title: due.title.clone(),
        source: due.source.clone(),
        published_on: due.published_on,
        published_at: due.published_at,
        language: None,
        external_id: Some(due.key.clone()),
    }
}

async fn store(watcher: &Watcher, article: Article, clock: &Clock) -> Result<ItemFound, Error> {
    let extractor = watcher.extractor.clone();
    let work = tokio::task::spawn_blocking(move || {
        let extraction = extractor.extract(&article);
        (article, extraction)
    });
    let Ok((article, extraction)) = work.await else {
        return Ok(ItemFound::Failed("processing it failed".into()));
    };
    let ingested = within(watcher.store.ingest(&article, &extraction, clock.now())).await?;
    Ok(ItemFound::Stored(ingested.article.id))
}
