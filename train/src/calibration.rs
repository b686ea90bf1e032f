//! From sums to probabilities: how often unseen events with such a sum were right.

/// How far apart the points of the curve are, in sums.
const STEP: f64 = 0.5;
/// How often the fit is improved: it converges long before.
const ROUNDS: usize = 50;

/// Points of the logistic curve that fits best (Platt scaling: two parameters, so that few events make no steps): sums, each with
/// the share that is right.
pub fn curve(seen: Vec<(f32, bool)>) -> Vec<(f32, f32)> {
    let right = seen.iter().filter(|(_, right)| *right).count() as f64;
    let wrong = seen.len() as f64 - right;
    // One more of either, so that nothing is certain.
    let target = |is_right: bool| if is_right { (right + 1.0) / (right + 2.0) } else { 1.0 / (wrong + 2.0) };
    let (mut slope, mut intercept) = (1.0, 0.0);
    let share = |slope: f64, intercept: f64, sum: f64| 1.0 / (1.0 + (-slope * sum - intercept).exp());
    for _ in 0..ROUNDS {
        // The gradient and the Hessian of the loss, for a step of Newton's.
        let (mut by_slope, mut by_intercept, mut ss, mut si, mut ii) = (0.0, 0.0, 1e-6, 0.0, 1e-6);
        for (sum, is_right) in &seen {
            let sum = f64::from(*sum);
            let share = share(slope, intercept, sum);
            let (error, weight) = (share - target(*is_right), share * (1.0 - share));
            by_slope += error * sum;
            by_intercept += error;
            ss += weight * sum * sum;
            si += weight * sum;
            ii += weight;
        }
        let determinant: f64 = ss * ii - si * si;
        slope -= (ii * by_slope - si * by_intercept) / determinant;
        intercept -= (ss * by_intercept - si * by_slope) / determinant;
    }
    let sums = seen.iter().map(|(sum, _)| f64::from(*sum));
    let (first, last) = sums.fold((f64::MAX, f64::MIN), |(first, last), sum| (first.min(sum), last.max(sum)));
    let round = |value: f64| ((value * 1000.0).round() / 1000.0) as f32;
    let points = ((first / STEP).floor() as i32..=(last / STEP).ceil() as i32).map(|at| f64::from(at) * STEP);
    points.map(|sum| (round(sum), round(share(slope, intercept, sum)))).collect()
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
