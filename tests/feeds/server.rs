//! A server of feeds and pages that responds as a test specifies, and records requests.

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
};
use futures_util::stream;
use std::{
    collections::HashMap,
    convert::Infallible,
    future::pending,
    sync::{Arc, Mutex},
};
use tokio::net::TcpListener;

/// The response of a path.
#[derive(Clone)]
pub enum Says {
    /// This body with this media type.
    Text(&'static str, String),
    /// The same with `ETag` and `Last-Modified`; 304 to conditional requests.
    Tagged(String),
    /// A status with the header `Retry-After`.
    Status(u16, Option<&'static str>),
    /// A permanent or temporary redirect.
    Moved(String),
    MovedForNow(String),
    /// No response.
    Nothing,
    /// An endless body.
    Endless,
}

/// A request: the path, and whether it was conditional.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub path: String,
    pub if_none_match: Option<String>,
    pub if_modified_since: Option<String>,
    pub user_agent: String,
}

#[derive(Clone, Default)]
struct Inner {
    says: Arc<Mutex<HashMap<String, Says>>>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

/// The server.
pub struct Server {
    pub address: String,
    inner: Inner,
}

pub const LAST_MODIFIED: &str = "Sun, 05 Mar 2023 08:00:00 GMT";

impl Server {
    pub async fn start() -> Self {
        let inner = Inner::default();
        let router = Router::new().fallback(answer).with_state(inner.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
        Self { address, inner }
    }

    /// Sets the response of `path`; other paths return 404.
    pub fn says(&self, path: &str, says: Says) {
        self.inner.says.lock().unwrap().insert(path.to_owned(), says);
    }

    /// Returns all requests except those for robots.txt.
    pub fn asked(&self) -> Vec<Asked> {
        self.all().into_iter().filter(|asked| asked.path != "/robots.txt").collect()
    }

    /// Returns their paths.
    pub fn paths(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.path).collect()
    }

    /// Returns the number of requests for a path.
    pub fn count(&self, path: &str) -> usize {
        self.all().iter().filter(|asked| asked.path == path).count()
    }

    fn all(&self) -> Vec<Asked> {
        self.inner.asked.lock().unwrap().clone()
    }
}

async fn answer(State(inner): State<Inner>, uri: Uri, headers: HeaderMap) -> Response {
    let header = |name: header::HeaderName| headers.get(name).map(|value| value.to_str().unwrap().to_owned());
    let path = uri.path().to_owned();
    inner.asked.lock().unwrap().push(Asked {
        path: path.clone(),
        if_none_match: header(header::IF_NONE_MATCH),
        if_modified_since: header(header::IF_MODIFIED_SINCE),
        user_agent: header(header::USER_AGENT).unwrap_or_default(),
    });
    let says = inner.says.lock().unwrap().get(&path).cloned();
    match says.unwrap_or(Says::Status(404, None)) {
        Says::Text(media_type, text) => ([(header::CONTENT_TYPE, media_type)], text).into_response(),
        Says::Tagged(text) => tagged(text, &headers),
        Says::Status(status, retry_after) => {
            let retry_after = retry_after.map(|value| [(header::RETRY_AFTER, value)]);
            (StatusCode::from_u16(status).unwrap(), retry_after, "no").into_response()
        }
        Says::Moved(to) => Redirect::permanent(&to).into_response(),
        Says::MovedForNow(to) => Redirect::temporary(&to).into_response(),
        Says::Nothing => pending().await,
        Says::Endless => {
            let chunks = stream::repeat_with(|| Ok::<_, Infallible>(Bytes::from_static(&[b' '; 16_384])));
            Body::from_stream(chunks).into_response()
        }
    }
}

fn tagged(text: String, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", text.len());
    let validators = [(header::ETAG, tag.clone()), (header::LAST_MODIFIED, LAST_MODIFIED.to_owned())];
    if headers.get(header::IF_NONE_MATCH).is_some_and(|sent| sent.to_str().unwrap() == tag) {
        return (StatusCode::NOT_MODIFIED, validators).into_response();
    }
    (validators, text).into_response()
}
