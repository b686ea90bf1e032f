//! Contention between transactions that change the timeline, as metrics.

use prometheus_client::metrics::{counter::Counter, histogram::Histogram};

/// The buckets of lock waits in seconds, up to the time limit of a writing transaction.
const WAITS: [f64; 9] = [0.001, 0.005, 0.025, 0.1, 0.5, 1.0, 2.5, 5.0, 15.0];

/// How long writers wait for each other, and how often they start over.
#[derive(Clone, Debug)]
pub struct Contention {
    /// The times that transactions have waited for the locks of others, in seconds.
    pub lock_waits: Histogram,
    /// The number of transactions that were rolled back and restarted because they needed locks
    /// that others held.
    pub restarts: Counter,
}

impl Default for Contention {
    fn default() -> Self {
        Self { lock_waits: Histogram::new(WAITS), restarts: Counter::default() }
    }
}
