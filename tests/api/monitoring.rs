//! Monitoring: the metrics of feeds, webhooks, streams and writers, and the files of `deploy/` that use metrics.

use crate::support::{Api, japan, mention, now, on};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use daybook::event::Kind;
use serde_json::{Value, json};
use sqlx::PgPool;
use std::{collections::BTreeSet, fs, path::Path};

/// Returns the metrics as text.
async fn metrics(api: &Api) -> String {
    String::from_utf8(api.get("/metrics").await.body).unwrap()
}

/// Returns the value of a series.
fn value(metrics: &str, series: &str) -> Option<f64> {
    metrics.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' ')?.parse().ok())
}

#[sqlx::test]
async fn feeds_webhooks_and_outdated_articles_are_counted(pool: PgPool) {
    let api = Api::new(pool.clone());
    for name in ["a", "b"] {
        let feed = json!({"url": format!("https://news.example/{name}.xml")});
        let created = api.post_json("/v1/feeds", &feed).await;
        assert_eq!(created.status, StatusCode::CREATED);
        if name == "a" {
            let disabled = Request::patch(created.header(axum::http::header::LOCATION));
            let disabled = disabled.header("content-type", "application/json").body(Body::from("{\"enabled\":false}"));
            assert_eq!(api.send(disabled.unwrap()).await.status, StatusCode::OK);
        }
    }
    api.post_json("/v1/webhooks", &json!({"url": "https://desk.example/hook"})).await;
    api.ingest(&on("2023-03-01", "One."), &[mention(Kind::Talks, "2023-03-07", &[japan()])]).await;
    sqlx::query("update articles set rules_version = 'earlier'").execute(&pool).await.unwrap();
    let text = metrics(&api).await;
    for (series, expected) in [
        ("daybook_feeds{state=\"waiting\"}", 1.0),
        ("daybook_feeds{state=\"disabled\"}", 1.0),
        ("daybook_feeds_overdue", 0.0),
        ("daybook_webhooks{state=\"enabled\"}", 1.0),
        ("daybook_webhook_deliveries_total{outcome=\"failed\"}", 0.0),
        ("daybook_articles_outdated", 1.0),
        ("daybook_streams", 0.0),
        ("daybook_lock_wait_seconds_count", 1.0),
        ("daybook_transaction_restarts_total", 0.0),
    ] {
        assert_eq!(value(&text, series), Some(expected), "{series} in\n{text}");
    }
    let tomorrow = metrics(&api.later(1)).await;
    assert_eq!(value(&tomorrow, "daybook_feeds_overdue"), Some(1.0), "no watcher is running");
}

#[sqlx::test]
async fn open_streams_and_their_changes_are_counted(pool: PgPool) {
    let api = Api::new(pool);
    let request = Request::get("/v1/stream").body(Body::empty()).unwrap();
    let stream = api.open(request).await;
    assert_eq!(value(&metrics(&api).await, "daybook_streams"), Some(1.0));
    drop(stream);
    assert_eq!(value(&metrics(&api).await, "daybook_streams"), Some(0.0));
    api.ingest(&on("2023-03-01", "One."), &[mention(Kind::Talks, "2023-03-07", &[japan()])]).await;
    let since = now() - jiff::SignedDuration::from_hours(1);
    let request = Request::get(format!("/v1/stream?updated_since={since}")).body(Body::empty()).unwrap();
    let mut body = api.open(request).await.into_body();
    let is_sent = async {
        while value(&metrics(&api).await, "daybook_stream_events_total") != Some(1.0) {
            http_body_util::BodyExt::frame(&mut body).await.unwrap().unwrap();
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), is_sent).await.expect("30 seconds suffice");
}

/// Returns the names of daybook's metrics in a text, as they are exported.
fn names(text: &str) -> BTreeSet<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let words = text.split(|c| !is_part(c)).filter(|word| word.starts_with("daybook_"));
    words.map(str::to_owned).collect()
}

#[sqlx::test]
async fn dashboard_and_alerts_use_existing_metrics_only(pool: PgPool) {
    let api = Api::new(pool);
    api.get("/v1/events").await;
    api.post_json("/v1/feeds", &json!({"url": "https://news.example/a.xml"})).await;
    api.post_json("/v1/webhooks", &json!({"url": "https://desk.example/hook"})).await;
    let exported = names(&metrics(&api).await);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in ["deploy/grafana-dashboard.json", "deploy/prometheus-alerts.yaml"] {
        let used = names(&fs::read_to_string(root.join(file)).unwrap());
        assert!(used.len() > 4, "{file} uses {used:?}");
        let unknown: Vec<_> = used.difference(&exported).collect();
        assert!(unknown.is_empty(), "{file} uses {unknown:?}; exported are {exported:?}");
    }
}

#[test]
fn every_panel_of_the_dashboard_has_a_query() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dashboard = fs::read_to_string(root.join("deploy/grafana-dashboard.json")).unwrap();
    let dashboard: Value = serde_json::from_str(&dashboard).unwrap();
    let panels = dashboard["panels"].as_array().unwrap();
    let charts = panels.iter().filter(|panel| panel["type"] != "row");
    let ids: BTreeSet<_> = panels.iter().map(|panel| panel["id"].as_u64().unwrap()).collect();
    assert_eq!(ids.len(), panels.len(), "ids are unique");
    for panel in charts {
        assert!(panel["targets"][0]["expr"].as_str().unwrap().contains("daybook"), "{panel}");
    }
}
