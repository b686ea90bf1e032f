//! How a clause speaks of those who take part without naming them: "they", "the minister", "the alliance", "the talks".

use super::clauses::Sort;
use super::lexicon::{Part, Syntax};
use super::parties::Actor;
use super::roles::Role;
use super::scene::{Found, Scene};
use crate::event::Kind;
use crate::extract::entities::{Entity, Office};
use crate::extract::text::beginning_within;
use std::ops::Range;

/// How a clause speaks of those who take part without naming them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// "he", "she".
    Person,
    /// "the minister": the token of the office.
    Office(usize),
    /// "its summit", "its minister": the token of the pronoun.
    Owner(usize),
    /// "the alliance": the token of the word that stands for an organisation.
    Body(usize),
    /// "I", "our": who speaks.
    Speaker,
    /// "14:00 – Receives the minister": in an agenda, the one whose agenda it is.
    Author,
    /// "they", "the two sides": so many parties, where it is told.
    Group(Group),
    /// "It will sit again": the body that the sentence before speaks of.
    It,
    /// Not at all: "the talks".
    Event,
}

/// A phrase for parties that are named elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// How many they are, where the phrase counts them.
    pub count: Option<u8>,
    /// They are states: "the two countries", "both presidents".
    pub states: bool,
}

/// How far after "it" the verb may stand that it is the subject of, in tokens: "it is due to".
const VERB_REACH: usize = 4;

/// How far after the name of a state the office of someone who acts for it may end, in tokens.
pub(super) const OFFICE_REACH: usize = 5;

impl Scene<'_, '_> {
    /// How the clause of a trigger speaks of those whom it does not name.
    pub fn meant(&self, found: &Found) -> Meant {
        if found.trigger.part == Part::Verb && self.is_body_resumed(&found.tokens) {
            return Meant::It;
        }
        for at in self.tokens_of(self.clauses.of(found.tokens.start)) {
            let phrase = self.reader.lexicon.groups.longest(self.text.doc.words_from(at, self.sentence.tokens.end));
            if let Some((_, [group, ..])) = phrase {
                return Meant::Group(*group);
            }
            // "a summit of the alliance", "a speech by the minister"
            let owned =
                found.trigger.part == Part::Noun && at > found.tokens.end && at <= found.tokens.end + OFFICE_REACH;
            if owned && self.is_body_meant(at) {
                return Meant::Body(at);
            }
            if owned && self.word(at) == "the" && self.is_bare_office(at, found) {
                return Meant::Office(at + 1);
            }
            if at >= found.tokens.start {
                continue;
            }
            if self.is(at, Syntax::Pronoun) {
                return Meant::Person;
            }
            if self.is(at, Syntax::Speaker) {
                return Meant::Speaker;
            }
            if self.is_bare_office(at, found) {
                return Meant::Office(at + 1);
            }
            if self.is(at, Syntax::Owner) || self.is_speaker(at) {
                return Meant::Owner(at);
            }
            if self.is_body_meant(at) {
                return Meant::Body(at);
            }
        }
        if self.begins_an_item(found) { Meant::Author } else { Meant::Event }
    }

    /// "NATO confirms that it will": who says so.
    fn is_speaker(&self, at: usize) -> bool {
        self.word(at) == "it" && self.speakers().any(|e| e.tokens.end <= at)
    }

    /// "the alliance", "the agency": an organisation that has been named.
    pub fn is_body_meant(&self, at: usize) -> bool {
        let before = self.before(at);
        self.is(at, Syntax::Epithet) && before.is_some_and(|at| self.word(at).eq_ignore_ascii_case("the"))
    }

    /// "It will sit again": whether a verb is said of a body that the sentence before speaks of.
    pub fn is_body_resumed(&self, verb: &Range<usize>) -> bool {
        let it = self.sentence.tokens.start;
        let said = self.word(it) == "It" && self.is(it + 1, Syntax::Finite) && verb.start <= it + VERB_REACH;
        let Some(before) = self.number.checked_sub(1).filter(|_| said) else { return false };
        let before = &self.text.doc.sentences[before].tokens;
        let mut named = self.text.named.entities[beginning_within(&self.text.named.entities, |e| &e.tokens, before)]
            .iter()
            .filter_map(|e| e.party);
        named.any(|party| self.reader.is_organisation(party))
            || before.clone().any(|at| self.reader.lexicon.is(self.text.doc.tokens[at].word, Syntax::Sitting))
    }

    /// "14:00 – Receives the minister", "Working visit to Oslo": an item of an agenda that begins with what happens.
    fn begins_an_item(&self, found: &Found) -> bool {
        let said = |at: usize| self.text.doc.tokens[at].is_word() && !self.is_in_date(at);
        let silent = !(self.sentence.tokens.start..found.tokens.start).any(said);
        let bare = found.trigger.part == Part::Verb || found.trigger.kind == Kind::Visit;
        self.is_item() && silent && bare
    }

    /// The office that begins at a token.
    pub fn office(&self, at: usize) -> Option<(Range<usize>, Office)> {
        self.reader.names.office(self.text.doc, at, self.sentence.tokens.end)
    }

    /// "the minister": someone who has been named, or who speaks for the state that the text is about.
    fn is_bare_office(&self, at: usize, found: &Found) -> bool {
        let office = self.reader.names.office_at(self.text.doc, at + 1, self.sentence.tokens.end);
        let named = || self.entities.iter().any(|e| e.tokens.start >= at && e.tokens.end <= found.tokens.start);
        self.word(at).eq_ignore_ascii_case("the") && office && !named()
    }

    /// Whether a pronoun is the subject, or the owner of the event, and nobody who takes part is named before it.
    pub fn is_pronoun_subject(&self, found: &Found, roles: &[(&Entity, Role)]) -> bool {
        let pronoun =
            self.tokens_of(self.clauses.of(found.tokens.start)).take_while(|at| *at < found.tokens.start).find(|at| {
                [Syntax::Pronoun, Syntax::Owner].iter().any(|c| self.is(*at, *c)) || self.is_bare_office(*at, found)
            });
        pronoun.is_some_and(|at| !roles.iter().any(|(e, role)| *role == Role::Party && e.tokens.end <= at))
    }

    /// Whether those who act for states, or a body, are named before a verb: "ministers will meet".
    pub fn has_officials(&self, verb: &Range<usize>) -> bool {
        let office = |at: usize| self.reader.names.office_at(self.text.doc, at, self.sentence.tokens.end);
        let mut before = self.clauses.tokens(self.clauses.of(verb.start)).take_while(|at| *at < verb.start);
        before.any(|at| self.is(at, Syntax::Officials) || office(at) || self.noun_trigger_at(at))
    }

    /// Whether a name is a person's, or that of the state or organisation of one: "the Finnish foreign minister".
    pub fn is_person(&self, entity: &Entity) -> bool {
        let limit = self.sentence.tokens.end.min(entity.tokens.end + OFFICE_REACH);
        let office = (entity.tokens.end..limit).any(|at| self.reader.names.office_at(self.text.doc, at, limit));
        // "the president of Norway"
        let of = self.before(entity.tokens.start).filter(|at| self.word(*at) == "of");
        let held = of.is_some_and(|of| {
            let first = of.saturating_sub(OFFICE_REACH).max(self.sentence.tokens.start);
            (first..of).any(|at| self.office(at).is_some_and(|(office, _)| office.end == of))
        });
        entity.person.is_some() || office || held
    }

    /// The parties that take part in what the sentence tells, each once: outside of what says who says so, or what would
    /// be.
    pub fn parties(&self) -> Vec<Actor> {
        self.parties_where(|entity| self.clauses.sort_of(entity.tokens.start) == Sort::Plain)
    }

    pub fn parties_where(&self, told: impl Fn(&Entity) -> bool) -> Vec<Actor> {
        let named = self.named().filter(|(e, role)| *role == Role::Party && e.party.is_some() && told(e));
        let mut actors: Vec<Actor> = Vec::new();
        for (entity, _) in named {
            let actor = Actor { party: entity.party, person: entity.person };
            if actors.iter().all(|known| known.party != actor.party) {
                actors.push(actor);
            }
        }
        actors
    }
}
