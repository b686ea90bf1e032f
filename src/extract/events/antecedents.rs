//! Who takes part where a clause names nobody: whom it means, who says so, the country that a text is written in, at last
//! the parties that act most in it.

use super::lexicon::Part;
use super::parties::Actor;
use super::referents::{
    TOLD_REACH, author, body, event, group, holder, owner, pair, people, person, resumed, speaker_of, told_after,
};
use super::roles::Role;
use super::scene::{Found, Scene};
use super::sightings::{NoEvent, Sighting};
use super::spoken::Meant;
use super::{Reader, count};
use crate::event::{Kind, Status};
use crate::extract::entities::{Entity, PartyId};

/// How many sentences back those who take part may have been named.
const REACH: usize = 5;
/// How many sentences back the states may have been named that "the two countries" are.
const GROUP_REACH: usize = 12;

/// Gives every sighting that names nobody, or fewer than it counts, those whom it means, and every visit its hosts; gives
/// back the dates of those that remain without.
pub(super) fn fill(
    reader: &Reader<'_>,
    scenes: &[Scene<'_, '_>],
    sightings: &mut Vec<Sighting>,
) -> Vec<(usize, NoEvent)> {
    let acting = acting(scenes);
    for sighting in sightings.iter_mut().filter(|sighting| sighting.is_told()) {
        add_parties(sighting, who_says_so(sighting, &scenes[sighting.sentence]));
        let mut parties: Vec<PartyId> = sighting.actors.iter().filter_map(|actor| actor.party).collect();
        parties.dedup();
        let named = !parties.is_empty();
        let personal = !matches!(sighting.meant, Meant::Group(_) | Meant::Event | Meant::Author | Meant::Speaker);
        let pronoun = sighting.pronoun_subject && personal;
        let counted = match sighting.meant {
            Meant::Group(group) => usize::from(group.count.unwrap_or(2)),
            Meant::Author | Meant::Speaker => 2,
            _ => 1,
        };
        // "The foreign ministers of the bloc" are all its own.
        let lacks = parties.len() < counted && !parties.iter().any(|party| reader.is_organisation(*party));
        let resumes = sighting.meant == Meant::It;
        if !lacks && !pronoun && !resumes {
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
            Meant::It => resumed(before, !named),
            // "The two countries" may be those of the first sentence.
            Meant::Group(meant) if meant.states && meant.count.is_some() => {
                group(reader, meant, here, &scenes[sighting.sentence.saturating_sub(GROUP_REACH)..sighting.sentence])
            }
            Meant::Group(meant) => group(reader, meant, here, before),
            Meant::Author => author(scenes),
            // "We will receive the Omani minister": the other side is the speaker's own.
            Meant::Speaker if named || sighting.kind == Kind::Visit => speaker_of(here).or_else(|| author(scenes)),
            _ if trigger.is_popular_vote() => people(here, start, before),
            _ => event(sighting.kind, here, before),
        };
        // "The school board meets" means nobody whom the text speaks of elsewhere.
        let stranger = sighting.found.trigger.part == Part::Verb
            && matches!(sighting.meant, Meant::Event | Meant::It)
            && !here.has_officials(&sighting.found.tokens);
        let diplomatic = !matches!(sighting.kind, Kind::Hearing | Kind::Ceremony | Kind::Address) && !stranger;
        // What took place may have been anybody's; what lies ahead is of those whom the text is about.
        let ahead = sighting.status != Status::Held;
        let found = found.or_else(|| (pronoun && ahead).then(|| speaker(reader, &acting, sighting)).flatten());
        let after = &scenes[sighting.sentence + 1..scenes.len().min(sighting.sentence + 1 + TOLD_REACH)];
        let found = found.or_else(|| (!named).then(|| told_after(sighting.kind, after)).flatten());
        let most = || Some(acting_most(reader, &acting, sighting)).filter(|most| !most.is_empty());
        let guess = diplomatic && !named && ahead;
        let found = found.or_else(|| guess.then(|| most().or_else(|| pair(before, after))).flatten());
        add_parties(sighting, found.unwrap_or_default());
    }
    for sighting in sightings.iter_mut().filter(|sighting| sighting.is_told()) {
        add_parties(sighting, visited_for(reader, sighting, &scenes[sighting.sentence]));
        let near = &scenes[sighting.sentence.saturating_sub(1)..sighting.sentence];
        let visited = near.iter().find_map(Scene::visited);
        if sighting.status != Status::Held {
            add_parties(sighting, at_home(&scenes[sighting.sentence], visited, &acting, sighting));
        }
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
    sightings.retain(|s| !s.is_told() || !stays(s));
    for sighting in sightings {
        let hosts = sighting.hosts.iter().map(|host| Actor { party: Some(*host), person: None }).collect();
        add_parties(sighting, hosts);
    }
    unmade
}

/// Gives a sighting without a date that names nobody those whom its sentence or one before it names.
pub(super) fn of_undated(scenes: &[Scene<'_, '_>], sighting: &mut Sighting) {
    let here = &scenes[sighting.sentence];
    add_parties(sighting, who_says_so(sighting, here));
    // "Oman said the visit of its minister to Qatar will begin as planned"
    if sighting.kind == Kind::Visit && sighting.actors.iter().all(|actor| is_host(sighting, actor)) {
        let mut speakers = here.speakers().filter_map(|e| e.party);
        if let Some(visitor) = speakers.find(|party| !sighting.hosts.contains(party)) {
            let parties = std::iter::once(visitor).chain(sighting.hosts.iter().copied());
            let actors = parties.map(|party| Actor { party: Some(party), person: None }).collect();
            add_parties(sighting, actors);
        }
    }
    let named = |sighting: &Sighting| sighting.actors.iter().any(|actor| actor.party.is_some());
    // "Their summit will go ahead, Oman and Qatar said."
    if !named(sighting) && matches!(sighting.meant, Meant::Owner(_) | Meant::Group(_) | Meant::Event | Meant::Person) {
        let speakers: Vec<Actor> = here.speakers().map(|e| Actor { party: e.party, person: e.person }).collect();
        add_parties(sighting, if speakers.len() > 1 { speakers } else { vec![] });
    }
    if !named(sighting) {
        let before = &scenes[sighting.sentence.saturating_sub(REACH)..sighting.sentence];
        add_parties(sighting, event(sighting.kind, here, before).unwrap_or_default());
    }
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
    let is_body = |party: PartyId| here.reader.is_organisation(party);
    let speaker = |fits: &dyn Fn(PartyId) -> bool| -> Vec<Actor> {
        let party = here.speakers().filter_map(|e| e.party).find(|party| fits(*party));
        party.map(|party| Actor { party: Some(party), person: None }).into_iter().collect()
    };
    // "An emergency summit will be held on Friday, the bloc's secretary said"
    let mut parties = sighting.actors.iter().filter(|actor| actor.party.is_some());
    let multilateral = matches!(sighting.kind, Kind::Summit | Kind::Conference) && parties.clone().next().is_none();
    if multilateral {
        return speaker(&is_body);
    }
    if !is_two_sided(sighting.kind) || has_subject || parties.next().is_none() || parties.next().is_some() {
        return vec![];
    }
    speaker(&|party| !is_body(party))
}

/// "Foreign Minister Anna Berg will visit Oslo": of someone whose party the text does not name, the state where it was
/// written, else the one that acts most, as news names the offices of its own country.
fn at_home(
    here: &Scene<'_, '_>,
    visited: Option<PartyId>,
    acting: &[(PartyId, usize)],
    sighting: &Sighting,
) -> Vec<Actor> {
    let parties = sighting.actors.iter().filter_map(|actor| actor.party);
    let mut parties: Vec<PartyId> = parties.filter(|party| !sighting.hosts.contains(party)).collect();
    parties.dedup();
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

/// "will visit Jordan on Wednesday for talks on water": of an event on a visit that names one side, the country visited.
fn visited_for(reader: &Reader<'_>, sighting: &Sighting, here: &Scene<'_, '_>) -> Vec<Actor> {
    let clause = here.clauses.of(sighting.found.tokens.start);
    let mut states = sighting.actors.iter().filter_map(|actor| actor.party);
    let first = states.next().filter(|party| !reader.is_organisation(*party));
    let alone = first.is_some_and(|first| states.all(|party| party == first));
    if !is_two_sided(sighting.kind) || !alone {
        return vec![];
    }
    let visits = here
        .triggers
        .iter()
        .filter(|found| found.trigger.kind == Kind::Visit && here.clauses.of(found.tokens.start) == clause);
    // "will send a delegation to talks in Tbilisi": the journey is to the event, and its town only lends the room.
    let lent = |visit: &Found, goal: &Entity| {
        let to_event = (visit.tokens.end..goal.tokens.start).any(|at| here.noun_trigger_at(at));
        to_event && here.before_phrase(goal.tokens.start).is_some_and(|at| here.word(at) != "to")
    };
    let goals = visits.filter_map(|visit| Some((visit, here.goal(&visit.tokens)?)));
    let mut goals = goals.filter(|(visit, goal)| !lent(visit, goal)).filter_map(|(_, goal)| goal.place);
    let host = goals.find_map(|place| reader.names.gazetteer.country_of(place));
    host.map(|host| Actor { party: Some(host), person: None }).into_iter().collect()
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
