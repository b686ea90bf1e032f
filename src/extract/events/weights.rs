//! What each signal weighs: `data/lang/en/signals.tsv`.

use crate::extract::data::{DataFile, data_file};
use crate::extract::model::hash_word;
use enumset::{EnumSet, EnumSetTypeWithRepr};
use std::marker::PhantomData;
use strum::VariantNames;

/// The decision whose rows weigh triggers by name.
const TRIGGER: &str = "trigger";
/// The row of a decision that says what it begins with.
const BIAS: &str = "bias";

/// The weights that are built into the program.
pub const SIGNALS: DataFile = data_file!("lang/en/signals.tsv");

/// The weight of a trigger by its name: how often such words name an event that lies ahead.
pub fn trigger_weights(file: DataFile) -> impl Iterator<Item = (&'static str, f32)> {
    file.rows::<3>()
        .filter(|row| row[0] == TRIGGER)
        .map(move |row| (row[1], row[2].parse().unwrap_or_else(|_| file.fault(&row, "no number"))))
}

/// The weights of the signals of one decision.
#[derive(Debug)]
pub struct Weights<S> {
    /// What the decision begins with.
    bias: f32,
    /// The weight of each signal, by its place among them.
    of: Vec<f32>,
    /// The hash of its name, likewise.
    hashes: Vec<u32>,
    signals: PhantomData<S>,
}

impl<S: EnumSetTypeWithRepr<Repr = u128> + VariantNames> Weights<S> {
    /// The weights of the rows of a decision.
    pub fn of(file: DataFile, decision: &str) -> Self {
        let hashes = S::VARIANTS.iter().map(|name| hash_word(name)).collect();
        let mut weights = Self { bias: 0.0, of: vec![0.0; S::VARIANTS.len()], hashes, signals: PhantomData };
        for row @ [of, signal, weight] in file.rows::<3>().filter(|row| row[0] == decision) {
            debug_assert_eq!(of, decision);
            let weight = weight.parse().unwrap_or_else(|_| file.fault(&row, "no number"));
            match S::VARIANTS.iter().position(|name| *name == signal) {
                Some(at) => weights.of[at] = weight,
                None if signal == BIAS => weights.bias = weight,
                None => file.fault(&row, "no such signal"),
            }
        }
        weights
    }

    /// The sum of the weights of some signals.
    pub fn sum(&self, signals: EnumSet<S>) -> f32 {
        places(signals).fold(self.bias, |sum, at| sum + self.of[at])
    }

    /// Some signals by name, each with its weight.
    pub fn named(&self, signals: EnumSet<S>) -> Vec<(&'static str, f32)> {
        places(signals).map(|at| (S::VARIANTS[at], self.of[at])).collect()
    }

    /// Some signals by name, each with the hash of it.
    pub fn hashed(&self, signals: EnumSet<S>) -> impl Iterator<Item = (&'static str, u32)> {
        places(signals).map(|at| (S::VARIANTS[at], self.hashes[at]))
    }
}

/// The places of some signals among all.
fn places<S: EnumSetTypeWithRepr<Repr = u128>>(signals: EnumSet<S>) -> impl Iterator<Item = usize> {
    let mut bits = signals.as_repr();
    std::iter::from_fn(move || {
        let at = bits.trailing_zeros() as usize;
        bits &= bits.checked_sub(1)?;
        Some(at)
    })
}
