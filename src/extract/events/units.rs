//! Converts a sentence to the units that models see: words as hashes; names, dates and numbers as their sorts.

use super::sentence::Sentence;
use super::unit::{Sort, Unit, Units};
use crate::extract::entities::Entity;
use crate::extract::model::hash_word;
use crate::extract::text::fold;
use std::ops::Range;

/// Returns the units of a sentence.
pub(super) fn read(sentence: &Sentence<'_, '_>) -> Units {
    let mut units = Units { first_token: sentence.tokens.start, ..Units::default() };
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

fn dated<'s>(sentence: &'s Sentence<'_, '_>, at: usize) -> Option<(Sort, &'s Range<usize>)> {
    let timex = sentence.timexes().iter().find(|timex| timex.tokens.start == at)?;
    Some((if timex.period.is_some() { Sort::Date } else { Sort::Length }, &timex.tokens))
}

fn sort_of(sentence: &Sentence<'_, '_>, name: &Entity) -> Sort {
    match name.party {
        Some(_) if sentence.is_body(name) => Sort::Organisation,
        Some(_) => Sort::Country,
        None => Sort::Place,
    }
}
