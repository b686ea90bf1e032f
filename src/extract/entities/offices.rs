//! Offices: what people are called who act for a state or an organisation.

use crate::extract::data::{DataFile, data_file};
use crate::extract::text::{self, Document};
use crate::extract::words::{Phrases, Words};
use std::ops::Range;
use strum::EnumString;

const OFFICES: DataFile = data_file!("lang/en/offices.tsv");

/// How high an office is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "lowercase")]
pub enum Rank {
    /// A head of state, of government or of an organisation.
    Head,
    /// A minister.
    Minister,
    /// An envoy, ambassador or negotiator.
    Envoy,
    /// Any other official.
    Official,
    /// Who speaks for a party.
    Spokesperson,
}

/// An office in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Office {
    /// How high it is.
    pub rank: Rank,
    /// More than one person.
    pub plural: bool,
    /// The code of the party that it fixes by itself: "pope".
    pub code: Option<&'static str>,
}

/// The known offices.
#[derive(Debug)]
pub struct Offices {
    phrases: Phrases<Office>,
}

impl Offices {
    /// Reads the list, making its words known.
    pub fn new(words: &mut Words) -> Self {
        let mut phrases = Phrases::default();
        for row @ [phrase, rank, plural, code] in OFFICES.rows::<4>() {
            let rank = rank.parse().unwrap_or_else(|_| OFFICES.fault(&row, "no such rank"));
            let code = Some(code).filter(|code| !code.is_empty());
            phrases.insert(&text::phrase(words, phrase), Office { rank, plural: false, code });
            if !plural.is_empty() {
                phrases.insert(&text::phrase(words, plural), Office { rank, plural: true, code });
            }
        }
        Self { phrases }
    }

    /// The longest office that begins at token `at`.
    pub fn at(&self, doc: &Document<'_>, at: usize, limit: usize) -> Option<(Range<usize>, Office)> {
        let (length, offices) = self.phrases.longest(doc.words_from(at, limit))?;
        offices.first().map(|office| (at..at + length, *office))
    }
}
