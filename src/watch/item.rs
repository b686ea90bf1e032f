//! Fetches the page of a feed item once and stores it as an article. If it is unavailable, the full
//! text in the feed is used, if there is one.

use super::Watcher;
use crate::{
    article::{Article, Known},
    feed,
    fetch::{self, Clock, Failure},
    store::{DueItem, Error, ItemFound, KnownRobots, Lease, within},
};
use jiff::Timestamp;
use tracing::{info, warn};

/// The maximum number of requests for a page.
const MOST_TRIES: u32 = 5;

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

async fn read(
    watcher: &Watcher,
    due: DueItem,
    robots: KnownRobots,
    clock: &Clock,
) -> Result<(ItemFound, Timestamp), Error> {
    let (outcome, free_at) = of_page(watcher, &due, &robots, clock).await;
    let problem = match outcome {
        Ok(article) => return Ok((store(watcher, article, clock).await?, free_at)),
        Err(Failure::NotNow(problem, told)) if due.tries < MOST_TRIES => {
            let wait = feed::next_try(due.tries).max(told.unwrap_or_default());
            return Ok((ItemFound::Later(problem, clock.now() + wait), free_at));
        }
        Err(Failure::NotNow(problem, _)) => format!("{problem}, {} times", due.tries),
        Err(failure) => failure.to_string(),
    };
    let found = match of_feed(due).await {
        Some(Ok(article)) => store(watcher, article, clock).await?,
        Some(Err(other)) => ItemFound::Failed(format!("{problem}; the text in the feed: {other}")),
        None => ItemFound::Failed(problem),
    };
    Ok((found, free_at))
}

/// Returns the page as an article, and when its host permits the next request.
async fn of_page(
    watcher: &Watcher,
    due: &DueItem,
    robots: &KnownRobots,
    clock: &Clock,
) -> (Result<Article, Failure>, Timestamp) {
    // A page whose processing never finishes may crash the program.
    if robots.is_ok() && due.tries > MOST_TRIES {
        return (Err(Failure::Refused("too many attempts have failed".into())), clock.now());
    }
    fetch::page(&watcher.outbound, &due.url, known(due), robots, clock).await
}

/// Returns the text in the feed as an article; `None` if the feed has none.
async fn of_feed(due: DueItem) -> Option<Result<Article, Failure>> {
    let known = known(&due);
    Some(fetch::text_in_feed(due.content?, known).await)
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
