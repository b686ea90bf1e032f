//! Reports the results of the cross-validation, as a table and in the heads of model files.

use crate::align::Decision;
use crate::calibration::{reliability, stated};
use crate::corpus::Corpus;
use crate::pipeline::{Measured, SHIFTS};
use crate::score::Score;

/// Prints the figures, and returns the index of the best shift.
pub fn print(corpus: &Corpus, measured: &Measured) -> usize {
    println!("decision      loss and share of right answers on unseen articles");
    for decision in Decision::ALL {
        print!("{:12}", decision.name());
        for (at, name) in corpus.names.iter().enumerate() {
            let Some(fit) = measured.fits.get(&(decision, at)) else { continue };
            print!("  {name} {:.4} {:.3}", fit.loss / fit.weight, fit.right / fit.weight);
        }
        println!();
    }
    let best = best(&measured.scores);
    println!("events of unseen articles, with a shift of {}", SHIFTS[best]);
    for (name, score) in corpus.names.iter().zip(&measured.scores[best]) {
        println!("{name:12}  {}", figures(score));
    }
    println!("confidence: stated, right, events");
    for (stated, right, count) in
        reliability(&stated(&sums(measured, SHIFTS[best]))).into_iter().filter(|(.., count)| *count > 0)
    {
        println!("{stated:.2}  {right:.2}  {count}");
    }
    best
}

/// The sums of events with a shift, those below the threshold too, and whether they are right.
pub fn sums(measured: &Measured, shift: f64) -> Vec<(f32, bool)> {
    measured.sums.iter().map(|(sum, right)| (sum + shift as f32, *right)).collect()
}

fn figures(score: &Score) -> String {
    format!(
        "F1 {:.1}, precision {:.1}, recall {:.1}; kind {:.1}, participants {:.1}, place {:.1}, status {:.1}",
        score.f1(),
        score.precision(),
        score.recall(),
        score.kind(),
        score.parties_f1(),
        score.place(),
        score.status()
    )
}

/// How many shifts on each side are averaged: F1 is nearly flat, and the position of its maximum is noise.
const NEIGHBOURS: usize = 2;

/// How far F1 may stay below its maximum, in points; less is noise.
const FLAT: f64 = 0.3;

/// Returns the lowest shift, which has the highest precision, of those with the best F1 over both corpora, averaged with its
/// neighbours: a false event costs a reader more than one that another article reports as well.
fn best(scores: &[Vec<Score>]) -> usize {
    let f1 = |of_shift: &Vec<Score>| {
        let mut both = of_shift[0];
        both += of_shift[1];
        both.f1()
    };
    let averaged = |at: usize| {
        let around = &scores[at.saturating_sub(NEIGHBOURS)..scores.len().min(at + NEIGHBOURS + 1)];
        around.iter().map(f1).sum::<f64>() / around.len() as f64
    };
    let averages: Vec<f64> = (0..scores.len()).map(averaged).collect();
    let highest = averages.iter().copied().fold(0.0, f64::max);
    averages.iter().position(|average| *average >= highest - FLAT).unwrap_or_default()
}

pub fn head(corpus: &Corpus, measured: &Measured, best: usize, decision: Decision) -> String {
    let counts: Vec<String> = corpus
        .names
        .iter()
        .enumerate()
        .map(|(at, name)| format!("{} of {name}", corpus.articles.iter().filter(|a| a.corpus == at).count()))
        .collect();
    let day = std::env::var("TRAINED_ON").unwrap_or_default();
    let mut head = format!(
        "# daybook: what features weigh in the decision \"{}\" (see src/extract/model.rs).\n# Source: made for daybook by \
         script/train {day}, a logistic regression over labelled articles: {}. Licence: CC0-1.0.\n# Cross-validated:\n",
        decision.name(),
        counts.join(", "),
    );
    for (name, score) in corpus.names.iter().zip(&measured.scores[best]) {
        head += &format!("#   {name}: {}\n", figures(score));
    }
    head
}
