//! `updated_since`: what changed since a moment, for those who keep a copy.

use crate::support::{Api, asean, in_place, japan, mention, on};
use axum::http::StatusCode;
use daybook::event::{Kind, Mention, Role, Status};
use serde_json::{Value, json};
use sqlx::PgPool;

fn talks() -> Mention {
    in_place(mention(Kind::Talks, "2023-03-07", &[japan(), asean()]), "Lugano", "CH")
}

/// Where changes go on after a list.
async fn position(api: &Api, query: &str) -> String {
    let list = api.get(&format!("/v1/events?{query}")).await.json();
    list["next_updated_since"].as_str().unwrap().to_owned()
}

/// What changed, as soon as no other transaction on this server could still tell of something earlier.
async fn changes(api: &Api, query: &str, count: usize) -> Value {
    let list = async || api.get(&format!("/v1/events?{query}")).await.json();
    for _ in 0..2000 {
        let told = list().await;
        if told["items"].as_array().unwrap().len() >= count {
            return told;
        }
        tokio::task::yield_now().await;
    }
    list().await
}

#[sqlx::test]
async fn each_answer_tells_where_the_next_goes_on(pool: PgPool) {
    let api = Api::new(pool);
    let start = position(&api, "").await;
    let first = api.ingest(&on("2023-02-10", "One."), &[talks()]).await;
    let told = changes(&api, &format!("updated_since={start}"), 1).await;
    assert_eq!(told["items"][0]["id"], json!(first.events[0].id));
    assert_eq!(told["next_cursor"], Value::Null);
    let next = told["next_updated_since"].as_str().unwrap();
    assert_eq!(changes(&api, &format!("updated_since={next}"), 0).await["items"], json!([]));

    let off = Mention { role: Role::Changes, status: Status::Cancelled, ..talks() };
    api.ingest(&on("2023-02-11", "Two."), &[off]).await;
    let told = changes(&api, &format!("updated_since={next}"), 1).await;
    assert_eq!(told["items"][0]["status"], "cancelled");
    // An instant does as well.
    let since_then = changes(&api, "updated_since=2023-03-05T12:00:00Z", 1).await;
    assert_eq!(since_then["items"], told["items"]);
    assert_eq!(changes(&api, "updated_since=2023-03-05T12:00:01Z", 0).await["items"], json!([]));
}

#[sqlx::test]
async fn what_is_gone_is_told_with_its_reason(pool: PgPool) {
    let api = Api::new(pool);
    let of = |party| in_place(mention(Kind::Talks, "2023-03-07", &[party]), "Lugano", "CH");
    let one = api.ingest(&on("2023-02-10", "One."), &[of(japan())]).await.events[0].id.unwrap();
    let two = api.ingest(&on("2023-02-11", "Two."), &[of(asean())]).await.events[0].id.unwrap();
    let vote = api.ingest(&on("2023-02-11", "Vote."), &[mention(Kind::Vote, "2023-03-08", &[japan()])]).await;
    changes(&api, "updated_since=2023-03-05T12:00:00Z", 3).await;
    let start = position(&api, "").await;

    api.ingest(&on("2023-02-12", "Three."), &[talks()]).await;
    api.delete(&format!("/v1/articles/{}", vote.article.id)).await;
    let told = changes(&api, &format!("updated_since={start}"), 3).await;
    let items = told["items"].as_array().unwrap();
    assert!(items.iter().any(|item| item["id"] == json!(one) && item["articles"] == 3), "{told}");
    let merged = json!({"id": two, "removed": true, "reason": "merged", "merged_into": one});
    assert!(items.contains(&merged), "{told}");
    let withdrawn = json!({"id": vote.events[0].id, "removed": true, "reason": "withdrawn"});
    assert!(items.contains(&withdrawn), "{told}");
    // The timeline tells the same.
    let timeline = api.get(&format!("/v1/timeline?updated_since={start}")).await.json();
    assert_eq!(timeline["items"][0]["events"][0]["id"], json!(one));
    assert_eq!(timeline["removed"].as_array().unwrap().len(), 2);
}

#[sqlx::test]
async fn an_event_that_no_longer_fits_the_filter_has_left(pool: PgPool) {
    let api = Api::new(pool);
    let event = api.ingest(&on("2023-02-10", "One."), &[talks()]).await.events[0].id.unwrap();
    let other = api.ingest(&on("2023-02-10", "Vote."), &[mention(Kind::Vote, "2023-03-08", &[japan()])]).await;
    assert_eq!(other.events.len(), 1);
    changes(&api, "updated_since=2023-03-05T12:00:00Z", 2).await;
    let start = position(&api, "").await;
    let off = Mention { role: Role::Changes, status: Status::Cancelled, ..talks() };
    api.ingest(&on("2023-02-11", "Two."), &[off]).await;
    let told = changes(&api, &format!("status=confirmed&updated_since={start}"), 1).await;
    assert_eq!(told["items"], json!([{"id": event, "removed": true, "reason": "left"}]));
    // Whoever never saw it is not told.
    assert_eq!(changes(&api, &format!("kind=vote&updated_since={start}"), 0).await["items"], json!([]));
}

#[sqlx::test]
async fn pages_of_changes_reach_each_once(pool: PgPool) {
    let api = Api::new(pool);
    for day in ["2023-03-07", "2023-03-08", "2023-03-09"] {
        api.ingest(
            &on("2023-02-10", day),
            &[mention(Kind::Talks, day, &[japan()]), mention(Kind::Vote, day, &[asean()])],
        )
        .await;
    }
    let all = changes(&api, "updated_since=2023-03-05T12:00:00Z", 6).await;
    let mut seen = Vec::new();
    let mut uri = "/v1/events?updated_since=2023-03-05T12:00:00Z&limit=2".to_owned();
    loop {
        let page = api.get(&uri).await;
        let body = page.json();
        seen.extend(body["items"].as_array().unwrap().clone());
        if body["next_cursor"].is_null() {
            break;
        }
        assert_eq!(body["next_cursor"], body["next_updated_since"]);
        page.header(axum::http::header::LINK).trim_start_matches('<').split('>').next().unwrap().clone_into(&mut uri);
    }
    assert_eq!(json!(seen), all["items"]);
}

#[sqlx::test]
async fn what_lies_too_far_back_is_gone(pool: PgPool) {
    let api = Api::new(pool);
    let old = api.get("/v1/events?updated_since=2022-12-05T11:59:59Z").await.problem(StatusCode::GONE);
    assert_eq!(old["field"], "updated_since");
    assert_eq!(api.get("/v1/events?updated_since=2022-12-05T12:00:00Z").await.status, StatusCode::OK);
    for (query, field) in [
        ("updated_since=lately", "updated_since"),
        ("updated_since=2023-03-05T12:00:00Z&as_of=2023-03-01", "updated_since"),
        ("updated_since=2023-03-05T12:00:00Z&cursor=2022011001941f297c007a118a3e2f0c6c1b9d10", "cursor"),
        ("as_of=soon", "as_of"),
    ] {
        let problem = api.get(&format!("/v1/events?{query}")).await.problem(StatusCode::BAD_REQUEST);
        assert_eq!(problem["field"], field, "{query}");
    }
}
