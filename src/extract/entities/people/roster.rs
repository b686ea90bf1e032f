//! The people of a text, each once, indexed by surname and by term in office.

use crate::extract::entities::entity::{Entity, Person};
use crate::extract::entities::gazetteer::PartyId;
use crate::extract::entities::leaders::{Term, TermId};
use crate::extract::entities::offices::Position;
use crate::extract::text::Document;
use crate::extract::words::WordId;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The people of a text.
#[derive(Debug, Default)]
pub(super) struct Roster<'t> {
    /// The people, each once.
    pub people: Vec<Person>,
    /// By the surnames under which they can be mentioned again.
    pub by_surname: FxHashMap<&'t str, usize>,
    /// By the given names that can stand alone after a title: "Sir Keir".
    pub by_given_name: FxHashMap<&'t str, usize>,
    /// By their terms in office.
    by_term: FxHashMap<TermId, usize>,
}

impl<'t> Roster<'t> {
    /// The person with a name, added if new.
    pub fn person(
        &mut self,
        doc: &Document<'t>,
        name: &Range<usize>,
        id: Option<TermId>,
        term: Option<&Term>,
    ) -> usize {
        let surname = doc.token_text(name.end - 1);
        let known = id.and_then(|id| self.of_term(id)).or_else(|| {
            let namesake = self.by_surname.get(surname).copied()?;
            let other = id.is_some() && self.by_term.values().any(|person| *person == namesake);
            (!other).then_some(namesake)
        });
        let person = known.unwrap_or_else(|| {
            let name = doc.text[doc.bytes(name)].to_owned();
            self.people.push(Person { name, represents: None, office: None });
            self.people.len() - 1
        });
        self.by_surname.entry(surname).or_insert(person);
        if name.len() > 1 {
            self.by_given_name.entry(doc.token_text(name.start)).or_insert(person);
        }
        if let (Some(id), Some(term)) = (id, term) {
            self.by_term.insert(id, person);
            self.holds(person, Some(term.party), Some(term.office));
        }
        person
    }

    /// The person with a term in office.
    pub fn of_term(&self, term: TermId) -> Option<usize> {
        self.by_term.get(&term).copied()
    }

    /// Sets the office of a person if it is not known yet.
    pub fn holds(&mut self, person: usize, party: Option<PartyId>, office: Option<Position>) {
        let person = &mut self.people[person];
        person.represents = person.represents.or(party);
        person.office = person.office.or(office);
    }

    /// Indexes family names that come first, as in China, and stand alone later.
    pub fn add_family_names(&mut self, doc: &Document<'t>, found: &[Entity]) {
        for entity in found.iter().filter(|entity| entity.tokens.len() > 1) {
            let first = entity.tokens.start;
            let Some(person) = entity.person.filter(|_| doc.tokens[first].word == WordId::UNKNOWN) else { continue };
            if self.by_term.values().all(|known| *known != person) {
                self.by_surname.entry(doc.token_text(first)).or_insert(person);
            }
        }
    }
}
