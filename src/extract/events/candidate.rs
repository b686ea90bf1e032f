//! Candidates and the options that are weighed for them.

use super::modality::Modality;
use super::sentence::Sentence;
use super::signals::{EventSignal, ParticipantSignal, PlaceSignal};
use super::triggers::Found;
use crate::extract::entities::{PartyId, PlaceId};
use enumset::EnumSet;

/// A date and a word that it may date.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The sentence, by its place in the text.
    pub sentence: usize,
    pub found: Found,
    /// The date, by its place in the text's dates; none where the event is mentioned without one.
    pub date: Option<usize>,
    pub modality: Modality,
    /// Those who may take part.
    pub participants: Vec<Participant>,
    pub signals: EnumSet<EventSignal>,
    /// Above zero, it is an event.
    pub score: f32,
    /// The higher, the more the date belongs to this trigger and not to another.
    pub binding: f32,
    /// The sentence that names the event, where this one only takes it up: "They are set for 14 May".
    pub resumes: Option<usize>,
}

impl Candidate {
    /// What a sentence says of an event, before anything is weighed.
    pub fn of(sentence: usize, found: Found, modality: Modality) -> Self {
        let (participants, signals, score, binding) = (vec![], EnumSet::empty(), 0.0, 0.0);
        Self { sentence, found, date: None, modality, participants, signals, score, binding, resumes: None }
    }

    /// The sentence that names the event, and its words there.
    pub fn named<'s, 'a, 't>(&'s self, sentences: &'s [Sentence<'a, 't>]) -> (&'s Sentence<'a, 't>, &'s Found) {
        let of = &sentences[self.resumes.unwrap_or(self.sentence)];
        let known = self.resumes.and_then(|_| of.triggers.iter().rfind(|found| found.name == self.found.name));
        (of, known.unwrap_or(&self.found))
    }
}

/// A party that may take part.
#[derive(Clone, Debug)]
pub(super) struct Participant {
    pub party: PartyId,
    /// The person who acts for it, as a place in the text's people.
    pub person: Option<usize>,
    pub signals: EnumSet<ParticipantSignal>,
    /// Above zero, it takes part.
    pub score: f32,
    /// Where its name stands in the sentence.
    pub at: Option<usize>,
}

/// A place where an event may be held.
#[derive(Clone, Debug)]
pub(super) struct Location {
    pub place: PlaceId,
    pub signals: EnumSet<PlaceSignal>,
    pub score: f32,
}

/// What a date is to its event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateRole {
    /// A day that it has.
    Day,
    /// The day that it has from now on: "put off to 5 May", "will now open on 5 May".
    New,
    /// A day that it no longer has: "was originally set for 3 May".
    Former,
}
