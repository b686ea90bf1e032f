//! Words for the details of an event, from `data/lang/en/details.tsv`.

use crate::extract::data::{DataFile, data_file};
use crate::extract::text::{self, Document};
use crate::extract::words::{Phrases, Words};
use enumset::{EnumSet, EnumSetType};
use std::str::FromStr;
use strum::{EnumString, IntoStaticStr};

const DETAILS: DataFile = data_file!("lang/en/details.tsv");

/// The function of a word or a phrase for the details of an event.
#[derive(Debug, EnumSetType, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
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
    /// Returns the format or level of the same name, if there is one.
    pub fn indicated<T: FromStr>(self) -> Option<T> {
        <&str>::from(self).parse().ok()
    }
}

/// The cues of a language.
#[derive(Debug)]
pub(super) struct Cues {
    phrases: Phrases<EnumSet<Cue>>,
}

impl Cues {
    /// Reads the data file and interns its words.
    pub fn new(words: &mut Words) -> Self {
        let mut phrases = Phrases::default();
        for row @ [phrase, names] in DETAILS.rows::<2>() {
            let cue = |name: &str| -> Cue { name.parse().unwrap_or_else(|_| DETAILS.fault(&row, "no such cue")) };
            phrases.insert(&text::phrase(words, phrase), names.split(' ').map(cue).collect());
        }
        Self { phrases }
    }

    /// Returns the cues of the longest phrase that begins at a token and ends before `limit`, and its length in tokens.
    pub fn at(&self, text: &Document<'_>, at: usize, limit: usize) -> (EnumSet<Cue>, usize) {
        let begins = at < limit && self.phrases.begin_with(text.tokens[at].word);
        let longest = begins.then(|| self.phrases.longest(text.words_from(at, limit))).flatten();
        longest.map_or((EnumSet::empty(), 1), |(length, cues)| (cues.iter().copied().flatten().collect(), length))
    }
}
