//! Authentication and authorization: keys and their scopes, a service without keys, and rate
//! limits.

use crate::support::{Answer, Api, now};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use daybook::{
    http::{Access, Limits, Origin, Public},
    key::{Scope, Token},
    store::Store,
};
use jiff::ToSpan;
use serde_json::json;
use sqlx::PgPool;

/// Access to a service that other machines can reach.
fn open_to_others() -> Access {
    Access { loopback: false, ..Access::default() }
}

fn api(pool: PgPool, access: Access) -> Api {
    Api::with(Store::new(pool), access, Limits::default())
}

async fn key(api: &Api, name: &str, scope: Scope) -> String {
    let token = Token::random().unwrap();
    assert!(api.store.create_key(&token, name, scope, now()).await.unwrap());
    token.to_string()
}

/// Sends a request with these headers; a POST has an article.
async fn send(api: &Api, method: &str, uri: &str, headers: &[(&str, &str)]) -> Answer {
    let article = json!({"text": "Talks open.", "published_on": "2023-03-02"}).to_string();
    let mut request = Request::builder().method(method).uri(uri).header(header::CONTENT_TYPE, "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    api.send(request.body(if method == "POST" { article.into() } else { Body::empty() }).unwrap()).await
}

async fn send_with(api: &Api, key: &str, method: &str, uri: &str) -> Answer {
    send(api, method, uri, &[("authorization", &format!("Bearer {key}"))]).await
}

#[sqlx::test]
async fn reading_is_open_and_writing_needs_a_key(pool: PgPool) {
    let api = api(pool, open_to_others());
    let key = key(&api, "desk", Scope::Write).await;
    for (method, uri) in [
        ("POST", "/v1/articles"),
        ("DELETE", "/v1/articles/01941f29-7c00-7a11-8a3e-2f0c6c1b9d10"),
        ("POST", "/v1/events"),
        ("PATCH", "/v1/events/01941f29-7c00-7a11-8a3e-2f0c6c1b9d10"),
        ("POST", "/v1/events/01941f29-7c00-7a11-8a3e-2f0c6c1b9d10/merge"),
        ("POST", "/v1/events/01941f29-7c00-7a11-8a3e-2f0c6c1b9d10/split"),
        ("DELETE", "/v1/corrections/01941f29-7c00-7a11-8a3e-2f0c6c1b9d10"),
    ] {
        let answer = send(&api, method, uri, &[]).await;
        let problem = answer.problem(StatusCode::UNAUTHORIZED);
        assert!(problem["detail"].as_str().unwrap().contains("daybook key create"), "{problem}");
        assert_eq!(answer.header(header::WWW_AUTHENTICATE), "Bearer realm=\"daybook\"", "{method} {uri}");
        assert_ne!(send_with(&api, &key, method, uri).await.status, StatusCode::UNAUTHORIZED, "{method} {uri}");
    }
    for (method, uri) in
        [("GET", "/v1/events"), ("HEAD", "/v1/timeline"), ("POST", "/v1/extract"), ("GET", "/v1/facets"), ("GET", "/")]
    {
        assert_eq!(send(&api, method, uri, &[]).await.status, StatusCode::OK, "{method} {uri}");
    }
    assert_eq!(send_with(&api, &key, "POST", "/v1/articles").await.status, StatusCode::OK, "the one that it stored");
}

#[sqlx::test]
async fn articles_need_a_key_unless_they_are_public(pool: PgPool) {
    let closed = api(pool.clone(), open_to_others());
    let reader = key(&closed, "reader", Scope::Read).await;
    let id = closed.ingest(&crate::support::article("Talks open."), &[]).await.article.id;
    let (texts, page) = (format!("/v1/articles/{id}"), format!("/articles/{id}"));
    let articles = ["/v1/articles", &texts, &page, "/v1/export/articles.ndjson", "/v1/export/events.ndjson"];
    for uri in articles.into_iter().chain(["/metrics"]) {
        assert_eq!(send(&closed, "GET", uri, &[]).await.problem(StatusCode::UNAUTHORIZED)["code"], "key_required");
        assert_eq!(send_with(&closed, &reader, "GET", uri).await.status, StatusCode::OK, "{uri}");
    }
    let open = |public| api(pool.clone(), Access { public, ..open_to_others() });
    for uri in articles {
        assert_eq!(send(&open(Public::Articles), "GET", uri, &[]).await.status, StatusCode::OK, "{uri}");
    }
    send(&open(Public::Articles), "GET", "/metrics", &[]).await.problem(StatusCode::UNAUTHORIZED);
    assert_eq!(send(&open(Public::All), "GET", "/metrics", &[]).await.status, StatusCode::OK);
    // `key_for_reading` takes precedence over `public`.
    let all_closed = Access { public: Public::All, key_for_reading: true, ..open_to_others() };
    send(&api(pool.clone(), all_closed), "GET", "/v1/events", &[]).await.problem(StatusCode::UNAUTHORIZED);
}

#[sqlx::test]
async fn a_browser_without_a_key_reads_what_an_article_needs(pool: PgPool) {
    let api = api(pool, open_to_others());
    key(&api, "reader", Scope::Read).await;
    let id = api.ingest(&crate::support::article("Talks open."), &[]).await.article.id;
    let browser = [("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")];
    for uri in [format!("/articles/{id}"), format!("/v1/articles/{id}")] {
        let answer = send(&api, "GET", &uri, &browser).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{uri}");
        assert_eq!(answer.header(header::CONTENT_TYPE), "text/html; charset=utf-8", "{uri}");
        let page = String::from_utf8(answer.body).unwrap();
        assert!(page.contains("shown with an API key only") && page.contains("--public articles"), "{page}");
        assert!(!page.contains("Reading this daybook needs a key"), "events can be read: {page}");
    }
    // A program gets a problem document.
    send(&api, "GET", &format!("/v1/articles/{id}"), &[]).await.problem(StatusCode::UNAUTHORIZED);
}

#[sqlx::test]
async fn a_service_without_keys_on_loopback_is_open(pool: PgPool) {
    let api = api(pool, Access::default());
    for uri in ["/v1/articles", "/v1/export/articles.ndjson", "/metrics"] {
        assert_eq!(send(&api, "GET", uri, &[]).await.status, StatusCode::OK, "{uri}");
    }
}

#[sqlx::test]
async fn a_key_does_what_its_scope_says(pool: PgPool) {
    let api = api(pool, open_to_others());
    let reader = key(&api, "reader", Scope::Read).await;
    let answer = send_with(&api, &reader, "POST", "/v1/articles").await;
    let problem = answer.problem(StatusCode::FORBIDDEN);
    assert_eq!(
        problem["detail"],
        "the API key has the scope read, but this request requires write; use a key with that scope"
    );
    assert!(answer.header(header::WWW_AUTHENTICATE).contains("insufficient_scope"));
    assert_eq!(send_with(&api, &reader, "GET", "/v1/events").await.status, StatusCode::OK);
    let admin = key(&api, "admin", Scope::Admin).await;
    assert_eq!(send_with(&api, &admin, "POST", "/v1/articles").await.status, StatusCode::CREATED);
}

#[sqlx::test]
async fn a_wrong_key_is_refused_even_where_none_is_needed(pool: PgPool) {
    let api = api(pool, open_to_others());
    let key = key(&api, "desk", Scope::Write).await;
    let other = Token::random().unwrap().to_string();
    // The id of one key with the secret of another, and vice versa.
    let mixed = format!("{}{}", &key[..25], &other[25..]);
    let upper = key.to_uppercase();
    for wrong in [other.as_str(), &mixed, &upper, &key[..40], "", "daybook_"] {
        for method in ["GET", "POST"] {
            let answer = send_with(&api, wrong, method, "/v1/articles").await;
            answer.problem(StatusCode::UNAUTHORIZED);
            assert!(answer.header(header::WWW_AUTHENTICATE).contains("invalid_token"), "{wrong}");
        }
    }
    let answer = send(&api, "GET", "/v1/events", &[("authorization", "Basic dXNlcjpwYXNz")]).await;
    assert_eq!(answer.status, StatusCode::OK, "a proxy's password is no key");
}

#[sqlx::test]
async fn reading_can_be_closed(pool: PgPool) {
    let api = api(pool, Access { key_for_reading: true, ..Access::default() });
    let reader = key(&api, "reader", Scope::Read).await;
    for uri in ["/v1/events", "/v1/timeline", "/v1/facets", "/v1/articles", "/", "/nowhere"] {
        send(&api, "GET", uri, &[]).await.problem(StatusCode::UNAUTHORIZED);
        assert_ne!(send_with(&api, &reader, "GET", uri).await.status, StatusCode::UNAUTHORIZED, "{uri}");
    }
    send(&api, "POST", "/v1/extract", &[]).await.problem(StatusCode::UNAUTHORIZED);
    assert_eq!(send_with(&api, &reader, "POST", "/v1/extract").await.status, StatusCode::OK);
    for uri in ["/healthz", "/readyz", "/openapi.yaml", "/docs", "/docs/reference/"] {
        assert_eq!(send(&api, "GET", uri, &[]).await.status, StatusCode::OK, "{uri}");
    }
}

#[sqlx::test]
async fn a_revoked_key_is_refused_by_every_replica_at_once(pool: PgPool) {
    let (one, other) = (api(pool.clone(), open_to_others()), api(pool, open_to_others()));
    let revoked = key(&one, "desk", Scope::Write).await;
    assert_eq!(send_with(&other, &revoked, "POST", "/v1/articles").await.status, StatusCode::CREATED);
    assert!(one.store.revoke_key("desk", now()).await.unwrap());
    send_with(&other, &revoked, "POST", "/v1/articles").await.problem(StatusCode::UNAUTHORIZED);
    assert!(!one.store.revoke_key("desk", now()).await.unwrap(), "it is none any more");
    let next = key(&one, "desk", Scope::Write).await;
    assert_eq!(send_with(&other, &next, "POST", "/v1/articles").await.status, StatusCode::OK);
}

#[sqlx::test]
async fn the_secret_is_not_stored_and_the_last_use_is_to_the_minute(pool: PgPool) {
    let api = api(pool.clone(), open_to_others());
    let sent = key(&api, "desk", Scope::Read).await;
    let last_used = async || api.store.keys().await.unwrap()[0].last_used_at;
    assert_eq!(last_used().await, None);
    send_with(&api, &sent, "GET", "/v1/events").await;
    assert_eq!(last_used().await, Some(now()));
    let token = Token::parse(&sent).unwrap();
    for (later, noted) in [(59.seconds(), now()), (60.seconds(), now() + 60.seconds())] {
        assert!(api.store.use_key(&token, now() + later).await.unwrap().is_some());
        assert_eq!(last_used().await, Some(noted));
    }
    let row: String = sqlx::query_scalar("select keys::text from keys").fetch_one(&pool).await.unwrap();
    assert!(row.contains(&token.id) && !row.contains(&sent[sent.len() - 64..]), "{row}");
}

#[sqlx::test]
async fn without_keys_everything_is_open_to_this_machine_alone(pool: PgPool) {
    let api = api(pool, Access::default());
    for host in ["localhost:8080", "127.0.0.1", "[::1]:8080"] {
        let answer = send(&api, "POST", "/v1/articles", &[("host", host), ("origin", "http://localhost:5173")]).await;
        assert!(answer.status.is_success(), "{host}: {}", answer.status);
        assert!(!answer.headers.contains_key("ratelimit"), "nothing is limited");
    }
    for (method, uri) in [("GET", "/v1/events"), ("POST", "/v1/articles"), ("GET", "/")] {
        let problem = send(&api, method, uri, &[("host", "rebound.example:8080")]).await;
        let problem = problem.problem(StatusCode::MISDIRECTED_REQUEST);
        assert!(problem["detail"].as_str().unwrap().contains("rebound.example"), "{problem}");
        for origin in ["https://evil.example", "null"] {
            let headers = [("host", "localhost:8080"), ("origin", origin)];
            send(&api, method, uri, &headers).await.problem(StatusCode::FORBIDDEN);
        }
    }
    let any = Token::random().unwrap().to_string();
    send_with(&api, &any, "GET", "/v1/events").await.problem(StatusCode::UNAUTHORIZED);
}

#[sqlx::test]
async fn without_keys_a_named_site_may_use_it_and_any_site_may_not(pool: PgPool) {
    let named = "https://app.example".parse().unwrap();
    let api = api(pool, Access { origins: vec![named, Origin::Any], ..Access::default() });
    let from = async |origin| send(&api, "POST", "/v1/articles", &[("origin", origin)]).await.status;
    assert_eq!(from("https://app.example").await, StatusCode::CREATED);
    assert_eq!(from("https://evil.example").await, StatusCode::FORBIDDEN);
}

#[sqlx::test]
async fn the_first_key_ends_the_time_without_keys(pool: PgPool) {
    let api = api(pool, Access::default());
    assert_eq!(send(&api, "POST", "/v1/articles", &[]).await.status, StatusCode::CREATED);
    let key = key(&api, "desk", Scope::Write).await;
    send(&api, "POST", "/v1/articles", &[]).await.problem(StatusCode::UNAUTHORIZED);
    assert_eq!(send_with(&api, &key, "POST", "/v1/articles").await.status, StatusCode::OK);
    assert_eq!(send(&api, "GET", "/v1/events", &[("host", "daybook.example")]).await.status, StatusCode::OK);
}

#[sqlx::test]
async fn a_client_that_sends_too_much_is_told_when_to_go_on(pool: PgPool) {
    let limits = Limits { rate: "2".parse().unwrap(), ..Limits::default() };
    let api = Api::with(Store::new(pool), open_to_others(), limits);
    let key = key(&api, "desk", Scope::Read).await;
    for (remaining, reset) in [("1", "30"), ("0", "60")] {
        let answer = send(&api, "GET", "/v1/events", &[]).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.headers["ratelimit-policy"], "\"default\";q=2;w=60");
        assert_eq!(answer.headers["ratelimit"], format!("\"default\";r={remaining};t={reset}"));
    }
    let answer = send(&api, "GET", "/v1/events", &[]).await;
    answer.problem(StatusCode::TOO_MANY_REQUESTS);
    assert!((1..=30).contains(&answer.header(header::RETRY_AFTER).parse::<u64>().unwrap()));
    assert_eq!(answer.headers["ratelimit"], "\"default\";r=0;t=60");

    assert_eq!(send(&api, "GET", "/healthz", &[]).await.status, StatusCode::OK, "health is not limited");
    let own = send_with(&api, &key, "GET", "/v1/events").await;
    assert_eq!((own.status, own.headers["ratelimit"].as_bytes()), (StatusCode::OK, &b"\"default\";r=1;t=30"[..]));
    let refused = send_with(&api, &key, "POST", "/v1/articles").await;
    refused.problem(StatusCode::FORBIDDEN);
    assert_eq!(refused.headers["ratelimit"], "\"default\";r=0;t=60", "what is refused counts");
}

#[sqlx::test]
async fn what_the_server_itself_refuses_still_tells_the_limit(pool: PgPool) {
    let limits = Limits { body: 8, ..Limits::default() };
    let api = Api::with(Store::new(pool), open_to_others(), limits);
    let answer = send(&api, "POST", "/v1/extract", &[]).await;
    answer.problem(StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(answer.headers["ratelimit"], "\"default\";r=599;t=1");
    let answer = send(&api, "GET", "/v1/extract", &[]).await;
    answer.problem(StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header(header::ALLOW), "POST");
}

#[sqlx::test]
async fn a_site_that_was_named_may_ask_from_a_browser(pool: PgPool) {
    let origins = vec!["https://app.example".parse().unwrap()];
    let api = api(pool, Access { origins, key_for_reading: true, ..open_to_others() });
    let preflight = async |origin: &str| {
        let headers = [
            ("origin", origin),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "authorization,content-type"),
        ];
        send(&api, "OPTIONS", "/v1/articles", &headers).await
    };
    let allowed = preflight("https://app.example").await;
    assert_eq!(allowed.status, StatusCode::OK, "without a key");
    assert_eq!(allowed.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "https://app.example");
    assert!(allowed.header(header::ACCESS_CONTROL_ALLOW_HEADERS).contains("authorization"));
    assert!(allowed.header(header::ACCESS_CONTROL_ALLOW_METHODS).contains("PATCH"));
    assert_eq!(preflight("https://evil.example").await.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "");

    // A page must be able to read the reason of a rejection.
    let refused = send(&api, "GET", "/v1/events", &[("origin", "https://app.example")]).await;
    refused.problem(StatusCode::UNAUTHORIZED);
    assert_eq!(refused.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "https://app.example");
    for shown in ["link", "etag", "ratelimit", "x-request-id"] {
        assert!(refused.header(header::ACCESS_CONTROL_EXPOSE_HEADERS).contains(shown), "{shown}");
    }
}

#[sqlx::test]
async fn other_sites_see_nothing_unless_they_are_named(pool: PgPool) {
    let foreign = [("origin", "https://app.example")];
    let closed = api(pool.clone(), open_to_others());
    let answer = send(&closed, "GET", "/v1/events", &foreign).await;
    assert_eq!(
        (answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), answer.header(header::VARY)),
        ("", "accept-encoding")
    );
    let open = api(pool, Access { origins: vec![Origin::Any], ..open_to_others() });
    let answer = send(&open, "GET", "/v1/events", &foreign).await;
    assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "*");
}

#[sqlx::test]
async fn every_answer_tells_browsers_to_do_no_more_with_it(pool: PgPool) {
    let api = api(pool, Access::default());
    for (uri, policy) in [
        ("/v1/events", "default-src 'none'; frame-ancestors 'none'"),
        ("/nowhere", "default-src 'none'; frame-ancestors 'none'"),
        ("/docs", "default-src 'none'; script-src 'self'; style-src 'self'"),
        ("/docs/reference/", "default-src 'none'; script-src 'self'; worker-src blob:;"),
        ("/", "default-src 'none'; script-src 'self'; style-src 'self'"),
    ] {
        let answer = api.get(uri).await;
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{uri}");
        assert_eq!(answer.header(header::REFERRER_POLICY), "same-origin", "{uri}");
        assert_eq!(answer.headers["cross-origin-resource-policy"], "same-origin", "{uri}");
        assert!(answer.header(header::CONTENT_SECURITY_POLICY).starts_with(policy), "{uri}");
        assert!(answer.headers.contains_key("x-request-id"), "{uri}");
    }
}
