//! What reading events needs to know: the triggers and phrases of a language, the weights of signals, and the names of the
//! world.

use super::signals::{self, EventSignal, MergeSignal, ParticipantSignal, PlaceSignal, Weights};
use super::triggers::Triggers;
use crate::event::ParticipantKind;
use crate::extract::data::{DataFile, data_file};
use crate::extract::entities::{Entities, PartyId};
use crate::extract::model::{self, Model, Models};
use crate::extract::text;
use crate::extract::words::{Phrases, Words};

const GROUPS: DataFile = data_file!("lang/en/groups_of_parties.tsv");

/// What reading events needs to know of a language.
#[derive(Debug)]
pub struct EventPack {
    pub(super) triggers: Triggers,
    /// Phrases for participants that are named elsewhere, and how many they are, where the phrase counts them.
    groups: Phrases<Option<u8>>,
    event: Weights<EventSignal>,
    binding: Weights<EventSignal>,
    who: Weights<ParticipantSignal>,
    place: Weights<PlaceSignal>,
    pub(super) merge: Weights<MergeSignal>,
    models: EventModels,
}

/// What features weigh in each decision, beside the signals.
#[derive(Debug)]
pub(super) struct EventModels {
    pub event: Model,
    pub binding: Model,
}

impl EventPack {
    /// Reads the data files, making their words known.
    pub fn new(words: &mut Words) -> Self {
        Self::with_weights(words, signals::SIGNALS, &model::MODELS)
    }

    /// The same with other weights.
    pub fn with_weights(words: &mut Words, weights: DataFile, models: &Models<'_>) -> Self {
        let mut groups = Phrases::default();
        for [phrase, count] in GROUPS.rows::<2>() {
            groups.insert(&text::phrase(words, phrase), count.parse().ok());
        }
        Self {
            triggers: Triggers::new(words, weights),
            groups,
            event: Weights::of(weights, "event"),
            binding: Weights::of(weights, "binding"),
            who: Weights::of(weights, "participant"),
            place: Weights::of(weights, "place"),
            merge: Weights::of(weights, "merge"),
            models: EventModels { event: Model::read(models.event), binding: Model::read(models.binding) },
        }
    }
}

/// The knowledge that reading a sentence draws on.
#[derive(Debug)]
pub(super) struct Language<'a> {
    pub triggers: &'a Triggers,
    pub groups: &'a Phrases<Option<u8>>,
    pub event: &'a Weights<EventSignal>,
    pub binding: &'a Weights<EventSignal>,
    pub who: &'a Weights<ParticipantSignal>,
    pub place: &'a Weights<PlaceSignal>,
    pub names: &'a Entities,
    pub merge: &'a Weights<MergeSignal>,
    pub models: &'a EventModels,
}

impl<'a> Language<'a> {
    pub fn new(pack: &'a EventPack, names: &'a Entities) -> Self {
        let EventPack { triggers, groups, event, binding, who, place, merge, models } = pack;
        Self { triggers, groups, event, binding, who, place, names, merge, models }
    }

    pub fn is_organisation(&self, party: PartyId) -> bool {
        self.names.gazetteer.parties[party].kind == ParticipantKind::Organization
    }
}
