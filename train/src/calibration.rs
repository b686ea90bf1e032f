//! From sums to probabilities: how often unseen events with such a sum were right.

use daybook::extract::confidence_of;

/// The fewest events that make a point of the curve: of fewer, the share that is right is chance.
const LEAST: usize = 50;

/// From sums to the share of such events that is right, as points of a curve. It leaps at the threshold, since what is rejected was
/// weighed beside better events of the same days.
pub fn curve(seen: &[(f32, bool)]) -> Vec<(f32, f32)> {
    let (accepted, rejected): (Vec<_>, Vec<_>) = seen.iter().copied().partition(|(sum, _)| *sum > 0.0);
    let (accepted, rejected) = (isotonic(accepted), isotonic(rejected));
    let threshold = accepted.first().map(|(_, share)| (0.0, *share));
    rejected.into_iter().chain(threshold).chain(accepted).collect()
}

/// Points of the isotonic curve that fits best: mean sums, each with the share that is right, which never falls as sums grow.
fn isotonic(mut seen: Vec<(f32, bool)>) -> Vec<(f32, f32)> {
    seen.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Pools of events with neighbouring sums: their number, the sum of their sums, and how many are right.
    let mut pools: Vec<(f64, f64, f64)> = Vec::new();
    for (sum, right) in seen {
        pools.push((1.0, f64::from(sum), f64::from(u8::from(right))));
        while let [.., before, last] = &mut pools[..]
            && (before.2 / before.0 >= last.2 / last.0 || before.0 < LEAST as f64)
        {
            *before = (before.0 + last.0, before.1 + last.1, before.2 + last.2);
            pools.pop();
        }
    }
    if let [.., before, last] = &mut pools[..]
        && last.0 < LEAST as f64
    {
        *before = (before.0 + last.0, before.1 + last.1, before.2 + last.2);
        pools.pop();
    }
    let round = |value: f64| ((value * 1000.0).round() / 1000.0) as f32;
    // One more of either, so that nothing is certain.
    pools.iter().map(|(count, sum, right)| (round(sum / count), round((right + 1.0) / (count + 2.0)))).collect()
}

/// The events above the threshold with the confidence that a curve gives them which others have made: each half by the curve of
/// the other.
pub fn stated(seen: &[(f32, bool)]) -> Vec<(f32, bool)> {
    let half = |of: usize| -> Vec<(f32, bool)> { seen.iter().skip(of).step_by(2).copied().collect() };
    let of = |at: usize| {
        let curve = curve(&half(1 - at));
        let accepted = half(at).into_iter().filter(|(sum, _)| *sum > 0.0);
        accepted.map(move |(sum, right)| (confidence_of(&curve, sum), right))
    };
    of(0).chain(of(1)).collect()
}

/// The share that was right among events, by tenths of their confidence: its mean, the share, and how many there are.
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
