//! People: a name beside an office, a leader whom the table knows on the day of publication, and later the surname alone.
//!
//! What the text says of somebody outranks the table, and a name that neither knows stands for nobody.

mod holders;
mod known;
mod roster;

use super::gazetteer::{How, PartyId};
use super::name_words::{NamePart, NameWords};
use super::offices::Position;
use super::places::Countries;
use super::{Entities, Entity};
use crate::extract::text::{Document, overlaps_any};
use crate::extract::time::Timex;
use crate::extract::words::WordId;
use jiff::civil::Date;
use roster::Roster;
use std::ops::Range;

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

/// A search for people in a text whose other names are known.
pub(super) struct Search<'a, 't> {
    /// The text.
    pub doc: &'a Document<'t>,
    /// The names of the world.
    pub names: &'a Entities,
    /// The other names of the text.
    pub entities: &'a [Entity],
    /// The text's date expressions: "May".
    pub timexes: &'a [Timex],
    /// The countries that the text names.
    pub about: &'a Countries,
    /// The day of publication.
    pub published_on: Date,
    /// The words around names.
    pub parts: &'a NameWords,
}

impl Search<'_, '_> {
    /// The people of the text and where each is named, in order.
    pub fn people(&self) -> (Vec<Person>, Vec<Entity>) {
        let leaders = self.leaders();
        let mut roster = Roster::default();
        let mut found: Vec<Entity> = Vec::new();
        for holder in self.holders() {
            let known = leaders.iter().find(|known| known.tokens.start == holder.name.start);
            // "President Anna Keller Monday": the table knows where the name ends.
            let known = known.filter(|known| known.tokens.len() > 1 || holder.name.len() == 1);
            let name = known.map_or(&holder.name, |known| &known.tokens).clone();
            let term = known.filter(|_| !holder.former).and_then(|known| self.term_beside(known, &holder));
            let person = roster.person(self.doc, &name, term, term.map(|term| self.names.leaders.term(term)));
            if !holder.former {
                roster.holds(person, holder.party, self.position_of(&holder));
            }
            if !overlaps_any(&found, |entity| &entity.tokens, &name) {
                found.push(entity(name, person));
                found.sort_by_key(|entity| entity.tokens.start);
            }
        }
        self.add_full_names(&leaders, &mut roster, &mut found);
        roster.add_family_names(self.doc, &found);
        self.add_lone_names(&leaders, &mut roster, &mut found);
        for entity in &mut found {
            entity.party = entity.person.and_then(|person| roster.people[person].represents);
        }
        (roster.people, found)
    }

    fn word(&self, at: usize) -> WordId {
        self.doc.tokens[at].word
    }

    fn is(&self, at: usize, part: NamePart) -> bool {
        self.parts.is(self.word(at), part)
    }
}

/// Finds the people of a text and adds them to `entities`, whose order is kept.
pub(super) fn find(search: &Search<'_, '_>) -> (Vec<Person>, Vec<Entity>) {
    let (people, mut found) = search.people();
    let others = search.entities.iter().filter(|e| !overlaps_any(&found, |person| &person.tokens, &e.tokens));
    let others: Vec<Entity> = others.cloned().collect();
    found.extend(others);
    found.sort_by_key(|entity| entity.tokens.start);
    (people, found)
}

fn entity(tokens: Range<usize>, person: usize) -> Entity {
    Entity { person: Some(person), ..Entity::named(tokens, How::Name) }
}
