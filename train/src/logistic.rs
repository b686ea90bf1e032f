//! Logistic regression by L-BFGS, with a separate L2 penalty for each weight.

use std::collections::VecDeque;

/// The number of steps kept for the approximation of the Hessian.
const MEMORY: usize = 8;
const MOST_STEPS: usize = 300;
/// The convergence criterion: the norm of the gradient relative to that of the weights.
const PRECISION: f64 = 1e-4;

/// A row of training data: the signals and features of a decision, and the correct result.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The non-zero columns, with their values.
    pub columns: Vec<(u32, f32)>,
    pub right: bool,
    pub weight: f64,
    /// The score contributed by other weights.
    pub offset: f64,
}

/// Returns the weights of maximum likelihood. The penalty of a weight is half its square times that of its column; a
/// column with an infinite penalty stays zero.
pub fn fit(rows: &[Row], penalties: &[f64]) -> Vec<f64> {
    let mut weights = vec![0.0; penalties.len()];
    let mut gradient = vec![0.0; penalties.len()];
    let mut loss = evaluate(rows, penalties, &weights, &mut gradient);
    let mut past: VecDeque<(Vec<f64>, Vec<f64>, f64)> = VecDeque::new();
    for _ in 0..MOST_STEPS {
        let size = dot(&weights, &weights).sqrt().max(1.0);
        if dot(&gradient, &gradient).sqrt() < PRECISION * size {
            break;
        }
        let direction = direction(&gradient, &past);
        let slope = dot(&direction, &gradient);
        let mut step = if past.is_empty() { 1.0 / dot(&gradient, &gradient).sqrt().max(1.0) } else { 1.0 };
        let mut next = vec![0.0; weights.len()];
        let mut next_gradient = vec![0.0; weights.len()];
        let found = (0..40).any(|_| {
            for ((next, weight), direction) in next.iter_mut().zip(&weights).zip(&direction) {
                *next = weight + step * direction;
            }
            let next_loss = evaluate(rows, penalties, &next, &mut next_gradient);
            let enough = next_loss <= loss + 1e-4 * step * slope;
            if enough {
                loss = next_loss;
            } else {
                step *= 0.5;
            }
            enough
        });
        if !found {
            break;
        }
        let moved: Vec<f64> = next.iter().zip(&weights).map(|(a, b)| a - b).collect();
        let turned: Vec<f64> = next_gradient.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        let product = dot(&moved, &turned);
        if product > 1e-12 {
            past.push_back((moved, turned, 1.0 / product));
            if past.len() > MEMORY {
                past.pop_front();
            }
        }
        (weights, gradient) = (next, next_gradient);
    }
    weights
}

/// The score of a row.
pub fn sum(row: &Row, weights: &[f64]) -> f64 {
    row.offset + row.columns.iter().map(|(column, value)| weights[*column as usize] * f64::from(*value)).sum::<f64>()
}

fn evaluate(rows: &[Row], penalties: &[f64], weights: &[f64], gradient: &mut [f64]) -> f64 {
    let mut loss = 0.0;
    for ((gradient, weight), penalty) in gradient.iter_mut().zip(weights).zip(penalties) {
        *gradient = if penalty.is_finite() { penalty * weight } else { 0.0 };
        loss += 0.5 * *gradient * weight;
    }
    for row in rows {
        let signed = if row.right { sum(row, weights) } else { -sum(row, weights) };
        loss += row.weight * if signed > 0.0 { (-signed).exp().ln_1p() } else { signed.exp().ln_1p() - signed };
        let wrong = row.weight / (1.0 + signed.exp());
        let pull = if row.right { -wrong } else { wrong };
        for (column, value) in &row.columns {
            let column = *column as usize;
            if penalties[column].is_finite() {
                gradient[column] += pull * f64::from(*value);
            }
        }
    }
    loss
}

/// The direction of descent, from the latest steps.
fn direction(gradient: &[f64], past: &VecDeque<(Vec<f64>, Vec<f64>, f64)>) -> Vec<f64> {
    let mut direction: Vec<f64> = gradient.iter().map(|g| -g).collect();
    let mut shares = Vec::with_capacity(past.len());
    for (moved, turned, inverse) in past.iter().rev() {
        let share = inverse * dot(moved, &direction);
        add(&mut direction, -share, turned);
        shares.push(share);
    }
    if let Some((moved, turned, _)) = past.back() {
        let scale = dot(moved, turned) / dot(turned, turned);
        direction.iter_mut().for_each(|d| *d *= scale);
    }
    for ((moved, turned, inverse), share) in past.iter().zip(shares.into_iter().rev()) {
        let back = inverse * dot(turned, &direction);
        add(&mut direction, share - back, moved);
    }
    direction
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add(to: &mut [f64], times: f64, what: &[f64]) {
    to.iter_mut().zip(what).for_each(|(to, what)| *to += times * what);
}
