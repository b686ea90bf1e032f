//! `daybook serve`: a database, the API on top of it, and an orderly end.
//!
//! It listens even when the database is away. Until that answers and the migrations are applied, `/readyz` and
//! whatever needs the database say 503; the same holds when it goes away later, until it is back. A database that
//! answers but refuses, for a wrong password or a migration that fails, ends the program: waiting would not mend it. So
//! does one that holds no key where one is needed.

use super::{
    postgresql::PostgreSql,
    signals::{signals, wait},
};
use crate::config::Config;
use daybook::{
    deliver,
    extract::Extractor,
    http::{self, Access, App, Connections, Limits},
    outbound::{self, Outbound},
    store::{self, Store},
};
use std::{error::Error, time::Duration};
use tokio::{net::TcpListener, sync::watch, time::sleep};

/// How long requests may still take once daybook is told to end.
const GRACE: Duration = Duration::from_secs(8);

/// The pause between two tries to reach the database, doubled from the first to the last.
const PAUSES: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(5));

/// Why it does not serve, and the remedy.
const NO_KEY: &str = "there is no API key yet, and daybook needs one to listen beyond loopback, or with \
                      --require-key-for-reading; make one, with the same settings of the database:\n  \
                      daybook key create --name NAME --scope admin";

type Outcome = Result<(), Box<dyn Error>>;

/// Serves until a signal says to end.
pub async fn run(config: &Config) -> Outcome {
    // From here on a signal is kept until somebody asks for it: what is being started is started, then stopped.
    let mut ended = signals()?;
    let database = PostgreSql::start(&config.database, &config.data_dir).await?;
    let outcome = serve(config, &database.store, &mut ended).await;
    database.stop().await;
    outcome
}

async fn serve(config: &Config, store: &Store, ended: &mut watch::Receiver<bool>) -> Outcome {
    let listener = TcpListener::bind(&config.listen)
        .await
        .map_err(|error| format!("cannot listen on {}: {error}", config.listen))?;
    let address = listener.local_addr()?;
    let access = Access {
        loopback: address.ip().is_loopback(),
        key_for_reading: config.require_key_for_reading,
        origins: config.allowed_origins.clone(),
    };
    let needs_keys = access.needs_keys();
    // Tried once before anybody is told the address, so that the first request usually finds the tables.
    let prepared = prepare(store, needs_keys).await?;
    tracing::info!("listening on http://{address}");

    let limits = Limits { body: config.body_limit, rate: config.rate_limit, ..Limits::default() };
    let app = App {
        ceiling: config.max_events,
        base: config.base()?,
        frame_ancestors: config.frame_ancestors.clone(),
        outbound: Outbound::new(&config.reach.allowed_networks, outbound::TIME)?,
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
        () = wait(ended) => tracing::info!("ending"),
    }
    // They would go on for ever; their clients go on elsewhere, or once it is back.
    streams.end();
    tokio::select! {
        _ = running => {}
        () = sleep(GRACE) => tracing::warn!("cutting off requests that take longer than {GRACE:?}"),
    }
    Ok(())
}

/// Applies the migrations and sees that there is a key where one is needed, or says that the database does not answer.
async fn prepare(store: &Store, needs_keys: bool) -> Result<bool, Box<dyn Error>> {
    let prepared = async {
        store.migrate().await?;
        tell_of_old_readings(store).await?;
        Ok(!needs_keys || store.has_keys().await?)
    };
    match prepared.await {
        Ok(true) => Ok(true),
        Ok(false) => Err(NO_KEY.into()),
        Err(error @ store::Error::Unavailable(_)) => {
            tracing::warn!(%error, "trying again");
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

/// Says where articles wait to be read by today's rules.
async fn tell_of_old_readings(store: &Store) -> Result<(), store::Error> {
    let old = store.count_to_read_anew(None).await?;
    if old > 0 {
        tracing::warn!("{old} articles were read by older rules; `daybook reprocess` reads them anew");
    }
    Ok(())
}

/// Does so as soon as the database answers. Returns only if that cannot succeed.
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
