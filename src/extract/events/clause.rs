//! The clauses of a sentence, as split by [`super::clauses::split`].

use std::ops::Range;

/// The function of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A statement.
    Plain,
    /// The source or the date of a statement.
    Reporting,
    /// A condition.
    Conditional,
}

/// A clause of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    pub sort: Sort,
    /// The token of the relative pronoun that opens it.
    pub relative: Option<usize>,
    /// The clause that it interrupts or continues, as an index into [`Clauses::all`].
    pub parent: Option<usize>,
}

/// The clauses of one sentence.
#[derive(Debug, Default)]
pub(super) struct Clauses {
    first_token: usize,
    of_token: Vec<usize>,
    /// The clauses, ordered by their first tokens.
    pub all: Vec<Clause>,
}

impl Clauses {
    /// Creates an empty set for a sentence that begins at a token.
    pub fn beginning_at(first_token: usize, capacity: usize) -> Self {
        Self { first_token, of_token: Vec::with_capacity(capacity), all: vec![] }
    }

    pub fn open(&mut self, sort: Sort, relative: Option<usize>, parent: Option<usize>) -> usize {
        self.all.push(Clause { sort, relative, parent });
        self.all.len() - 1
    }

    /// Assigns the next token to a clause.
    pub fn push(&mut self, clause: usize) {
        self.of_token.push(clause);
    }

    /// Reassigns those of `tokens` that belong to one clause to another.
    pub fn reassign(&mut self, tokens: Range<usize>, from: usize, to: usize) {
        let tokens = tokens.start - self.first_token..tokens.end - self.first_token;
        self.of_token[tokens].iter_mut().filter(|clause| **clause == from).for_each(|clause| *clause = to);
    }

    /// Returns the clause of a token of the sentence.
    pub fn of(&self, token: usize) -> usize {
        self.of_token[token - self.first_token]
    }

    pub fn sort_of(&self, token: usize) -> Sort {
        self.all[self.of(token)].sort
    }

    /// Returns the tokens of a clause in order.
    pub fn tokens(&self, clause: usize) -> impl DoubleEndedIterator<Item = usize> {
        self.of_token.iter().enumerate().filter(move |(_, c)| **c == clause).map(|(at, _)| at + self.first_token)
    }

    /// Returns the contiguous tokens around `token` that belong to its clause.
    pub fn stretch(&self, token: usize) -> Range<usize> {
        let at = token - self.first_token;
        let same = |clause: &&usize| **clause == self.of_token[at];
        let before = self.of_token[..at].iter().rev().take_while(same).count();
        let after = self.of_token[at..].iter().take_while(same).count();
        token - before..token + after
    }
}
