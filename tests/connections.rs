//! The limits of connections, tested by clients that exceed them.

use axum::{
    Router,
    extract::ConnectInfo,
    routing::{get, post},
};
use daybook::{
    extract::Extractor,
    http::{self, Access, App, Connections, Limits},
    store::Store,
};
use sqlx::PgPool;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{Notify, oneshot},
    task::JoinHandle,
};

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const SHORT: Duration = Duration::from_millis(100);
/// Longer than any test runs.
const LONG: Duration = Duration::from_mins(10);

/// A limit that no test reaches by chance.
const PATIENT: Connections = Connections { most: 100, header_time: LONG, pause: LONG };

struct Server {
    address: SocketAddr,
    end: oneshot::Sender<()>,
    ended: JoinHandle<()>,
}

impl Server {
    async fn start(router: Router, connections: Connections) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (end, told) = oneshot::channel();
        let ended = tokio::spawn(http::serve(listener, router, connections, async { told.await.unwrap() }));
        Self { address, end, ended }
    }

    /// Opens a connection and sends `text`.
    async fn sent(&self, text: &str) -> TcpStream {
        let mut connection = TcpStream::connect(self.address).await.unwrap();
        connection.write_all(text.as_bytes()).await.unwrap();
        connection
    }
}

fn hello() -> Router {
    Router::new().route("/", get("hello"))
}

/// Fails instead of waiting forever.
async fn soon<T>(waiting: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), waiting).await.expect("20 seconds suffice")
}

/// Returns what is received until the server closes the connection.
async fn rest(mut connection: TcpStream) -> String {
    let mut all = Vec::new();
    soon(connection.read_to_end(&mut all)).await.unwrap();
    String::from_utf8(all).unwrap()
}

/// Sends a request and waits for "hello" on a connection that stays open.
async fn is_greeted(connection: &mut TcpStream) {
    connection.write_all(GET.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\nhello") {
        assert_ne!(soon(connection.read_buf(&mut answer)).await.unwrap(), 0, "it was closed");
    }
}

#[tokio::test]
async fn a_header_that_does_not_come_ends_the_connection() {
    let server = Server::start(hello(), Connections { header_time: SHORT, ..PATIENT }).await;
    for begun in ["", "GET / HTTP/1.1\r\nHost: a\r\n"] {
        assert_eq!(rest(server.sent(begun).await).await, "");
    }
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let server = Server::start(hello(), Connections { header_time: SHORT, ..PATIENT }).await;
    let answer = rest(server.sent(GET).await).await;
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("hello"), "{answer}");
}

#[tokio::test]
async fn a_header_that_is_too_large_is_refused() {
    let server = Server::start(hello(), PATIENT).await;
    let header = format!("GET / HTTP/1.1\r\nHost: a\r\nX-Long: {}\r\n\r\n", "a".repeat(40_000));
    let mut connection = server.sent(&header).await;
    let mut answer = [0; 13];
    connection.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 431 ");
}

#[sqlx::test]
async fn a_body_that_does_not_come_is_answered_with_408(pool: PgPool) {
    let limits = Limits { body_time: SHORT, time: LONG, ..Limits::default() };
    let server =
        Server::start(http::router(App::new(Store::new(pool), Extractor::new()), Access::default(), limits), PATIENT)
            .await;
    for (path, content_type) in [("/v1/extract", "text/plain"), ("/v1/events", "application/json")] {
        let header = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {content_type}\r\nContent-Length: 9\r\n\r\n{{"
        );
        let answer = rest(server.sent(&header).await).await;
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
        assert!(answer.contains("the body did not arrive within 0.1 seconds"), "{answer}");
    }
}

#[tokio::test]
async fn more_connections_than_allowed_wait_until_others_close() {
    let server = Server::start(hello(), Connections { most: 1, ..PATIENT }).await;
    let mut first = server.sent("").await;
    is_greeted(&mut first).await;
    let mut second = server.sent("").await;
    let waiting = tokio::spawn(async move { is_greeted(&mut second).await });
    for _ in 0..20 {
        is_greeted(&mut first).await;
    }
    assert!(!waiting.is_finished());
    drop(first);
    waiting.await.unwrap();
}

#[tokio::test]
async fn a_full_service_still_says_how_it_is() {
    let router = hello().route("/healthz", get("hello"));
    let server = Server::start(router, Connections { most: 1, ..PATIENT }).await;
    let mut first = server.sent("").await;
    is_greeted(&mut first).await;
    let answer = rest(server.sent("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await).await;
    assert!(answer.ends_with("hello"), "{answer}");
    is_greeted(&mut first).await;
}

#[tokio::test]
async fn one_client_leaves_places_to_others() {
    let server = Server::start(hello(), PATIENT).await;
    let mut held = Vec::new();
    while held.len() < usize::from(PATIENT.most) * 9 / 10 {
        let mut connection = server.sent("").await;
        let greeted = async {
            connection.write_all(GET.as_bytes()).await?;
            connection.read_exact(&mut [0; 12]).await
        };
        if soon(greeted).await.is_err() {
            break;
        }
        held.push(connection);
    }
    assert!(held.len() < usize::from(PATIENT.most) * 9 / 10, "{} places taken", held.len());
    drop(held);
    is_greeted(&mut server.sent("").await).await;
}

#[tokio::test]
async fn a_client_that_takes_no_answer_gives_up_its_place() {
    let endless = Router::new().route("/endless", get(|| async { "a".repeat(50_000_000) })).merge(hello());
    let server = Server::start(endless, Connections { most: 1, pause: SHORT, ..PATIENT }).await;
    let _deaf = server.sent("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n").await;
    is_greeted(&mut server.sent("").await).await;
}

#[tokio::test]
async fn the_end_waits_for_what_runs_and_takes_nothing_new() {
    let (begun, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (tell, told) = (begun.clone(), go_on.clone());
    let slow = async move || {
        tell.notify_one();
        told.notified().await;
        "done"
    };
    let server = Server::start(Router::new().route("/", post(slow)), PATIENT).await;
    let idle = server.sent("").await;
    let running = server.sent("POST / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    begun.notified().await;
    server.end.send(()).unwrap();
    assert_eq!(rest(idle).await, "");
    assert!(TcpStream::connect(server.address).await.is_err());
    assert!(!server.ended.is_finished());
    go_on.notify_one();
    assert!(rest(running).await.ends_with("done"));
    server.ended.await.unwrap();
}

#[tokio::test]
async fn a_request_knows_the_address_of_its_client() {
    let tell = |ConnectInfo(address): ConnectInfo<SocketAddr>| async move { address.to_string() };
    let server = Server::start(Router::new().route("/", get(tell)), PATIENT).await;
    let connection = server.sent("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
    let address = connection.local_addr().unwrap().to_string();
    assert!(rest(connection).await.ends_with(&format!("\r\n\r\n{address}")));
}
