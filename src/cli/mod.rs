//! The command line: what can be said on it, and which module does it.

mod articles;
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
mod verify;
mod watch;

use crate::config::{Config, Database};
use clap::{Parser, Subcommand};
use daybook::{http, store::Store};
use key::KeyCommand;
use load::Load;
use reprocess::Reprocess;
use std::{
    error::Error,
    io::{Write, stdout},
    path::PathBuf,
    process::ExitCode,
};
use verify::Verify;
use watch::Watch;

/// Reads news articles and serves the diplomatic events they announce as a timeline
#[derive(Parser, Debug)]
#[command(version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Config,
    /// How each line of the log is written
    #[arg(long, env = "DAYBOOK_LOG_FORMAT", value_name = "FORMAT", global = true, default_value = "text")]
    log_format: log::Format,
}

#[derive(Subcommand, Debug)]
#[expect(clippy::doc_markdown, reason = "the help shows it as it stands")]
enum Command {
    /// Serve the API (also with no command); without a DATABASE_URL, on a private PostgreSQL
    Serve(Config),
    /// Read articles and write their events and dates, one JSON line each; needs no database
    Extract {
        /// Articles: the plain-text form, .json, or .jsonl with one a line; standard input where none or - is given
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Read the same articles and write for every sentence the dates, names and events found, and the rule behind each
    Explain {
        /// Articles, in the same forms
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Apply the migrations to DATABASE_URL and stop
    Migrate(Database),
    /// Read stored articles anew that older rules have read; goes on where it stopped, while the service serves
    Reprocess(Reprocess),
    /// Store the articles of files: the plain-text form, .json, .jsonl or .ndjson, also as .gz or .zst; goes on where it stopped
    Load(Load),
    /// Recompute every event from its articles and corrections and report what is stored otherwise, while the service serves;
    /// exits with 1 where anything is
    Verify(Verify),
    /// Ask feeds for new articles and store them, while the service serves; any number may run on one database
    Watch(Watch),
    /// Make, list and revoke API keys
    #[command(subcommand)]
    Key(KeyCommand),
    /// Write the OpenAPI document
    Openapi,
}

/// Does what the command line says.
pub fn run() -> ExitCode {
    carry_out(Cli::parse()).unwrap_or_else(|error| {
        eprintln!("daybook: {error}");
        ExitCode::FAILURE
    })
}

fn carry_out(cli: Cli) -> Result<ExitCode, Box<dyn Error>> {
    log::start(cli.log_format)?;
    match cli.command.unwrap_or(Command::Serve(cli.serve)) {
        Command::Serve(config) => {
            log::quote_no_panic();
            let runtime = runtime()?;
            let outcome = runtime.block_on(serve::run(&config));
            // An article that is still being read is lost, as its answer is.
            runtime.shutdown_background();
            outcome?;
        }
        Command::Extract { files } => return Ok(extract::run(files)),
        Command::Explain { files } => return Ok(explain::run(files)),
        Command::Reprocess(command) => runtime()?.block_on(reprocess::run(&command))?,
        Command::Load(command) => return runtime()?.block_on(load::run(&command)),
        Command::Verify(command) => return runtime()?.block_on(verify::run(&command)),
        Command::Watch(command) => runtime()?.block_on(watch::run(&command))?,
        Command::Key(command) => runtime()?.block_on(key::run(&command))?,
        Command::Migrate(database) => runtime()?.block_on(migrate(&database))?,
        Command::Openapi => stdout().write_all(http::openapi().to_yaml()?.as_bytes())?,
    }
    Ok(ExitCode::SUCCESS)
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}

async fn migrate(database: &Database) -> Result<(), Box<dyn Error>> {
    let options = database.options()?.ok_or("migrate needs a DATABASE_URL")?;
    Ok(Store::connect(options).migrate().await?)
}
