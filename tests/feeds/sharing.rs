//! Several watchers on one database.

use crate::{
    server::{Says, Server},
    world::{World, page, rss},
};
use daybook::watch::Watcher;
use jiff::{SignedDuration, Timestamp};
use sqlx::PgPool;

/// A watcher as in another process.
fn another(world: &World, pool: &PgPool) -> Watcher {
    Watcher { store: daybook::store::Store::new(pool.clone()), ..world.watcher.clone() }
}

async fn works(watcher: Watcher, mut now: Timestamp) {
    for _ in 0..40 {
        while watcher.turn(now).await.unwrap() {}
        now += SignedDuration::from_secs(3);
    }
}

#[sqlx::test]
async fn two_watchers_share_feeds_and_read_no_item_twice(pool: PgPool) {
    let world = World::new(pool.clone()).await;
    let mut servers = Vec::new();
    let names = ["a", "b", "c", "d", "e"];
    for _ in 0..4 {
        let server = Server::start().await;
        server.says("/feed.xml", Says::Tagged(rss(&names)));
        for name in names {
            server.says(&format!("/{name}"), page(name));
        }
        world.enter(&format!("{}/feed.xml", server.address)).await;
        servers.push(server);
    }
    let watchers = [world.watcher.clone(), another(&world, &pool), another(&world, &pool)];
    let working = watchers.map(|watcher| tokio::spawn(works(watcher, world.now)));
    for work in working {
        work.await.unwrap();
    }
    for server in &servers {
        for path in ["/robots.txt", "/feed.xml", "/a", "/b", "/c", "/d", "/e"] {
            assert_eq!(server.count(path), 1, "{path}");
        }
    }
    assert_eq!(world.articles().await.len(), servers.len() * names.len());
}

#[sqlx::test]
async fn a_restart_repeats_nothing(pool: PgPool) {
    let mut world = World::new(pool.clone()).await;
    world.publishes("/feed.xml", &["a", "b"]);
    world.watch("/feed.xml").await;
    world.work().await;
    world.watcher = another(&world, &pool);
    world.watch("/feed.xml").await;
    world.work().await;
    assert_eq!(world.server.paths(), ["/feed.xml", "/a", "/b"]);
}

#[sqlx::test]
async fn what_a_killed_one_had_taken_is_taken_over(pool: PgPool) {
    let mut world = World::new(pool.clone()).await;
    world.publishes("/feed.xml", &["a"]);
    let id = world.watch("/feed.xml").await;
    world.watcher.turn(world.now).await.unwrap();
    world.pass("3s");
    // One is killed while it fetches the feed, another one while it fetches the item.
    for path in ["/feed.xml", "/a"] {
        world.server.says(path, Says::Nothing);
        let (watcher, now) = (another(&world, &pool), world.now);
        let killed = tokio::spawn(async move { watcher.turn(now).await });
        while world.server.count(path) == 0 {
            tokio::task::yield_now().await;
        }
        killed.abort();
        world.publishes("/feed.xml", &["a"]);
        world.pass("1m");
        assert!(!world.watcher.turn(world.now).await.unwrap(), "the host is still taken");
        world.pass("1m");
        assert!(world.watcher.turn(world.now).await.unwrap(), "nobody took {path} over");
        world.pass("3s");
    }
    assert_eq!((world.server.count("/feed.xml"), world.server.count("/a")), (2, 2));
    assert_eq!((world.articles().await.len(), world.feed(id).await.items.stored), (1, 1));
}

#[sqlx::test]
async fn what_comes_too_late_is_not_taken(pool: PgPool) {
    let mut world = World::new(pool.clone()).await;
    world.publishes("/feed.xml", &["a"]);
    let id = world.watch("/feed.xml").await;
    world.watcher.turn(world.now).await.unwrap();
    world.pass("3s");
    // Leased, and not released in time.
    let late = world.store().take_errand(world.now).await.unwrap().unwrap();
    world.pass("2m");
    world.work().await;
    let outcome =
        daybook::store::FeedOutcome::Wrong { state: daybook::feed::FeedState::Failing, problem: "it was late".into() };
    let found = daybook::store::FeedFound { outcome, next_at: Some(world.now) };
    let kept = world.store().feed_found(&late.lease, id, &found, world.now, world.now).await.unwrap();
    assert_eq!((kept, world.feed(id).await.state), (None, daybook::feed::FeedState::Ok));
}
