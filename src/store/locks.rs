//! Locks on what may be spoken of: two transactions that can touch one event wait for each other, all others do not.

use super::Error;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use std::collections::BTreeSet;

/// How many locks there are. What shares one by chance only waits; few of them keep PostgreSQL's table of locks small.
const SLOTS: u32 = 512;

/// Sets them apart from the locks on articles, which have one key.
const CLASS: i32 = 1;

/// The locks that a transaction holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Locks(BTreeSet<i32>);

impl Locks {
    /// Waits for whoever may touch the same, until this transaction ends. In order, so that no two transactions wait for
    /// each other: to take more, one has to start anew.
    pub(super) async fn take(&self, tx: &mut PgConnection) -> Result<(), Error> {
        let slots: Vec<i32> = self.0.iter().copied().collect();
        sqlx::query!("select pg_advisory_xact_lock($1, slot) from unnest($2::integer[]) slot", CLASS, &slots)
            .execute(tx)
            .await?;
        Ok(())
    }

    /// Adds the locks for these keys of `timeline::Reach`; true where they were all there.
    pub(super) fn cover<'a>(&mut self, keys: impl IntoIterator<Item = &'a String>) -> bool {
        let before = self.0.len();
        self.0.extend(keys.into_iter().map(|key| slot(key)));
        self.0.len() == before
    }
}

fn slot(key: &str) -> i32 {
    let hash: [u8; 32] = Sha256::digest(key).into();
    let number = u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]) % SLOTS;
    i32::try_from(number).unwrap_or_default()
}
