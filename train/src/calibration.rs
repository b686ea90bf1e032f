//! Calibration: maps scores to probabilities, from the share of correct events with such a score in unseen articles.

use daybook::extract::confidence_of;

/// The minimum number of events for a point of the curve: in fewer, the share of correct ones is chance.
const LEAST: usize = 50;

/// Returns the points of a curve from scores to the share of correct events. It jumps at the threshold, because rejected
/// candidates competed with better ones for the same dates.
pub fn curve(seen: &[(f32, bool)]) -> Vec<(f32, f32)> {
    let (accepted, rejected): (Vec<_>, Vec<_>) = seen.iter().copied().partition(|(sum, _)| *sum > 0.0);
    let (accepted, rejected) = (isotonic(accepted), isotonic(rejected));
    let threshold = accepted.first().map(|(_, share)| (0.0, *share));
    rejected.into_iter().chain(threshold).chain(accepted).collect()
}

/// Fits an isotonic curve: points of mean score and share of correct events, which never decreases (pool adjacent violators).
fn isotonic(mut seen: Vec<(f32, bool)>) -> Vec<(f32, f32)> {
    seen.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Pools of events with adjacent scores: their number, the sum of their scores, and the number of correct ones.
    let mut pools: Vec<(f64, f64, f64)> = Vec::new();
    for (sum, right) in seen {
        pools.push((1.0, f64::from(sum), f64::from(u8::from(right))));
        while let [.., before, last] = &pools[..]
            && (before.2 / before.0 >= last.2 / last.0 || before.0 < LEAST as f64)
        {
            join_last(&mut pools);
        }
    }
    if pools.len() > 1 && pools.last().is_some_and(|last| last.0 < LEAST as f64) {
        join_last(&mut pools);
    }
    let round = |value: f64| ((value * 1000.0).round() / 1000.0) as f32;
    // One more of each, so that nothing is certain.
    pools.iter().map(|(count, sum, right)| (round(sum / count), round((right + 1.0) / (count + 2.0)))).collect()
}

/// Adds the last pool to the one before.
fn join_last(pools: &mut Vec<(f64, f64, f64)>) {
    let last = pools.pop().unwrap_or_default();
    if let Some(before) = pools.last_mut() {
        *before = (before.0 + last.0, before.1 + last.1, before.2 + last.2);
    }
}

/// Returns the accepted events with the confidence from a curve fitted to others: each half uses the curve of the other.
pub fn stated(seen: &[(f32, bool)]) -> Vec<(f32, bool)> {
    let half = |of: usize| -> Vec<(f32, bool)> { seen.iter().skip(of).step_by(2).copied().collect() };
    let of = |at: usize| {
        let curve = curve(&half(1 - at));
        let accepted = half(at).into_iter().filter(|(sum, _)| *sum > 0.0);
        accepted.map(move |(sum, right)| (confidence_of(&curve, sum), right))
    };
    of(0).chain(of(1)).collect()
}

/// Returns the mean confidence, the share of correct events and their number, by tenths of confidence.
pub fn reliability(seen: &[(f32, bool)]) -> Vec<(f64, f64, usize)> {
    let tenth = |confidence: f32| ((confidence * 10.0) as usize).min(9);
    let of = |at: usize| {
        let own: Vec<&(f32, bool)> = seen.iter().filter(|(confidence, _)| tenth(*confidence) == at).collect();
        let count = own.len().max(1) as f64;
        let stated = own.iter().map(|(confidence, _)| f64::from(*confidence)).sum::<f64>() / count;
        (stated, own.iter().filter(|(_, right)| *right).count() as f64 / count, own.len())
    };
    (0..10).map(of).collect()
}
