//! The time words: the classes and values in the last column of `data/lang/en/lexicon.tsv`.

use super::class::Class;
use crate::extract::lexicon::LEXICON;
use crate::extract::text::{Document, Token};
use crate::extract::words::{WordId, Words};

/// A class of a word: its value, and how the word must be written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub class: Class,
    value: i32,
    capital: bool,
    takes_full_stop: bool,
}

impl Entry {
    /// Parses `MONTH+=3^`.
    fn parse(cell: &str) -> Option<Self> {
        fn marked(cell: &str, mark: char) -> (&str, bool) {
            cell.strip_suffix(mark).map_or((cell, false), |rest| (rest, true))
        }
        let (cell, capital) = marked(cell, '^');
        let (class, value) = cell.split_once('=').unwrap_or((cell, "0"));
        let (class, takes_full_stop) = marked(class, '+');
        Some(Self { class: class.parse().ok()?, value: value.parse().ok()?, capital, takes_full_stop })
    }
}

/// The time words, by word id.
#[derive(Debug)]
pub(super) struct TimeWords {
    entries: Vec<Vec<Entry>>,
    full_stop: WordId,
    pub hyphen: WordId,
    pub colon: WordId,
    /// Plural endings (`true`) and exceptions to them (`false`).
    plural_endings: Vec<(&'static str, bool)>,
}

impl TimeWords {
    /// Loads the list, and interns its words.
    pub fn new(words: &mut Words) -> Self {
        let mut entries: Vec<Vec<Entry>> = Vec::new();
        let mut plural_endings = Vec::new();
        for row @ [word, _, _, dates] in LEXICON.rows::<4>() {
            for entry in dates.split_whitespace() {
                let entry = Entry::parse(entry).unwrap_or_else(|| LEXICON.fault(&row, "no such class or no number"));
                if entry.class == Class::Plural {
                    plural_endings.push((word.trim_start_matches('-'), entry.value != 0));
                    continue;
                }
                let id = words.intern(word).0 as usize;
                entries.resize_with(entries.len().max(id + 1), Vec::new);
                entries[id].push(entry);
            }
        }
        let [full_stop, hyphen, colon] = [".", "-", ":"].map(|mark| words.intern(mark));
        // The longest ending decides.
        plural_endings.sort_by_key(|(ending, _): &(&str, bool)| std::cmp::Reverse(ending.len()));
        Self { entries, full_stop, hyphen, colon, plural_endings }
    }

    /// The classes of a word.
    pub fn of(&self, word: WordId) -> &[Entry] {
        self.entries.get(word.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// The value of a word in a class, regardless of how it is written.
    pub fn value(&self, word: WordId, class: Class) -> Option<i32> {
        self.of(word).iter().find(|entry| entry.class == class).map(|entry| entry.value)
    }

    /// Reads a class at token `at`, if the word is written as required; returns its value and its number of tokens.
    pub fn word(&self, class: Class, doc: &Document<'_>, at: usize, limit: usize) -> Option<(i32, usize)> {
        let token = &doc.tokens[at];
        let fits = |entry: &&Entry| entry.class == class && (!entry.capital || token.is_capitalised());
        let entry = self.of(token.word).iter().find(fits)?;
        let next = doc.tokens[..limit].get(at + 1);
        let full_stop = entry.takes_full_stop && next.is_some_and(|next| self.is_full_stop(next));
        Some((entry.value, 1 + usize::from(full_stop)))
    }

    fn is_full_stop(&self, token: &Token) -> bool {
        token.glued && token.word == self.full_stop
    }

    /// Whether a word has a plural ending.
    pub fn is_plural(&self, word: &str) -> bool {
        let ending = self.plural_endings.iter().find(|(ending, _)| word.ends_with(ending));
        word.len() > SHORTEST_PLURAL && ending.is_some_and(|(_, is_plural)| *is_plural)
    }
}

/// Words of up to this length, in bytes, are not recognised as plurals by their ending.
const SHORTEST_PLURAL: usize = 4;
