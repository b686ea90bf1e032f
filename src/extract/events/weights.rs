//! The weights of the signals, from `data/lang/en/signals.tsv`.

use crate::extract::data::{DataFile, data_file};
use crate::extract::model::hash_word;
use enumset::{EnumSet, EnumSetTypeWithRepr};
use std::marker::PhantomData;
use strum::VariantNames;

/// The decision whose rows give the weights of triggers.
const TRIGGER: &str = "trigger";
/// The name of the row that gives the bias of a decision.
const BIAS: &str = "bias";

/// The built-in weights.
pub const SIGNALS: DataFile = data_file!("lang/en/signals.tsv");

/// Returns the weight of each trigger by name: how often it names a scheduled event.
pub fn trigger_weights(file: DataFile) -> impl Iterator<Item = (&'static str, f32)> {
    file.rows::<3>()
        .filter(|row| row[0] == TRIGGER)
        .map(move |row| (row[1], row[2].parse().unwrap_or_else(|_| file.fault(&row, "no number"))))
}

/// The weights of the signals of one decision.
#[derive(Debug)]
pub struct Weights<S> {
    /// The sum without any signal.
    bias: f32,
    /// The weight of each signal, by its index among the variants.
    by_signal: Vec<f32>,
    /// The hash of the name of each signal, by the same index.
    hashes: Vec<u32>,
    signals: PhantomData<S>,
}

impl<S: EnumSetTypeWithRepr<Repr = u128> + VariantNames> Weights<S> {
    /// Reads the weights of a decision.
    pub fn of(file: DataFile, decision: &str) -> Self {
        let hashes = S::VARIANTS.iter().map(|name| hash_word(name)).collect();
        let mut weights = Self { bias: 0.0, by_signal: vec![0.0; S::VARIANTS.len()], hashes, signals: PhantomData };
        for row @ [row_decision, signal, weight] in file.rows::<3>().filter(|row| row[0] == decision) {
            debug_assert_eq!(row_decision, decision);
            let weight = weight.parse().unwrap_or_else(|_| file.fault(&row, "no number"));
            match S::VARIANTS.iter().position(|name| *name == signal) {
                Some(at) => weights.by_signal[at] = weight,
                None if signal == BIAS => weights.bias = weight,
                None => file.fault(&row, "no such signal"),
            }
        }
        weights
    }

    /// Returns the bias plus the weights of some signals.
    pub fn sum(&self, signals: EnumSet<S>) -> f32 {
        places(signals).fold(self.bias, |sum, at| sum + self.by_signal[at])
    }

    /// Returns the names of some signals with their weights.
    pub fn named(&self, signals: EnumSet<S>) -> Vec<(&'static str, f32)> {
        places(signals).map(|at| (S::VARIANTS[at], self.by_signal[at])).collect()
    }

    /// Returns the names of some signals with the hashes of the names.
    pub fn hashed(&self, signals: EnumSet<S>) -> impl Iterator<Item = (&'static str, u32)> {
        places(signals).map(|at| (S::VARIANTS[at], self.hashes[at]))
    }
}

/// Returns the indices of some signals.
fn places<S: EnumSetTypeWithRepr<Repr = u128>>(signals: EnumSet<S>) -> impl Iterator<Item = usize> {
    let mut bits = signals.as_repr();
    std::iter::from_fn(move || {
        let at = bits.trailing_zeros() as usize;
        bits &= bits.checked_sub(1)?;
        Some(at)
    })
}
