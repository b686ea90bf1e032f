//! Offices: what people are called who act for a state or an organisation.

use crate::extract::data::{DataFile, data_file};
use crate::extract::text::{self, Document};
use crate::extract::words::{Phrases, Words};
use std::ops::Range;
use strum::{EnumString, IntoStaticStr};

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

/// What an office is, whatever it is called; the higher come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Position {
    /// A president or a monarch.
    HeadOfState,
    /// A prime minister.
    HeadOfGovernment,
    /// A foreign minister.
    ForeignMinister,
    /// A defence minister.
    DefenceMinister,
    /// The secretary general or the president of an organisation.
    HeadOfBody,
    /// Another minister.
    Minister,
    /// Who stands in for one of these: a vice president, a deputy minister, an heir.
    Deputy,
    /// An envoy, ambassador or negotiator.
    Envoy,
    /// Another official.
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
    /// What it is, where its name says so.
    pub position: Option<Position>,
    /// It is held no longer: "former president".
    pub former: bool,
}

/// The mark of an office that is held no longer, in place of its position.
const FORMER: &str = "former";

/// The known offices.
#[derive(Debug)]
pub struct Offices {
    phrases: Phrases<Office>,
}

impl Offices {
    /// Reads the list, making its words known.
    pub fn new(words: &mut Words) -> Self {
        let mut phrases = Phrases::default();
        for row @ [phrase, rank, plural, code, position] in OFFICES.rows::<5>() {
            let rank = rank.parse().unwrap_or_else(|_| OFFICES.fault(&row, "no such rank"));
            let code = Some(code).filter(|code| !code.is_empty());
            let former = position == FORMER;
            let position = match position {
                FORMER => None,
                "" => position_of(rank),
                named => Some(named.parse().unwrap_or_else(|_| OFFICES.fault(&row, "no such position"))),
            };
            let office = Office { rank, plural: false, code, position, former };
            phrases.insert(&text::phrase(words, phrase), office);
            if !plural.is_empty() {
                phrases.insert(&text::phrase(words, plural), Office { plural: true, ..office });
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

/// What an office of a rank is, unless its row says so: heads are of many kinds.
fn position_of(rank: Rank) -> Option<Position> {
    match rank {
        Rank::Head => None,
        Rank::Minister => Some(Position::Minister),
        Rank::Envoy => Some(Position::Envoy),
        Rank::Official => Some(Position::Official),
        Rank::Spokesperson => Some(Position::Spokesperson),
    }
}
