//! The rules of `data/time/rules.tsv`, compiled: a tree of pattern items, walked along the tokens.

use super::classes::{Captures, Class, Classes};
use super::maker::Maker;
use super::meaning::Meaning;
use crate::extract::data::{DataFile, data_file};
use crate::extract::text::Document;
use crate::extract::words::{WordId, Words};
use rustc_hash::FxHashSet;
use std::ops::Range;

const RULES: DataFile = data_file!("time/rules.tsv");

/// One item of a pattern: a class or a word, and whether it must follow without white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Item {
    what: What,
    glued: bool,
}

impl Item {
    fn word(self) -> Option<WordId> {
        match self.what {
            What::Word(word) => Some(word),
            What::Class(_) => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Class(Class),
    Word(WordId),
}

#[derive(Debug, Default)]
struct Node {
    edges: Vec<(Item, usize)>,
    /// The rules that end here, in the order of the file.
    rules: Vec<usize>,
}

#[derive(Debug)]
struct Rule {
    name: &'static str,
    maker: Maker,
    condition: Condition,
}

/// What must stand around an expression.
#[derive(Debug)]
enum Condition {
    None,
    /// One of these words before it.
    Before(Vec<WordId>),
    /// No word after it but one of these.
    After(Vec<WordId>),
}

impl Condition {
    fn parse(cell: &str, words: &mut Words) -> Self {
        let mut ids = |list: &str| list.split('|').map(|word| words.intern(word)).collect();
        match cell.split_at_checked(1) {
            Some(("<", list)) => Self::Before(ids(list)),
            Some((">", list)) => Self::After(ids(list)),
            _ => Self::None,
        }
    }

    fn holds(&self, doc: &Document<'_>, tokens: &Range<usize>) -> bool {
        match self {
            Self::None => true,
            Self::Before(words) => tokens.start > 0 && words.contains(&doc.tokens[tokens.start - 1].word),
            Self::After(words) => {
                doc.tokens.get(tokens.end).is_none_or(|next| !next.is_word() || words.contains(&next.word))
            }
        }
    }
}

/// The compiled rules.
#[derive(Debug)]
pub struct Rules {
    nodes: Vec<Node>,
    rules: Vec<Rule>,
    first_words: FxHashSet<WordId>,
    dashes: [WordId; 4],
    borders: Vec<WordId>,
}

/// A date expression that a rule matched, not yet resolved.
#[derive(Clone, Debug)]
pub struct Match {
    /// The tokens it covers.
    pub tokens: Range<usize>,
    /// What it means; none where it only looks like a date.
    pub meaning: Option<Meaning>,
    /// The name of the rule.
    pub rule: &'static str,
}

impl Rules {
    /// Compiles the rules, making their words known.
    pub fn new(words: &mut Words) -> Self {
        let dashes = ["-", "–", "—", "‑"].map(|dash| words.intern(dash));
        let borders =
            ["to", "and", "until", "through"].map(|word| words.intern(word)).into_iter().chain(dashes).collect();
        let mut compiled = Self {
            nodes: vec![Node::default()],
            rules: Vec::new(),
            first_words: FxHashSet::default(),
            dashes,
            borders,
        };
        for row @ [name, pattern, meaning, condition] in RULES.rows::<4>() {
            let maker = meaning.parse().unwrap_or_else(|_| RULES.fault(&row, "no such meaning"));
            let condition = Condition::parse(condition, words);
            compiled.rules.push(Rule { name, maker, condition });
            let slots: Vec<(Vec<Item>, bool)> =
                pattern.split_whitespace().map(|slot| parse_slot(slot, words)).collect();
            compiled.add(0, &slots, compiled.rules.len() - 1);
        }
        let firsts = compiled.nodes[0].edges.iter();
        compiled.first_words = firsts.filter_map(|(item, _)| item.word()).collect();
        compiled
    }

    /// Adds every way through `slots` below `node`.
    fn add(&mut self, node: usize, slots: &[(Vec<Item>, bool)], rule: usize) {
        let Some(((items, optional), rest)) = slots.split_first() else {
            self.nodes[node].rules.push(rule);
            return;
        };
        if *optional {
            self.add(node, rest, rule);
        }
        for &item in items {
            let known = self.nodes[node].edges.iter().find(|(known, _)| *known == item);
            let next = known.map_or(self.nodes.len(), |(_, next)| *next);
            if next == self.nodes.len() {
                self.nodes.push(Node::default());
                self.nodes[node].edges.push((item, next));
            }
            self.add(next, rest, rule);
        }
    }

    /// The token between the two ends of a span of days.
    pub fn border(&self, doc: &Document<'_>, tokens: &Range<usize>) -> Option<usize> {
        tokens.clone().find(|at| self.borders.contains(&doc.tokens[*at].word))
    }

    /// The longest expression that begins at token `at` and ends before `limit`.
    pub fn longest(&self, classes: &Classes, doc: &Document<'_>, at: usize, limit: usize) -> Option<Match> {
        if !classes.speaks_of_time(doc, at) && !self.first_words.contains(&doc.tokens[at].word) {
            return None;
        }
        let mut walk = Walk { rules: self, classes, doc, limit, captures: Captures::default(), best: None };
        walk.from(0, at, at);
        let (end, rule, captures) = walk.best?;
        let Rule { name, maker, .. } = &self.rules[rule];
        Some(Match { tokens: at..end, meaning: maker.make(&captures), rule: name })
    }
}

/// Reads `a|b?`, `~-`: the alternatives, and whether they may be missing.
fn parse_slot(slot: &str, words: &mut Words) -> (Vec<Item>, bool) {
    let (slot, optional) = match slot.strip_suffix('?') {
        Some(slot) if !slot.is_empty() => (slot, true),
        _ => (slot, false),
    };
    let (slot, glued) = slot.strip_prefix('~').map_or((slot, false), |slot| (slot, true));
    let item = |word: &str| {
        let what = word.parse().map_or_else(|_| What::Word(words.intern(word)), What::Class);
        Item { what, glued }
    };
    (slot.split('|').map(item).collect(), optional)
}

/// One walk down the tree.
struct Walk<'a, 't> {
    rules: &'a Rules,
    classes: &'a Classes,
    doc: &'a Document<'t>,
    limit: usize,
    captures: Captures,
    best: Option<(usize, usize, Captures)>,
}

impl Walk<'_, '_> {
    fn from(&mut self, node: usize, start: usize, at: usize) {
        let Node { edges, rules } = &self.rules.nodes[node];
        let holds = |rule: &&usize| self.rules.rules[**rule].condition.holds(self.doc, &(start..at));
        if let Some(&rule) = rules.iter().find(holds).filter(|_| at > start) {
            let better = self.best.as_ref().is_none_or(|(end, known, _)| (at, *known) > (*end, rule));
            if better {
                self.best = Some((at, rule, self.captures.clone()));
            }
        }
        if at >= self.limit {
            return;
        }
        for &(item, next) in edges {
            if item.glued && !self.doc.tokens[at].glued {
                continue;
            }
            match item.what {
                What::Word(word) if self.matches(word, at) => self.from(next, start, at + 1),
                What::Word(_) => {}
                What::Class(class) => {
                    let Some((value, length)) = self.classes.read(class, self.doc, at, self.limit) else { continue };
                    self.captures.push(class, value);
                    self.from(next, start, at + length);
                    self.captures.pop();
                }
            }
        }
    }

    /// Whether the token is the word; a hyphen in a pattern is any dash in the text.
    fn matches(&self, word: WordId, at: usize) -> bool {
        let found = self.doc.tokens[at].word;
        found == word || word == self.rules.dashes[0] && self.rules.dashes.contains(&found)
    }
}
