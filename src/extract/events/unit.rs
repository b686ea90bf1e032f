//! The units of a sentence as models see them; `units` reads them.

use std::ops::Range;

/// What stands in a sentence: a word, a whole name, a whole date, a number, a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// The hash of the word, or the number of what it is.
    pub hash: u32,
    /// Its first token.
    pub token: usize,
    /// What stands for it, where it does not stand for itself.
    pub sort: Option<Sort>,
}

/// What is the same to a model, whatever it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub(super) enum Sort {
    Country,
    People,
    Capital,
    Seat,
    Organ,
    Organisation,
    Person,
    Place,
    Date,
    Length,
    Number,
}

/// The units of a sentence, in order.
#[derive(Debug, Default)]
pub(super) struct Units {
    pub all: Vec<Unit>,
    /// The first token of the sentence.
    pub first_token: usize,
    /// The unit of each token.
    pub of_token: Vec<usize>,
}

impl Units {
    /// The units that some tokens are of, as places in `all`.
    pub fn range(&self, tokens: &Range<usize>) -> Range<usize> {
        let first = self.at(tokens.start);
        first..(self.at(tokens.end - 1) + 1).max(first)
    }

    /// The unit that a token is of.
    pub fn at(&self, token: usize) -> usize {
        self.of_token[(token - self.first_token).min(self.of_token.len() - 1)]
    }
}
