//! `/v1/stream`

use crate::{
    health::Proxy,
    support::{Api, asean, australia, country, in_place, japan, mention, now, on},
};
use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Request, Response, StatusCode, header},
};
use daybook::{
    event::{Kind, Mention, Role, Status},
    extract::Extractor,
    http::{self, Access, App, Limits, Streams},
    key::{Scope, Token},
    store::Store,
};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{net::SocketAddr, time::Duration};

/// The connection of a client.
struct Stream {
    body: Body,
    /// The id to resume from.
    id: String,
}

/// A change: its name, its id and the event.
type Told = (String, String, Value);

impl Stream {
    /// Opens a stream. The first message is the position where it starts, unless the client sent
    /// one.
    async fn open(api: &Api, uri: &str) -> Self {
        let mut stream = Self::after(api, uri, "").await;
        assert_eq!(stream.frame().await.unwrap(), None);
        assert_ne!(stream.id, "");
        stream
    }

    /// Resumes after an id.
    async fn after(api: &Api, uri: &str, id: &str) -> Self {
        let request = Request::get(uri);
        let request = if id.is_empty() { request } else { request.header("last-event-id", id) };
        let response = api.open(request.body(Body::empty()).unwrap()).await;
        assert_eq!(
            (response.status(), &response.headers()[header::CONTENT_TYPE]),
            (StatusCode::OK, &"text/event-stream".parse().unwrap())
        );
        Self { body: response.into_body(), id: id.to_owned() }
    }

    /// Returns the next message, a change or an id alone; `None` at the end.
    async fn frame(&mut self) -> Option<Option<Told>> {
        let frame = tokio::time::timeout(Duration::from_secs(20), self.body.frame()).await.expect("20 seconds suffice");
        let text = String::from_utf8(frame?.unwrap().into_data().unwrap().to_vec()).unwrap();
        let field = |name: &str| Some(text.lines().find_map(|line| line.strip_prefix(name))?.trim().to_owned());
        self.id = field("id:").unwrap();
        let data = field("data:").map(|data| serde_json::from_str(&data).unwrap());
        Some(data.map(|data| (field("event:").unwrap(), self.id.clone(), data)))
    }

    /// Returns the next change.
    async fn next(&mut self) -> Told {
        loop {
            if let Some(told) = self.frame().await.expect("it goes on") {
                return told;
            }
        }
    }

    /// Returns the kind of the next event.
    async fn kind(&mut self) -> String {
        self.next().await.2["kind"].as_str().unwrap().to_owned()
    }
}

/// Returns the next changes, as many as requested.
async fn told(api: &Api, uri: &str, last_event_id: &str, number: usize) -> Vec<Told> {
    let (mut stream, mut events) = (Stream::after(api, uri, last_event_id).await, Vec::new());
    while events.len() < number {
        events.push(stream.next().await);
    }
    events
}

fn talks() -> Mention {
    in_place(mention(Kind::Talks, "2023-03-07", &[japan(), australia()]), "Lugano", "CH")
}

fn vote() -> Mention {
    mention(Kind::Vote, "2023-04-01", &[country("CI", "Côte d'Ivoire")])
}

#[sqlx::test]
async fn changes_are_told_in_their_order_and_a_client_goes_on_where_it_was(pool: PgPool) {
    let api = Api::new(pool);
    let start = api.get("/v1/events").await.json()["next_updated_since"].as_str().unwrap().to_owned();
    api.ingest(&on("2023-03-01", "One."), &[talks()]).await;
    let second = api.ingest(&on("2023-03-02", "Two."), &[vote()]).await.article.id;

    let first = told(&api, "/v1/stream", &start, 2).await;
    let names: Vec<_> = first.iter().map(|(name, _, data)| (&**name, data["kind"].as_str().unwrap())).collect();
    assert_eq!(names, [("event.created", "talks"), ("event.created", "vote")]);
    // Resumed after the first change, only the second is sent.
    assert_eq!(told(&api, "/v1/stream", &first[0].1, 1).await[0].2, first[1].2);

    let off = Mention { role: Role::Changes, status: Status::Cancelled, ..talks() };
    api.ingest(&on("2023-03-03", "Off."), &[off]).await;
    api.delete(&format!("/v1/articles/{second}")).await;
    let then = told(&api, "/v1/stream", &first[1].1, 2).await;
    assert_eq!((&*then[0].0, &then[0].2["status"]), ("event.updated", &"cancelled".into()));
    assert_eq!((&*then[1].0, &then[1].2["reason"]), ("event.removed", &"withdrawn".into()));

    // The usual filters apply.
    let votes = told(&api, "/v1/stream?kind=vote", &start, 1).await;
    assert_eq!(votes[0].0, "event.removed");
    let since = told(&api, &format!("/v1/stream?kind=talks&updated_since={start}"), &start, 1).await;
    assert_eq!(since[0].2["status"], "cancelled");
}

#[sqlx::test]
async fn every_replica_tells_of_a_change_as_it_is_made(pool: PgPool) {
    let replicas = [Api::new(pool.clone()), Api::new(pool.clone())];
    let mut streams = [Stream::open(&replicas[0], "/v1/stream").await, Stream::open(&replicas[1], "/v1/stream").await];
    let writer = Api::new(pool);
    for (text, mention) in [("One.", talks()), ("Two.", vote())] {
        let kind = mention.kind.to_string();
        writer.ingest(&on("2023-03-01", text), &[mention]).await;
        for stream in &mut streams {
            assert_eq!(stream.kind().await, kind);
        }
    }
}

#[sqlx::test]
async fn what_is_committed_late_is_told_in_its_place(pool: PgPool) {
    let api = Api::new(pool.clone());
    let mut stream = Stream::open(&api, "/v1/stream").await;
    let event = api.ingest(&on("2023-03-01", "One."), &[talks()]).await.events[0].id;
    assert_eq!(stream.kind().await, "talks");
    // Opened before the vote is announced, and still open afterwards.
    let mut older = pool.begin().await.unwrap();
    let change = "update events set changed_in = pg_current_xact_id() where id = $1";
    sqlx::query(change).bind(event).execute(&mut *older).await.unwrap();
    api.ingest(&on("2023-03-02", "Two."), &[vote()]).await;
    let reading = tokio::spawn(async move { [stream.kind().await, stream.kind().await] });
    // The request is polled repeatedly meanwhile.
    for _ in 0..20 {
        api.get("/v1/events").await;
    }
    assert!(!reading.is_finished());
    older.commit().await.unwrap();
    assert_eq!(reading.await.unwrap(), ["talks", "vote"]);
}

#[sqlx::test]
async fn a_client_that_is_cut_off_misses_nothing(pool: PgPool) {
    let api = Api::new(pool.clone());
    // Before the first change, and after it.
    let mut id = Stream::open(&api, "/v1/stream").await.id;
    for (text, mention) in [("One.", talks()), ("Two.", vote())] {
        let kind = mention.kind.to_string();
        api.ingest(&on("2023-03-01", text), &[mention]).await;
        let mut stream = Stream::after(&Api::new(pool.clone()), "/v1/stream", &id).await;
        assert_eq!(stream.kind().await, kind);
        id = stream.id;
    }
}

#[sqlx::test]
async fn readers_that_take_nothing_hold_up_nobody(pool: PgPool) {
    let api = Api::new(pool);
    // More streams than database connections.
    let mut slow = Vec::new();
    for _ in 0..8 {
        slow.push(Stream::open(&api, "/v1/stream").await);
    }
    let mut quick = Stream::open(&api, "/v1/stream").await;
    for day in 1..=9 {
        let mention = mention(Kind::Talks, &format!("2023-05-0{day}"), &[japan(), asean()]);
        api.ingest(&on("2023-03-01", &format!("{day}.")), &[mention]).await;
        assert_eq!(quick.next().await.2["starts_on"], json!(format!("2023-05-0{day}")));
    }
    for stream in &mut slow {
        for day in 1..=9 {
            assert_eq!(stream.next().await.2["starts_on"], json!(format!("2023-05-0{day}")));
        }
    }
}

#[sqlx::test]
async fn a_stream_outlives_its_database(_: PgPoolOptions, database: PgConnectOptions) {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join(format!(".s.PGSQL.{}", database.get_port()));
    let proxy = Proxy::start(&socket, database.clone());
    let api = Api::on(Store::connect(database.clone().socket(folder.path())));
    let writer = Api::on(Store::connect(database.clone()));
    let mut stream = Stream::open(&api, "/v1/stream").await;
    writer.ingest(&on("2023-03-01", "One."), &[talks()]).await;
    assert_eq!(stream.kind().await, "talks");

    proxy.stop().await;
    writer.ingest(&on("2023-03-02", "Two."), &[vote()]).await;
    let proxy = Proxy::start(&socket, database);
    assert_eq!(stream.kind().await, "vote");
    for store in [writer.store, api.store] {
        store.close().await;
    }
    proxy.stop().await;
}

#[sqlx::test]
async fn streams_end_with_the_service(pool: PgPool) {
    let store = Store::new(pool);
    let app = App { now, ..App::new(store.clone(), Extractor::new()) };
    let streams = app.streams.clone();
    let api = Api::over(store, http::router(app, Access::default(), Limits::default()));
    let mut stream = Stream::open(&api, "/v1/stream").await;
    let reading = tokio::spawn(async move { stream.frame().await });
    streams.end();
    assert_eq!(reading.await.unwrap(), None);
}

#[sqlx::test]
async fn nobody_takes_the_streams_of_all_others(pool: PgPool) {
    let store = Store::new(pool);
    let app = App { now, streams: Streams::new(3, 2), ..App::new(store.clone(), Extractor::new()) };
    let api = Api::over(store, http::router(app, Access::default(), Limits::default()));
    let open = async |address: &str| {
        let client = ConnectInfo::<SocketAddr>(format!("{address}:80").parse().unwrap());
        let request = Request::get("/v1/stream").extension(client);
        api.open(request.body(Body::empty()).unwrap()).await
    };
    let refused = |response: &Response<Body>, status| {
        assert_eq!(response.status(), status);
        assert!(response.headers().contains_key(header::RETRY_AFTER));
    };
    let mut first = vec![open("192.0.2.1").await, open("192.0.2.1").await];
    refused(&open("192.0.2.1").await, StatusCode::TOO_MANY_REQUESTS);
    let second = open("192.0.2.2").await;
    assert_eq!(second.status(), StatusCode::OK);
    refused(&open("192.0.2.2").await, StatusCode::SERVICE_UNAVAILABLE);
    first.pop();
    assert_eq!(open("192.0.2.1").await.status(), StatusCode::OK);
}

#[sqlx::test]
async fn a_stream_ends_when_its_key_is_revoked(pool: PgPool) {
    let access = Access { loopback: false, key_for_reading: true, ..Access::default() };
    let api = Api::with(Store::new(pool), access, Limits::default());
    let token = Token::random().unwrap();
    assert!(api.store.create_key(&token, "desk", Scope::Read, now()).await.unwrap());
    let request = Request::get("/v1/stream").header(header::AUTHORIZATION, format!("Bearer {token}"));
    let response = api.open(request.body(Body::empty()).unwrap()).await;
    let mut stream = Stream { body: response.into_body(), id: String::new() };
    assert_eq!(stream.frame().await.unwrap(), None);
    api.ingest(&on("2023-03-01", "One."), &[talks()]).await;
    assert_eq!(stream.kind().await, "talks");
    assert!(api.store.revoke_key("desk", now()).await.unwrap());
    api.ingest(&on("2023-03-02", "Two."), &[vote()]).await;
    assert_eq!(stream.frame().await, None);
}

#[sqlx::test]
async fn what_cannot_be_told_is_refused(pool: PgPool) {
    let api = Api::new(pool);
    for (uri, id, field) in [
        ("/v1/stream?as_of=2023-03-01", "", "as_of"),
        ("/v1/stream?colour=red", "", "colour"),
        ("/v1/stream", "seven", "Last-Event-ID"),
    ] {
        let headers = if id.is_empty() { vec![] } else { vec![("last-event-id", id)] };
        let problem = api.get_with(uri, &headers).await.problem(StatusCode::BAD_REQUEST);
        assert_eq!(problem["field"], field);
    }
    let old = api.get_with("/v1/stream", &[("last-event-id", "7-1000")]).await;
    assert_eq!(old.problem(StatusCode::GONE)["field"], "updated_since");
}
