//! `/v1/feeds`: management of feeds. tests/feeds tests polling.

use crate::support::{Answer, Api};
use axum::http::{StatusCode, header};
use daybook::{
    feed::Item,
    store::{FeedFound, FeedOutcome, Task},
};
use jiff::SignedDuration;
use serde_json::{Value, json};
use sqlx::PgPool;

async fn enter(api: &Api, body: Value) -> Answer {
    api.post_json("/v1/feeds", &body).await
}

async fn patch(api: &Api, uri: &str, body: Value) -> Answer {
    let request = axum::http::Request::patch(uri).header(header::CONTENT_TYPE, "application/json");
    api.send(request.body(body.to_string().into()).unwrap()).await
}

#[sqlx::test]
async fn a_feed_is_entered_once(pool: PgPool) {
    let api = Api::new(pool);
    let new = enter(&api, json!({"url": "HTTPS://News.example/feed#x", "source": " The Example ", "every": 600})).await;
    assert_eq!(new.status, StatusCode::CREATED);
    let feed = new.json();
    assert_eq!(new.header(header::LOCATION), format!("/v1/feeds/{}", feed["id"].as_str().unwrap()));
    assert_eq!(
        (&feed["url"], &feed["source"], &feed["every"], &feed["state"], &feed["enabled"]),
        (&json!("https://news.example/feed"), &json!("The Example"), &json!(600), &json!("waiting"), &json!(true))
    );
    assert_eq!((&feed["next_at"], &feed["items"]["waiting"]), (&json!("2023-03-05T12:00:00Z"), &json!(0)));

    let again = enter(&api, json!({"url": "https://news.example/feed", "every": 60.0})).await;
    assert_eq!((again.status, again.json()), (StatusCode::OK, feed.clone()));
    let got = api.get(&format!("/v1/feeds/{}", feed["id"].as_str().unwrap())).await;
    assert_eq!(got.json(), feed);
}

#[sqlx::test]
async fn what_cannot_be_watched_is_refused(pool: PgPool) {
    let api = Api::new(pool);
    for (body, field) in [
        (json!({}), "url"),
        (json!({"url": "news.example"}), "url"),
        (json!({"url": "file:///etc/passwd"}), "url"),
        (json!({"url": "https://me:secret@news.example/"}), "url"),
        (json!({"url": "https://news.example/", "every": 59}), "every"),
        (json!({"url": "https://news.example/", "every": 604_801}), "every"),
        (json!({"url": "https://news.example/", "source": " "}), "source"),
        (json!({"url": "https://news.example/", "name": "x"}), "name"),
    ] {
        let problem = enter(&api, body.clone()).await.problem(StatusCode::BAD_REQUEST);
        assert_eq!(problem["field"], field, "{body}");
        assert!(!problem["detail"].as_str().unwrap().contains("secret"));
    }
    assert_eq!(api.get("/v1/feeds").await.json()["items"], json!([]));
}

#[sqlx::test]
async fn a_feed_is_changed_and_taken_away(pool: PgPool) {
    let api = Api::new(pool);
    let feed = enter(&api, json!({"url": "https://news.example/feed", "every": 600})).await.json();
    let uri = format!("/v1/feeds/{}", feed["id"].as_str().unwrap());
    let changed = patch(&api, &uri, json!({"enabled": false, "source": "Another"})).await;
    assert_eq!(changed.status, StatusCode::OK);
    let changed = changed.json();
    assert_eq!(
        (&changed["enabled"], &changed["source"], &changed["every"]),
        (&json!(false), &json!("Another"), &json!(600))
    );
    assert_eq!(patch(&api, &uri, json!({"every": 1})).await.problem(StatusCode::BAD_REQUEST)["field"], "every");
    assert_eq!(
        patch(&api, &uri, json!({"url": "https://b.example"})).await.problem(StatusCode::BAD_REQUEST)["field"],
        "url"
    );
    assert_eq!(api.post(&format!("{uri}/refresh"), "application/json", "").await.status, StatusCode::ACCEPTED);

    assert_eq!(api.delete(&uri).await.status, StatusCode::NO_CONTENT);
    let refresh = format!("{uri}/refresh");
    let items = format!("{uri}/items");
    for answer in [
        api.get(&uri).await,
        api.get(&items).await,
        api.delete(&uri).await,
        patch(&api, &uri, json!({})).await,
        api.post(&refresh, "application/json", "").await,
    ] {
        answer.problem(StatusCode::NOT_FOUND);
    }
}

#[sqlx::test]
async fn feeds_come_in_pages(pool: PgPool) {
    let api = Api::new(pool);
    for n in 0..3 {
        enter(&api, json!({"url": format!("https://news.example/{n}")})).await;
    }
    let first = api.get("/v1/feeds?limit=2").await.json();
    assert_eq!(
        (&first["items"][0]["url"], &first["items"][1]["url"]),
        (&json!("https://news.example/2"), &json!("https://news.example/1"))
    );
    let next = api.get(&format!("/v1/feeds?limit=2&cursor={}", first["next_cursor"].as_str().unwrap())).await.json();
    assert_eq!((&next["items"][0]["url"], &next["next_cursor"]), (&json!("https://news.example/0"), &Value::Null));
    for query in ["limit=0", "cursor=2022011001941f297c007a118a3e2f0c6c1b9d10", "state=ok"] {
        api.get(&format!("/v1/feeds?{query}")).await.problem(StatusCode::BAD_REQUEST);
    }
}

#[sqlx::test]
async fn the_items_of_a_feed_come_in_pages_and_by_state(pool: PgPool) {
    let api = Api::new(pool);
    let feed = enter(&api, json!({"url": "https://news.example/feed"})).await.json();
    let now = crate::support::now();
    let robots = api.store.take_errand(now).await.unwrap().unwrap();
    let found = daybook::store::RobotsFound { robots: Ok(String::new()), until: now + SignedDuration::from_hours(1) };
    assert!(api.store.robots_found(&robots.lease, &found, now).await.unwrap());
    let errand = api.store.take_errand(now).await.unwrap().unwrap();
    let Task::Feed(due, _) = errand.task else { panic!("{errand:?}") };
    let item = |n: u32| Item {
        key: n.to_string(),
        url: format!("https://news.example/{n}"),
        title: Some(format!("Title {n}")),
        published_on: None,
        published_at: None,
        content: None,
    };
    let outcome = FeedOutcome::Read {
        title: None,
        minutes: None,
        etag: None,
        last_modified: None,
        moved_to: None,
        items: vec![item(3), item(2), item(1)],
    };
    let found = FeedFound { outcome, next_at: Some(now) };
    assert_eq!(api.store.feed_found(&errand.lease, due.id, &found, now, now).await.unwrap(), Some(3));

    let items = format!("/v1/feeds/{}/items", feed["id"].as_str().unwrap());
    let first = api.get(&format!("{items}?limit=2&state=waiting")).await.json();
    let second = format!("{items}?limit=2&state=waiting&cursor={}", first["next_cursor"].as_str().unwrap());
    let second = api.get(&second).await.json();
    let titles: Vec<_> = [&first, &second].into_iter().flat_map(|page| page["items"].as_array().unwrap()).collect();
    let titles: Vec<_> = titles.iter().map(|item| item["title"].as_str().unwrap()).collect();
    assert_eq!((titles, &second["next_cursor"]), (vec!["Title 3", "Title 2", "Title 1"], &Value::Null));
    assert_eq!(api.get(&format!("{items}?state=stored,failed")).await.json()["items"], json!([]));
    assert_eq!(api.get(&format!("{items}?state=lost")).await.problem(StatusCode::BAD_REQUEST)["field"], "state");
    assert_eq!(api.get("/v1/feeds").await.json()["items"][0]["items"]["waiting"], 3);
}
