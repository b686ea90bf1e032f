//! `daybook backup` and `daybook restore`: run PostgreSQL's `pg_dump` and `pg_restore` on the
//! database of the other commands.

use super::{Place, postgresql::PostgreSql};
use daybook::embedded;
use std::{
    error::Error,
    fs::{self, File, OpenOptions},
    os::unix::fs::OpenOptionsExt,
    path::PathBuf,
    process::Stdio,
};
use tokio::process::Command;
use url::Url;

type Outcome = Result<(), Box<dyn Error>>;

/// Where to write a backup.
#[derive(clap::Args, Debug)]
pub struct Backup {
    /// File to write, in the custom format of `pg_dump`; replaced if it exists
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// Which backup to restore.
#[derive(clap::Args, Debug)]
pub struct Restore {
    /// File that `daybook backup` has written
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// Writes a backup. The file appears under its name only when it is complete.
pub async fn back_up(command: &Backup) -> Outcome {
    let Backup { file, place } = command;
    let unfinished = file.with_added_extension("unfinished");
    let database = PostgreSql::open(&place.database, &place.data_dir).await?;
    let outcome = async {
        database.store.migrate().await?;
        // Readable by the owner only: it contains articles and the hashes of API keys.
        let output = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished);
        let output = output.map_err(|error| format!("cannot write {}: {error}", file.display()))?;
        let mut dump = client("pg_dump", place)?;
        dump.args(["--format", "custom", "--no-owner", "--no-privileges"]).stdout(output);
        run(dump, "pg_dump").await?;
        Ok::<_, Box<dyn Error>>(fs::rename(&unfinished, file)?)
    };
    let outcome = outcome.await;
    database.stop().await;
    if outcome.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
    outcome?;
    eprintln!("Wrote {} ({} bytes).", file.display(), fs::metadata(file)?.len());
    Ok(())
}

/// Restores a backup into a database without tables, in one transaction, and applies the migrations since.
pub async fn restore(command: &Restore) -> Outcome {
    let Restore { file, place } = command;
    let input = File::open(file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    let database = PostgreSql::open(&place.database, &place.data_dir).await?;
    let outcome = async {
        let mut restore = client("pg_restore", place)?;
        restore.args(["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]).stdin(input);
        match run(restore, "pg_restore").await {
            Err(error) if error.contains("already exists") => {
                let remedy = "restore into a new database, or with --data-dir into a new directory";
                Err(format!("the database is not empty; {remedy}").into())
            }
            outcome => Ok::<_, Box<dyn Error>>(outcome?),
        }
    };
    let mut outcome = outcome.await;
    if outcome.is_ok() {
        outcome = database.store.migrate().await.map_err(Into::into);
    }
    database.stop().await;
    outcome?;
    eprintln!("Restored {}.", file.display());
    Ok(())
}

/// Returns a command that runs a client program of PostgreSQL on the database of `place`.
fn client(program: &str, place: &Place) -> Result<Command, Box<dyn Error>> {
    let url = place.database.url();
    let data_dir = url.is_none().then_some(&*place.data_dir.path);
    let mut command = Command::new(embedded::client_program(program, data_dir)?);
    command.args(["--dbname", &connection_string(place)?]).stdin(Stdio::null());
    // Other users could read a password on the command line.
    if let Some(password) = url.and_then(|url| Url::parse(url).ok()?.password().map(percent_decoded)) {
        command.env("PGPASSWORD", password);
    }
    Ok(command)
}

/// Returns the connection string without the password.
fn connection_string(place: &Place) -> Result<String, Box<dyn Error>> {
    let Some(url) = place.database.url() else { return Ok(embedded::connection_string(&place.data_dir.path)?) };
    let Ok(mut parsed) = Url::parse(url) else { return Ok(url.to_owned()) };
    let _ = parsed.set_password(None);
    Ok(parsed.into())
}

fn percent_decoded(text: &str) -> String {
    let pair = format!("password={}", text.replace('+', "%2B").replace('&', "%26"));
    url::form_urlencoded::parse(pair.as_bytes()).map(|(_, value)| value.into_owned()).collect()
}

/// Runs a program; fails with its standard error.
async fn run(mut command: Command, name: &str) -> Result<(), String> {
    let child = command.stderr(Stdio::piped()).spawn().map_err(|error| format!("cannot run {name}: {error}"))?;
    let output = child.wait_with_output().await.map_err(|error| format!("cannot run {name}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{name} failed: {}", String::from_utf8_lossy(&output.stderr).trim()))
}
