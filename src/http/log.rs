//! The log line of each request: its id, client, method, path, status and duration; never its body, query or headers.

use axum::{
    extract::{ConnectInfo, Request},
    http::{HeaderName, HeaderValue},
    response::Response,
};
use std::{net::SocketAddr, time::Duration};
use tower_http::request_id::RequestId;
use tracing::{Level, Span, debug, debug_span, info, info_span};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The maximum length of a client's request id, in bytes.
const LONGEST_ID: usize = 64;

/// Removes a request id that could corrupt the log; it is replaced by a generated one.
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

/// The span of a request, which every line of its log carries.
pub(super) fn span(request: &Request) -> Span {
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok());
    let client = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip().to_string());
    let (method, path) = (request.method(), request.uri().path());
    if matches!(path, "/healthz" | "/readyz" | "/metrics") {
        return debug_span!("request", %method, path, client, request_id = id);
    }
    let span = info_span!("request", %method, path, client, request_id = id);
    traces::describe(&span, request);
    span
}

/// What traces contain in addition to the log.
mod traces {
    use axum::extract::{MatchedPath, Request};
    use opentelemetry::{propagation::TextMapPropagator, trace::TraceContextExt};
    use opentelemetry_http::HeaderExtractor;
    use opentelemetry_sdk::propagation::TraceContextPropagator;
    use tracing::Span;
    use tracing_opentelemetry::OpenTelemetrySpanExt;

    /// Continues the trace of the client, which the header `traceparent` identifies (W3C Trace
    /// Context), and adds the route, also to the name of the span.
    pub(super) fn describe(span: &Span, request: &Request) {
        if request.headers().contains_key("traceparent") {
            let context = TraceContextPropagator::new().extract(&HeaderExtractor(request.headers()));
            // Fails if no traces are exported.
            let _ = span.set_parent(context);
        }
        if let Some(route) = request.extensions().get::<MatchedPath>() {
            span.set_attribute("http.route", route.as_str().to_owned());
            // The name would otherwise be that in the log, the same for all routes.
            span.context().span().update_name(format!("{} {}", request.method(), route.as_str()));
        }
    }

    /// Adds the status of the response.
    pub(super) fn complete(span: &Span, status: u16) {
        span.set_attribute("http.response.status_code", i64::from(status));
    }
}

/// Logs a response: those to health checks and scrapes, which come every few seconds, at DEBUG.
pub(super) fn answered(response: &Response, took: Duration, span: &Span) {
    let latency_ms = (took.as_secs_f64() * 1e6).round() / 1e3;
    let status = response.status().as_u16();
    traces::complete(span, status);
    if span.metadata().is_some_and(|span| *span.level() == Level::DEBUG) {
        debug!(status, latency_ms, "response");
    } else {
        info!(status, latency_ms, "response");
    }
}
