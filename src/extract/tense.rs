//! The tense of the clause around a token: the verb cue nearest before it, else the nearest after it.

use crate::extract::data::{DataFile, data_file};
use crate::extract::text::{Document, Shape};
use crate::extract::words::{WordId, Words};
use rustc_hash::FxHashMap;
use std::ops::Range;
use strum::EnumString;

const CUES: DataFile = data_file!("text/tense.tsv");

/// When a clause places what it tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// It has happened.
    Past,
    /// Told in the present, as timetables are.
    Present,
    /// It lies ahead.
    Future,
    /// No verb tells.
    Unknown,
}

/// What a word says of the tense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "lowercase")]
enum Cue {
    /// "will", "due", "may".
    Future,
    /// "said", "met", "was".
    Past,
    /// "meets", "opens".
    Present,
    /// "be", "been": passes the question on to the word before.
    Be,
    /// "to": ahead, where a verb follows.
    To,
    /// "the", "a", "its": what follows is no verb.
    Determiner,
    /// Ends the search.
    Border,
    /// Looks like a past tense and is none: "united", "hundred".
    NotPast,
}

/// The words that tell tense.
#[derive(Debug)]
pub struct TenseWords {
    cues: FxHashMap<WordId, Cue>,
}

/// The verbs of a text that tell tense, as found once from left to right and once from right to left.
#[derive(Debug)]
pub struct Tenses {
    /// What each token tells.
    told: Vec<Option<Tense>>,
    /// For each token, the nearest before it in its clause that tells a tense.
    before: Vec<Option<usize>>,
    /// For each token, itself or the nearest after it in its clause that tells a tense.
    after: Vec<Option<usize>>,
}

impl Tenses {
    /// The tense in which `stretch`, a sentence or a part of one, speaks of the tokens `at`: by the verb nearest
    /// before them, else the nearest after.
    pub fn around(&self, stretch: &Range<usize>, at: &Range<usize>) -> Tense {
        let before = self.before.get(at.start).copied().flatten().filter(|i| stretch.contains(i));
        let after = || self.after.get(at.end).copied().flatten().filter(|i| stretch.contains(i));
        before.or_else(after).and_then(|i| self.told[i]).unwrap_or(Tense::Unknown)
    }
}

impl TenseWords {
    /// Reads the list, making its words known.
    pub fn new(words: &mut Words) -> Self {
        let cues = CUES.rows::<2>().map(|row @ [word, cue]| {
            (words.intern(word), cue.parse().unwrap_or_else(|_| CUES.fault(&row, "no such cue")))
        });
        Self { cues: cues.collect() }
    }

    /// The tenses of a text.
    pub fn read(&self, doc: &Document<'_>) -> Tenses {
        let length = doc.tokens.len();
        let mut tenses = Tenses { told: vec![None; length], before: vec![None; length], after: vec![None; length] };
        for sentence in &doc.sentences {
            let Range { start, end } = sentence.tokens;
            let mut last = None;
            for at in start..end {
                tenses.before[at] = last;
                tenses.told[at] = self.tense_at(doc, &sentence.tokens, at);
                last = if tenses.told[at].is_some() { Some(at) } else { last };
                last = last.filter(|_| self.cue(doc, at) != Some(Cue::Border));
            }
            let mut next = None;
            for at in (start..end).rev() {
                next = if tenses.told[at].is_some() { Some(at) } else { next };
                next = next.filter(|_| self.cue(doc, at) != Some(Cue::Border));
                tenses.after[at] = next;
            }
        }
        tenses
    }

    fn cue(&self, doc: &Document<'_>, at: usize) -> Option<Cue> {
        self.cues.get(&doc.tokens[at].word).copied()
    }

    /// The tense that the token at `at` tells.
    fn tense_at(&self, doc: &Document<'_>, sentence: &Range<usize>, at: usize) -> Option<Tense> {
        match self.cue(doc, at) {
            Some(Cue::Future) => Some(Tense::Future),
            Some(Cue::Present) => Some(Tense::Present),
            Some(Cue::To) => self.is_infinitive(doc, sentence, at).then_some(Tense::Future),
            Some(Cue::Past) => self.past(doc, sentence, at),
            None if ends_in_ed(doc, at) => self.past(doc, sentence, at),
            Some(Cue::Be | Cue::Determiner | Cue::NotPast | Cue::Border) | None => None,
        }
    }

    /// Past, unless the form is a participle after "be" or an adjective after a determiner or a hyphen.
    fn past(&self, doc: &Document<'_>, sentence: &Range<usize>, at: usize) -> Option<Tense> {
        let before = at.checked_sub(1).filter(|i| *i >= sentence.start)?;
        match self.cues.get(&doc.tokens[before].word) {
            Some(Cue::Be | Cue::Determiner) => None,
            _ if doc.tokens[at].glued && doc.tokens[before].shape == Shape::Punctuation => None,
            _ => Some(Tense::Past),
        }
    }

    fn is_infinitive(&self, doc: &Document<'_>, sentence: &Range<usize>, at: usize) -> bool {
        let next = at + 1;
        next < sentence.end
            && doc.tokens[next].shape == Shape::Lower
            && self.cues.get(&doc.tokens[next].word).is_none_or(|cue| *cue == Cue::Be)
    }
}

/// A regular past form, which no list needs to hold.
fn ends_in_ed(doc: &Document<'_>, at: usize) -> bool {
    doc.tokens[at].shape == Shape::Lower && doc.tokens[at].len() > 4 && doc.token_text(at).ends_with("ed")
}
