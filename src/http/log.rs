//! What the log tells of each request: its id, method, path and status and how long it took. Never its body, its query
//! or its headers.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue},
    response::Response,
};
use std::time::Duration;
use tower_http::request_id::RequestId;
use tracing::{Span, info, info_span};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that a client may give to its request, in bytes.
const LONGEST_ID: usize = 64;

/// Takes away a client's id that could make trouble in a log or in whatever reads it; another is made then.
pub(super) async fn check_id(mut request: Request) -> Request {
    let ids = request.headers().get_all(REQUEST_ID);
    if ids.iter().count() > 1 || !ids.iter().all(is_harmless) {
        request.headers_mut().remove(REQUEST_ID);
    }
    request
}

fn is_harmless(id: &HeaderValue) -> bool {
    let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    (1..=LONGEST_ID).contains(&id.len()) && id.as_bytes().iter().all(allowed)
}

/// Names a request in all lines of the log that belong to it.
pub(super) fn span(request: &Request) -> Span {
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok());
    info_span!("request", method = %request.method(), path = request.uri().path(), request_id = id)
}

/// The one line that every request has.
pub(super) fn answered(response: &Response, took: Duration, _: &Span) {
    let milliseconds = (took.as_secs_f64() * 1e6).round() / 1e3;
    info!(status = response.status().as_u16(), latency_ms = milliseconds, "answered");
}
