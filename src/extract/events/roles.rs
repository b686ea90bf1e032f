//! What part a name plays in its clause: a party, the place, or something that is only spoken of.

use super::governors::REACH;
use super::lexicon::{Need, Syntax};
use super::noun_phrases::NOUN_REACH;
use super::scene::{Found, Scene};
use crate::extract::entities::{Entity, How};

/// What part a name plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It takes part.
    Party,
    /// It is where the event is held, or where someone goes.
    Place,
    /// It is spoken of.
    Other,
}

impl Scene<'_, '_> {
    /// The part that a name plays.
    pub fn role(&self, entity: &Entity) -> Role {
        if self.label.contains(&entity.tokens.start) {
            return Role::Place;
        }
        if self.dateline.contains(&entity.tokens.start) {
            // In an agenda, it is where the item is held.
            return if self.heading.is_some() && entity.place.is_some() { Role::Place } else { Role::Other };
        }
        if entity.how != How::Place && self.names_the_event(entity) {
            return Role::Party;
        }
        // "in Hanoi instead of Manila": what is given up.
        if self.is_in_contrast(entity.tokens.start) {
            return Role::Other;
        }
        let landform = self.before(entity.tokens.start).is_some_and(|at| {
            let head = if self.word(at) == "of" { at.saturating_sub(1) } else { at };
            self.is(head, Syntax::Landform) && self.text.doc.tokens[head].is_capitalised()
        });
        if self.is_in_bracket_with_date(entity) {
            return Role::Place;
        }
        if landform
            || self.is_member_named_beside(entity)
            || self.is_land_of_town(entity)
            || self.is_nationality(entity)
            || self.is_compound_adjective(entity)
            || entity.how == How::Demonym && !self.stands_for_officials(entity)
        {
            return Role::Other;
        }
        let governor = self.governor(entity);
        if governor.is_none() && self.is_host(entity) {
            return Role::Place;
        }
        match (entity.how, governor) {
            (How::Place | How::Capital, _) if self.is_before_noun_trigger(entity) && !self.is_possessive(entity) => {
                Role::Place
            }
            (How::Place, Some(Syntax::Place)) => Role::Place,
            (How::Place, _) if self.is_on_island(entity) => Role::Place,
            // "09:00 – Meeting of the council, City Hall": in an agenda, what only is a place tells where.
            (How::Place, _) if self.is_item() => Role::Place,
            (How::Place, _) | (_, Some(Syntax::Topic)) => Role::Other,
            (_, Some(Syntax::Place)) if self.is_handed_to(entity) => Role::Party,
            (_, Some(Syntax::Place)) if self.is_in_longer_name(entity) => Role::Other,
            (_, Some(Syntax::Place)) if entity.place.is_some() && !self.is_possessive(entity) => Role::Place,
            (_, Some(Syntax::Party) | None) if self.is_of_topic(entity) => Role::Other,
            _ => Role::Party,
        }
    }

    /// "on the island of Zanzibar"
    fn is_on_island(&self, entity: &Entity) -> bool {
        let of = self.before(entity.tokens.start).filter(|at| self.word(*at) == "of");
        of.and_then(|at| self.before(at)).is_some_and(|at| self.is(at, Syntax::Settlement))
    }

    /// A line of an agenda, which begins with a bullet or with its day or hour.
    pub fn is_item(&self) -> bool {
        let first = self.sentence.tokens.start;
        let bullet = matches!(self.word(first), "*" | "•" | "-" | "–");
        self.heading.is_some() || self.text.doc.tokens[first].new_line && (bullet || self.is_in_date(first))
    }

    /// "hands over the presidency to Portugal": who takes it over.
    fn is_handed_to(&self, entity: &Entity) -> bool {
        let clause = self.clauses.of(entity.tokens.start);
        let to = self.before_phrase(entity.tokens.start).is_some_and(|at| self.word(at) == "to");
        let hands = |found: &Found| {
            let same = found.tokens.end <= entity.tokens.start && self.clauses.of(found.tokens.start) == clause;
            same && found.trigger.needs == Some(Need::Office)
        };
        to && self.triggers.iter().any(hands)
    }

    /// "(Accra, 23 September)"
    fn is_in_bracket_with_date(&self, entity: &Entity) -> bool {
        let opens = self.before(entity.tokens.start).is_some_and(|at| self.word(at) == "(");
        let next = entity.tokens.end;
        opens && entity.place.is_some() && self.word(next) == "," && self.is_in_date(next + 1)
    }

    /// "G20 leaders, among them those of Brazil", "including Norway": members of what is named already.
    fn is_member_named_beside(&self, entity: &Entity) -> bool {
        let first = entity.tokens.start.saturating_sub(REACH).max(self.sentence.tokens.start);
        let mut before = (first..entity.tokens.start).rev();
        let starts = before.find(|at| self.word(*at) == "," && !self.ends_a_name(*at)).unwrap_or(first);
        (starts..entity.tokens.start).any(|at| self.word(at) == "among" && matches!(self.word(at + 1), "them" | "whom"))
    }

    /// "Pusan of South Korea": where a town lies.
    fn is_land_of_town(&self, entity: &Entity) -> bool {
        let of = self.before_phrase(entity.tokens.start).filter(|at| self.word(*at) == "of");
        let gazetteer = &self.reader.names.gazetteer;
        let town = |e: &Entity| e.place.filter(|place| !gazetteer.is_country(*place));
        of.is_some_and(|of| {
            let before = self.entities.iter().find(|e| e.tokens.end == of).and_then(town);
            before.is_some_and(|town| entity.party.is_some() && gazetteer.country_of(town) == entity.party)
        })
    }

    /// "Hamburg will host a meeting of …", "Geneva will be the scene of …": who takes part is named after it.
    fn is_host(&self, entity: &Entity) -> bool {
        let clause = self.clauses.of(entity.tokens.start);
        let near = entity.tokens.end..self.sentence.tokens.end.min(entity.tokens.end + NOUN_REACH + 1);
        let Some(verb) = near.into_iter().find(|at| self.is(*at, Syntax::Hosting)) else { return false };
        let plain = (entity.tokens.end..verb).all(|at| self.entities.iter().all(|e| e.tokens.start != at));
        let noun = (verb + 1..self.sentence.tokens.end.min(verb + NOUN_REACH)).any(|at| self.noun_trigger_at(at));
        let others = self.entities.iter().filter(|e| {
            e.tokens.start > verb
                && e.party.is_some()
                && e.party != entity.party
                && self.clauses.of(e.tokens.start) == clause
        });
        let town = entity.place.is_some_and(|place| !self.reader.names.gazetteer.is_country(place));
        let others: Vec<_> = others.filter_map(|e| e.party).collect();
        let of_body = others.iter().any(|party| self.reader.is_organisation(*party));
        let others = others.len();
        let alone = self.is(entity.tokens.end, Syntax::Modal)
            || entity.tokens.end == verb
            || self.is(entity.tokens.end, Syntax::Be);
        entity.place.is_some()
            && entity.person.is_none()
            && plain
            && noun
            && alone
            && (town && others > 0 || others > 1 || of_body)
    }
}
