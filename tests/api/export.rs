//! `/v1/export`, and `daybook load` of its output.

use crate::support::{Api, on};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use flate2::{Compression, write::GzEncoder};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use sqlx::{ConnectOptions, PgPool, postgres::PgPoolOptions};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;
use uuid::Uuid;

async fn export(api: &Api, what: &str) -> Vec<u8> {
    let answer = api.get(&format!("/v1/export/{what}.ndjson")).await;
    assert_eq!((answer.status, answer.header(header::CONTENT_TYPE)), (StatusCode::OK, "application/x-ndjson"));
    answer.body
}

fn lines(body: &[u8]) -> Vec<Value> {
    std::str::from_utf8(body).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn command(pool: &PgPool) -> Command {
    let url = pool.connect_options().to_url_lossy().to_string();
    let mut command = Command::new(env!("CARGO_BIN_EXE_daybook"));
    command.args(["load", "--database-url", &url]).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Returns the output and errors of `daybook load`, and whether it succeeded.
async fn load(pool: &PgPool, arguments: &[&Path]) -> (String, String, bool) {
    let mut command = command(pool);
    command.args(arguments);
    told(tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap())
}

fn told(Output { stdout, stderr, status }: Output) -> (String, String, bool) {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(stdout), text(stderr), status.success())
}

/// Another database on the same server.
async fn another(pool: &PgPool) -> PgPool {
    let options = pool.connect_options();
    let name = format!("other_{}", Uuid::now_v7().simple());
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("create database {name}"))).execute(pool).await.unwrap();
    PgPoolOptions::new().max_connections(4).connect_lazy_with((*options).clone().database(&name))
}

/// Returns all events without what differs between two services: ids, times and revisions.
async fn timeline(api: &Api) -> Vec<Value> {
    let mut events = lines(&export(api, "events").await);
    for event in &mut events {
        for evidence in event["evidence"].as_array_mut().unwrap() {
            evidence["article"]["id"].take();
            // The rule of a merged event differs.
            evidence["matched"].take();
        }
        for field in ["id", "html_url", "revision", "created_at", "updated_at", "corrections"] {
            event[field].take();
        }
    }
    events
}

const ARTICLES: [(&str, &str); 4] = [
    ("2023-03-01", "Japan and Australia will hold talks in Lugano on 7 March, officials said."),
    ("2023-03-02", "Chile and Peru will hold talks in Lima on 9 March, officials said."),
    ("2023-03-02", "Chile will meet Peru at a summit on 10 March, the ministry said."),
    ("2023-03-03", "Norway and Sweden will hold talks in Oslo on 20 March, their ministers said."),
];

#[sqlx::test]
async fn what_was_exported_is_loaded_again_with_what_people_put_right(pool: PgPool) {
    let api = Api::new(pool.clone());
    for (published_on, text) in ARTICLES {
        let article = json!({"text": text, "published_on": published_on, "source": "Wire", "external_id": text[..5]});
        assert_eq!(api.post_json("/v1/articles", &article).await.status, StatusCode::CREATED);
    }
    let signed = json!({"author": "Desk", "reason": "Told so"});
    let with = |fields: Value| {
        let mut body = signed.clone();
        body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        body
    };
    let events = api.get("/v1/events").await.json();
    let id = |at: usize| events["items"][at]["id"].as_str().unwrap().to_owned();
    api.post_json(&format!("/v1/events/{}/merge", id(1)), &with(json!({"other": id(2)}))).await;
    let amended = api
        .send(
            Request::patch(format!("/v1/events/{}", id(0)))
                .header(header::CONTENT_TYPE, "application/json")
                .body(Body::from(with(json!({"starts_on": "2023-03-08", "status": "tentative"})).to_string()))
                .unwrap(),
        )
        .await;
    assert_eq!(amended.status, StatusCode::OK);
    let party = json!([{"kind": "country", "name": "Kenya", "code": "KE"}]);
    let entered = with(json!({"kind": "summit", "starts_on": "2023-04-01", "participants": party}));
    assert_eq!(api.post_json("/v1/events", &entered).await.status, StatusCode::CREATED);

    let (articles, events) = (export(&api, "articles").await, export(&api, "events").await);
    let given = lines(&articles);
    assert_eq!(json!([given.len(), given[0]["text"], given[0]["source"]]), json!([4, ARTICLES[0].1, "Wire"]));
    let of_hand = |event: &Value| event["corrections"].as_array().map_or(0, Vec::len);
    assert_eq!(lines(&events).iter().map(of_hand).collect::<Vec<_>>(), [1, 1, 0, 1]);

    let folder = TempDir::new().unwrap();
    let (first, second) = (folder.path().join("articles.ndjson"), folder.path().join("events.ndjson"));
    fs::write(&first, &articles).unwrap();
    fs::write(&second, &events).unwrap();
    let other = another(&pool).await;
    let (said, complaints, _) = load(&other, &[&second]).await;
    assert!(complaints.contains("its articles are not stored"), "{said}{complaints}");
    fs::write(&second, [&events[..], b"\n"].concat()).unwrap();
    let (said, complaints, content) = load(&other, &["--from-start".as_ref(), &first, &second]).await;
    assert!(content, "{said}{complaints}");
    assert!(said.contains("created: 4;") && said.contains("corrected: 2;"), "{said}{complaints}");
    let copy = Api::new(other);
    assert_eq!(timeline(&copy).await, timeline(&api).await);
    assert_eq!(export(&copy, "articles").await, articles);
    // Loading again changes nothing.
    let before = timeline(&copy).await;
    let (said, ..) = load(&pool, &["--from-start".as_ref(), &first, &second]).await;
    assert!(said.contains("unchanged: 4") && said.contains("corrected: 0;"), "{said}");
    assert_eq!(timeline(&copy).await, before);
}

/// What `GET /v1/export/{what}.ndjson` gives for each of these, by which an installation moves.
async fn everything(api: &Api) -> [Vec<u8>; 3] {
    [export(api, "articles").await, export(api, "corrections").await, export(api, "settings").await]
}

#[sqlx::test]
async fn two_databases_have_equal_exports(pool: PgPool) {
    let api = Api::new(pool.clone());
    for (published_on, text) in ARTICLES {
        let article = json!({"text": text, "published_on": published_on, "source": "Wire"});
        assert_eq!(api.post_json("/v1/articles", &article).await.status, StatusCode::CREATED);
    }
    // Two more articles on the talks in Oslo, of which one is rejected as evidence and the other is split off, and one
    // with a date but no event.
    for (source, text) in [
        ("Harbour News", "Norway and Sweden will hold talks in Oslo on 20 March, a spokesman said."),
        ("The Bell", "Talks between Norway and Sweden will be held in Oslo on 20 March."),
        ("Sport", "Shares of the company rose until 20 March 2024."),
    ] {
        let article = json!({"text": text, "published_on": "2023-03-04", "source": source});
        assert_eq!(api.post_json("/v1/articles", &article).await.status, StatusCode::CREATED);
    }
    let signed = |fields: Value| {
        let mut body = json!({"author": "Desk", "reason": "Told so"});
        body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        body
    };
    let done = async |path: String, fields: Value| {
        let answer = api.post_json(&path, &signed(fields)).await;
        assert!(answer.status.is_success(), "{path}: {}", String::from_utf8_lossy(&answer.body));
        answer.json()
    };
    let listed = api.get("/v1/events?include=evidence").await.json();
    let id = |at: usize| listed["items"][at]["id"].as_str().unwrap().to_owned();
    let article_of = |source: &str| {
        let evidence = listed["items"][3]["evidence"].as_array().unwrap();
        let of_source = evidence.iter().find(|evidence| evidence["article"]["source"] == source);
        of_source.unwrap()["article"]["id"].clone()
    };
    done(format!("/v1/events/{}/merge", id(1)), json!({"other": id(2)})).await;
    done(format!("/v1/events/{}/reject", id(0)), json!({})).await;
    done(format!("/v1/events/{}/evidence/reject", id(3)), json!({"article": article_of("Harbour News")})).await;
    let split = done(format!("/v1/events/{}/split", id(3)), json!({"articles": [article_of("The Bell")]})).await;
    assert_eq!(split["events"].as_array().map(Vec::len), Some(2));
    let entered = json!({"kind": "summit", "starts_on": "2023-04-01", "participants": ["Kenya"]});
    let entered = done("/v1/events".into(), entered).await["events"][0]["id"].clone();
    let amended = Request::patch(format!("/v1/events/{}", entered.as_str().unwrap()))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(signed(json!({"notes": "Ask the embassy", "status": "tentative"})).to_string()));
    assert_eq!(api.send(amended.unwrap()).await.status, StatusCode::OK);
    let queue = api.get("/v1/review").await.json();
    let items = queue["items"].as_array().unwrap();
    let (about_event, about_article): (Vec<_>, Vec<_>) = items.iter().partition(|item| item["article"].is_null());
    for item in [about_event[0], about_article[0]] {
        let path = format!("/v1/review/{}/dismiss", item["id"].as_str().unwrap());
        assert_eq!(api.post_json(&path, &signed(json!({}))).await.status, StatusCode::NO_CONTENT);
    }
    for (slug, private) in [("asia", false), ("desk", true)] {
        let body = json!({"title": "Asia", "private": private, "filters": {"participant": ["Japan"]}});
        assert_eq!(api.put_json(&format!("/v1/timelines/{slug}"), &body).await.status, StatusCode::CREATED);
    }
    let feed = json!({"url": "https://news.example/feed.xml", "source": "The Example", "every": 600});
    assert_eq!(api.post_json("/v1/feeds", &feed).await.status, StatusCode::CREATED);
    let hook = json!({"url": "https://93.184.215.14/hook", "description": "The desk", "filters": {"kind": "talks"}});
    let hook = api.post_json("/v1/webhooks", &hook).await.json();

    let exported = everything(&api).await;
    let settings = lines(&exported[2]);
    assert_eq!((lines(&exported[1]).len(), settings.len()), (6 + 2, 4));
    let text = String::from_utf8_lossy(&exported[2]);
    assert!(!text.contains(hook["secret"].as_str().unwrap()), "{text}");
    let token = api.get("/v1/timelines/desk").await.json()["token"].as_str().map(str::to_owned);
    assert!(token.is_none_or(|token| !text.contains(&token)), "{text}");

    let folder = TempDir::new().unwrap();
    let files = ["articles", "corrections", "settings"].map(|name| folder.path().join(format!("{name}.ndjson")));
    for (file, content) in files.iter().zip(&exported) {
        fs::write(file, content).unwrap();
    }
    let files = files.each_ref().map(PathBuf::as_path);
    let other = another(&pool).await;
    let (said, complaints, content) = load(&other, &files).await;
    assert!(content, "{said}{complaints}");
    assert!(said.contains("created: 7;") && said.contains("restored: 12;"), "{said}{complaints}");
    let copy = Api::new(other.clone());
    for (there, here) in exported.iter().zip(&everything(&copy).await) {
        assert_eq!(lines(there), lines(here));
    }
    let events = timeline(&copy).await;
    assert_eq!(events, timeline(&api).await);
    assert_eq!(events.len(), 4, "without the rejected event");
    let titles = |queue: &Value| -> Vec<(Value, Value)> {
        let items = queue["items"].as_array().unwrap().iter();
        items.map(|item| (item["reason"].clone(), item["events"][0]["title"].clone())).collect()
    };
    assert_eq!(titles(&copy.get("/v1/review").await.json()), titles(&api.get("/v1/review").await.json()));

    // Once more, nothing changes.
    let (said, complaints, _) = load(&other, &[&["--from-start".as_ref()][..], &files[..]].concat()).await;
    assert!(said.contains("unchanged: 7") && said.contains("restored: 0;"), "{said}{complaints}");
    // A correction whose articles are not stored is reported.
    let empty = another(&pool).await;
    let (_, complaints, content) = load(&empty, &[files[1]]).await;
    assert!(!content && complaints.contains("its articles are not stored"), "{complaints}");
}

#[sqlx::test]
async fn an_export_shows_one_moment(pool: PgPool) {
    let api = Api::new(pool);
    for number in 0..250 {
        api.ingest(&on("2023-03-01", &format!("Number {number}.")), &[]).await;
    }
    let response = api.open(Request::get("/v1/export/articles.ndjson").body(Body::empty()).unwrap()).await;
    let mut body = response.into_body();
    let mut told = body.frame().await.unwrap().unwrap().into_data().unwrap().to_vec();
    let newest = api.ingest(&on("2023-03-01", "Later."), &[]).await.article.id;
    api.delete(&format!("/v1/articles/{newest}")).await;
    for listed in api.get("/v1/articles?limit=20").await.json()["items"].as_array().unwrap() {
        api.delete(&format!("/v1/articles/{}", listed["id"].as_str().unwrap())).await;
    }
    told.extend(body.collect().await.unwrap().to_bytes());
    assert_eq!(lines(&told).len(), 250);
}

#[sqlx::test]
async fn exports_leave_room_for_others(pool: PgPool) {
    let api = Api::new(pool);
    let open = || api.open(Request::get("/v1/export/events.ndjson").body(Body::empty()).unwrap());
    let (one, two) = (open().await, open().await);
    let refused = api.get("/v1/export/articles.ndjson").await;
    assert!(refused.headers.contains_key(header::RETRY_AFTER));
    refused.problem(StatusCode::SERVICE_UNAVAILABLE);
    drop((one, two));
    assert_eq!(export(&api, "articles").await, b"");
}

#[sqlx::test]
async fn files_are_loaded_from_where_they_were_loaded_to(pool: PgPool) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("wire.ndjson");
    let line = |text: &str| format!("{}\n", json!({"text": text, "published_on": "2023-03-02"}));
    fs::write(&file, [line("One."), "{}\n".into(), "\n".into(), line(&"x".repeat(2 << 20)), line("Two.")].concat())
        .unwrap();
    let (said, complaints, content) = load(&pool, &[&file]).await;
    assert!(!content && said.contains("created: 2;") && said.contains("rejected lines or files: 2"), "{said}");
    assert!(complaints.contains("wire.ndjson:2: ") && complaints.contains("wire.ndjson:4: is larger"), "{complaints}");

    fs::OpenOptions::new().append(true).open(&file).unwrap().write_all(line("Three.").as_bytes()).unwrap();
    let (said, complaints, content) = load(&pool, &[&file]).await;
    assert!(content && said.contains("created: 1; replaced: 0; unchanged: 0"), "{said}");
    assert!(complaints.contains("resuming at line 6"), "{complaints}");
    let (said, ..) = load(&pool, &["--from-start".as_ref(), &file]).await;
    assert!(said.contains("created: 0; replaced: 0; unchanged: 3"), "{said}");
    // Another file with the same name.
    fs::write(&file, line("Four.") + &line("Five.")).unwrap();
    let (said, ..) = load(&pool, &[&file]).await;
    assert!(said.contains("created: 2;"), "{said}");
}

#[sqlx::test]
async fn any_format_is_loaded_compressed_or_not(pool: PgPool) {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    let line = |text: &str| format!("{}\n", json!({"text": text, "published_on": "2023-03-02"}));
    fs::write(at("a.txt"), "A title\n20230302\n\nOne.\n").unwrap();
    fs::write(at("a.json.zst"), zstd::encode_all(line("Two.").as_bytes(), 1).unwrap()).unwrap();
    // In two members, as in concatenated archives.
    let twice = [gzip(&line("Three.")), gzip(&line("Four."))].concat();
    fs::write(at("a.jsonl.gz"), twice).unwrap();
    let (said, complaints, content) = load(&pool, &[&at("a.txt"), &at("a.json.zst"), &at("a.jsonl.gz")]).await;
    assert!(content && said.contains("created: 4;"), "{said}{complaints}");

    let mut command = command(&pool);
    let mut child = command.arg("-").stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(line("Five.").as_bytes()).unwrap();
    let (said, ..) = told(tokio::task::spawn_blocking(move || child.wait_with_output().unwrap()).await.unwrap());
    assert!(said.contains("created: 1;"), "{said}");
    let (_, complaints, content) = load(&pool, &[&at("none.txt")]).await;
    assert!(!content && complaints.contains("none.txt"), "{complaints}");
}

fn gzip(text: &str) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    gzip.finish().unwrap()
}
