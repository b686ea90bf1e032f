//! The words inside people's names and around names, by class, from `data/lang/en/name_parts.tsv`.

use crate::extract::data::{DataFile, data_file};
use crate::extract::words::{WordId, Words};
use rustc_hash::FxHashMap;
use strum::EnumString;

const NAME_PARTS: DataFile = data_file!("lang/en/name_parts.tsv");

/// What a word is to a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "kebab-case")]
pub(super) enum NamePart {
    /// It stands inside one: "van", "al".
    Particle,
    /// It begins none: "The".
    NoName,
    /// It stands between a party and an office: "the", "deputy".
    Link,
    /// It joins an office, a town or an adjective to what has it: "president of Peru".
    Of,
    /// It ends the name of an owner: "'s".
    Possessive,
    /// It stands before a surname: "Mr".
    Title,
    /// The office that follows is held no longer, or the person lives no longer: "former", "late".
    Former,
    /// It joins two of a kind: "and".
    And,
    /// What the officials of a group hold: "summit".
    Gathering,
    /// What a group is made of: "states".
    Members,
    /// A place follows, within which something is: "in".
    Within,
    /// A place follows, which someone goes to: "to".
    Toward,
}

/// The words inside and around names.
#[derive(Debug)]
pub(super) struct NameWords {
    /// The classes of each word, one bit for each.
    classes: FxHashMap<WordId, u16>,
    /// The comma.
    pub comma: WordId,
    /// The full stop.
    pub full_stop: WordId,
    /// The hyphen.
    pub hyphen: WordId,
}

impl NameWords {
    /// Reads the list, making its words known.
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
