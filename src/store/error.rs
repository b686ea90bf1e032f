//! Errors of the store.

use sqlx::migrate::MigrateError;
use tokio::{task::JoinError, time::error::Elapsed};

/// An error of the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database cannot be reached or is overloaded. Retrying later may help.
    #[error("the database is unavailable: {0}")]
    Unavailable(#[source] sqlx::Error),
    /// The position in the feed of changes is that of another server, so later changes are not
    /// known here.
    #[error("the position was given by another server")]
    ForeignPosition,
    /// The database is read-only, such as a standby, or a former primary after a failover.
    #[error("the database is read-only")]
    ReadOnly,
    /// A row contains what this program cannot have written.
    #[error("{table}.{column} of row {row} is inconsistent")]
    Inconsistent {
        /// The table of the row.
        table: &'static str,
        /// The column at fault.
        column: &'static str,
        /// The row's key.
        row: String,
    },
    /// The computation of the timeline panicked, or the program is shutting down.
    #[error("the computation of the timeline was interrupted: {0}")]
    Interrupted(#[source] JoinError),
    /// The operating system has no random numbers for a secret.
    #[error("no random numbers: {0}")]
    NoRandomness(getrandom::Error),
    /// The migrations could not be applied.
    #[error("the migrations failed: {0}")]
    Migration(#[source] MigrateError),
    /// Any other error of the database: a defect of daybook.
    #[error("the database reported an error: {0}")]
    Database(#[source] sqlx::Error),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        if is_unavailable(&error) { Self::Unavailable(error) } else { Self::Database(error) }
    }
}

impl From<Elapsed> for Error {
    fn from(error: Elapsed) -> Self {
        sqlx::Error::Io(error.into()).into()
    }
}

impl From<MigrateError> for Error {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Execute(error) => error.into(),
            error => Self::Migration(error),
        }
    }
}

fn is_unavailable(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::Io(_)
        | sqlx::Error::Tls(_) => true,
        // Connection exceptions (08), insufficient resources (53), failing disks (58), starting up or shutting down
        // (57P01 to 57P03), no tables yet (42P01): the migrations are still to come; a statement, a lock or a transaction
        // that takes too long (57014, 55P03, 25P03, 25P04), a server that cannot write since a failover (25006), and
        // transactions that cannot both succeed (40001, 40P01).
        sqlx::Error::Database(error) => error.code().is_some_and(|code| {
            code.starts_with("08")
                || code.starts_with("53")
                || code.starts_with("58")
                || matches!(
                    &*code,
                    "57P01"
                        | "57P02"
                        | "57P03"
                        | "42P01"
                        | "57014"
                        | "55P03"
                        | "25P03"
                        | "25P04"
                        | "25006"
                        | "40001"
                        | "40P01"
                )
        }),
        _ => false,
    }
}
