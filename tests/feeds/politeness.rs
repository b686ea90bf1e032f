//! The watcher follows the rules of hosts: robots.txt, delays and `Retry-After`.

use crate::{server::Says, world::World};
use daybook::feed::{FeedState, ItemState};
use sqlx::PgPool;

fn robots(text: &str) -> Says {
    Says::Text("text/plain", text.into())
}

#[sqlx::test]
async fn robots_txt_is_asked_for_first_and_once_a_day(pool: PgPool) {
    let mut world = World::new(pool).await;
    world.publishes("/feed.xml", &["a"]);
    world.watch("/feed.xml").await;
    assert!(world.watcher.turn(world.now).await.unwrap());
    assert_eq!((world.server.count("/robots.txt"), world.server.asked().len()), (1, 0));
    for _ in 0..20 {
        world.pass("1h");
        world.work().await;
    }
    assert_eq!(world.server.count("/robots.txt"), 1);
    world.pass("4h");
    world.work().await;
    assert_eq!(world.server.count("/robots.txt"), 2);
}

#[sqlx::test]
async fn what_robots_txt_forbids_is_not_read(pool: PgPool) {
    let mut world = World::new(pool).await;
    world.server.says("/robots.txt", robots("User-agent: daybook\nDisallow: /a\nDisallow: /closed"));
    world.publishes("/feed.xml", &["a", "b"]);
    world.publishes("/closed.xml", &[]);
    let (open, closed) = (world.watch("/feed.xml").await, world.watch("/closed.xml").await);
    world.work().await;
    assert_eq!(world.states(open).await, [ItemState::Failed, ItemState::Stored]);
    assert!(world.items(open).await[0].problem.as_ref().unwrap().contains("robots.txt of the host disallows"));
    let closed_feed = world.feed(closed).await;
    assert_eq!(closed_feed.state, FeedState::Refused);
    assert!(closed_feed.problem.unwrap().contains("robots.txt of the host disallows"));
    assert_eq!(world.server.count("/a") + world.server.count("/closed.xml"), 0);
    // The rules may change, so they are fetched again.
    world.server.says("/robots.txt", robots(""));
    world.pass("24h");
    world.work().await;
    assert_eq!(world.feed(closed).await.state, FeedState::Ok);
}

#[sqlx::test]
async fn items_of_another_host_obey_that_host(pool: PgPool) {
    let mut world = World::new(pool).await;
    let other = crate::server::Server::start().await;
    other.says("/robots.txt", robots("User-agent: *\nDisallow: /"));
    let text = crate::world::rss(&["a"]).replace("<link>", &format!("<link>{}", other.address));
    world.server.says("/feed.xml", Says::Tagged(text));
    let id = world.watch("/feed.xml").await;
    world.work().await;
    assert_eq!(world.states(id).await, [ItemState::Failed]);
    assert_eq!((other.count("/robots.txt"), other.count("/a")), (1, 0));
}

#[sqlx::test]
async fn while_robots_txt_cannot_be_had_nothing_is_read(pool: PgPool) {
    let mut world = World::new(pool).await;
    world.server.says("/robots.txt", Says::Status(503, None));
    world.publishes("/feed.xml", &["a"]);
    let id = world.watch("/feed.xml").await;
    world.work().await;
    let feed = world.feed(id).await;
    assert_eq!((feed.state, world.server.count("/feed.xml")), (FeedState::Failing, 0));
    assert!(feed.problem.unwrap().contains("robots.txt of the host is unavailable: it answered 503"));
    world.server.says("/robots.txt", Says::Status(404, None));
    world.pass("3h");
    world.work().await;
    assert_eq!((world.feed(id).await.state, world.articles().await.len()), (FeedState::Ok, 1));
    // The previous rules apply while robots.txt is unavailable.
    world.server.says("/robots.txt", Says::Status(503, None));
    world.publishes("/feed.xml", &["b", "a"]);
    world.pass("25h");
    world.work().await;
    assert_eq!(world.articles().await.len(), 2);
}

#[sqlx::test]
async fn there_is_a_pause_between_two_requests_to_a_host(pool: PgPool) {
    let mut world = World::new(pool).await;
    world.server.says("/robots.txt", robots("User-agent: *\nCrawl-delay: 30"));
    world.publishes("/feed.xml", &["a", "b"]);
    world.watch("/feed.xml").await;
    let turn = async |world: &World| world.watcher.turn(world.now).await.unwrap();
    assert!(turn(&world).await);
    assert!(!turn(&world).await, "no pause after robots.txt");
    world.pass("3s");
    assert!(turn(&world).await);
    for _ in 0..2 {
        world.pass("29s");
        assert!(!turn(&world).await, "no pause as long as the host asks for");
        world.pass("2s");
        assert!(turn(&world).await);
    }
    assert_eq!(world.server.paths(), ["/feed.xml", "/a", "/b"]);
}

#[sqlx::test]
async fn a_host_that_asks_for_time_is_given_it(pool: PgPool) {
    let mut world = World::new(pool).await;
    world.server.says("/busy.xml", Says::Status(429, Some("21600")));
    let busy = world.watch("/busy.xml").await;
    world.work().await;
    assert_eq!(world.feed(busy).await.state, FeedState::Failing);
    // Nothing else is requested from this host meanwhile.
    world.publishes("/feed.xml", &[]);
    world.watch("/feed.xml").await;
    world.pass("5h");
    world.work().await;
    assert_eq!(world.server.paths(), ["/busy.xml"]);
    world.pass("1h");
    world.work().await;
    assert_eq!((world.server.count("/busy.xml"), world.server.count("/feed.xml")), (2, 1));
}
