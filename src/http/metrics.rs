//! `/metrics`: counters, gauges and histograms for Prometheus, kept in [`Metrics`] instead of
//! globals.

use super::App;
use crate::{
    extract::{RULES_VERSION, Stage},
    store::{Connections, Outcome},
};
use axum::{
    extract::{MatchedPath, Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use prometheus_client::{
    encoding::{EncodeLabelSet, prometheus_text},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram, info::Info},
    registry::{Registry, Unit},
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use strum::VariantArray;
use tower_http::metrics::in_flight_requests::InFlightRequestsCounter;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(metrics))
}

/// The route of a request to an unknown URL. URLs themselves are not used as labels, since clients
/// can invent any number of them.
const UNMATCHED: &str = "unmatched";

/// The buckets of response times in seconds: from 1 ms to the time limit of a request.
const ANSWERED: [f64; 13] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0];

/// The buckets of extraction times in seconds: a paragraph takes about 10 µs, a megabyte a second.
const READ: [f64; 11] = [1e-5, 2.5e-5, 1e-4, 2.5e-4, 1e-3, 2.5e-3, 1e-2, 2.5e-2, 0.1, 1.0, 10.0];

/// The labels of a response.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answer {
    method: &'static str,
    route: String,
    status: u16,
}

/// The labels of a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    method: &'static str,
    route: String,
}

/// The label of an article.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Article {
    outcome: &'static str,
}

/// The label of a stage of extraction.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reading {
    stage: &'static str,
}

/// The labels of the build.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Build {
    version: &'static str,
    rules: &'static str,
}

type Histograms<Labels> = Family<Labels, Histogram, fn() -> Histogram>;

/// The metrics of this process.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<Answer, Counter>,
    durations: Histograms<Asked>,
    /// Maintained by the layer `InFlightRequestsLayer`.
    pub(super) in_flight: InFlightRequestsCounter,
    requests_in_flight: Gauge,
    articles: Family<Article, Counter>,
    stages: Histograms<Reading>,
    open: Gauge,
    idle: Gauge,
    most: Gauge,
}

impl Metrics {
    /// Registers all metrics.
    pub(super) fn new() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("daybook"),
            requests: Family::default(),
            durations: Family::new_with_constructor(|| Histogram::new(ANSWERED)),
            in_flight: InFlightRequestsCounter::new(),
            requests_in_flight: Gauge::default(),
            articles: Family::default(),
            stages: Family::new_with_constructor(|| Histogram::new(READ)),
            open: Gauge::default(),
            idle: Gauge::default(),
            most: Gauge::default(),
        };
        metrics.register();
        // Values that have not occurred are 0 instead of absent, so that rates can be computed.
        for outcome in ["created", "replaced", "unchanged", "refused"] {
            drop(metrics.articles.get_or_create(&Article { outcome }));
        }
        for stage in Stage::VARIANTS {
            drop(metrics.stages.get_or_create(&Reading { stage: stage.into() }));
        }
        metrics
    }

    fn register(&mut self) {
        let registry = &mut self.registry;
        registry.register("http_requests", "Requests answered", self.requests.clone());
        let help = "Time from the header of a request to that of its response";
        registry.register_with_unit("http_request_duration", help, Unit::Seconds, self.durations.clone());
        let help = "Requests whose response is not complete";
        registry.register("http_requests_in_flight", help, self.requests_in_flight.clone());
        registry.register("articles", "Articles sent to be stored, by outcome", self.articles.clone());
        let help = "Time of each stage of extraction";
        registry.register_with_unit("extraction_duration", help, Unit::Seconds, self.stages.clone());
        registry.register("database_connections", "Connections to the database", self.open.clone());
        registry.register("database_connections_idle", "Idle connections to the database", self.idle.clone());
        registry.register("database_connections_max", "How many there may be", self.most.clone());
        let build = Build { version: env!("CARGO_PKG_VERSION"), rules: RULES_VERSION };
        registry.register("build", "The version of daybook and of its rules and models", Info::new(build));
    }

    /// Counts an article that was stored or is unchanged.
    pub(super) fn article_stored(&self, outcome: Outcome) {
        let outcome = match outcome {
            Outcome::Created => "created",
            Outcome::Replaced => "replaced",
            Outcome::Unchanged => "unchanged",
        };
        self.articles.get_or_create(&Article { outcome }).inc();
    }

    /// Counts an article that was rejected.
    pub(super) fn article_refused(&self) {
        self.articles.get_or_create(&Article { outcome: "refused" }).inc();
    }

    /// Returns a function to call at the end of each stage of an extraction, which measures its
    /// time.
    pub(super) fn stopwatch(&self) -> impl FnMut(Stage) {
        let mut begun = Instant::now();
        move |stage| {
            let ended = Instant::now();
            self.stages.get_or_create(&Reading { stage: stage.into() }).observe((ended - begun).as_secs_f64());
            begun = ended;
        }
    }

    fn answered(&self, method: &'static str, route: String, status: u16, took: Duration) {
        self.requests.get_or_create(&Answer { method, route: route.clone(), status }).inc();
        self.durations.get_or_create(&Asked { method, route }).observe(took.as_secs_f64());
    }

    /// Returns all metrics in the text format of Prometheus.
    fn text(&self, database: Connections) -> Result<String, std::fmt::Error> {
        self.requests_in_flight.set(i64::try_from(self.in_flight.get()).unwrap_or(i64::MAX));
        self.open.set(database.open.into());
        self.idle.set(database.idle.into());
        self.most.set(database.most.into());
        let mut text = String::new();
        prometheus_text::encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// Counts a request and its response. Must be outside of all layers that respond themselves.
pub(super) async fn count(State(metrics): State<Arc<Metrics>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = label(request.method());
    let route = request.extensions().get().map_or(UNMATCHED, MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    metrics.answered(method, route, response.status().as_u16(), begun.elapsed());
    response
}

/// Returns the label of a method: clients can invent any method.
fn label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// Get metrics
#[utoipa::path(
    get,
    operation_id = "get_metrics",
    path = "/metrics",
    tag = "Health",
    responses((
        status = 200,
        description = "In the Prometheus text format: requests by method, route and status, articles by outcome, extraction time by stage, database connections.",
        body = String,
        content_type = "text/plain; version=0.0.4; charset=utf-8",
        example = "# TYPE daybook_articles_total counter\ndaybook_articles_total{outcome=\"created\"} 12\n",
    )),
)]
async fn metrics(State(app): State<App>) -> Result<impl IntoResponse, StatusCode> {
    let text = app.metrics.text(app.store.connections()).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    Ok(([(header::CONTENT_TYPE, prometheus_text::CONTENT_TYPE)], text))
}
