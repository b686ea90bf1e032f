//! What each test has: a server, a database, watchers on it, and a clock that stands still.

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

/// Its data files take a while to be read.
static EXTRACTOR: LazyLock<Arc<Extractor>> = LazyLock::new(|| Arc::new(Extractor::new()));

pub struct World {
    pub server: Server,
    pub watcher: Watcher,
    pub now: Timestamp,
}

impl World {
    /// With a watcher that may ask on loopback.
    pub async fn new(pool: PgPool) -> Self {
        Self::with(pool, &["127.0.0.0/8".parse().unwrap()]).await
    }

    /// With one that may ask in these networks besides public ones.
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

    /// Watches the feed at a path of the server, to be asked for once an hour.
    pub async fn watch(&self, path: &str) -> Uuid {
        self.enter(&self.url(path)).await
    }

    pub async fn enter(&self, url: &str) -> Uuid {
        self.store().enter_feed(&address(url).unwrap(), None, Some(3600), self.now).await.unwrap().0.id
    }

    /// Time passes.
    pub fn pass(&mut self, time: &str) {
        self.now += time.parse::<SignedDuration>().unwrap();
    }

    /// Does all that is due within the next minute, as the clock goes on by pauses between requests.
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

    /// All items of a feed, the newest first.
    pub async fn items(&self, feed: Uuid) -> Vec<FeedItem> {
        self.store().feed_items(feed, &[], None, 1000).await.unwrap().items
    }

    pub async fn states(&self, feed: Uuid) -> Vec<ItemState> {
        self.items(feed).await.iter().map(|item| item.state).collect()
    }

    /// All articles with their texts, the newest first.
    pub async fn articles(&self) -> Vec<StoredArticle> {
        self.store().articles(&ArticleFilter::default(), None, 1000, true).await.unwrap().items
    }

    /// From now on, `path` is a feed of these items, and each item's page is there.
    pub fn publishes(&self, path: &str, items: &[&str]) {
        for item in items {
            self.server.says(&format!("/{item}"), page(item));
        }
        self.server.says(path, Says::Tagged(rss(items)));
    }
}

/// A feed of items whose pages are beside it.
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

/// A page that says on which days somebody meets.
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
