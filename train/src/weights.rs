//! Trained weights, and their files: `data/lang/en/signals.tsv` and `data/models/en/*.model`.

use crate::align::{Decision, Example};
use crate::bounds::Bounds;
use crate::logistic::{Row, fit};
use crate::settings::Settings;
use daybook::extract::{Models, bucket, feature_class, fingerprint};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::fmt::Write;

const BIAS: &str = "bias";
/// The prefix of the signals of triggers.
const TRIGGER: &str = "trigger:";
/// The minimum number of examples and articles for a trigger to have its own weight.
const TRIGGER_EXAMPLES: usize = 10;
const TRIGGER_ARTICLES: usize = 5;
/// Smaller absolute weights, after rounding, are omitted.
const LEAST: f64 = 0.05;
const HEAD: &str = "\
# daybook: the weights of the signals of each decision; positive weights are in favour.
# Columns (tab-separated): decision, signal, weight.
# Source: made for daybook by script/train: a logistic regression over labelled news, within the bounds of train/bounds.tsv.
# Licence: CC0-1.0.
";

/// The weights of one decision.
#[derive(Clone, Debug, Default)]
pub struct Learned {
    pub bias: f64,
    pub signals: BTreeMap<String, f64>,
    /// The weight of each bucket; empty without features.
    pub table: Vec<f32>,
}

/// The weights of all decisions.
#[derive(Clone, Debug, Default)]
pub struct Weights(pub BTreeMap<Decision, Learned>);

#[derive(Clone, Debug, Default)]
pub struct Files {
    pub signals: String,
    pub models: BTreeMap<Decision, Vec<u8>>,
}

impl Files {
    pub fn models(&self) -> Models<'_> {
        let of = |decision| self.models.get(&decision).map(Vec::as_slice).unwrap_or_default();
        Models { event: of(Decision::Event), binding: of(Decision::Binding) }
    }
}

impl Weights {
    /// Parses `signals.tsv`; weights of triggers belong to the event decision.
    pub fn read(rows: &str) -> Result<Self, Box<dyn Error>> {
        let mut weights = Self::default();
        for row in rows.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            let [of, signal, weight] = cells[..] else {
                return Err(format!("signals.tsv: not three cells: {row}").into());
            };
            let decision = Decision::ALL.into_iter().find(|decision| decision.name() == of);
            let learned = weights.0.entry(decision.unwrap_or(Decision::Event)).or_default();
            match (decision, signal) {
                (None, _) => drop(learned.signals.insert(format!("{TRIGGER}{signal}"), weight.parse()?)),
                (_, BIAS) => learned.bias = weight.parse()?,
                _ => drop(learned.signals.insert(signal.to_owned(), weight.parse()?)),
            }
        }
        Ok(weights)
    }

    /// Creates the files, with the bias of one decision shifted. `head` returns the head of a model; `curve` is the
    /// calibration curve of the events.
    pub fn files(
        &self,
        (shifted, shift): (Decision, f64),
        head: impl Fn(Decision) -> String,
        curve: &[(f32, f32)],
    ) -> Files {
        let mut files = Files { signals: HEAD.to_owned(), ..Files::default() };
        for (decision, learned) in &self.0 {
            let name = decision.name();
            let bias = learned.bias + if *decision == shifted { shift } else { 0.0 };
            let _ = writeln!(files.signals, "{name}\t{BIAS}\t{bias:.1}");
            for (signal, weight) in learned.signals.iter().filter(|(_, weight)| weight.abs() >= LEAST) {
                let _ = match signal.strip_prefix(TRIGGER) {
                    Some(trigger) => writeln!(files.signals, "trigger\t{trigger}\t{weight:.1}"),
                    None => writeln!(files.signals, "{name}\t{signal}\t{weight:.1}"),
                };
            }
            if !learned.table.is_empty() {
                let curve = if *decision == Decision::Event { curve } else { &[] };
                files.models.insert(*decision, model_file(&head(*decision), curve, &learned.table));
            }
        }
        files
    }
}

/// A model file: its head, the weight of a step, and a step for each bucket.
fn model_file(head: &str, curve: &[(f32, f32)], table: &[f32]) -> Vec<u8> {
    let most = table.iter().fold(0.0_f32, |most, weight| most.max(weight.abs()));
    let scale = if most > 0.0 { most / 127.0 } else { 1.0 };
    let points: Vec<String> = curve.iter().map(|(sum, share)| format!("{sum}:{share}")).collect();
    let curve = if points.is_empty() { String::new() } else { format!("confidence {}\n", points.join(" ")) };
    let steps: Vec<u8> = table.iter().map(|weight| ((weight / scale).round() as i8).cast_unsigned()).collect();
    let mut file = format!("{head}scale {scale}\n{curve}fingerprint {:016x}\n\n", fingerprint(&steps)).into_bytes();
    file.extend(steps);
    file
}

/// Fits the weights of a decision to its examples.
pub fn learn(decision: Decision, examples: &[Example], settings: &Settings, bounds: &Bounds) -> Learned {
    let pairwise = decision == Decision::Binding;
    let known = known_triggers(examples);
    let counts = |signal: &str| !signal.starts_with(TRIGGER) || (decision == Decision::Event && known.contains(signal));
    let names: BTreeSet<&str> =
        examples.iter().flat_map(|e| &e.signals).map(|(name, _)| name.as_str()).filter(|name| counts(name)).collect();
    let columns: HashMap<&str, u32> = names.iter().zip(1..).map(|(name, column)| (*name, column)).collect();
    let chosen = settings.of(decision);
    let size = if chosen.penalty.is_finite() { 1 << chosen.bits } else { 0 };
    let buckets = known_buckets(examples, size, chosen.least_articles, &chosen.left_out);
    let first = u32::try_from(names.len() + 1).unwrap_or(u32::MAX);
    let bucket_columns: HashMap<usize, u32> = buckets.iter().copied().zip(first..).collect();
    let mut rows: Vec<Row> = Vec::with_capacity(examples.len());
    for example in examples {
        let signals = example.signals.iter().filter_map(|(name, value)| Some((*columns.get(name.as_str())?, *value)));
        let features = example.features.iter().filter(|_| size > 0);
        let features = features.filter_map(|(hash, value)| Some((*bucket_columns.get(&bucket(*hash, size))?, *value)));
        let bias = (!pairwise).then_some((0, 1.0));
        let columns = bias.into_iter().chain(signals).chain(features).collect();
        rows.push(Row { columns, right: example.right, weight: example.weight, offset: 0.0 });
    }
    let mut penalties = vec![chosen.penalty; names.len() + 1 + buckets.len()];
    penalties[0] = if pairwise { f64::INFINITY } else { 1e-6 };
    penalties[1..=names.len()].fill(chosen.signal_penalty);
    let weights = fit(&rows, &penalties);
    let mut learned = Learned { bias: weights[0], table: vec![0.0; size], ..Learned::default() };
    learned.signals = columns.iter().map(|(name, column)| ((*name).to_owned(), weights[*column as usize])).collect();
    for (bucket, column) in &bucket_columns {
        learned.table[*bucket] = weights[*column as usize] as f32;
    }
    bounds.apply(decision, &mut learned.signals, &mut learned.bias);
    learned
}

/// The triggers that are frequent enough for their own weight.
fn known_triggers(examples: &[Example]) -> BTreeSet<String> {
    let mut seen: BTreeMap<&str, (usize, BTreeSet<usize>)> = BTreeMap::new();
    for example in examples {
        for (name, _) in example.signals.iter().filter(|(name, _)| name.starts_with(TRIGGER)) {
            let (count, articles) = seen.entry(name).or_default();
            *count += 1;
            articles.insert(example.article);
        }
    }
    let common = seen
        .into_iter()
        .filter(|(_, (count, articles))| *count >= TRIGGER_EXAMPLES && articles.len() >= TRIGGER_ARTICLES);
    common.map(|(name, _)| name.to_owned()).collect()
}

/// The buckets of features that occur in enough articles.
fn known_buckets(examples: &[Example], size: usize, least: usize, left_out: &[u32]) -> Vec<usize> {
    if size == 0 {
        return vec![];
    }
    let mut seen: Vec<(usize, usize)> = vec![(usize::MAX, 0); size];
    for example in examples {
        for (hash, _) in example.features.iter().filter(|(hash, _)| !left_out.contains(&feature_class(*hash))) {
            let (last, articles) = &mut seen[bucket(*hash, size)];
            if *last != example.article {
                (*last, *articles) = (example.article, *articles + 1);
            }
        }
    }
    (0..size).filter(|bucket| seen[*bucket].1 >= least).collect()
}
