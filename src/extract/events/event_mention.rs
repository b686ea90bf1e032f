//! Mentions of events, as candidates that were accepted, and the clusters of those that are of one event.

use super::candidate::Candidate;
use super::candidate::{DateRole, Location, Participant};
use super::date_scope::LONGEST;
use crate::event::{Kind, Precision};
use crate::extract::entities::{PartyId, PlaceId};
use crate::extract::time::Period;

/// A candidate that has been accepted, with all that it says.
#[derive(Clone, Debug)]
pub(super) struct EventMention {
    pub candidate: Candidate,
    pub period: Option<Period>,
    pub participants: Vec<Participant>,
    pub place: Option<Location>,
    /// It names the body whose own event it is.
    pub body: Option<PartyId>,
    pub definite: bool,
    /// How many days it lasts, where its sentence says so.
    pub lasts: Option<i64>,
    /// Of a tour, how many places it goes to.
    pub stops: usize,
    /// What its date is to the event.
    pub role: DateRole,
    /// Where its date is the new one of an event that was moved, the days that it had before, as far as they are told.
    pub before: Option<Vec<Period>>,
    /// By how many days it moves an event.
    pub shift: Option<i32>,
    /// It says what holds by now, after a change: "will now take place".
    pub now: bool,
}

/// The candidates of one event.
#[derive(Debug)]
pub(super) struct Cluster {
    pub mentions: Vec<EventMention>,
    pub period: Option<Period>,
}

impl Cluster {
    /// Whether a telling ends the event: "the visit will end on 10 May".
    pub fn ends_with(&self, end: &EventMention) -> bool {
        let (Some(own), Some(last)) = (&self.period, &end.period) else { return false };
        let exact = own.precision == Precision::Day && last.precision == Precision::Day;
        let days = (last.last - own.first).get_days();
        let family =
            self.mentions.iter().any(|told| told.candidate.found.kind.family() == end.candidate.found.kind.family());
        let known = self.participants();
        let meant = end.participants.iter().all(|option| known.iter().any(|known| known.party == option.party))
            || known.iter().all(|known| end.participants.iter().any(|option| known.party == option.party));
        exact && (1..=LONGEST).contains(&i64::from(days)) && family && meant
    }

    /// What the candidate weighs that weighs most.
    pub fn score(&self) -> f32 {
        self.mentions.iter().map(|told| told.candidate.score).fold(f32::NEG_INFINITY, f32::max)
    }

    /// The kind that weighs most; a meeting that is a summit anywhere is one.
    pub fn kind(&self) -> Kind {
        let kinds = || self.mentions.iter().map(|told| told.candidate.found.kind);
        let best = self.mentions.iter().max_by(|a, b| a.candidate.score.total_cmp(&b.candidate.score));
        let kind = best.map_or(Kind::Meeting, |told| told.candidate.found.kind);
        if kind.family() == Kind::Summit.family() && kinds().any(|kind| kind == Kind::Summit) {
            Kind::Summit
        } else {
            kind
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

    /// Where it is held: what weighs most, a town before its country.
    pub fn place(&self, is_country: impl Fn(PlaceId) -> bool) -> Option<PlaceId> {
        let places = self.mentions.iter().filter_map(|told| told.place.as_ref());
        places
            .max_by(|a, b| (!is_country(a.place)).cmp(&!is_country(b.place)).then(a.score.total_cmp(&b.score)))
            .map(|location| location.place)
    }
}
