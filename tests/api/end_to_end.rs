//! The main job: an article goes in, is read by the real extractor, and its timeline comes out.

use crate::support::{Answer, Api};
use axum::http::StatusCode;
use serde_json::{Value, json};
use sqlx::PgPool;

const ARTICLE: &str = include_str!("../corpus/articles/lake-talks.txt");
const MARCH: &str = "/v1/timeline?from=2023-03-01&to=2023-03-31";

async fn post(api: &Api, address: &str) -> Answer {
    api.post(address, "text/plain; charset=utf-8", ARTICLE).await
}

/// What a reader would check of each event.
fn told(events: &Value) -> Value {
    let told = |event: &Value| {
        let parties: Vec<_> = event["participants"].as_array().unwrap().iter().map(|party| &party["code"]).collect();
        json!([event["edtf"], event["kind"], event["status"], parties, event["place"]["name"]])
    };
    events.as_array().unwrap().iter().map(told).collect()
}

fn expected() -> Value {
    json!([
        ["2023-03-07", "talks", "confirmed", ["JP", "AU"], "Lugano"],
        ["2023-03-09", "meeting", "tentative", ["AU", "ASEAN"], null],
        ["2023-03-10", "meeting", "confirmed", ["PIF"], null],
    ])
}

#[sqlx::test]
async fn an_article_becomes_its_timeline_and_again_changes_nothing(pool: PgPool) {
    let api = Api::new(pool);
    let first = post(&api, "/v1/articles").await;
    assert_eq!(first.status, StatusCode::CREATED);
    assert_eq!(told(&first.json()["events"]), expected());
    let timeline = api.get(MARCH).await.json();
    let days: Vec<_> = timeline["items"].as_array().unwrap().iter().map(|day| day["date"].clone()).collect();
    assert_eq!(days, ["2023-03-07", "2023-03-09", "2023-03-10"]);

    let again = post(&api, "/v1/articles").await;
    assert_eq!((again.status, again.json()), (StatusCode::OK, first.json()));
    assert_eq!(api.get(MARCH).await.json()["items"], timeline["items"]);
}

#[sqlx::test]
async fn reading_alone_stores_nothing(pool: PgPool) {
    let api = Api::new(pool);
    let read = post(&api, "/v1/extract").await;
    assert_eq!(read.status, StatusCode::OK);
    let events = &read.json()["events"];
    assert_eq!(told(events), expected());
    assert!(events.as_array().unwrap().iter().all(|event| event["id"].is_null()), "{events}");
    assert!(read.json().get("explanation").is_none());
    assert_eq!(api.get("/v1/articles").await.json()["items"], json!([]));
    assert_eq!(api.get(MARCH).await.json()["items"], json!([]));
}

#[sqlx::test]
async fn it_explains_what_it_reads_and_by_which_rule(pool: PgPool) {
    let api = Api::new(pool);
    let explained = post(&api, "/v1/extract?explain=true").await.json();
    let sentences = explained["explanation"].as_array().unwrap();
    let of =
        |field: &str| -> Vec<&Value> { sentences.iter().flat_map(|said| said[field].as_array().unwrap()).collect() };
    assert!(of("events").iter().any(|event| event["starts_on"] == "2023-03-07" && event["rule"].is_string()));
    assert!(of("dates").iter().any(|date| date["text"] == "7 March" && date["no_event"].is_null()));
    assert!(of("names").iter().any(|name| name["text"] == "Lugano" && name["place"] == "Lugano"));
    assert_eq!(told(&explained["events"]), expected());
    let problem = post(&api, "/v1/extract?explain=1").await.problem(StatusCode::BAD_REQUEST);
    assert_eq!(
        (&problem["field"], problem["detail"].as_str().unwrap().contains("true, false")),
        (&json!("explain"), true)
    );
}

#[sqlx::test]
async fn every_filter_finds_what_the_article_says(pool: PgPool) {
    let api = Api::new(pool);
    post(&api, "/v1/articles").await;
    let cases: [(&str, &[&str]); 8] = [
        ("q=tuna+fleets", &["2023-03-07"]),
        ("participant=JP", &["2023-03-07"]),
        ("participant=australia", &["2023-03-07", "2023-03-09"]),
        ("participant=AU&participant=ASEAN", &["2023-03-09"]),
        ("country=CH", &["2023-03-07"]),
        ("kind=meeting", &["2023-03-09", "2023-03-10"]),
        ("status=tentative", &["2023-03-09"]),
        ("q=submarines", &[]),
    ];
    for (query, days) in cases {
        let found = api.get(&format!("/v1/events?{query}")).await.json();
        let found: Vec<_> = found["items"].as_array().unwrap().iter().map(|event| event["edtf"].clone()).collect();
        assert_eq!(found, days, "{query}");
    }
}

#[sqlx::test]
async fn deleting_the_article_withdraws_its_events(pool: PgPool) {
    let api = Api::new(pool);
    let posted = post(&api, "/v1/articles").await.json();
    let address = format!("/v1/articles/{}", posted["article"]["id"].as_str().unwrap());
    assert_eq!(api.delete(&address).await.status, StatusCode::NO_CONTENT);
    for event in posted["events"].as_array().unwrap() {
        api.get(&format!("/v1/events/{}", event["id"].as_str().unwrap())).await.problem(StatusCode::GONE);
    }
    assert_eq!(api.get(MARCH).await.json()["items"], json!([]));
}
