//! The table `keys`: API keys.

use super::{Error, Store, time::Instant};
use crate::key::{Scope, Token};
use jiff::{SignedDuration, Timestamp};
use subtle::ConstantTimeEq;

/// The resolution of `last_used_at`, so that not every request writes.
const LAST_USE: SignedDuration = SignedDuration::from_mins(1);

/// A stored API key, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The public part of the key.
    pub id: String,
    /// The name.
    pub name: String,
    /// The scope.
    pub scope: Scope,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last used, to the minute; `None` if never.
    pub last_used_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

struct Row {
    id: String,
    name: String,
    hash: Vec<u8>,
    scope: String,
    created_at: Instant,
    last_used_at: Option<Instant>,
    revoked_at: Option<Instant>,
}

impl TryFrom<Row> for Key {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let Ok(scope) = row.scope.parse() else {
            return Err(Error::Inconsistent { table: "keys", column: "scope", row: row.id });
        };
        Ok(Self {
            id: row.id,
            name: row.name,
            scope,
            created_at: row.created_at.0,
            last_used_at: row.last_used_at.map(|at| at.0),
            revoked_at: row.revoked_at.map(|at| at.0),
        })
    }
}

impl Store {
    /// Creates a key; returns false if the name is in use.
    pub async fn create_key(&self, token: &Token, name: &str, scope: Scope, now: Timestamp) -> Result<bool, Error> {
        let hash = token.hash();
        let inserted = sqlx::query!(
            "insert into keys (id, name, hash, scope, created_at) values ($1, $2, $3, $4, $5)
             on conflict (name) where revoked_at is null do nothing",
            token.id,
            name,
            hash.as_slice(),
            scope.to_string(),
            Instant(now) as _,
        );
        Ok(inserted.execute(&self.pool).await?.rows_affected() == 1)
    }

    /// Returns all keys, including revoked ones, oldest first.
    pub async fn keys(&self) -> Result<Vec<Key>, Error> {
        let rows = sqlx::query_as!(
            Row,
            r#"select id, name, hash, scope, created_at as "created_at: _", last_used_at as "last_used_at: _",
                      revoked_at as "revoked_at: _"
               from keys order by created_at, id"#
        );
        rows.fetch_all(&self.pool).await?.into_iter().map(Key::try_from).collect()
    }

    /// Revokes a key, effective with the next request. Returns false if no active key has this
    /// name.
    pub async fn revoke_key(&self, name: &str, now: Timestamp) -> Result<bool, Error> {
        let revoked = sqlx::query!(
            "update keys set revoked_at = greatest(created_at, $2) where name = $1 and revoked_at is null",
            name,
            Instant(now) as _
        );
        Ok(revoked.execute(&self.pool).await?.rows_affected() == 1)
    }

    /// Returns whether an active key exists.
    pub async fn has_keys(&self) -> Result<bool, Error> {
        let found = sqlx::query_scalar!(r#"select exists (select from keys where revoked_at is null) as "found!""#);
        Ok(found.fetch_one(&self.pool).await?)
    }

    /// Returns whether the key with this id is active.
    pub async fn is_good_key(&self, id: &str) -> Result<bool, Error> {
        let found = sqlx::query_scalar!(
            r#"select exists (select from keys where id = $1 and revoked_at is null) as "found!""#,
            id
        );
        Ok(found.fetch_one(&self.pool).await?)
    }

    /// Returns the active key of a token and records its use; `None` if it is unknown or revoked.
    pub async fn use_key(&self, token: &Token, now: Timestamp) -> Result<Option<Key>, Error> {
        let row = sqlx::query_as!(
            Row,
            r#"select id, name, hash, scope, created_at as "created_at: _", last_used_at as "last_used_at: _",
                      revoked_at as "revoked_at: _"
               from keys where id = $1 and revoked_at is null"#,
            token.id
        );
        let row = row.fetch_optional(&self.pool).await?;
        let Some(row) = row.filter(|row| token.hash().as_slice().ct_eq(&row.hash).into()) else { return Ok(None) };
        let key = Key::try_from(row)?;
        if key.last_used_at.is_none_or(|at| now.duration_since(at) >= LAST_USE) {
            sqlx::query!(
                "update keys set last_used_at = greatest(created_at, last_used_at, $2) where id = $1",
                key.id,
                Instant(now) as _
            )
            .execute(&self.pool)
            .await?;
        }
        Ok(Some(key))
    }
}
