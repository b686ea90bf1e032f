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
mod sources;
mod spots;
#[cfg(test)]
mod tests;
mod unlisted;

pub use gazetteer::{Gazetteer, How, PartyId, PlaceId, Reading};
pub use offices::{Office, Rank};
pub use people::Person;

use crate::extract::text::{Document, overlaps_any};
use crate::extract::time::Timex;
use crate::extract::words::Words;
use jiff::civil::Date;
use name_words::NameWords;
use people::Search;
use places::Settling;
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
    /// A place that no list has: it is one by where it stands.
    pub unlisted: bool,
}

impl Entity {
    /// A name of which nothing else is known.
    fn named(tokens: Range<usize>, how: How) -> Self {
        Self { tokens, how, party: None, place: None, person: None, unlisted: false }
    }
}

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
    sources: sources::Sources,
    parts: NameWords,
}

impl Entities {
    /// Reads the data files, making their words known.
    pub fn new(words: &mut Words) -> Self {
        let gazetteer = Gazetteer::new(words);
        let sources = sources::Sources::new(&gazetteer);
        let (offices, parts) = (offices::Offices::new(words), NameWords::new(words));
        let leaders = leaders::Leaders::new(&gazetteer, words);
        Self { gazetteer, offices, leaders, sources, parts }
    }

    /// The names of `doc`, which was published on a day; what speaks of time (`timexes`, in order) names nothing: "in
    /// March".
    pub fn find(&self, doc: &Document<'_>, timexes: &[Timex], published_on: Date) -> Named {
        let mut spotted = self.spot(doc);
        spotted.retain(|spot| !overlaps_any(timexes, |timex| &timex.tokens, &spot.tokens));
        let about = places::Countries::named_by(&self.gazetteer, &spotted);
        let settling = Settling { doc, names: self, spots: &spotted, about: &about };
        let entities: Vec<Entity> = (0..spotted.len()).map(|at| settling.entity(at)).collect();
        let (parts, about) = (&self.parts, &about);
        let (people, mut entities) =
            people::find(&Search { doc, names: self, entities: &entities, timexes, about, published_on, parts });
        self.add_unlisted_places(doc, timexes, &mut entities);
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
}
