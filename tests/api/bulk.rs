//! NDJSON posted to `/v1/articles`: any number of lines, answered as they arrive, compressed or
//! not.

use crate::support::{Answer, Api, now};
use axum::{
    body::{Body, Bytes},
    http::{Request, StatusCode, header},
};
use daybook::{
    http::{Access, Limits, Public},
    key::{Scope, Token},
    store::Store,
};
use flate2::{Compression, write::GzEncoder};
use futures_util::{StreamExt, stream};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use sqlx::PgPool;
use std::{convert::Infallible, io::Write, time::Duration};
use tokio::sync::mpsc;

const NDJSON: &str = "application/x-ndjson";

fn line(text: &str) -> String {
    format!("{}\n", json!({"text": text, "published_on": "2023-03-02"}))
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

async fn compressed(api: &Api, content_type: &str, encoding: &str, body: Vec<u8>) -> Answer {
    let request = Request::post("/v1/articles").header(header::CONTENT_ENCODING, encoding);
    api.send(request.header(header::CONTENT_TYPE, content_type).body(body.into()).unwrap()).await
}

fn answers(body: &[u8]) -> Vec<Value> {
    std::str::from_utf8(body).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The number and status of each answer.
fn outcomes(answers: &[Value]) -> Vec<(u64, u64)> {
    let number = |answer: &Value, field: &str| answer[field].as_u64().unwrap();
    answers.iter().map(|answer| (number(answer, "line"), number(answer, "status"))).collect()
}

async fn stored(api: &Api) -> usize {
    api.get("/v1/articles").await.json()["items"].as_array().unwrap().len()
}

/// Opens a request whose lines the test sends one by one; returns the sender and the response.
async fn conversation(api: &Api) -> (mpsc::UnboundedSender<String>, Body) {
    conversation_of(api, &[]).await
}

/// Opens it with headers.
async fn conversation_of(api: &Api, headers: &[(&str, &str)]) -> (mpsc::UnboundedSender<String>, Body) {
    let (say, said) = mpsc::unbounded_channel::<String>();
    let lines = stream::unfold(said, async |mut said| said.recv().await.map(|line| (line, said)));
    let body = Body::from_stream(lines.map(Ok::<_, Infallible>));
    say.send(line("A first one.")).unwrap();
    let request = Request::post("/v1/articles").header(header::CONTENT_TYPE, NDJSON);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    // The response is not compressed on request, as this would delay it.
    let response = api.open(request.header(header::ACCEPT_ENCODING, "gzip").body(body).unwrap()).await;
    assert_eq!((response.status(), response.headers().get(header::CONTENT_ENCODING)), (StatusCode::OK, None));
    (say, response.into_body())
}

async fn next(answers: &mut Body) -> Value {
    let frame: Bytes = answers.frame().await.unwrap().unwrap().into_data().unwrap();
    serde_json::from_slice(&frame).unwrap()
}

#[sqlx::test]
async fn a_line_that_cannot_be_stored_takes_no_other_with_it(pool: PgPool) {
    let api = Api::new(pool.clone());
    let refuse = "alter table articles add constraint refused check (text not like 'Refuse%')";
    sqlx::raw_sql(refuse).execute(&pool).await.unwrap();
    let lines = line("One.") + &line("Refuse this.") + &line("Three.");
    let answer = api.post("/v1/articles", NDJSON, lines).await;
    assert_eq!(outcomes(&answers(&answer.body)), [(1, 201), (2, 500), (3, 201)]);
    assert_eq!(stored(&api).await, 2);
}

#[sqlx::test]
async fn each_line_is_answered_before_the_next_one_comes(pool: PgPool) {
    let api = Api::new(pool);
    let (say, mut answers) = conversation(&api).await;
    assert_eq!(next(&mut answers).await["status"], 201);
    say.send("not an article\n".into()).unwrap();
    assert_eq!(next(&mut answers).await["status"], 400);
    // A line in two pieces.
    let second = line("A second one.");
    say.send(second[..20].into()).unwrap();
    say.send(second[20..].into()).unwrap();
    assert_eq!(next(&mut answers).await["line"], 3);
    drop(say);
    assert!(answers.frame().await.is_none());
}

#[sqlx::test]
async fn a_client_that_goes_away_loses_nothing_that_was_answered(pool: PgPool) {
    let api = Api::new(pool);
    let (say, mut answers) = conversation(&api).await;
    next(&mut answers).await;
    for number in 0..50 {
        say.send(line(&format!("Number {number}."))).unwrap();
    }
    next(&mut answers).await;
    drop(answers);
    assert!((2..50).contains(&stored(&api).await));
}

#[sqlx::test]
async fn a_bad_line_is_reported_and_skipped(pool: PgPool) {
    let api = Api::with(Store::new(pool), Access::default(), Limits { body: 100, ..Limits::default() });
    let mut body = line("One.").into_bytes();
    body.extend(line(&"x".repeat(10_000)).as_bytes());
    body.extend(b"\xff\n\n[]\n{\"text\": \"no day\"}\n");
    body.extend(line("Two.").as_bytes());
    let answer = api.post("/v1/articles", NDJSON, body).await;
    let told = answers(&answer.body);
    assert_eq!(outcomes(&told), [(1, 201), (2, 413), (3, 400), (5, 400), (6, 400), (7, 201)]);
    assert!(told[1]["detail"].as_str().unwrap().contains("longer than 100 bytes"), "{}", told[1]);
    assert_eq!(told[4]["field"], "published_on");
}

#[sqlx::test]
async fn the_later_of_two_lines_with_one_address_is_the_newest_version(pool: PgPool) {
    let api = Api::new(pool);
    let version = |number: usize| {
        // The first takes longest to extract.
        let text = "Ministers met. ".repeat(40 - number);
        format!("{}\n", json!({"text": text, "published_on": "2023-03-02", "url": "https://news.example/a"}))
    };
    let body: String = (0..10).map(version).collect();
    api.post("/v1/articles", NDJSON, body).await;
    let kept = &api.get("/v1/articles?include=text").await.json()["items"][0]["text"];
    assert_eq!(kept.as_str().unwrap().len(), 15 * 31);
}

#[sqlx::test]
async fn bodies_may_be_compressed(pool: PgPool) {
    let api = Api::new(pool);
    let lines = line("One.") + &line("Two.");
    let answer = compressed(&api, NDJSON, "gzip", gzip(lines.as_bytes())).await;
    assert_eq!(outcomes(&answers(&answer.body)), [(1, 201), (2, 201)]);
    let answer = compressed(&api, NDJSON, "zstd", zstd::encode_all(lines.as_bytes(), 1).unwrap()).await;
    assert_eq!(outcomes(&answers(&answer.body)), [(1, 200), (2, 200)]);
    let one = compressed(&api, "application/json", "gzip", gzip(line("Three.").as_bytes())).await;
    assert_eq!(one.status, StatusCode::CREATED);
    // Truncated: the lines received are processed, and the rest is reported missing.
    let mut half = gzip(lines.as_bytes());
    half.truncate(half.len() - 8);
    let told = answers(&compressed(&api, NDJSON, "gzip", half).await.body);
    assert_eq!(outcomes(&told), [(1, 200), (2, 200), (3, 400)]);
    assert!(told[2]["detail"].as_str().unwrap().contains("decompressed"));
}

#[sqlx::test]
async fn what_a_body_unpacks_to_is_limited(pool: PgPool) {
    let api = Api::new(pool);
    let bomb = gzip(line(&" ".repeat(4 << 20)).as_bytes());
    assert!(bomb.len() < 1 << 16);
    compressed(&api, "application/json", "gzip", bomb.clone()).await.problem(StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(outcomes(&answers(&compressed(&api, NDJSON, "gzip", bomb).await.body)), [(1, 413)]);
    // The decompressed size is limited.
    let limits = Limits { decompressed: 1 << 20, ..Limits::default() };
    let api = Api::with(api.store, Access::default(), limits);
    let mut bomb = gzip(line("One.").as_bytes());
    bomb.extend(gzip(&vec![b'\n'; 1 << 20]));
    let told = answers(&compressed(&api, NDJSON, "gzip", bomb).await.body);
    assert_eq!((told.len(), &told[0]["status"]), (2, &json!(201)));
    assert!(told[1]["detail"].as_str().unwrap().contains("decompresses to more than"), "{}", told[1]);
}

#[sqlx::test]
async fn lines_that_do_not_come_are_not_waited_for(pool: PgPool) {
    let limits = Limits { body_time: Duration::from_millis(50), ..Limits::default() };
    let api = Api::with(Store::new(pool), Access::default(), limits);
    let (_say, mut answers) = conversation(&api).await;
    next(&mut answers).await;
    let told = next(&mut answers).await;
    assert_eq!((&told["line"], &told["status"]), (&json!(2), &json!(408)));
    assert!(answers.frame().await.is_none());
}

#[sqlx::test]
async fn lines_are_taken_until_their_key_is_revoked(pool: PgPool) {
    let access = Access { loopback: false, public: Public::Articles, ..Access::default() };
    let api = Api::with(Store::new(pool), access, Limits::default());
    let token = Token::random().unwrap();
    assert!(api.store.create_key(&token, "desk", Scope::Write, now()).await.unwrap());
    let (say, mut answers) = conversation_of(&api, &[("authorization", &format!("Bearer {token}"))]).await;
    assert_eq!(next(&mut answers).await["status"], 201);
    assert!(api.store.revoke_key("desk", now()).await.unwrap());
    for text in ["A second one.", "A third one."] {
        say.send(line(text)).unwrap();
    }
    assert_eq!(next(&mut answers).await["status"], 401);
    assert!(answers.frame().await.is_none(), "it is told once");
    assert_eq!(stored(&api).await, 1);
}
