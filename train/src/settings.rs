//! Training settings, chosen by cross-validation.

use crate::align::Decision;
use crate::weights::Weights;
use std::collections::BTreeMap;

/// The class of features that are pairs of signals.
const PAIRS_OF_SIGNALS: u32 = 0;

/// The decisions whose weights `script/train` keeps; `--all` trains them as well.
const KEPT: [Decision; 3] = [Decision::Participant, Decision::Place, Decision::Merge];

#[derive(Clone, Debug)]
pub struct Setting {
    /// The penalty of a feature weight; infinite without features.
    pub penalty: f64,
    /// The penalty of a signal weight.
    pub signal_penalty: f64,
    /// The base-2 logarithm of the number of buckets.
    pub bits: u32,
    /// The minimum number of articles with a feature.
    pub least_articles: usize,
    /// The excluded classes of features.
    pub left_out: Vec<u32>,
}

impl Setting {
    /// Signals only.
    const SIGNALS: Self =
        Self { penalty: f64::INFINITY, signal_penalty: 3.0, bits: 18, least_articles: 3, left_out: vec![] };
}

#[derive(Clone, Debug)]
pub struct Settings {
    of: BTreeMap<Decision, Setting>,
    /// The decisions whose weights are kept: they were set by hand or as a choice among options and none, which the
    /// examples of this tool do not represent.
    pub kept: Weights,
}

impl Settings {
    /// The settings chosen by cross-validation; `known` are the current weights.
    pub fn chosen(known: Weights) -> Self {
        let of = |penalty| Setting { penalty, ..Setting::SIGNALS };
        let of = BTreeMap::from([
            (Decision::Binding, Setting { left_out: vec![PAIRS_OF_SIGNALS], ..of(32.0) }),
            (Decision::Event, of(64.0)),
        ]);
        let mut kept = known;
        kept.0.retain(|decision, _| KEPT.contains(decision));
        Self { of, kept }
    }

    /// Trains every decision.
    pub fn with_none_kept(self) -> Self {
        Self { kept: Weights::default(), ..self }
    }

    pub fn with_signals_only(self) -> Self {
        Self { of: BTreeMap::new(), ..self }
    }

    pub fn of(&self, decision: Decision) -> Setting {
        self.of.get(&decision).cloned().unwrap_or(Setting::SIGNALS)
    }

    /// Parses "event.penalty=8".
    pub fn set(&mut self, argument: &str) -> Option<()> {
        let (key, value) = argument.split_once('=')?;
        let (name, key) = key.split_once('.')?;
        let decision = Decision::ALL.into_iter().find(|decision| decision.name() == name)?;
        let setting = self.of.entry(decision).or_insert(Setting::SIGNALS);
        match key {
            "penalty" => setting.penalty = value.parse().ok()?,
            "signal" => setting.signal_penalty = value.parse().ok()?,
            "bits" => setting.bits = value.parse().ok()?,
            "least" => setting.least_articles = value.parse().ok()?,
            "without" => setting.left_out = value.split(',').filter_map(|class| class.parse().ok()).collect(),
            _ => return None,
        }
        Some(())
    }
}
