//! Traces, exported by OTLP over HTTP (protobuf) if an endpoint is configured. They contain spans
//! only: no log lines, articles, queries or keys.

use daybook::outbound::Collector;
use opentelemetry::{KeyValue, trace::TracerProvider};
use opentelemetry_otlp::{SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use std::{env, error::Error};
use tracing::{Level, Subscriber};
use tracing_subscriber::{Layer, filter::dynamic_filter_fn, registry::LookupSpan};
use url::Url;

/// The exporter, which sends the remaining spans when dropped.
pub struct Traces(SdkTracerProvider);

impl Traces {
    /// Starts exporting to the collector at `endpoint`, such as `http://127.0.0.1:4318`.
    pub fn start(endpoint: &Url) -> Result<Self, Box<dyn Error>> {
        let endpoint = format!("{}/v1/traces", endpoint.as_str().trim_end_matches('/'));
        let exporter = SpanExporter::builder().with_http().with_http_client(Collector::new()?);
        let exporter = exporter.with_endpoint(endpoint).build()?;
        let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
        let mut resource = Resource::builder().with_attribute(version);
        if env::var_os("OTEL_SERVICE_NAME").is_none() {
            resource = resource.with_service_name("daybook");
        }
        let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource.build());
        Ok(Self(provider.build()))
    }

    /// Returns the layer that records spans, except those of health checks and scrapes.
    pub fn layer<S: Subscriber + for<'span> LookupSpan<'span>>(&self) -> impl Layer<S> + use<S> {
        // Dynamic, so that it is evaluated for every span and event. Otherwise tracing-subscriber caches that the
        // filters of all layers accept the span of a request, and applies what they decided last on this thread
        // instead: sqlx checks whether its events are enabled without recording them, and the span was lost.
        let is_exported = dynamic_filter_fn(|metadata, _| {
            metadata.is_span() && *metadata.level() <= Level::INFO && metadata.target().starts_with("daybook")
        });
        let layer = tracing_opentelemetry::layer().with_tracer(self.0.tracer("daybook"));
        layer.with_location(false).with_threads(false).with_filter(is_exported)
    }
}

impl Drop for Traces {
    fn drop(&mut self) {
        if let Err(error) = self.0.shutdown() {
            tracing::warn!(%error, "the last traces could not be exported");
        }
    }
}
