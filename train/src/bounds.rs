//! Bounds of weights, from `train/bounds.tsv`, that training must respect.

use crate::align::Decision;
use std::collections::BTreeMap;
use std::error::Error;

const BIAS: &str = "bias";

#[derive(Clone, Copy, Debug)]
enum Limit {
    AtMost,
    AtLeast,
    Add,
}

#[derive(Clone, Debug, Default)]
pub struct Bounds(Vec<(String, String, Limit, f64)>);

impl Bounds {
    pub fn read(rows: &str) -> Result<Self, Box<dyn Error>> {
        let mut bounds = Self::default();
        for row in rows.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            let [decision, signal, limit, weight, _reason] = cells[..] else {
                return Err(format!("train/bounds.tsv: not five cells: {row}").into());
            };
            let limit = match limit {
                "at-most" => Limit::AtMost,
                "at-least" => Limit::AtLeast,
                "add" => Limit::Add,
                _ => return Err(format!("train/bounds.tsv: no such limit: {row}").into()),
            };
            bounds.0.push((decision.to_owned(), signal.to_owned(), limit, weight.parse()?));
        }
        Ok(bounds)
    }

    /// Clamps the weights of a decision to their bounds.
    pub fn apply(&self, decision: Decision, signals: &mut BTreeMap<String, f64>, bias: &mut f64) {
        for (_, signal, limit, bound) in self.0.iter().filter(|(of, ..)| of == decision.name()) {
            let weight = if signal == BIAS { &mut *bias } else { signals.entry(signal.clone()).or_default() };
            *weight = match limit {
                Limit::AtMost => weight.min(*bound),
                Limit::AtLeast => weight.max(*bound),
                Limit::Add => *weight + bound,
            };
        }
    }
}
