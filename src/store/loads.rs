//! The table `loads`: the progress of `daybook load` in each file.

use super::{Error, Store, time::Instant};
use jiff::Timestamp;

/// The loaded part of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// The number of decompressed bytes.
    pub bytes: u64,
    /// The number of lines.
    pub lines: u64,
    /// The SHA-256 hash of these bytes.
    pub hash: [u8; 32],
}

impl Store {
    /// Returns the loaded part of the file at `path`; `None` if it was never loaded.
    pub async fn loaded(&self, path: &str) -> Result<Option<Loaded>, Error> {
        let row = sqlx::query!("select bytes, lines, hash from loads where path = $1", path);
        let Some(row) = row.fetch_optional(&self.pool).await? else { return Ok(None) };
        let inconsistent = |column| Error::Inconsistent { table: "loads", column, row: path.to_owned() };
        Ok(Some(Loaded {
            bytes: row.bytes.unsigned_abs(),
            lines: row.lines.unsigned_abs(),
            hash: row.hash.try_into().map_err(|_| inconsistent("hash"))?,
        }))
    }

    /// Stores the loaded part of the file at `path`.
    pub async fn keep_loaded(&self, path: &str, loaded: &Loaded, now: Timestamp) -> Result<(), Error> {
        sqlx::query!(
            "insert into loads (path, bytes, lines, hash, updated_at) values ($1, $2, $3, $4, $5)
             on conflict (path) do update
             set bytes = excluded.bytes, lines = excluded.lines, hash = excluded.hash, updated_at = excluded.updated_at",
            path,
            i64::try_from(loaded.bytes).unwrap_or(i64::MAX),
            i64::try_from(loaded.lines).unwrap_or(i64::MAX),
            loaded.hash.as_slice(),
            Instant(now) as _,
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}
