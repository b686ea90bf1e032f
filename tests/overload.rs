//! The program under overload: too many requests, slow clients, idle streams, and shutdown during
//! an upload. `STREAMS`, `REQUESTS` and `ROUNDS` increase the load.

mod program;

use axum::http::StatusCode;
use program::{Server, client, daybook};
use reqwest::Client;
use serde_json::{Value, json};
use sqlx::{
    ConnectOptions, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{env, fs, process::Command, time::Duration};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    task::{JoinSet, spawn_blocking},
    time::timeout,
};

const PATIENCE: Duration = Duration::from_mins(2);

fn number(name: &str, usual: usize) -> usize {
    env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

fn program(database: &PgConnectOptions) -> Command {
    let mut program = daybook();
    program.arg("serve").env("DATABASE_URL", database.to_url_lossy().as_str());
    program
}

fn article(number: usize) -> Value {
    let day = 1 + number % 28;
    let text = format!("Japan and Australia will hold talks in Lugano on {day} March. This is report {number}.");
    json!({"text": text, "published_on": "2023-02-14", "source": format!("Agency {number}")})
}

async fn post(client: &Client, address: &str, number: usize) -> StatusCode {
    client.post(format!("{address}/v1/articles")).json(&article(number)).send().await.unwrap().status()
}

async fn stored(pool: &PgPool) -> usize {
    let count: i64 = sqlx::query_scalar("select count(*) from articles").fetch_one(pool).await.unwrap();
    usize::try_from(count).unwrap()
}

/// Returns the resident memory of a process, in kilobytes.
fn memory(pid: u32) -> usize {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[sqlx::test]
async fn more_requests_than_it_can_bear_are_answered_or_refused(pools: PgPoolOptions, database: PgConnectOptions) {
    let pool = pools.connect_with(database.clone()).await.unwrap();
    let server = Server::start(&mut program(&database));
    server.becomes_ready().await;
    let (client, number) = (client(), number("REQUESTS", 200));
    let mut posts = JoinSet::new();
    for n in 0..number {
        let (client, address) = (client.clone(), server.address.clone());
        posts.spawn(async move { (n, post(&client, &address, n).await) });
    }
    // Health checks succeed meanwhile.
    assert_eq!(server.status("/healthz").await, StatusCode::OK);
    let mut refused = Vec::new();
    while let Some(done) = timeout(PATIENCE, posts.join_next()).await.unwrap() {
        match done.unwrap() {
            (_, StatusCode::CREATED) => {}
            (n, StatusCode::SERVICE_UNAVAILABLE) => refused.push(n),
            (n, other) => panic!("article {n}: {other}"),
        }
    }
    for n in refused {
        let status = post(&client, &server.address, n).await;
        assert!([StatusCode::CREATED, StatusCode::OK].contains(&status), "article {n}: {status}");
    }
    assert_eq!(stored(&pool).await, number);
    assert!(server.end().0.success());
}

#[sqlx::test]
async fn slow_clients_do_not_keep_others_waiting(_: PgPoolOptions, database: PgConnectOptions) {
    let server = Server::start(&mut program(&database));
    server.becomes_ready().await;
    let host = server.address.trim_start_matches("http://").to_owned();
    let mut slow = Vec::new();
    for n in 0..100 {
        let mut connection = TcpStream::connect(&host).await.unwrap();
        let begun = match n % 3 {
            // Headers, a body and a response that are never completed.
            0 => format!("GET /v1/events HTTP/1.1\r\nHost: {host}\r\nX-Slow: "),
            1 => format!(
                "POST /v1/articles HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{"
            ),
            _ => format!("GET /docs/reference/redoc-2.5.4.js HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        };
        connection.write_all(begun.as_bytes()).await.unwrap();
        slow.push(connection);
    }
    let client = client();
    for n in 0..20 {
        assert_eq!(timeout(PATIENCE, post(&client, &server.address, n)).await.unwrap(), StatusCode::CREATED);
        assert_eq!(server.status("/v1/events").await, StatusCode::OK);
    }
    drop(slow);
    assert!(server.end().0.success());
}

#[sqlx::test]
async fn idle_streams_are_told_and_cost_little(_: PgPoolOptions, database: PgConnectOptions) {
    let streams = number("STREAMS", 200);
    let mut program = program(&database);
    program.env("DAYBOOK_MAX_CONNECTIONS", (streams * 2 + 100).to_string());
    program.env("DAYBOOK_MAX_STREAMS_PER_CLIENT", streams.to_string());
    let server = Server::start(&mut program);
    server.becomes_ready().await;
    let host = server.address.trim_start_matches("http://").to_owned();
    let before = memory(server.pid());
    let mut open = Vec::new();
    for _ in 0..streams {
        let mut connection = BufReader::new(TcpStream::connect(&host).await.unwrap());
        let request = format!("GET /v1/stream HTTP/1.1\r\nHost: {host}\r\n\r\n");
        connection.write_all(request.as_bytes()).await.unwrap();
        reads_until(&mut connection, "id:").await;
        open.push(connection);
    }
    let each = memory(server.pid()).saturating_sub(before) / streams;
    assert!(each < 200, "{each} kB for each stream");
    assert_eq!(post(&client(), &server.address, 1).await, StatusCode::CREATED);
    for connection in &mut open {
        reads_until(connection, "event: event.created").await;
    }
    let (status, log) = timeout(PATIENCE, spawn_blocking(|| server.end())).await.unwrap().unwrap();
    assert!(status.success(), "{log}");
}

async fn reads_until(connection: &mut BufReader<TcpStream>, start: &str) {
    let mut line = String::new();
    while !line.starts_with(start) {
        line.clear();
        let read = timeout(PATIENCE, connection.read_line(&mut line)).await.expect(start).unwrap();
        assert_ne!(read, 0, "the stream ended before {start}");
    }
}

#[sqlx::test]
async fn an_upload_that_its_end_cuts_off_is_stored_as_far_as_answered(
    pools: PgPoolOptions,
    database: PgConnectOptions,
) {
    let pool = pools.connect_with(database.clone()).await.unwrap();
    let server = Server::start(&mut program(&database));
    server.becomes_ready().await;
    let host = server.address.trim_start_matches("http://").to_owned();
    let (answers, mut lines) = TcpStream::connect(&host).await.unwrap().into_split();
    let header = format!(
        "POST /v1/articles HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    lines.write_all(header.as_bytes()).await.unwrap();
    let sending = tokio::spawn(async move {
        for n in 0.. {
            let line = format!("{}\n", article(n));
            if lines.write_all(format!("{:x}\r\n{line}\r\n", line.len()).as_bytes()).await.is_err() {
                break;
            }
        }
    });
    let mut answers = BufReader::new(answers);
    let (mut line, mut answered) = (String::new(), 0);
    let mut server = Some(server);
    let mut ended = None;
    while answers.read_line(&mut line).await.unwrap_or(0) > 0 {
        answered += usize::from(line.contains("\"status\":201"));
        line.clear();
        if answered == 20
            && let Some(server) = server.take()
        {
            ended = Some(spawn_blocking(|| server.end()));
        }
    }
    let (status, log) = timeout(PATIENCE, ended.unwrap()).await.unwrap().unwrap();
    assert!(status.success(), "{log}");
    sending.await.unwrap();
    let stored = stored(&pool).await;
    assert!(stored >= answered, "{answered} were answered, {stored} are stored");
    let verified = daybook().arg("verify").env("DATABASE_URL", database.to_url_lossy().as_str()).output().unwrap();
    assert!(verified.status.success(), "{verified:?}");
}

#[sqlx::test]
async fn memory_stays_flat(_: PgPoolOptions, database: PgConnectOptions) {
    let server = Server::start(&mut program(&database));
    server.becomes_ready().await;
    let client = client();
    let load = async || {
        for n in 0..60 {
            let status = post(&client, &server.address, n).await;
            assert!(status.is_success(), "{status}");
            for path in ["/v1/events?include=evidence", "/v1/timeline.ics", "/", "/v1/export/articles.ndjson"] {
                let answer = client.get(format!("{}{path}", server.address)).send().await.unwrap();
                assert_eq!(answer.status(), StatusCode::OK);
                answer.bytes().await.unwrap();
            }
        }
    };
    load().await;
    load().await;
    let before = memory(server.pid());
    for _ in 0..number("ROUNDS", 2) {
        load().await;
    }
    let after = memory(server.pid());
    assert!(after < before + before / 4, "{before} kB became {after} kB");
}
