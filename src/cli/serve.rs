//! `daybook serve`: the database, the API, and graceful shutdown.
//!
//! The service listens even if the database is unavailable. Until the database answers and the migrations are applied,
//! `/readyz` and every request that needs the database return 503; the same holds during a later outage. A database that
//! rejects the connection or a migration ends the program, since waiting would not help. So does a missing API key where
//! one is required.

use super::{
    log::Format,
    postgresql::PostgreSql,
    signals::{signals, wait},
};
use crate::config::Config;
use daybook::{
    deliver,
    extract::Extractor,
    http::{self, Access, App, Connections, Limits, Public, Streams},
    outbound::{self, Outbound},
    store::{self, ArticleFilter, Store},
};
use std::{error::Error, net::SocketAddr, time::Duration};
use tokio::{net::TcpListener, sync::watch, time::sleep};

/// How long running requests may take after a termination signal.
const GRACE: Duration = Duration::from_secs(5);

/// The pause between attempts to reach the database, doubled from the first to the last.
const PAUSES: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(5));

/// Why the service does not start without an API key, and the remedy.
const NO_KEY: &str = "no API key exists, and one is required to listen on an address other than loopback or with \
                      --require-key-for-reading; create one with the same database settings:\n  \
                      daybook key create --name NAME --scope admin";

type Outcome = Result<(), Box<dyn Error>>;

/// Serves until a termination signal.
pub async fn run(config: &Config, format: Format) -> Outcome {
    // A signal that arrives during the start is handled after it: PostgreSQL is started, then stopped.
    let mut ended = signals()?;
    let database = PostgreSql::start(&config.database, &config.data_dir).await?;
    tracing::info!("database: {}", database.name);
    let outcome = Box::pin(serve(config, format, &database, &mut ended)).await;
    database.stop().await;
    outcome
}

async fn serve(config: &Config, format: Format, database: &PostgreSql, ended: &mut watch::Receiver<bool>) -> Outcome {
    let store = &database.store;
    let listener = TcpListener::bind(&config.listen)
        .await
        .map_err(|error| format!("cannot listen on {}: {error}", config.listen))?;
    let address = listener.local_addr()?;
    let access = Access {
        loopback: address.ip().is_loopback(),
        key_for_reading: config.require_key_for_reading,
        public: config.public,
        origins: config.allowed_origins.clone(),
        trusted_proxies: config.trusted_proxies.clone(),
    };
    let needs_keys = access.needs_keys();
    // Attempted before the address is logged, so that the first request usually finds the tables.
    let prepared = prepare(store, needs_keys).await?;
    if format == Format::Text {
        eprint!("{}", welcome(config, database, address, prepared).await);
    }
    tracing::info!("listening on http://{address}");

    let limits = Limits { body: config.body_limit, rate: config.rate_limit, ..Limits::default() };
    let app = App {
        ceiling: config.max_events,
        base: config.base()?,
        frame_ancestors: config.frame_ancestors.clone(),
        outbound: Outbound::new(&config.reach.allowed_networks, outbound::TIME)?,
        streams: Streams::new((config.max_connections / 2).max(1).into(), config.max_streams_per_client.into()),
        ..App::new(store.clone(), Extractor::new())
    };
    let mut delivered = ended.clone();
    let delivering = deliver::run(app.clone(), async move { wait(&mut delivered).await });
    let streams = app.streams.clone();
    let router = http::router(app, access, limits);
    let mut graceful = ended.clone();
    let connections = Connections { most: config.max_connections, ..Connections::default() };
    let serving = http::serve(listener, router, connections, wait(&mut graceful));
    let mut running = std::pin::pin!(async { tokio::join!(serving, delivering) });
    tokio::select! {
        _ = &mut running => return Ok(()),
        error = keep_preparing(store, needs_keys), if !prepared => return Err(error),
        () = wait(ended) => tracing::info!("shutting down"),
    }
    // Streams never end by themselves; their clients reconnect.
    streams.end();
    tokio::select! {
        _ = running => {}
        () = sleep(GRACE) => tracing::warn!("aborting requests that are still running after {GRACE:?}"),
    }
    Ok(())
}

/// Returns the message on the start of the service: its address, its database, and who may connect.
async fn welcome(config: &Config, database: &PostgreSql, address: SocketAddr, prepared: bool) -> String {
    let store = &database.store;
    let has_keys = prepared && store.has_keys().await.unwrap_or(true);
    let access = match (address.ip().is_loopback(), has_keys || config.require_key_for_reading) {
        (true, false) => "this machine only; no API key is needed",
        (true, true) if config.require_key_for_reading => "this machine only; every request needs an API key",
        (true, true) if config.public == Public::Events => {
            "this machine only; writing, and reading articles, needs an API key"
        }
        (true, true) => "this machine only; writing needs an API key",
        (false, _) if config.require_key_for_reading => "other machines as well; every request needs an API key",
        (false, _) if config.public == Public::Events => {
            "other machines as well; writing, and reading articles, needs an API key"
        }
        (false, _) => "other machines as well; writing needs an API key",
    };
    let is_empty = prepared
        && store.articles(&ArticleFilter::default(), None, 1, false).await.is_ok_and(|page| page.items.is_empty());
    let hint = if is_empty { "\n  The database is empty. `daybook demo` fills it with sample news.\n" } else { "" };
    format!(
        "daybook {}\n\n  Timeline   http://{address}/\n  Docs       http://{address}/docs\n  Database   {}\n  \
         Access     {access}\n{hint}\n",
        env!("CARGO_PKG_VERSION"),
        database.name
    )
}

/// Applies the migrations and checks that an API key exists if one is required; returns false if the database is
/// unavailable.
async fn prepare(store: &Store, needs_keys: bool) -> Result<bool, Box<dyn Error>> {
    let prepared = async {
        store.migrate().await?;
        report_outdated(store).await?;
        Ok(!needs_keys || store.has_keys().await?)
    };
    match prepared.await {
        Ok(true) => Ok(true),
        Ok(false) => Err(NO_KEY.into()),
        Err(error @ store::Error::Unavailable(_)) => {
            tracing::warn!(%error, "the database is unavailable; retrying");
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

/// Logs how many articles an earlier version of the rules or models has read.
async fn report_outdated(store: &Store) -> Result<(), store::Error> {
    let old = store.count_outdated_articles(None).await?;
    if old > 0 {
        tracing::warn!("an earlier version has read {old} articles; `daybook reprocess` re-extracts them");
    }
    Ok(())
}

/// Retries until the database answers. Returns only if that cannot succeed.
async fn keep_preparing(store: &Store, needs_keys: bool) -> Box<dyn Error> {
    let mut pause = PAUSES.0;
    loop {
        sleep(pause).await;
        pause = (pause * 2).min(PAUSES.1);
        match prepare(store, needs_keys).await {
            Ok(true) => return std::future::pending().await,
            Ok(false) => {}
            Err(error) => return error,
        }
    }
}
