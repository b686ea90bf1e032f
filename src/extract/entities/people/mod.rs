//! People: names next to an office, leaders in office on the publication date, and later mentions by surname alone.
//!
//! An office given in the text takes precedence over the table. A name without an office and without an entry in the
//! table is not recognised.

mod holders;
mod known;
mod roster;
mod search;

pub(super) use search::Search;

use super::entity::{Entity, Person};
use crate::extract::text::overlaps_any;
use holders::holders;
use known::{add_full_names, add_lone_names, leaders, position_of, term_beside};
use roster::Roster;

/// Finds the people of a text, and adds them to its entities, in order.
pub(super) fn find(search: &Search<'_, '_>) -> (Vec<Person>, Vec<Entity>) {
    let (people, mut found) = people(search);
    let others = search.entities.iter().filter(|e| !overlaps_any(&found, |person| &person.tokens, &e.tokens));
    let others: Vec<Entity> = others.cloned().collect();
    found.extend(others);
    found.sort_by_key(|entity| entity.tokens.start);
    (people, found)
}

/// The people of the text and their mentions, in order.
fn people(search: &Search<'_, '_>) -> (Vec<Person>, Vec<Entity>) {
    let leaders = leaders(search);
    let mut roster = Roster::default();
    let mut found: Vec<Entity> = Vec::new();
    for holder in holders(search) {
        let known = leaders.iter().find(|known| known.tokens.start == holder.name.start);
        // "President Anna Keller Monday": the table shows where the name ends.
        let known = known.filter(|known| known.tokens.len() > 1 || holder.name.len() == 1);
        let name = known.map_or(&holder.name, |known| &known.tokens).clone();
        let term = known.filter(|_| !holder.former).and_then(|known| term_beside(search, known, &holder));
        let person = roster.person(search.doc, &name, term, term.map(|term| search.lists.leaders.term(term)));
        if !holder.former {
            roster.holds(person, holder.party, position_of(search, &holder));
        }
        if !overlaps_any(&found, |entity| &entity.tokens, &name) {
            found.push(Entity::of_person(name, person));
            found.sort_by_key(|entity| entity.tokens.start);
        }
    }
    add_full_names(search, &leaders, &mut roster, &mut found);
    roster.add_family_names(search.doc, &found);
    add_lone_names(search, &leaders, &mut roster, &mut found);
    for entity in &mut found {
        entity.party = entity.person.and_then(|person| roster.people[person].represents);
    }
    (roster.people, found)
}
