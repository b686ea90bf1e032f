//! The data of a language for the extraction of events: triggers, phrases, and the weights of signals and features.

use super::cues::Cues;
use super::signals::{EventSignal, MergeSignal, ParticipantSignal, PlaceSignal};
use super::triggers::Triggers;
use super::weights::{self, Weights};
use crate::extract::data::{DataFile, data_file};
use crate::extract::model::{self, Model, Models};
use crate::extract::text;
use crate::extract::words::{Phrases, Words};

const GROUPS: DataFile = data_file!("lang/en/groups_of_parties.tsv");

/// The data of a language for the extraction of events.
#[derive(Debug)]
pub struct EventPack {
    pub(super) triggers: Triggers,
    /// Phrases for participants that are named elsewhere, with their number if the phrase states it.
    pub(super) groups: Phrases<Option<u8>>,
    /// Words for the details of an event.
    pub(super) cues: Cues,
    pub(super) event: Weights<EventSignal>,
    pub(super) binding: Weights<EventSignal>,
    pub(super) who: Weights<ParticipantSignal>,
    pub(super) place: Weights<PlaceSignal>,
    pub(super) merge: Weights<MergeSignal>,
    /// The weights of the features.
    pub(super) event_model: Model,
    pub(super) binding_model: Model,
}

impl EventPack {
    /// Reads the built-in data files and interns their words.
    pub fn new(words: &mut Words) -> Self {
        Self::with_weights(words, weights::SIGNALS, &model::MODELS)
    }

    /// As [`Self::new`], but with other weights and models.
    pub fn with_weights(words: &mut Words, weights: DataFile, models: &Models<'_>) -> Self {
        let mut groups = Phrases::default();
        for [phrase, count] in GROUPS.rows::<2>() {
            groups.insert(&text::phrase(words, phrase), count.parse().ok());
        }
        Self {
            triggers: Triggers::new(words, weights),
            groups,
            cues: Cues::new(words),
            event: Weights::of(weights, "event"),
            binding: Weights::of(weights, "binding"),
            who: Weights::of(weights, "participant"),
            place: Weights::of(weights, "place"),
            merge: Weights::of(weights, "merge"),
            event_model: Model::read(models.event),
            binding_model: Model::read(models.binding),
        }
    }
}
