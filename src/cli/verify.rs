//! `daybook verify`: recomputes every event from its articles and corrections while the service
//! runs, and reports stored events that differ. It changes nothing.

use super::postgresql::PostgreSql;
use crate::config::{DataDir, Database};
use daybook::{
    http::system_time,
    store::{Difference, Store, Verified},
};
use serde_json::{Value, json};
use std::{error::Error, process::ExitCode};

/// How many events are fetched at once.
const BATCH: u32 = 100;

/// What to verify.
#[derive(clap::Args, Debug)]
pub struct Verify {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    data_dir: DataDir,
}

/// Verifies all events: prints one JSON line for each that differs, and fails if any does.
pub async fn run(command: &Verify) -> Result<ExitCode, Box<dyn Error>> {
    let database = PostgreSql::start_or_join(&command.database, &command.data_dir).await?;
    let outcome = verify(&database.store).await;
    database.stop().await;
    outcome
}

async fn verify(store: &Store) -> Result<ExitCode, Box<dyn Error>> {
    let all = store.count_to_verify().await?;
    let (mut at, mut verified, mut differing) = (Verified::default(), 0, 0);
    while let Some((next, count, differences)) = store.verify(at, BATCH, system_time()).await? {
        at = next;
        verified += count;
        differing += differences.len();
        for difference in &differences {
            println!("{}", line(difference));
        }
        if verified % 1000 < BATCH as usize && count > 0 {
            tracing::info!(verified, all, differing, "verifying");
        }
    }
    eprintln!("events verified: {verified}; events that differ from their articles and corrections: {differing}");
    Ok(if differing == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn line(difference: &Difference) -> Value {
    let fields = difference.fields.iter();
    let fields =
        fields.map(|(name, (stored, recomputed))| (name.clone(), json!({"stored": stored, "recomputed": recomputed})));
    json!({"event": difference.event, "differences": fields.collect::<serde_json::Map<_, _>>()})
}
