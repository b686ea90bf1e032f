//! Which of several places or parties of one name is meant: by the country named beside it, by the countries that
//! the article speaks of, and by how many people live there.

use super::Spot;
use super::gazetteer::{Gazetteer, How, PartyId, Reading};
use crate::extract::text::Document;
use rustc_hash::FxHashSet;

/// How much more likely a place is where the text names its country: as if five times as many people lived there.
const NAMED: u64 = 5;

/// The countries that a text names by something that can mean no other.
pub(super) struct Countries(FxHashSet<PartyId>);

impl Countries {
    pub(super) fn named_by(gazetteer: &Gazetteer, spots: &[Spot<'_>]) -> Self {
        let land =
            |reading: &Reading| reading.party.or_else(|| reading.place.and_then(|place| gazetteer.country_of(place)));
        let countries = spots.iter().filter_map(|spot| {
            let country = land(spot.readings.first()?)?;
            let one = spot.readings.iter().all(|reading| land(reading) == Some(country));
            let names = spot.readings.iter().any(|reading| reading.how != How::Place);
            (one && names).then_some(country)
        });
        Self(countries.collect())
    }

    pub(super) fn names(&self, country: Option<PartyId>) -> bool {
        country.is_some_and(|country| self.0.contains(&country))
    }
}

/// The countries that are named right beside the place that is number `at` of `spots`: "Paris, Texas", "Lugano in
/// Switzerland", "the Lebanese city of Tripoli".
pub(super) fn countries_beside(
    gazetteer: &Gazetteer,
    doc: &Document<'_>,
    spots: &[Spot<'_>],
    at: usize,
) -> Vec<PartyId> {
    let start = spots[at].tokens.start;
    let after = joined_to(doc, spots, at, ",", 1).or_else(|| joined_to(doc, spots, at, "in", 2));
    let lands = after.into_iter().flat_map(|next| next.readings.iter()).filter(|r| r.how != How::Demonym);
    let of = start > 0 && doc.token_text(start - 1) == "of";
    let before = at.checked_sub(1).map(|at| &spots[at]).filter(|spot| of && spot.tokens.end + 4 > start);
    let peoples = before.into_iter().flat_map(|spot| spot.readings.iter()).filter(|r| r.how == How::Demonym);
    let lands = lands.filter_map(|reading| gazetteer.country_of(reading.place?));
    lands.chain(peoples.filter_map(|reading| reading.party)).collect()
}

/// The country of a region that is named right after a town: "Cairo, Illinois".
pub(super) fn province_after(
    gazetteer: &Gazetteer,
    doc: &Document<'_>,
    spots: &[Spot<'_>],
    at: usize,
) -> Option<PartyId> {
    let next = joined_to(doc, spots, at, ",", 1).filter(|next| next.readings.iter().all(|r| r.how == How::Place))?;
    next.readings.iter().find_map(|r| gazetteer.country_of(r.place?))
}

/// The name after number `at`, where a word joins it to that and it begins within so many tokens.
fn joined_to<'s, 'g>(
    doc: &Document<'_>,
    spots: &'s [Spot<'g>],
    at: usize,
    link: &str,
    reach: usize,
) -> Option<&'s Spot<'g>> {
    let end = spots[at].tokens.end;
    let within = end + 1..=end + reach;
    spots.get(at + 1).filter(|next| within.contains(&next.tokens.start) && doc.token_text(end) == link)
}

/// How likely a reading is; only for comparison with the other readings of the same name.
pub(super) fn likelihood(
    gazetteer: &Gazetteer,
    reading: &Reading,
    about: &Countries,
    beside: &[PartyId],
) -> (bool, u64) {
    let country = match reading.how {
        How::Place => reading.place.and_then(|place| gazetteer.country_of(place)),
        _ => reading.party,
    };
    let location = reading.place.map(|place| &gazetteer.places[place]);
    let people = u64::from(location.map_or(1, |location| location.population.max(1)));
    let weight = match reading.how {
        How::Name | How::Demonym | How::Body => 1 << 30,
        How::Capital => 1 << 12,
        How::Seat => 1 << 8,
        How::Place => 1,
    };
    let named = if about.names(country) { NAMED } else { 1 };
    (country.is_some_and(|country| beside.contains(&country)), people * weight * named)
}
