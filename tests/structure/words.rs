//! Finds comparisons with words of a language, which belong in the data files.

use crate::tokens::{Kind, Token, closing, opening};
use std::ops::Range;

/// The methods that compare a text with their argument or search it for this, and the one that
/// turns a word into the number that later steps compare.
const METHODS: [&str; 15] = [
    "starts_with",
    "ends_with",
    "strip_prefix",
    "strip_suffix",
    "eq_ignore_ascii_case",
    "contains",
    "find",
    "rfind",
    "split_once",
    "rsplit_once",
    "eq",
    "ne",
    "trim_start_matches",
    "trim_end_matches",
    "intern",
];

/// Returns the words with which the code of a file compares a text, and their lines.
pub fn compared_words(tokens: &[Token]) -> Vec<(&str, usize)> {
    let patterns = patterns(tokens);
    let words = (0..tokens.len()).filter(|at| tokens[*at].kind == Kind::String && is_word(&tokens[*at].text));
    let compared = words.filter(|at| {
        is_operand(tokens, *at)
            || is_argument(tokens, *at)
            || is_in_searched_list(tokens, *at)
            || patterns.iter().any(|pattern| pattern.contains(at))
    });
    compared.map(|at| (&*tokens[at].text, tokens[at].line)).collect()
}

/// Returns whether a literal is a word of a language: it has a lower-case letter. Punctuation and
/// codes such as `NATO` are not words.
fn is_word(literal: &str) -> bool {
    let literal = literal.replace("\\n", "").replace("\\t", "").replace("\\r", "");
    literal.chars().any(|c| c.is_alphabetic() && !c.is_uppercase())
}

/// Returns whether a literal is an operand of `==` or `!=`, on its own, in a list or as
/// `Some("to")`.
fn is_operand(tokens: &[Token], at: usize) -> bool {
    let (mut first, mut last) = list(tokens, at).unwrap_or((at, at));
    while first > 1 {
        if tokens[first - 1].is("&") {
            first -= 1;
        } else if tokens[first - 1].is("(") && tokens[first - 2].is_word("Some") {
            (first, last) = (first - 2, last + 1);
        } else {
            break;
        }
    }
    let is_comparison = |token: &Token| token.is("==") || token.is("!=");
    first > 0 && is_comparison(&tokens[first - 1]) || tokens.get(last + 1).is_some_and(is_comparison)
}

/// Returns whether a literal is, or is in a list that is, the argument of a method that compares.
fn is_argument(tokens: &[Token], at: usize) -> bool {
    let first = list(tokens, at).map_or(at, |(open, _)| open);
    let before = (0..first).rev().find(|before| !tokens[*before].is("&"));
    before.is_some_and(|open| {
        open > 1
            && tokens[open].is("(")
            && tokens[open - 2].is(".")
            && METHODS.iter().any(|method| tokens[open - 1].is_word(method))
    })
}

/// Returns whether a literal is in a list that is searched: `["to", "of"].contains(..)`,
/// `["to"].iter().any(..)`.
fn is_in_searched_list(tokens: &[Token], at: usize) -> bool {
    let Some((_, close)) = list(tokens, at) else { return false };
    let calls = |at: usize, methods: &[&str]| {
        let name = tokens.get(at + 1).filter(|_| tokens[at].is("."));
        name.is_some_and(|name| methods.iter().any(|method| name.is_word(method)))
    };
    let is_iterated = calls(close + 1, &["iter", "into_iter"]);
    calls(close + 1, &["contains", "binary_search"])
        || is_iterated && calls(close + 5, &["any", "all", "find", "position"])
}

/// Returns the brackets of the list of literals that contains the one at `at`. The brackets of an
/// index are no list.
fn list(tokens: &[Token], at: usize) -> Option<(usize, usize)> {
    let is_element = |token: &Token| token.kind == Kind::String || token.is(",") || token.is("&");
    let open = (0..at).rev().find(|before| !is_element(&tokens[*before]))?;
    let before = tokens.get(open.checked_sub(1)?)?;
    let is_index = before.is(")") || before.is("]") || before.kind == Kind::Word && !before.is_word("in");
    (tokens[open].is("[") && !is_index).then(|| (open, closing(tokens, open)))
}

/// Returns the ranges of all patterns: those of `match`, `let` and `matches!`, without guards.
fn patterns(tokens: &[Token]) -> Vec<Range<usize>> {
    let pattern = |at: usize| {
        if tokens[at].is("=>") {
            Some(pattern_before(tokens, at))
        } else if tokens[at].is_word("let") {
            let length = tokens[at..].iter().position(|token| token.is("=") || token.is(";"))?;
            Some(at..at + length)
        } else if tokens[at].is_word("matches") && tokens.get(at + 1)?.is("!") {
            let end = closing(tokens, at + 2);
            let comma = next(tokens, at + 3, |token| token.is(","));
            Some(comma..next(tokens, comma, |token| token.is_word("if")).min(end))
        } else {
            None
        }
    };
    (0..tokens.len()).filter_map(pattern).collect()
}

/// Returns the range of the pattern before the `=>` at `arrow`. It starts after a comma, an opening
/// bracket or the block of the arm before.
fn pattern_before(tokens: &[Token], arrow: usize) -> Range<usize> {
    let (mut start, mut end) = (arrow, arrow);
    while start > 0 {
        let token = &tokens[start - 1];
        let is_block = token.is("}")
            && !["=>", "|", "@"].iter().any(|operator| tokens[start].is(operator))
            && !tokens[start].is_word("if");
        if token.is(",") || token.is(";") || token.is("=>") || token.opens() || is_block {
            break;
        }
        start = if token.closes() { opening(tokens, start - 1) } else { start - 1 };
        if tokens[start].is_word("if") {
            end = start;
        }
    }
    start..end
}

/// Returns the index of the first token from `at` on, outside brackets, that meets a condition;
/// otherwise of the bracket that ends the group.
fn next(tokens: &[Token], mut at: usize, condition: impl Fn(&Token) -> bool) -> usize {
    while at < tokens.len() && !tokens[at].closes() && !condition(&tokens[at]) {
        at = if tokens[at].opens() { closing(tokens, at) + 1 } else { at + 1 };
    }
    at
}
