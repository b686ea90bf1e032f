//! The log of the real program: a line for each request, and no content.

mod program;

use program::{Server, client, daybook};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tempfile::TempDir;

/// A server on an embedded PostgreSQL that logs in JSON.
async fn server(folder: &TempDir, filter: &str) -> Server {
    let mut command = daybook();
    command.args(["serve", "--log-format", "json", "--data-dir"]).arg(folder.path()).env("RUST_LOG", filter);
    let server = Server::start(&mut command);
    server.becomes_ready().await;
    server
}

#[tokio::test]
async fn each_request_is_one_line_of_json() {
    let folder = TempDir::new().unwrap();
    let server = server(&folder, "info").await;
    let request = client().get(format!("{}/v1/events?q=Lugano", server.address)).header("x-request-id", "desk-7");
    assert_eq!(request.send().await.unwrap().status(), StatusCode::OK);
    let (_, log) = server.end();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    let of_request: Vec<_> = lines.iter().filter(|line| line["span"]["request_id"] == "desk-7").collect();
    let [line] = of_request[..] else { panic!("{log}") };
    assert_eq!((&line["span"]["method"], &line["span"]["path"]), (&json!("GET"), &json!("/v1/events")));
    assert_eq!((&line["level"], &line["status"]), (&json!("INFO"), &json!(200)));
    assert!(line["timestamp"].is_string() && line["latency_ms"].is_number(), "{line}");
    assert!(!log.contains("Lugano"), "{log}");
}

#[tokio::test]
async fn neither_article_nor_key_is_logged_at_any_level() {
    let folder = TempDir::new().unwrap();
    let mut create = daybook();
    create.args(["key", "create", "--name", "Wires", "--scope", "write", "--data-dir"]).arg(folder.path());
    let token = String::from_utf8(create.output().unwrap().stdout).unwrap().trim().to_owned();
    let secret = token.rsplit('_').next().unwrap();
    assert!(secret.len() >= 32, "{token}");
    let server = server(&folder, "trace").await;
    let article = json!({
        "title": "Bluefinch title",
        "text": "Bluefinch: Chile and Peru will hold talks in Lima on 7 March 2025.",
        "published_on": "2025-03-01",
        "source": "Bluefinch",
    });
    let wrong = [
        json!({"text": "Bluefinch", "published_on": "Bluefinch"}),
        json!({"text": {"Bluefinch": 1}, "published_on": "2025-03-01"}),
        json!("Bluefinch"),
    ];
    let client = client();
    let post = async |key: &str, body: &Value| {
        let request = client.post(format!("{}/v1/articles", server.address)).bearer_auth(key).json(body);
        request.send().await.unwrap().status()
    };
    assert_eq!(post("Greenfinch", &article).await, StatusCode::UNAUTHORIZED);
    assert_eq!(post(&token, &article).await, StatusCode::CREATED);
    assert_eq!(post(&token, &article).await, StatusCode::OK);
    for body in wrong {
        assert_eq!(post(&token, &body).await, StatusCode::BAD_REQUEST, "{body}");
    }
    assert_eq!(server.status("/v1/events?q=Bluefinch&colour=Bluefinch").await, StatusCode::BAD_REQUEST);
    assert_eq!(server.status("/v1/events?q=Bluefinch").await, StatusCode::OK);
    let saving = client.put(format!("{}/v1/timelines/desk", server.address)).bearer_auth(&token);
    let saved =
        saving.json(&json!({"title": "Bluefinch", "filters": {"q": "Bluefinch"}, "private": true})).send().await;
    let saved: Value = saved.unwrap().json().await.unwrap();
    let opening = saved["token"].as_str().unwrap();
    assert_eq!(server.status(&format!("/v1/timelines/desk.ics?token={opening}")).await, StatusCode::OK);
    assert_eq!(
        server.status(&format!("/v1/timelines/desk.pdf?token={opening}&q=Bluefinch")).await,
        StatusCode::BAD_REQUEST
    );
    let (_, log) = server.end();
    assert!(log.contains("insert into articles"), "it logs too little to prove anything:\n{log}");
    for part in ["Bluefinch", "Chile and Peru", "Greenfinch", secret, opening] {
        let line = log.lines().find(|line| line.to_lowercase().contains(&part.to_lowercase()));
        assert_eq!(line, None);
    }
}
