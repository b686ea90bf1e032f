//! A feed without faults.

use crate::world::World;
use daybook::feed::{FeedState, ItemState};
use jiff::SignedDuration;
use sqlx::PgPool;

#[sqlx::test]
async fn what_a_feed_lists_becomes_articles_and_events(pool: PgPool) {
    let mut world = World::new(pool).await;
    world.publishes("/feed.xml", &["harbour"]);
    let id = world.watch("/feed.xml").await;
    assert_eq!(world.feed(id).await.state, FeedState::Waiting);
    world.work().await;

    let feed = world.feed(id).await;
    assert_eq!((feed.state, feed.problem.as_deref()), (FeedState::Ok, None));
    assert_eq!(feed.title.as_deref(), Some("Harbour News"));
    assert!(feed.last_fetched_at.is_some() && feed.last_new_at == feed.last_fetched_at);
    let articles = world.articles().await;
    assert_eq!(articles.len(), 1);
    assert_eq!(articles[0].url, Some(world.url("/harbour")));
    assert_eq!(articles[0].title.as_deref(), Some("On harbour"));
    assert_eq!(articles[0].external_id.as_deref(), Some("id-harbour"));
    // The date is the publisher's own, in its time zone.
    assert_eq!(articles[0].published_on.to_string(), "2023-03-05");
    assert_eq!(articles[0].published_at.unwrap().to_string(), "2023-03-04T23:30:00Z");
    let text = articles[0].text.as_deref().unwrap();
    assert!(text.contains("talks in Lugano on 7 March"), "{text}");
    let items = world.items(id).await;
    assert_eq!((items[0].state, items[0].article), (ItemState::Stored, Some(articles[0].id)));
    assert!(world.server.asked()[0].user_agent.starts_with("daybook/"));
}

#[sqlx::test]
async fn each_item_is_read_once_and_new_ones_when_they_come(pool: PgPool) {
    let mut world = World::new(pool).await;
    world.publishes("/feed.xml", &["b", "a"]);
    let id = world.watch("/feed.xml").await;
    world.work().await;
    // The newest first.
    assert_eq!(world.server.paths(), ["/feed.xml", "/b", "/a"]);
    world.pass("1h");
    world.publishes("/feed.xml", &["c", "b", "a"]);
    world.work().await;
    assert_eq!(world.server.paths()[3..], ["/feed.xml", "/c"]);
    assert_eq!(world.articles().await.len(), 3);
    assert_eq!(world.feed(id).await.items.stored, 3);
}

#[sqlx::test]
async fn a_feed_is_asked_for_what_changed_only(pool: PgPool) {
    let mut world = World::new(pool).await;
    world.publishes("/feed.xml", &["a"]);
    let id = world.watch("/feed.xml").await;
    world.work().await;
    let tag = world.feed(id).await.last_new_at;
    world.pass("1h");
    world.work().await;
    let asked = world.server.asked();
    assert_eq!((asked[0].if_none_match.as_deref(), asked[0].if_modified_since.as_deref()), (None, None));
    assert!(asked[2].if_none_match.is_some());
    assert_eq!(asked[2].if_modified_since.as_deref(), Some(crate::server::LAST_MODIFIED));
    let feed = world.feed(id).await;
    assert_eq!((feed.state, feed.last_new_at), (FeedState::Ok, tag));
    assert!(feed.last_fetched_at > tag);
}

#[sqlx::test]
async fn a_feed_is_asked_as_often_as_was_said(pool: PgPool) {
    let mut world = World::new(pool).await;
    world.publishes("/feed.xml", &[]);
    world.watch("/feed.xml").await;
    world.work().await;
    world.pass("55m");
    world.work().await;
    assert_eq!(world.server.count("/feed.xml"), 1);
    world.pass("5m");
    world.work().await;
    assert_eq!(world.server.count("/feed.xml"), 2);
}

#[sqlx::test]
async fn a_feed_may_say_how_often_where_nobody_else_does(pool: PgPool) {
    let mut world = World::new(pool).await;
    let text = crate::world::rss(&[]).replace("<title>", "<ttl>120</ttl><title>");
    world.server.says("/feed.xml", crate::server::Says::Tagged(text));
    let url = world.url("/feed.xml").parse().unwrap();
    let (feed, _) = world.store().enter_feed(&url, None, None, world.now).await.unwrap();
    world.work().await;
    let feed = world.feed(feed.id).await;
    assert!(feed.next_at.unwrap() > world.now + SignedDuration::from_mins(110));
    // The new URL is stored even if the feed is unchanged.
    world.pass("2h");
    world.work().await;
    let feed = world.feed(feed.id).await;
    assert!(feed.next_at.unwrap() > world.now + SignedDuration::from_mins(110));
}

#[sqlx::test]
async fn a_feed_that_is_not_enabled_is_left_alone_with_its_items(pool: PgPool) {
    let mut world = World::new(pool).await;
    world.publishes("/feed.xml", &["a"]);
    let id = world.watch("/feed.xml").await;
    let set = async |world: &World, enabled| {
        let change = daybook::store::FeedChange { enabled: Some(enabled), ..Default::default() };
        assert!(world.store().change_feed(id, &change).await.unwrap());
    };
    // robots.txt and the feed, but not yet its item.
    world.watcher.turn(world.now).await.unwrap();
    world.pass("3s");
    world.watcher.turn(world.now).await.unwrap();
    set(&world, false).await;
    world.pass("2h");
    world.work().await;
    assert_eq!(world.server.paths(), ["/feed.xml"]);
    set(&world, true).await;
    world.work().await;
    assert_eq!(world.server.count("/a"), 1);
}
