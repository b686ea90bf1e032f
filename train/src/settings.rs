//! How the models are trained: what cross-validation chose.

use crate::align::Decision;
use crate::weights::Weights;
use std::collections::BTreeMap;

/// The class of features that are pairs of signals.
const PAIRS_OF_SIGNALS: u32 = 0;

/// The decisions whose weights `script/train` leaves alone; `--all` trains them as well.
const KEPT: [Decision; 3] = [Decision::Participant, Decision::Place, Decision::Merge];

/// How one decision is trained.
#[derive(Clone, Debug)]
pub struct Setting {
    /// What a weight of a feature costs; infinite, where features do not count.
    pub penalty: f64,
    /// What a weight of a signal costs.
    pub signal_penalty: f64,
    /// The table has two to the power of this many buckets.
    pub bits: u32,
    /// In how many articles a feature must stand.
    pub least_articles: usize,
    /// Classes of features that do not count.
    pub left_out: Vec<u32>,
}

impl Setting {
    /// Signals only.
    const SIGNALS: Self =
        Self { penalty: f64::INFINITY, signal_penalty: 3.0, bits: 18, least_articles: 3, left_out: vec![] };
}

/// How every decision is trained.
#[derive(Clone, Debug)]
pub struct Settings {
    of: BTreeMap<Decision, Setting>,
    /// The decisions whose weights stay as they are: they were settled as a choice among the options and none, or by hand,
    /// which the examples of this tool do not show.
    pub kept: Weights,
}

impl Settings {
    /// What cross-validation chose; `known` are the present weights.
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

    /// Every decision is trained, and none of them keeps its weights.
    pub fn with_none_kept(self) -> Self {
        Self { kept: Weights::default(), ..self }
    }

    /// The same by signals only.
    pub fn with_signals_only(self) -> Self {
        Self { of: BTreeMap::new(), ..self }
    }

    pub fn of(&self, decision: Decision) -> Setting {
        self.of.get(&decision).cloned().unwrap_or(Setting::SIGNALS)
    }

    /// Reads "event.penalty=8".
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
