//! A sentence as models see it: words as hashes, and a name, a date or a number as what it is and not as what it says.

use super::sentence::Sentence;
use crate::extract::entities::{Entity, How};
use crate::extract::model::hash_word;
use crate::extract::text::fold;
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
    first_token: usize,
    /// The unit of each token.
    of_token: Vec<usize>,
}

impl Units {
    pub fn of(sentence: &Sentence<'_, '_>) -> Self {
        let mut units = Self { first_token: sentence.tokens.start, ..Self::default() };
        let text = sentence.article.text;
        let mut buffer = String::new();
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let named = sentence.name_starting(at).map(|name| (sort_of(sentence, name), &name.tokens));
            let (sort, end) = match named.or_else(|| dated(sentence, at)) {
                Some((sort, tokens)) => (Some(sort), tokens.end.min(sentence.tokens.end).max(at + 1)),
                None if text.tokens[at].is_number() => (Some(Sort::Number), at + 1),
                None => (None, at + 1),
            };
            let hash = sort.map_or_else(|| hash_word(fold(text.token_text(at), &mut buffer)), |sort| sort as u32);
            units.of_token.extend((at..end).map(|_| units.all.len()));
            units.all.push(Unit { hash, token: at, sort });
            at = end;
        }
        units
    }

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

fn dated<'s>(sentence: &'s Sentence<'_, '_>, at: usize) -> Option<(Sort, &'s Range<usize>)> {
    let timex = sentence.timexes().iter().find(|timex| timex.tokens.start == at)?;
    Some((if timex.period.is_some() { Sort::Date } else { Sort::Length }, &timex.tokens))
}

fn sort_of(sentence: &Sentence<'_, '_>, name: &Entity) -> Sort {
    match name.how {
        _ if name.person.is_some() => Sort::Person,
        How::Demonym => Sort::People,
        How::Capital => Sort::Capital,
        How::Seat => Sort::Seat,
        How::Body => Sort::Organ,
        How::Place => Sort::Place,
        How::Name => match name.party {
            Some(party) if sentence.is_organisation(party) => Sort::Organisation,
            Some(_) => Sort::Country,
            None => Sort::Place,
        },
    }
}
