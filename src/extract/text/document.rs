//! A text with the layers that all stages use: its tokens and sentences.

use super::offsets::Offsets;
use super::sentences::{Marks, Sentence, blank_line_before, split};
use super::tokens::{Token, tokenize};
use crate::event::Quote;
use crate::extract::words::{WordId, Words};
use std::ops::Range;

/// A text split into tokens and sentences.
#[derive(Debug)]
pub struct Document<'t> {
    /// The text exactly as given.
    pub text: &'t str,
    /// Words, numbers and punctuation, in order.
    pub tokens: Vec<Token>,
    /// The sentences, in order; they cover all tokens.
    pub sentences: Vec<Sentence>,
    offsets: Offsets,
}

impl<'t> Document<'t> {
    /// Tokenises `text` with the interned words.
    pub fn read(text: &'t str, words: &Words, marks: &Marks) -> Self {
        let tokens = tokenize(text, words);
        let sentences = split(text, &tokens, marks);
        Self { text, tokens, sentences, offsets: Offsets::of(text) }
    }

    /// Whether a token follows an empty line or begins the text.
    pub fn follows_blank_line(&self, at: usize) -> bool {
        blank_line_before(self.text, &self.tokens, at)
    }

    /// The text of a token.
    pub fn token_text(&self, at: usize) -> &'t str {
        let token = &self.tokens[at];
        &self.text[token.start as usize..token.end as usize]
    }

    /// The byte range of `tokens`.
    pub fn bytes(&self, tokens: &Range<usize>) -> Range<usize> {
        self.tokens[tokens.start].start as usize..self.tokens[tokens.end - 1].end as usize
    }

    /// The word ids from token `at` to the end of `limit`; empty if `at` is beyond it.
    pub fn words_from(&self, at: usize, limit: usize) -> impl Iterator<Item = WordId> {
        self.tokens.get(at..limit).unwrap_or_default().iter().map(|token| token.word)
    }

    /// The text between two byte offsets, with its character offsets.
    pub fn quote(&self, bytes: &Range<usize>) -> Quote {
        Quote {
            start: self.offsets.characters(self.text, bytes.start),
            end: self.offsets.characters(self.text, bytes.end),
            text: self.text[bytes.clone()].to_owned(),
        }
    }
}
