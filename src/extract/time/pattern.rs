//! The pattern language of `data/lang/en/date_rules.tsv`: parses patterns into items, alternatives and optional
//! groups, and the conditions on the context of an expression.

use super::class::Class;
use super::classes::Classes;
use crate::extract::text::Document;
use crate::extract::words::{WordId, Words};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A token of a pattern: a class or a word, and whether it must follow without white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Item {
    pub what: What,
    pub glued: bool,
}

/// The condition on a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum What {
    Class(Class),
    Word(WordId),
}

impl What {
    /// `\\(` is a literal bracket, as `(` opens a group.
    fn parse(word: &str, words: &mut Words) -> Self {
        let word = word.strip_prefix('\\').unwrap_or(word);
        word.parse().map_or_else(|_| Self::Word(words.intern(word)), Self::Class)
    }
}

/// A part of a pattern: one of several items or groups, possibly optional.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Items { any_of: Vec<Item>, optional: bool },
    Groups { any_of: Vec<Vec<Piece>>, optional: bool },
}

/// Named patterns, for use in others.
#[derive(Debug, Default)]
pub(super) struct Named(FxHashMap<&'static str, Vec<Piece>>);

impl Named {
    /// Defines a named pattern, which can use those defined before; `None` if it is invalid.
    pub fn define(&mut self, name: &'static str, pattern: &str, words: &mut Words) -> Option<()> {
        let pieces = self.parse(pattern, words)?;
        self.0.insert(name, pieces).is_none().then_some(())
    }

    /// Parses a pattern: `a|b?` is an item, `( a b | c )?` a group, `@name` a named pattern; `None` if a bracket is
    /// missing or a name is not defined.
    pub fn parse(&self, pattern: &str, words: &mut Words) -> Option<Vec<Piece>> {
        let named = |slot: &str| self.0.get(slot.trim_end_matches('?')).cloned();
        parse(pattern, words, named)
    }
}

fn parse(pattern: &str, words: &mut Words, named: impl Fn(&str) -> Option<Vec<Piece>>) -> Option<Vec<Piece>> {
    // The open groups, each with its alternatives.
    let mut open: Vec<Vec<Vec<Piece>>> = vec![vec![vec![]]];
    for slot in pattern.split_whitespace() {
        match slot {
            "(" => open.push(vec![vec![]]),
            "|" => open.last_mut()?.push(vec![]),
            ")" | ")?" => {
                let group = Piece::Groups { any_of: open.pop()?, optional: slot.ends_with('?') };
                open.last_mut()?.last_mut()?.push(group);
            }
            slot if slot.starts_with('@') => {
                let any_of = vec![named(slot)?];
                open.last_mut()?.last_mut()?.push(Piece::Groups { any_of, optional: slot.ends_with('?') });
            }
            slot => open.last_mut()?.last_mut()?.push(items(slot, words)),
        }
    }
    let mut whole = open.pop().filter(|whole| open.is_empty() && whole.len() == 1)?;
    whole.pop()
}

/// Parses `a|b?`, `~-`.
fn items(slot: &str, words: &mut Words) -> Piece {
    let (slot, optional) = match slot.strip_suffix('?') {
        Some(slot) if !slot.is_empty() => (slot, true),
        _ => (slot, false),
    };
    let (slot, glued) = slot.strip_prefix('~').map_or((slot, false), |slot| (slot, true));
    let any_of = slot.split('|').map(|word| Item { what: What::parse(word, words), glued }).collect();
    Piece::Items { any_of, optional }
}

/// Conditions on the context of an expression.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    before: Vec<What>,
    not_before: Vec<What>,
    after: Vec<What>,
    not_after: Vec<What>,
    /// One list for each of the next tokens.
    must_follow: Vec<Vec<What>>,
}

impl Conditions {
    /// Parses `<in|of` (preceded by one of these), `!<` (preceded by none of these), `>` (followed by no word but
    /// these), `!>` (followed by none of these), `+>` (followed by one of these; repeated for the token after that).
    pub fn parse(cell: &str, words: &mut Words) -> Option<Self> {
        let mut conditions = Self::default();
        for term in cell.split_whitespace() {
            let (sign, list) = term.split_at(term.find(['<', '>'])? + 1);
            let list = list.split('|').map(|word| What::parse(word, words)).collect();
            match sign {
                "<" => conditions.before = list,
                "!<" => conditions.not_before = list,
                ">" => conditions.after = list,
                "!>" => conditions.not_after = list,
                "+>" => conditions.must_follow.push(list),
                _ => return None,
            }
        }
        Some(conditions)
    }

    /// Whether the conditions hold for `tokens` of `sentence`.
    pub fn hold(&self, classes: &Classes, doc: &Document<'_>, sentence: &Range<usize>, tokens: &Range<usize>) -> bool {
        let is = |at: usize, any_of: &[What]| {
            any_of.iter().any(|what| match *what {
                What::Word(word) => doc.tokens[at].word == word,
                // The capital letter that begins a sentence does not count.
                What::Class(Class::Capital) if at == sentence.start => false,
                What::Class(class) => classes.read(class, doc, at, sentence.end).is_some(),
            })
        };
        let before = tokens.start.checked_sub(1).filter(|at| *at >= sentence.start);
        let after = Some(tokens.end).filter(|at| *at < sentence.end);
        (self.before.is_empty() || before.is_some_and(|at| is(at, &self.before)))
            && !before.is_some_and(|at| is(at, &self.not_before))
            && (self.after.is_empty() || after.is_none_or(|at| !doc.tokens[at].is_word() || is(at, &self.after)))
            && !after.is_some_and(|at| is(at, &self.not_after))
            && (tokens.end..).zip(&self.must_follow).all(|(at, any_of)| at < sentence.end && is(at, any_of))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_may_be_missing_and_nest() {
        let mut words = Words::default();
        let mut named = Named::default();
        named.define("@day", "( WEEKDAY ,? )? MONTH", &mut words).unwrap();
        let parsed = named.parse("@day ( a | b ~c )", &mut words).unwrap();
        let Piece::Groups { any_of, optional: false } = &parsed[0] else { panic!("{parsed:?}") };
        let parsed: Vec<Piece> = any_of[0].iter().cloned().chain(parsed[1..].iter().cloned()).collect();
        assert!(matches!(&parsed[0], Piece::Groups { any_of, optional: true } if any_of[0].len() == 2));
        assert!(matches!(&parsed[1], Piece::Items { optional: false, .. }));
        assert!(matches!(&parsed[2], Piece::Groups { any_of, optional: false } if any_of.len() == 2));
        for wrong in ["( a", "a )", "a | b", "@other"] {
            assert_eq!(named.parse(wrong, &mut words), None, "{wrong}");
        }
    }
}
