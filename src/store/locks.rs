//! Advisory locks on keys of [`crate::timeline::Reach`]: two transactions that can affect the same
//! event wait for each other; others do not.

use super::{Error, contention::Contention};
use sqlx::PgConnection;
use std::{collections::BTreeSet, time::Instant};

/// The number of locks. Keys that share a lock by chance only wait for each other; a small number
/// keeps PostgreSQL's lock table small.
const SLOTS: i64 = 512;

/// Distinguishes them from the locks on articles, which have a single key.
const CLASS: i32 = 1;

/// The locks that a transaction holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Locks {
    slots: BTreeSet<i32>,
    may_grow: bool,
    contention: Contention,
}

/// The outcome of requesting more locks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Covered {
    /// All were held before.
    Before,
    /// All are held now; what was read before may have changed.
    Now,
    /// Not all are held: the transaction must be rolled back and restarted with all of them.
    Not,
}

impl Locks {
    /// Returns no locks; waiting for them is measured by `contention`.
    pub(super) fn measured_by(contention: &Contention) -> Self {
        Self { contention: contention.clone(), ..Self::default() }
    }

    /// Waits for transactions that may affect the same events, and makes others wait until this one
    /// ends. Locks in order, so that no two transactions wait for each other.
    pub(super) async fn take(&self, tx: &mut PgConnection) -> Result<(), Error> {
        let slots: Vec<i32> = self.slots.iter().copied().collect();
        if slots.is_empty() {
            return Ok(());
        }
        let begun = Instant::now();
        sqlx::query!("select pg_advisory_xact_lock($1, slot) from unnest($2::integer[]) slot", CLASS, &slots)
            .execute(tx)
            .await?;
        self.contention.lock_waits.observe(begun.elapsed().as_secs_f64());
        Ok(())
    }

    /// Adds the locks for these keys, before any is held.
    pub(super) fn add(&mut self, keys: impl IntoIterator<Item = i64>) {
        self.slots.extend(keys.into_iter().map(slot));
    }

    /// Sets whether locks can be added during the transaction, which requires that others cannot
    /// change what it has read.
    pub(super) fn set_may_grow(&mut self, may_grow: bool) {
        self.may_grow = may_grow;
    }

    /// Adds the locks for these keys, and acquires the missing ones if that is permitted and does
    /// not block: a transaction that holds them may be waiting for this one.
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
        let all_held = self.may_grow && try_lock(tx, &missing).await?;
        if !all_held {
            self.contention.restarts.inc();
        }
        Ok(if all_held { Covered::Now } else { Covered::Not })
    }
}

/// Acquires locks without waiting; returns false if another transaction holds one of them.
async fn try_lock(tx: &mut PgConnection, slots: &[i32]) -> Result<bool, Error> {
    let all = sqlx::query_scalar!(
        r#"select bool_and(pg_try_advisory_xact_lock($1, slot)) as "all!" from unnest($2::integer[]) slot"#,
        CLASS,
        slots,
    );
    Ok(all.fetch_one(tx).await?)
}

fn slot(key: i64) -> i32 {
    i32::try_from(key.rem_euclid(SLOTS)).unwrap_or_default()
}
