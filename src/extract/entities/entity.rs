//! What the names of a text stand for.

use super::gazetteer::{How, PartyId, PlaceId};
use super::offices::Position;
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
    pub(super) fn named(tokens: Range<usize>, how: How) -> Self {
        Self { tokens, how, party: None, place: None, person: None, unlisted: false }
    }

    /// The name of a person of the text.
    pub(super) fn of_person(tokens: Range<usize>, person: usize) -> Self {
        Self { person: Some(person), ..Self::named(tokens, How::Name) }
    }
}

/// A person and the party that they act for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name as the text gives it in full.
    pub name: String,
    /// The party that they act for.
    pub represents: Option<PartyId>,
    /// What they are, where it is known.
    pub office: Option<Position>,
}

/// The names of a text.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// Every name, in the order of the text.
    pub entities: Vec<Entity>,
    /// The people among them, each once.
    pub people: Vec<Person>,
}
