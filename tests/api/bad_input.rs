//! Invalid input: the response is a problem document that names it, never a server error, and
//! nothing is stored.

use crate::support::Api;
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use serde_json::json;
use sqlx::PgPool;

#[sqlx::test]
async fn a_wrong_article_is_refused_by_name(pool: PgPool) {
    let api = Api::new(pool);
    let json = "application/json";
    let cases: &[(&str, &[u8], Option<&str>, &str)] = &[
        (json, b"", None, "empty"),
        (json, b" \n", None, "empty"),
        (json, b"{\"text\": \"a\"", None, "not JSON"),
        (json, b"{} {}", Some("text"), "missing"),
        (json, br#"{"text": "a", "published_on": "2022-01-02"} x"#, None, "not JSON"),
        (json, b"[]", None, "article"),
        (json, br#"["Title", "Talks open.", "2022-01-02"]"#, None, "not an array"),
        (json, b"null", None, "article"),
        (json, b"\"text\"", None, "article"),
        (json, br#"{"text": "a"}"#, Some("published_on"), "missing"),
        (json, br#"{"published_on": "2022-01-02"}"#, Some("text"), "missing"),
        (json, br#"{"text": "a", "published_on": "2022-02-30"}"#, Some("published_on"), "not a date"),
        (json, br#"{"text": "a", "published_on": "soon"}"#, Some("published_on"), "2023-02-14"),
        (json, br#"{"text": "a", "published_on": 20220102}"#, Some("published_on"), "integer"),
        (json, br#"{"text": "a", "published_on": "2022-01-02T10:00:00"}"#, Some("published_on"), "not a date"),
        (json, br#"{"text": "a", "published_on": "-002022-01-02"}"#, Some("published_on"), "not a date"),
        (json, br#"{"text": "a", "published_on": "0000-01-02"}"#, Some("published_on"), "9999"),
        (json, br#"{"text": 7, "published_on": "2022-01-02"}"#, Some("text"), "string"),
        (json, br#"{"text": " ", "published_on": "2022-01-02"}"#, Some("text"), "empty"),
        (json, br#"{"text": "a\u0000b", "published_on": "2022-01-02"}"#, Some("text"), "NUL"),
        (json, br#"{"text": "\ud800", "published_on": "2022-01-02"}"#, None, "JSON"),
        (json, br#"{"text": "a", "published_on": "2022-01-02", "colour": "red"}"#, Some("colour"), "unknown field"),
        (json, br#"{"text": "a", "text": "b", "published_on": "2022-01-02"}"#, Some("text"), "duplicate"),
        (json, br#"{"text": "a", "published_on": "2022-01-02", "url": "a.html"}"#, Some("url"), "URL"),
        (json, b"{\"text\": \"\xff\", \"published_on\": \"2022-01-02\"}", None, "UTF-8 at byte 10"),
        ("text/plain", b"", None, "empty"),
        ("text/plain", b"Title\n20220230\nhttps://a.example\nBody", Some("published_on"), "20220230"),
        ("text/plain", b"Title\n20220102\nhttps://a.example\n", Some("text"), "empty"),
        ("text/plain", b"Title\n20220102\nhttps://a.example\nA\0b", Some("text"), "NUL"),
        ("text/plain", b"Title\n20220102\nhttps://a.example\nA\xffb", None, "UTF-8"),
    ];
    for address in ["/v1/articles", "/v1/extract"] {
        for (content_type, body, field, detail) in cases {
            let answer = api.post(address, content_type, body.to_vec()).await;
            let problem = answer.problem(StatusCode::BAD_REQUEST);
            let shown = String::from_utf8_lossy(body);
            assert_eq!(problem["field"].as_str(), *field, "{shown}: {problem}");
            assert!(problem["detail"].as_str().unwrap().contains(detail), "{shown}: {problem}");
        }
    }
    assert_eq!(api.get("/v1/articles").await.json()["items"], json!([]));
}

#[sqlx::test]
async fn a_body_of_another_type_is_refused(pool: PgPool) {
    let api = Api::new(pool);
    let body = r#"{"text": "a", "published_on": "2022-01-02"}"#;
    for content_type in ["application/xml", "text/css", "", "application/json; charset=iso-8859-1", "*/*"] {
        let problem = api.post("/v1/articles", content_type, body).await.problem(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("application/json") && detail.contains("text/plain"), "{detail}");
    }
    let request = Request::post("/v1/articles").body(Body::from(body)).unwrap();
    api.send(request).await.problem(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let compressed = |encoding: &str| {
        let request = Request::post("/v1/articles").header("Content-Encoding", encoding);
        api.send(request.header("Content-Type", "application/json").body(Body::from(body)).unwrap())
    };
    let problem = compressed("compress").await.problem(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert!(problem["detail"].as_str().unwrap().contains("gzip or zstd"), "{problem}");
    // The body does not match its encoding.
    let problem = compressed("gzip").await.problem(StatusCode::BAD_REQUEST);
    assert!(problem["detail"].as_str().unwrap().contains("Content-Encoding"), "{problem}");
}

#[sqlx::test]
async fn a_body_over_the_limit_is_refused_with_and_without_its_length(pool: PgPool) {
    let api = Api::new(pool);
    let body = |length: usize| {
        let heading = "Title\n20220102\n\n";
        format!("{heading}{}", "a".repeat(length - heading.len()))
    };
    let limit = 1 << 20;
    assert_eq!(api.post("/v1/articles", "text/plain", body(limit)).await.status, StatusCode::CREATED);
    let problem = api.post("/v1/articles", "text/plain", body(limit + 1)).await.problem(StatusCode::PAYLOAD_TOO_LARGE);
    assert!(problem["detail"].as_str().unwrap().contains("1048576"), "{problem}");

    let request = Request::post("/v1/articles").header(header::CONTENT_LENGTH, limit + 1);
    let request = request.header(header::CONTENT_TYPE, "text/plain").body(Body::from(body(limit + 1))).unwrap();
    api.send(request).await.problem(StatusCode::PAYLOAD_TOO_LARGE);
}

#[sqlx::test]
async fn wrong_addresses_and_methods_are_problems_too(pool: PgPool) {
    let api = Api::new(pool);
    for uri in ["/nothing", "/v1", "/v1/events/", "/v1/articles/a/b"] {
        api.get(uri).await.problem(StatusCode::NOT_FOUND);
    }
    for uri in ["/v1/articles/1", "/v1/events/not-a-uuid", "/v1/events/%FF"] {
        let problem = api.get(uri).await.problem(StatusCode::BAD_REQUEST);
        assert_eq!(problem["field"], "id");
    }
    let request = Request::builder().method(Method::PUT).uri("/v1/articles").body(Body::empty()).unwrap();
    let answer = api.send(request).await;
    answer.problem(StatusCode::METHOD_NOT_ALLOWED);
    let allowed = answer.header(header::ALLOW);
    assert!(allowed.contains("GET") && allowed.contains("POST"), "{allowed}");
    api.delete("/v1/events").await.problem(StatusCode::METHOD_NOT_ALLOWED);
}

#[sqlx::test]
async fn unknown_parameters_are_refused_on_every_route(pool: PgPool) {
    let api = Api::new(pool);
    let id = "01941f29-7c00-7a11-8a3e-2f0c6c1b9d10";
    let uris =
        ["/v1/articles".to_owned(), format!("/v1/articles/{id}"), format!("/v1/events/{id}"), "/v1/events".to_owned()];
    for uri in uris {
        let problem = api.get(&format!("{uri}?colour=red")).await.problem(StatusCode::BAD_REQUEST);
        assert_eq!(problem["field"], "colour", "{uri}");
    }
    let article = json!({"text": "a", "published_on": "2022-01-02"});
    for uri in ["/v1/articles?colour=red", "/v1/extract?colour=red"] {
        assert_eq!(api.post_json(uri, &article).await.problem(StatusCode::BAD_REQUEST)["field"], "colour");
    }
}

#[sqlx::test]
async fn text_in_no_language_and_odd_characters_are_taken(pool: PgPool) {
    let api = Api::new(pool);
    for text in ["1 2 3", "\u{fffd}\u{10ffff}\u{feff}\u{202e}", "\r\n.\r\n", "'; drop table articles; --"] {
        let posted = api.post_json("/v1/articles", &json!({"text": text, "published_on": "9999-12-31"})).await;
        assert_eq!(posted.status, StatusCode::CREATED, "{text:?}");
        assert_eq!(posted.json()["article"]["text"], text);
    }
}
