//! Which sightings of an article are of one event: "talks on 10 January", "the talks will take place in Geneva".
//!
//! Dated sightings come first, the exact before the coarse, so that nothing hangs on the order of the sentences;
//! then those without a date join the one event that they fit.

use super::sightings::{Actor, Sighting};
use crate::event::{Precision, Status};
use crate::extract::names::PlaceId;
use crate::extract::time::{Period, Timex};

/// The sightings of one event.
#[derive(Debug)]
pub(super) struct Group<'a> {
    /// Its sightings in the order of the text.
    pub sightings: Vec<&'a Sighting>,
    /// Its days.
    pub period: &'a Period,
}

impl Group<'_> {
    /// Who takes part, each once, in the order of the text; only what dated sightings say.
    pub fn actors(&self) -> Vec<Actor> {
        let mut actors: Vec<Actor> = Vec::new();
        for actor in self.sightings.iter().filter(|s| s.timex.is_some()).flat_map(|s| &s.actors) {
            if !actors.contains(actor) {
                actors.push(*actor);
            }
        }
        actors
    }

    /// Where it is held: what a dated sighting says before what others say, a city before a country.
    pub fn place(&self, is_country: impl Fn(PlaceId) -> bool) -> Option<PlaceId> {
        let places = self.sightings.iter().filter_map(|s| Some((s.place?, s.timex.is_none())));
        places.min_by_key(|(place, undated)| (is_country(*place), *undated)).map(|(place, _)| place)
    }

    fn accepts(&self, sighting: &Sighting, period: &Period) -> bool {
        let family = self.sightings.iter().any(|s| s.kind.family() == sighting.kind.family());
        family
            && days_agree(self.period, period)
            && actors_agree(&self.actors(), &sighting.actors)
            && self.sightings.iter().all(|s| s.place.is_none() || sighting.place.is_none() || s.place == sighting.place)
    }
}

/// The events of an article.
pub(super) fn group<'a>(sightings: &'a [Sighting], timexes: &'a [Timex]) -> Vec<Group<'a>> {
    let mut dated: Vec<(&Sighting, &Period)> =
        sightings.iter().filter_map(|s| Some((s, timexes[s.timex?].days()?))).collect();
    dated.sort_by_key(|(s, period)| {
        (period.precision, (period.last - period.first).get_days(), s.actors.is_empty(), s.sentence)
    });
    let mut groups: Vec<Group<'a>> = Vec::new();
    for (sighting, period) in dated {
        let same_kind = groups.iter().position(|g| g.accepts(sighting, period) && g.sightings[0].kind == sighting.kind);
        let fitting = same_kind.or_else(|| groups.iter().position(|g| g.accepts(sighting, period)));
        match fitting {
            Some(at) => groups[at].sightings.push(sighting),
            None => groups.push(Group { sightings: vec![sighting], period }),
        }
    }
    for sighting in sightings.iter().filter(|s| s.timex.is_none()) {
        attach(&mut groups, sighting);
    }
    for group in &mut groups {
        group.sightings.sort_by_key(|s| s.sentence);
    }
    groups
}

/// Gives a sighting without a date to the one event that it fits.
fn attach<'a>(groups: &mut [Group<'a>], sighting: &'a Sighting) {
    let fits = |g: &Group<'_>, same_kind: bool| {
        let kind = g
            .sightings
            .iter()
            .filter(|s| s.timex.is_some())
            .any(|s| if same_kind { s.kind == sighting.kind } else { s.kind.family() == sighting.kind.family() });
        kind && (sighting.actors.is_empty() || actors_agree(&g.actors(), &sighting.actors))
    };
    for same_kind in [true, false] {
        let fitting: Vec<usize> = (0..groups.len()).filter(|at| fits(&groups[*at], same_kind)).collect();
        if let [only] = fitting[..] {
            groups[only].sightings.push(sighting);
            return;
        }
        if !fitting.is_empty() {
            return;
        }
    }
}

/// Exact days are equal; a coarse date agrees with what it holds.
fn days_agree(known: &Period, said: &Period) -> bool {
    if said.precision == Precision::Day && known.precision == Precision::Day {
        return (known.first, known.last) == (said.first, said.last);
    }
    known.first <= said.last && said.first <= known.last
}

/// One names no more than the other does, or there is nothing to compare.
fn actors_agree(a: &[Actor], b: &[Actor]) -> bool {
    let parties = |actors: &[Actor]| -> Vec<usize> { actors.iter().filter_map(|a| a.party).collect() };
    let (a, b) = (parties(a), parties(b));
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    few.iter().all(|party| many.contains(party))
}

/// The standing that the sightings of an event give it: what calls it off or puts it off speaks last; else certainty
/// outweighs expectation.
pub(super) fn status(sightings: &[&Sighting]) -> Status {
    let has = |status| sightings.iter().any(|s| s.status == status);
    if has(Status::Cancelled) {
        Status::Cancelled
    } else if has(Status::Postponed) {
        Status::Postponed
    } else if sightings.iter().any(|s| s.status == Status::Confirmed && (s.timex.is_some() || s.says_status)) {
        Status::Confirmed
    } else {
        Status::Tentative
    }
}
