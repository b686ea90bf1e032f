//! Every line of axum: the API. Each file holds one resource: its parameters, its answers, their description and the
//! handlers. Here they are put together.

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

/// What the handlers work with.
#[derive(Clone, Debug)]
pub struct App {
    /// Where articles and events are kept.
    pub store: Store,
    /// Extracts events from articles.
    pub extractor: Arc<Extractor>,
    /// Knows what names stand for.
    pub directory: Arc<Directory>,
    /// Calls addresses that clients chose.
    pub outbound: Outbound,
    /// Counts what is done.
    pub metrics: Arc<Metrics>,
    /// What streams of changes share.
    pub streams: Streams,
    /// Read articles.
    pub workers: Workers,
    /// Tells the time.
    pub now: fn() -> Timestamp,
    /// The maximum number of events in a format that is not paginated.
    pub ceiling: u32,
    /// Leave to export, for those who may at once.
    pub exports: Arc<Semaphore>,
    /// Leave to fetch pages, for those who may at once.
    pub fetches: Arc<Semaphore>,
    /// The address under which clients reach the service, with no slash at its end; none where the `Host` of a request says it.
    pub base: Option<String>,
    /// The sites that may show the timeline within their pages.
    pub frame_ancestors: Vec<Origin>,
}

/// How many events a document may hold where nothing else is said.
pub const CEILING: u32 = 10_000;

impl App {
    /// With the system's clock, and calls to public addresses only.
    ///
    /// # Panics
    /// Never: encryption without settings of ours can be set up.
    pub fn new(store: Store, extractor: Extractor) -> Self {
        let directory = Arc::new(Directory::of(&extractor));
        Self {
            store,
            extractor: Arc::new(extractor),
            directory,
            outbound: Outbound::new(&[], outbound::TIME).expect("encryption with its defaults can be set up"),
            metrics: Arc::new(Metrics::new()),
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

    /// Today, UTC.
    fn today(&self) -> Date {
        TimeZone::UTC.to_datetime((self.now)()).date()
    }

    /// When today began.
    fn midnight(&self) -> Option<Timestamp> {
        TimeZone::UTC.to_timestamp(self.today().into()).ok()
    }

    /// The base URL of the service, as the sender of these headers reaches it.
    fn base(&self, headers: &HeaderMap) -> String {
        let host = || headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
        self.base.clone().unwrap_or_else(|| format!("http://{}", host()))
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
    /// The maximum decompressed size of a body in bytes; of NDJSON, of a line.
    pub body: usize,
    /// The maximum decompressed size of compressed NDJSON, all lines together. Uncompressed NDJSON is not limited.
    pub decompressed: usize,
    /// The longest time until the body is there; of NDJSON, until the next line is.
    pub body_time: Duration,
    /// The longest time until the answer begins.
    pub time: Duration,
    /// How many of them a client may send, once keys are in use.
    pub rate: Rate,
}

impl Default for Limits {
    /// 1 MiB, which has to come at 50 kB a second, 1 GiB of lines, half a minute, and the usual rate.
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

/// The whole API.
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
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(lines::may_be_packed)))
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
                // A failure tells its cause where it becomes a problem document.
                .on_failure(()),
        )
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(middleware::map_request(log::check_id))
        .layer(InFlightRequestsLayer::new(metrics.in_flight.clone()))
        .layer(middleware::from_fn_with_state(metrics, metrics::count))
        .layer(middleware::map_request(move |request| std::future::ready(forwarded::resolve(request, &proxies))))
}

/// The routes that `openapi.yaml` describes.
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
