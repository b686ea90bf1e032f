//! Who is meant by a pronoun, an office or a phrase: looked for in the same sentence, then in the sentences before, the
//! nearest first, at last in those after.

use super::Reader;
use super::lexicon::{Part, Syntax};
use super::parties::Actor;
use super::roles::Role;
use super::scene::Scene;
use super::spoken::{Group, OFFICE_REACH};
use crate::event::Kind;
use crate::extract::entities::Entity;
use std::ops::Range;

/// How many sentences on those who take part may be told.
pub(super) const TOLD_REACH: usize = 2;

/// How many sentences back the holder of an office may have been named.
const HOLDER_REACH: usize = 40;

/// The state named last before a vote in its sentence, else in one before that tells of a vote: a people votes, not the bodies that it votes on.
pub(super) fn people(here: &Scene<'_, '_>, end: usize, before: &[Scene<'_, '_>]) -> Option<Vec<Actor>> {
    let last = |scene: &Scene<'_, '_>, end: usize| {
        let mut named = scene.entities.iter().rev().filter(|e| e.tokens.end <= end && e.person.is_none());
        named.find_map(|e| e.party.filter(|party| !scene.reader.is_organisation(*party)))
    };
    let votes = |scene: &&Scene<'_, '_>| scene.triggers.iter().any(|found| found.trigger.is_popular_vote());
    let earlier = || before.iter().rev().filter(votes).find_map(|scene| last(scene, usize::MAX));
    // "Politics in Vienna is no help. The election, …"
    let beside = || {
        let mut named = before.last()?.entities.iter().filter(|e| e.person.is_none()).filter_map(|e| e.party);
        named.find(|party| !here.reader.is_organisation(*party))
    };
    let party = last(here, end).or_else(earlier).or_else(beside)?;
    Some(vec![Actor { party: Some(party), person: None }])
}

/// The person named last, or "the minister" before the pronoun in its sentence.
pub(super) fn person(
    here: &Scene<'_, '_>,
    end: usize,
    before: &[Scene<'_, '_>],
    scenes: &[Scene<'_, '_>],
) -> Option<Vec<Actor>> {
    // "She will meet the Chadian minister, and on Friday she will": whoever "she" is was named before.
    let chain = (here.sentence.tokens.start..end).find(|at| here.is(*at, Syntax::Pronoun));
    let end = chain.unwrap_or(end);
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
pub(super) fn holder(here: &Scene<'_, '_>, at: usize, scenes: &[Scene<'_, '_>]) -> Option<Vec<Actor>> {
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
pub(super) fn body(here: &Scene<'_, '_>, at: usize, before: &[Scene<'_, '_>]) -> Option<Vec<Actor>> {
    let last = |scene: &Scene<'_, '_>, end: usize| {
        let mut named = scene.entities.iter().rev().filter(|e| e.tokens.end <= end).filter_map(|e| e.party);
        named.find(|party| scene.reader.is_organisation(*party))
    };
    let party = last(here, at).or_else(|| before.iter().rev().find_map(|scene| last(scene, usize::MAX)))?;
    Some(vec![Actor { party: Some(party), person: None }])
}

/// The body that the sentence before speaks of, by its own name, else, where nobody else is named, by those of its members:
/// "It will sit again".
pub(super) fn resumed(before: &[Scene<'_, '_>], alone: bool) -> Option<Vec<Actor>> {
    let scene = before.last()?;
    let mut acting = scene.named().filter(|(_, role)| *role == Role::Party).filter_map(|(e, _)| e.party);
    let body = acting.find(|party| scene.reader.is_organisation(*party));
    let members = || Some(scene.parties()).filter(|parties| alone && !parties.is_empty());
    body.map(|party| vec![Actor { party: Some(party), person: None }]).or_else(members)
}

/// Whose "its" is: the first party of its sentence, else of the nearest one before that names any.
pub(super) fn owner(here: &Scene<'_, '_>, at: usize, before: &[Scene<'_, '_>]) -> Option<Vec<Actor>> {
    let actor = |e: &Entity| vec![Actor { party: e.party, person: None }];
    let acts = |(e, role): &(&Entity, Role)| *role == Role::Party && e.party.is_some();
    let first = here.named().filter(|(e, _)| e.tokens.end <= at).find(acts);
    let earlier = || before.iter().rev().find_map(|scene| scene.named().find(acts));
    first.or_else(earlier).map(|(e, _)| actor(e))
}

/// Who says so in the sentence: "We will meet them in May", the Omani minister said.
pub(super) fn speaker_of(here: &Scene<'_, '_>) -> Option<Vec<Actor>> {
    here.speakers().next().map(|e| vec![Actor { party: e.party, person: e.person }])
}

/// Whose agenda or interview a text is: the first who holds an office in it.
pub(super) fn author(scenes: &[Scene<'_, '_>]) -> Option<Vec<Actor>> {
    scenes.iter().take(HOLDER_REACH).find_map(|scene| {
        let first = scene.entities.iter().find(|e| e.party.is_some() && scene.is_person(e))?;
        Some(vec![Actor { party: first.party, person: first.person }])
    })
}

/// The parties named last, at least two and as many as are asked for: of states, where they are meant and any is named.
pub(super) fn group(
    reader: &Reader<'_>,
    meant: Group,
    here: &Scene<'_, '_>,
    before: &[Scene<'_, '_>],
) -> Option<Vec<Actor>> {
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
    // "Her visit to Oman …. The two countries": the host is one of them.
    let hosts = || {
        let near = std::iter::once(here).chain(before.iter().rev());
        let places = near.flat_map(Scene::named).filter(|(_, role)| *role == Role::Place);
        places.filter_map(|(entity, _)| entity.place.and_then(|place| reader.names.gazetteer.country_of(place)))
    };
    let is_state = |actor: &Actor| actor.party.is_some_and(|party| !reader.is_organisation(party));
    let mut states = if meant.states { gather(&is_state) } else { vec![] };
    for host in hosts().filter(|_| meant.states && meant.count.is_some()) {
        if states.len() == 1 && count > 1 && states[0].party != Some(host) {
            states.push(Actor { party: Some(host), person: None });
        }
    }
    let found = if states.is_empty() { gather(&|_| true) } else { states };
    (!found.is_empty()).then_some(found)
}

/// The parties of the same sentence, else those of the nearest event of the kind's family before it.
pub(super) fn event(kind: Kind, here: &Scene<'_, '_>, before: &[Scene<'_, '_>]) -> Option<Vec<Actor>> {
    let of_sentence = here.parties();
    if !of_sentence.is_empty() {
        return Some(of_sentence);
    }
    // "The conference" is that of the body that holds it.
    let holds = |scene: &Scene<'_, '_>| {
        let mut nouns =
            scene.triggers.iter().filter(|found| found.trigger.kind == kind && found.trigger.part == Part::Noun);
        nouns.find_map(|found| scene.body_of(&found.tokens)?.party)
    };
    if matches!(kind, Kind::Summit | Kind::Conference)
        && let Some(party) = before.iter().rev().find_map(holds)
    {
        return Some(vec![Actor { party: Some(party), person: None }]);
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
pub(super) fn told_after(kind: Kind, after: &[Scene<'_, '_>]) -> Option<Vec<Actor>> {
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
pub(super) fn pair(before: &[Scene<'_, '_>], after: &[Scene<'_, '_>]) -> Option<Vec<Actor>> {
    before.iter().rev().take(TOLD_REACH).chain(after).map(Scene::parties).find(|parties| parties.len() > 1)
}
