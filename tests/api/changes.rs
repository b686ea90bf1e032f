//! `updated_since`: changes for clients that keep a copy.

use crate::support::{Api, asean, in_place, japan, mention, on};
use axum::http::StatusCode;
use daybook::event::{Kind, Mention, Role, Status};
use serde_json::{Value, json};
use sqlx::PgPool;

fn talks() -> Mention {
    in_place(mention(Kind::Talks, "2023-03-07", &[japan(), asean()]), "Lugano", "CH")
}

/// Returns the position after a list.
async fn position(api: &Api, query: &str) -> String {
    let list = api.get(&format!("/v1/events?{query}")).await.json();
    list["next_updated_since"].as_str().unwrap().to_owned()
}

#[sqlx::test]
async fn each_answer_tells_where_the_next_goes_on(pool: PgPool) {
    let api = Api::new(pool);
    let start = position(&api, "").await;
    let first = api.ingest(&on("2023-02-10", "One."), &[talks()]).await;
    let told = api.changes(&format!("updated_since={start}"), 1).await;
    assert_eq!(told["items"][0]["id"], json!(first.events[0].id));
    assert_eq!(told["next_cursor"], Value::Null);
    let next = told["next_updated_since"].as_str().unwrap();
    assert_eq!(api.changes(&format!("updated_since={next}"), 0).await["items"], json!([]));

    let off = Mention { role: Role::Changes, status: Status::Cancelled, ..talks() };
    api.ingest(&on("2023-02-11", "Two."), &[off]).await;
    let told = api.changes(&format!("updated_since={next}"), 1).await;
    assert_eq!(told["items"][0]["status"], "cancelled");
    // A timestamp is accepted as well.
    let since_then = api.changes("updated_since=2023-03-05T12:00:00Z", 1).await;
    assert_eq!(since_then["items"], told["items"]);
    assert_eq!(api.changes("updated_since=2023-03-05T12:00:01Z", 0).await["items"], json!([]));
}

#[sqlx::test]
async fn what_is_gone_is_told_with_its_reason(pool: PgPool) {
    let api = Api::new(pool);
    let of = |party| in_place(mention(Kind::Talks, "2023-03-07", &[party]), "Lugano", "CH");
    let one = api.ingest(&on("2023-02-10", "One."), &[of(japan())]).await.events[0].id;
    let two = api.ingest(&on("2023-02-11", "Two."), &[of(asean())]).await.events[0].id;
    let vote = api.ingest(&on("2023-02-11", "Vote."), &[mention(Kind::Vote, "2023-03-08", &[japan()])]).await;
    api.changes("updated_since=2023-03-05T12:00:00Z", 3).await;
    let start = position(&api, "").await;

    api.ingest(&on("2023-02-12", "Three."), &[talks()]).await;
    api.delete(&format!("/v1/articles/{}", vote.article.id)).await;
    let told = api.changes(&format!("updated_since={start}"), 3).await;
    let items = told["items"].as_array().unwrap();
    assert!(items.iter().any(|item| item["id"] == json!(one) && item["article_count"] == 3), "{told}");
    let merged = json!({"id": two, "removed": true, "reason": "merged", "merged_into": one});
    assert!(items.contains(&merged), "{told}");
    let withdrawn = json!({"id": vote.events[0].id, "removed": true, "reason": "withdrawn", "merged_into": null});
    assert!(items.contains(&withdrawn), "{told}");
    // The timeline returns the same.
    let timeline = api.get(&format!("/v1/timeline?updated_since={start}")).await.json();
    assert_eq!(timeline["items"][0]["events"][0]["id"], json!(one));
    assert_eq!(timeline["removed"].as_array().unwrap().len(), 2);
}

#[sqlx::test]
async fn an_event_that_no_longer_fits_the_filter_has_left(pool: PgPool) {
    let api = Api::new(pool);
    let event = api.ingest(&on("2023-02-10", "One."), &[talks()]).await.events[0].id;
    let other = api.ingest(&on("2023-02-10", "Vote."), &[mention(Kind::Vote, "2023-03-08", &[japan()])]).await;
    assert_eq!(other.events.len(), 1);
    api.changes("updated_since=2023-03-05T12:00:00Z", 2).await;
    let start = position(&api, "").await;
    let off = Mention { role: Role::Changes, status: Status::Cancelled, ..talks() };
    api.ingest(&on("2023-02-11", "Two."), &[off]).await;
    let told = api.changes(&format!("status=confirmed&updated_since={start}"), 1).await;
    assert_eq!(told["items"], json!([{"id": event, "removed": true, "reason": "left", "merged_into": null}]));
    // A client that never received the event gets no tombstone.
    assert_eq!(api.changes(&format!("kind=vote&updated_since={start}"), 0).await["items"], json!([]));
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
    let all = api.changes("updated_since=2023-03-05T12:00:00Z", 6).await;
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

/// Returns all changes since a position, fetched in pages of this size, in order.
async fn pages(api: &Api, query: &str, since: &str, size: usize) -> Vec<Value> {
    let (mut told, mut since) = (Vec::new(), since.to_owned());
    loop {
        let page = api.get(&format!("/v1/events?{query}&updated_since={since}&limit={size}")).await.json();
        told.extend(page["items"].as_array().unwrap().clone());
        page["next_updated_since"].as_str().unwrap().clone_into(&mut since);
        if page["next_cursor"].is_null() {
            return told;
        }
    }
}

#[sqlx::test]
async fn whoever_is_behind_is_told_of_what_left_before_it_changed_again(pool: PgPool) {
    let api = Api::new(pool);
    let event = api.ingest(&on("2023-02-10", "One."), &[talks()]).await.events[0].id;
    api.changes("updated_since=2023-03-05T12:00:00Z", 1).await;
    let start = position(&api, "").await;
    let off = Mention { role: Role::Changes, status: Status::Cancelled, ..talks() };
    api.ingest(&on("2023-02-11", "Two."), std::slice::from_ref(&off)).await;
    let vote = api.ingest(&on("2023-02-12", "Vote."), &[mention(Kind::Vote, "2023-03-08", &[japan()])]).await;
    let changed = api.changes(&format!("updated_since={start}"), 2).await;
    let between = changed["next_updated_since"].as_str().unwrap();
    // The vote now precedes the talks, whose latest change is later than the one by which they
    // left.
    let held = Mention { role: Role::Reports, status: Status::Held, ..talks() };
    api.ingest(&on("2023-03-08", "Three."), &[held]).await;
    api.changes(&format!("updated_since={between}"), 1).await;
    let told = pages(&api, "status=confirmed", &start, 1).await;
    let ids: Vec<_> = told.iter().map(|item| item["id"].clone()).collect();
    assert_eq!(ids, [json!(vote.events[0].id), json!(event)]);
    assert_eq!(told[1]["reason"], "left");
}

#[sqlx::test]
async fn whoever_is_behind_is_told_of_what_merged_before_it_was_withdrawn(pool: PgPool) {
    let api = Api::new(pool);
    let of = |party| in_place(mention(Kind::Talks, "2023-03-07", &[party]), "Lugano", "CH");
    let one = api.ingest(&on("2023-02-10", "One."), &[of(japan())]).await;
    let two = api.ingest(&on("2023-02-11", "Two."), &[of(asean())]).await;
    api.changes("updated_since=2023-03-05T12:00:00Z", 2).await;
    let start = position(&api, "").await;
    let both = api.ingest(&on("2023-02-12", "Three."), &[talks()]).await;
    api.ingest(&on("2023-02-12", "Vote."), &[mention(Kind::Vote, "2023-03-08", &[japan()])]).await;
    for article in [one.article.id, two.article.id, both.article.id] {
        api.delete(&format!("/v1/articles/{article}")).await;
    }
    for size in [1, 2, 100] {
        api.changes(&format!("updated_since={start}"), 3).await;
        let told = pages(&api, "", &start, size).await;
        for event in [&one, &two] {
            let id = json!(event.events[0].id);
            assert!(told.iter().any(|item| item["id"] == id && item["removed"] == true), "{told:?}");
        }
    }
}

#[sqlx::test]
async fn an_event_that_lost_what_its_filter_looks_for_is_told_to_be_gone(pool: PgPool) {
    let api = Api::new(pool);
    let by =
        |source: &str, text: &str| daybook::article::Article { source: Some(source.into()), ..on("2023-02-10", text) };
    let article = api.ingest(&by("RTÉ", "One."), &[talks()]).await;
    api.changes("updated_since=2023-03-05T12:00:00Z", 1).await;
    let start = position(&api, "").await;
    api.delete(&format!("/v1/articles/{}", article.article.id)).await;
    let told = api.changes(&format!("source=RT%C3%89&updated_since={start}"), 1).await;
    assert_eq!(told["items"][0]["reason"], "withdrawn", "{told}");

    // The confidence was higher with two sources.
    let first = api.ingest(&by("RTÉ", "One again."), &[talks()]).await;
    let second = api.ingest(&by("AFP", "Two."), &[talks()]).await;
    let sure = "min_confidence=0.9";
    let told = api.changes(&format!("{sure}&updated_since={start}"), 1).await;
    assert_eq!(told["items"].as_array().unwrap().len(), 1, "{told}");
    let start = position(&api, "").await;
    api.delete(&format!("/v1/articles/{}", second.article.id)).await;
    let told = api.changes(&format!("{sure}&updated_since={start}"), 1).await;
    assert_eq!(
        told["items"],
        json!([{"id": first.events[0].id, "removed": true, "reason": "left", "merged_into": null}])
    );
}

#[sqlx::test]
async fn an_event_that_lost_only_evidence_leaves_the_filters_that_look_for_it(pool: PgPool) {
    let api = Api::new(pool);
    let by =
        |source: &str, text: &str| daybook::article::Article { source: Some(source.into()), ..on("2023-02-10", text) };
    let event = api.ingest(&by("RTÉ", "One."), &[talks()]).await.events[0].id;
    let said = Mention { statements: mention(Kind::Summit, "2023-03-07", &[]).statements, ..talks() };
    let second = api.ingest(&by("AFP", "Two."), &[said]).await.article.id;
    api.changes("updated_since=2023-03-05T12:00:00Z", 1).await;
    let start = position(&api, "").await;
    let filters = ["source=AFP".to_owned(), "q=summit".to_owned(), format!("article={second}")];
    for filter in &filters {
        assert_eq!(api.titles(filter).await.len(), 1, "{filter}");
    }
    api.delete(&format!("/v1/articles/{second}")).await;
    api.changes(&format!("updated_since={start}"), 1).await;
    for filter in &filters {
        let left = json!([{"id": event, "removed": true, "reason": "left", "merged_into": null}]);
        for since in [&start, "2023-03-05T12:00:00Z"] {
            let told = api.get(&format!("/v1/events?{filter}&updated_since={since}")).await.json();
            assert_eq!(told["items"], left, "{filter} since {since}");
        }
    }
    // New evidence removes the event from no other filter.
    let start = position(&api, "").await;
    api.ingest(&by("NHK", "Three."), &[talks()]).await;
    let told = api.changes(&format!("source=RTÉ&updated_since={start}"), 1).await;
    assert_eq!((&told["items"][0]["id"], &told["items"][0]["removed"]), (&json!(event), &Value::Null), "{told}");
}

#[sqlx::test]
async fn a_client_that_is_behind_learns_of_lost_evidence_though_the_event_changed_again(pool: PgPool) {
    let api = Api::new(pool);
    let by =
        |source: &str, text: &str| daybook::article::Article { source: Some(source.into()), ..on("2023-02-10", text) };
    let event = api.ingest(&by("RTÉ", "One."), &[talks()]).await.events[0].id;
    let second = api.ingest(&by("AFP", "Two."), &[talks()]).await.article.id;
    api.changes("updated_since=2023-03-05T12:00:00Z", 1).await;
    let start = position(&api, "").await;
    // The event loses evidence, another appears, and the first changes again.
    api.delete(&format!("/v1/articles/{second}")).await;
    api.ingest(&by("AFP", "A vote."), &[mention(Kind::Vote, "2023-03-08", &[japan()])]).await;
    api.ingest(&by("NHK", "Three."), &[talks()]).await;
    api.changes(&format!("updated_since={start}"), 2).await;
    for filter in ["source=AFP".to_owned(), format!("article={second}"), "source=AFP,NPR".to_owned()] {
        let (mut since, mut removed) = (start.clone(), Vec::new());
        for _ in 0..3 {
            let page = api.get(&format!("/v1/events?limit=1&{filter}&updated_since={since}")).await.json();
            let items = page["items"].as_array().unwrap().iter();
            removed.extend(items.filter(|item| item["removed"] == true).map(|item| item["id"].clone()));
            page["next_updated_since"].as_str().unwrap().clone_into(&mut since);
        }
        assert_eq!(removed, [json!(event)], "{filter}");
    }
}

#[sqlx::test]
async fn evidence_that_joins_or_leaves_is_a_change(pool: PgPool) {
    let api = Api::new(pool);
    let start = position(&api, "").await;
    api.ingest(&on("2023-02-10", "One."), &[talks()]).await;
    api.changes(&format!("updated_since={start}"), 1).await;
    let before = position(&api, "").await;
    let vote = [mention(Kind::Vote, "2023-03-08", &[japan()])];
    api.ingest(&on("2023-02-11", "Vote."), &vote).await;
    let second = api.ingest(&on("2023-02-11", "Two."), &[talks()]).await;
    let told = api.changes(&format!("kind=talks&updated_since={before}"), 1).await;
    assert_eq!((&told["items"][0]["article_count"], &told["items"][0]["revision"]), (&json!(2), &json!(1)), "{told}");
    let before = told["next_updated_since"].as_str().unwrap();
    api.delete(&format!("/v1/articles/{}", second.article.id)).await;
    let told = api.changes(&format!("updated_since={before}"), 1).await;
    assert_eq!(told["items"].as_array().unwrap().len(), 1, "the vote did not change: {told}");
    assert_eq!(told["items"][0]["article_count"], 1);
    // The same article again changes nothing.
    let before = told["next_updated_since"].as_str().unwrap();
    api.ingest(&on("2023-02-11", "Vote."), &vote).await;
    assert_eq!(api.changes(&format!("updated_since={before}"), 0).await["items"], json!([]));
}

/// Simulates a dump that was restored on another server, whose transaction counter is far behind.
async fn restore_elsewhere(api: &Api, pool: &PgPool) {
    for statement in [
        "update events set changed_in = (changed_in::text::bigint + 1000000)::text::xid8",
        "update states set closed_in = (closed_in::text::bigint + 1000000)::text::xid8",
        "update webhooks set told_transaction = (told_transaction::text::bigint + 1000000)::text::xid8",
        "update feed set server = 'another'",
    ] {
        sqlx::query(statement).execute(pool).await.unwrap();
    }
    api.store.migrate().await.unwrap();
}

#[sqlx::test]
async fn positions_of_another_server_are_refused_and_its_changes_told(pool: PgPool) {
    let api = Api::new(pool.clone());
    let foreign = position(&api, "").await;
    let event = api.ingest(&on("2023-02-10", "One."), &[talks()]).await.events[0].id;
    let hook = json!({"url": "https://hook.example/", "filters": {}});
    assert_eq!(api.post_json("/v1/webhooks", &hook).await.status, StatusCode::CREATED);
    restore_elsewhere(&api, &pool).await;

    for uri in ["/v1/events", "/v1/timeline", "/v1/stream"] {
        let problem = api.get(&format!("{uri}?updated_since={foreign}")).await.problem(StatusCode::GONE);
        assert_eq!(problem["field"], "updated_since");
    }
    let start = position(&api, "").await;
    let off = Mention { role: Role::Changes, status: Status::Cancelled, ..talks() };
    api.ingest(&on("2023-02-11", "Two."), &[off]).await;
    let told = api.changes(&format!("updated_since={start}"), 1).await;
    assert_eq!(told["items"][0]["id"], json!(event));
    assert_eq!(told["items"][0]["status"], "cancelled");
    // Webhooks resume where they stopped: the change after the dump is due.
    let run = daybook::store::Run::new();
    let at = crate::support::now();
    let due = async || api.store.take_webhooks(run, at, at, 1).await.unwrap();
    let mut taken = due().await;
    for _ in 0..2000 {
        if !taken.is_empty() {
            break;
        }
        tokio::task::yield_now().await;
        taken = due().await;
    }
    let since = daybook::store::Since::Position(taken[0].told);
    let due = api.store.changes(&daybook::store::EventFilter::default(), since, 10, false).await.unwrap();
    assert_eq!(due.items.len(), 1);
}
