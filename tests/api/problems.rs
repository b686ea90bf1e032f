//! Problem documents: stable codes with documentation, all faults at once, and no words of libraries.

use crate::support::Api;
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use serde_json::{Value, json};
use sqlx::PgPool;

/// The faulty fields of a problem with their codes.
fn faults(problem: &Value) -> Vec<(String, String)> {
    let text = |fault: &Value, name: &str| fault[name].as_str().unwrap().to_owned();
    let errors = problem["errors"].as_array().unwrap();
    let mut faults: Vec<_> = errors.iter().map(|fault| (text(fault, "field"), text(fault, "code"))).collect();
    faults.sort();
    faults
}

fn pairs<const N: usize>(expected: [(&str, &str); N]) -> Vec<(String, String)> {
    expected.map(|(field, code)| (field.to_owned(), code.to_owned())).to_vec()
}

#[sqlx::test]
async fn all_faults_of_a_body_are_listed_at_once(pool: PgPool) {
    let api = Api::new(pool);
    let article = json!({"title": 7, "published_on": "soon", "colour": "red"});
    let problem = api.post_json("/v1/articles", &article).await.problem(StatusCode::BAD_REQUEST);
    let expected = [
        ("colour", "unknown_field"),
        ("published_on", "invalid_value"),
        ("text", "missing_field"),
        ("title", "invalid_value"),
    ];
    assert_eq!(faults(&problem), pairs(expected), "{problem}");
    let article = json!({"text": " ", "published_on": "0000-01-01", "url": "a.html"});
    let problem = api.post_json("/v1/articles", &article).await.problem(StatusCode::BAD_REQUEST);
    let expected = [("published_on", "invalid_value"), ("text", "invalid_value"), ("url", "invalid_value")];
    assert_eq!(faults(&problem), pairs(expected), "{problem}");
    let event = json!({
        "author": "Ana", "reason": "Announced by telephone", "kind": "talks", "starts_on": "2023-03-07",
        "ends_on": "2023-03-01", "participants": ["Japan", "Atlantis"], "place": "Nowhere at all", "official_url": "x",
    });
    let problem = api.post_json("/v1/events", &event).await.problem(StatusCode::BAD_REQUEST);
    let fields: Vec<_> = faults(&problem).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["ends_on", "official_url", "participants", "place"], "{problem}");
    let problem = api.post_json("/v1/events", &json!({"author": 1, "kind": "tals"})).await;
    let problem = problem.problem(StatusCode::BAD_REQUEST);
    let expected = [("author", "invalid_value"), ("kind", "invalid_value"), ("reason", "missing_field")];
    assert_eq!(faults(&problem), pairs(expected), "{problem}");
    let problem = api.get("/v1/events?kind=tals&from=soon&colour=red").await.problem(StatusCode::BAD_REQUEST);
    let expected = [("colour", "unknown_field"), ("from", "invalid_value"), ("kind", "invalid_value")];
    assert_eq!(faults(&problem), pairs(expected), "{problem}");
}

#[sqlx::test]
async fn problems_speak_of_no_library(pool: PgPool) {
    let api = Api::new(pool);
    for body in
        ["{", "[]", "null", "7", r#"{"author": {}}"#, r#"{"author": "a", "author": "b"}"#, r#"{"starts_on": 7}"#]
    {
        for uri in ["/v1/events", "/v1/articles", "/v1/webhooks"] {
            let problem = api.post(uri, "application/json", body).await.problem(StatusCode::BAD_REQUEST);
            let detail = problem["detail"].as_str().unwrap();
            for word in ["struct ", "EOF", "at line", "trailing", "variant", "sequence", "a map", "invalid type"] {
                assert!(!detail.contains(word), "{uri} {body}: {detail}");
            }
        }
    }
}

#[sqlx::test]
async fn the_type_leads_to_the_documentation_of_the_code(pool: PgPool) {
    let api = Api::new(pool);
    let guide = String::from_utf8(api.get("/docs/errors").await.body).unwrap();
    let answers = [
        (api.get("/v1/events?kind=tals").await, StatusCode::BAD_REQUEST, "invalid_value"),
        (api.get("/v1/nothing").await, StatusCode::NOT_FOUND, "not_found"),
        (api.post("/v1/articles", "text/css", "a").await, StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type"),
        (api.post("/v1/articles", "application/json", "{").await, StatusCode::BAD_REQUEST, "malformed_body"),
        (
            api.send(Request::patch("/v1/events").body(Body::empty()).unwrap()).await,
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
        ),
    ];
    for (answer, status, code) in answers {
        let problem = answer.problem(status);
        assert_eq!((&problem["code"], &problem["type"]), (&json!(code), &json!(format!("/docs/errors#{code}"))));
        assert!(guide.contains(&format!("id=\"{code}\"")), "{code} is not documented");
    }
}
