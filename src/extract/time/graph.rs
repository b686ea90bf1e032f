//! The patterns of all rules, merged into one graph that is walked along the tokens: common beginnings share their
//! nodes.

use super::class::{Class, ClassSet};
use super::pattern::{Item, Piece, What};
use crate::extract::words::WordId;
use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::Hash;
use std::rc::Rc;

/// A node of the graph: the possible next tokens, and the rules that end here.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// The edges that accept a word, sorted by word.
    pub words: Vec<Edge<WordId>>,
    /// The edges that accept a class.
    pub classes: Vec<Edge<Class>>,
    /// The classes of `classes`.
    pub class_set: ClassSet,
    /// The rules that end here, in the order in which they were added.
    pub rules: Vec<usize>,
}

/// An edge: the token that it accepts, and whether that must follow without white space.
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
    /// A token of the pattern, and the index of the list of steps that can follow.
    Token(Item, usize),
    /// The end of a rule, with its index.
    End(usize),
}

/// Indexes of steps, in the order in which they are tried.
type Steps = Rc<[usize]>;

/// The patterns to compile into a graph.
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

    /// The first steps of `pieces` followed by `next`. An optional piece is tried before what follows it.
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

    /// Builds the nodes of the graph; the first is the start of all rules. A node stands for the set of steps that can
    /// come next.
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

/// Interned items, each with an index.
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
        // The start, after c, before d or e, before the month, before the comma, the end.
        assert_eq!(nodes.len(), 6);
        assert_eq!(nodes.iter().filter(|node| !node.rules.is_empty()).count(), 2);
    }
}
