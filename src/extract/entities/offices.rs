//! Offices: the titles of people who represent a state or an organisation.

use crate::extract::data::{DataFile, data_file};
use crate::extract::text::{self, Document};
use crate::extract::words::{Phrases, Words};
use std::ops::Range;
use strum::{EnumString, IntoStaticStr};

const OFFICES: DataFile = data_file!("lang/en/offices.tsv");

/// The rank of an office.
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
    /// A spokesperson.
    Spokesperson,
}

/// The kind of office, independent of its title; in descending order.
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
    /// A deputy of one of these: a vice president, a deputy minister, an heir.
    Deputy,
    /// An envoy, ambassador or negotiator.
    Envoy,
    /// Another official.
    Official,
    /// A spokesperson.
    Spokesperson,
}

/// A mention of an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Office {
    /// The rank.
    pub rank: Rank,
    /// Whether several people hold it.
    pub plural: bool,
    /// The code of the party that the title alone determines: "pope".
    pub code: Option<&'static str>,
    /// The kind of office, if the title determines it.
    pub position: Option<Position>,
    /// Whether the holder has left it: "former president".
    pub former: bool,
}

/// The value that marks former offices in place of a position.
const FORMER: &str = "former";

/// The titles of offices.
#[derive(Debug)]
pub struct Offices {
    phrases: Phrases<Office>,
}

impl Offices {
    /// Loads the list, and interns its words.
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

/// The kind of office of a rank, unless its row determines it; heads are of several kinds.
fn position_of(rank: Rank) -> Option<Position> {
    match rank {
        Rank::Head => None,
        Rank::Minister => Some(Position::Minister),
        Rank::Envoy => Some(Position::Envoy),
        Rank::Official => Some(Position::Official),
        Rank::Spokesperson => Some(Position::Spokesperson),
    }
}
