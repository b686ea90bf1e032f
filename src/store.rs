//! Seam until the branch `store` is merged.
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};

/// Seam.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) pool: PgPool,
}

/// Seam.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Seam.
    #[error("the database is unavailable: {0}")]
    Unavailable(#[source] sqlx::Error),
    /// Seam.
    #[error("the database refused: {0}")]
    Database(#[source] sqlx::Error),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut => Self::Unavailable(error),
            error => Self::Database(error),
        }
    }
}

impl Store {
    /// Seam.
    pub fn connect(options: PgConnectOptions) -> Self {
        let pool = PgPoolOptions::new().acquire_timeout(std::time::Duration::from_secs(3));
        Self { pool: pool.connect_lazy_with(options) }
    }
    /// Seam.
    pub async fn migrate(&self) -> Result<(), Error> {
        self.ping().await
    }
    /// Seam.
    pub async fn ping(&self) -> Result<(), Error> {
        self.pool.acquire().await?;
        sqlx::query("select 1").execute(&self.pool).await?;
        Ok(())
    }
    /// Seam.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
