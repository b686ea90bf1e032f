//! The log, on standard error, so that standard output can be piped.

use std::{
    error::Error,
    io::{IsTerminal, stderr},
    panic,
};
use tracing_subscriber::EnvFilter;

/// The format of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Human-readable lines
    Text,
    /// One JSON object per line
    Json,
}

/// Starts the log, filtered by `RUST_LOG`.
pub fn start(format: Format) -> Result<(), Box<dyn Error>> {
    // sqlx logs every notice of the server at `info`.
    let filter = std::env::var("RUST_LOG").ok().filter(|filter| !filter.is_empty());
    let filter = EnvFilter::try_new(filter.as_deref().unwrap_or("info,sqlx=warn"))
        .map_err(|error| format!("RUST_LOG: {error}"))?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    match format {
        Format::Text => log.with_ansi(stderr().is_terminal()).init(),
        // The only span is that of the request.
        Format::Json => log.json().flatten_event(true).with_span_list(false).init(),
    }
    Ok(())
}

/// Logs panics, but only with messages that are constant: a message formatted at run time may quote an article.
pub fn redact_panics() {
    panic::set_hook(Box::new(|panic| {
        let message = panic.payload().downcast_ref::<&'static str>().copied();
        let at = panic.location().map(tracing::field::display);
        tracing::error!(at, message, "panic");
    }));
}
