//! `/healthz`, `/readyz`, `HEAD`, and outages of the database.

use crate::support::{Api, interrupt, now};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use daybook::{
    http::{Access, Limits},
    store::{Error, Store, Verified},
};
use serde_json::json;
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::path::{Path, PathBuf};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional},
    net::{TcpStream, UnixListener, UnixStream},
    sync::watch,
    task::JoinSet,
};
use uuid::Uuid;

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
    // Requests that need no database succeed.
    for uri in ["/healthz", "/metrics"] {
        assert_eq!(api.get(uri).await.status, StatusCode::OK, "{uri}");
    }
    assert_eq!(api.post_json("/v1/extract", &article).await.status, StatusCode::OK);

    let proxy = Proxy::start(&socket, database);
    assert_eq!(api.get("/readyz").await.status, StatusCode::OK);
    assert_eq!(api.post_json("/v1/articles", &article).await.status, StatusCode::CREATED);
    proxy.stop().await;
}

#[sqlx::test]
async fn a_database_that_cannot_be_written_to_is_not_ready(_: PgPoolOptions, database: PgConnectOptions) {
    let api = Api::on(Store::connect(database.options([("default_transaction_read_only", "on")])));
    let article = json!({"text": "Talks open.", "published_on": "2023-03-02"});
    for answer in [api.get("/readyz").await, api.post_json("/v1/articles", &article).await] {
        answer.problem(StatusCode::SERVICE_UNAVAILABLE);
        assert!(!answer.header(header::RETRY_AFTER).is_empty());
    }
    for uri in ["/healthz", "/v1/events"] {
        assert_eq!(api.get(uri).await.status, StatusCode::OK);
    }
}

#[sqlx::test]
async fn what_may_succeed_later_is_unavailable(pool: PgPool) {
    for code in ["57014", "55P03", "25006", "40001", "40P01", "25P03", "53300"] {
        let raise = format!("do $$ begin raise exception using errcode = '{code}'; end $$");
        let error = sqlx::query(sqlx::AssertSqlSafe(raise)).execute(&pool).await.unwrap_err();
        assert!(matches!(Error::from(error), Error::Unavailable(_)), "{code}");
    }
}

#[sqlx::test]
async fn a_program_starts_beside_tables_that_a_newer_one_made(pool: PgPool) {
    let newer = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
                 values (9999, 'newer', true, '', 0)";
    sqlx::query(newer).execute(&pool).await.unwrap();
    Store::new(pool).migrate().await.unwrap();
}

#[sqlx::test]
async fn a_locked_table_stops_only_what_needs_it(pools: PgPoolOptions, options: PgConnectOptions) {
    let pool = pools.connect_with(options.clone()).await.unwrap();
    let api = Api::on(Store::connect(options.options([("lock_timeout", "100ms")])));
    let mut locked = pool.begin().await.unwrap();
    sqlx::query("lock table articles in access exclusive mode").execute(&mut *locked).await.unwrap();
    let line = "{\"text\": \"Talks open.\", \"published_on\": \"2023-03-02\"}\n";
    // More requests than connections.
    let waiting = futures_util::future::join_all((0..30).map(|_| api.get("/v1/articles")));
    let (waiting, others) = tokio::join!(waiting, async { api.get("/v1/timelines").await.status });
    assert_eq!(others, StatusCode::OK);
    for answer in waiting {
        answer.problem(StatusCode::SERVICE_UNAVAILABLE);
    }
    for uri in ["/readyz", "/v1/articles/01941f29-7c00-7a11-8a3e-2f0c6c1b9d10"] {
        api.get(uri).await.problem(StatusCode::SERVICE_UNAVAILABLE);
    }
    let answer = api.post("/v1/articles", "application/x-ndjson", line).await.json();
    assert_eq!(answer["status"], 503, "{answer}");
    locked.rollback().await.unwrap();
    assert_eq!(api.get("/readyz").await.status, StatusCode::OK);
    let answer = api.post("/v1/articles", "application/x-ndjson", line).await.json();
    assert_eq!(answer["status"], 201, "{answer}");
}

#[sqlx::test]
async fn a_database_that_vanishes_amid_queries_is_recovered_from(pools: PgPoolOptions, database: PgConnectOptions) {
    let pool = pools.connect_with(database.clone()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join(format!(".s.PGSQL.{}", database.get_port()));
    let proxy = Proxy::start(&socket, database.clone());
    let store = Store::connect(database.socket(folder.path()));
    let limits = Limits { time: std::time::Duration::from_millis(200), ..Limits::default() };
    let api = Api::with(store.clone(), Access::default(), limits);
    assert_eq!(api.get("/readyz").await.status, StatusCode::OK);
    // All connections wait for a response when the network drops them.
    let mut locked = pool.begin().await.unwrap();
    sqlx::query("lock table articles in access exclusive mode").execute(&mut *locked).await.unwrap();
    let cut = async {
        tokio::task::yield_now().await;
        proxy.lose();
    };
    let (waiting, ()) = tokio::join!(futures_util::future::join_all((0..20).map(|_| api.get("/v1/articles"))), cut);
    for answer in waiting {
        answer.problem(StatusCode::SERVICE_UNAVAILABLE);
    }
    locked.rollback().await.unwrap();
    // New connections are possible, so the service recovers by itself.
    let back = async { while api.get("/readyz").await.status != StatusCode::OK {} };
    tokio::time::timeout(std::time::Duration::from_secs(30), back).await.expect("30 seconds suffice");
    assert_eq!(api.get("/v1/articles").await.status, StatusCode::OK);
    // Shutdown does not wait for a lost response either.
    let held = store.position();
    proxy.lose();
    let _ = tokio::time::timeout(std::time::Duration::from_millis(1), held).await;
    tokio::time::timeout(std::time::Duration::from_secs(30), store.close()).await.expect("30 seconds suffice");
    proxy.stop().await;
}

#[sqlx::test]
async fn a_request_that_is_given_up_leaves_no_transaction_open(pool: PgPool) {
    let store = Store::connect((*pool.connect_options()).clone());
    let open = "select count(*) from pg_stat_activity
                where datname = current_database() and application_name = 'daybook' and state like 'idle in transaction%'";
    for polls in 0..20 {
        interrupt(polls, store.delete_article(Uuid::nil(), now())).await;
        let are_idle = async {
            while sqlx::query_scalar::<_, i64>(open).fetch_one(&pool).await.unwrap() > 0 {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(10), are_idle).await.expect("a transaction stays open");
    }
    store.close().await;
}

/// Sends an article until it is stored.
async fn insist(api: &Api, number: usize) -> usize {
    let article = json!({
        "text": format!("Japan and Australia will hold talks in Lugano on {} March. Report {number}.", 1 + number % 28),
        "published_on": "2023-02-14", "source": format!("Agency {number}"),
    });
    for refused in 0..200 {
        match api.post_json("/v1/articles", &article).await.status {
            StatusCode::OK | StatusCode::CREATED => return refused,
            status => assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE),
        }
    }
    panic!("article {number} is never stored");
}

/// The number of concurrent writers during faults, and the number of articles of each.
const WRITERS: usize = 4;
const ARTICLES: usize = 15;

#[sqlx::test]
async fn amid_cuts_and_delays_nothing_is_lost_or_doubled(pools: PgPoolOptions, database: PgConnectOptions) {
    let pool = pools.connect_with(database.clone()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join(format!(".s.PGSQL.{}", database.get_port()));
    // Each connection is cut after this number of bytes, wherever that is, and each response is
    // delayed.
    let faults = Faults { cut_after: Some(30_000), delay: std::time::Duration::from_millis(1) };
    let proxy = Proxy::with(&socket, database.clone(), faults);
    let api = Api::on(Store::connect(database.socket(folder.path())));
    let write = async |writer: usize| {
        let mut refused = 0;
        for number in 0..ARTICLES {
            refused += insist(&api, writer * ARTICLES + number).await;
        }
        refused
    };
    let refused = futures_util::future::join_all((0..WRITERS).map(write)).await;
    assert!(refused.iter().sum::<usize>() > 0, "no connection was cut amid a request");
    proxy.stop().await;

    let api = Api::on(Store::new(pool));
    let list = api.get("/v1/articles?limit=1000").await.json();
    assert_eq!(list["items"].as_array().unwrap().len(), WRITERS * ARTICLES);
    let events = api.get("/v1/events?limit=1000").await.json();
    let articles = events["items"].as_array().unwrap().iter().map(|event| event["article_count"].as_u64().unwrap());
    assert_eq!((events["items"].as_array().unwrap().len(), articles.sum::<u64>()), (28, 60));
    let mut after = Verified::default();
    while let Some((next, _, differences)) = api.store.verify(after, 100, now()).await.unwrap() {
        assert_eq!(differences, vec![]);
        after = next;
    }
}

/// What a proxy does to each connection.
#[derive(Clone, Copy, Default)]
struct Faults {
    /// Cuts it after this number of bytes from the server.
    cut_after: Option<u64>,
    /// Delays each response.
    delay: std::time::Duration,
}

/// A proxy between the API and its database that can be stopped, or drop what it forwards without
/// notice.
pub struct Proxy {
    connections: tokio::task::JoinHandle<()>,
    lost: watch::Sender<()>,
    socket: PathBuf,
}

impl Proxy {
    pub fn start(socket: &Path, database: PgConnectOptions) -> Self {
        Self::with(socket, database, Faults::default())
    }

    fn with(socket: &Path, database: PgConnectOptions, faults: Faults) -> Self {
        let listener = UnixListener::bind(socket).unwrap();
        let lost = watch::Sender::new(());
        let losing = lost.subscribe();
        let connections = tokio::spawn(async move {
            // Dropped with the task, which closes every connection.
            let mut connections = JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                let mut losing = losing.clone();
                losing.mark_unchanged();
                connections.spawn(forward(client, database.clone(), losing, faults));
            }
        });
        Self { connections, lost, socket: socket.to_owned() }
    }

    /// Stops forwarding on existing connections, which stay open.
    pub fn lose(&self) {
        self.lost.send_replace(());
    }

    pub async fn stop(self) {
        std::fs::remove_file(self.socket).unwrap();
        self.connections.abort();
        assert!(self.connections.await.unwrap_err().is_cancelled());
    }
}

async fn forward(client: UnixStream, database: PgConnectOptions, lost: watch::Receiver<()>, faults: Faults) {
    let port = database.get_port();
    match database.get_socket() {
        Some(folder) => {
            let server = UnixStream::connect(folder.join(format!(".s.PGSQL.{port}"))).await.unwrap();
            pump(client, server, lost, faults).await;
        }
        None => pump(client, TcpStream::connect((database.get_host(), port)).await.unwrap(), lost, faults).await,
    }
}

async fn pump(
    mut client: UnixStream,
    mut server: impl AsyncRead + AsyncWrite + Unpin,
    mut lost: watch::Receiver<()>,
    faults: Faults,
) {
    let spoiled = async {
        let Some(most) = faults.cut_after else { return copy_bidirectional(&mut client, &mut server).await.map(drop) };
        let ((mut asks, mut hears), (says, mut listens)) = (client.split(), tokio::io::split(server));
        let mut says = says.take(most);
        let answers = async {
            let mut bytes = [0; 4096];
            loop {
                let length = says.read(&mut bytes).await?;
                if length == 0 {
                    return Ok(());
                }
                tokio::time::sleep(faults.delay).await;
                hears.write_all(&bytes[..length]).await?;
            }
        };
        tokio::select! {
            ended = answers => ended,
            ended = tokio::io::copy(&mut asks, &mut listens) => ended.map(drop),
        }
    };
    tokio::select! {
        // Either end may disconnect at any time.
        _ = spoiled => {}
        Ok(()) = lost.changed() => std::future::pending().await,
    }
}
