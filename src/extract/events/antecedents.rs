//! Who takes part where a clause names nobody: "they will meet", "the two sides", "the talks will open on Monday".
//!
//! Looked for in the same sentence, then in the sentences before, the nearest first: the person that a pronoun stands
//! for, as many parties as a phrase counts, or those of the event that "the talks" takes up; at last the parties that the
//! text speaks of most.

use super::clauses::Sort;
use super::lexicon::{Part, Syntax};
use super::roles::Role;
use super::scene::{Found, Scene};
use super::sightings::{Actor, Sighting};
use super::{Reader, Text};
use crate::event::Kind;
use crate::extract::names::{Entity, PartyId};
use std::ops::Range;

/// How a clause speaks of those who take part without naming them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// "he", "the minister".
    Person,
    /// "they", "the two sides": so many parties, where it is told.
    Group(Group),
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

/// How far after the name of a state the office of someone who acts for it may end, in tokens.
const OFFICE_REACH: usize = 5;

/// How many sentences back they may have been named.
const REACH: usize = 5;

impl Scene<'_, '_> {
    /// How the clause of a trigger speaks of those whom it does not name.
    pub fn meant(&self, found: &Found) -> Meant {
        let clause = self.clauses.tokens(self.clauses.of(found.tokens.start));
        for at in clause {
            let phrase = self.reader.lexicon.groups.longest(self.text.doc.words_from(at, self.sentence.tokens.end));
            if let Some((_, [group, ..])) = phrase {
                return Meant::Group(*group);
            }
            if at < found.tokens.start && (self.is(at, Syntax::Pronoun) || self.is_bare_office(at, found)) {
                return Meant::Person;
            }
        }
        Meant::Event
    }

    /// "the minister": someone who has been named, or who speaks for the state that the text is about.
    fn is_bare_office(&self, at: usize, found: &Found) -> bool {
        let office = self.reader.names.office_at(self.text.doc, at + 1, self.sentence.tokens.end);
        let named = || self.entities.iter().any(|e| e.tokens.start >= at && e.tokens.end <= found.tokens.start);
        self.word(at).eq_ignore_ascii_case("the") && office && !named()
    }

    /// Whether a pronoun is the subject, or the owner of the event, and nobody who takes part is named before it.
    pub fn is_pronoun_subject(&self, found: &Found, roles: &[(&Entity, Role)]) -> bool {
        let clause = self.clauses.tokens(self.clauses.of(found.tokens.start));
        let pronoun = clause
            .take_while(|at| *at < found.tokens.start)
            .find(|at| self.is(*at, Syntax::Pronoun) || self.is_bare_office(*at, found));
        pronoun.is_some_and(|at| !roles.iter().any(|(e, role)| *role == Role::Party && e.tokens.end <= at))
    }

    /// Whether those who act for states, or a body, are named before a verb: "ministers will meet".
    fn has_officials(&self, verb: &Range<usize>) -> bool {
        let office = |at: usize| self.reader.names.office_at(self.text.doc, at, self.sentence.tokens.end);
        let mut before = self.clauses.tokens(self.clauses.of(verb.start)).take_while(|at| *at < verb.start);
        before.any(|at| self.is(at, Syntax::Officials) || office(at) || self.noun_trigger_at(at))
    }

    /// Whether a name is a person's, or that of the state or organisation of one: "the Finnish foreign minister".
    fn is_person(&self, entity: &Entity) -> bool {
        let limit = self.sentence.tokens.end.min(entity.tokens.end + OFFICE_REACH);
        let office = (entity.tokens.end..limit).any(|at| self.reader.names.office_at(self.text.doc, at, limit));
        entity.person.is_some() || office
    }

    /// The parties that take part in what the sentence tells, each once: outside of what says who says so, or what would
    /// be.
    fn parties(&self) -> Vec<Actor> {
        let told = |entity: &Entity| self.clauses.sort_of(entity.tokens.start) == Sort::Plain;
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

/// Gives every sighting that names nobody those whom it means.
pub(super) fn fill(reader: &Reader<'_>, text: &Text<'_, '_>, scenes: &[Scene<'_, '_>], sightings: &mut [Sighting]) {
    for sighting in sightings {
        let named = sighting.actors.iter().any(|actor| actor.party.is_some());
        let pronoun = sighting.pronoun_subject && sighting.meant == Meant::Person;
        if named && !pronoun || sighting.timex.is_none() {
            continue;
        }
        let here = &scenes[sighting.sentence];
        let before = &scenes[sighting.sentence.saturating_sub(REACH)..sighting.sentence];
        let found = match sighting.meant {
            Meant::Person if pronoun || sighting.part != Part::Noun => person(here, sighting.trigger.start, before),
            Meant::Group(meant) => group(reader, meant, here, before),
            // A people votes, not the bodies that it votes on.
            Meant::Person | Meant::Event if sighting.kind == Kind::Vote && sighting.part == Part::Noun => None,
            Meant::Person | Meant::Event => event(sighting.kind, here, before),
        };
        // "The school board meets" means nobody whom the text speaks of elsewhere.
        let stranger =
            sighting.part == Part::Verb && sighting.meant == Meant::Event && !here.has_officials(&sighting.trigger);
        let diplomatic = !matches!(sighting.kind, Kind::Hearing | Kind::Ceremony | Kind::Address) && !stranger;
        let found = found.or_else(|| pronoun.then(|| speaker(reader, text, sighting)).flatten());
        let found = found.or_else(|| (diplomatic && !named).then(|| spoken_of_most(reader, text)));
        let known: Vec<Option<PartyId>> = sighting.actors.iter().map(|actor| actor.party).collect();
        sighting.actors.extend(found.unwrap_or_default().into_iter().filter(|actor| !known.contains(&actor.party)));
    }
}

/// Who acts for the state that the text speaks of most, besides those who are named beside.
fn speaker(reader: &Reader<'_>, text: &Text<'_, '_>, sighting: &Sighting) -> Option<Vec<Actor>> {
    let most = spoken_of_most(reader, text);
    let other = most.into_iter().find(|actor| sighting.actors.iter().all(|known| known.party != actor.party));
    other.map(|actor| vec![actor])
}

/// The person named last.
fn person(here: &Scene<'_, '_>, end: usize, before: &[Scene<'_, '_>]) -> Option<Vec<Actor>> {
    let last = |scene: &Scene<'_, '_>, end: usize| {
        let mut people =
            scene.entities.iter().filter(|e| e.tokens.end <= end && e.party.is_some() && scene.is_person(e));
        people.next_back().map(|e| vec![Actor { party: e.party, person: e.person }])
    };
    last(here, end).or_else(|| before.iter().rev().find_map(|scene| last(scene, usize::MAX)))
}

/// The parties named last, at least two and as many as are asked for: of states, where they are meant and any is named.
fn group(reader: &Reader<'_>, meant: Group, here: &Scene<'_, '_>, before: &[Scene<'_, '_>]) -> Option<Vec<Actor>> {
    let count = usize::from(meant.count.unwrap_or(2).max(1));
    let gather = |fits: &dyn Fn(&Actor) -> bool| {
        let mut found: Vec<Actor> = Vec::new();
        for scene in std::iter::once(here).chain(before.iter().rev()) {
            if found.len() >= count {
                break;
            }
            for actor in scene.parties().into_iter().filter(fits) {
                if found.iter().all(|known| known.party != actor.party) {
                    found.push(actor);
                }
            }
        }
        found.truncate(count.max(2));
        found
    };
    let is_state = |actor: &Actor| actor.party.is_some_and(|party| !reader.is_organisation(party));
    let states = if meant.states { gather(&is_state) } else { vec![] };
    let found = if states.is_empty() { gather(&|_| true) } else { states };
    (!found.is_empty()).then_some(found)
}

/// The parties of the same sentence, else those of the nearest event of the kind's family before it.
fn event(kind: Kind, here: &Scene<'_, '_>, before: &[Scene<'_, '_>]) -> Option<Vec<Actor>> {
    let of_sentence = here.parties();
    if !of_sentence.is_empty() {
        return Some(of_sentence);
    }
    for scene in before.iter().rev() {
        let same = scene.triggers.iter().any(|found| {
            found.trigger.kind.family() == kind.family() || found.trigger.part == Part::Noun && kind == Kind::Visit
        });
        let parties = scene.parties();
        if same && !parties.is_empty() {
            return Some(parties);
        }
    }
    None
}

/// The two parties that the text speaks of most; an organisation that is spoken of meets by itself, states meet one
/// another.
fn spoken_of_most(reader: &Reader<'_>, text: &Text<'_, '_>) -> Vec<Actor> {
    let mut often = text.spoken_of.iter().filter(|(_, count)| *count > 1).map(|(party, _)| *party);
    let first = often.next();
    let alone = first.is_some_and(|party| reader.is_organisation(party));
    let second = often.next().filter(|_| !alone);
    first.into_iter().chain(second).map(|party| Actor { party: Some(party), person: None }).collect()
}
