//! The main use: an article is posted, extracted by the real extractor, and its timeline returned.

use crate::support::{Answer, Api};
use axum::http::{StatusCode, header};
use serde_json::{Value, json};
use sqlx::PgPool;

const ARTICLE: &str = include_str!("../corpus/articles/lake-talks.txt");
const MARCH: &str = "/v1/timeline?from=2023-03-01&to=2023-03-31";

async fn post(api: &Api, address: &str) -> Answer {
    api.post(address, "text/plain; charset=utf-8", ARTICLE).await
}

/// The fields that a reader would check.
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
async fn many_articles_come_one_a_line_and_each_line_is_answered(pool: PgPool) {
    let api = Api::new(pool);
    let article = |text: &str| json!({"text": text, "published_on": "2023-02-14", "source": "The Wire"}).to_string();
    let talks = article("Japan and Australia will hold talks in Lugano on 7 March.");
    let body = format!("{talks}\n\n{{\"text\": 7}}\r\n{}\n{talks}", article("Nothing is planned."));
    let send = async |address: &str, body: &str| {
        let answer = api.post(address, "application/x-ndjson", body.to_owned()).await;
        assert_eq!((answer.status, answer.header(header::CONTENT_TYPE)), (StatusCode::OK, "application/x-ndjson"));
        let lines = std::str::from_utf8(&answer.body).unwrap().lines();
        lines.map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<Value>>()
    };
    let answers = send("/v1/articles", &body).await;
    let told: Vec<_> = answers.iter().map(|answer| (answer["line"].clone(), answer["status"].clone())).collect();
    assert_eq!(json!(told), json!([[1, 201], [3, 400], [4, 201], [5, 200]]));
    assert_eq!(told_of(&answers[0]), json!([["2023-03-07", "talks", "confirmed", ["JP", "AU"], "Lugano"]]));
    assert_eq!(answers[1]["field"], "text");
    assert_eq!(answers[3]["article"]["id"], answers[0]["article"]["id"]);
    assert_eq!(api.get("/v1/articles").await.json()["items"].as_array().unwrap().len(), 2);

    let read = send("/v1/extract?explain=true", &format!("{talks}\n[]")).await;
    assert_eq!(json!([read[0]["status"], told_of(&read[0])]), json!([200, told_of(&answers[0])]));
    assert!(read[0]["explanation"].is_array());
    assert_eq!(json!([read[1]["line"], read[1]["status"]]), json!([2, 400]));
    assert_eq!(send("/v1/articles", "\n \n").await, [Value::Null; 0]);
}

fn told_of(answer: &Value) -> Value {
    told(&answer["events"])
}

#[sqlx::test]
async fn it_explains_what_it_reads_and_by_which_rule(pool: PgPool) {
    let api = Api::new(pool);
    let explained = post(&api, "/v1/extract?explain=true").await.json();
    let sentences = explained["explanation"].as_array().unwrap();
    let of =
        |field: &str| -> Vec<&Value> { sentences.iter().flat_map(|said| said[field].as_array().unwrap()).collect() };
    assert!(of("events").iter().any(|event| event["starts_on"] == "2023-03-07" && event["rule"][0].is_string()));
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
