//! Which of several places or parties of one name is meant: by the country named beside it, by the countries that
//! the article speaks of, and by how many people live there.

use super::gazetteer::{Gazetteer, How, PartyId, Reading};
use super::Spot;
use crate::extract::text::Document;
use rustc_hash::FxHashMap;

/// How often a text names each country by something that can mean no other.
pub(super) struct Countries(FxHashMap<PartyId, u32>);

impl Countries {
    pub(super) fn named_by(gazetteer: &Gazetteer, spots: &[Spot<'_>]) -> Self {
        let mut counts = FxHashMap::default();
        for spot in spots {
            let [reading] = spot.readings else { continue };
            let country = reading.party.or_else(|| reading.place.and_then(|place| gazetteer.country_of(place)));
            if let Some(country) = country.filter(|_| reading.how != How::Place) {
                *counts.entry(country).or_insert(0) += 1;
            }
        }
        Self(counts)
    }

    fn times(&self, country: Option<PartyId>) -> u32 {
        country.and_then(|country| self.0.get(&country)).copied().unwrap_or(0)
    }
}

/// The country that is named right after a place: "Paris, Texas", "Geneva, Switzerland".
pub(super) fn country_after(
    gazetteer: &Gazetteer,
    doc: &Document<'_>,
    spots: &[Spot<'_>],
    spot: &Spot<'_>,
) -> Option<PartyId> {
    let next = spots.partition_point(|s| s.tokens.start <= spot.tokens.start);
    let next = spots.get(next).filter(|next| next.tokens.start == spot.tokens.end + 1)?;
    (doc.token_text(spot.tokens.end) == ",").then_some(())?;
    let place = next.readings.iter().find_map(|r| r.place.filter(|_| !matches!(r.how, How::Demonym)))?;
    gazetteer.country_of(place)
}

/// How likely a reading is; only for comparison with the other readings of the same name.
pub(super) fn likelihood(
    gazetteer: &Gazetteer,
    reading: &Reading,
    about: &Countries,
    followed_by: Option<PartyId>,
) -> (bool, u32) {
    let country = match reading.how {
        How::Place => reading.place.and_then(|place| gazetteer.country_of(place)),
        _ => reading.party,
    };
    let location = reading.place.map(|place| &gazetteer.places[place]);
    let size = location.map_or(0, |location| location.population.checked_ilog2().unwrap_or(0));
    let standing = match reading.how {
        How::Name | How::Demonym | How::Body => 30,
        How::Capital => 12,
        How::Seat => 8,
        How::Place => 0,
    };
    let named = 4 * about.times(country).min(3);
    (followed_by.is_some() && followed_by == country, size + standing + named)
}
