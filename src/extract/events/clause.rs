//! The clauses of a sentence, as [`super::clauses::split`] finds them.

use std::ops::Range;

/// What a clause is to its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// It states something.
    Plain,
    /// It says who says so, or when.
    Reporting,
    /// It is about what may never be.
    Conditional,
}

/// A clause of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    pub sort: Sort,
    /// The token of the relative pronoun that opens it.
    pub relative: Option<usize>,
    /// The clause that it interrupts or goes on from, as a place in [`Clauses::all`].
    pub parent: Option<usize>,
}

/// The clauses of one sentence.
#[derive(Debug, Default)]
pub(super) struct Clauses {
    first_token: usize,
    of_token: Vec<usize>,
    /// The clauses in the order of their beginnings.
    pub all: Vec<Clause>,
}

impl Clauses {
    /// None yet, of a sentence that begins with a token.
    pub fn beginning_at(first_token: usize, capacity: usize) -> Self {
        Self { first_token, of_token: Vec::with_capacity(capacity), all: vec![] }
    }

    pub fn open(&mut self, sort: Sort, relative: Option<usize>, parent: Option<usize>) -> usize {
        self.all.push(Clause { sort, relative, parent });
        self.all.len() - 1
    }

    /// Adds the next token to a clause.
    pub fn push(&mut self, clause: usize) {
        self.of_token.push(clause);
    }

    /// Moves those of `tokens` that are of one clause to another.
    pub fn reassign(&mut self, tokens: Range<usize>, from: usize, to: usize) {
        let tokens = tokens.start - self.first_token..tokens.end - self.first_token;
        self.of_token[tokens].iter_mut().filter(|clause| **clause == from).for_each(|clause| *clause = to);
    }

    /// The clause of a token of the sentence.
    pub fn of(&self, token: usize) -> usize {
        self.of_token[token - self.first_token]
    }

    pub fn sort_of(&self, token: usize) -> Sort {
        self.all[self.of(token)].sort
    }

    /// The tokens of a clause in order.
    pub fn tokens(&self, clause: usize) -> impl DoubleEndedIterator<Item = usize> {
        self.of_token.iter().enumerate().filter(move |(_, c)| **c == clause).map(|(at, _)| at + self.first_token)
    }

    /// The tokens around `token` that belong to its clause without a break.
    pub fn stretch(&self, token: usize) -> Range<usize> {
        let at = token - self.first_token;
        let same = |clause: &&usize| **clause == self.of_token[at];
        let before = self.of_token[..at].iter().rev().take_while(same).count();
        let after = self.of_token[at..].iter().take_while(same).count();
        token - before..token + after
    }
}
