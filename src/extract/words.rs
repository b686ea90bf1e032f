//! Interned words and phrases: every word of a data file has an id, and phrases are paths of ids.

use super::model::fingerprint;
use rustc_hash::FxHashMap;

/// The id of a word of a data file; [`WordId::UNKNOWN`] for all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordId(pub u32);

impl WordId {
    /// A word that is in no data file.
    pub const UNKNOWN: Self = Self(0);
}

/// The interned words, in folded form: lower case, with straight apostrophes.
#[derive(Debug, Default)]
pub struct Words {
    /// By a 64-bit hash instead of the word, which saves a memory access for each token of a text. The probability
    /// that two of a hundred thousand words collide is one in 4 thousand million.
    ids: FxHashMap<u64, WordId>,
}

impl Words {
    /// The id of a folded word; new words are interned.
    pub fn intern(&mut self, folded: &str) -> WordId {
        let next = WordId(self.count());
        *self.ids.entry(fingerprint(folded.as_bytes())).or_insert(next)
    }

    /// The number of ids, including that of unknown words; they start at 0.
    pub fn count(&self) -> u32 {
        u32::try_from(self.ids.len() + 1).expect("fewer than four billion words")
    }

    /// The id of a folded word.
    pub fn get(&self, folded: &str) -> WordId {
        self.ids.get(&fingerprint(folded.as_bytes())).copied().unwrap_or(WordId::UNKNOWN)
    }
}

/// The position of the bit of a word.
fn place(word: WordId) -> (usize, u64) {
    (word.0 as usize / 64, 1 << (word.0 % 64))
}

/// A map from phrases to values; a phrase can have several.
#[derive(Debug)]
pub struct Phrases<T> {
    /// One bit for each word, set if a phrase begins with it: most words of a text begin none.
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
    /// Adds a value of `phrase`.
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

    /// Whether a phrase begins with this word.
    pub fn begin_with(&self, word: WordId) -> bool {
        let (block, bit) = place(word);
        self.beginnings.get(block).is_some_and(|bits| bits & bit != 0)
    }

    /// The node to which a word leads.
    fn step(&self, node: u32, word: WordId) -> Option<u32> {
        (node > 0 || self.begin_with(word)).then(|| self.edges.get(&(node, word)).copied()).flatten()
    }

    /// Returns the length in words and the values of the longest phrase at the beginning of `words`.
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

    /// Returns the length in words and the values of each phrase at the beginning of `words`, shortest first.
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
