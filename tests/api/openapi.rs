//! `/openapi.yaml`, the API reference and the documentation in `/docs`

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
async fn the_reference_needs_no_network(pool: PgPool) {
    let api = Api::new(pool);
    let page = api.get("/docs/reference/").await;
    assert_eq!(page.status, StatusCode::OK);
    let page = String::from_utf8(page.body).unwrap();
    assert!(page.contains("swagger-ui-bundle.js") && !page.contains("https://"), "{page}");
    let script = api.get("/docs/reference/swagger-initializer.js").await;
    assert!(String::from_utf8(script.body).unwrap().contains("/openapi.yaml"));
    assert_eq!(api.get("/docs/reference/swagger-ui-bundle.js").await.status, StatusCode::OK);
}

#[sqlx::test]
async fn the_documentation_is_served(pool: PgPool) {
    let api = Api::new(pool);
    let text = async |uri: &str| {
        let page = api.get(uri).await;
        assert_eq!(
            (page.status, page.header(header::CONTENT_TYPE)),
            (StatusCode::OK, "text/html; charset=utf-8"),
            "{uri}"
        );
        String::from_utf8(page.body).unwrap()
    };
    for uri in ["/docs", "/docs/"] {
        let page = text(uri).await;
        assert!(page.contains(r#"href="/docs/articles""#) && page.contains(r#"href="/docs/reference/""#), "{page}");
    }
    assert!(text("/docs/cli").await.contains("<h1>Command line</h1>"));
    api.get("/docs/none").await.problem(StatusCode::NOT_FOUND);
}
