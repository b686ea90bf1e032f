//! Where an event is held: what its clause says, else what the text tells of it elsewhere.
//!
//! In its clause: where a journey goes, the place nearest to the trigger, "the Swiss capital", "here", a town before
//! "where they will meet". Elsewhere: the place of the visit on which it is held, then a place that the text gives an
//! event of its kind.

use super::Reader;
use super::Text;
use super::coreference::Group;
use super::lexicon::{Part, Syntax};
use super::roles::Role;
use super::scene::{Found, Scene};
use super::sightings::Sighting;
use crate::event::{Kind, ParticipantKind};
use crate::extract::names::{Entity, How, PlaceId};
use std::ops::Range;

/// How much further a date or a place before its trigger counts than one after it, in tokens.
const AGAINST_ORDER: usize = 4;
/// How far after an event's noun its place may stand, in tokens: "the summit of the organisation in Doha".
const PLACE_REACH: usize = 8;

/// How far a date or a place stands from its trigger, in tokens.
pub(super) fn distance(trigger: &Range<usize>, other: &Range<usize>) -> usize {
    match other.start.checked_sub(trigger.end) {
        Some(after) => after,
        None => trigger.start.abs_diff(other.end) + AGAINST_ORDER,
    }
}

impl Scene<'_, '_> {
    /// Where an event is held by its clause: for a journey, where it goes; else the place nearest to the trigger, a city
    /// before a country.
    pub fn place(&self, found: &Found, roles: &[(&Entity, Role)]) -> Option<PlaceId> {
        if let Some(goal) = self.goal(&found.tokens).filter(|_| found.trigger.kind == Kind::Visit) {
            return self.town_in_dateline_of(goal.place);
        }
        let places = roles.iter().filter(|(_, role)| *role == Role::Place).map(|(entity, _)| *entity);
        let nearest = places.min_by_key(|entity| {
            (entity.how == How::Name, self.is_of_topic(entity), distance(&found.tokens, &entity.tokens))
        });
        nearest.and_then(|entity| entity.place).or_else(|| self.place_meant(found))
    }

    /// A place that the clause does not name: "the Swiss capital", "here", "Geneva, where they will meet".
    fn place_meant(&self, found: &Found) -> Option<PlaceId> {
        let clause = self.clauses.of(found.tokens.start);
        let by_words = self.clauses.tokens(clause).find_map(|at| {
            let gazetteer = &self.reader.names.gazetteer;
            if self.is(at, Syntax::Capital) {
                let adjective = self.entities.iter().find(|e| e.tokens.end == at && e.how == How::Demonym)?;
                return adjective.party.and_then(|party| gazetteer.capital_of(party));
            }
            self.is(at, Syntax::Here).then(|| self.text.written_in).flatten()
        });
        let antecedent = || {
            let pronoun = self.clauses.clauses[clause].relative.filter(|at| self.word(*at) == "where")?;
            self.entities.iter().rev().find(|e| e.tokens.end <= pronoun && e.tokens.end + 2 >= pronoun)?.place
        };
        by_words.or_else(antecedent)
    }

    /// In an agenda, the town that heads an item, where the journey goes to its country.
    fn town_in_dateline_of(&self, country: Option<PlaceId>) -> Option<PlaceId> {
        let gazetteer = &self.reader.names.gazetteer;
        let heads = self.entities.iter().filter(|e| self.heading.is_some() && self.dateline.contains(&e.tokens.start));
        let towns = heads.filter_map(|e| e.place);
        let within = |town: &PlaceId| {
            country.is_some_and(|c| gazetteer.is_country(c) && gazetteer.country_of(c) == gazetteer.country_of(*town))
        };
        towns.into_iter().find(within).or(country)
    }
}

/// The place that a text gives an event elsewhere, where nothing that is told of the event itself has one.
pub(super) fn elsewhere(
    reader: &Reader<'_>,
    text: &Text<'_, '_>,
    group: &Group<'_>,
    groups: &[Group<'_>],
) -> Option<PlaceId> {
    let kind = group.kind();
    let gazetteer = &reader.names.gazetteer;
    if kind == Kind::Vote {
        let actors = group.actors();
        let mut countries = actors.iter().filter_map(|actor| actor.party);
        let (first, second) = (countries.next(), countries.next());
        let country = first.filter(|party| gazetteer.parties[*party].kind == ParticipantKind::Country);
        return country.filter(|_| second.is_none()).and_then(|party| gazetteer.place_of(party));
    }
    if kind == Kind::Call {
        return None;
    }
    on_a_visit(group, groups).or_else(|| beside_its_noun(reader, text, group))
}

/// The place of the visit on which an event is held.
fn on_a_visit(group: &Group<'_>, groups: &[Group<'_>]) -> Option<PlaceId> {
    let actors = group.actors();
    let holds = |visit: &&Group<'_>| {
        let during = visit.period.first <= group.period.first && group.period.last <= visit.period.last;
        let shares =
            visit.actors().iter().any(|actor| actors.iter().any(|a| a.party.is_some() && a.party == actor.party));
        visit.kind() == Kind::Visit && during && shares && group.kind() != Kind::Visit
    };
    groups.iter().find(holds)?.place(|_| false)
}

/// The place that the text names most beside nouns for events of this kind: "the summit in Doha", "the Doha summit".
fn beside_its_noun(reader: &Reader<'_>, text: &Text<'_, '_>, group: &Group<'_>) -> Option<PlaceId> {
    let mut counts: Vec<(PlaceId, usize)> = Vec::new();
    let noun = |s: &&Sighting| s.part == Part::Noun;
    if !group.sightings.iter().any(|s| noun(&s)) {
        return None;
    }
    for number in 0..text.doc.sentences.len() {
        let scene = Scene::of(reader, text, number);
        for found in scene.triggers() {
            let same = found.trigger.kind == group.kind() && found.trigger.part == Part::Noun;
            let reach = found.tokens.end..found.tokens.end + PLACE_REACH;
            let beside = |e: &&Entity| {
                let close = reach.contains(&e.tokens.start) || e.tokens.end == found.tokens.start;
                let one = scene.clauses.of(e.tokens.start) == scene.clauses.of(found.tokens.start);
                close && one && scene.role(e) == Role::Place
            };
            let place = scene.entities.iter().find(beside).filter(|_| same).and_then(|e| e.place);
            let Some(place) = place else { continue };
            match counts.iter_mut().find(|(known, _)| *known == place) {
                Some((_, count)) => *count += 1,
                None => counts.push((place, 1)),
            }
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    match counts[..] {
        [(place, _)] => Some(place),
        [(place, most), (_, next), ..] if most > next => Some(place),
        _ => None,
    }
}
