//! Named entities: the states, organisations, people and places of a text.
//!
//! `gazetteer` has the names of states, organisations and places, `leaders` who represents whom on a given day, and
//! `offices` the titles of such people; `people` finds people in a text. This module finds all entities, and
//! disambiguates their names.

mod collectives;
mod entity;
mod gazetteer;
mod leaders;
mod lists;
mod name_words;
mod offices;
mod people;
mod places;
mod sources;
mod spots;
#[cfg(test)]
mod tests;
mod unlisted;

pub use entity::{Entity, Named};
pub use gazetteer::{Gazetteer, How, PartyId, PlaceId, Reading};
pub use offices::{Office, Position, Rank};

use crate::extract::text::{Document, overlaps_any};
use crate::extract::time::Timex;
use crate::extract::words::Words;
use jiff::civil::Date;
use leaders::Leaders;
use lists::Lists;
use name_words::NameWords;
use offices::Offices;
use people::Search;
use places::{Countries, Settling};
use sources::Sources;
use std::ops::Range;

/// The recogniser of entities.
#[derive(Debug)]
pub struct Entities {
    /// The states, organisations and places.
    pub gazetteer: Gazetteer,
    offices: Offices,
    leaders: Leaders,
    sources: Sources,
    parts: NameWords,
}

impl Entities {
    /// Loads the data files, and interns their words.
    pub fn new(words: &mut Words) -> Self {
        let gazetteer = gazetteer::read(words);
        let sources = Sources::new(&gazetteer);
        let (offices, parts) = (Offices::new(words), NameWords::new(words));
        let leaders = Leaders::new(&gazetteer, words);
        Self { gazetteer, offices, leaders, sources, parts }
    }

    /// Returns the entities of `doc`, published on a given day. Tokens of date expressions (`timexes`, in order) are
    /// not names: "in March".
    pub fn find(&self, doc: &Document<'_>, timexes: &[Timex], published_on: Date) -> Named {
        let lists = self.lists();
        let mut spotted = spots::spot(lists, doc);
        spotted.retain(|spot| !overlaps_any(timexes, |timex| &timex.tokens, &spot.tokens));
        let about = Countries::named_by(&self.gazetteer, &spotted);
        let settling = Settling { doc, lists, spots: &spotted, about: &about };
        let entities: Vec<Entity> = (0..spotted.len()).map(|at| settling.entity(at)).collect();
        let search = Search { doc, lists, entities: &entities, timexes, about: &about, published_on };
        let (people, mut entities) = people::find(&search);
        unlisted::add_unlisted_places(lists, doc, timexes, &mut entities);
        Named { entities, people }
    }

    /// The office that begins at token `at`, and its tokens.
    pub fn office(&self, doc: &Document<'_>, at: usize, limit: usize) -> Option<(Range<usize>, Office)> {
        self.offices.at(doc, at, limit)
    }

    /// Whether an office begins at token `at`.
    pub fn office_at(&self, doc: &Document<'_>, at: usize, limit: usize) -> bool {
        self.lists().office_at(doc, at, limit)
    }

    /// The party that an article's publisher represents, by the URL of the article and the name of its source.
    pub fn party_of_source(&self, url: Option<&str>, source: Option<&Document<'_>>) -> Option<PartyId> {
        self.sources.party_of(self.lists(), url, source)
    }

    fn lists(&self) -> Lists<'_> {
        Lists { gazetteer: &self.gazetteer, offices: &self.offices, leaders: &self.leaders, parts: &self.parts }
    }
}
