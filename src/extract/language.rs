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
/// How many bytes the detector is given.
const DETECTOR_SAMPLE: usize = 2_000;

/// What tells languages apart.
#[derive(Debug)]
pub struct Languages {
    common: FxHashSet<WordId>,
}

impl Languages {
    /// Reads the list, making its words known.
    pub fn new(words: &mut Words) -> Self {
        Self { common: COMMON_WORDS.rows::<1>().map(|[word]| words.intern(word)).collect() }
    }

    /// The language of a text as an ISO 639-1 code; none where it has none.
    pub fn of(&self, doc: &Document<'_>) -> Option<String> {
        let words = || doc.tokens.iter().filter(|token| token.is_word()).take(SAMPLE);
        let common = words().filter(|token| self.common.contains(&token.word)).count();
        if common > 0 && common * ONE_IN >= words().count() {
            return Some(ENGLISH.to_owned());
        }
        let sample = &doc.text[..doc.text.floor_char_boundary(DETECTOR_SAMPLE)];
        let found = whatlang::detect(sample).filter(whatlang::Info::is_reliable)?;
        let code = found.lang().code();
        LANGUAGES.rows::<2>().find(|[known, _]| *known == code).map(|[_, short]| short.to_owned())
    }
}
