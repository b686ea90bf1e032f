//! What the timeline is folded from: what articles and people say, in the order in which they said it.

use super::correction::Correction;
use crate::event::{EventState, Mention, Role};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where something stands among all that was ever said: by publication, never by arrival. Parts that are not known come
/// first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Order {
    /// The day it was published.
    pub published_on: Date,
    /// The instant, where it is known.
    pub published_at: Option<Timestamp>,
    /// Who published it.
    pub source: Option<String>,
    /// SHA-256 of the text, in hexadecimal.
    pub text_hash: String,
    /// Its address: tells apart what one source published twice.
    pub url: Option<String>,
    /// Its place in the article.
    pub position: u32,
}

/// What an entry is known by, for as long as it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntryId {
    /// A mention, by its number.
    Mention(i64),
    /// A person's correction.
    Correction(Uuid),
}

impl EntryId {
    /// The number of a mention.
    pub fn mention(self) -> Option<i64> {
        match self {
            Self::Mention(id) => Some(id),
            Self::Correction(_) => None,
        }
    }
}

/// One thing that was said of one event.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What it is known by.
    pub id: EntryId,
    /// When it was said.
    pub order: Order,
    /// What was said.
    pub said: Said,
}

/// What was said.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// What an article says of an event.
    Mention {
        /// The article.
        article: Uuid,
        /// What it says.
        mention: Mention,
    },
    /// What a person put right.
    Correction(Correction),
}

impl Entry {
    /// The article that says it; none where a person does.
    pub fn article(&self) -> Option<Uuid> {
        match &self.said {
            Said::Mention { article, .. } => Some(*article),
            Said::Correction(_) => None,
        }
    }

    /// What an article says; none where a person speaks.
    pub fn mention(&self) -> Option<&Mention> {
        match &self.said {
            Said::Mention { mention, .. } => Some(mention),
            Said::Correction(_) => None,
        }
    }

    /// The event that a person entered by hand.
    pub(super) fn created(&self) -> Option<&EventState> {
        match &self.said {
            Said::Correction(Correction::Create { state }) => Some(state),
            _ => None,
        }
    }

    /// Whether it suffices for an event.
    pub fn makes_an_event(&self) -> bool {
        self.created().is_some() || self.mention().is_some_and(makes_an_event)
    }

    /// Whether another speaks with the same voice: the same source, or where it has none the same article.
    pub(super) fn same_voice(&self, other: &Self) -> bool {
        let article = self.article();
        article == other.article()
            || article.is_some() && self.order.source.is_some() && self.order.source == other.order.source
    }
}

/// Whether a mention suffices for an event: a dated announcement or change.
pub fn makes_an_event(mention: &Mention) -> bool {
    mention.role != Role::Reports && mention.when.is_some()
}
