//! Who takes part where a clause names nobody: "they will meet", "the two sides", "the talks will open on Monday".
//!
//! Looked for in the same sentence, then in the sentences before, the nearest first: the person that a pronoun stands
//! for, as many parties as a phrase counts, or those of the event that "the talks" takes up; at last the parties that the
//! text speaks of most.

use super::clauses::Sort;
use super::lexicon::{Part, Syntax};
use super::roles::Role;
use super::scene::{Found, Scene};
use super::sightings::{Actor, NoEvent, Sighting};
use super::{Reader, count};
use crate::event::Kind;
use crate::extract::names::{Entity, Office, PartyId};
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
    /// "14:00 – Receives the minister": in an agenda, the one whose agenda it is.
    Author,
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

/// How many sentences on those who take part may be told.
const TOLD_REACH: usize = 2;

/// How many sentences back the holder of an office may have been named.
const HOLDER_REACH: usize = 40;

impl Scene<'_, '_> {
    /// How the clause of a trigger speaks of those whom it does not name.
    pub fn meant(&self, found: &Found) -> Meant {
        for at in self.tokens_of(self.clauses.of(found.tokens.start)) {
            let phrase = self.reader.lexicon.groups.longest(self.text.doc.words_from(at, self.sentence.tokens.end));
            if let Some((_, [group, ..])) = phrase {
                return Meant::Group(*group);
            }
            if at >= found.tokens.start {
                continue;
            }
            if self.is(at, Syntax::Pronoun) {
                return Meant::Person;
            }
            if self.is_bare_office(at, found) {
                return Meant::Office(at + 1);
            }
            if self.is(at, Syntax::Owner) {
                return Meant::Owner(at);
            }
            if self.is_body_meant(at) {
                return Meant::Body(at);
            }
        }
        if self.begins_an_item(found) { Meant::Author } else { Meant::Event }
    }

    /// "the alliance", "the agency": an organisation that has been named.
    pub fn is_body_meant(&self, at: usize) -> bool {
        let before = self.before(at);
        self.is(at, Syntax::Epithet) && before.is_some_and(|at| self.word(at).eq_ignore_ascii_case("the"))
    }

    /// "14:00 – Receives the minister", "Working visit to Oslo": an item of an agenda that begins with what happens.
    fn begins_an_item(&self, found: &Found) -> bool {
        let said = |at: usize| self.text.doc.tokens[at].is_word() && !self.is_in_date(at);
        let silent = !(self.sentence.tokens.start..found.tokens.start).any(said);
        let bare = found.trigger.part == Part::Verb || found.trigger.kind == Kind::Visit;
        self.is_item() && silent && bare
    }

    /// The office that begins at a token.
    fn office(&self, at: usize) -> Option<(Range<usize>, Office)> {
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
    fn has_officials(&self, verb: &Range<usize>) -> bool {
        let office = |at: usize| self.reader.names.office_at(self.text.doc, at, self.sentence.tokens.end);
        let mut before = self.clauses.tokens(self.clauses.of(verb.start)).take_while(|at| *at < verb.start);
        before.any(|at| self.is(at, Syntax::Officials) || office(at) || self.noun_trigger_at(at))
    }

    /// Whether a name is a person's, or that of the state or organisation of one: "the Finnish foreign minister".
    fn is_person(&self, entity: &Entity) -> bool {
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
    fn parties(&self) -> Vec<Actor> {
        self.parties_where(|entity| self.clauses.sort_of(entity.tokens.start) == Sort::Plain)
    }

    fn parties_where(&self, told: impl Fn(&Entity) -> bool) -> Vec<Actor> {
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

/// Gives every sighting that names nobody, or fewer than it counts, those whom it means, and every visit its hosts; gives
/// back the dates of those that remain without.
pub(super) fn fill(
    reader: &Reader<'_>,
    scenes: &[Scene<'_, '_>],
    sightings: &mut Vec<Sighting>,
) -> Vec<(usize, NoEvent)> {
    let acting = acting(scenes);
    for sighting in sightings.iter_mut().filter(|sighting| sighting.timex.is_some()) {
        add_parties(sighting, who_says_so(sighting, &scenes[sighting.sentence]));
        let parties: Vec<PartyId> = sighting.actors.iter().filter_map(|actor| actor.party).collect();
        let named = !parties.is_empty();
        let personal = !matches!(sighting.meant, Meant::Group(_) | Meant::Event | Meant::Author);
        let pronoun = sighting.pronoun_subject && personal;
        let counted = match sighting.meant {
            Meant::Group(group) => usize::from(group.count.unwrap_or(2)),
            Meant::Author => 2,
            _ => 1,
        };
        // "The foreign ministers of the bloc" are all its own.
        let lacks = parties.len() < counted && !parties.iter().any(|party| reader.is_organisation(*party));
        if !lacks && !pronoun {
            continue;
        }
        let here = &scenes[sighting.sentence];
        let before = &scenes[sighting.sentence.saturating_sub(REACH)..sighting.sentence];
        let trigger = &sighting.found.trigger;
        let start = sighting.found.tokens.start;
        let taken_up = pronoun || trigger.part != Part::Noun;
        let found = match sighting.meant {
            Meant::Person if taken_up => person(here, start, before, scenes),
            Meant::Office(at) if taken_up => holder(here, at, scenes).or_else(|| person(here, at, before, scenes)),
            Meant::Owner(_) if trigger.part == Part::Noun && is_two_sided(sighting.kind) && !named => {
                event(sighting.kind, here, before).or_else(|| pair(before, &[]))
            }
            Meant::Owner(at) if taken_up => owner(here, at, before),
            Meant::Body(at) => body(here, at, before),
            Meant::Group(meant) => group(reader, meant, here, before),
            Meant::Author => author(scenes),
            _ if trigger.is_popular_vote() => people(here, start),
            _ => event(sighting.kind, here, before),
        };
        // "The school board meets" means nobody whom the text speaks of elsewhere.
        let stranger = sighting.found.trigger.part == Part::Verb
            && sighting.meant == Meant::Event
            && !here.has_officials(&sighting.found.tokens);
        let diplomatic = !matches!(sighting.kind, Kind::Hearing | Kind::Ceremony | Kind::Address) && !stranger;
        let found = found.or_else(|| pronoun.then(|| speaker(reader, &acting, sighting)).flatten());
        let after = &scenes[sighting.sentence + 1..scenes.len().min(sighting.sentence + 1 + TOLD_REACH)];
        let found = found.or_else(|| (!named).then(|| told_after(sighting.kind, after)).flatten());
        let most = || Some(acting_most(reader, &acting, sighting)).filter(|most| !most.is_empty());
        let found = found.or_else(|| (diplomatic && !named).then(|| most().or_else(|| pair(before, after))).flatten());
        add_parties(sighting, found.unwrap_or_default());
    }
    for sighting in sightings.iter_mut().filter(|sighting| sighting.timex.is_some()) {
        let near = &scenes[sighting.sentence.saturating_sub(1)..sighting.sentence];
        let visited = near.iter().find_map(Scene::visited);
        add_parties(sighting, at_home(&scenes[sighting.sentence], visited, &acting, sighting));
    }
    // Without a visitor there is no visit, and soldiers who stay at home are no matter between states.
    let gazetteer = &reader.names.gazetteer;
    let stays = |s: &Sighting| match s.kind {
        Kind::Visit => s.actors.iter().all(|actor| is_host(s, actor)),
        Kind::Exercise if s.found.trigger.phrase.starts_with("deploy") => {
            let country = s.place.and_then(|place| gazetteer.country_of(place));
            let at_home = |actor: &Actor| {
                let state = actor.party.is_none_or(|party| !reader.is_organisation(party));
                state && (country.is_none() || actor.party == country)
            };
            s.actors.len() < 2 && s.actors.iter().all(at_home)
        }
        _ => false,
    };
    let unmade = sightings.iter().filter(|s| stays(s)).filter_map(|s| Some((s.timex?, NoEvent::Nobody))).collect();
    sightings.retain(|s| s.timex.is_none() || !stays(s));
    for sighting in sightings {
        let hosts = sighting.hosts.iter().map(|host| Actor { party: Some(*host), person: None }).collect();
        add_parties(sighting, hosts);
    }
    unmade
}

fn is_host(visit: &Sighting, actor: &Actor) -> bool {
    actor.person.is_none() && actor.party.is_none_or(|party| visit.hosts.contains(&party))
}

fn add_parties(sighting: &mut Sighting, actors: Vec<Actor>) {
    for actor in actors.into_iter().filter(|actor| actor.party.is_some()) {
        if sighting.actors.iter().all(|known| known.party != actor.party) {
            sighting.actors.push(actor);
        }
    }
}

/// "Consultations with Brazil will be held in May, the Mexican foreign ministry said": the side that says so, where only
/// the other one is named.
fn who_says_so(sighting: &Sighting, here: &Scene<'_, '_>) -> Vec<Actor> {
    let clause = here.clauses.of(sighting.found.tokens.start);
    let has_subject = here.named().any(|(e, role)| {
        role == Role::Party && e.tokens.start < sighting.found.tokens.start && here.clauses.of(e.tokens.start) == clause
    });
    let mut parties = sighting.actors.iter().filter(|actor| actor.party.is_some());
    if !is_two_sided(sighting.kind) || has_subject || parties.next().is_none() || parties.next().is_some() {
        return vec![];
    }
    let state = |e: &Entity| e.party.is_some_and(|party| !here.reader.is_organisation(party));
    let speaker = here
        .named()
        .find(|(e, role)| *role == Role::Party && state(e) && here.clauses.sort_of(e.tokens.start) == Sort::Reporting);
    speaker.map(|(e, _)| Actor { party: e.party, person: None }).into_iter().collect()
}

/// "Foreign Minister Anna Berg will visit Oslo": of someone whose party the text does not name, the state where it was
/// written, else the one that acts most, as news names the offices of its own country.
fn at_home(
    here: &Scene<'_, '_>,
    visited: Option<PartyId>,
    acting: &[(PartyId, usize)],
    sighting: &Sighting,
) -> Vec<Actor> {
    let parties: Vec<PartyId> = sighting.actors.iter().filter_map(|actor| actor.party).collect();
    let two_sided = is_two_sided(sighting.kind) || sighting.kind == Kind::Visit;
    let person = sighting.actors.iter().any(|actor| actor.party.is_none() && actor.person.is_some());
    if !two_sided || !person || parties.len() > 1 {
        return vec![];
    }
    let home = here.text.written_in.and_then(|town| here.reader.names.gazetteer.country_of(town));
    // "a visit to Skopje. Among those whom he will meet are …"
    let visited = visited.filter(|host| !parties.contains(host));
    if visited.is_some() {
        return vec![Actor { party: visited, person: None }];
    }
    let states = acting.iter().filter(|(party, _)| !here.reader.is_organisation(*party) && !parties.contains(party));
    let most = || states.clone().find(|(_, count)| *count > 1);
    let found = states.clone().find(|(party, _)| Some(*party) == home).or_else(most);
    found.map(|(party, _)| Actor { party: Some(*party), person: None }).into_iter().collect()
}

fn is_two_sided(kind: Kind) -> bool {
    matches!(kind, Kind::Talks | Kind::Meeting | Kind::Call | Kind::Signing | Kind::Exercise)
}

/// The parties that act in a text and how often, the most frequent first, else the first named.
fn acting(scenes: &[Scene<'_, '_>]) -> Vec<(PartyId, usize)> {
    let acts = scenes.iter().flat_map(Scene::named).filter(|(_, role)| *role == Role::Party);
    count(acts.filter_map(|(entity, _)| entity.party))
}

/// Who acts for the party that acts most, besides those who are named beside.
fn speaker(reader: &Reader<'_>, acting: &[(PartyId, usize)], sighting: &Sighting) -> Option<Vec<Actor>> {
    let most = acting_most(reader, acting, sighting);
    let other = most.into_iter().find(|actor| sighting.actors.iter().all(|known| known.party != actor.party));
    other.map(|actor| vec![actor])
}

/// The state named last before a vote in its sentence: a people votes, not the bodies that it votes on.
fn people(here: &Scene<'_, '_>, end: usize) -> Option<Vec<Actor>> {
    let mut before = here.entities.iter().rev().filter(|e| e.tokens.end <= end && e.person.is_none());
    let party = before.find_map(|e| e.party.filter(|party| !here.reader.is_organisation(*party)))?;
    Some(vec![Actor { party: Some(party), person: None }])
}

/// The person named last, or "the minister" before the pronoun in its sentence.
fn person(here: &Scene<'_, '_>, end: usize, before: &[Scene<'_, '_>], scenes: &[Scene<'_, '_>]) -> Option<Vec<Actor>> {
    let last = |scene: &Scene<'_, '_>, end: usize| {
        let mut people =
            scene.entities.iter().filter(|e| e.tokens.end <= end && e.party.is_some() && scene.is_person(e));
        people.next_back().map(|e| vec![Actor { party: e.party, person: e.person }])
    };
    let office = || {
        let mut tokens = here.sentence.tokens.start..end;
        let at = tokens.rfind(|at| here.word(*at).eq_ignore_ascii_case("the") && here.office(*at + 1).is_some())?;
        holder(here, at + 1, scenes)
    };
    last(here, end).or_else(office).or_else(|| before.iter().rev().find_map(|scene| last(scene, usize::MAX)))
}

/// Who holds "the" office at a token: the party that it fixes by itself, else the one last named with the same office.
fn holder(here: &Scene<'_, '_>, at: usize, scenes: &[Scene<'_, '_>]) -> Option<Vec<Actor>> {
    let actor = |party, person| vec![Actor { party: Some(party), person }];
    let (office, meaning) = here.office(at)?;
    if let Some(party) = meaning.code.and_then(|code| here.reader.names.gazetteer.party_of(code)) {
        return Some(actor(party, None));
    }
    let words = |tokens: Range<usize>| tokens.map(|at| here.text.doc.tokens[at].word);
    let same = |scene: &Scene<'_, '_>, entity: &Entity| {
        let mut near = entity.tokens.end..scene.sentence.tokens.end.min(entity.tokens.end + OFFICE_REACH);
        let first = near.find_map(|at| scene.office(at));
        entity.tokens.end <= at && first.is_some_and(|(other, _)| words(other).eq(words(office.clone())))
    };
    let before = &scenes[here.number.saturating_sub(HOLDER_REACH)..=here.number];
    before.iter().rev().find_map(|scene| {
        let holder = scene.entities.iter().rev().find(|e| e.party.is_some() && same(scene, e))?;
        Some(actor(holder.party?, holder.person))
    })
}

/// The organisation named last before "the alliance".
fn body(here: &Scene<'_, '_>, at: usize, before: &[Scene<'_, '_>]) -> Option<Vec<Actor>> {
    let last = |scene: &Scene<'_, '_>, end: usize| {
        let mut named = scene.entities.iter().rev().filter(|e| e.tokens.end <= end).filter_map(|e| e.party);
        named.find(|party| scene.reader.is_organisation(*party))
    };
    let party = last(here, at).or_else(|| before.iter().rev().find_map(|scene| last(scene, usize::MAX)))?;
    Some(vec![Actor { party: Some(party), person: None }])
}

/// Whose "its" is: the first party of its sentence, else of the nearest one before that names any.
fn owner(here: &Scene<'_, '_>, at: usize, before: &[Scene<'_, '_>]) -> Option<Vec<Actor>> {
    let actor = |e: &Entity| vec![Actor { party: e.party, person: None }];
    let acts = |(e, role): &(&Entity, Role)| *role == Role::Party && e.party.is_some();
    let first = here.named().filter(|(e, _)| e.tokens.end <= at).find(acts);
    let earlier = || before.iter().rev().find_map(|scene| scene.named().find(acts));
    first.or_else(earlier).map(|(e, _)| actor(e))
}

/// Whose agenda a text is: the first who holds an office in it.
fn author(scenes: &[Scene<'_, '_>]) -> Option<Vec<Actor>> {
    scenes.iter().take(HOLDER_REACH).find_map(|scene| {
        let first = scene.entities.iter().find(|e| e.party.is_some() && scene.is_person(e))?;
        Some(vec![Actor { party: first.party, person: first.person }])
    })
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
            // "He said that he valued his colleague": who says so is one of the two.
            let told = scene.parties();
            let others = if told.len() < 2 { scene.parties_where(|_| true) } else { vec![] };
            for actor in told.into_iter().chain(others).filter(fits) {
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

/// "It will bring together Oman and Qatar", "The talks will be between Oman and Qatar": at least two parties told after, of
/// the same event.
fn told_after(kind: Kind, after: &[Scene<'_, '_>]) -> Option<Vec<Actor>> {
    let same = |scene: &&Scene<'_, '_>| {
        let first = scene.sentence.tokens.start;
        let pronoun = scene.is(first, Syntax::Subject) || scene.is(first, Syntax::Owner);
        let noun = scene.triggers.iter().any(|found| {
            found.trigger.part == Part::Noun && found.trigger.kind.family() == kind.family() && scene.is_definite(found)
        });
        scene.timexes.is_empty() && (pronoun || noun)
    };
    after.iter().filter(same).map(Scene::parties).find(|parties| parties.len() > 1)
}

/// The two parties or more that a sentence near names, before it rather than after it.
fn pair(before: &[Scene<'_, '_>], after: &[Scene<'_, '_>]) -> Option<Vec<Actor>> {
    before.iter().rev().take(TOLD_REACH).chain(after).map(Scene::parties).find(|parties| parties.len() > 1)
}

/// The two parties that act most in the text: a body acts by itself, before any state where its leaders or members meet;
/// a people votes alone.
fn acting_most(reader: &Reader<'_>, acting: &[(PartyId, usize)], sighting: &Sighting) -> Vec<Actor> {
    let mut often: Vec<PartyId> = acting.iter().filter(|(_, count)| *count > 1).map(|(party, _)| *party).collect();
    let is_body = |party: &PartyId| reader.is_organisation(*party);
    if sighting.found.trigger.is_popular_vote() {
        often.retain(|party| !is_body(party));
        often.truncate(1);
    } else if matches!(sighting.kind, Kind::Summit | Kind::Conference) {
        often.sort_by_key(|party| !is_body(party));
    }
    let alone = often.first().is_some_and(is_body);
    // States meet one another.
    let of_states = !alone && often.iter().filter(|party| !is_body(party)).count() > 1;
    often.retain(|party| !of_states || !is_body(party));
    often.truncate(if alone { 1 } else { 2 });
    often.into_iter().map(|party| Actor { party: Some(party), person: None }).collect()
}
