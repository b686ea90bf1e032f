//! The HTTP API, and all use of axum. Each file contains one resource: parameters, responses, their
//! description and the handlers. This file combines them.

mod access;
mod admission;
mod articles;
mod body;
mod codes;
mod complete;
mod conditional;
mod corrections;
mod cors;
mod day;
mod digest;
mod docs;
mod documents;
mod event_view;
mod events;
mod examples;
mod export;
mod extract;
mod facets;
mod feeds;
mod fetching;
mod fields;
mod filter;
mod forms;
mod forwarded;
mod guide;
mod headers;
mod health;
mod inputs;
mod lines;
mod local;
mod log;
mod lookup;
mod merging;
mod metrics;
mod names;
mod page;
mod params;
mod prefer;
mod problem;
mod public;
mod rate;
mod rejections;
mod requirements;
mod review;
mod saved;
mod saved_address;
mod saved_filters;
mod server;
mod shares;
mod site;
mod statistics;
mod stream;
mod submission;
mod suggestions;
mod timeline;
mod values;
mod view;
mod web_page;
mod webhooks;
mod workers;

pub use access::Access;
pub use cors::Origin;
pub use docs::openapi;
pub use metrics::Metrics;
pub use public::Public;
pub use rate::Rate;
pub use server::{Connections, serve};
pub use stream::Streams;
pub use workers::Workers;

use crate::{
    extract::{Directory, Extractor},
    outbound::{self, Outbound},
    store::Store,
};
use axum::{
    Extension, Router,
    http::{HeaderMap, StatusCode, header},
    middleware,
    response::Response,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use std::{sync::Arc, time::Duration};
use tokio::sync::Semaphore;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, DefaultPredicate, Predicate},
    metrics::InFlightRequestsLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    timeout::TimeoutLayer,
    trace::TraceLayer,
};
use utoipa_axum::router::OpenApiRouter;

/// The state that handlers share.
#[derive(Clone, Debug)]
pub struct App {
    /// The store of articles and events.
    pub store: Store,
    /// The extractor.
    pub extractor: Arc<Extractor>,
    /// Resolves names of participants and places.
    pub directory: Arc<Directory>,
    /// The HTTP client for URLs that clients have chosen.
    pub outbound: Outbound,
    /// The metrics.
    pub metrics: Arc<Metrics>,
    /// The state that streams share.
    pub streams: Streams,
    /// The threads that extract articles.
    pub workers: Workers,
    /// The clock.
    pub now: fn() -> Timestamp,
    /// The maximum number of events in a format that is not paginated.
    pub ceiling: u32,
    /// The permits for concurrent exports.
    pub exports: Arc<Semaphore>,
    /// The permits for concurrent fetching of pages.
    pub fetches: Arc<Semaphore>,
    /// The base URL under which clients reach the service, without a trailing slash; `None` to use
    /// the `Host` of the request.
    pub base: Option<String>,
    /// The origins that may frame the timeline.
    pub frame_ancestors: Vec<Origin>,
}

/// The default maximum number of events in a format that is not paginated.
pub const CEILING: u32 = 10_000;

impl App {
    /// Creates the state with the system's clock and an HTTP client for public addresses only.
    ///
    /// # Panics
    /// Never: the default configuration of TLS is valid.
    pub fn new(store: Store, extractor: Extractor) -> Self {
        let directory = Arc::new(Directory::of(&extractor));
        let metrics = Arc::new(Metrics::new(store.contention()));
        Self {
            store,
            extractor: Arc::new(extractor),
            directory,
            outbound: Outbound::new(&[], outbound::TIME).expect("encryption with its defaults can be set up"),
            metrics,
            streams: Streams::default(),
            workers: Workers::default(),
            now: system_time,
            ceiling: CEILING,
            exports: Arc::new(Semaphore::new(export::MOST)),
            fetches: Arc::new(Semaphore::new(fetching::MOST)),
            base: None,
            frame_ancestors: vec![],
        }
    }

    /// Returns today (UTC).
    fn today(&self) -> Date {
        TimeZone::UTC.to_datetime((self.now)()).date()
    }

    /// Returns the start of today (UTC).
    fn midnight(&self) -> Option<Timestamp> {
        TimeZone::UTC.to_timestamp(self.today().into()).ok()
    }

    /// Returns the base URL of the service, as the sender of these headers reaches it.
    fn base(&self, headers: &HeaderMap) -> String {
        let host = || headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
        self.base.clone().unwrap_or_else(|| format!("http://{}", host()))
    }
}

/// Returns the time of the system's clock.
#[expect(clippy::disallowed_methods, reason = "the only use of the system's clock")]
pub fn system_time() -> Timestamp {
    Timestamp::now()
}

/// The limits of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The maximum decompressed size of a body in bytes; of NDJSON, of a line.
    pub body: usize,
    /// The maximum decompressed size of compressed NDJSON, all lines together. Uncompressed NDJSON is not limited.
    pub decompressed: usize,
    /// The time limit for receiving the body; of NDJSON, for the next line.
    pub body_time: Duration,
    /// The time limit until the response starts.
    pub time: Duration,
    /// The rate limit of a client, once keys are in use.
    pub rate: Rate,
}

impl Default for Limits {
    /// 1 MiB, received at 50 kB/s or faster; 1 GiB of lines; 30 seconds until the response; the
    /// default rate.
    fn default() -> Self {
        Self {
            body: 1 << 20,
            decompressed: 1 << 30,
            body_time: Duration::from_secs(20),
            time: Duration::from_secs(30),
            rate: Rate::default(),
        }
    }
}

/// Returns the router of the whole service.
pub fn router(app: App, access: Access, limits: Limits) -> Router {
    let (routes, _) = routes().split_for_parts();
    let metrics = app.metrics.clone();
    let origins = access.origins.clone();
    let proxies = access.trusted_proxies.clone();
    let gate = access::Gate::new(app.clone(), access, limits.rate);
    let routes = routes
        .merge(docs::router())
        .merge(guide::router())
        .merge(site::router())
        .with_state(app)
        .layer(middleware::from_fn(conditional::answer))
        .layer(Extension(limits))
        .layer(middleware::from_fn_with_state(gate, access::guard))
        .layer(middleware::from_fn_with_state(Arc::new(admission::Admission::default()), admission::admit))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, limits.time))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(lines::may_be_compressed)))
        .layer(CatchPanicLayer::custom(problem::of_panic))
        .layer(middleware::map_response(move |response: Response| async move { problem::dress(response, limits) }))
        .layer(middleware::from_fn(site::show_problems));
    cors::allow(routes, &origins)
        .layer(middleware::map_response(headers::protect))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(log::span)
                .on_response(log::answered)
                // The cause of a failure is logged where it becomes a problem document.
                .on_failure(()),
        )
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(middleware::map_request(log::check_id))
        .layer(InFlightRequestsLayer::new(metrics.in_flight.clone()))
        .layer(middleware::from_fn_with_state(metrics, metrics::count))
        .layer(middleware::map_request(move |request| std::future::ready(forwarded::resolve(request, &proxies))))
}

/// Returns the routes that `openapi.yaml` describes.
fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(docs::preamble())
        .merge(articles::router())
        .merge(extract::router())
        .merge(events::router())
        .merge(corrections::router())
        .merge(merging::router())
        .merge(rejections::router())
        .merge(review::router())
        .merge(timeline::router())
        .merge(documents::router())
        .merge(digest::router())
        .merge(saved::router())
        .merge(facets::router())
        .merge(statistics::router())
        .merge(lookup::router())
        .merge(stream::router())
        .merge(export::router())
        .merge(webhooks::router())
        .merge(feeds::router())
        .merge(health::router())
        .merge(metrics::router())
}
