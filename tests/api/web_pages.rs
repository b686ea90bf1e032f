//! Web pages posted to `/v1/articles` and `/v1/extract`, and the metadata in the query.

use crate::support::Api;
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use serde_json::json;
use sqlx::PgPool;

const DATED: &str = include_str!("../corpus/pages/json-ld.html");
const UNDATED: &str = include_str!("../corpus/pages/no-date.html");
const FRONT_PAGE: &str = include_str!("../corpus/pages/front-page.html");

#[sqlx::test]
async fn a_page_is_stored_with_its_events(pool: PgPool) {
    let api = Api::new(pool);
    let uri = "/v1/articles?url=https://courier.example/amp/4711&external_id=a%201";
    let answer = api.post(uri, "text/html; charset=utf-8", DATED).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let posted = answer.json();
    let article = &posted["article"];
    assert_eq!(article["title"], "Envoys of Chile & Peru to meet in Quito");
    assert_eq!(article["published_on"], "2023-02-15");
    assert_eq!(article["url"], "https://courier.example/world/envoys-to-meet-in-quito");
    assert_eq!(article["source"], "The Lakeside Courier");
    assert_eq!(article["external_id"], "a 1");
    let events: Vec<_> = posted["events"].as_array().unwrap().iter().map(|event| &event["title"]).collect();
    assert_eq!(events[0], "Chile–Peru talks in Quito");
    // Scripts and navigation are not part of the article.
    assert!(!events.iter().any(|title| title.to_string().contains("Utopia")), "{events:?}");

    // The same page under another URL of its site is the same article.
    let again = api.post("/v1/articles?url=https://courier.example/print/9", "Text/HTML", DATED).await;
    assert_eq!((again.status, &again.json()["article"]["id"]), (StatusCode::OK, &article["id"]));
}

#[sqlx::test]
async fn what_a_page_does_not_tell_a_parameter_can(pool: PgPool) {
    let api = Api::new(pool);
    for route in ["/v1/articles", "/v1/extract"] {
        let problem = api.post(route, "text/html", UNDATED).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(problem["field"], "published_on");
        assert!(problem["detail"].as_str().unwrap().contains("the parameter published_on=2023-02-14"), "{problem}");

        let problem = api.post(route, "text/html", FRONT_PAGE).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(problem["field"], "text");
        let nested = "<div>".repeat(100_000);
        api.post(route, "text/html", nested).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
        api.post(route, "text/html", "").await.problem(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let known = "?published_on=2023-02-14&source=The%20Bell&language=en&title=Of%20the%20sender";
    let posted = api.post(&format!("/v1/articles{known}"), "text/html", UNDATED).await.json();
    assert_eq!(posted["article"]["published_on"], "2023-02-14");
    assert_eq!(posted["article"]["source"], "The Bell");
    assert_eq!(posted["article"]["title"], "Of the sender");
    assert_eq!(posted["events"][0]["starts_on"], "2023-03-09");

    let uri = "/v1/extract?published_at=2023-02-14T09:00:00%2B01:00&explain=true";
    let extracted = api.post(uri, "text/html", UNDATED).await.json();
    assert_eq!(extracted["events"][0]["starts_on"], "2023-03-09");
    assert!(extracted["explanation"].is_array());
}

#[sqlx::test]
async fn pages_come_in_their_own_encoding(pool: PgPool) {
    let api = Api::new(pool);
    let page = include_bytes!("../corpus/pages/windows-1251.html");
    let by_meta = api.post("/v1/articles", "text/html", &page[..]).await.json();
    assert_eq!(by_meta["article"]["source"], "Степной вестник");
    let by_type = api.post("/v1/articles", "text/html; charset=windows-1252", &page[..]).await.json();
    assert_eq!(by_type["article"]["source"], "Ñòåïíîé âåñòíèê");
}

#[sqlx::test]
async fn wrong_parameters_are_named(pool: PgPool) {
    let api = Api::new(pool);
    for (query, field) in [
        ("published_on=14.02.2023", "published_on"),
        ("published_on=today", "published_on"),
        ("published_at=2023-02-14", "published_at"),
        ("url=news/1", "url"),
        ("date=2023-02-14", "date"),
        ("title=a&title=b", "title"),
        (&format!("title={}", "x".repeat(2001)), "title"),
    ] {
        for route in ["/v1/articles", "/v1/extract"] {
            let answer = api.post(&format!("{route}?{query}"), "text/html", DATED).await;
            assert_eq!(answer.problem(StatusCode::BAD_REQUEST)["field"], *field, "{query}");
        }
    }
    api.post("/v1/articles?explain=true", "text/html", DATED).await.problem(StatusCode::BAD_REQUEST);
}

#[sqlx::test]
async fn json_has_no_parameters(pool: PgPool) {
    let api = Api::new(pool);
    let article = json!({"text": "Talks open on Monday.", "published_on": "2023-02-14"}).to_string();
    for content_type in ["application/json", "application/x-ndjson"] {
        let answer = api.post("/v1/articles?source=The%20Bell", content_type, article.clone()).await;
        assert_eq!(answer.problem(StatusCode::BAD_REQUEST)["field"], "source", "{content_type}");
    }
    let answer = api.post("/v1/extract?explain=true", "application/json", article).await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[sqlx::test]
async fn text_without_header_lines_comes_with_parameters(pool: PgPool) {
    let api = Api::new(pool);
    let text = "Talks open\non Monday.";
    let answer = api.post("/v1/articles?source=The%20Bell", "text/plain", text).await;
    assert_eq!(answer.problem(StatusCode::BAD_REQUEST)["field"], "published_on");
    let answer = api.post("/v1/articles?source=The%20Bell&published_on=2023-02-14", "text/plain", text).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let article = answer.json()["article"].take();
    assert_eq!((&article["text"], &article["published_on"]), (&json!(text), &json!("2023-02-14")));
    let timed = json!({"text": text, "published_at": "2023-02-15T08:30:00+09:00"}).to_string();
    let answer = api.post("/v1/articles", "application/json", timed).await;
    assert_eq!(answer.json()["article"]["published_on"], "2023-02-15");
}

#[sqlx::test]
async fn a_page_that_is_too_large_is_refused_before_it_is_read(pool: PgPool) {
    let api = Api::new(pool);
    let page = "<p>Talks open.".repeat(4 << 20);
    api.post("/v1/articles", "text/html", page).await.problem(StatusCode::PAYLOAD_TOO_LARGE);
    let announced = Request::post("/v1/articles").header(header::CONTENT_TYPE, "text/html");
    let announced = announced.header(header::CONTENT_LENGTH, 50_000_000).body(Body::from("<p>")).unwrap();
    api.send(announced).await.problem(StatusCode::PAYLOAD_TOO_LARGE);
}
