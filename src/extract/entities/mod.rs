//! Who and where: the states, organisations, people and places that a text names.
//!
//! `gazetteer` holds the names of the world, `leaders` who acts for whom on a day, `offices` what such people are called;
//! `people` finds them, and this file finds all of them in a text and settles what an ambiguous name stands for.

mod collectives;
mod gazetteer;
mod leaders;
mod name_words;
mod offices;
mod people;
mod places;
#[cfg(test)]
mod tests;

pub use gazetteer::{Gazetteer, How, PartyId, PlaceId, Reading};
pub use offices::Office;
pub use people::Person;

use crate::extract::text::{Document, Shape, Token, overlaps_any};
use crate::extract::time::Timex;
use crate::extract::words::{WordId, Words};
use jiff::civil::Date;
use name_words::NameWords;
use people::Search;
use std::borrow::Cow;
use std::ops::Range;

/// A name in a text.
#[derive(Clone, Debug)]
pub struct Entity {
    /// The tokens it covers.
    pub tokens: Range<usize>,
    /// How the name names its party.
    pub how: How,
    /// The party that it stands for where it is an actor.
    pub party: Option<PartyId>,
    /// The place that it stands for where it is one.
    pub place: Option<PlaceId>,
    /// The person, as a place in [`Named::people`].
    pub person: Option<usize>,
}

impl Entity {
    /// A name of which nothing else is known.
    fn named(tokens: Range<usize>) -> Self {
        Self { tokens, how: How::Name, party: None, place: None, person: None }
    }
}

/// The longest number of a series, in digits.
const DIGITS: usize = 3;

/// The names of a text.
#[derive(Debug, Default)]
pub struct Named {
    /// Every name, in the order of the text.
    pub entities: Vec<Entity>,
    /// The people among them, each once.
    pub people: Vec<Person>,
}

/// Finds the entities of a text.
#[derive(Debug)]
pub struct Entities {
    /// The names of the world.
    pub gazetteer: Gazetteer,
    offices: offices::Offices,
    leaders: leaders::Leaders,
    parts: NameWords,
}

impl Entities {
    /// Reads the data files, making their words known.
    pub fn new(words: &mut Words) -> Self {
        let gazetteer = Gazetteer::new(words);
        let leaders = leaders::Leaders::new(&gazetteer);
        Self { gazetteer, offices: offices::Offices::new(words), leaders, parts: NameWords::new(words) }
    }

    /// The names of `doc`, which was published on a day; what speaks of time (`timexes`, in order) names nothing: "in
    /// March".
    pub fn find(&self, doc: &Document<'_>, timexes: &[Timex], published_on: Date) -> Named {
        let mut spotted = self.spot(doc);
        spotted.retain(|spot| !overlaps_any(timexes, |timex| &timex.tokens, &spot.tokens));
        let about = places::Countries::named_by(&self.gazetteer, &spotted);
        let entities: Vec<Entity> = (0..spotted.len()).map(|at| self.settle(doc, &spotted, at, &about)).collect();
        let (parts, about) = (&self.parts, &about);
        let (people, entities) =
            people::find(&Search { doc, names: self, entities: &entities, timexes, about, published_on, parts });
        Named { entities, people }
    }

    /// The office that begins at token `at`, and its tokens.
    pub fn office(&self, doc: &Document<'_>, at: usize, limit: usize) -> Option<(Range<usize>, Office)> {
        self.offices.at(doc, at, limit)
    }

    /// Whether an office begins at token `at`.
    pub fn office_at(&self, doc: &Document<'_>, at: usize, limit: usize) -> bool {
        self.offices.at(doc, at, limit).is_some()
    }

    /// The longest names at each place, with everything that they may stand for.
    fn spot<'g>(&'g self, doc: &Document<'_>) -> Vec<Spot<'g>> {
        let mut spots = Vec::new();
        for sentence in &doc.sentences {
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end {
                let token = &doc.tokens[at];
                let may_begin =
                    token.is_capitalised() || token.shape == Shape::Number || self.gazetteer.begins_small(token.word);
                let longest = may_begin
                    .then(|| self.gazetteer.names().longest(doc.words_from(at, sentence.tokens.end)))
                    .flatten()
                    .filter(|(length, readings)| readings.iter().any(|r| written_so(doc, &(at..at + length), r)));
                let Some((length, readings)) = longest else {
                    at += 1;
                    continue;
                };
                let tokens = at..at + length;
                let fit = self.fitting(doc, &tokens, sentence.tokens.end, readings);
                let number =
                    if fit.iter().any(|r| r.numbered) { number_after(doc, &tokens, sentence.tokens.end) } else { 0 };
                let tokens = at..tokens.end + number;
                at = tokens.end;
                let other = self.goes_on_as_another_name(doc, &tokens, sentence.tokens.end, readings)
                    || is_surname(doc, &tokens, sentence.tokens.start, readings);
                if !other && !fit.is_empty() {
                    spots.push(Spot { tokens, readings: fit });
                }
            }
        }
        spots
    }

    /// The readings that a name has where it stands.
    fn fitting<'g>(
        &self,
        doc: &Document<'_>,
        tokens: &Range<usize>,
        limit: usize,
        readings: &'g [Reading],
    ) -> Cow<'g, [Reading]> {
        let fits = |reading: &Reading| {
            let named = reading.party.is_some() || reading.place.is_some();
            let followed = reading.before.is_none_or(|needed| self.are_followed(doc, tokens.end, limit, needed));
            let numbered = !reading.numbered || number_after(doc, tokens, limit) > 0;
            named && followed && numbered && written_so(doc, tokens, reading)
        };
        if readings.iter().all(fits) {
            return Cow::Borrowed(readings);
        }
        readings.iter().filter(|reading| fits(reading)).copied().collect()
    }

    /// Whether a country's or a city's name is only the beginning of another one ("Jordan Smith", "Moscow State
    /// University", "British Airways"): an unknown capitalised word follows.
    fn goes_on_as_another_name(
        &self,
        doc: &Document<'_>,
        tokens: &Range<usize>,
        limit: usize,
        readings: &[Reading],
    ) -> bool {
        let organisation =
            |r: &Reading| matches!(r.how, How::Body) || r.party.is_some() && r.place.is_none() && r.how == How::Name;
        let next = tokens.end;
        if next >= limit || readings.iter().any(organisation) {
            return false;
        }
        let token = &doc.tokens[next];
        let follows = token.shape == Shape::Title && !token.new_line && !token.glued;
        follows
            && doc.tokens[tokens.start].shape != Shape::Upper
            && token.word == WordId::UNKNOWN
            && self.offices.at(doc, next, limit).is_none()
    }

    /// Which of its readings name number `at` has.
    fn settle(&self, doc: &Document<'_>, spots: &[Spot<'_>], at: usize, about: &places::Countries) -> Entity {
        let spot = &spots[at];
        let beside = places::countries_beside(&self.gazetteer, doc, spots, at);
        let best = spot
            .readings
            .iter()
            .max_by_key(|reading| places::likelihood(&self.gazetteer, reading, about, &beside))
            .expect("a spot has a fitting reading");
        // "Cairo, Illinois" is no capital, even where that town is not known.
        let capital = matches!(best.how, How::Capital | How::Seat);
        let province = capital.then(|| places::province_after(&self.gazetteer, doc, spots, at)).flatten();
        if province.is_some_and(|country| best.party != Some(country)) {
            return Entity { tokens: spot.tokens.clone(), how: How::Place, party: None, place: None, person: None };
        }
        Entity { tokens: spot.tokens.clone(), how: best.how, party: best.party, place: best.place, person: None }
    }
}

/// A name found in the text and all that it may stand for.
#[derive(Debug)]
struct Spot<'g> {
    tokens: Range<usize>,
    readings: Cow<'g, [Reading]>,
}

/// How many tokens after a name are its number: "COP28", "COP-30".
fn number_after(doc: &Document<'_>, tokens: &Range<usize>, limit: usize) -> usize {
    let after = &doc.tokens[tokens.end..limit];
    let is_number = |token: &Token| token.shape == Shape::Number && token.len() <= DIGITS;
    match after {
        [number, ..] if is_number(number) => 1,
        [hyphen, number, ..] if hyphen.glued && number.glued && !hyphen.is_word() && is_number(number) => 2,
        _ => 0,
    }
}

/// Whether the text writes the name as its reading demands.
fn written_so(doc: &Document<'_>, tokens: &Range<usize>, reading: &Reading) -> bool {
    match reading.exactly {
        Some(name) => &doc.text[doc.bytes(tokens)] == name,
        None => reading.small || doc.tokens[tokens.start].is_capitalised(),
    }
}

/// Whether a country's or a city's name follows an unknown one ("Jeannie Lebanon"), as a surname does.
fn is_surname(doc: &Document<'_>, tokens: &Range<usize>, first: usize, readings: &[Reading]) -> bool {
    let country = readings.iter().all(|r| matches!(r.how, How::Name | How::Capital | How::Place) && r.place.is_some());
    let before = tokens.start.checked_sub(1).filter(|at| *at > first).map(|at| &doc.tokens[at]);
    country && before.is_some_and(|token| token.shape == Shape::Title && token.word == WordId::UNKNOWN)
}
