//! `{"url": …}` to `/v1/articles` and `/v1/extract`: pages that the service fetches.

use crate::support::{Api, now};
use axum::{
    Router,
    http::{HeaderMap, Request, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
};
use daybook::{
    extract::Extractor,
    http::{self, Access, App, Limits},
    key::{Scope, Token},
    outbound::{self, Outbound},
    store::Store,
};
use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::net::TcpListener;

const DATED: &str = include_str!("../corpus/pages/json-ld.html");
const UNDATED: &str = include_str!("../corpus/pages/no-date.html");
const FRONT_PAGE: &str = include_str!("../corpus/pages/front-page.html");

async fn answer(uri: Uri, headers: HeaderMap) -> Response {
    assert!(headers[header::USER_AGENT].to_str().unwrap().starts_with("daybook/"));
    let html = |text: &'static str| ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response();
    match uri.path() {
        "/robots.txt" => "User-agent: daybook\nDisallow: /private/\n".into_response(),
        "/dated" | "/private/dated" => html(DATED),
        "/undated" => html(UNDATED),
        "/" | "/front-page" => html(FRONT_PAGE),
        "/elsewhere" => Redirect::permanent("http://10.1.2.3/dated").into_response(),
        "/moved" => Redirect::permanent("/dated").into_response(),
        "/to-the-front" => Redirect::temporary("/").into_response(),
        "/picture" => ([(header::CONTENT_TYPE, "image/png")], "png").into_response(),
        "/forbidden" => StatusCode::FORBIDDEN.into_response(),
        "/broken" => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A host of pages, and the API, which may fetch from it.
pub async fn start(pool: PgPool, access: Access) -> (String, Api) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().fallback(answer);
    tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
    let outbound = Outbound::new(&["127.0.0.1".parse().unwrap()], outbound::TIME).unwrap();
    let store = Store::new(pool);
    let app = App { now, outbound, ..App::new(store.clone(), Extractor::new()) };
    (host, Api::over(store, http::router(app, access, Limits::default())))
}

#[sqlx::test]
async fn a_page_is_fetched_and_stored_with_its_events(pool: PgPool) {
    let (host, api) = start(pool, Access::default()).await;
    let body = json!({"url": format!("{host}/moved#top"), "source": "Of the sender", "external_id": "a 1"});
    let answer = api.post_json("/v1/articles", &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&answer.body));
    let posted = answer.json();
    assert_eq!(answer.header(header::LOCATION), format!("/v1/articles/{}", posted["article"]["id"].as_str().unwrap()));
    assert_eq!(posted["article"]["title"], "Envoys of Chile & Peru to meet in Quito");
    assert_eq!(posted["article"]["published_on"], "2023-02-15");
    assert_eq!(posted["article"]["url"], format!("{host}/world/envoys-to-meet-in-quito"), "the canonical URL");
    assert_eq!(posted["article"]["source"], "Of the sender");
    assert_eq!(posted["article"]["external_id"], "a 1");
    assert_eq!(posted["events"][0]["title"], "Chile–Peru talks in Quito");
    assert_eq!(api.post_json("/v1/articles", &body).await.status, StatusCode::OK, "the same page again");

    let undated = json!({"url": format!("{host}/undated"), "published_on": "2023-02-14"});
    let extracted = api.post_json("/v1/extract?explain=true", &undated).await.json();
    assert_eq!(extracted["events"][0]["starts_on"], "2023-03-09");
    assert!(extracted["explanation"].is_array());
    let stored = api.get("/v1/articles").await.json();
    assert_eq!(stored["items"].as_array().map(Vec::len), Some(1), "extraction stores nothing");
}

#[sqlx::test]
async fn what_cannot_be_fetched_says_why(pool: PgPool) {
    let (host, api) = start(pool, Access::default()).await;
    let cases = [
        ("/forbidden", 502, "url", "403 Forbidden"),
        ("/missing", 502, "url", "404 Not Found"),
        ("/broken", 502, "url", "500 Internal Server Error"),
        ("/private/dated", 502, "url", "robots.txt of the host disallows it"),
        ("/to-the-front", 502, "url", "front page"),
        ("/elsewhere", 400, "url", "10.1.2.3, which is not a public address"),
        ("/picture", 422, "url", "not a web page, but image/png"),
        ("/front-page", 422, "url", "no main text"),
        ("/undated", 422, "published_on", "send it beside `url`"),
    ];
    for route in ["/v1/articles", "/v1/extract"] {
        for (path, status, field, detail) in cases {
            let answer = api.post_json(route, &json!({"url": format!("{host}{path}")})).await;
            let problem = answer.problem(StatusCode::from_u16(status).unwrap());
            assert_eq!(problem["field"], field, "{problem}");
            assert!(problem["detail"].as_str().unwrap().contains(detail), "{problem}");
            let code = match status {
                502 => "fetch_failed",
                422 => "incomplete_page",
                _ => "invalid_value",
            };
            assert_eq!(problem["code"], code, "{problem}");
        }
        for url in ["http://127.0.0.2/a", "http://[::1]/a", "http://169.254.169.254/latest", "file:///etc/passwd"] {
            let problem = api.post_json(route, &json!({ "url": url })).await.problem(StatusCode::BAD_REQUEST);
            assert_eq!((&problem["field"], &problem["code"]), (&json!("url"), &json!("invalid_value")), "{problem}");
        }
    }
    assert_eq!(api.get("/v1/articles").await.json()["items"], json!([]));
}

#[sqlx::test]
async fn fields_of_a_page_are_checked_before_it_is_fetched(pool: PgPool) {
    let (host, api) = start(pool, Access::default()).await;
    for (name, value) in [("published_on", json!("soon")), ("colour", json!("red")), ("title", json!(7))] {
        let mut body = json!({"url": format!("{host}/missing")});
        body[name] = value;
        let problem = api.post_json("/v1/articles", &body).await.problem(StatusCode::BAD_REQUEST);
        assert_eq!(problem["field"], name, "{problem}");
    }
    // On a line, an article needs its text.
    let line = json!({"url": format!("{host}/dated")}).to_string();
    let answer = api.post("/v1/articles", "application/x-ndjson", line).await.json();
    assert_eq!((&answer["status"], &answer["field"]), (&json!(400), &json!("text")));
}

#[sqlx::test]
async fn fetching_needs_the_scope_to_write(pool: PgPool) {
    let (host, api) = start(pool, Access { loopback: false, ..Access::default() }).await;
    let key = async |scope: Scope| {
        let token = Token::random().unwrap();
        assert!(api.store.create_key(&token, &scope.to_string(), scope, now()).await.unwrap());
        token.to_string()
    };
    let (read, write) = (key(Scope::Read).await, key(Scope::Write).await);
    let send = async |body: Value, key: Option<&str>| {
        let request = Request::post("/v1/extract").header(header::CONTENT_TYPE, "application/json");
        let request =
            key.iter().fold(request, |request, key| request.header(header::AUTHORIZATION, format!("Bearer {key}")));
        api.send(request.body(body.to_string().into()).unwrap()).await
    };
    let (page, text) =
        (json!({"url": format!("{host}/dated")}), json!({"text": "Talks open.", "published_on": "2023-02-14"}));
    assert_eq!(send(text, None).await.status, StatusCode::OK, "reading is open");
    assert_eq!(send(page.clone(), None).await.problem(StatusCode::UNAUTHORIZED)["code"], "key_required");
    assert_eq!(send(page.clone(), Some(&read)).await.problem(StatusCode::FORBIDDEN)["code"], "insufficient_scope");
    assert_eq!(send(page, Some(&write)).await.status, StatusCode::OK);
}
