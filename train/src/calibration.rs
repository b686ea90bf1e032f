//! From sums to probabilities: how often unseen events with such a sum were right.

/// How many events at least stand behind each point of the curve.
const LEAST: usize = 20;

/// The points of a curve that never falls, by pooling adjacent violators: the mean sum of each pool with the share that was right.
pub fn curve(mut seen: Vec<(f32, bool)>) -> Vec<(f32, f32)> {
    seen.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Sum of sums, number of right ones, number.
    let mut pools: Vec<(f64, f64, f64)> = Vec::new();
    for chunk in seen.chunks(LEAST) {
        let right = chunk.iter().filter(|(_, right)| *right).count() as f64;
        pools.push((chunk.iter().map(|(sum, _)| f64::from(*sum)).sum(), right, chunk.len() as f64));
        while let [.., before, last] = pools[..]
            && before.1 / before.2 >= last.1 / last.2
        {
            pools.truncate(pools.len() - 2);
            pools.push((before.0 + last.0, before.1 + last.1, before.2 + last.2));
        }
    }
    let round = |value: f64| ((value * 1000.0).round() / 1000.0) as f32;
    // One more of either, so that nothing is certain.
    pools.iter().map(|(sums, right, all)| (round(sums / all), round((right + 1.0) / (all + 2.0)))).collect()
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
