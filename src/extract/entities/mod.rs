//! Who and where: the states, organisations, people and places that a text names.
//!
//! `gazetteer` holds the names of the world, `leaders` who acts for whom on a day, `offices` what such people are called;
//! `people` finds them, and this file finds all of them in a text and settles what an ambiguous name stands for.

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

/// Finds the entities of a text.
#[derive(Debug)]
pub struct Entities {
    /// The names of the world.
    pub gazetteer: Gazetteer,
    offices: Offices,
    leaders: Leaders,
    sources: Sources,
    parts: NameWords,
}

impl Entities {
    /// Reads the data files, making their words known.
    pub fn new(words: &mut Words) -> Self {
        let gazetteer = gazetteer::read(words);
        let sources = Sources::new(&gazetteer);
        let (offices, parts) = (Offices::new(words), NameWords::new(words));
        let leaders = Leaders::new(&gazetteer, words);
        Self { gazetteer, offices, leaders, sources, parts }
    }

    /// The names of `doc`, which was published on a day; what speaks of time (`timexes`, in order) names nothing: "in
    /// March".
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

    /// The party for which an article's publisher speaks, by the address of the article and by the name of its source.
    pub fn party_of_source(&self, url: Option<&str>, source: Option<&Document<'_>>) -> Option<PartyId> {
        self.sources.party_of(self.lists(), url, source)
    }

    fn lists(&self) -> Lists<'_> {
        Lists { gazetteer: &self.gazetteer, offices: &self.offices, leaders: &self.leaders, parts: &self.parts }
    }
}
