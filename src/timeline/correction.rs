//! Corrections made by people. A correction outranks the articles until it is withdrawn.

use super::order::EntryId;
use crate::event::{EventState, Kind, Participant, Place, Status, When};
use serde::{Deserialize, Serialize};

/// A correction. It identifies an event by its entries, because the id of an event depends on them:
/// `of` lists the entries of the event when the correction was made, oldest first. The first one
/// that still exists determines the event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "lowercase")]
pub enum Correction {
    /// Creates an event that no article announced.
    Create {
        /// The state of the event.
        state: EventState,
    },
    /// Replaces fields of an event.
    Amend {
        /// The entries of the event.
        of: Vec<EntryId>,
        /// The fields to replace.
        amendment: Amendment,
    },
    /// Merges two events.
    Merge {
        /// The entries of the event that remains.
        of: Vec<EntryId>,
        /// The entries of the event that is merged into it.
        other: Vec<EntryId>,
    },
    /// Splits an event in two.
    Split {
        /// The entries that remain with the event.
        of: Vec<EntryId>,
        /// The entries of the new event.
        away: Vec<EntryId>,
    },
    /// States that this is no event. It is no longer shown, and what articles say of it later does
    /// not bring it back.
    Reject {
        /// The entries of the event.
        of: Vec<EntryId>,
    },
    /// States that an entry does not support an event, which is folded without it.
    #[serde(rename = "reject_evidence")]
    RejectEvidence {
        /// The entries of the event.
        of: Vec<EntryId>,
        /// The entry.
        evidence: EntryId,
    },
}

impl Correction {
    pub(super) fn amendment(&self) -> Option<&Amendment> {
        match self {
            Self::Amend { amendment, .. } => Some(amendment),
            _ => None,
        }
    }
}

/// New values for fields of an event. A field that is `None` keeps the value that the articles
/// give.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Amendment {
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The kind of event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// The status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// The date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// Whether the event is postponed without a new date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_pending: Option<bool>,
    /// The location.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The participants.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub participants: Option<Vec<Participant>>,
}

impl Amendment {
    /// Replaces the fields of `state`, except the title, which is derived from all amendments.
    pub(super) fn apply_to(&self, state: &mut EventState) {
        fn set<T: Clone>(field: &mut T, value: Option<&T>) {
            if let Some(value) = value {
                field.clone_from(value);
            }
        }
        set(&mut state.kind, self.kind.as_ref());
        set(&mut state.status, self.status.as_ref());
        set(&mut state.when, self.when.as_ref());
        set(&mut state.date_pending, self.date_pending.as_ref());
        if let Some(place) = &self.place {
            state.place = Some(place.clone());
        }
        set(&mut state.participants, self.participants.as_ref());
        state.date_pending &= state.status == Status::Postponed;
    }
}
