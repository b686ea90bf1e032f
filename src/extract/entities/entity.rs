//! The entities of a text.

use super::gazetteer::{How, PartyId, PlaceId};
use super::offices::Position;
use std::ops::Range;

/// A named entity.
#[derive(Clone, Debug)]
pub struct Entity {
    /// The tokens of the name.
    pub tokens: Range<usize>,
    /// How the name refers to the state or organisation.
    pub how: How,
    /// The state or organisation that it denotes as an actor.
    pub party: Option<PartyId>,
    /// The place that it denotes as a location.
    pub place: Option<PlaceId>,
    /// The person, as an index into [`Named::people`].
    pub person: Option<usize>,
    /// Whether it is a place that is not in the gazetteer, recognised by its context.
    pub unlisted: bool,
}

impl Entity {
    /// An entity of which nothing else is known.
    pub(super) fn named(tokens: Range<usize>, how: How) -> Self {
        Self { tokens, how, party: None, place: None, person: None, unlisted: false }
    }

    pub(super) fn of_person(tokens: Range<usize>, person: usize) -> Self {
        Self { person: Some(person), ..Self::named(tokens, How::Name) }
    }
}

/// A person, and the state or organisation that they represent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The full name, as the text gives it.
    pub name: String,
    /// The state or organisation that they represent.
    pub represents: Option<PartyId>,
    /// Their office, if known.
    pub office: Option<Position>,
}

/// The entities of a text.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// All mentions, in text order.
    pub entities: Vec<Entity>,
    /// The people among them, each once.
    pub people: Vec<Person>,
}
