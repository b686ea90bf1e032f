//! Limits what one client may hold of a shared resource, so that it cannot exhaust it for others.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};

/// The number that each `K` holds.
#[derive(Debug)]
pub(super) struct Shares<K> {
    most: usize,
    held: Mutex<HashMap<K, usize>>,
}

/// A share that is held until it is dropped.
#[derive(Debug)]
pub(super) struct Share<K: Eq + Hash> {
    of: Arc<Shares<K>>,
    holder: K,
}

impl<K: Clone + Eq + Hash> Shares<K> {
    /// Creates the limit: at most `most` for each, and at least one.
    pub(super) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { most: most.max(1), held: Mutex::default() })
    }

    /// Acquires a share for a client; `None` at the limit.
    pub(super) fn take(self: &Arc<Self>, holder: &K) -> Option<Share<K>> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let count = held.entry(holder.clone()).or_default();
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(Share { of: self.clone(), holder: holder.clone() })
    }
}

impl<K: Eq + Hash> Drop for Share<K> {
    fn drop(&mut self) {
        let mut held = self.of.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = held.get_mut(&self.holder) {
            *count -= 1;
            if *count == 0 {
                held.remove(&self.holder);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_its_own_share_and_gives_it_back() {
        let shares = Shares::new(2);
        let held = [shares.take(&1), shares.take(&1)];
        assert!(held.iter().all(Option::is_some) && shares.take(&1).is_none());
        assert!(shares.take(&2).is_some());
        drop(held);
        assert!(shares.take(&1).is_some());
        assert!(shares.held.lock().unwrap().is_empty(), "clients without shares are removed");
    }
}
