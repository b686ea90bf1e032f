//! Language detection. English is recognised by its commonest words, which is fast and reliable; a list or a headline,
//! which has few of them, by the share of its words in the lexicon. A text with few of both goes to the statistical
//! detector.

use crate::extract::data::{DataFile, data_file};
use crate::extract::lexicon::{Class, Lexicon};
use crate::extract::text::Document;
use enumset::{EnumSet, enum_set};

const LANGUAGES: DataFile = data_file!("world/languages.tsv");

/// The supported language.
pub const ENGLISH: &str = "en";

/// The classes of words that also occur in other languages.
const SHARED: EnumSet<Class> = enum_set!(Class::CommonElsewhere | Class::International);

/// The number of words sampled.
const SAMPLE: usize = 400;
/// English has at least one of its commonest words in this many words.
const ONE_IN: usize = 12;
/// A list or headline in English has at least one word in this many with a class in the lexicon that no other language
/// shares; hardly any text in another language does.
const KNOWN_ONE_IN: usize = 10;
/// A text of fewer words is too short for the detector.
const SHORT: usize = 20;
/// The length of the detector's sample, in bytes.
const DETECTOR_SAMPLE: usize = 2_000;

/// Returns the language of a text as an ISO 639-1 code; `None` if undetermined.
pub fn language_of(doc: &Document<'_>, english: &Lexicon) -> Option<String> {
    let words = || doc.tokens.iter().filter(|token| token.is_word()).take(SAMPLE);
    let classes = || words().map(|token| english.of(token.word));
    let (length, common) = (classes().count(), classes().filter(|of| of.contains(Class::Common)).count());
    let of_english = |of: &EnumSet<Class>| !of.is_empty() && of.is_disjoint(SHARED);
    let known = words().filter(|token| token.len() > 1).map(|t| english.of(t.word)).filter(of_english).count();
    if common > 0 && common * ONE_IN >= length || known > 0 && known * KNOWN_ONE_IN >= length {
        return Some(ENGLISH.to_owned());
    }
    let sample = &doc.text[..doc.text.floor_char_boundary(DETECTOR_SAMPLE)];
    if let Some(found) = whatlang::detect(sample).filter(whatlang::Info::is_reliable) {
        let code = found.lang().code();
        return LANGUAGES.rows::<2>().find(|[known, _]| *known == code).map(|[_, short]| short.to_owned());
    }
    let english = length < SHORT && classes().any(|of| !of.is_disjoint(Class::Common | Class::CommonElsewhere));
    english.then(|| ENGLISH.to_owned())
}
