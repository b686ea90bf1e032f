//! Trains the weights of the signals and the models of `data/` on labelled news, and evaluates them by
//! cross-validation.
//!
//! usage: daybook-train [--measure | --curve] [--signals] [--all] [DECISION.KEY=VALUE…]
//!
//! Without options, it cross-validates, trains on all articles and writes `data/lang/en/signals.tsv` and
//! `data/models/en/*.model`. `--measure` only cross-validates; `--curve` cross-validates with subsets of the articles.
//! `--signals` disables features; `--all` also trains the decisions whose weights are otherwise kept. Settings such as
//! `event.penalty=32` override those of `settings.rs`.

mod align;
mod bounds;
mod calibration;
mod corpus;
mod logistic;
mod pipeline;
mod report;
mod score;
mod settings;
mod weights;

use align::Decision;
use bounds::Bounds;
use corpus::Corpus;
use daybook::extract::Extractor;
use pipeline::{Measured, cross_validate, train};
use settings::Settings;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use weights::Weights;

/// The file of the signals' weights.
const SIGNALS: &str = "data/lang/en/signals.tsv";
/// The numbers of articles of the learning curve.
const CURVE: [usize; 4] = [100, 200, 400, 800];

fn main() -> Result<(), Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = std::env::var("ROOT").map_or_else(|_| here.parent().unwrap_or(here).to_path_buf(), PathBuf::from);
    let corpus = Corpus::read(&root.join("../shared/corpus"), &root.join("tests/corpus/events"))?;
    let bounds = Bounds::read(&fs::read_to_string(root.join("train/bounds.tsv"))?)?;
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (options, settings_given): (Vec<&String>, Vec<&String>) = args.iter().partition(|arg| arg.starts_with("--"));
    let has = |name: &str| options.iter().any(|option| *option == name);
    let mut settings = Settings::chosen(Weights::read(&fs::read_to_string(root.join(SIGNALS))?)?);
    if has("--signals") {
        settings = settings.with_signals_only();
    }
    if has("--all") {
        settings = settings.with_none_kept();
    }
    for argument in settings_given {
        settings.set(argument).ok_or_else(|| format!("no such setting: {argument}"))?;
    }
    if has("--curve") {
        for most in CURVE {
            println!("{most} articles");
            report::print(&corpus, &cross_validate(&corpus, &settings, &bounds, Some(most)));
        }
        return Ok(());
    }
    let measured = cross_validate(&corpus, &settings, &bounds, None);
    let best = report::print(&corpus, &measured);
    if has("--measure") {
        return Ok(());
    }
    write(&root, &corpus, &settings, &bounds, &measured, best)
}

/// Trains on all articles, and writes the files.
fn write(
    root: &Path,
    corpus: &Corpus,
    settings: &Settings,
    bounds: &Bounds,
    measured: &Measured,
    best: usize,
) -> Result<(), Box<dyn Error>> {
    let shift = pipeline::SHIFTS[best];
    let all: Vec<usize> = (0..corpus.articles.len()).collect();
    let weights = train(&mut Extractor::new(), corpus, &all, settings, bounds);
    let sums = report::sums(measured, shift);
    let head = |decision: Decision| report::head(corpus, measured, best, decision);
    let files = weights.files((Decision::Event, shift), head, &calibration::curve(&sums));
    fs::write(root.join(SIGNALS), &files.signals)?;
    let models = root.join("data/models/en");
    fs::create_dir_all(&models)?;
    for (decision, file) in &files.models {
        let path = models.join(format!("{}.model", decision.name()));
        // An unchanged model keeps its head, including the date of training.
        if !fs::read(&path).is_ok_and(|known| without_comments(&known) == without_comments(file)) {
            fs::write(path, file)?;
        }
    }
    Ok(())
}

/// A model file without its leading comments.
fn without_comments(mut file: &[u8]) -> &[u8] {
    while file.first() == Some(&b'#') {
        let end = file.iter().position(|byte| *byte == b'\n').map_or(file.len(), |end| end + 1);
        file = &file[end..];
    }
    file
}
