//! Candidates and the options that are weighed for them.

use super::modality::Modality;
use super::sentence::Sentence;
use super::signals::{EventSignal, ParticipantSignal, PlaceSignal};
use super::triggers::Found;
use crate::extract::entities::{PartyId, PlaceId};
use enumset::EnumSet;

/// A date and a trigger that it may date.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The index of the sentence in the text.
    pub sentence: usize,
    pub found: Found,
    /// The date, as an index into the dates of the text; `None` if the event is mentioned without one.
    pub date: Option<usize>,
    pub modality: Modality,
    /// The possible participants.
    pub participants: Vec<Participant>,
    pub signals: EnumSet<EventSignal>,
    /// Positive if the candidate is an event.
    pub score: f32,
    /// How strongly the date belongs to this trigger; the highest of its candidates is chosen.
    pub binding: f32,
    /// The sentence with the antecedent, if this one refers to the event by a pronoun, as in "They are set for 14 May".
    pub resumes: Option<usize>,
}

impl Candidate {
    /// Creates a candidate without a date, before it is weighed.
    pub fn of(sentence: usize, found: Found, modality: Modality) -> Self {
        let (participants, signals, score, binding) = (vec![], EnumSet::empty(), 0.0, 0.0);
        Self { sentence, found, date: None, modality, participants, signals, score, binding, resumes: None }
    }

    /// Returns the sentence that names the event, and its trigger there.
    pub fn named<'s, 'a, 't>(&'s self, sentences: &'s [Sentence<'a, 't>]) -> (&'s Sentence<'a, 't>, &'s Found) {
        let origin = &sentences[self.resumes.unwrap_or(self.sentence)];
        let known = self.resumes.and_then(|_| origin.triggers.iter().rfind(|found| found.name == self.found.name));
        (origin, known.unwrap_or(&self.found))
    }
}

/// A possible participant.
#[derive(Clone, Debug)]
pub(super) struct Participant {
    pub party: PartyId,
    /// The person who represents it, as an index into the people of the text.
    pub person: Option<usize>,
    pub signals: EnumSet<ParticipantSignal>,
    /// Positive if it takes part.
    pub score: f32,
    /// The token of its name in the sentence.
    pub at: Option<usize>,
}

impl Participant {
    /// A participant that no name states: the place implies it.
    pub fn implied(party: PartyId, signal: ParticipantSignal) -> Self {
        Self { party, person: None, signals: signal.into(), score: 0.0, at: None }
    }
}

/// A possible location.
#[derive(Clone, Debug)]
pub(super) struct Location {
    pub place: PlaceId,
    pub signals: EnumSet<PlaceSignal>,
    pub score: f32,
}

/// The role of a date for its event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateRole {
    /// A day of the event.
    Day,
    /// The new date of a moved event, as in "put off to 5 May" or "will now open on 5 May".
    New,
    /// A former date, as in "was originally set for 3 May".
    Former,
}
