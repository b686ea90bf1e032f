//! The classes of a token and its values in them: from the lexicon, the named days and the digits (`numbers`).

use super::class::{Class, ClassSet};
use super::feasts::{FeastId, Feasts};
use super::numbers;
use super::words::TimeWords;
use crate::extract::text::{self, Document, Shape, Token};
use crate::extract::words::{Phrases, WordId, Words};

/// The members of the classes.
#[derive(Debug)]
pub struct Classes {
    listed: TimeWords,
    of_words: Vec<ClassSet>,
    feast_names: Phrases<FeastId>,
}

impl Classes {
    /// Loads the time words and the named days, and interns their words.
    pub fn new(words: &mut Words, feasts: &Feasts) -> Self {
        let listed = TimeWords::new(words);
        let mut feast_names = Phrases::default();
        for (name, feast) in feasts.names() {
            feast_names.insert(&text::phrase(words, name), feast);
        }
        let mut classes = Self { listed, of_words: vec![], feast_names };
        classes.of_words = (0..words.count()).map(|word| classes.of_word(WordId(word))).collect();
        classes
    }

    /// The value of a word in a class, regardless of how it is written.
    pub(super) fn value(&self, word: WordId, class: Class) -> Option<i32> {
        self.listed.value(word, class)
    }

    /// The classes that can begin at each token of `doc`: a superset, as the classes that depend on digits or spelling
    /// are included wherever they are possible. Only these have to be read.
    pub(super) fn possible(&self, doc: &Document<'_>) -> Vec<ClassSet> {
        let possible = |token: &Token| match token.shape {
            Shape::Number => numbers::possible(token.len()),
            Shape::Decimal => ClassSet::of(&[Class::Clock, Class::Digits]),
            shape => {
                let written = match shape {
                    Shape::Title | Shape::Upper => ClassSet::of(&[Class::Capital]),
                    Shape::Lower => ClassSet::of(&[Class::Lower, Class::Plural]),
                    _ => ClassSet::default(),
                };
                written | self.of_words.get(token.word.0 as usize).copied().unwrap_or_default()
            }
        };
        doc.tokens.iter().map(possible).collect()
    }

    /// The classes that can begin with a word, regardless of how it is written.
    fn of_word(&self, word: WordId) -> ClassSet {
        let listed =
            self.listed.of(word).iter().fold(ClassSet::default(), |set, entry| set | ClassSet::of(&[entry.class]));
        let number = ClassSet::of(&[Class::Num, Class::Hour, Class::YearWords, Class::Ordinal]);
        let feast = ClassSet::of(&[Class::Feast]);
        listed
            | if self.listed.value(word, Class::Number).is_some() { number } else { ClassSet::default() }
            | if self.feast_names.begin_with(word) { feast } else { ClassSet::default() }
    }

    /// Whether one of `classes` can begin with this word.
    pub(super) fn begin_with(&self, word: WordId, classes: ClassSet) -> bool {
        self.of_words.get(word.0 as usize).is_some_and(|of_word| of_word.meets(classes))
    }

    /// Reads `class` at token `at`, and returns its value and its number of tokens.
    pub fn read(&self, class: Class, doc: &Document<'_>, at: usize, limit: usize) -> Option<(i32, usize)> {
        let token = &doc.tokens[at];
        let written = |holds: bool| holds.then_some((0, 1));
        match class {
            Class::Capital => written(token.is_capitalised()),
            Class::Lower => written(token.is_word() && !token.is_capitalised()),
            Class::Plural => {
                written(token.is_word() && !token.is_capitalised() && self.listed.is_plural(doc.token_text(at)))
            }
            Class::Digits => written(token.is_number()),
            Class::Feast => self.feast(doc, at, limit),
            class => match numbers::read(&self.listed, class, doc, at, limit) {
                numbers::Reading::NotOfDigits => self.listed.word(class, doc, at, limit),
                numbers::Reading::Of(reading) => reading,
            },
        }
    }

    /// Reads a named day at token `at`, with all words but the short ones capitalised.
    fn feast(&self, doc: &Document<'_>, at: usize, limit: usize) -> Option<(i32, usize)> {
        let (length, feasts) = self.feast_names.longest(doc.words_from(at, limit))?;
        let last = &doc.tokens[at + length - 1];
        let named = doc.tokens[at].is_capitalised() || last.is_capitalised();
        named.then_some((i32::from(feasts[0].0), length))
    }
}
