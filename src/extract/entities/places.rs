//! Disambiguates places and parties of the same name: by a country named next to it, by the countries and
//! organisations of the sentence and the article, and by population.

use super::entity::Entity;
use super::gazetteer::{Gazetteer, How, PartyId, Reading};
use super::lists::Lists;
use super::name_words::NamePart;
use super::spots::Spot;
use crate::extract::text::Document;
use crate::extract::words::WordId;
use rustc_hash::FxHashSet;

/// How much more likely a place is if its sentence names its country, or an organisation of which that is a member: a
/// factor of its population.
const NEAR: u64 = 8;
/// How much more likely a place is if the article names its country: a factor of its population.
const NAMED: u64 = 5;
/// How many tokens can stand between "Lebanese" and "Tripoli" in "the Lebanese city of Tripoli".
const REACH: usize = 4;

/// The countries to which a text refers unambiguously.
pub(super) struct Countries(FxHashSet<PartyId>);

impl Countries {
    pub(super) fn named_by(gazetteer: &Gazetteer, spots: &[Spot<'_>]) -> Self {
        Self(spots.iter().filter_map(|spot| party_named(gazetteer, spot)).collect())
    }

    pub(super) fn names(&self, country: Option<PartyId>) -> bool {
        country.is_some_and(|country| self.0.contains(&country))
    }
}

/// The only party to which a name refers, unless it only refers to a place in it.
fn party_named(gazetteer: &Gazetteer, spot: &Spot<'_>) -> Option<PartyId> {
    let land =
        |reading: &Reading| reading.party.or_else(|| reading.place.and_then(|place| gazetteer.country_of(place)));
    let party = land(spot.readings.first()?)?;
    let one = spot.readings.iter().all(|reading| land(reading) == Some(party));
    let names = spot.readings.iter().any(|reading| reading.how != How::Place);
    (one && names).then_some(party)
}

/// Disambiguation of the names of a text.
pub(super) struct Settling<'a, 't> {
    pub doc: &'a Document<'t>,
    pub lists: Lists<'a>,
    pub spots: &'a [Spot<'a>],
    /// The countries named in the text.
    pub about: &'a Countries,
}

/// Evidence near a name for the country of its place.
#[derive(Default)]
struct Nearby {
    /// The countries named right next to it.
    beside: Vec<PartyId>,
    /// The parties of its sentence, and the members of the organisations among them.
    parties: Vec<PartyId>,
}

impl Settling<'_, '_> {
    /// The entity of the name with index `at`.
    pub fn entity(&self, at: usize) -> Entity {
        let spot = &self.spots[at];
        let best = match &*spot.readings {
            [only] => only,
            several => {
                let nearby = self.nearby(at);
                several
                    .iter()
                    .max_by_key(|reading| self.likelihood(reading, &nearby))
                    .expect("a spot has a fitting reading")
            }
        };
        // "Cairo, Illinois" is not a capital, even if that town is not listed.
        let capital = matches!(best.how, How::Capital | How::Seat);
        let province = capital.then(|| self.province_after(at)).flatten();
        if province.is_some_and(|country| best.party != Some(country)) {
            return Entity::named(spot.tokens.clone(), How::Place);
        }
        Entity { party: best.party, place: best.place, ..Entity::named(spot.tokens.clone(), best.how) }
    }

    fn nearby(&self, at: usize) -> Nearby {
        let gazetteer = self.lists.gazetteer;
        let first = self.spots[at].tokens.start;
        let sentence = self.doc.sentences.partition_point(|sentence| sentence.tokens.end <= first);
        let Some(sentence) = self.doc.sentences.get(sentence) else { return Nearby::default() };
        let spots = self.spots.iter().skip(self.spots.partition_point(|s| s.tokens.start < sentence.tokens.start));
        let spots = spots.take_while(|spot| spot.tokens.start < sentence.tokens.end);
        let mut parties: Vec<PartyId> = spots.filter_map(|spot| party_named(gazetteer, spot)).collect();
        let members: Vec<PartyId> = parties.iter().flat_map(|party| gazetteer.member_states(*party)).copied().collect();
        parties.extend(members);
        Nearby { beside: self.countries_beside(at), parties }
    }

    /// The countries named right next to the place with index `at`: "Paris, Texas", "Lugano in Switzerland", "the
    /// Lebanese city of Tripoli".
    fn countries_beside(&self, at: usize) -> Vec<PartyId> {
        let gazetteer = self.lists.gazetteer;
        let start = self.spots[at].tokens.start;
        let after = self.next_by(at, 1, |word| word == self.lists.parts.comma);
        let after = after.or_else(|| self.next_by(at, 2, |word| self.lists.parts.is(word, NamePart::Within)));
        let lands = after.into_iter().flat_map(|next| next.readings.iter()).filter(|r| r.how != How::Demonym);
        let of = start > 0 && self.lists.parts.is(self.doc.tokens[start - 1].word, NamePart::Of);
        let before = at.checked_sub(1).map(|at| &self.spots[at]);
        let before = before.filter(|spot| of && spot.tokens.end + REACH > start);
        let peoples = before.into_iter().flat_map(|spot| spot.readings.iter()).filter(|r| r.how == How::Demonym);
        let lands = lands.filter_map(|reading| gazetteer.country_of(reading.place?));
        lands.chain(peoples.filter_map(|reading| reading.party)).collect()
    }

    /// The country of a region named right after a town: "Cairo, Illinois".
    fn province_after(&self, at: usize) -> Option<PartyId> {
        let next = self.next_by(at, 1, |word| word == self.lists.parts.comma);
        let next = next.filter(|next| next.readings.iter().all(|r| r.how == How::Place))?;
        next.readings.iter().find_map(|r| self.lists.gazetteer.country_of(r.place?))
    }

    /// The name after index `at`, if a word links the two and it begins within `reach` tokens.
    fn next_by(&self, at: usize, reach: usize, joins: impl Fn(WordId) -> bool) -> Option<&Spot<'_>> {
        let end = self.spots[at].tokens.end;
        let within = end + 1..=end + reach;
        let next = self.spots.get(at + 1)?;
        (within.contains(&next.tokens.start) && joins(self.doc.tokens[end].word)).then_some(next)
    }

    /// The likelihood of a referent, comparable only with those of the same name.
    fn likelihood(&self, reading: &Reading, nearby: &Nearby) -> (bool, u64) {
        let gazetteer = self.lists.gazetteer;
        let country = match reading.how {
            How::Place => reading.place.and_then(|place| gazetteer.country_of(place)),
            _ => reading.party,
        };
        let is_in = |countries: &[PartyId]| country.is_some_and(|country| countries.contains(&country));
        let location = reading.place.map(|place| &gazetteer.places[place]);
        let people = u64::from(location.map_or(1, |location| location.population.max(1)));
        let weight = match reading.how {
            How::Name | How::Demonym | How::Body => 1 << 30,
            How::Capital => 1 << 12,
            How::Seat => 1 << 8,
            How::Place => 1,
        };
        let named = if is_in(&nearby.parties) {
            NEAR
        } else if self.about.names(country) {
            NAMED
        } else {
            1
        };
        (is_in(&nearby.beside), people * weight * named)
    }
}
