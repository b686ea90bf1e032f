//! Locks on what may be spoken of: two transactions that can touch one event wait for each other, all others do not.

use super::Error;
use sqlx::PgConnection;
use std::collections::BTreeSet;

/// How many locks there are. What shares one by chance only waits; few of them keep PostgreSQL's table of locks small.
const SLOTS: i64 = 512;

/// Sets them apart from the locks on articles, which have one key.
const CLASS: i32 = 1;

/// The locks that a transaction holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Locks {
    slots: BTreeSet<i32>,
    may_grow: bool,
}

/// What came of asking for more locks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Covered {
    /// They were held before.
    Before,
    /// They are held now: what was read without them may have changed since.
    Now,
    /// They are not: this transaction must be rolled back, and started again with all.
    Not,
}

impl Locks {
    /// Waits for transactions that may touch the same, until this one ends. In order, so that no two transactions wait for
    /// each other.
    pub(super) async fn take(&self, tx: &mut PgConnection) -> Result<(), Error> {
        let slots: Vec<i32> = self.slots.iter().copied().collect();
        if slots.is_empty() {
            return Ok(());
        }
        sqlx::query!("select pg_advisory_xact_lock($1, slot) from unnest($2::integer[]) slot", CLASS, &slots)
            .execute(tx)
            .await?;
        Ok(())
    }

    /// Adds the locks for these keys of `timeline::Reach`, before any is held.
    pub(super) fn add(&mut self, keys: impl IntoIterator<Item = i64>) {
        self.slots.extend(keys.into_iter().map(slot));
    }

    /// Sets whether more can be taken while the transaction goes on: only if others cannot change what it begins with.
    pub(super) fn set_may_grow(&mut self, may_grow: bool) {
        self.may_grow = may_grow;
    }

    /// Adds the locks for these keys, and takes those that are missing if that is allowed and means no waiting for another
    /// transaction, which may wait for this one.
    pub(super) async fn cover(
        &mut self,
        tx: &mut PgConnection,
        keys: impl IntoIterator<Item = i64>,
    ) -> Result<Covered, Error> {
        let slots: BTreeSet<i32> = keys.into_iter().map(slot).collect();
        let missing: Vec<i32> = slots.difference(&self.slots).copied().collect();
        if missing.is_empty() {
            return Ok(Covered::Before);
        }
        self.slots.extend(&missing);
        if !self.may_grow {
            return Ok(Covered::Not);
        }
        let all = sqlx::query_scalar!(
            r#"select bool_and(pg_try_advisory_xact_lock($1, slot)) as "all!" from unnest($2::integer[]) slot"#,
            CLASS,
            &missing,
        );
        Ok(if all.fetch_one(tx).await? { Covered::Now } else { Covered::Not })
    }
}

fn slot(key: i64) -> i32 {
    i32::try_from(key.rem_euclid(SLOTS)).unwrap_or_default()
}
