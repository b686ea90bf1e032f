//! The database that a command works on: the one in `DATABASE_URL`, else the embedded PostgreSQL of the data directory,
//! shared with the `daybook` that runs it.

use crate::config::{DataDir, Database};
use daybook::{
    embedded::{self, Postgres},
    store::Store,
};
use sqlx::postgres::PgConnectOptions;
use std::{error::Error, path::Path};

/// A store, and the embedded PostgreSQL behind it if this process runs it.
pub struct PostgreSql {
    pub store: Store,
    /// Describes the database to the user.
    pub name: String,
    embedded: Option<Postgres>,
}

impl PostgreSql {
    /// Opens the database for a long-running service, which must own the embedded PostgreSQL.
    pub async fn start(database: &Database, data_dir: &DataDir) -> Result<Self, Box<dyn Error>> {
        if let Some(options) = database.options()? {
            let name = name_of_url(&options);
            return Ok(Self { store: Store::connect(options), name, embedded: None });
        }
        let embedded = Postgres::start(&data_dir.path).await?;
        let store = Store::connect(embedded.connect_options());
        Ok(Self { store, name: name_of_directory(&data_dir.path), embedded: Some(embedded) })
    }

    /// Opens the database for a command that may run while `daybook serve` runs the embedded PostgreSQL.
    pub async fn start_or_join(database: &Database, data_dir: &DataDir) -> Result<Self, Box<dyn Error>> {
        match Self::start(database, data_dir).await {
            Err(error) => match error.downcast_ref() {
                Some(embedded::Error::InUse { folder, .. }) => {
                    let name = format!("{} (running)", name_of_directory(folder));
                    Ok(Self { store: Store::connect(embedded::options_of_running(folder)), name, embedded: None })
                }
                _ => Err(error),
            },
            started => started,
        }
    }

    /// Opens the database for a command that a person runs, and names it on standard error.
    pub async fn open(database: &Database, data_dir: &DataDir) -> Result<Self, Box<dyn Error>> {
        let opened = Self::start_or_join(database, data_dir).await?;
        eprintln!("Database: {}", opened.name);
        Ok(opened)
    }

    /// Closes every connection, and stops the embedded PostgreSQL if this process started it.
    pub async fn stop(self) {
        self.store.close().await;
        if let Some(embedded) = self.embedded {
            embedded.stop().await;
        }
    }
}

fn name_of_directory(data_dir: &Path) -> String {
    format!("embedded PostgreSQL in {}", data_dir.display())
}

/// Names the database without its user and password.
fn name_of_url(options: &PgConnectOptions) -> String {
    let database = options.get_database().unwrap_or_else(|| options.get_username());
    match options.get_socket() {
        Some(socket) => format!("PostgreSQL database {database} at {}", socket.display()),
        None => format!("PostgreSQL database {database} at {}:{}", options.get_host(), options.get_port()),
    }
}
