//! Mentions of events, as candidates that were accepted, and the clusters of those that are of one event.

use super::candidate::{Candidate, DateRole, Location, Participant};
use super::modality::Change;
use super::sentence::Sentence;
use crate::event::{Kind, Precision};
use crate::extract::entities::{PartyId, PlaceId};
use crate::extract::time::Period;
use jiff::ToSpan;

/// A candidate that has been accepted, with all that it says.
#[derive(Clone, Debug)]
pub(super) struct EventMention {
    pub candidate: Candidate,
    pub period: Option<Period>,
    pub participants: Vec<Participant>,
    pub place: Option<Location>,
    pub definite: bool,
    /// How many days it lasts, where its sentence says so.
    pub lasts: Option<i64>,
    /// What its date is to the event.
    pub role: DateRole,
    /// Its dates before it was moved, where the article states them.
    pub before: Vec<Period>,
}

impl EventMention {
    /// Those who take part.
    pub fn parties(&self) -> Vec<PartyId> {
        self.participants.iter().map(|option| option.party).collect()
    }

    /// Whether as many are named as meet: two, or a body with its members.
    pub fn has_sides(&self, sentence: &Sentence<'_, '_>) -> bool {
        self.participants.len() > 1 || self.participants.iter().any(|option| sentence.is_organisation(option.party))
    }

    /// Whether its clause gives the event another day, or takes its day away.
    pub fn is_moved(&self) -> bool {
        self.candidate.modality.change == Change::Day
    }

    /// Whether both are of the same words.
    pub fn is_of_trigger(&self, other: &Self) -> bool {
        self.candidate.sentence == other.candidate.sentence
            && self.candidate.found.tokens == other.candidate.found.tokens
    }

    /// Whether both are of a kind that writers use for one another.
    pub fn is_of_family(&self, other: &Self) -> bool {
        self.candidate.found.kind.family() == other.candidate.found.kind.family()
    }

    /// Whether both may be of one event by kind and participants: the one that names fewer names none of its own.
    pub fn may_be(&self, other: &Self) -> bool {
        self.is_of_family(other) && are_within(&self.parties(), &other.parties())
    }
}

/// Whether the shorter of two lists of parties holds nobody whom the other lacks.
pub(super) fn are_within(some: &[PartyId], others: &[PartyId]) -> bool {
    let (few, many) = if some.len() <= others.len() { (some, others) } else { (others, some) };
    few.iter().all(|party| many.contains(party))
}

/// The candidates of one event.
#[derive(Debug)]
pub(super) struct Cluster {
    pub mentions: Vec<EventMention>,
    pub period: Option<Period>,
}

impl Cluster {
    /// Whether a mention may be of the event by kind and participants.
    pub fn may_be(&self, other: &EventMention) -> bool {
        let known: Vec<PartyId> = self.participants().iter().map(|option| option.party).collect();
        self.mentions.iter().any(|told| told.is_of_family(other)) && are_within(&known, &other.parties())
    }

    /// What the candidate weighs that weighs most.
    pub fn score(&self) -> f32 {
        self.mentions.iter().map(|told| told.candidate.score).fold(f32::NEG_INFINITY, f32::max)
    }

    /// The kind of the mention with the highest score; on a tie, of the first.
    pub fn kind(&self) -> Kind {
        let best = self.mentions.iter().rev().max_by(|a, b| a.candidate.score.total_cmp(&b.candidate.score));
        best.map_or(Kind::Meeting, |told| told.candidate.found.kind)
    }

    /// Extends a one-day event to the length that the article states.
    pub fn extend(&mut self) {
        let one_day = self.period.filter(|days| days.precision == Precision::Day && days.first == days.last);
        let lasts = self.mentions.iter().find_map(|told| told.lasts);
        if let Some((days, lasts)) = one_day.zip(lasts) {
            let last = days.first.checked_add((lasts - 1).days());
            self.period = last.ok().map(|last| Period::days(days.first, last));
        }
    }

    /// Those who take part, each once, in the order of the text.
    pub fn participants(&self) -> Vec<Participant> {
        let mut all: Vec<Participant> = Vec::new();
        // What is said without a date may be of others as well.
        let dated = self.mentions.iter().any(|told| told.candidate.date.is_some());
        let counts = |told: &&EventMention| !dated || told.candidate.date.is_some();
        for option in self.mentions.iter().filter(counts).flat_map(|told| &told.participants) {
            match all.iter_mut().find(|known| known.party == option.party) {
                Some(known) => known.person = known.person.or(option.person),
                None => all.push(option.clone()),
            }
        }
        all
    }

    /// Where it is held: what weighs most in all, or a town in that country.
    pub fn place(&self, sentence: &Sentence<'_, '_>) -> Option<PlaceId> {
        let options = || self.mentions.iter().filter_map(|told| told.place.as_ref());
        let sum = |place: PlaceId| options().filter(|o| o.place == place).map(|o| o.score).sum::<f32>();
        let most = |places: &mut dyn Iterator<Item = PlaceId>| places.max_by(|a, b| sum(*a).total_cmp(&sum(*b)));
        let best = most(&mut options().map(|option| option.place))?;
        let within =
            |town: &PlaceId| !sentence.is_country(*town) && sentence.country_of(*town) == sentence.country_of(best);
        let town = most(&mut options().map(|option| option.place).filter(within));
        Some(town.filter(|_| sentence.is_country(best)).unwrap_or(best))
    }
}
