//! The order of publication, in which entries are folded, and the ids of entries.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The position of an entry in the order of publication, which is independent of the order of
/// arrival. Fields are compared from first to last; an unknown value sorts before a known one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Order {
    /// The date of publication.
    pub published_on: Date,
    /// The timestamp of publication, if it is known.
    pub published_at: Option<Timestamp>,
    /// The publisher.
    pub source: Option<String>,
    /// The SHA-256 hash of the text, in hexadecimal.
    pub text_hash: String,
    /// The URL; it distinguishes two copies of a text from the same source.
    pub url: Option<String>,
    /// The position within the article.
    pub position: u32,
}

/// Identifies an entry for as long as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntryId {
    /// The number of a mention.
    Mention(i64),
    /// The id of a correction.
    Correction(Uuid),
}

impl EntryId {
    /// Returns the number of a mention; `None` for a correction.
    pub fn mention(self) -> Option<i64> {
        match self {
            Self::Mention(id) => Some(id),
            Self::Correction(_) => None,
        }
    }
}
