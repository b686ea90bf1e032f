//! The words that tell tense: the third column of `data/lang/en/lexicon.tsv`.

use crate::extract::lexicon::LEXICON;
use crate::extract::text::{Document, Shape};
use crate::extract::words::Words;
use enumset::{EnumSet, EnumSetType};
use strum::EnumString;

/// What a word says of the tense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "lowercase")]
pub(super) enum Cue {
    /// "will", "due", "may".
    Future,
    /// "said", "met", "was".
    Past,
    /// "has", "had": past, but not before "to".
    Have,
    /// "agreed", "asked": past, and an infinitive that hangs on it lies ahead.
    Agreed,
    /// "meets", "opens".
    Present,
    /// "could": ahead, but for a denial ("could not").
    Could,
    /// "be", "been": passes the question on to the word before.
    Be,
    /// "set": past, but before "to" or "for" ahead.
    Set,
    /// "arranged", "called": past, but before "for" and a date ahead.
    Arranged,
    /// "postponed", "cancelled": past, but what has been put off or called off lies ahead.
    Off,
    /// "to": an infinitive, where a verb follows.
    To,
    /// "plan", "deadline": an infinitive that hangs on it lies ahead.
    Prospect,
    /// "not", "neither".
    Not,
    /// "the", "a", "its": what follows is no verb.
    Determiner,
    /// "of", "with": what follows is no verb either.
    Preposition,
    /// Opens another clause.
    Border,
    /// Looks like a past tense and is none: "united", "hundred".
    NotPast,
}

/// What else is known of a word.
#[derive(Debug, EnumSetType, EnumString)]
#[strum(serialize_all = "kebab-case")]
pub(super) enum Mark {
    /// "will", "shall": no perfect behind it makes it past.
    Certain,
    /// "is", "are": a participle behind it is no finite verb.
    Is,
    /// "was", "were".
    Was,
    /// "has", "have": the perfect of the present.
    Has,
    /// "had".
    Had,
    /// "been".
    Been,
    /// "not" behind an auxiliary.
    Negates,
    /// "as", "than": a participle behind it only compares.
    Compares,
    /// "for".
    For,
    /// "which", "who": a relative clause.
    Relative,
    /// "by": whoever does it follows a participle.
    By,
    /// "whether", "when": an infinitive right behind it is open.
    Question,
    /// "until".
    Until,
    /// "called", "put": with a particle behind it, puts off or calls off.
    Phrasal,
    /// "off", "back": the particle of such a verb.
    Particle,
    /// Another finite verb may follow: a comma, "and", "that", a quotation mark.
    Joins,
}

/// What the list says of a word.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    cue: Option<Cue>,
    marks: EnumSet<Mark>,
}

/// What the end of a word that no row knows says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "lowercase")]
pub(super) enum Ending {
    /// "-ed": a regular past form.
    Past,
    /// "-ing".
    Gerund,
}

/// What the list says of words.
#[derive(Debug)]
pub(super) struct Cues {
    entries: Vec<Entry>,
    endings: Vec<(&'static str, Ending)>,
}

impl Cues {
    /// Reads the list, making its words known.
    pub fn new(words: &mut Words) -> Self {
        let mut read = Self { entries: Vec::new(), endings: Vec::new() };
        for row @ [word, _, tense, _] in LEXICON.rows::<4>().filter(|[_, _, tense, _]| !tense.is_empty()) {
            if let Some(ending) = word.strip_prefix('-').filter(|ending| !ending.is_empty()) {
                let told = tense.parse().unwrap_or_else(|_| LEXICON.fault(&row, "no such ending"));
                read.endings.push((ending, told));
                continue;
            }
            let mut entry = Entry::default();
            for told in tense.split(' ') {
                match told.parse() {
                    Ok(cue) => entry.cue = Some(cue),
                    Err(_) => {
                        entry.marks |= told.parse::<Mark>().unwrap_or_else(|_| LEXICON.fault(&row, "no such mark"));
                    }
                }
            }
            let id = words.intern(word).0 as usize;
            read.entries.resize(read.entries.len().max(id + 1), Entry::default());
            read.entries[id] = entry;
        }
        read
    }

    fn entry(&self, doc: &Document<'_>, at: usize) -> Option<&Entry> {
        self.entries.get(doc.tokens[at].word.0 as usize)
    }

    /// The cue that a token is.
    pub(super) fn cue(&self, doc: &Document<'_>, at: usize) -> Option<Cue> {
        self.entry(doc, at).and_then(|entry| entry.cue)
    }

    /// Whether a token has a mark.
    pub(super) fn has(&self, doc: &Document<'_>, at: usize, mark: Mark) -> bool {
        self.entry(doc, at).is_some_and(|entry| entry.marks.contains(mark))
    }

    /// Whether a word in lower case ends so.
    pub(super) fn ends(&self, doc: &Document<'_>, at: usize, ending: Ending) -> bool {
        let token = &doc.tokens[at];
        let long = |suffix: &str| token.len() > suffix.len() + 2;
        token.shape == Shape::Lower
            && self
                .endings
                .iter()
                .any(|(suffix, told)| *told == ending && long(suffix) && doc.token_text(at).ends_with(suffix))
    }
}
