//! Items whose pages are faulty.

use crate::{
    server::Says,
    world::{World, html, rss},
};
use daybook::{feed::ItemState, store::FeedItem};
use sqlx::PgPool;

/// Polls a feed of one item with this full text, whose page responds with this, and returns the
/// outcome of the item.
async fn item(world: &mut World, content: &str, says: Says) -> FeedItem {
    let content = format!("<content:encoded><![CDATA[{content}]]></content:encoded></item>");
    let text = rss(&["a"]).replace("</item>", if content.contains("<p>") { &content } else { "</item>" });
    let text = text.replace("<rss ", r#"<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" "#);
    world.server.says("/feed.xml", Says::Tagged(text));
    world.server.says("/a", says);
    let id = world.watch("/feed.xml").await;
    world.work().await;
    world.items(id).await.remove(0)
}

const IN_FULL: &str = "<p>Chile and Peru will hold talks in Lima on 20 March, the foreign ministry of Chile told reporters on \
                       Sunday after a week of telephone calls between the two capitals.</p><p>It is the first such meeting in \
                       three years, and both sides have said that they will speak about the harbours in the north.</p>";

#[sqlx::test]
async fn the_text_in_the_feed_is_taken_where_the_page_cannot_be_had(pool: PgPool) {
    let mut world = World::new(pool).await;
    let item = item(&mut world, IN_FULL, Says::Status(403, None)).await;
    assert_eq!((item.state, item.problem), (ItemState::Stored, None));
    let articles = world.articles().await;
    assert!(articles[0].text.as_deref().unwrap().contains("talks in Lima on 20 March"), "{articles:?}");
    assert_eq!(articles[0].url, Some(world.url("/a")));
    assert_eq!(world.server.count("/a"), 1);
}

#[sqlx::test]
async fn the_page_outranks_the_text_in_the_feed(pool: PgPool) {
    let mut world = World::new(pool).await;
    item(&mut world, IN_FULL, Says::Text("text/html", html("a", ""))).await;
    assert!(world.articles().await[0].text.as_deref().unwrap().contains("Lugano"));
}

#[sqlx::test]
async fn an_item_that_is_no_article_says_why(pool: PgPool) {
    for (says, why) in [
        (Says::Status(404, None), "it answered 404 Not Found"),
        (Says::Text("application/pdf", "%PDF".into()), "it is not a web page, but application/pdf"),
        (Says::Endless, "larger than"),
        (Says::MovedForNow("/".into()), "it redirects to the front page"),
        (Says::MovedForNow("/a".into()), "redirects too often"),
        (Says::MovedForNow("http://10.0.0.1/a".into()), "10.0.0.1, which is not a public address"),
    ] {
        let mut world = World::new(pool.clone()).await;
        world.server.says("/", Says::Text("text/html", html("front", "")));
        let item = item(&mut world, "", says).await;
        let problem = item.problem.unwrap();
        assert!(item.state == ItemState::Failed && problem.contains(why), "{why}: {problem}");
        assert_eq!(item.next_at, None);
    }
    assert_eq!(World::new(pool).await.articles().await.len(), 0);
}

#[sqlx::test]
async fn an_item_without_a_date_on_either_side_says_so(pool: PgPool) {
    let mut world = World::new(pool).await;
    let text = rss(&["a", "b"]).replace("pubDate", "noDate");
    world.server.says("/feed.xml", Says::Tagged(text));
    world.server.says("/a", Says::Text("text/html", html("a", "")));
    world.server.says("/b", crate::world::page("b"));
    let id = world.watch("/feed.xml").await;
    world.work().await;
    assert_eq!(world.states(id).await, [ItemState::Failed, ItemState::Stored]);
    let problem = world.items(id).await.remove(0).problem.unwrap();
    assert!(problem.contains("published_on"), "{problem}");
}

#[sqlx::test]
async fn a_page_that_cannot_be_had_now_is_tried_again_and_not_for_ever(pool: PgPool) {
    let mut world = World::new(pool).await;
    let first = item(&mut world, "", Says::Status(503, None)).await;
    assert_eq!((first.state, first.tries), (ItemState::Waiting, 1));
    assert_eq!(first.problem.as_deref(), Some("it answered 503 Service Unavailable"));
    for _ in 0..10 {
        world.pass("3h");
        world.work().await;
    }
    assert_eq!(world.server.count("/a"), 5);
    let feed = world.store().feeds(None, 1).await.unwrap().items.remove(0);
    let last = world.items(feed.id).await.remove(0);
    assert_eq!((last.state, last.tries), (ItemState::Failed, 5));
    assert_eq!(last.problem.as_deref(), Some("it answered 503 Service Unavailable, 5 times"));
}

#[sqlx::test]
async fn a_page_is_had_as_soon_as_it_is_back(pool: PgPool) {
    let mut world = World::new(pool).await;
    let first = item(&mut world, "", Says::Status(429, Some("1800"))).await;
    assert!(first.next_at.unwrap() > world.now + "28m".parse::<jiff::SignedDuration>().unwrap());
    world.server.says("/a", crate::world::page("a"));
    world.pass("15m");
    world.work().await;
    assert_eq!(world.articles().await.len(), 0);
    world.pass("15m");
    world.work().await;
    assert_eq!(world.articles().await.len(), 1);
}

#[sqlx::test]
async fn what_two_feeds_list_is_read_once(pool: PgPool) {
    let mut world = World::new(pool).await;
    world.publishes("/one.xml", &["a"]);
    world.publishes("/two.xml", &["a"]);
    let (one, two) = (world.watch("/one.xml").await, world.watch("/two.xml").await);
    world.work().await;
    assert_eq!(world.server.count("/a"), 1);
    let article = world.articles().await[0].id;
    for feed in [one, two] {
        assert_eq!(world.items(feed).await[0].article, Some(article));
    }
}
