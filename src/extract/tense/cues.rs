//! The tense cues of words, from the third column of `data/lang/en/lexicon.tsv`.

use crate::extract::lexicon::LEXICON;
use crate::extract::text::{Document, Shape};
use crate::extract::words::Words;
use enumset::{EnumSet, EnumSetType};
use strum::EnumString;

/// The tense cue of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "lowercase")]
pub(super) enum Cue {
    /// "will", "due", "may".
    Future,
    /// "said", "met", "was".
    Past,
    /// "has", "had": past, unless followed by "to".
    Have,
    /// "agreed", "asked": past; an infinitive that depends on it is future.
    Agreed,
    /// "meets", "opens".
    Present,
    /// "could": future; past if negated ("could not").
    Could,
    /// "be", "been": the preceding word has the tense.
    Be,
    /// "set": past; future before "to" or "for".
    Set,
    /// "arranged", "called": past; future before "for" and a date.
    Arranged,
    /// "postponed", "cancelled": past; the event put off or called off is future.
    Off,
    /// "to": an infinitive if a verb follows.
    To,
    /// "plan", "deadline": an infinitive that depends on it is future.
    Prospect,
    /// "not", "neither".
    Not,
    /// "the", "a", "its": the next word is not a verb.
    Determiner,
    /// "of", "with": the next word is not a verb.
    Preposition,
    /// Begins another clause.
    Border,
    /// Looks like a past form but is none: "united", "hundred".
    NotPast,
}

/// Further properties of a word.
#[derive(Debug, EnumSetType, EnumString)]
#[strum(serialize_all = "kebab-case")]
pub(super) enum Mark {
    /// "will", "shall": a perfect after it is not past.
    Certain,
    /// "is", "are": a participle after it is not a finite verb.
    Is,
    /// "was", "were".
    Was,
    /// "has", "have": forms the present perfect.
    Has,
    /// "had".
    Had,
    /// "been".
    Been,
    /// "not" after an auxiliary.
    Negates,
    /// "as", "than": a participle after it is a comparison.
    Compares,
    /// "for".
    For,
    /// "which", "who": begins a relative clause.
    Relative,
    /// "by": the agent of a participle follows.
    By,
    /// "whether", "when": an infinitive right after it is not decided yet.
    Question,
    /// "until".
    Until,
    /// "called", "put": a phrasal verb of postponement or cancellation with a particle after it.
    Phrasal,
    /// "off", "back": the particle of such a verb.
    Particle,
    /// Another finite verb can follow: a comma, "and", "that", a quotation mark.
    Joins,
}

/// The lexicon entry of a word.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    cue: Option<Cue>,
    marks: EnumSet<Mark>,
}

/// The meaning of the ending of a word that is not in the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "lowercase")]
pub(super) enum Ending {
    /// "-ed": a regular past form.
    Past,
    /// "-ing".
    Gerund,
}

/// The cues of all words.
#[derive(Debug)]
pub(super) struct Cues {
    entries: Vec<Entry>,
    endings: Vec<(&'static str, Ending)>,
}

impl Cues {
    /// Loads the list, and interns its words.
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

    pub(super) fn cue(&self, doc: &Document<'_>, at: usize) -> Option<Cue> {
        self.entry(doc, at).and_then(|entry| entry.cue)
    }

    pub(super) fn has(&self, doc: &Document<'_>, at: usize, mark: Mark) -> bool {
        self.entry(doc, at).is_some_and(|entry| entry.marks.contains(mark))
    }

    /// Whether a lower-case word has an ending.
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
