//! A name within a noun phrase: an adjective, a part of a longer name, or what names the event itself.

use super::lexicon::Syntax;
use super::scene::Scene;
use crate::extract::entities::{Entity, How};
use crate::extract::text::Shape;
use std::ops::Range;

/// How far after an adjective or a name its noun may stand, in tokens.
pub(super) const NOUN_REACH: usize = 5;

impl Scene<'_, '_> {
    /// "Russian officials", "the Russians", "French-German talks": an adjective that stands for the state.
    pub fn stands_for_officials(&self, entity: &Entity) -> bool {
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
            let joins = matches!(self.word(at), "-" | "–" | "," | "and");
            let describes = self.describes(at);
            if !joins && !describes {
                return false;
            }
        }
        false
    }

    /// "U.S.-led", "pro-Moscow".
    pub fn is_compound_adjective(&self, entity: &Entity) -> bool {
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
    pub fn is_nationality(&self, entity: &Entity) -> bool {
        let apostrophe = self.before(entity.tokens.start).filter(|at| matches!(self.word(*at), "'s" | "’s"));
        let owner = apostrophe.and_then(|at| self.entities.iter().find(|e| e.tokens.end == at)).and_then(|e| e.party);
        entity.how == How::Demonym && owner.is_some_and(|party| self.reader.is_organisation(party))
    }

    /// "the United Nations Buffer Zone": the name is only part of that of a place which is not known.
    pub fn is_in_longer_name(&self, entity: &Entity) -> bool {
        let (next, limit) = (entity.tokens.end, self.sentence.tokens.end);
        let known = || self.begins_name(next) || self.noun_trigger_at(next) || self.is_in_date(next);
        let office = || self.reader.names.office_at(self.text.doc, next, limit);
        self.sentence.tokens.contains(&next) && self.text.doc.tokens[next].is_capitalised() && !known() && !office()
    }

    pub fn is_possessive(&self, entity: &Entity) -> bool {
        matches!(self.word(entity.tokens.end), "'s" | "’s")
    }

    /// Whether a token is a word that may describe a noun: none that divides or orders a sentence.
    fn describes(&self, at: usize) -> bool {
        use Syntax as S;
        let orders = |class: &Syntax| {
            matches!(
                class,
                S::Relative
                    | S::Subordinator
                    | S::Conditional
                    | S::Report
                    | S::Party
                    | S::Place
                    | S::Topic
                    | S::Setting
                    | S::Modal
                    | S::Be
                    | S::Finite
                    | S::Definite
                    | S::Indefinite
                    | S::Pronoun
                    | S::Subject
                    | S::About
                    | S::Here
                    | S::There
                    | S::Hosting
                    | S::Officials
            )
        };
        self.text.doc.tokens[at].is_word()
            && !self.reader.lexicon.syntax(self.text.doc.tokens[at].word).iter().any(orders)
    }

    /// "the EU leaders' summit", "the China-Africa forum": a body or a pair of states within the noun phrase of the event.
    pub fn names_the_event(&self, entity: &Entity) -> bool {
        let body = entity.party.is_some_and(|party| self.reader.is_organisation(party));
        body && self.holds_the_noun(entity) || (body || self.is_paired(entity)) && self.event_named_by(entity).is_some()
    }

    /// The token of the event's noun in whose phrase a name stands.
    fn event_named_by(&self, entity: &Entity) -> Option<usize> {
        let limit = self.sentence.tokens.end.min(entity.tokens.end + NOUN_REACH);
        let noun = (entity.tokens.end..limit).find(|at| self.noun_trigger_at(*at))?;
        let is_inside = |at: usize| {
            let token = &self.text.doc.tokens[at];
            let describes = self.describes(at) && !self.text.tenses.tell(at..at + 1);
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
        let of = |e: &&Entity| self.before_phrase(e.tokens.start) == Some(noun.end) && self.word(noun.end) == "of";
        self.entities.iter().filter(body).find(|e| holds(e) || before(e) || of(e))
    }

    /// "the Vienna talks".
    pub fn is_before_noun_trigger(&self, entity: &Entity) -> bool {
        (entity.tokens.end..entity.tokens.end + 2)
            .any(|at| self.sentence.tokens.contains(&at) && self.noun_trigger_at(at))
    }
}
