//! `/metrics`

use crate::support::Api;
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use serde_json::json;
use sqlx::PgPool;

/// Returns the value of a series, by its name and labels as they are written.
async fn value(api: &Api, series: &str) -> Option<f64> {
    let answer = api.get("/metrics").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header(header::CONTENT_TYPE), "text/plain; version=0.0.4; charset=utf-8");
    let text = String::from_utf8(answer.body).unwrap();
    text.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' ')?.parse().ok())
}

#[sqlx::test]
async fn requests_are_counted_by_route_and_never_by_address(pool: PgPool) {
    let api = Api::new(pool);
    let id = "/v1/events/01941f29-7c00-7a11-8a3e-2f0c6c1b9d10";
    api.get(id).await.problem(StatusCode::NOT_FOUND);
    api.get(&format!("{id}?q=secret")).await.problem(StatusCode::BAD_REQUEST);
    api.get("/no/such/place").await.problem(StatusCode::NOT_FOUND);
    api.send(Request::builder().method("INVENTED").uri("/other").body(Body::empty()).unwrap()).await;
    for (series, expected) in [
        (r#"requests_total{method="GET",route="/v1/events/{id}",status="404"}"#, 1.0),
        (r#"requests_total{method="GET",route="/v1/events/{id}",status="400"}"#, 1.0),
        (r#"requests_total{method="GET",route="unmatched",status="404"}"#, 1.0),
        (r#"requests_total{method="other",route="unmatched",status="404"}"#, 1.0),
        (r#"request_duration_seconds_count{method="GET",route="/v1/events/{id}"}"#, 2.0),
        (r#"request_duration_seconds_bucket{method="GET",route="/v1/events/{id}",le="+Inf"}"#, 2.0),
        // The request itself.
        ("requests_in_flight", 1.0),
    ] {
        assert_eq!(value(&api, &format!("daybook_http_{series}")).await, Some(expected), "{series}");
    }
    let text = String::from_utf8(api.get("/metrics").await.body).unwrap();
    for part in ["01941f29", "such", "INVENTED", "secret"] {
        assert!(!text.contains(part), "{part} is in\n{text}");
    }
}

#[sqlx::test]
async fn articles_are_counted_by_what_became_of_them(pool: PgPool) {
    let api = Api::new(pool);
    let article = |text: &str| json!({"text": text, "published_on": "2023-03-02", "url": "https://news.example/a"});
    let outcomes = ["created", "replaced", "unchanged", "refused"];
    let counts = async || {
        let mut counts = vec![];
        for outcome in outcomes {
            counts.push(value(&api, &format!("daybook_articles_total{{outcome=\"{outcome}\"}}")).await.unwrap());
        }
        counts
    };
    assert_eq!(counts().await, [0.0, 0.0, 0.0, 0.0]);
    for text in ["Talks open.", "Talks open.", "Talks open on Monday.", ""] {
        api.post_json("/v1/articles", &article(text)).await;
    }
    api.post("/v1/articles", "image/png", "x").await;
    assert_eq!(counts().await, [1.0, 1.0, 1.0, 2.0]);
}

#[sqlx::test]
async fn each_stage_of_reading_is_measured(pool: PgPool) {
    let api = Api::new(pool);
    let count = async |stage: &str| {
        value(&api, &format!("daybook_extraction_duration_seconds_count{{stage=\"{stage}\"}}")).await
    };
    assert_eq!(count("events").await, Some(0.0));
    api.post_json("/v1/extract", &json!({"text": "Talks open on Monday.", "published_on": "2023-03-02"})).await;
    for stage in ["words", "language", "dates", "names", "events"] {
        assert_eq!(count(stage).await, Some(1.0), "{stage}");
    }
    let french = json!({"text": "Lundi.", "published_on": "2023-03-02", "language": "fr"});
    api.post_json("/v1/extract", &french).await;
    assert_eq!((count("language").await, count("events").await), (Some(2.0), Some(1.0)));
}

#[sqlx::test]
async fn it_tells_of_the_database_and_of_the_program(pool: PgPool) {
    let most = f64::from(pool.options().get_max_connections());
    let api = Api::new(pool);
    assert_eq!(api.get("/readyz").await.status, StatusCode::OK);
    assert!(value(&api, "daybook_database_connections").await >= Some(1.0));
    assert!(value(&api, "daybook_database_connections_idle").await.is_some());
    assert_eq!(value(&api, "daybook_database_connections_max").await, Some(most));
    let build = format!(
        "daybook_build_info{{version=\"{}\",rules=\"{}\"}}",
        env!("CARGO_PKG_VERSION"),
        daybook::extract::RULES_VERSION
    );
    assert_eq!(value(&api, &build).await, Some(1.0));
}
