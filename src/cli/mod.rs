//! The command line: its commands, and the module that implements each.

mod articles;
mod backup;
mod demo;
mod doctor;
mod explain;
mod extract;
mod input;
mod key;
mod load;
mod log;
mod postgresql;
mod reprocess;
mod serve;
mod signals;
mod traces;
mod verify;
mod watch;

use crate::config::{Config, DataDir, Database};
use articles::Sources;
use backup::{Backup, Restore};
use clap::{Arg, CommandFactory, FromArgMatches, Parser, Subcommand, builder::Resettable};
use daybook::http;
use demo::Demo;
use doctor::Doctor;
use key::KeyCommand;
use load::Load;
use postgresql::PostgreSql;
use reprocess::Reprocess;
use std::{
    env,
    error::Error,
    io::{Write, stdout},
    process::ExitCode,
};
use traces::Traces;
use verify::Verify;
use watch::Watch;

/// Extracts scheduled diplomatic events from news articles and serves them as a timeline
#[derive(Parser, Debug)]
#[command(version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Config,
    /// Format of the log, which is written to standard error
    #[arg(long, env = "DAYBOOK_LOG_FORMAT", value_name = "FORMAT", global = true, default_value = "text")]
    log_format: log::Format,
    /// URL of an OpenTelemetry collector that receives traces by OTLP over HTTP; without it, none are exported
    #[arg(long, env = "OTEL_EXPORTER_OTLP_ENDPOINT", value_name = "URL", global = true)]
    otlp_endpoint: Option<url::Url>,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Serve the API and the timeline page (the default command)
    Serve(Config),
    /// Fill an empty database with a fictional month of news
    Demo(Demo),
    /// Print the events and dates in articles, one JSON line per article; needs no database
    Extract(Sources),
    /// Print how articles are read: the dates, names and candidates of each sentence, with their signals; needs no database
    Explain(Sources),
    /// Store the articles in files: plain text, .json, .jsonl, .ndjson or .html, optionally compressed (.gz, .zst)
    Load(Load),
    /// Poll news feeds and store the articles they list
    Watch(Watch),
    /// Recompute every event from its articles and corrections and report differences; exits with 1 if there are any
    Verify(Verify),
    /// Create, list and revoke API keys
    #[command(subcommand)]
    Key(KeyCommand),
    /// Re-extract the stored articles that an earlier version of the rules or models has read
    Reprocess(Reprocess),
    /// Write a backup of the database to a file
    Backup(Backup),
    /// Restore a backup into a new database
    Restore(Restore),
    /// Check configuration, database, disk and feeds, and report problems with their remedies
    Doctor(Doctor),
    /// Apply the database migrations, which `daybook serve` also does when it starts
    Migrate(Place),
    /// Print the OpenAPI document
    Openapi,
}

/// The database of a command.
#[derive(clap::Args, Debug)]
struct Place {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    data_dir: DataDir,
}

/// Runs the command that the command line names.
pub fn run() -> ExitCode {
    let matches = ignore_empty_variables(Cli::command()).get_matches();
    let outcome = Cli::from_arg_matches(&matches).map_err(Into::into).and_then(carry_out);
    outcome.unwrap_or_else(|error| {
        eprintln!("daybook: {error}");
        ExitCode::FAILURE
    })
}

/// Treats an empty environment variable as unset, since compose files and shells often set one.
fn ignore_empty_variables(command: clap::Command) -> clap::Command {
    let is_empty = |arg: &Arg| arg.get_env().and_then(env::var_os).is_some_and(|value| value.is_empty());
    command
        .mut_args(|arg| if is_empty(&arg) { arg.env(Resettable::Reset) } else { arg })
        .mut_subcommands(ignore_empty_variables)
}

fn carry_out(cli: Cli) -> Result<ExitCode, Box<dyn Error>> {
    // Dropped last, which exports the remaining spans.
    let traces = cli.otlp_endpoint.as_ref().map(Traces::start).transpose()?;
    let layer = traces.as_ref().map(Traces::layer);
    log::start(cli.log_format, layer)?;
    match cli.command.unwrap_or(Command::Serve(cli.serve)) {
        Command::Serve(config) => {
            log::redact_panics();
            let runtime = runtime()?;
            let outcome = runtime.block_on(serve::run(&config, cli.log_format));
            // Extractions that are still running are abandoned, as are the requests that wait for
            // them.
            runtime.shutdown_background();
            outcome?;
        }
        Command::Extract(sources) => return Ok(extract::run(&sources)),
        Command::Explain(sources) => return Ok(explain::run(&sources)),
        Command::Demo(command) => runtime()?.block_on(demo::run(&command))?,
        Command::Reprocess(command) => runtime()?.block_on(reprocess::run(&command))?,
        Command::Load(command) => return runtime()?.block_on(load::run(&command)),
        Command::Verify(command) => return runtime()?.block_on(verify::run(&command)),
        Command::Watch(command) => runtime()?.block_on(watch::run(&command))?,
        Command::Key(command) => runtime()?.block_on(key::run(&command))?,
        Command::Backup(command) => runtime()?.block_on(backup::back_up(&command))?,
        Command::Restore(command) => runtime()?.block_on(backup::restore(&command))?,
        Command::Doctor(command) => return runtime()?.block_on(doctor::run(&command)),
        Command::Migrate(place) => runtime()?.block_on(migrate(&place))?,
        Command::Openapi => stdout().write_all(http::openapi().to_yaml()?.as_bytes())?,
    }
    Ok(ExitCode::SUCCESS)
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}

async fn migrate(place: &Place) -> Result<(), Box<dyn Error>> {
    let database = PostgreSql::open(&place.database, &place.data_dir).await?;
    let outcome = database.store.migrate().await;
    database.stop().await;
    outcome?;
    eprintln!("All migrations are applied.");
    Ok(())
}
