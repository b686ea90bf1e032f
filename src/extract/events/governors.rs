//! What stands before a name and tells its part: a preposition, the noun that it belongs to, what the clause is about.

use super::lexicon::{Part, Syntax};
use super::scene::Scene;
use crate::event::Kind;
use crate::extract::entities::Entity;

/// How far before a name its preposition may stand, in tokens.
pub(super) const REACH: usize = 9;
/// How far before a preposition the word may stand that decides what it means, in tokens.
const CONTEXT_REACH: usize = 5;

impl Scene<'_, '_> {
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
        let near = || at.saturating_sub(CONTEXT_REACH).max(self.sentence.tokens.start)..at;
        match self.word(at) {
            // "on the sidelines of the APEC forum"
            "of" if follows(Syntax::Margin) => Some(Syntax::Topic),
            // "hosted by Oman": a mediator takes no part.
            "by" if follows(Syntax::Mediating) => Some(Syntax::Topic),
            // "left for Geneva"
            "for" if near().any(|at| self.is(at, Syntax::Departing)) => Some(Syntax::Place),
            // "experts from Chad", but "from Oslo to Riga"
            "from" if !(before.is_some_and(|at| self.is_of_people(at) || self.word(at) == "and")) => {
                Some(Syntax::Topic)
            }
            // "the deadline for Chad to withdraw"
            "for" if before.is_some_and(|at| self.is_deadline_for_someone(at)) => Some(Syntax::Party),
            // "negotiators for the Argentines"
            "for" if follows(Syntax::Officials) => Some(Syntax::Party),
            // "but not in Riyadh", "instead of in Havana"
            "in" | "at" | "to" if before.is_some_and(|at| self.is(at, Syntax::Contrast) || self.is_instead_of(at)) => {
                Some(Syntax::Topic)
            }
            // "will meet on Crete", "on the island of Crete"
            "on" if before.is_some_and(|at| self.ends_a_verb(at)) => Some(Syntax::Place),
            _ => None,
        }
    }

    /// "the deadline for Chad and Niger to withdraw": it binds those who are named.
    fn is_deadline_for_someone(&self, noun: usize) -> bool {
        let name = noun + 2 + usize::from(self.is(noun + 2, Syntax::Definite));
        let mut end = name;
        for entity in self.entities.iter().filter(|e| e.tokens.start >= name) {
            let next = entity.tokens.start == name || end > name && self.is_list_between(end, entity.tokens.start);
            if !next || self.word(end) == "to" {
                break;
            }
            end = entity.tokens.end;
        }
        let bound = end > name && self.word(end) == "to";
        bound && self.trigger_at(noun, |trigger| trigger.part == Part::Noun && trigger.kind == Kind::Deadline)
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
        self.trigger_at(at, |trigger| trigger.part == Part::Verb)
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
            let ends = self.is_in_date(at) || self.clauses.of(at) != clause || self.meeting_at(at);
            if matches!(self.word(at), "with" | "between") {
                return self.is_with_what_is_discussed(at);
            }
            if ends || matches!(self.word(at), "," | "by") {
                return false;
            }
            let begins_date = self.is_in_date(at + 1);
            if self.is(at, Syntax::About) && !begins_date && !self.ends_a_trigger(at) {
                return true;
            }
        }
        false
    }

    /// "to discuss a freeze of the talks with Turkey": another event's.
    fn is_with_what_is_discussed(&self, with: usize) -> bool {
        // "talks on the border dispute with Chad"
        if self.word(with) == "with" && self.before(with).is_some_and(|at| self.is(at, Syntax::Relation)) {
            let first = with.saturating_sub(REACH).max(self.sentence.tokens.start);
            let about = |at: usize| self.is(at, Syntax::About) && !self.is_in_date(at + 1);
            return (first..with).rev().take_while(|at| !self.meeting_at(*at)).any(about);
        }
        let Some(noun) = self.before(with).filter(|at| self.noun_trigger_at(*at)) else { return false };
        let clause = self.clauses.of(noun);
        let first = noun.saturating_sub(REACH).max(self.sentence.tokens.start);
        let mut before = (first..noun).rev().take_while(|at| self.clauses.of(*at) == clause && self.word(*at) != ",");
        before.any(|at| self.is(at, Syntax::Discussing))
    }

    /// Whether a noun begins at a token that those may hold who are named after it: "talks", not "withdrawal".
    fn meeting_at(&self, at: usize) -> bool {
        let held =
            |kind: Kind| kind.family() == Kind::Meeting || matches!(kind, Kind::Visit | Kind::Signing | Kind::Exercise);
        self.trigger_at(at, |trigger| trigger.part == Part::Noun && held(trigger.kind))
    }

    /// "Goma", "the Netherlands".
    fn begins_name_phrase(&self, at: usize) -> bool {
        self.begins_name(at + usize::from(self.is(at, Syntax::Definite)))
    }

    /// Whether a name begins at a token.
    pub fn begins_name(&self, at: usize) -> bool {
        self.entities.iter().any(|e| e.tokens.start == at)
    }

    /// Whether a name ends right before a token.
    pub fn ends_a_name(&self, at: usize) -> bool {
        self.entities.iter().any(|e| e.tokens.end == at)
    }
}
