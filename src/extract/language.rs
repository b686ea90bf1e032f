//! Which language a text is in. English shows by its commonest words, which is quick and sure; whatever has few of
//! them goes to the statistical detector.

use crate::extract::data::{DataFile, data_file};
use crate::extract::text::Document;
use crate::extract::words::{WordId, Words};
use rustc_hash::FxHashSet;

const LANGUAGES: DataFile = data_file!("languages.tsv");
const COMMON_WORDS: DataFile = data_file!("text/english.tsv");

/// The language that is read.
pub const ENGLISH: &str = "en";

/// How many words are looked at.
const SAMPLE: usize = 400;
/// One in so many words of English is one of the commonest.
const ONE_IN: usize = 12;
/// A text of fewer words is too short for the detector.
const SHORT: usize = 20;
/// How many bytes the detector is given.
const DETECTOR_SAMPLE: usize = 2_000;

/// What tells languages apart.
#[derive(Debug)]
pub struct Languages {
    /// The commonest words of English.
    common: FxHashSet<WordId>,
    /// Those that other languages have too.
    shared: FxHashSet<WordId>,
}

impl Languages {
    /// Reads the list, making its words known.
    pub fn new(words: &mut Words) -> Self {
        let (mut common, mut shared) = (FxHashSet::default(), FxHashSet::default());
        for [word, also_elsewhere] in COMMON_WORDS.rows::<2>() {
            let list = if also_elsewhere.is_empty() { &mut common } else { &mut shared };
            list.insert(words.intern(word));
        }
        Self { common, shared }
    }

    /// The language of a text as an ISO 639-1 code; none where it has none.
    pub fn of(&self, doc: &Document<'_>) -> Option<String> {
        let words = || doc.tokens.iter().filter(|token| token.is_word()).take(SAMPLE);
        let (length, common) = (words().count(), words().filter(|t| self.common.contains(&t.word)).count());
        if common > 0 && common * ONE_IN >= length {
            return Some(ENGLISH.to_owned());
        }
        let sample = &doc.text[..doc.text.floor_char_boundary(DETECTOR_SAMPLE)];
        if let Some(found) = whatlang::detect(sample).filter(whatlang::Info::is_reliable) {
            let code = found.lang().code();
            return LANGUAGES.rows::<2>().find(|[known, _]| *known == code).map(|[_, short]| short.to_owned());
        }
        let english = length < SHORT && words().any(|t| self.common.contains(&t.word) || self.shared.contains(&t.word));
        english.then(|| ENGLISH.to_owned())
    }
}
