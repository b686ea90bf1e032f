//! Calibration: maps scores to probabilities, from the share of correct events with such a score in unseen articles.

/// The distance between points of the curve, in scores.
const STEP: f64 = 0.5;
/// The number of iterations; the fit converges long before.
const ROUNDS: usize = 50;

/// Fits a logistic curve (Platt scaling, whose two parameters yield no steps from few events). Returns its points:
/// scores, each with the share of correct events.
pub fn curve(seen: Vec<(f32, bool)>) -> Vec<(f32, f32)> {
    let right = seen.iter().filter(|(_, right)| *right).count() as f64;
    let wrong = seen.len() as f64 - right;
    // One more of either, so that nothing is certain.
    let target = |is_right: bool| if is_right { (right + 1.0) / (right + 2.0) } else { 1.0 / (wrong + 2.0) };
    let (mut slope, mut intercept) = (1.0, 0.0);
    let share = |slope: f64, intercept: f64, sum: f64| 1.0 / (1.0 + (-slope * sum - intercept).exp());
    for _ in 0..ROUNDS {
        // The gradient and the Hessian of the loss, for a step of Newton's method.
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

/// The reliability diagram in bins of a tenth: the mean confidence, the share of correct events, and their number.
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
