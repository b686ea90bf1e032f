//! Fits the weights of the signals and the models of `data/` to labelled news, and measures them by cross-validation.

mod align;
mod bounds;
mod corpus;
mod logistic;
mod pipeline;
mod score;
mod settings;
mod weights;

use align::Decision;
use bounds::Bounds;
use corpus::Corpus;
use pipeline::{Measured, SHIFTS, cross_validate};
use settings::Settings;
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default();
    let root = std::env::var("ROOT").map(Into::into).unwrap_or(root);
    let corpus = Corpus::read(&root.join("../shared/corpus"), &root.join("tests/corpus/events"))?;
    let bounds = Bounds::read(&std::fs::read_to_string(root.join("train/bounds.tsv"))?)?;
    let mut settings = Settings::default();
    let mut most = None;
    for argument in std::env::args().skip(1) {
        if let Some(n) = argument.strip_prefix("most=") { most = Some(n.parse()?); continue; }
        settings.set(&argument).ok_or_else(|| format!("no such setting: {argument}"))?;
    }
    let measured = cross_validate(&corpus, &settings, &bounds, most);
    print(&corpus, &measured);
    Ok(())
}

fn print(corpus: &Corpus, measured: &Measured) {
    for (decision, corpora) in [Decision::Participant, Decision::Binding, Decision::Event, Decision::Place, Decision::Merge].map(|d| (d, 0..corpus.names.len())) {
        print!("{:12}", decision.name());
        for at in corpora {
            let Some(fit) = measured.fits.get(&(decision, at)) else { continue };
            print!("  {} loss {:.4} right {:.3}", corpus.names[at], fit.loss / fit.weight, fit.right / fit.weight);
        }
        println!();
    }
    let best = (0..SHIFTS.len()).max_by(|a, b| objective(&measured.scores[*a]).total_cmp(&objective(&measured.scores[*b]))).unwrap_or(4);
    for (at, shift) in SHIFTS.iter().enumerate() {
        if at != best && *shift != 0.0 { continue }
        for (name, s) in corpus.names.iter().zip(&measured.scores[at]) {
            println!("{shift:5} {name:8} F1 {:.1} p {:.1} r {:.1} kind {:.1} parties {:.1} place {:.1} status {:.1}", s.f1(), s.precision(), s.recall(), s.kind(), s.parties_f1(), s.place(), s.status());
        }
    }
}

fn objective(scores: &[score::Score]) -> f64 {
    let mut both = scores[0];
    both += scores[1];
    both.f1()
}
