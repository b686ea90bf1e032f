//! Words and phrases as numbers: every word that any data file knows has an id, and phrases are paths of ids.

use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

/// The number of a word that some data file knows; [`WordId::UNKNOWN`] for all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordId(pub u32);

impl WordId {
    /// A word that no data file knows.
    pub const UNKNOWN: Self = Self(0);
}

/// The known words, in their folded form: lower case, with straight apostrophes.
#[derive(Debug, Default)]
pub struct Words {
    /// By a hash of 64 bits and not by the word, which would be read from elsewhere for each token of a text. That two of a
    /// hundred thousand words share one is as likely as one in 4 thousand million.
    ids: FxHashMap<u64, WordId>,
}

fn hash(folded: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(folded.as_bytes());
    hasher.finish()
}

impl Words {
    /// The id of a folded word, made if it is new.
    pub fn intern(&mut self, folded: &str) -> WordId {
        let next = WordId(self.count());
        *self.ids.entry(hash(folded)).or_insert(next)
    }

    /// How many ids there are, that of unknown words included: they run from 0.
    pub fn count(&self) -> u32 {
        u32::try_from(self.ids.len() + 1).expect("fewer than four billion words")
    }

    /// The id of a folded word.
    pub fn get(&self, folded: &str) -> WordId {
        self.ids.get(&hash(folded)).copied().unwrap_or(WordId::UNKNOWN)
    }
}

/// Where the bit of a word stands.
fn place(word: WordId) -> (usize, u64) {
    (word.0 as usize / 64, 1 << (word.0 % 64))
}

/// A set of phrases, each with what it stands for; one phrase may stand for several things.
#[derive(Debug)]
pub struct Phrases<T> {
    /// A bit for each word, set where some phrase begins with it: most words of a text begin none.
    beginnings: Vec<u64>,
    edges: FxHashMap<(u32, WordId), u32>,
    ends: Vec<Vec<T>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { beginnings: Vec::new(), edges: FxHashMap::default(), ends: vec![Vec::new()] }
    }
}

impl<T> Phrases<T> {
    /// Adds what `phrase` stands for.
    pub fn insert(&mut self, phrase: &[WordId], value: T) {
        if let Some(first) = phrase.first() {
            let (block, bit) = place(*first);
            self.beginnings.resize(self.beginnings.len().max(block + 1), 0);
            self.beginnings[block] |= bit;
        }
        let mut node = 0;
        for &word in phrase {
            let next = u32::try_from(self.ends.len()).expect("fewer than four billion phrases");
            node = *self.edges.entry((node, word)).or_insert(next);
            if node == next {
                self.ends.push(Vec::new());
            }
        }
        self.ends[node as usize].push(value);
    }

    /// Whether some phrase begins with this word.
    pub fn begin_with(&self, word: WordId) -> bool {
        let (block, bit) = place(word);
        self.beginnings.get(block).is_some_and(|bits| bits & bit != 0)
    }

    /// Where a word leads to from the beginning of a phrase, or of what was read of one.
    fn step(&self, node: u32, word: WordId) -> Option<u32> {
        (node > 0 || self.begin_with(word)).then(|| self.edges.get(&(node, word)).copied()).flatten()
    }

    /// What the longest phrase at the start of `words` stands for, and its length in words.
    pub fn longest(&self, words: impl Iterator<Item = WordId>) -> Option<(usize, &[T])> {
        let mut node = 0;
        let mut found = None;
        for (at, word) in words.enumerate() {
            let Some(next) = self.step(node, word) else { break };
            node = next;
            let values = &self.ends[node as usize];
            if !values.is_empty() {
                found = Some((at + 1, values.as_slice()));
            }
        }
        found
    }

    /// What each phrase at the start of `words` stands for, and its length in words, the shortest first.
    pub fn prefixes(&self, words: impl Iterator<Item = WordId>) -> impl Iterator<Item = (usize, &[T])> {
        let mut node = 0;
        let ends = words.map_while(move |word| {
            node = self.step(node, word)?;
            Some(self.ends[node as usize].as_slice())
        });
        ends.enumerate().filter(|(_, values)| !values.is_empty()).map(|(at, values)| (at + 1, values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins() {
        let mut words = Words::default();
        let ids: Vec<_> = ["new", "york", "city", "times"].iter().map(|w| words.intern(w)).collect();
        let mut phrases = Phrases::default();
        phrases.insert(&ids[..2], "state");
        phrases.insert(&ids[..3], "city");
        assert_eq!(phrases.longest(ids.iter().copied()), Some((3, &["city"][..])));
        assert_eq!(phrases.longest([ids[0], ids[1], ids[3]].into_iter()), Some((2, &["state"][..])));
        assert_eq!(phrases.longest([ids[1]].into_iter()), None);
        let prefixes = phrases.prefixes(ids.iter().copied());
        assert_eq!(prefixes.collect::<Vec<_>>(), [(2, &["state"][..]), (3, &["city"][..])]);
    }
}
