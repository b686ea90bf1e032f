//! Faulty feeds: each reports its error, and does not delay others.

use crate::{
    server::Says,
    world::{World, rss},
};
use daybook::{
    feed::FeedState,
    outbound::{Outbound, TIME},
    store::Feed,
    watch::Watcher,
};
use sqlx::PgPool;
use std::time::Duration;

/// Returns the state of a feed whose URL responds with this.
async fn feed(world: &mut World, says: Says) -> Feed {
    world.server.says("/feed.xml", says);
    let id = world.watch("/feed.xml").await;
    world.work().await;
    world.feed(id).await
}

#[sqlx::test]
async fn what_is_wrong_is_told_in_words(pool: PgPool) {
    for (n, (says, state, why)) in [
        (Says::Text("text/html", "<!DOCTYPE html><html>Hello</html>".into()), FeedState::Failing, "it is a web page"),
        (Says::Text("application/xml", rss(&["a"])[..150].into()), FeedState::Failing, "incomplete"),
        (Says::Text("text/plain", String::new()), FeedState::Failing, "it is empty"),
        (Says::Status(404, None), FeedState::Failing, "it answered 404 Not Found"),
        (Says::MovedForNow("/feed.xml".into()), FeedState::Failing, "redirects too often"),
        (Says::Endless, FeedState::Failing, "larger than"),
        (Says::MovedForNow("http://10.0.0.1/feed.xml".into()), FeedState::Refused, "10.0.0.1"),
        (Says::MovedForNow("ftp://news.example/feed.xml".into()), FeedState::Refused, "ftp"),
        (Says::Status(410, None), FeedState::Gone, "permanently gone"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut world = World::new(pool.clone()).await;
        let feed = feed(&mut world, says).await;
        let problem = feed.problem.unwrap();
        assert!(feed.state == state && problem.contains(why), "{n}: {} {problem}", feed.state);
        assert_eq!(feed.failures, 1);
        assert!(feed.failing_since.is_some());
        assert_eq!(feed.next_at.is_none(), state == FeedState::Gone);
    }
}

#[sqlx::test]
async fn a_private_address_is_not_connected_to(pool: PgPool) {
    let mut world = World::with(pool, &[]).await;
    let feed = feed(&mut world, Says::Tagged(rss(&[]))).await;
    assert_eq!(feed.state, FeedState::Refused);
    assert!(feed.problem.unwrap().contains("127.0.0.1, which is not a public address"));
    assert_eq!(world.server.count("/feed.xml") + world.server.count("/robots.txt"), 0);
    // It is polled again a day later, and not before.
    world.watcher.outbound = Outbound::new(&["127.0.0.1".parse().unwrap()], TIME).unwrap();
    world.pass("23h");
    world.work().await;
    assert_eq!(world.feed(feed.id).await.state, FeedState::Refused);
    world.pass("1h");
    world.work().await;
    assert_eq!(world.feed(feed.id).await.state, FeedState::Ok);
}

#[sqlx::test]
async fn a_feed_that_answers_500_for_a_day_is_asked_ever_less_and_comes_back(pool: PgPool) {
    let mut world = World::new(pool).await;
    let feed = feed(&mut world, Says::Status(500, None)).await;
    assert_eq!((feed.state, &*feed.problem.unwrap()), (FeedState::Failing, "it answered 500 Internal Server Error"));
    for _ in 0..24 * 6 {
        world.pass("9m");
        world.work().await;
    }
    let failing = world.feed(feed.id).await;
    // Immediately, and then after 2, 4 and 8 hours.
    assert_eq!((world.server.count("/feed.xml"), failing.failures), (4, 4));
    assert_eq!(failing.failing_since, feed.failing_since);
    world.publishes("/feed.xml", &["a"]);
    world.pass("16h");
    world.work().await;
    let back = world.feed(feed.id).await;
    assert_eq!((back.state, back.problem, back.failures, back.failing_since), (FeedState::Ok, None, 0, None));
    assert_eq!(world.articles().await.len(), 1);
}

#[sqlx::test]
async fn a_feed_that_is_gone_is_asked_no_more_unless_somebody_wants_it(pool: PgPool) {
    let mut world = World::new(pool).await;
    let feed = feed(&mut world, Says::Status(410, None)).await;
    world.pass("800h");
    world.work().await;
    assert_eq!(world.server.count("/feed.xml"), 1);
    world.publishes("/feed.xml", &[]);
    assert!(world.store().refresh_feed(feed.id, world.now).await.unwrap());
    world.work().await;
    assert_eq!(world.feed(feed.id).await.state, FeedState::Ok);
}

#[sqlx::test]
async fn where_a_feed_has_moved_for_ever_is_told(pool: PgPool) {
    let mut world = World::new(pool).await;
    world.publishes("/new/feed.xml", &[]);
    let to = world.url("/new/feed.xml");
    let feed = feed(&mut world, Says::Moved(to.clone())).await;
    assert_eq!((feed.state, feed.moved_to), (FeedState::Ok, Some(to)));
    assert_eq!(feed.url, world.url("/feed.xml"));
}

#[sqlx::test]
async fn a_host_that_never_answers_holds_nobody_up(pool: PgPool) {
    let mut world = World::new(pool).await;
    let slow = crate::server::Server::start().await;
    slow.says("/robots.txt", Says::Nothing);
    let hangs = world.enter(&format!("{}/feed.xml", slow.address)).await;
    world.pass("1s");
    world.publishes("/feed.xml", &["a"]);
    let well = world.watch("/feed.xml").await;
    // The slow host is due first, and the other one is polled meanwhile.
    let outbound = Outbound::new(&["127.0.0.0/8".parse().unwrap()], Duration::from_millis(300)).unwrap();
    let (watcher, now) = (Watcher { outbound, ..world.watcher.clone() }, world.now);
    let asked = tokio::spawn(async move { watcher.turn(now).await.unwrap() });
    while slow.count("/robots.txt") == 0 {
        tokio::task::yield_now().await;
    }
    assert!(world.watcher.turn(now).await.unwrap());
    assert_eq!(world.server.count("/robots.txt"), 1);
    assert!(asked.await.unwrap());
    world.work().await;
    assert_eq!(world.feed(well).await.state, FeedState::Ok);
    let hangs = world.feed(hangs).await;
    assert_eq!(hangs.state, FeedState::Failing);
    let problem = hangs.problem.unwrap();
    assert!(problem.contains("is unavailable") && problem.contains("timed out"), "{problem}");
    assert_eq!(slow.count("/feed.xml"), 0);
}
