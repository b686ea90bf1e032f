//! Words for the details of an event, from `data/lang/en/details.tsv`.

use crate::event::{Format, Level};
use crate::extract::data::{DataFile, data_file};
use crate::extract::text::{self, Document};
use crate::extract::words::{Phrases, WordId, Words};
use enumset::{EnumSet, EnumSetType};
use strum::EnumString;

const DETAILS: DataFile = data_file!("lang/en/details.tsv");

/// What a word or a phrase says of an event.
#[derive(Debug, EnumSetType, EnumString)]
#[strum(serialize_all = "kebab-case")]
pub(super) enum Cue {
    /// "discuss", "focus on": what follows is the topic.
    Discussing,
    /// "aimed at": what follows is the topic.
    Aim,
    /// "consult with partners": with "on" after it, the topic follows that.
    Consulting,
    /// "on behalf": no topic follows.
    NoTopic,
    /// "dominate", "on the agenda": the subject is the topic.
    Dominating,
    /// "including": a topic goes on.
    Including,
    /// "in order to": a purpose follows.
    Purpose,
    /// "issues including": what follows says more.
    Vague,
    /// "attend", "meet": says that somebody takes part, and so no purpose.
    Attending,
    /// "summit", "forum": with the name of an organisation before it, it is a proper name, capitalised or not.
    Series,
    /// "council", "working group": a body that sits.
    Standing,
    /// "meeting", "session": a sitting of a body.
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
    /// The format that it states.
    pub fn format(self) -> Option<Format> {
        match self {
            Self::InPerson => Some(Format::InPerson),
            Self::Virtual => Some(Format::Virtual),
            Self::Hybrid => Some(Format::Hybrid),
            _ => None,
        }
    }

    /// The level that it states.
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
    /// Whether a phrase begins with a word, by its number: most words begin none.
    begins: Vec<bool>,
}

impl Cues {
    /// Reads the file, making its words known.
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

    /// The longest phrase that begins at a token, before another: what it says, and its length in tokens.
    pub fn at(&self, text: &Document<'_>, at: usize, limit: usize) -> (EnumSet<Cue>, usize) {
        let begins = at < limit && self.begins.get(text.tokens[at].word.0 as usize).is_some_and(|begins| *begins);
        let longest = begins.then(|| self.phrases.longest(text.words_from(at, limit))).flatten();
        longest.map_or((EnumSet::empty(), 1), |(length, cues)| (cues.iter().copied().flatten().collect(), length))
    }
}
