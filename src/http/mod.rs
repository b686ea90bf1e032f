//! Every line of axum: the API. Each file holds one resource: its parameters, its answers, their description and the
//! handlers. Here they are put together.

mod access;
mod articles;
mod body;
mod corrections;
mod cors;
mod docs;
mod events;
mod extract;
mod facets;
mod fields;
mod filter;
mod headers;
mod health;
mod local;
mod page;
mod params;
mod problem;
mod rate;
mod requirements;
mod submission;
mod timeline;

pub use access::Access;
pub use cors::Origin;
pub use docs::openapi;
pub use rate::Rate;

use crate::{extract::Extractor, store::Store};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    http::StatusCode,
    middleware,
    response::Response,
};
use jiff::Timestamp;
use std::{sync::Arc, time::Duration};
use tower_http::{
    catch_panic::CatchPanicLayer,
    limit::RequestBodyLimitLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    timeout::TimeoutLayer,
    trace::{DefaultOnResponse, TraceLayer},
};
use tracing::{Level, Span, info_span};
use utoipa_axum::router::OpenApiRouter;

/// What the handlers work with.
#[derive(Clone, Debug)]
pub struct App {
    /// Where articles and events are kept.
    pub store: Store,
    /// Reads articles.
    pub extractor: Arc<Extractor>,
    /// Tells the time.
    pub now: fn() -> Timestamp,
}

impl App {
    /// With the system's clock.
    pub fn new(store: Store, extractor: Extractor) -> Self {
        Self { store, extractor: Arc::new(extractor), now: system_time }
    }
}

/// What the system's clock says.
#[expect(clippy::disallowed_methods, reason = "the one place where time comes in")]
pub fn system_time() -> Timestamp {
    Timestamp::now()
}

/// What a request may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest body, in bytes.
    pub body: usize,
    /// The longest time until the answer begins.
    pub time: Duration,
    /// How many of them a client may send, once keys are in use.
    pub rate: Rate,
}

impl Default for Limits {
    /// 1 MiB, half a minute, and the usual rate.
    fn default() -> Self {
        Self { body: 1 << 20, time: Duration::from_secs(30), rate: Rate::default() }
    }
}

/// The whole API.
pub fn router(app: App, access: Access, limits: Limits) -> Router {
    let (routes, _) = routes().split_for_parts();
    let origins = access.origins.clone();
    let gate = access::Gate::new(app.clone(), access, limits.rate);
    let routes = routes
        .merge(docs::router())
        .with_state(app)
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(limits.body))
        .layer(middleware::from_fn_with_state(gate, access::guard))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, limits.time))
        .layer(CatchPanicLayer::custom(problem::of_panic))
        .layer(middleware::map_response(move |response: Response| async move { problem::dress(response, limits) }));
    cors::allow(routes, &origins)
        .layer(middleware::map_response(headers::protect))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(span)
                .on_response(DefaultOnResponse::new().level(Level::INFO))
                // A failure tells its cause where it becomes a problem document.
                .on_failure(()),
        )
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
}

/// The routes that `openapi.yaml` describes.
fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(docs::preamble())
        .merge(articles::router())
        .merge(extract::router())
        .merge(events::router())
        .merge(corrections::router())
        .merge(timeline::router())
        .merge(facets::router())
        .merge(health::router())
}

/// Names a request in the log: never by its body, nor by its headers, which hold the key.
fn span(request: &Request) -> Span {
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok());
    info_span!("request", method = %request.method(), path = request.uri().path(), id)
}
