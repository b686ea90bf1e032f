//! The compiled rules of `data/lang/en/date_rules.tsv`, and the longest match at a token.

use super::captures::Captures;
use super::class::{Capture, Class, ClassSet};
use super::classes::Classes;
use super::feasts::Feasts;
use super::graph::{Node, Patterns};
use super::maker::Maker;
use super::meaning::Meaning;
use super::names;
use super::pattern::{Conditions, Named};
use crate::extract::data::{DataFile, data_file};
use crate::extract::text::{Document, Token};
use crate::extract::words::{WordId, Words};
use std::ops::Range;

const RULES: DataFile = data_file!("lang/en/date_rules.tsv");

#[derive(Debug)]
struct Rule {
    name: &'static str,
    maker: Maker,
    conditions: Conditions,
}

/// The compiled rules.
#[derive(Debug)]
pub struct Rules {
    classes: Classes,
    nodes: Vec<Node>,
    rules: Vec<Rule>,
    /// By word id: whether a rule can begin with the word.
    begins: Vec<bool>,
    dashes: [WordId; 4],
    joints: Vec<WordId>,
}

/// The match of a rule, not yet resolved.
#[derive(Clone, Debug)]
pub struct Match {
    /// The tokens of the match.
    pub tokens: Range<usize>,
    /// The expressions: one, several for a list or a span, none if it only looks like a date.
    pub parts: Vec<Part>,
    /// The name of the rule.
    pub rule: &'static str,
}

/// One expression of a match.
#[derive(Clone, Debug)]
pub struct Part {
    /// The tokens of the expression.
    pub tokens: Range<usize>,
    /// The meaning of the expression.
    pub meaning: Meaning,
    /// The link to the previous expression.
    pub link: Option<Link>,
}

/// The link between two expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// The ends of a span.
    Span,
    /// Neighbours: a span only if no days lie between them.
    List,
    /// The old and the new date of a postponement.
    Move,
}

impl Rules {
    /// Compiles the rules, and interns their words.
    pub fn new(words: &mut Words, feasts: &Feasts) -> Self {
        let classes = Classes::new(words, feasts);
        let dashes = ["-", "–", "—", "‑"].map(|dash| words.intern(dash));
        // A number glued to one of these is not a date.
        let joints = ["-", "‑", "/", ".", ":", "+", "%", "#", "@", "_", "$", "£", "€", "°"].map(|w| words.intern(w));
        let mut named = Named::default();
        let mut patterns = Patterns::default();
        let mut rules = Vec::new();
        for row @ [name, pattern, maker, conditions] in RULES.rows::<4>() {
            if name.starts_with('@') {
                named
                    .define(name, pattern, words)
                    .unwrap_or_else(|| RULES.fault(&row, "not a pattern, or a name twice"));
                continue;
            }
            let maker = maker.parse().unwrap_or_else(|_| RULES.fault(&row, "no such meaning"));
            let pattern = named.parse(pattern, words).unwrap_or_else(|| RULES.fault(&row, "not a pattern"));
            let conditions =
                Conditions::parse(conditions, words).unwrap_or_else(|| RULES.fault(&row, "no such condition"));
            patterns.add(rules.len(), &pattern);
            rules.push(Rule { name, maker, conditions });
        }
        let nodes = patterns.graph();
        let mut compiled = Self { classes, nodes, rules, begins: vec![], dashes, joints: joints.into() };
        compiled.begins = (0..words.count()).map(|word| compiled.may_begin(WordId(word))).collect();
        compiled
    }

    fn may_begin(&self, word: WordId) -> bool {
        let Node { words, class_set, .. } = &self.nodes[0];
        words.iter().any(|edge| edge.what == word) || self.classes.begin_with(word, *class_set)
    }

    /// Returns the classes that can begin at each token of `doc`, for [`Rules::longest`].
    pub fn possible_classes(&self, doc: &Document<'_>) -> Vec<ClassSet> {
        self.classes.possible(doc)
    }

    /// Returns the longest match that begins at token `at` of `sentence`; the previous match ends before `last_end`.
    pub fn longest(
        &self,
        doc: &Document<'_>,
        possible: &[ClassSet],
        sentence: &Range<usize>,
        at: usize,
        last_end: usize,
    ) -> Option<Match> {
        let token = &doc.tokens[at];
        let is_number = token.is_number();
        if !is_number && !self.begins.get(token.word.0 as usize).is_some_and(|begins| *begins) {
            return None;
        }
        // "27 March-1 April"
        let goes_on = at == last_end + 1 && self.dashes.contains(&doc.tokens[last_end].word);
        if is_number && token.glued && at > sentence.start && !goes_on && self.is_joint(doc, at - 1) {
            return None;
        }
        let mut walk = Walk { rules: self, doc, possible, sentence, start: at, captures: vec![], best: None };
        walk.from(0, at);
        let (end, rule, captures) = walk.best?;
        if names::is_part_of_a_name(doc, sentence, &(at..end), &captures) {
            return Some(Match { tokens: at..end, parts: vec![], rule: self.rules[rule].name });
        }
        let Rule { name, maker, .. } = &self.rules[rule];
        let parts = parts(&captures, *maker, at..end, |sep| self.link(doc, at, sep));
        Some(Match { tokens: at..end, parts, rule: name })
    }

    /// Whether a number glued to this token is part of something else: `F-16`, `12.1.4`, `$5`.
    fn is_joint(&self, doc: &Document<'_>, at: usize) -> bool {
        let token = &doc.tokens[at];
        token.is_word() || token.is_number() || self.joints.contains(&token.word)
    }

    /// Whether more digits are glued to the number that ends before `end`.
    fn goes_on(&self, doc: &Document<'_>, end: usize) -> bool {
        let glued = |at: usize| doc.tokens.get(at).filter(|token| token.glued);
        let ends_in_digits = doc.tokens[end - 1].is_number();
        ends_in_digits
            && glued(end).is_some_and(|next| self.joints.contains(&next.word))
            && (glued(end + 1).is_some_and(Token::is_number) || doc.token_text(end) == "%")
    }

    /// The link between two neighbouring expressions, from the single word or dash between them. "Between" turns an
    /// "and" into a span; a postponement from one day to another is not a span.
    pub fn link_between(&self, doc: &Document<'_>, first: &Range<usize>, second: &Range<usize>) -> Option<Link> {
        let neighbours = first.end + 1 == second.start && doc.token_text(first.end) != ",";
        let sep = Some(first.end).filter(|_| neighbours).and_then(|at| self.class_of(doc, at, Class::Sep))?;
        Some(self.link(doc, first.start, sep))
    }

    /// Whether a verb before "until" expresses a postponement or an extension.
    pub fn is_prolonged(&self, doc: &Document<'_>, first: usize) -> bool {
        self.is_before(doc, first, &[Class::Moved, Class::Prolonged])
    }

    fn is_before(&self, doc: &Document<'_>, first: usize, classes: &[Class]) -> bool {
        let is = |at| classes.iter().any(|class| self.class_of(doc, at, *class).is_some());
        (first.saturating_sub(VERB_REACH)..first).any(is)
    }

    fn link(&self, doc: &Document<'_>, first: usize, sep: i32) -> Link {
        let before = |class| first.checked_sub(1).and_then(|before| self.class_of(doc, before, class));
        let opens = before(Class::Opens).is_some();
        // "moved from 3 to 5 May", but "moved to 3-5 May"
        let moved = sep == 1 && before(Class::Sep).is_none() && self.is_before(doc, first, &[Class::Moved]);
        match (sep == 1 || opens, moved) {
            (_, true) => Link::Move,
            (true, _) => Link::Span,
            _ => Link::List,
        }
    }

    /// The value in a class of the word at `at`.
    pub fn class_of(&self, doc: &Document<'_>, at: usize, class: Class) -> Option<i32> {
        self.classes.value(doc.tokens[at].word, class)
    }
}

/// How far before "from 3 to 5 May" or "until 5 May" a verb of postponement can stand, in tokens.
const VERB_REACH: usize = 7;

/// The classes that the items of a list share: in "12 and 13 March 2024" the month and the year.
const SHARED: [&[Class]; 7] = [
    &[Class::Parts],
    &[Class::Day],
    &[Class::Era],
    &[Class::Month, Class::SafeMonth],
    &[Class::Year, Class::ModernYear, Class::YearWords],
    &[Class::Unit, Class::Units],
    &[Class::Weekday],
];

/// The parts of a match: its captures, split at the separators (`SEP`).
fn parts(captures: &[Capture], maker: Maker, tokens: Range<usize>, link: impl Fn(i32) -> Link) -> Vec<Part> {
    let pieces: Vec<&[Capture]> = captures.split(|capture| capture.class == Class::Sep).collect();
    let seps: Vec<&Capture> = captures.iter().filter(|capture| capture.class == Class::Sep).collect();
    let part = |at: usize| {
        let own = pieces[at];
        let link = at.checked_sub(1).map(|before| link(seps[before].value));
        let start = at.checked_sub(1).map_or(tokens.start, |before| seps[before].tokens.end);
        let end = seps.get(at).map_or(tokens.end, |sep| sep.tokens.start);
        let mut all = own.to_vec();
        for shared in SHARED {
            let find = |piece: &[Capture]| piece.iter().find(|capture| shared.contains(&capture.class)).cloned();
            let has_own = find(own).is_some();
            let others = pieces[at..].iter().chain(pieces[..at].iter().rev());
            all.extend(others.copied().find_map(find).filter(|_| !has_own));
        }
        all.extend(afternoon(own, &pieces[at..]));
        if let Some(before) = at.checked_sub(1).filter(|before| seps[*before].value == 1) {
            complete_day(pieces[before], &mut all);
        }
        Some(Part { tokens: start..end, meaning: maker.make(Captures(&all))?, link })
    };
    (0..pieces.len()).map(part).collect::<Option<_>>().unwrap_or_default()
}

/// In "27-8 February", eight is the twenty-eighth.
fn complete_day(before: &[Capture], own: &mut [Capture]) {
    let month = |captures: &[Capture]| captures.iter().any(|c| matches!(c.class, Class::Month | Class::SafeMonth));
    let first = before.iter().find(|capture| capture.class == Class::Day).filter(|_| !month(before));
    let last = own.iter_mut().find(|capture| capture.class == Class::Day);
    if let Some((first, last)) = first.zip(last) {
        let completed = first.value - first.value % 10 + last.value;
        if last.value < 10 && last.value < first.value && first.value < completed && completed <= 31 {
            last.value = completed;
        }
    }
}

/// In "3 to 5 p.m.", three is p.m. as well.
fn afternoon(own: &[Capture], later: &[&[Capture]]) -> Option<Capture> {
    let hour = own.iter().find(|capture| capture.class == Class::Hour)?;
    let until = later.iter().flat_map(|piece| piece.iter()).find(|capture| capture.class == Class::Clock)?;
    let fits = until.value >= 720 && hour.value % 12 * 60 + 720 <= until.value;
    fits.then(|| Capture { class: Class::Part, value: 2, tokens: hour.tokens.clone() })
}

struct Walk<'a, 't> {
    rules: &'a Rules,
    doc: &'a Document<'t>,
    possible: &'a [ClassSet],
    sentence: &'a Range<usize>,
    start: usize,
    captures: Vec<Capture>,
    best: Option<(usize, usize, Vec<Capture>)>,
}

impl Walk<'_, '_> {
    fn from(&mut self, node: usize, at: usize) {
        let Node { words, classes, class_set, rules } = &self.rules.nodes[node];
        let longer = self.best.as_ref().is_none_or(|(end, _, _)| at >= *end);
        if longer && !rules.is_empty() && !self.rules.goes_on(self.doc, at) {
            let holds = |rule: &&usize| {
                let conditions = &self.rules.rules[**rule].conditions;
                conditions.hold(&self.rules.classes, self.doc, self.sentence, &(self.start..at))
            };
            if let Some(&rule) = rules.iter().find(holds) {
                let better = self.best.as_ref().is_none_or(|(end, known, _)| (at, *known) > (*end, rule));
                if better {
                    self.best = Some((at, rule, self.captures.clone()));
                }
            }
        }
        if at >= self.sentence.end {
            return;
        }
        let glued = self.doc.tokens[at].glued;
        // A hyphen in a pattern matches any dash in the text.
        let found = self.doc.tokens[at].word;
        let found = if self.rules.dashes.contains(&found) { self.rules.dashes[0] } else { found };
        if found != WordId::UNKNOWN {
            let first = words.partition_point(|edge| edge.what < found);
            let same = words[first..].iter().take_while(|edge| edge.what == found);
            for edge in same.filter(|edge| glued || !edge.glued) {
                self.from(edge.next, at + 1);
            }
        }
        if !self.possible[at].meets(*class_set) {
            return;
        }
        for edge in classes.iter().filter(|edge| self.possible[at].has(edge.what) && (glued || !edge.glued)) {
            let read = self.rules.classes.read(edge.what, self.doc, at, self.sentence.end);
            let Some((value, length)) = read else { continue };
            self.captures.push(Capture { class: edge.what, value, tokens: at..at + length });
            self.from(edge.next, at + length);
            self.captures.pop();
        }
    }
}
