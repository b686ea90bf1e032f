//! Accepted candidates with their days, participants and places, and the clusters of those that are about one event.

use super::candidate::{Candidate, DateRole, Location, Participant};
use super::modality::Change;
use super::sentence::Sentence;
use crate::event::{Kind, Precision};
use crate::extract::entities::{PartyId, PlaceId};
use crate::extract::time::Period;
use jiff::ToSpan;

/// An accepted candidate.
#[derive(Clone, Debug)]
pub(super) struct EventMention {
    pub candidate: Candidate,
    pub period: Option<Period>,
    pub participants: Vec<Participant>,
    pub place: Option<Location>,
    pub definite: bool,
    /// The duration of the event, in days, if its sentence states one.
    pub lasts: Option<i64>,
    /// The role of the date.
    pub role: DateRole,
    /// The former days of the event, if the article states them.
    pub former_days: Vec<Period>,
}

impl EventMention {
    /// Returns the participating states and organisations.
    pub fn parties(&self) -> Vec<PartyId> {
        self.participants.iter().map(|option| option.party).collect()
    }

    /// Whether it names all sides of a meeting: two participants or an organisation.
    pub fn has_sides(&self, sentence: &Sentence<'_, '_>) -> bool {
        self.participants.len() > 1 || self.participants.iter().any(|option| sentence.is_organisation(option.party))
    }

    /// Whether its clause moves the event to another date or postpones it without one.
    pub fn is_moved(&self) -> bool {
        self.candidate.modality.change == Change::Day
    }

    /// Whether both have the same trigger.
    pub fn is_of_trigger(&self, other: &Self) -> bool {
        self.candidate.sentence == other.candidate.sentence
            && self.candidate.found.tokens == other.candidate.found.tokens
    }

    /// Whether the kinds of both are interchangeable in news.
    pub fn is_of_family(&self, other: &Self) -> bool {
        self.candidate.found.kind.family() == other.candidate.found.kind.family()
    }

    /// Whether both may be one event by kind and participants: the participants of one are a subset of the other's.
    pub fn may_be(&self, other: &Self) -> bool {
        self.is_of_family(other) && are_within(&self.parties(), &other.parties())
    }
}

/// Whether the shorter of two lists of parties is a subset of the other.
pub(super) fn are_within(some: &[PartyId], others: &[PartyId]) -> bool {
    let (few, many) = if some.len() <= others.len() { (some, others) } else { (others, some) };
    few.iter().all(|party| many.contains(party))
}

/// The mentions of one event.
#[derive(Debug)]
pub(super) struct Cluster {
    pub mentions: Vec<EventMention>,
    pub period: Option<Period>,
}

impl Cluster {
    /// Whether a mention may be of this event by kind and participants.
    pub fn may_be(&self, other: &EventMention) -> bool {
        let known: Vec<PartyId> = self.participants().iter().map(|option| option.party).collect();
        self.mentions.iter().any(|mention| mention.is_of_family(other)) && are_within(&known, &other.parties())
    }

    /// Returns the highest score of the mentions.
    pub fn score(&self) -> f32 {
        self.mentions.iter().map(|mention| mention.candidate.score).fold(f32::NEG_INFINITY, f32::max)
    }

    /// Returns the kind of the mention with the highest score, the first of equals.
    pub fn kind(&self) -> Kind {
        let best = self.mentions.iter().rev().max_by(|a, b| a.candidate.score.total_cmp(&b.candidate.score));
        best.map_or(Kind::Meeting, |mention| mention.candidate.found.kind)
    }

    /// Extends a one-day event to the duration that the article states.
    pub fn extend(&mut self) {
        let one_day = self.period.filter(|days| days.precision == Precision::Day && days.first == days.last);
        let lasts = self.mentions.iter().find_map(|mention| mention.lasts);
        if let Some((days, lasts)) = one_day.zip(lasts) {
            let last = days.first.checked_add((lasts - 1).days());
            self.period = last.ok().map(|last| Period::days(days.first, last));
        }
    }

    /// Returns the participants without duplicates, in the order of the text.
    pub fn participants(&self) -> Vec<Participant> {
        let mut all: Vec<Participant> = Vec::new();
        // Mentions without a date do not count, as they can be about other events too.
        let dated = self.mentions.iter().any(|mention| mention.candidate.date.is_some());
        let counts = |mention: &&EventMention| !dated || mention.candidate.date.is_some();
        for option in self.mentions.iter().filter(counts).flat_map(|mention| &mention.participants) {
            match all.iter_mut().find(|known| known.party == option.party) {
                Some(known) => known.person = known.person.or(option.person),
                None => all.push(option.clone()),
            }
        }
        all
    }

    /// Returns the place with the highest total score or, if that is a country, the best town in it.
    pub fn place(&self, sentence: &Sentence<'_, '_>) -> Option<PlaceId> {
        let options = || self.mentions.iter().filter_map(|mention| mention.place.as_ref());
        let sum = |place: PlaceId| options().filter(|o| o.place == place).map(|o| o.score).sum::<f32>();
        let most = |places: &mut dyn Iterator<Item = PlaceId>| places.max_by(|a, b| sum(*a).total_cmp(&sum(*b)));
        let best = most(&mut options().map(|option| option.place))?;
        let within =
            |town: &PlaceId| !sentence.is_country(*town) && sentence.country_of(*town) == sentence.country_of(best);
        let town = most(&mut options().map(|option| option.place).filter(within));
        Some(town.filter(|_| sentence.is_country(best)).unwrap_or(best))
    }
}
