//! `/metrics`: counters, gauges and histograms for Prometheus, kept in [`Metrics`] instead of
//! globals.

use super::App;
use crate::{
    extract::{RULES_VERSION, Stage},
    store::{Backlog, Connections, Contention, Outcome},
};
use axum::{
    extract::{self, MatchedPath, Request},
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
use tokio::time::timeout;
use tower_http::metrics::in_flight_requests::InFlightRequestsCounter;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(metrics))
}

/// The route of a request to an unknown URL. URLs themselves are not used as labels, since clients
/// can invent any number of them.
const UNMATCHED: &str = "unmatched";

/// How long a scrape waits for the database.
const BACKLOG_TIME: Duration = Duration::from_secs(2);

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

/// The label of an attempt to deliver a change to a webhook.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Delivery {
    outcome: &'static str,
}

/// The label of feeds and webhooks.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct State {
    state: String,
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
    deliveries: Family<Delivery, Counter>,
    streams: Gauge,
    stream_events: Counter,
    open: Gauge,
    idle: Gauge,
    most: Gauge,
}

impl Metrics {
    /// Registers all metrics, those of the store among them.
    pub(super) fn new(contention: &Contention) -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("daybook"),
            requests: Family::default(),
            durations: Family::new_with_constructor(|| Histogram::new(ANSWERED)),
            in_flight: InFlightRequestsCounter::new(),
            requests_in_flight: Gauge::default(),
            articles: Family::default(),
            stages: Family::new_with_constructor(|| Histogram::new(READ)),
            deliveries: Family::default(),
            streams: Gauge::default(),
            stream_events: Counter::default(),
            open: Gauge::default(),
            idle: Gauge::default(),
            most: Gauge::default(),
        };
        metrics.register(contention);
        // Values that have not occurred are 0 instead of absent, so that rates can be computed.
        for outcome in ["created", "replaced", "unchanged", "refused"] {
            drop(metrics.articles.get_or_create(&Article { outcome }));
        }
        for outcome in ["acknowledged", "failed", "disabled"] {
            drop(metrics.deliveries.get_or_create(&Delivery { outcome }));
        }
        for stage in Stage::VARIANTS {
            drop(metrics.stages.get_or_create(&Reading { stage: stage.into() }));
        }
        metrics
    }

    fn register(&mut self, contention: &Contention) {
        let registry = &mut self.registry;
        registry.register("http_requests", "Requests answered", self.requests.clone());
        let help = "Time from the header of a request to that of its response";
        registry.register_with_unit("http_request_duration", help, Unit::Seconds, self.durations.clone());
        let help = "Requests whose response is not complete";
        registry.register("http_requests_in_flight", help, self.requests_in_flight.clone());
        registry.register("articles", "Articles sent to be stored, by outcome", self.articles.clone());
        let help = "Time of each stage of extraction";
        registry.register_with_unit("extraction_duration", help, Unit::Seconds, self.stages.clone());
        let help = "Attempts to deliver a change to a webhook, by outcome";
        registry.register("webhook_deliveries", help, self.deliveries.clone());
        registry.register("streams", "Open streams of changes", self.streams.clone());
        registry.register("stream_events", "Changes sent to streams", self.stream_events.clone());
        let help = "Time for which transactions have waited for the locks of others";
        registry.register_with_unit("lock_wait", help, Unit::Seconds, contention.lock_waits.clone());
        let help = "Transactions restarted because they needed locks that others held";
        registry.register("transaction_restarts", help, contention.restarts.clone());
        registry.register("database_connections", "Connections to the database", self.open.clone());
        registry.register("database_connections_idle", "Idle connections to the database", self.idle.clone());
        registry.register(
            "database_connections_max",
            "Maximum number of connections to the database",
            self.most.clone(),
        );
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

    /// Counts a delivery that a webhook has acknowledged.
    pub(crate) fn delivery_acknowledged(&self) {
        self.deliveries.get_or_create(&Delivery { outcome: "acknowledged" }).inc();
    }

    /// Counts a delivery that failed, and possibly disabled the webhook.
    pub(crate) fn delivery_failed(&self, is_disabled: bool) {
        let outcome = if is_disabled { "disabled" } else { "failed" };
        self.deliveries.get_or_create(&Delivery { outcome }).inc();
    }

    /// Counts a change that was sent to a stream.
    pub(super) fn change_streamed(&self) {
        self.stream_events.inc();
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
    /// Without `backlog`, its metrics are absent.
    fn text(
        &self,
        database: Connections,
        streams: usize,
        backlog: Option<&Backlog>,
    ) -> Result<String, std::fmt::Error> {
        self.streams.set(i64::try_from(streams).unwrap_or(i64::MAX));
        self.requests_in_flight.set(i64::try_from(self.in_flight.get()).unwrap_or(i64::MAX));
        self.open.set(database.open.into());
        self.idle.set(database.idle.into());
        self.most.set(database.most.into());
        let mut text = String::new();
        prometheus_text::encode(&mut text, &self.registry)?;
        if let Some(backlog) = backlog {
            prometheus_text::encode(&mut text, &registry_of(backlog))?;
        }
        Ok(text)
    }
}

/// Returns the metrics of what waits in the database.
fn registry_of(backlog: &Backlog) -> Registry {
    let by_state = |counts: &[(String, i64)]| {
        let family = Family::<State, Gauge>::default();
        for (state, count) in counts {
            family.get_or_create(&State { state: state.clone() }).set(*count);
        }
        family
    };
    let gauge = |count: i64| {
        let gauge: Gauge = Gauge::default();
        gauge.set(count);
        gauge
    };
    let mut registry = Registry::with_prefix("daybook");
    registry.register("feeds", "Feeds by state", by_state(&backlog.feeds));
    let help = "Feeds that have been due for more than five minutes";
    registry.register("feeds_overdue", help, gauge(backlog.feeds_overdue));
    registry.register("webhooks", "Webhooks by state", by_state(&backlog.webhooks));
    let help = "Articles that another version of the rules has read";
    registry.register("articles_outdated", help, gauge(backlog.outdated_articles));
    registry
}

/// Counts a request and its response. Must be outside of all layers that respond themselves.
pub(super) async fn count(
    extract::State(metrics): extract::State<Arc<Metrics>>,
    request: Request,
    next: Next,
) -> Response {
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
        description = "In the Prometheus text format: requests by method, route and status, articles by outcome, extraction time by stage, feeds, webhooks, streams, lock waits, database connections.",
        body = String,
        content_type = "text/plain; version=0.0.4; charset=utf-8",
        example = "# TYPE daybook_articles_total counter\ndaybook_articles_total{outcome=\"created\"} 12\n",
    )),
)]
async fn metrics(extract::State(app): extract::State<App>) -> Result<impl IntoResponse, StatusCode> {
    // A scrape succeeds while the database is unavailable.
    let backlog = timeout(BACKLOG_TIME, app.store.backlog((app.now)())).await;
    let backlog = backlog.ok().and_then(Result::ok);
    let text = app
        .metrics
        .text(app.store.connections(), app.streams.open(), backlog.as_ref())
        .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    Ok(([(header::CONTENT_TYPE, prometheus_text::CONTENT_TYPE)], text))
}
