//! Sentence splitting.
//!
//! A line break ends a sentence, unless the next line begins in lower case (text wrapped at a width). A full stop ends
//! a sentence, unless it belongs to an abbreviation or an initial. `U.S.` ends a sentence only before a word that
//! typically begins one.

use super::tokens::{Shape, Token};
use crate::extract::words::{WordId, Words};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// The maximum length of a sentence, in tokens: longer ones are not prose, and processing them would take quadratic
/// time.
const LONGEST: usize = 400;

/// A sentence: its tokens and its bytes in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The tokens, as indexes into `Document::tokens`.
    pub tokens: Range<usize>,
    /// The byte range from the first token to the last.
    pub bytes: Range<usize>,
}

/// The words and punctuation marks that matter to splitting.
#[derive(Debug)]
pub struct Marks {
    stops: FxHashSet<WordId>,
    closing: FxHashSet<WordId>,
    period: WordId,
    /// Words whose full stop does not end a sentence.
    abbreviations: FxHashSet<WordId>,
    /// Words that begin a sentence, if capitalised, even after "U.S.".
    openers: FxHashSet<WordId>,
}

impl Marks {
    /// Interns the marks; the words are those of a language.
    pub fn new(
        words: &mut Words,
        abbreviations: impl Iterator<Item = WordId>,
        openers: impl Iterator<Item = WordId>,
    ) -> Self {
        Self {
            stops: [".", "!", "?", "…"].map(|mark| words.intern(mark)).into_iter().collect(),
            closing: ["\"", "'", "”", ")", "]"].map(|mark| words.intern(mark)).into_iter().collect(),
            abbreviations: abbreviations.collect(),
            openers: openers.collect(),
            period: words.intern("."),
        }
    }
}

/// The sentences of `text`.
pub(super) fn split(text: &str, tokens: &[Token], marks: &Marks) -> Vec<Sentence> {
    let mut sentences = Vec::with_capacity(tokens.len() / 20 + 1);
    let mut start = 0;
    for at in 0..tokens.len() {
        let last = at + 1 == tokens.len();
        if !last && at + 1 - start < LONGEST && !ends_before(text, tokens, at + 1, marks) {
            continue;
        }
        let bytes = tokens[start].start as usize..tokens[at].end as usize;
        sentences.push(Sentence { tokens: start..at + 1, bytes });
        start = at + 1;
    }
    sentences
}

/// Whether a sentence begins with token `next`.
fn ends_before(text: &str, tokens: &[Token], next: usize, marks: &Marks) -> bool {
    let token = &tokens[next];
    if token.new_line {
        return blank_line_before(text, tokens, next) || token.shape != Shape::Lower;
    }
    if token.glued || !begins_a_sentence(token, &tokens[next..]) {
        return false;
    }
    // Look back over closing quotes and brackets to the stop.
    let mut stop = next - 1;
    while stop > 0 && marks.closing.contains(&tokens[stop].word) {
        stop -= 1;
    }
    if marks.stops.contains(&tokens[stop].word) {
        return !(tokens[stop].word == marks.period && abbreviates(tokens, stop, marks));
    }
    let dotted = text[..tokens[next - 1].end as usize].ends_with('.');
    dotted && marks.openers.contains(&token.word)
}

/// A capital letter, a digit, or an opening quote.
fn begins_a_sentence(token: &Token, rest: &[Token]) -> bool {
    match token.shape {
        Shape::Title | Shape::Upper | Shape::Number | Shape::Decimal => true,
        Shape::Lower => false,
        Shape::Punctuation => rest.get(1).is_some_and(|after| after.glued && after.is_capitalised()),
    }
}

/// Whether the full stop at `stop` belongs to the preceding word.
fn abbreviates(tokens: &[Token], stop: usize, marks: &Marks) -> bool {
    let Some(before) = stop.checked_sub(1).map(|at| &tokens[at]).filter(|_| tokens[stop].glued) else { return false };
    let initial = before.len() == 1 && before.shape == Shape::Title;
    initial || marks.abbreviations.contains(&before.word)
}

/// Whether a token follows an empty line or begins the text.
pub(super) fn blank_line_before(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    text[tokens[before].end as usize..tokens[at].start as usize].matches('\n').nth(1).is_some()
}
