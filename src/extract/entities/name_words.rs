//! Words inside and around the names of people, by class, from `data/lang/en/name_parts.tsv`.

use crate::extract::data::{DataFile, data_file};
use crate::extract::words::{WordId, Words};
use rustc_hash::FxHashMap;
use strum::EnumString;

const NAME_PARTS: DataFile = data_file!("lang/en/name_parts.tsv");

/// The function of a word in or near a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "kebab-case")]
pub(super) enum NamePart {
    /// Part of a name: "van", "al".
    Particle,
    /// Begins no name: "The".
    NoName,
    /// Between a party and an office: "the", "deputy".
    Link,
    /// Joins an office, a town or an adjective to its owner: "president of Peru".
    Of,
    /// Ends the name of an owner: "'s".
    Possessive,
    /// Precedes a surname: "Mr".
    Title,
    /// Marks a former office or a dead person: "former", "late".
    Former,
    /// Coordinates two phrases: "and".
    And,
    /// A gathering of the officials of a group: "summit".
    Gathering,
    /// The members of a group: "states".
    Members,
    /// Precedes the place of an event: "in".
    Within,
    /// Precedes a destination: "to".
    Toward,
}

/// The words inside and around names.
#[derive(Debug)]
pub(super) struct NameWords {
    /// The classes of each word, as a bit set.
    classes: FxHashMap<WordId, u16>,
    /// The comma.
    pub comma: WordId,
    /// The full stop.
    pub full_stop: WordId,
    /// The hyphen.
    pub hyphen: WordId,
}

impl NameWords {
    /// Loads the list, and interns its words.
    pub fn new(words: &mut Words) -> Self {
        let mut classes: FxHashMap<WordId, u16> = FxHashMap::default();
        for row @ [word, part] in NAME_PARTS.rows::<2>() {
            let part: NamePart = part.parse().unwrap_or_else(|_| NAME_PARTS.fault(&row, "no such part"));
            *classes.entry(words.intern(word)).or_default() |= bit(part);
        }
        let [comma, full_stop, hyphen] = [",", ".", "-"].map(|mark| words.intern(mark));
        Self { classes, comma, full_stop, hyphen }
    }

    /// Whether a word has a class.
    pub fn is(&self, word: WordId, part: NamePart) -> bool {
        self.classes.get(&word).is_some_and(|classes| classes & bit(part) != 0)
    }
}

fn bit(part: NamePart) -> u16 {
    1 << part as u16
}
