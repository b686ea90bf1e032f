//! What a person puts right: evidence of its own kind, which outranks the articles until it is withdrawn.

use super::order::EntryId;
use crate::event::{EventState, Kind, Participant, Place, Status, When};
use serde::{Deserialize, Serialize};

/// A person's correction. Events are what is said of them, whatever they are called: `of` are the entries that spoke of the
/// event when it was put right, the oldest first. The first one still there tells which event is meant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "lowercase")]
pub enum Correction {
    /// An event that no article announced.
    Create {
        /// What it is.
        state: EventState,
    },
    /// Fields of an event as they should be.
    Amend {
        /// Of the event.
        of: Vec<EntryId>,
        /// The fields.
        amendment: Amendment,
    },
    /// Two events are one.
    Merge {
        /// Of the event that stays.
        of: Vec<EntryId>,
        /// Of the event that becomes part of it.
        other: Vec<EntryId>,
    },
    /// One event is two.
    Split {
        /// Of the event.
        of: Vec<EntryId>,
        /// What was said of the other one.
        away: Vec<EntryId>,
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

/// Fields of an event as a person says they should be; those that are not set stay as the articles have them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Amendment {
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The sort of occasion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// How sure it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// When it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// Put off with no new day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_pending: Option<bool>,
    /// Where it is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Who takes part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub participants: Option<Vec<Participant>>,
}

impl Amendment {
    /// Puts the fields right, but for the title, which follows from all of them.
    pub(super) fn amend(&self, state: &mut EventState) {
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
