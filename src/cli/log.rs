//! The log, on standard error, so that standard output can be piped.

use daybook::SPANS;
use std::{
    error::Error,
    io::{IsTerminal, stderr},
    panic,
};
use tracing::Subscriber;
use tracing_subscriber::{
    EnvFilter, Layer, Registry, layer::SubscriberExt, registry::LookupSpan, util::SubscriberInitExt,
};

/// The format of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Human-readable lines
    Text,
    /// One JSON object per line
    Json,
}

/// Starts the log, filtered by `RUST_LOG`, and passes spans to `traces`.
pub fn start(format: Format, traces: Option<impl Layer<Registry> + Send + Sync>) -> Result<(), Box<dyn Error>> {
    // sqlx logs every notice of the server at `info`.
    let filter = std::env::var("RUST_LOG").ok().filter(|filter| !filter.is_empty());
    // Spans below the request are for traces only.
    let filter = format!("{},{SPANS}=off", filter.as_deref().unwrap_or("info,sqlx=warn"));
    let filter = EnvFilter::try_new(filter).map_err(|error| format!("RUST_LOG: {error}"))?;
    match traces {
        None => tracing_subscriber::registry().with(filter).with(lines(format)).init(),
        Some(traces) => tracing_subscriber::registry().with(traces).with(lines(format).with_filter(filter)).init(),
    }
    Ok(())
}

/// Returns the layer that writes the lines of the log.
fn lines<S: Subscriber + for<'span> LookupSpan<'span>>(format: Format) -> Box<dyn Layer<S> + Send + Sync> {
    let lines = tracing_subscriber::fmt::layer().with_writer(stderr);
    match format {
        Format::Text => lines.with_ansi(stderr().is_terminal()).boxed(),
        // The only span is that of the request.
        Format::Json => lines.json().flatten_event(true).with_span_list(false).boxed(),
    }
}

/// Logs panics, but only with messages that are constant: a message formatted at run time may quote an article.
pub fn redact_panics() {
    panic::set_hook(Box::new(|panic| {
        let message = panic.payload().downcast_ref::<&'static str>().copied();
        let at = panic.location().map(tracing::field::display);
        tracing::error!(at, message, "panic");
    }));
}
