//! `/openapi.yaml` and `/docs`

use crate::support::Api;
use axum::http::{StatusCode, header};
use sqlx::PgPool;

#[test]
fn the_committed_description_is_the_generated_one() {
    let generated = daybook::http::openapi().to_yaml().unwrap();
    let committed = include_str!("../../openapi.yaml");
    assert!(generated == committed, "openapi.yaml is out of date; run: cargo run -- openapi >openapi.yaml");
}

#[sqlx::test]
async fn the_description_is_served(pool: PgPool) {
    let answer = Api::new(pool).get("/openapi.yaml").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/yaml");
    assert!(answer.body == include_bytes!("../../openapi.yaml"), "not the committed description");
}

#[sqlx::test]
async fn the_description_can_be_read_without_the_network(pool: PgPool) {
    let api = Api::new(pool);
    let page = api.get("/docs/").await;
    assert_eq!(page.status, StatusCode::OK);
    let page = String::from_utf8(page.body).unwrap();
    assert!(page.contains("swagger-ui-bundle.js") && !page.contains("https://"), "{page}");
    let script = api.get("/docs/swagger-initializer.js").await;
    assert!(String::from_utf8(script.body).unwrap().contains("/openapi.yaml"));
    assert_eq!(api.get("/docs/swagger-ui-bundle.js").await.status, StatusCode::OK);
    assert!(api.get("/docs").await.status.is_redirection());
}
