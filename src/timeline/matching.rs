//! Which mentions from different articles speak of one event.

use super::fold::overlap;
use crate::event::{EventState, Mention, Participant, Place, Precision, When};

/// Whether `mention` speaks of the event in `state`: the same family of kinds, days that agree, a party in common
/// and no place that contradicts.
pub fn same_event(state: &EventState, mention: &Mention) -> bool {
    state.kind.family() == mention.kind.family()
        && mention.when.as_ref().is_some_and(|when| days_agree(&state.when, when))
        && parties_agree(&state.participants, &mention.participants)
        && places_agree(state.place.as_ref(), mention.place.as_ref())
}

/// Whether `mention`, which names no day, may speak of the event in `state`: the same family of kinds, no party that does
/// not take part and no place that contradicts.
pub fn may_be_meant(state: &EventState, mention: &Mention) -> bool {
    let (known, said) = (codes(&state.participants), codes(&mention.participants));
    state.kind.family() == mention.kind.family()
        && !said.is_empty()
        && said.iter().all(|code| known.contains(code))
        && places_agree(state.place.as_ref(), mention.place.as_ref())
}

/// Exact days must be equal; a coarse date agrees with what lies in it.
fn days_agree(a: &When, b: &When) -> bool {
    match (a.precision, b.precision) {
        (Precision::Day, Precision::Day) => (a.starts_on, a.ends_on) == (b.starts_on, b.ends_on),
        _ => overlap(a, b),
    }
}

/// One names all the parties that the other does; two that name none agree.
fn parties_agree(a: &[Participant], b: &[Participant]) -> bool {
    let (a, b) = (codes(a), codes(b));
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    !few.is_empty() && few.iter().all(|code| many.contains(code)) || many.is_empty()
}

/// The codes of the parties that are named or that somebody acts for.
fn codes(participants: &[Participant]) -> Vec<&str> {
    participants.iter().filter_map(|p| p.code.as_deref().or(p.represents.as_deref())).collect()
}

fn places_agree(a: Option<&Place>, b: Option<&Place>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    let only_country = a.is_country() || b.is_country();
    // One city may go by two names: Pusan, Busan.
    let point = |place: &Place| place.latitude.zip(place.longitude);
    let same_point = point(a).is_some() && point(a) == point(b);
    a.name == b.name || same_point || only_country && a.country == b.country
}
