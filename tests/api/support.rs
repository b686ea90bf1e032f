//! Shared by the tests of the API: a client without a socket, and articles with given mentions.

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, Response, StatusCode, header},
};
use daybook::{
    article::Article,
    event::{
        Confidence, DateQuote, Details, Kind, Mention, Participant, ParticipantKind, Place, Precision, Quote, Role,
        Statement, Status, When,
    },
    extract::{Extraction, Extractor},
    http::{self, Access, App, Limits},
    store::{Ingested, Store},
};
use http_body_util::BodyExt;
use jiff::{Timestamp, ToSpan, civil::Date};
use serde_json::Value;
use sqlx::PgPool;
use std::{future::poll_fn, pin::pin, task::Poll};
use tower::ServiceExt;

/// The API on a database of its own, at noon of 5 March 2023.
pub struct Api {
    pub store: Store,
    router: Router,
}

/// A response.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

pub fn now() -> Timestamp {
    "2023-03-05T12:00:00Z".parse().unwrap()
}

impl Api {
    /// Returns changes once no other transaction on this server can hold them back.
    pub async fn changes(&self, query: &str, count: usize) -> Value {
        let list = async || self.get(&format!("/v1/events?{query}")).await.json();
        for _ in 0..2000 {
            let found = list().await;
            if found["items"].as_array().unwrap().len() >= count {
                return found;
            }
            tokio::task::yield_now().await;
        }
        list().await
    }

    pub fn new(pool: PgPool) -> Self {
        Self::on(Store::new(pool))
    }

    pub fn on(store: Store) -> Self {
        Self::with(store, Access::default(), Limits::default())
    }

    pub fn with(store: Store, access: Access, limits: Limits) -> Self {
        let app = App { now, ..App::new(store.clone(), Extractor::new()) };
        Self { router: http::router(app, access, limits), store }
    }

    /// Returns the API of a router.
    pub fn over(store: Store, router: Router) -> Self {
        Self { store, router }
    }

    /// Returns the API some days later, at most 31.
    pub fn later(&self, days: i64) -> Self {
        let now: fn() -> Timestamp = match days {
            0 => now,
            1 => || now() + 24.hours(),
            _ => || now() + (24 * 31).hours(),
        };
        let app = App { now, ..App::new(self.store.clone(), Extractor::new()) };
        Self::over(self.store.clone(), http::router(app, Access::default(), Limits::default()))
    }

    /// Returns a response whose body may not end.
    pub async fn open(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.open(request).await;
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub async fn get(&self, uri: &str) -> Answer {
        self.send(Request::get(uri).body(Body::empty()).unwrap()).await
    }

    pub async fn get_with(&self, uri: &str, headers: &[(&str, &str)]) -> Answer {
        let request = headers.iter().fold(Request::get(uri), |request, (name, value)| request.header(*name, *value));
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub async fn delete(&self, uri: &str) -> Answer {
        self.send(Request::delete(uri).body(Body::empty()).unwrap()).await
    }

    pub async fn put_json(&self, uri: &str, body: &Value) -> Answer {
        let request = Request::put(uri).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(body.to_string().into()).unwrap()).await
    }

    pub async fn post(&self, uri: &str, content_type: &str, body: impl Into<Body>) -> Answer {
        self.send(Request::post(uri).header(header::CONTENT_TYPE, content_type).body(body.into()).unwrap()).await
    }

    pub async fn post_json(&self, uri: &str, body: &Value) -> Answer {
        self.post(uri, "application/json", body.to_string()).await
    }

    /// Stores an article as if `mentions` had been extracted from it.
    pub async fn ingest(&self, article: &Article, mentions: &[Mention]) -> Ingested {
        self.ingest_at(article, mentions, now()).await
    }

    /// Stores it at another time.
    pub async fn ingest_at(&self, article: &Article, mentions: &[Mention], at: Timestamp) -> Ingested {
        let extraction = Extraction {
            language: Some("en".into()),
            mentions: mentions.to_vec(),
            dates: vec![],
            unused_dates: vec![],
            warnings: vec![],
        };
        self.store.ingest(article, &extraction, at).await.unwrap()
    }

    /// Returns the titles of the events that a query selects.
    pub async fn titles(&self, query: &str) -> Vec<String> {
        let answer = self.get(&format!("/v1/events?{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}: {}", String::from_utf8_lossy(&answer.body));
        let body = answer.json();
        body["items"].as_array().unwrap().iter().map(|event| event["title"].as_str().unwrap().to_owned()).collect()
    }
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// Returns the problem document, which every error must be.
    pub fn problem(&self, status: StatusCode) -> Value {
        let text = String::from_utf8_lossy(&self.body);
        assert_eq!(self.status, status, "{text}");
        assert_eq!(self.header(header::CONTENT_TYPE), "application/problem+json", "{text}");
        let problem = self.json();
        let code = problem["code"].as_str().unwrap();
        assert_eq!(problem["type"], format!("/docs/errors#{code}"));
        assert_eq!(problem["status"], status.as_u16());
        assert_eq!(problem["title"], status.canonical_reason().unwrap());
        assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{problem}");
        problem
    }
}

pub fn article(text: &str) -> Article {
    Article {
        title: None,
        text: text.to_owned(),
        published_on: day("2023-03-02"),
        published_at: None,
        url: None,
        source: None,
        language: None,
        external_id: None,
    }
}

/// Returns an article published on a date.
pub fn on(published_on: &str, text: &str) -> Article {
    Article { published_on: day(published_on), ..article(text) }
}

pub fn at(url: &str, text: &str) -> Article {
    Article { url: Some(url.to_owned()), ..article(text) }.checked().unwrap()
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Returns a confirmed announcement of `parties` on one day.
pub fn mention(kind: Kind, on: &str, parties: &[Participant]) -> Mention {
    let text = format!("The {kind} will be held on {on}.");
    let start = u32::try_from(text.chars().count()).unwrap() - 11;
    let date = DateQuote { start, end: start + 10, text: on.to_owned(), value: on.to_owned() };
    Mention {
        role: Role::Announces,
        kind,
        status: Status::Confirmed,
        when: Some(When {
            starts_on: day(on),
            ends_on: day(on),
            precision: Precision::Day,
            edtf: on.to_owned(),
            starts_at: None,
        }),
        date_pending: false,
        previous_dates: vec![],
        place: None,
        participants: parties.to_vec(),
        details: Details::default(),
        statements: vec![Statement {
            role: Role::Announces,
            rule: vec!["by-hand".into()],
            sentence: Quote { start: 0, end: start + 11, text },
            date: Some(date),
            confidence: Confidence::new(0.8),
        }],
    }
}

pub fn in_place(mention: Mention, name: &str, country: &str) -> Mention {
    let place = Place {
        name: name.to_owned(),
        country: Some(country.to_owned()),
        latitude: Some(46.0101),
        longitude: Some(8.96),
    };
    Mention { place: Some(place), ..mention }
}

pub fn country(code: &str, name: &str) -> Participant {
    Participant { kind: ParticipantKind::Country, name: name.into(), code: Some(code.into()), represents: None }
}

pub fn japan() -> Participant {
    country("JP", "Japan")
}

pub fn australia() -> Participant {
    country("AU", "Australia")
}

pub fn asean() -> Participant {
    Participant {
        kind: ParticipantKind::Organization,
        name: "Association of Southeast Asian Nations".into(),
        code: Some("ASEAN".into()),
        represents: None,
    }
}

/// Polls a request this many times, then drops it.
pub async fn interrupt<T>(polls: u8, doing: impl Future<Output = T>) {
    let (mut doing, mut left) = (pin!(doing), polls);
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(());
        }
        left -= 1;
        doing.as_mut().poll(context).map(drop)
    })
    .await;
}
