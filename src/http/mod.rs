//! Every line of axum: the API. Each file holds one resource: its parameters, its answers, their description and the
//! handlers. Here they are put together.

mod articles;
mod body;
mod corrections;
mod docs;
mod events;
mod extract;
mod facets;
mod fields;
mod filter;
mod health;
mod log;
mod metrics;
mod page;
mod params;
mod problem;
mod server;
mod submission;
mod timeline;

pub use docs::openapi;
pub use metrics::Metrics;
pub use server::{Connections, serve};

use crate::{extract::Extractor, store::Store};
use axum::{Router, extract::DefaultBodyLimit, http::StatusCode, middleware, response::Response};
use jiff::Timestamp;
use std::{sync::Arc, time::Duration};
use tower_http::{
    catch_panic::CatchPanicLayer,
    limit::RequestBodyLimitLayer,
    metrics::InFlightRequestsLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    timeout::{RequestBodyDeadlineLayer, TimeoutLayer},
    trace::TraceLayer,
};
use utoipa_axum::router::OpenApiRouter;

/// What the handlers work with.
#[derive(Clone, Debug)]
pub struct App {
    /// Where articles and events are kept.
    pub store: Store,
    /// Reads articles.
    pub extractor: Arc<Extractor>,
    /// Counts what is done.
    pub metrics: Arc<Metrics>,
    /// Tells the time.
    pub now: fn() -> Timestamp,
}

impl App {
    /// With the system's clock.
    pub fn new(store: Store, extractor: Extractor) -> Self {
        Self { store, extractor: Arc::new(extractor), metrics: Arc::new(Metrics::new()), now: system_time }
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
    /// The longest time until the body is there.
    pub body_time: Duration,
    /// The longest time until the answer begins.
    pub time: Duration,
}

impl Default for Limits {
    /// 1 MiB, which has to come at 50 kB a second, and half a minute.
    fn default() -> Self {
        Self { body: 1 << 20, body_time: Duration::from_secs(20), time: Duration::from_secs(30) }
    }
}

/// The whole API.
pub fn router(app: App, limits: Limits) -> Router {
    let (routes, _) = routes().split_for_parts();
    let metrics = app.metrics.clone();
    routes
        .merge(docs::router())
        .with_state(app)
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(limits.body))
        .layer(RequestBodyDeadlineLayer::new(limits.body_time))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, limits.time))
        .layer(CatchPanicLayer::custom(problem::of_panic))
        .layer(middleware::map_response(move |response: Response| async move { problem::dress(response, limits) }))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(log::span)
                .on_response(log::answered)
                // A failure tells its cause where it becomes a problem document.
                .on_failure(()),
        )
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(middleware::map_request(log::check_id))
        .layer(InFlightRequestsLayer::new(metrics.in_flight.clone()))
        .layer(middleware::from_fn_with_state(metrics, metrics::count))
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
        .merge(metrics::router())
}
