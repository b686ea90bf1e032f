//! The patterns of all rules as one graph, which is walked along the tokens: ways that go on alike lead to one node.

use super::class::{Class, ClassSet};
use super::pattern::{Item, Piece, What};
use crate::extract::words::WordId;
use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::Hash;
use std::rc::Rc;

/// A place in the graph: what the next token may be, and which rules end here.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// Where a word leads, in the order of the words.
    pub words: Vec<Edge<WordId>>,
    /// Where a class leads.
    pub classes: Vec<Edge<Class>>,
    /// The classes of `classes`.
    pub class_set: ClassSet,
    /// The rules that end here, in the order in which they were added.
    pub rules: Vec<usize>,
}

/// A way from one node to the next: what a token must be, and whether without white space before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge<T> {
    pub what: T,
    pub glued: bool,
    pub next: usize,
}

impl Node {
    fn add(&mut self, Item { what, glued }: Item, next: usize) {
        match what {
            What::Word(what) => self.words.push(Edge { what, glued, next }),
            What::Class(what) => {
                self.classes.push(Edge { what, glued, next });
                self.class_set = self.class_set | ClassSet::of(&[what]);
            }
        }
    }
}

/// A step through a pattern.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Step {
    /// A token of the pattern, and the number of the steps one of which must follow.
    Token(Item, usize),
    /// The end of a rule.
    End(usize),
}

/// Steps by their numbers, in the order in which they are tried.
type Steps = Rc<[usize]>;

/// The patterns from which a graph is made.
#[derive(Default)]
pub(super) struct Patterns {
    steps: Numbered<Step>,
    following: Numbered<Steps>,
    /// The steps that begin a rule.
    first: Vec<usize>,
}

impl Patterns {
    /// Adds the pattern of a rule.
    pub fn add(&mut self, rule: usize, pattern: &[Piece]) {
        let end = self.steps.number(Step::End(rule));
        let first = self.before(vec![end], pattern);
        self.first.extend(first);
    }

    /// The steps that begin `pieces` where `next` follows them. A piece that may be missing is tried before what follows
    /// it.
    fn before(&mut self, next: Vec<usize>, pieces: &[Piece]) -> Vec<usize> {
        pieces.iter().rev().fold(next, |next, piece| {
            let (mut steps, optional) = match piece {
                Piece::Items { any_of, optional } => {
                    let following = self.following.number(next.as_slice().into());
                    let step = |item: &Item| self.steps.number(Step::Token(*item, following));
                    (any_of.iter().map(step).collect::<Vec<_>>(), *optional)
                }
                Piece::Groups { any_of, optional } => {
                    (any_of.iter().flat_map(|group| self.before(next.clone(), group)).collect(), *optional)
                }
            };
            if optional {
                steps.extend(next);
            }
            distinct(steps)
        })
    }

    /// The nodes of the graph, the one where all rules begin first. A node stands for the steps that may come next.
    pub fn graph(self) -> Vec<Node> {
        let mut reached: Numbered<Steps> = Numbered::default();
        reached.number(self.first.into());
        let mut nodes = Vec::new();
        while let Some(steps) = reached.items.get(nodes.len()).cloned() {
            let mut node = Node::default();
            let mut ways: Numbered<Item> = Numbered::default();
            let mut following: Vec<Vec<usize>> = Vec::new();
            for step in steps.iter() {
                match self.steps.items[*step] {
                    Step::End(rule) => node.rules.push(rule),
                    Step::Token(item, next) => {
                        let way = ways.number(item);
                        following.resize_with(ways.items.len(), Vec::new);
                        following[way].extend_from_slice(&self.following.items[next]);
                    }
                }
            }
            for (item, steps) in ways.items.into_iter().zip(following) {
                node.add(item, reached.number(distinct(steps).into()));
            }
            node.words.sort_by_key(|edge| edge.what);
            nodes.push(node);
        }
        nodes
    }
}

fn distinct(mut steps: Vec<usize>) -> Vec<usize> {
    let mut seen = FxHashSet::default();
    steps.retain(|step| seen.insert(*step));
    steps
}

/// Items that are each kept once, by their numbers.
struct Numbered<T> {
    numbers: FxHashMap<T, usize>,
    items: Vec<T>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self { numbers: FxHashMap::default(), items: Vec::new() }
    }
}

impl<T: Clone + Eq + Hash> Numbered<T> {
    fn number(&mut self, item: T) -> usize {
        let next = self.items.len();
        *self.numbers.entry(item).or_insert_with_key(|item| {
            self.items.push(item.clone());
            next
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::time::pattern::Named;
    use crate::extract::words::Words;

    fn graph(patterns: &[&str]) -> Vec<Node> {
        let mut words = Words::default();
        let mut all = Patterns::default();
        for (rule, pattern) in patterns.iter().enumerate() {
            all.add(rule, &Named::default().parse(pattern, &mut words).unwrap());
        }
        all.graph()
    }

    #[test]
    fn rules_share_how_they_begin() {
        let nodes = graph(&["a MONTH", "a YEAR", "a MONTH"]);
        assert_eq!(nodes[0].words.len(), 1);
        let second = &nodes[nodes[0].words[0].next];
        assert_eq!(second.classes.iter().map(|edge| edge.what).collect::<Vec<_>>(), [Class::Month, Class::Year]);
        assert_eq!(nodes[second.classes[0].next].rules, [0, 2]);
        assert_eq!(nodes.len(), 4);
    }

    #[test]
    fn alternatives_share_how_they_go_on() {
        let nodes = graph(&["( a|b | c DAY )? ( d | e )? MONTH ,?"]);
        // Before all, after c, before d or e, before the month, before the comma, the end.
        assert_eq!(nodes.len(), 6);
        assert_eq!(nodes.iter().filter(|node| !node.rules.is_empty()).count(), 2);
    }
}
