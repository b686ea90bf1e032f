//! `/healthz`, `/readyz`, `HEAD`, and a database that goes away and comes back.

use crate::support::Api;
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use daybook::store::Store;
use serde_json::json;
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::path::{Path, PathBuf};
use tokio::{
    io::{AsyncRead, AsyncWrite, copy_bidirectional},
    net::{TcpStream, UnixListener, UnixStream},
    task::JoinSet,
};

#[sqlx::test]
async fn a_service_with_its_database_is_alive_and_ready(pool: PgPool) {
    let api = Api::new(pool);
    for uri in ["/healthz", "/readyz"] {
        let answer = api.get(uri).await;
        assert_eq!((answer.status, answer.json()), (StatusCode::OK, json!({"status": "ok"})));
    }
}

#[sqlx::test]
async fn head_answers_as_get_does(pool: PgPool) {
    let api = Api::new(pool);
    let answer = api.send(Request::head("/v1/events").body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/json");
    assert!(answer.body.is_empty());
}

#[sqlx::test]
async fn a_dead_database_is_503_until_it_is_back(_: PgPoolOptions, database: PgConnectOptions) {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join(format!(".s.PGSQL.{}", database.get_port()));
    let api = Api::on(Store::connect(database.clone().socket(folder.path())));
    let article = json!({"text": "Talks open.", "published_on": "2023-03-02"});
    let proxy = Proxy::start(&socket, database.clone());
    assert_eq!(api.get("/readyz").await.status, StatusCode::OK);
    assert_eq!(api.get("/v1/events").await.status, StatusCode::OK);

    proxy.stop().await;
    for answer in [api.get("/readyz").await, api.get("/v1/events").await, api.post_json("/v1/articles", &article).await]
    {
        let problem = answer.problem(StatusCode::SERVICE_UNAVAILABLE);
        assert!(problem["id"].is_string(), "{problem}");
        assert!(!answer.header(header::RETRY_AFTER).is_empty());
    }
    assert_eq!(api.get("/healthz").await.status, StatusCode::OK);

    let proxy = Proxy::start(&socket, database);
    assert_eq!(api.get("/readyz").await.status, StatusCode::OK);
    assert_eq!(api.post_json("/v1/articles", &article).await.status, StatusCode::CREATED);
    proxy.stop().await;
}

/// Stands between the API and its database, and can be taken away.
pub struct Proxy {
    connections: tokio::task::JoinHandle<()>,
    socket: PathBuf,
}

impl Proxy {
    pub fn start(socket: &Path, database: PgConnectOptions) -> Self {
        let listener = UnixListener::bind(socket).unwrap();
        let connections = tokio::spawn(async move {
            // Dropped with the task, and every connection with it.
            let mut connections = JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                connections.spawn(forward(client, database.clone()));
            }
        });
        Self { connections, socket: socket.to_owned() }
    }

    pub async fn stop(self) {
        std::fs::remove_file(self.socket).unwrap();
        self.connections.abort();
        assert!(self.connections.await.unwrap_err().is_cancelled());
    }
}

async fn forward(client: UnixStream, database: PgConnectOptions) {
    let port = database.get_port();
    match database.get_socket() {
        Some(folder) => pump(client, UnixStream::connect(folder.join(format!(".s.PGSQL.{port}"))).await.unwrap()).await,
        None => pump(client, TcpStream::connect((database.get_host(), port)).await.unwrap()).await,
    }
}

async fn pump(mut client: UnixStream, mut server: impl AsyncRead + AsyncWrite + Unpin) {
    // Either end may hang up at any time.
    let _ = copy_bidirectional(&mut client, &mut server).await;
}
