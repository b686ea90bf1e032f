//! The database that a command works on: the one that `DATABASE_URL` names, else the private PostgreSQL.

use crate::config::{DataDir, Database};
use daybook::{
    embedded::{self, Postgres},
    store::Store,
};
use std::error::Error;

/// A store, and the private PostgreSQL below it where we run one.
pub struct PostgreSql {
    pub store: Store,
    private: Option<Postgres>,
}

impl PostgreSql {
    /// For as long as the program runs: the private one must be its own.
    pub async fn start(database: &Database, data_dir: &DataDir) -> Result<Self, Box<dyn Error>> {
        if let Some(options) = database.options()? {
            return Ok(Self { store: Store::connect(options), private: None });
        }
        let private = Postgres::start(&data_dir.path).await?;
        Ok(Self { store: Store::connect(private.connect_options()), private: Some(private) })
    }

    /// For a command that may run beside another daybook, whose private PostgreSQL then serves it as well.
    pub async fn start_or_join(database: &Database, data_dir: &DataDir) -> Result<Self, Box<dyn Error>> {
        match Self::start(database, data_dir).await {
            Err(error) => match error.downcast_ref() {
                Some(embedded::Error::InUse { folder, .. }) => {
                    Ok(Self { store: Store::connect(embedded::options_of_running(folder)), private: None })
                }
                _ => Err(error),
            },
            started => started,
        }
    }

    /// Closes every connection, and stops what was started.
    pub async fn stop(self) {
        self.store.close().await;
        if let Some(private) = self.private {
            private.stop().await;
        }
    }
}
