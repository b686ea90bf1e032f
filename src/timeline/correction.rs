//! Corrections made by people. A correction outranks the articles until it is withdrawn.

use super::{order::EntryId, participants::add_missing};
use crate::event::{EventState, Format, Kind, Level, Participant, Place, Status, When};
use jiff::civil::Time;
use serde::{Deserialize, Deserializer, Serialize};

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
    /// States that this is not an event. It is no longer shown, and later articles do not bring it
    /// back.
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
/// give; one that is `Some(None)` is removed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Amendment {
    /// The title.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub title: Option<Option<String>>,
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
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub place: Option<Option<Place>>,
    /// The participants.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub participants: Option<Vec<Participant>>,
    /// Participants that are added to those of the articles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add_participants: Vec<Participant>,
    /// Participants that are removed from those of the articles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove_participants: Vec<Participant>,
    /// The name of the event.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub name: Option<Option<String>>,
    /// The topic.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub topic: Option<Option<String>>,
    /// The clock time at which it starts, where the time zone is unknown.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub local_time: Option<Option<Time>>,
    /// How the participants meet.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub format: Option<Option<Format>>,
    /// Who represents the participants.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub level: Option<Option<Level>>,
    /// The organiser's page.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub official_url: Option<Option<String>>,
    /// Notes.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub notes: Option<Option<String>>,
    /// Keywords.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
}

/// Reads a field that is present, perhaps as `null`: an absent one is the default.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
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
        set(&mut state.place, self.place.as_ref());
        set(&mut state.participants, self.participants.as_ref());
        let is_same = |a: &Participant, b: &Participant| a.kind == b.kind && a.name == b.name;
        state.participants.retain(|known| !self.remove_participants.iter().any(|removed| is_same(known, removed)));
        add_missing(&mut state.participants, &self.add_participants);
        set(&mut state.details.name, self.name.as_ref());
        set(&mut state.details.topic, self.topic.as_ref());
        set(&mut state.details.local_time, self.local_time.as_ref());
        set(&mut state.details.format, self.format.as_ref());
        set(&mut state.details.level, self.level.as_ref());
        set(&mut state.editorial.official_url, self.official_url.as_ref());
        set(&mut state.editorial.notes, self.notes.as_ref());
        set(&mut state.editorial.tags, self.tags.as_ref());
        state.date_pending &= state.status == Status::Postponed;
    }
}
