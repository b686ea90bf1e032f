//! The units of a sentence, as models see them.

use std::ops::Range;

/// An element of a sentence: a word, a whole name, a whole date, a number or a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// The hash of the word, or the number of its sort.
    pub hash: u32,
    /// The first token.
    pub token: usize,
    /// The sort of a name, a date or a number; `None` for a word.
    pub sort: Option<Sort>,
}

/// The sorts of elements that models do not distinguish by their text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub(super) enum Sort {
    Country,
    Organisation,
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
    /// The index of the unit of each token.
    pub of_token: Vec<usize>,
}

impl Units {
    /// Returns the indices of the units of some tokens.
    pub fn range(&self, tokens: &Range<usize>) -> Range<usize> {
        let first = self.at(tokens.start);
        first..(self.at(tokens.end - 1) + 1).max(first)
    }

    /// Returns the index of the unit of a token.
    pub fn at(&self, token: usize) -> usize {
        self.of_token[(token - self.first_token).min(self.of_token.len() - 1)]
    }
}
