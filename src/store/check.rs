//! The state of the database for `daybook doctor`, which may run before any migration.

use super::{Error, Store, time::Instant};
use jiff::Timestamp;

/// The state of the database.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkup {
    /// The version of the PostgreSQL server.
    pub server: String,
    /// The clock of the server.
    pub clock: Timestamp,
    /// The size of the database in bytes.
    pub bytes: u64,
    /// The migrations that are applied.
    pub migrations: u64,
    /// The migrations that this program has.
    pub known_migrations: u64,
    /// The number of events that the timeline shows.
    pub events: u64,
}

impl Store {
    /// Returns the state of the database, which may have no tables yet.
    pub async fn check(&self) -> Result<Checkup, Error> {
        let mut db = self.pool.acquire().await?;
        let (server, clock, bytes): (String, Instant, i64) = sqlx::query_as(
            "select current_setting('server_version'), clock_timestamp(), pg_database_size(current_database())",
        )
        .fetch_one(&mut *db)
        .await?;
        let has_tables: bool =
            sqlx::query_scalar("select to_regclass('_sqlx_migrations') is not null").fetch_one(&mut *db).await?;
        let (migrations, events): (i64, i64) = if has_tables {
            let counts = "select (select count(*) from _sqlx_migrations where success), \
                                 (select count(*) from events where gone is null)";
            sqlx::query_as(counts).fetch_one(&mut *db).await?
        } else {
            (0, 0)
        };
        let known = sqlx::migrate!();
        Ok(Checkup {
            server,
            clock: clock.0,
            bytes: bytes.unsigned_abs(),
            migrations: migrations.unsigned_abs(),
            known_migrations: known.iter().count() as u64,
            events: events.unsigned_abs(),
        })
    }
}
