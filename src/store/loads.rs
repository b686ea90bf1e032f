//! The table `loads`: how far `daybook load` has come in each file.

use super::{Error, Store, time::Instant};
use jiff::Timestamp;

/// How far a file was loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// The number of decompressed bytes.
    pub bytes: u64,
    /// How many lines that is.
    pub lines: u64,
    /// SHA-256 of those bytes.
    pub hash: [u8; 32],
}

impl Store {
    /// How far the file at `path` was loaded; none where it never was.
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

    /// Keeps how far the file at `path` is loaded.
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
