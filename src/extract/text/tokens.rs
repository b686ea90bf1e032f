//! Tokenisation: splits a text into words, numbers and punctuation.
//!
//! - A word is a run of letters. An apostrophe inside it belongs to it (`N'Djamena`, `don't`), but a final `'s` is a
//!   separate token. Hyphens and dashes are tokens: `two-day` is three.
//! - `U.S.` and the like (single letters, each with a full stop) are one token.
//! - A number is a run of digits, with thousands separators or decimals: `12`, `1,990`, `3.5`.

use crate::extract::words::{WordId, Words};

/// How a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A lower-case word.
    Lower,
    /// A word with a capital first letter.
    Title,
    /// A word of two letters or more, all in capitals.
    Upper,
    /// A run of digits.
    Number,
    /// A number with thousands separators or decimals.
    Decimal,
    /// Any other single character.
    Punctuation,
}

/// A word, a number or a piece of punctuation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// The byte offset of its beginning.
    pub start: u32,
    /// The byte offset after its end.
    pub end: u32,
    /// The id of the folded word; unknown if no data file contains it.
    pub word: WordId,
    /// How it is written.
    pub shape: Shape,
    /// Whether no white space precedes it.
    pub glued: bool,
    /// Whether a line break precedes it, or it is a bullet.
    pub new_line: bool,
    /// The value of a [`Shape::Number`] of at most nine digits.
    pub number: Option<u32>,
}

impl Token {
    /// Its length in bytes.
    pub fn len(&self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it begins with a capital letter.
    pub fn is_capitalised(&self) -> bool {
        matches!(self.shape, Shape::Title | Shape::Upper)
    }

    /// Whether it is made of digits.
    pub fn is_number(&self) -> bool {
        matches!(self.shape, Shape::Number | Shape::Decimal)
    }

    /// Whether it is made of letters.
    pub fn is_word(&self) -> bool {
        matches!(self.shape, Shape::Lower | Shape::Title | Shape::Upper)
    }
}

/// Folds a word: lower case, straight apostrophes. The result is in `buffer`, which saves allocations.
pub fn fold<'b>(word: &str, buffer: &'b mut String) -> &'b str {
    buffer.clear();
    if word.is_ascii() {
        buffer.push_str(word);
        buffer.make_ascii_lowercase();
    } else {
        for c in word.chars() {
            match c {
                '\u{2019}' | '\u{2018}' | '\u{02bc}' => buffer.push('\''),
                c => buffer.extend(c.to_lowercase()),
            }
        }
    }
    buffer
}

/// Tokenises a phrase in the same way as texts, and returns the ids of its words, interning new ones.
pub fn phrase(words: &mut Words, phrase: &str) -> Vec<WordId> {
    let mut buffer = String::new();
    let pieces = tokenize(phrase, words);
    pieces.iter().map(|t| words.intern(fold(&phrase[t.start as usize..t.end as usize], &mut buffer))).collect()
}

/// The tokens of `text` in order.
pub(super) fn tokenize(text: &str, words: &Words) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut buffer = String::new();
    let bytes = text.as_bytes();
    let (mut at, mut space_end, mut new_line) = (0, 0, true);
    while at < text.len() {
        let c = character(text, at);
        new_line |= at == space_end && begins_item(&text[at..]);
        if c.is_whitespace() {
            new_line |= c == '\n';
            at += c.len_utf8();
            space_end = at;
            continue;
        }
        let (end, shape) = if c.is_ascii_digit() {
            number_end(bytes, at)
        } else if c.is_alphabetic() {
            word_end(text, at)
        } else if is_apostrophe(c) && follows_possessive(text, at) {
            (at + c.len_utf8() + 1, Shape::Lower)
        } else {
            (at + c.len_utf8(), Shape::Punctuation)
        };
        let piece = &text[at..end];
        let number = (shape == Shape::Number && piece.len() <= 9).then(|| piece.parse().ok()).flatten();
        tokens.push(Token {
            start: u32::try_from(at).unwrap_or(u32::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
            word: if piece.len() > 40 { WordId::UNKNOWN } else { words.get(fold(piece, &mut buffer)) },
            shape,
            glued: at > space_end || at == 0,
            new_line,
            number,
        });
        new_line = false;
        at = end;
    }
    tokens
}

/// Whether a bullet stands here, which begins a line even where line breaks have been lost.
fn begins_item(rest: &str) -> bool {
    ["• ", "▪ ", "● ", "◦ ", "** "].iter().any(|bullet| rest.starts_with(bullet))
}

fn character(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or('\0')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{02bc}')
}

/// Whether the apostrophe at `at` and the `s` after it are a possessive ending.
fn follows_possessive(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric) || text[..at].ends_with('.');
    let mut after = text[at..].chars().skip(1);
    before && matches!(after.next(), Some('s' | 'S')) && !after.next().is_some_and(char::is_alphanumeric)
}

/// The end of the number that begins at `at`.
fn number_end(bytes: &[u8], at: usize) -> (usize, Shape) {
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = at + digits(at);
    let mut shape = Shape::Number;
    while bytes.get(end) == Some(&b',') && digits(end + 1) == 3 && end - at <= 3 + 4 * 8 {
        end += 4;
        shape = Shape::Decimal;
    }
    let decimals = |dot: usize| bytes.get(dot).filter(|byte| **byte == b'.').map_or(0, |_| digits(dot + 1));
    let fraction = decimals(end);
    // Two full stops make a date or a version, not a decimal.
    let after_dot = at >= 2 && bytes[at - 1] == b'.' && bytes[at - 2].is_ascii_digit();
    if fraction > 0 && !after_dot && decimals(end + 1 + fraction) == 0 {
        return (end + 1 + fraction, Shape::Decimal);
    }
    (end, shape)
}

/// The end of the word that begins at `at`, and its shape.
fn word_end(text: &str, at: usize) -> (usize, Shape) {
    if let Some(end) = dotted_letters_end(text.as_bytes(), at) {
        return (end, Shape::Upper);
    }
    let mut end = at;
    let (mut upper, mut lower) = (0_usize, 0_usize);
    let mut first_is_upper = false;
    let mut rest = text[at..].chars().peekable();
    while let Some(c) = rest.next() {
        let inside =
            is_apostrophe(c) && rest.peek().is_some_and(|next| next.is_alphabetic()) && !follows_possessive(text, end);
        if !(c.is_alphabetic() || inside || is_mark(c)) {
            break;
        }
        first_is_upper |= end == at && c.is_uppercase();
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
        end += c.len_utf8();
    }
    let shape = match (first_is_upper, upper, lower) {
        (_, 2.., 0) => Shape::Upper,
        (true, ..) => Shape::Title,
        _ => Shape::Lower,
    };
    (end, shape)
}

/// Combining accents, which follow their letter in decomposed text.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// The end of `U.S.`, `p.m.`, `D.C.`: two or more single ASCII letters, each with a full stop.
fn dotted_letters_end(bytes: &[u8], at: usize) -> Option<usize> {
    let pairs =
        bytes[at..].chunks(2).take_while(|pair| pair.len() == 2 && pair[0].is_ascii_alphabetic() && pair[1] == b'.');
    let end = at + 2 * pairs.count();
    (end >= at + 4).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pieces(text: &str) -> Vec<&str> {
        tokenize(text, &Words::default()).iter().map(|t| &text[t.start as usize..t.end as usize]).collect()
    }

    #[test]
    fn words_numbers_and_punctuation() {
        assert_eq!(pieces("The two-day visit."), ["The", "two", "-", "day", "visit", "."]);
        assert_eq!(pieces("Chad's N'Djamena didn't"), ["Chad", "'s", "N'Djamena", "didn't"]);
        assert_eq!(pieces("Chad\u{2019}s allies\u{2019} plan"), ["Chad", "\u{2019}s", "allies", "\u{2019}", "plan"]);
        assert_eq!(
            pieces("the U.S.-led U.S.'s a.m. A.B"),
            ["the", "U.S.", "-", "led", "U.S.", "'s", "a.m.", "A", ".", "B"]
        );
        assert_eq!(pieces("12th 1990s P5+1"), ["12", "th", "1990", "s", "P", "5", "+", "1"]);
    }

    #[test]
    fn numbers_keep_their_groups_and_decimals() {
        assert_eq!(pieces("1,990 3.5 12.1.2022 2,14"), ["1,990", "3.5", "12", ".", "1", ".", "2022", "2", ",", "14"]);
        assert_eq!(pieces("on 12. He"), ["on", "12", ".", "He"]);
    }

    proptest! {
        #[test]
        fn tokens_are_in_order_on_character_borders_and_leave_only_white_space(text in "\\PC{0,200}") {
            let mut last = 0;
            for token in tokenize(&text, &Words::default()) {
                let (start, end) = (token.start as usize, token.end as usize);
                prop_assert!(text[last..start].chars().all(char::is_whitespace));
                prop_assert!(start < end && text.is_char_boundary(end));
                last = end;
            }
            prop_assert!(text[last..].chars().all(char::is_whitespace));
        }
    }
}
