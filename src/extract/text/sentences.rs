//! Sentences, and where they end.
//!
//! A line break ends one, unless the next line goes on in lower case (a text wrapped at a width). A full stop ends
//! one, unless it belongs to an abbreviation or an initial. `U.S.` ends one only before a word that opens sentences.

use super::tokens::{Shape, Token};
use crate::extract::words::{WordId, Words};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// The longest sentence, in tokens: what is longer is no prose, and reading it whole would cost its square.
const LONGEST: usize = 400;

/// A sentence: its tokens and its bytes in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The tokens, as places in `Document::tokens`.
    pub tokens: Range<usize>,
    /// The bytes from its first token to its last.
    pub bytes: Range<usize>,
}

/// The words and marks that splitting looks at.
#[derive(Debug)]
pub struct Marks {
    stops: FxHashSet<WordId>,
    closing: FxHashSet<WordId>,
    period: WordId,
    /// Words whose full stop does not end a sentence.
    abbreviations: FxHashSet<WordId>,
    /// Words that with a capital letter begin a sentence even after "U.S.".
    openers: FxHashSet<WordId>,
}

impl Marks {
    /// Makes the marks known; the words are those of a language.
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

/// Whether the full stop at `stop` belongs to the word before it.
fn abbreviates(tokens: &[Token], stop: usize, marks: &Marks) -> bool {
    let Some(before) = stop.checked_sub(1).map(|at| &tokens[at]).filter(|_| tokens[stop].glued) else { return false };
    let initial = before.len() == 1 && before.shape == Shape::Title;
    initial || marks.abbreviations.contains(&before.word)
}

/// Whether an empty line, or the beginning of the text, stands before a token.
pub(super) fn blank_line_before(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    text[tokens[before].end as usize..tokens[at].start as usize].matches('\n').nth(1).is_some()
}
