//! What part a name plays in its clause: a party, the place, or something that is only spoken of.

use super::lexicon::{Need, Part, Syntax};
use super::scene::{Found, Scene};
use crate::extract::names::{Entity, How};
use crate::extract::text::Shape;
use std::ops::Range;

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

/// How far before a name its preposition may stand, in tokens.
const REACH: usize = 9;
/// How far after an adjective its noun may stand, in tokens.
const NOUN_REACH: usize = 5;

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
            (_, Some(Syntax::Party)) if self.is_of_topic(entity) => Role::Other,
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
        let article = usize::from(self.before(entity.tokens.start).is_some_and(|at| self.is(at, Syntax::Definite)));
        let to = entity.tokens.start.checked_sub(1 + article).is_some_and(|at| self.word(at) == "to");
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

    /// The preposition or the like that stands before a name in its clause; none for a subject or an object.
    pub fn governor(&self, entity: &Entity) -> Option<Syntax> {
        let clause = self.clauses.of(entity.tokens.start);
        let mut first = entity.tokens.start.saturating_sub(REACH).max(self.sentence.tokens.start);
        for at in (self.sentence.tokens.start..entity.tokens.start).rev() {
            if at < first {
                return None;
            }
            // "to" before a name is no sign of a verb.
            let before_name = self.word(at) == "to" && self.begins_name_phrase(at + 1);
            if self.clauses.of(at) != clause || self.is(at, Syntax::Modal) && !before_name || self.is_in_date(at) {
                return None;
            }
            match self.word(at) {
                // "Algeria as well as Mauritania"
                "as" | "well" if self.is_as_well_as(at) => {}
                // A conjunct plays the part of the name that it is joined to.
                "and" | "or" | "&" | "/" => first = first.min(at.saturating_sub(REACH)),
                "," if self.ends_a_name(at) => first = first.min(at.saturating_sub(REACH)),
                // "the port of Tripoli" is governed as "the port" is.
                "of" if self.before(at).is_some_and(|noun| self.is(noun, Syntax::Settlement)) => {}
                "," => return None,
                _ => {
                    let classes = self.reader.lexicon.syntax(self.text.doc.tokens[at].word);
                    let prepositions = [Syntax::Party, Syntax::Place, Syntax::Topic];
                    if let Some(class) = self.preposition_in_context(at) {
                        return Some(class);
                    }
                    if let Some(class) = classes.iter().find(|class| prepositions.contains(class)) {
                        // "takes over the presidency": the verb's own.
                        return Some(*class).filter(|class| *class != Syntax::Topic || !self.ends_a_trigger(at));
                    }
                }
            }
        }
        None
    }

    /// What a preposition tells of the name after it where the words before it decide that.
    fn preposition_in_context(&self, at: usize) -> Option<Syntax> {
        let before = self.before(at);
        let follows = |class| before.is_some_and(|before| self.is(before, class));
        let near = || at.saturating_sub(NOUN_REACH).max(self.sentence.tokens.start)..at;
        match self.word(at) {
            // "on the sidelines of the APEC forum"
            "of" if follows(Syntax::Margin) => Some(Syntax::Topic),
            // "hosted by Oman": a mediator takes no part.
            "by" if follows(Syntax::Mediating) => Some(Syntax::Topic),
            // "left for Geneva"
            "for" if near().any(|at| self.is(at, Syntax::Departing)) => Some(Syntax::Place),
            // "experts from Chad", but "from Oslo to Riga"
            "from" if !near().any(|at| self.is_of_people(at) || self.word(at) == "and") => Some(Syntax::Topic),
            // "but not in Riyadh", "instead of in Havana"
            "in" | "at" | "to" if before.is_some_and(|at| self.is(at, Syntax::Contrast) || self.is_instead_of(at)) => {
                Some(Syntax::Topic)
            }
            // "will meet on Crete", "on the island of Crete"
            "on" if before.is_some_and(|at| self.ends_a_verb(at)) => Some(Syntax::Place),
            _ => None,
        }
    }

    /// "Pusan of South Korea": where a town lies.
    fn is_land_of_town(&self, entity: &Entity) -> bool {
        let article = usize::from(self.before(entity.tokens.start).is_some_and(|at| self.is(at, Syntax::Definite)));
        let of = entity.tokens.start.checked_sub(1 + article).filter(|at| self.word(*at) == "of");
        let gazetteer = &self.reader.names.gazetteer;
        let town = |e: &Entity| e.place.filter(|place| !gazetteer.is_country(*place));
        of.is_some_and(|of| {
            let before = self.entities.iter().find(|e| e.tokens.end == of).and_then(town);
            before.is_some_and(|town| entity.party.is_some() && gazetteer.country_of(town) == entity.party)
        })
    }

    /// "instead of"
    fn is_instead_of(&self, at: usize) -> bool {
        self.word(at) == "of" && self.before(at).is_some_and(|at| self.is(at, Syntax::Contrast))
    }

    /// Whether a word is for people who act for someone, or for what they do.
    fn is_of_people(&self, at: usize) -> bool {
        self.is(at, Syntax::Officials)
            || self.noun_trigger_at(at)
            || self.reader.names.office_at(self.text.doc, at, self.sentence.tokens.end)
    }

    /// Whether a verb that names an event ends with a token.
    fn ends_a_verb(&self, at: usize) -> bool {
        let found = self.reader.lexicon.triggers.longest(self.text.doc.words_from(at, self.sentence.tokens.end));
        found.is_some_and(|(_, triggers)| triggers.iter().any(|t| t.part == Part::Verb))
    }

    /// Whether a token is of "as well as".
    fn is_as_well_as(&self, at: usize) -> bool {
        let word = |at: usize| self.word(at);
        let starts = |at: usize| word(at) == "as" && word(at + 1) == "well" && word(at + 2) == "as";
        (at.saturating_sub(2)..=at).any(starts)
    }

    /// Whether a preposition is the second word of a verb that names an event: "take over".
    fn ends_a_trigger(&self, at: usize) -> bool {
        let words = |from| self.text.doc.words_from(from, self.sentence.tokens.end);
        let found = self.before(at).and_then(|verb| self.reader.lexicon.triggers.longest(words(verb)));
        found.is_some_and(|(length, _)| length > 1)
    }

    /// "talks on grain from Ukraine", "to discuss the drought in Mali": a name within what the event is about. Those with
    /// whom it is held are named after "with" or "between", and are none.
    pub fn is_of_topic(&self, entity: &Entity) -> bool {
        let clause = self.clauses.of(entity.tokens.start);
        let first = entity.tokens.start.saturating_sub(REACH).max(self.sentence.tokens.start);
        for at in (first..entity.tokens.start).rev() {
            let ends = self.is_in_date(at) || self.clauses.of(at) != clause || self.noun_trigger_at(at);
            if ends || matches!(self.word(at), "with" | "between" | "," | "by") {
                return false;
            }
            let begins_date = self.is_in_date(at + 1);
            if self.is(at, Syntax::About) && !begins_date && !self.ends_a_trigger(at) {
                return true;
            }
        }
        false
    }

    /// "Goma", "the Netherlands".
    fn begins_name_phrase(&self, at: usize) -> bool {
        self.begins_name(at + usize::from(self.is(at, Syntax::Definite)))
    }

    /// Whether a name begins at a token.
    fn begins_name(&self, at: usize) -> bool {
        self.entities.iter().any(|e| e.tokens.start == at)
    }

    /// Whether a name ends right before a token.
    fn ends_a_name(&self, at: usize) -> bool {
        self.entities.iter().any(|e| e.tokens.end == at)
    }

    /// "Russian officials", "the Russians", "French-German talks": an adjective that stands for the state.
    fn stands_for_officials(&self, entity: &Entity) -> bool {
        let last = self.word(entity.tokens.end - 1);
        // "the Portuguese will": no noun follows.
        let article = self.before(entity.tokens.start).is_some_and(|at| self.is(at, Syntax::Definite));
        let next = entity.tokens.end;
        let goes_on = [Syntax::Modal, Syntax::Be, Syntax::Party, Syntax::Place, Syntax::Topic, Syntax::Setting];
        let noun_follows = self.text.doc.tokens[..self.sentence.tokens.end]
            .get(next)
            .is_some_and(|token| token.is_word() && !goes_on.iter().any(|class| self.is(next, *class)));
        let listed = self.word(next) == "," && self.is(next + 1, Syntax::Definite);
        let noun_follows = noun_follows && !self.is_in_date(next);
        // "the Russians", but not "the Swiss".
        let plural = last.ends_with('s') && !last.ends_with("ss");
        if plural
            || article && listed
            || article && !noun_follows && !matches!(self.word(next), "-" | "–" | "and" | ",")
        {
            return true;
        }
        let limit = self.sentence.tokens.end.min(entity.tokens.end + NOUN_REACH);
        for at in entity.tokens.end..limit {
            if self.is(at, Syntax::Settlement) {
                return false;
            }
            let names_party = self.entities.iter().any(|e| e.tokens.start == at);
            let office = self.is(at, Syntax::Officials)
                || self.reader.names.office_at(self.text.doc, at, self.sentence.tokens.end);
            if names_party || office || self.noun_trigger_at(at) {
                return true;
            }
            let token = &self.text.doc.tokens[at];
            let joins = matches!(self.word(at), "-" | "–" | "," | "and");
            let describes = token.is_word() && self.reader.lexicon.syntax(token.word).is_empty();
            if !joins && !describes {
                return false;
            }
        }
        false
    }

    /// "U.S.-led", "pro-Moscow".
    fn is_compound_adjective(&self, entity: &Entity) -> bool {
        let glued_to = |hyphen: usize, other: usize| {
            let tokens = &self.text.doc.tokens;
            matches!(self.word(hyphen), "-" | "‑")
                && !self.word(other).is_empty()
                && tokens[hyphen].glued
                && tokens[hyphen + 1].glued
                && tokens[other].shape == Shape::Lower
        };
        let (start, end) = (entity.tokens.start, entity.tokens.end);
        // "a US-led exercise": who leads it takes part.
        let leads = self.word(end + 1) == "led" && (end + 2..end + 5).any(|at| self.noun_trigger_at(at));
        if leads && glued_to(end, end + 1) {
            return false;
        }
        glued_to(end, end + 1) || start >= 2 && glued_to(start - 1, start - 2)
    }

    /// "NATO's Norwegian secretary general" acts for NATO.
    fn is_nationality(&self, entity: &Entity) -> bool {
        let apostrophe = self.before(entity.tokens.start).filter(|at| matches!(self.word(*at), "'s" | "’s"));
        let owner = apostrophe.and_then(|at| self.entities.iter().find(|e| e.tokens.end == at)).and_then(|e| e.party);
        entity.how == How::Demonym && owner.is_some_and(|party| self.reader.is_organisation(party))
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

    /// "the United Nations Buffer Zone": the name is only part of that of a place which is not known.
    fn is_in_longer_name(&self, entity: &Entity) -> bool {
        let (next, limit) = (entity.tokens.end, self.sentence.tokens.end);
        let known = || self.begins_name(next) || self.noun_trigger_at(next) || self.is_in_date(next);
        let office = || self.reader.names.office_at(self.text.doc, next, limit);
        self.sentence.tokens.contains(&next) && self.text.doc.tokens[next].is_capitalised() && !known() && !office()
    }

    fn is_possessive(&self, entity: &Entity) -> bool {
        matches!(self.word(entity.tokens.end), "'s" | "’s")
    }

    /// "the EU leaders' summit", "the China-Africa forum": a body or a pair of states within the noun phrase of the event.
    fn names_the_event(&self, entity: &Entity) -> bool {
        let body = entity.party.is_some_and(|party| self.reader.is_organisation(party));
        body && self.holds_the_noun(entity) || (body || self.is_paired(entity)) && self.event_named_by(entity).is_some()
    }

    /// The token of the event's noun in whose phrase a name stands.
    fn event_named_by(&self, entity: &Entity) -> Option<usize> {
        let limit = self.sentence.tokens.end.min(entity.tokens.end + NOUN_REACH);
        let noun = (entity.tokens.end..limit).find(|at| self.noun_trigger_at(*at))?;
        let is_inside = |at: usize| {
            let token = &self.text.doc.tokens[at];
            let describes = token.is_word()
                && self.reader.lexicon.syntax(token.word).is_empty()
                && !self.text.tenses.tell(at..at + 1);
            token.is_capitalised()
                || describes
                || matches!(self.word(at), "-" | "–" | "'" | "’" | "'s" | "’s" | "(" | ")")
        };
        (entity.tokens.end..noun).all(is_inside).then_some(noun)
    }

    /// "the East Asia Summit": the noun of the event is the end of the name.
    fn holds_the_noun(&self, entity: &Entity) -> bool {
        entity.tokens.len() > 1 && self.noun_trigger_at(entity.tokens.end - 1)
    }

    fn is_paired(&self, entity: &Entity) -> bool {
        matches!(self.word(entity.tokens.end), "-" | "–")
            || self.before(entity.tokens.start).is_some_and(|at| matches!(self.word(at), "-" | "–"))
    }

    /// The body whose own event a noun names: "the NATO summit", "a meeting of the Arab League".
    pub fn body_of(&self, noun: &Range<usize>) -> Option<&Entity> {
        let body = |e: &&Entity| e.party.is_some_and(|party| self.reader.is_organisation(party));
        let holds = |e: &&Entity| !self.is_paired(e) && e.tokens.contains(&noun.start) && self.holds_the_noun(e);
        let before = |e: &&Entity| !self.is_paired(e) && self.event_named_by(e) == Some(noun.start);
        let of = |e: &&Entity| {
            let first = e.tokens.start;
            let article = usize::from(self.before(first).is_some_and(|at| self.is(at, Syntax::Definite)));
            first == noun.end + 1 + article && self.word(noun.end) == "of"
        };
        self.entities.iter().filter(body).find(|e| holds(e) || before(e) || of(e))
    }

    /// "the Vienna talks".
    fn is_before_noun_trigger(&self, entity: &Entity) -> bool {
        (entity.tokens.end..entity.tokens.end + 2)
            .any(|at| self.sentence.tokens.contains(&at) && self.noun_trigger_at(at))
    }
}
