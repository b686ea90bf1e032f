//! Traces: what the real program exports to a collector.

mod program;

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, routing::post};
use program::{Server, client, daybook, until};
use reqwest::StatusCode;
use serde_json::json;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use tokio::net::TcpListener;

type Exports = Arc<Mutex<Vec<(String, Vec<u8>)>>>;

/// Starts a collector; returns its URL and the exports that it receives, with their media types.
async fn collector() -> (String, Exports) {
    let exports = Exports::default();
    let receive = async |State(exports): State<Exports>, headers: HeaderMap, body: Bytes| {
        let content_type = headers["content-type"].to_str().unwrap().to_owned();
        exports.lock().unwrap().push((content_type, body.to_vec()));
    };
    let router = Router::new().route("/v1/traces", post(receive)).with_state(exports.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
    (format!("http://{address}"), exports)
}

fn contains(body: &[u8], part: &[u8]) -> bool {
    body.windows(part.len()).any(|window| window == part)
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_are_exported_as_spans_without_their_content() {
    let (endpoint, exports) = collector().await;
    let folder = TempDir::new().unwrap();
    let mut command = daybook();
    command.args(["serve", "--data-dir"]).arg(folder.path()).env("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint);
    let server = Server::start(&mut command);
    server.becomes_ready().await;
    let article = json!({
        "text": "Bluefinch: Chile and Peru will hold talks in Lima on 7 March 2025.",
        "published_on": "2025-03-01",
    });
    let request = client().post(format!("{}/v1/articles?include=unused_dates", server.address)).json(&article);
    let trace = "0af7651916cd43dd8448eb211c80319c";
    let request = request.header("traceparent", format!("00-{trace}-b7ad6b7169203331-01"));
    assert_eq!(request.send().await.unwrap().status(), StatusCode::CREATED);
    let (status, log) = tokio::task::spawn_blocking(|| server.end()).await.unwrap();
    assert!(status.success(), "{log}");
    until(async || !exports.lock().unwrap().is_empty()).await;
    let exports = exports.lock().unwrap();
    assert!(exports.iter().all(|(content_type, _)| content_type == "application/x-protobuf"));
    let all: Vec<u8> = exports.iter().flat_map(|(_, body)| body.clone()).collect();
    let id: Vec<u8> = (0..16).map(|at| u8::from_str_radix(&trace[2 * at..2 * at + 2], 16).unwrap()).collect();
    assert!(contains(&all, &id), "the trace of the client is continued");
    for part in ["daybook", "POST /v1/articles", "extract article", "store articles", "http.response.status_code"] {
        assert!(contains(&all, part.as_bytes()), "{part} is missing");
    }
    for part in ["Bluefinch", "unused_dates", "/readyz"] {
        assert!(!contains(&all, part.as_bytes()), "{part} is exported");
    }
    assert!(log.contains("request{method=POST"), "{log}");
    assert!(!log.contains("store articles"), "{log}");
}

#[tokio::test]
async fn a_collector_that_is_away_stops_nothing() {
    let folder = TempDir::new().unwrap();
    let mut command = daybook();
    command.args(["serve", "--otlp-endpoint", "http://127.0.0.1:9", "--data-dir"]).arg(folder.path());
    let server = Server::start(&mut command);
    server.becomes_ready().await;
    assert_eq!(server.status("/v1/events").await, StatusCode::OK);
    let (status, log) = tokio::task::spawn_blocking(|| server.end()).await.unwrap();
    assert!(status.success(), "{log}");
}
