//! Binding: the days, participants and place of an accepted candidate.

use super::candidate::{Candidate, DateRole, Participant};
use super::changes;
use super::event_mention::EventMention;
use super::modality::Change;
use super::sentence::Sentence;
use super::signals::{ParticipantSignal, PlaceSignal};
use super::{date_scope, endings, location, naming, phrases, usage};
use crate::event::{Kind, Precision};
use crate::extract::time::Period;

/// Returns the mention of an accepted candidate, with its days, participants and place.
pub(super) fn bind(sentences: &[Sentence<'_, '_>], mut candidate: Candidate) -> EventMention {
    let here = &sentences[candidate.sentence];
    let (origin, found) = candidate.named(sentences);
    let places = location::options(sentences, origin, found, candidate.date, &candidate.participants);
    // A contrasted place indicates a change, as in "will be held in Oslo, not in Bergen".
    let contrasted = places.iter().any(|place| place.signals.contains(PlaceSignal::Contrasted));
    let place = places.into_iter().filter(|place| place.score > 0.0).max_by(|a, b| a.score.total_cmp(&b.score));
    let mut participants: Vec<Participant> =
        candidate.participants.iter().filter(|option| option.score > 0.0).cloned().collect();
    // The country of the destination takes part in a visit.
    let goals = PlaceSignal::Goal | PlaceSignal::InLabel;
    let goal = place.as_ref().filter(|place| found.kind == Kind::Visit && !place.signals.is_disjoint(goals));
    let host = goal.and_then(|goal| here.country_of(goal.place));
    if let Some(host) = host.filter(|host| participants.iter().all(|known| known.party != *host)) {
        participants.push(Participant::implied(host, ParticipantSignal::GoalOfVisit));
    }
    // An event with a proper name but no participants is attributed to the country of its place, as in "the Doha
    // Forum".
    if participants.is_empty() && naming::has_name(origin, found) {
        let holder = place.as_ref().and_then(|place| here.country_of(place.place));
        participants.extend(holder.map(|party| Participant::implied(party, ParticipantSignal::PlaceOfMeeting)));
    }
    let (kind, definite) = (usage::kind(origin, found), phrases::is_definite(origin, found));
    let lasts = date_scope::stated_length(here, found);
    candidate.found.kind = kind;
    if contrasted && place.is_some() && candidate.modality.change == Change::None {
        candidate.modality.change = Change::Other;
    }
    let moved = candidate.modality.change == Change::Day;
    EventMention {
        period: candidate.date.and_then(|date| days(sentences, here, &candidate, date, moved)),
        role: candidate.date.map_or(DateRole::Day, |date| changes::date_role(here, &candidate, date)),
        former_days: vec![],
        participants,
        place,
        definite,
        lasts,
        candidate,
    }
}

/// Returns the days of a candidate by its date, up to the end that another clause or the next sentence states.
fn days(
    sentences: &[Sentence<'_, '_>],
    here: &Sentence<'_, '_>,
    candidate: &Candidate,
    date: usize,
    moved: bool,
) -> Option<Period> {
    let days = date_scope::days(here, date, moved)?;
    let one_day = days.precision == Precision::Day && days.first == days.last;
    let open = one_day && !candidate.modality.status.is_off();
    let last = if open { endings::last_day(sentences, here, date, &days) } else { None };
    Some(last.map_or(days, |last| Period::days(days.first, last)))
}
