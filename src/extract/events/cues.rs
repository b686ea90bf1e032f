//! Words for the details of an event, from `data/lang/en/details.tsv`.

use crate::event::{Format, Level};
use crate::extract::data::{DataFile, data_file};
use crate::extract::text::{self, Document};
use crate::extract::words::{Phrases, WordId, Words};
use enumset::{EnumSet, EnumSetType};
use strum::EnumString;

const DETAILS: DataFile = data_file!("lang/en/details.tsv");

/// The function of a word or a phrase for the details of an event.
#[derive(Debug, EnumSetType, EnumString)]
#[strum(serialize_all = "kebab-case")]
pub(super) enum Cue {
    /// "discuss", "focus on": the topic follows.
    Discussing,
    /// "aimed at": the topic follows.
    Aim,
    /// "consult with partners": the topic follows its "on".
    Consulting,
    /// "on behalf": no topic follows.
    NoTopic,
    /// "dominate", "on the agenda": the subject is the topic.
    Dominating,
    /// "including": the topic continues.
    Including,
    /// "in order to": a purpose follows.
    Purpose,
    /// "issues including": is skipped before a topic.
    Vague,
    /// "attend", "meet": a verb of taking part, which does not begin a purpose.
    Attending,
    /// "summit", "forum": a proper name after the name of an organisation, even in lower case.
    Series,
    /// "council", "working group": a standing body.
    Standing,
    /// "meeting", "session": a meeting of a body.
    Sitting,
    /// "face to face".
    InPerson,
    /// "by video link".
    Virtual,
    /// "in person and online".
    Hybrid,
    /// "heads of state".
    Leaders,
    /// "foreign ministers".
    Ministers,
    /// "officials".
    Officials,
    /// "envoys".
    Envoys,
    /// "lawmakers".
    Parliament,
    /// "chiefs of staff".
    Military,
}

impl Cue {
    /// Returns the format that it indicates.
    pub fn format(self) -> Option<Format> {
        match self {
            Self::InPerson => Some(Format::InPerson),
            Self::Virtual => Some(Format::Virtual),
            Self::Hybrid => Some(Format::Hybrid),
            _ => None,
        }
    }

    /// Returns the level that it indicates.
    pub fn level(self) -> Option<Level> {
        match self {
            Self::Leaders => Some(Level::Leaders),
            Self::Ministers => Some(Level::Ministers),
            Self::Officials => Some(Level::Officials),
            Self::Envoys => Some(Level::Envoys),
            Self::Parliament => Some(Level::Parliament),
            Self::Military => Some(Level::Military),
            _ => None,
        }
    }
}

/// The cues of a language.
#[derive(Debug)]
pub(super) struct Cues {
    phrases: Phrases<EnumSet<Cue>>,
    /// Whether any phrase begins with a word, by its id: most words begin none.
    begins: Vec<bool>,
}

impl Cues {
    /// Reads the data file and interns its words.
    pub fn new(words: &mut Words) -> Self {
        let (mut phrases, mut begins) = (Phrases::default(), Vec::new());
        for row @ [phrase, names] in DETAILS.rows::<2>() {
            let cue = |name: &str| -> Cue { name.parse().unwrap_or_else(|_| DETAILS.fault(&row, "no such cue")) };
            let phrase = text::phrase(words, phrase);
            if let Some(WordId(first)) = phrase.first() {
                let first = *first as usize;
                begins.resize(begins.len().max(first + 1), false);
                begins[first] = true;
            }
            phrases.insert(&phrase, names.split(' ').map(cue).collect());
        }
        Self { phrases, begins }
    }

    /// Returns the cues of the longest phrase that begins at a token and ends before `limit`, and its length in tokens.
    pub fn at(&self, text: &Document<'_>, at: usize, limit: usize) -> (EnumSet<Cue>, usize) {
        let begins = at < limit && self.begins.get(text.tokens[at].word.0 as usize).is_some_and(|begins| *begins);
        let longest = begins.then(|| self.phrases.longest(text.words_from(at, limit))).flatten();
        longest.map_or((EnumSet::empty(), 1), |(length, cues)| (cues.iter().copied().flatten().collect(), length))
    }
}
