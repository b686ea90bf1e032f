//! Every operation of `openapi.yaml` with every credential: the response is the one that the
//! document states.

use crate::support::{Api, now};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use daybook::{
    http::{Access, Limits, Rate},
    key::{Scope, Token},
    store::Store,
};
use serde_json::{Value, json};
use sqlx::PgPool;
use std::fmt::Write;

/// An operation and the scope that it requires; `None` if it requires no key.
struct Operation {
    method: Method,
    path: String,
    scope: Option<Scope>,
}

/// The operations in `openapi.yaml`.
fn operations() -> Vec<Operation> {
    let description = serde_json::to_value(daybook::http::openapi()).unwrap();
    let paths = description["paths"].as_object().unwrap().iter();
    let of_path = |(path, item): (&String, &Value)| {
        let of_method = |(method, operation): (&String, &Value)| Operation {
            method: method.to_uppercase().parse().unwrap(),
            path: path.clone(),
            scope: scope(operation),
        };
        item.as_object().unwrap().iter().map(of_method).collect::<Vec<_>>()
    };
    paths.flat_map(of_path).collect()
}

fn scope(operation: &Value) -> Option<Scope> {
    let required: Vec<&Value> =
        operation["security"].as_array().into_iter().flatten().filter_map(|one| one.get("bearer")).collect();
    assert!(required.len() < 2, "{operation}");
    Some(required.first()?[0].as_str().unwrap().parse().unwrap())
}

/// Returns the status of a request.
async fn answer(api: &Api, operation: &Operation, query: &str, headers: &[(&str, &str)]) -> StatusCode {
    let path = operation.path.replace("{id}", "01941f29-7c00-7a11-8a3e-2f0c6c1b9d10");
    let path = path.replace("{slug}", "desk").replace("{format}", "ics");
    let mut request = Request::builder().method(&operation.method).uri(format!("{path}{query}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    // The body of a stream does not end, so only the status is read.
    api.open(request.body(Body::empty()).unwrap()).await.status()
}

fn api(pool: &PgPool, access: Access) -> Api {
    let rate: Rate = "100000".parse().unwrap();
    Api::with(Store::new(pool.clone()), access, Limits { rate, ..Limits::default() })
}

async fn key(api: &Api, name: &str, scope: Scope) -> String {
    let token = Token::random().unwrap();
    assert!(api.store.create_key(&token, name, scope, now()).await.unwrap());
    format!("Bearer {token}")
}

#[test]
fn the_scopes_are_these() {
    let mut operations: Vec<String> = operations()
        .iter()
        .map(|Operation { method, path, scope }| {
            let scope = scope.map_or_else(|| "none".to_owned(), |scope| scope.to_string());
            format!("{scope} {path} {method}")
        })
        .collect();
    operations.sort();
    let table = operations.iter().fold(String::new(), |mut table, line| {
        writeln!(table, "{line}").unwrap();
        table
    });
    insta::assert_snapshot!(table);
}

#[sqlx::test]
async fn every_operation_admits_whom_it_states(pool: PgPool) {
    for key_for_reading in [false, true] {
        let api = api(&pool, Access { loopback: false, key_for_reading, ..Access::default() });
        let name = |who: &str| format!("{who} {key_for_reading}");
        let keys = [
            (Scope::Read, key(&api, &name("read"), Scope::Read).await),
            (Scope::Write, key(&api, &name("write"), Scope::Write).await),
            (Scope::Admin, key(&api, &name("admin"), Scope::Admin).await),
        ];
        let revoked = key(&api, &name("revoked"), Scope::Admin).await;
        assert!(api.store.revoke_key(&name("revoked"), now()).await.unwrap());
        let unknown = format!("Bearer {}", Token::random().unwrap());
        let mut tried = 0;
        for operation in operations() {
            let Operation { method, path, scope } = &operation;
            let mut expect = async |credential: Option<&str>, expected: Option<StatusCode>| {
                let headers: Vec<_> = credential.map(|value| ("authorization", value)).into_iter().collect();
                let found = answer(&api, &operation, "", &headers).await;
                let refused =
                    Some(found).filter(|status| [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(status));
                assert_eq!(refused, expected, "{method} {path} with {credential:?}: {found}");
                tried += 1;
            };
            // By default, texts of articles, exports and metrics are not public.
            let is_closed =
                ["/v1/articles", "/v1/export", "/articles", "/metrics"].iter().any(|at| path.starts_with(at));
            let needs_key = scope.is_some_and(|scope| key_for_reading || is_closed || scope > Scope::Read);
            expect(None, needs_key.then_some(StatusCode::UNAUTHORIZED)).await;
            for wrong in [revoked.as_str(), &unknown, "Bearer garbage", "Bearer "] {
                expect(Some(wrong), scope.map(|_| StatusCode::UNAUTHORIZED)).await;
            }
            for (held, key) in &keys {
                expect(Some(key), scope.filter(|needed| held < needed).map(|_| StatusCode::FORBIDDEN)).await;
            }
        }
        assert!(tried > 400, "{tried}");
    }
}

#[sqlx::test]
async fn the_token_of_a_private_timeline_opens_that_timeline_alone(pool: PgPool) {
    let owner = api(&pool, Access::default());
    let private = json!({"title": "The desk", "private": true});
    let token = owner.put_json("/v1/timelines/desk", &private).await.json()["token"].as_str().unwrap().to_owned();
    let api = api(&pool, Access { loopback: false, key_for_reading: true, ..Access::default() });
    for operation in operations() {
        let Operation { method, path, scope } = &operation;
        let is_it =
            *method == Method::GET && ["/v1/timelines/{slug}", "/v1/timelines/{slug}.{format}"].contains(&&**path);
        for (query, opens) in [(format!("?token={token}"), is_it), (format!("?token={token}0"), false)] {
            let found = answer(&api, &operation, &query, &[]).await;
            let expected = scope.is_some() && !opens;
            assert_eq!(found == StatusCode::UNAUTHORIZED, expected, "{method} {path}{query}: {found}");
        }
    }
}

#[sqlx::test]
async fn without_keys_no_other_site_is_let_in(pool: PgPool) {
    let api = api(&pool, Access::default());
    for operation in operations() {
        let Operation { method, path, scope } = &operation;
        for (name, value, refusal) in [
            (header::HOST, "rebound.example", StatusCode::MISDIRECTED_REQUEST),
            (header::HOST, "127.0.0.1.rebound.example", StatusCode::MISDIRECTED_REQUEST),
            (header::ORIGIN, "https://evil.example", StatusCode::FORBIDDEN),
            (header::ORIGIN, "null", StatusCode::FORBIDDEN),
            (header::ORIGIN, "http://localhost.evil.example", StatusCode::FORBIDDEN),
        ] {
            let headers: &[(&str, &str)] = match name {
                header::HOST => &[("host", value)],
                _ => &[("host", "localhost"), ("origin", value)],
            };
            let found = answer(&api, &operation, "", headers).await;
            assert_eq!(found == refusal, scope.is_some(), "{method} {path} with {name}: {value}: {found}");
        }
    }
}
