//! Triggers: the words that name events, from `data/lang/en/triggers.tsv`, and where they occur.

use super::weights;
use crate::event::Kind;
use crate::extract::data::{DataFile, data_file, list};
use crate::extract::lexicon::Class;
use crate::extract::text::{self, Document};
use crate::extract::words::{Phrases, Words};
use rustc_hash::FxHashMap;
use std::ops::Range;
use strum::EnumString;

const TRIGGERS: DataFile = data_file!("lang/en/triggers.tsv");

/// The part of speech of a row.
#[derive(PartialEq, Eq, EnumString)]
#[strum(serialize_all = "lowercase")]
enum Part {
    Noun,
    Verb,
}

/// The argument that a trigger usually has where it names an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "lowercase")]
pub(super) enum Argument {
    /// A destination.
    Place,
    /// An organisation (including courts) as subject.
    Body,
    /// A word of a class as subject or object. Without it, the words are not a trigger.
    #[strum(disabled)]
    Word(Class),
}

/// The form of a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Noun,
    /// A noun in the plural.
    Plural,
    /// The infinitive or the present tense.
    Present,
    Gerund,
    Past,
    Participle,
}

/// A row of the file.
#[derive(Debug)]
pub(super) struct Trigger {
    pub name: &'static str,
    pub kind: Kind,
    pub argument: Option<Argument>,
    /// The weight of the trigger in the decision.
    pub weight: f32,
}

/// The triggers of a language.
#[derive(Debug)]
pub(super) struct Triggers {
    pub rows: Vec<Trigger>,
    phrases: Phrases<(Form, usize)>,
}

/// Words that may be a trigger.
#[derive(Debug)]
pub(super) struct Match {
    pub tokens: Range<usize>,
    /// The possible forms, each with an index into [`Triggers::rows`].
    pub uses: Vec<(Form, usize)>,
}

impl Match {
    pub fn is_noun(&self) -> bool {
        self.uses.iter().any(|(form, _)| matches!(form, Form::Noun | Form::Plural))
    }
}

/// A trigger as it is used in a sentence.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub tokens: Range<usize>,
    pub form: Form,
    pub name: &'static str,
    pub kind: Kind,
    pub argument: Option<Argument>,
    /// The weight of the trigger in the decision.
    pub weight: f32,
    /// The usual argument is present, or none is needed.
    pub complete: bool,
}

impl Found {
    pub fn is_noun(&self) -> bool {
        matches!(self.form, Form::Noun | Form::Plural)
    }

    /// Whether it is a verb form.
    pub fn is_verb(&self) -> bool {
        !self.is_noun()
    }

    /// Whether it is an election or a referendum, in which the people vote and not a body.
    pub fn is_popular_vote(&self) -> bool {
        self.kind == Kind::Vote && self.is_noun() && self.argument.is_none()
    }
}

impl Triggers {
    /// Reads the data file and interns its words.
    pub fn new(words: &mut Words, weights: DataFile) -> Self {
        let (mut rows, mut phrases) = (Vec::new(), Phrases::default());
        let weights: FxHashMap<&str, f32> = weights::trigger_weights(weights).collect();
        for row @ [name, part, kind, argument, forms, gerund, past, participle] in TRIGGERS.rows::<8>() {
            let part: Part = part.parse().unwrap_or_else(|_| TRIGGERS.fault(&row, "no such part"));
            let class = || argument.parse().map(Argument::Word);
            let beside =
                || argument.parse().or_else(|_| class()).unwrap_or_else(|_| TRIGGERS.fault(&row, "no such argument"));
            let mut insert = |phrase: &str, form| phrases.insert(&text::phrase(words, phrase), (form, rows.len()));
            for (at, phrase) in list(forms).enumerate().filter(|(_, phrase)| *phrase != "-") {
                let number = if at > 0 { Form::Plural } else { Form::Noun };
                insert(phrase, if part == Part::Noun { number } else { Form::Present });
            }
            for (forms, form) in [(gerund, Form::Gerund), (past, Form::Past), (participle, Form::Participle)] {
                list(forms).for_each(|phrase| insert(phrase, form));
            }
            rows.push(Trigger {
                name,
                kind: kind.parse().unwrap_or_else(|_| TRIGGERS.fault(&row, "no such kind")),
                argument: (!argument.is_empty()).then(beside),
                weight: weights.get(name).copied().unwrap_or_default(),
            });
        }
        Self { rows, phrases }
    }

    /// Returns the kinds of the events that a text may name.
    pub fn kinds(&self, text: &Document<'_>) -> Vec<Kind> {
        let found = self.matches(text, &(0..text.tokens.len()));
        found.into_iter().flat_map(|found| found.uses).map(|(_, row)| self.rows[row].kind).collect()
    }

    /// Returns a use of the first trigger of a kind that needs no argument, as a noun at some tokens.
    pub fn noun_of(&self, kind: Kind, tokens: Range<usize>) -> Option<Found> {
        let row = self.rows.iter().find(|row| row.kind == kind && row.argument.is_none())?;
        let &Trigger { name, kind, argument, weight } = row;
        Some(Found { tokens, form: Form::Noun, name, kind, argument, weight, complete: true })
    }

    /// Returns the longest matches among some tokens, in order.
    pub fn matches(&self, text: &Document<'_>, tokens: &Range<usize>) -> Vec<Match> {
        let mut found = Vec::new();
        let mut at = tokens.start;
        while at < tokens.end {
            let longest = self.phrases.begin_with(text.tokens[at].word);
            let longest = longest.then(|| self.phrases.longest(text.words_from(at, tokens.end))).flatten();
            let Some((length, uses)) = longest else {
                at += 1;
                continue;
            };
            found.push(Match { tokens: at..at + length, uses: uses.to_vec() });
            at += length;
        }
        found
    }
}
