//! Entries: the input of the timeline. Each is one statement about one event, by an article or by a
//! person.

use super::{
    correction::Correction,
    order::{EntryId, Order},
};
use crate::event::{EventState, Mention, Role};
use uuid::Uuid;

/// One statement about one event.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// Its position in the order of publication.
    pub order: Order,
    /// What it states.
    pub content: Content,
}

/// What an entry states.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A mention of an event in an article.
    Mention {
        /// The id of the article.
        article: Uuid,
        /// The mention.
        mention: Mention,
    },
    /// A correction made by a person.
    Correction(Correction),
}

impl Entry {
    /// Returns the article that contains the entry; `None` for a correction.
    pub fn article(&self) -> Option<Uuid> {
        match &self.content {
            Content::Mention { article, .. } => Some(*article),
            Content::Correction(_) => None,
        }
    }

    /// Returns the mention; `None` for a correction.
    pub fn mention(&self) -> Option<&Mention> {
        match &self.content {
            Content::Mention { mention, .. } => Some(mention),
            Content::Correction(_) => None,
        }
    }

    /// Returns the state of the event that a person created with this entry.
    pub(super) fn created_state(&self) -> Option<&EventState> {
        match &self.content {
            Content::Correction(Correction::Create { state }) => Some(state),
            _ => None,
        }
    }

    /// Returns whether the entry can create an event.
    pub fn creates_event(&self) -> bool {
        self.created_state().is_some() || self.mention().is_some_and(creates_event)
    }

    /// Returns whether both entries come from the same source or, where the source is unknown, from
    /// the same article.
    pub(super) fn has_source_of(&self, other: &Self) -> bool {
        let article = self.article();
        article == other.article()
            || article.is_some() && self.order.source.is_some() && self.order.source == other.order.source
    }
}

/// Returns whether a mention can create an event: it is an announcement or a change, and it has a
/// date.
pub fn creates_event(mention: &Mention) -> bool {
    mention.role != Role::Reports && mention.when.is_some()
}
