//! The fixture of each test: a server, a database, watchers on it, and a clock that the test sets.

use crate::server::{Says, Server};
use daybook::{
    extract::Extractor,
    feed::{ItemState, address},
    outbound::{self, Network, Outbound},
    store::{ArticleFilter, Feed, FeedItem, Store, StoredArticle},
    watch::Watcher,
};
use jiff::{SignedDuration, Timestamp};
use sqlx::PgPool;
use std::{
    fmt::Write,
    sync::{Arc, LazyLock},
};
use uuid::Uuid;

/// Shared, since parsing the data files takes a while.
static EXTRACTOR: LazyLock<Arc<Extractor>> = LazyLock::new(|| Arc::new(Extractor::new()));

pub struct World {
    pub server: Server,
    pub watcher: Watcher,
    pub now: Timestamp,
}

impl World {
    /// Creates the fixture with a watcher that may connect to loopback.
    pub async fn new(pool: PgPool) -> Self {
        Self::with(pool, &["127.0.0.0/8".parse().unwrap()]).await
    }

    /// Creates the fixture with a watcher that may connect to these networks in addition to public
    /// ones.
    pub async fn with(pool: PgPool, allowed: &[Network]) -> Self {
        let outbound = Outbound::new(allowed, outbound::TIME).unwrap();
        let watcher = Watcher { store: Store::new(pool), outbound, extractor: EXTRACTOR.clone() };
        Self { server: Server::start().await, watcher, now: "2023-03-05T12:00:00Z".parse().unwrap() }
    }

    pub fn store(&self) -> &Store {
        &self.watcher.store
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server.address)
    }

    /// Adds the feed at a path of the server, to be polled once an hour.
    pub async fn watch(&self, path: &str) -> Uuid {
        self.enter(&self.url(path)).await
    }

    pub async fn enter(&self, url: &str) -> Uuid {
        self.store().enter_feed(&address(url).unwrap(), None, Some(3600), self.now).await.unwrap().0.id
    }

    /// Advances the clock.
    pub fn pass(&mut self, time: &str) {
        self.now += time.parse::<SignedDuration>().unwrap();
    }

    /// Performs all requests that are due within the next minute, advancing the clock by the pauses
    /// between requests.
    pub async fn work(&mut self) {
        let until = self.now + SignedDuration::from_mins(1);
        while self.now < until {
            while self.watcher.turn(self.now).await.unwrap() {}
            self.pass("3s");
        }
    }

    pub async fn feed(&self, id: Uuid) -> Feed {
        self.store().feed(id).await.unwrap().unwrap()
    }

    /// Returns all items of a feed, newest first.
    pub async fn items(&self, feed: Uuid) -> Vec<FeedItem> {
        self.store().feed_items(feed, &[], None, 1000).await.unwrap().items
    }

    pub async fn states(&self, feed: Uuid) -> Vec<ItemState> {
        self.items(feed).await.iter().map(|item| item.state).collect()
    }

    /// Returns all articles with their texts, newest first.
    pub async fn articles(&self) -> Vec<StoredArticle> {
        self.store().articles(&ArticleFilter::default(), None, 1000, true).await.unwrap().items
    }

    /// Serves a feed of these items at `path`, and the page of each item.
    pub fn publishes(&self, path: &str, items: &[&str]) {
        for item in items {
            self.server.says(&format!("/{item}"), page(item));
        }
        self.server.says(path, Says::Tagged(rss(items)));
    }
}

/// Returns a feed of items whose pages are next to it.
pub fn rss(items: &[&str]) -> String {
    let mut text = String::from(r#"<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour News</title>"#);
    for item in items {
        write!(
            text,
            "<item><guid isPermaLink=\"false\">id-{item}</guid><title>On {item}</title><link>/{item}</link>\
             <pubDate>Sun, 05 Mar 2023 08:30:00 +0900</pubDate></item>"
        )
        .unwrap();
    }
    text + "</channel></rss>"
}

/// Returns a page that announces meetings on these dates.
pub fn page(name: &str) -> Says {
    Says::Text(
        "text/html",
        html(name, r#"<meta property="article:published_time" content="2023-03-05T08:30:00+09:00">"#),
    )
}

pub fn html(name: &str, head: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>On {name}</title>{head}</head><body><article><h1>On {name}</h1>\
         <p>Japan and Australia will hold talks in Lugano on 7 March, the foreign ministry of Japan said of {name} on Sunday.</p>\
         <p>Officials of both countries have prepared the talks for weeks, and neither side expects them to take longer than a \
         day, as a spokesman told reporters in the harbour before his ship left for the other shore of the lake.</p>\
         </article></body></html>"
    )
}
