//! The log. It goes to standard error, so that what a command writes can be piped on.

use std::{
    error::Error,
    io::{IsTerminal, stderr},
    panic,
};
use tracing_subscriber::EnvFilter;

/// How a line of the log is written.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum Format {
    /// To be read by people
    Text,
    /// One JSON object a line
    Json,
}

/// Begins the log, filtered by `RUST_LOG`.
pub fn start(format: Format) -> Result<(), Box<dyn Error>> {
    // sqlx tells every notice of the server at `info`.
    let filter = std::env::var("RUST_LOG").ok().filter(|filter| !filter.is_empty());
    let filter = EnvFilter::try_new(filter.as_deref().unwrap_or("info,sqlx=warn"))
        .map_err(|error| format!("RUST_LOG: {error}"))?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    match format {
        Format::Text => log.with_ansi(stderr().is_terminal()).init(),
        // The request that a line belongs to is its innermost span; there are no others.
        Format::Json => log.json().flatten_event(true).with_span_list(false).init(),
    }
    Ok(())
}

/// From here on a panic is a line of the log like others, and tells only what stands in the program: a message made when it
/// ran may quote an article.
pub fn quote_no_panic() {
    panic::set_hook(Box::new(|panic| {
        let message = panic.payload().downcast_ref::<&'static str>().copied();
        let at = panic.location().map(tracing::field::display);
        tracing::error!(at, message, "panic");
    }));
}
