//! `daybook doctor`: checks the configuration, the data directory, the database, feeds and webhooks, and reports each
//! problem with its remedy.

use super::postgresql::PostgreSql;
use crate::config::Config;
use daybook::{extract::RULES_VERSION, feed::FeedState, http::system_time, store::Store};
use jiff::SignedDuration;
use std::{
    error::Error,
    fmt,
    fs::{self, metadata},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::ExitCode,
};

/// Less free disk space than this is a warning, in bytes.
const LITTLE_SPACE: u64 = 1 << 30;

/// A larger difference between two clocks is a warning.
const CLOCK_DIFFERENCE: SignedDuration = SignedDuration::from_secs(5);

/// The settings to check: those of `daybook serve`.
#[derive(clap::Args, Debug)]
pub struct Doctor {
    #[command(flatten)]
    config: Config,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Severity {
    Ok,
    Warning,
    Error,
}

/// The findings, printed as they are made.
#[derive(Default)]
struct Report {
    has_error: bool,
}

impl Report {
    fn add(&mut self, severity: Severity, subject: &str, text: impl fmt::Display) {
        let name = match severity {
            Severity::Ok => "ok",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        println!("{name:8} {subject:15} {text}");
        self.has_error |= severity == Severity::Error;
    }

    /// Adds `problem` if it holds, else `fine`.
    fn check(
        &mut self,
        severity: Severity,
        subject: &str,
        holds: bool,
        problem: impl fmt::Display,
        fine: impl fmt::Display,
    ) {
        if holds { self.add(severity, subject, problem) } else { self.add(Severity::Ok, subject, fine) }
    }
}

/// Runs all checks; fails if any of them found an error. A warning is not an error.
pub async fn run(command: &Doctor) -> Result<ExitCode, Box<dyn Error>> {
    let config = &command.config;
    let mut report = Report::default();
    report.add(Severity::Ok, "version", format_args!("daybook {}, rules {RULES_VERSION}", env!("CARGO_PKG_VERSION")));
    match config.base().and_then(|_| config.database.options()) {
        Ok(_) => report.add(Severity::Ok, "configuration", format_args!("listens on {}", config.listen)),
        Err(problem) => report.add(Severity::Error, "configuration", problem),
    }
    let data_dir = &*config.data_dir.path;
    let is_embedded = config.database.url().is_none();
    let exists = data_dir.join("cluster").exists();
    if is_embedded && !exists {
        let problem = format_args!("{} does not exist yet; `daybook serve` creates it", data_dir.display());
        report.add(Severity::Warning, "data directory", problem);
    } else {
        if is_embedded {
            directory(&mut report, data_dir)?;
        }
        match PostgreSql::start_or_join(&config.database, &config.data_dir).await {
            Ok(database) => {
                report.add(Severity::Ok, "database", &database.name);
                let outcome = store(&mut report, &database.store, config).await;
                database.stop().await;
                if let Err(error) = outcome {
                    report.add(Severity::Error, "database", error);
                }
            }
            Err(error) => report.add(Severity::Error, "database", error),
        }
    }
    Ok(if report.has_error { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Checks the permissions of the data directory and the free space of its disk.
fn directory(report: &mut Report, data_dir: &Path) -> Result<(), Box<dyn Error>> {
    let mode = metadata(data_dir)?.permissions().mode() & 0o777;
    let path = data_dir.display();
    let open = format_args!("other users can access {path} (mode {mode:03o}); run: chmod 700 {path}").to_string();
    report.check(Severity::Warning, "data directory", mode & 0o077 != 0, open, path);
    let disk = rustix::fs::statvfs(fs::canonicalize(data_dir)?)?;
    let free = disk.f_bavail * disk.f_frsize;
    let full = format!("{} free; free some space, or move the data directory to a larger disk", size(free));
    report.check(Severity::Warning, "disk", free < LITTLE_SPACE, full, format_args!("{} free", size(free)));
    Ok(())
}

/// Checks the server, its clock and the migrations.
async fn store(report: &mut Report, store: &Store, config: &Config) -> Result<(), daybook::store::Error> {
    let checkup = store.check().await?;
    let server = format!("version {}, {}", checkup.server, size(checkup.bytes));
    let major = checkup.server.split(['.', ' ']).next().and_then(|major| major.parse::<u32>().ok());
    let old = format!("version {}; daybook needs 15 or newer: upgrade the server", checkup.server);
    report.check(Severity::Error, "PostgreSQL", major.is_some_and(|major| major < 15), old, server);
    let difference = system_time().duration_since(checkup.clock).abs();
    let differs = format!("the clock of the database differs by {} s; synchronize both clocks", difference.as_secs());
    report.check(
        Severity::Warning,
        "clock",
        difference > CLOCK_DIFFERENCE,
        differs,
        "agrees with that of the database",
    );

    let (applied, known) = (checkup.migrations, checkup.known_migrations);
    if applied > known {
        let problem = "a newer daybook has migrated the database; upgrade daybook";
        report.add(Severity::Error, "migrations", problem);
        return Ok(());
    }
    if applied < known {
        let problem =
            format!("{applied} of {known} are applied; `daybook serve` or `daybook migrate` applies the rest");
        report.add(Severity::Warning, "migrations", problem);
        return Ok(());
    }
    report.add(Severity::Ok, "migrations", format_args!("all {known} are applied"));
    rows(report, store, config).await
}

/// Checks API keys, outdated extractions, feeds and webhooks.
async fn rows(report: &mut Report, store: &Store, config: &Config) -> Result<(), daybook::store::Error> {
    let is_local = config.listen.starts_with("127.")
        || config.listen.starts_with("localhost")
        || config.listen.starts_with("[::1]");
    let lacks_key = (!is_local || config.require_key_for_reading) && !store.has_keys().await?;
    let problem = "none exists, and the service needs one; run: daybook key create --name NAME --scope admin";
    let fine = if is_local { "not required on loopback" } else { "at least one exists" };
    report.check(Severity::Error, "API keys", lacks_key, problem, fine);

    let outdated = store.count_outdated_articles(None).await?;
    let problem = format!("an earlier version has read {outdated} articles; run: daybook reprocess");
    report.check(Severity::Warning, "extraction", outdated > 0, problem, "all articles are read by this version");

    let (mut feeds, mut after) = (0, None);
    loop {
        let page = store.feeds(after, 100).await?;
        for feed in &page.items {
            feeds += 1;
            if feed.enabled && matches!(feed.state, FeedState::Failing | FeedState::Refused | FeedState::Gone) {
                let problem = feed.problem.as_deref().unwrap_or("unknown problem");
                let remedy = "correct the URL, or disable the feed at /v1/feeds";
                report.add(Severity::Warning, "feed", format_args!("{}: {problem}; {remedy}", feed.url));
            }
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    report.add(Severity::Ok, "feeds", format_args!("{feeds} registered"));

    let webhooks = store.webhooks().await?;
    for webhook in webhooks.iter().filter(|webhook| !webhook.enabled) {
        if let Some(reason) = &webhook.disabled_reason {
            let remedy = "repair the receiver, then PATCH /v1/webhooks/{id} with {\"enabled\": true}";
            report.add(Severity::Warning, "webhook", format_args!("{} is disabled: {reason}; {remedy}", webhook.url));
        }
    }
    report.add(Severity::Ok, "webhooks", format_args!("{} registered", webhooks.len()));
    Ok(())
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000_000 => format!("{} MB", bytes / 1_000_000),
        _ => format!("{}.{} GB", bytes / 1_000_000_000, bytes / 100_000_000 % 10),
    }
}
