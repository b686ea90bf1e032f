//! Where an event is held of which nothing that is told of it says so: on a visit, at the venue told beside it, at the seat
//! of the body that meets.

use super::clauses::Sort;
use super::coreference::Group;
use super::lexicon::{Part, Syntax};
use super::parties::Actor;
use super::roles::Role;
use super::scene::Scene;
use super::sightings::Sighting;
use super::whereabouts::{PLACE_REACH, distance};
use super::{Reader, Text};
use crate::event::{Kind, Place};
use crate::extract::entities::{Entity, PartyId, PlaceId};
use crate::extract::time::Timex;
use rustc_hash::FxHashMap;

/// How many sentences from that of an event its venue may be told.
const VENUE_REACH: usize = 4;

impl Scene<'_, '_> {
    /// Where the sentence places what it tells, outside of what says who says so and of what is over.
    fn places(&self) -> impl Iterator<Item = PlaceId> {
        let over = |clause: usize| {
            let days = |timex: &Timex| timex.days().is_some_and(|period| period.last < self.text.published);
            self.timexes.iter().any(|timex| self.clauses.of(timex.tokens.start) == clause && days(timex))
        };
        let told = move |entity: &Entity| {
            let at = entity.tokens.start;
            self.clauses.sort_of(at) == Sort::Plain && !over(self.clauses.of(at))
        };
        let places = self.named().filter(|(_, role)| *role == Role::Place);
        places.filter(move |(entity, _)| told(entity)).filter_map(|(entity, _)| entity.place)
    }

    /// The town that a sentence says is the venue of what is spoken of: "The venue will be Lugano."
    fn venue(&self) -> Option<PlaceId> {
        let noun = self.sentence.tokens.clone().find(|at| self.is(*at, Syntax::Venue))?;
        self.entities.iter().find(|e| e.tokens.start > noun && e.place.is_some())?.place
    }

    /// The first place of a sentence that names places and says nothing: "Hofburg, Vienna."
    fn only_places(&self) -> Option<PlaceId> {
        let in_place = |at: usize| self.entities.iter().any(|e| e.place.is_some() && e.tokens.contains(&at));
        let nothing = |at: usize| !self.text.doc.tokens[at].is_word() && !self.text.doc.tokens[at].is_number();
        let short = self.sentence.tokens.len() <= 2 * PLACE_REACH;
        let silent = short && self.sentence.tokens.clone().all(|at| nothing(at) || in_place(at));
        if silent { self.entities.first()?.place } else { None }
    }
}

/// What a whole text tells of places: where events are held of which nothing that is told of them themselves says so, and
/// how the text writes a place.
pub(super) struct Elsewhere<'a, 't> {
    reader: &'a Reader<'a>,
    text: &'a Text<'a, 't>,
    scenes: &'a [Scene<'a, 't>],
    /// The visits of the text and who makes and receives them.
    visits: Vec<(&'a Group<'a>, Vec<Actor>)>,
    /// For each kind, the places named beside its nouns and how often; gathered when it is first asked for.
    beside: Option<FxHashMap<Kind, Vec<(PlaceId, usize)>>>,
    /// The only town where the text places anything.
    only_town: Option<PlaceId>,
    /// The places that are named, and how each is written: as its usual name, else other than in capitals, else first.
    spelled: FxHashMap<PlaceId, &'t str>,
}

impl<'a, 't> Elsewhere<'a, 't> {
    pub fn new(
        reader: &'a Reader<'a>,
        text: &'a Text<'a, 't>,
        scenes: &'a [Scene<'a, 't>],
        groups: &'a [Group<'a>],
    ) -> Self {
        let visits = groups.iter().filter(|group| group.kind() == Kind::Visit);
        let visits = visits.map(|visit| (visit, visit.actors())).collect();
        let mut spelled: FxHashMap<PlaceId, &'t str> = FxHashMap::default();
        let merit = |place: PlaceId, name: &str| {
            let usual = reader.names.gazetteer.places[place].place.name == name;
            (usual, name.chars().any(char::is_lowercase))
        };
        for (place, entity) in text.named.entities.iter().filter_map(|entity| Some((entity.place?, entity))) {
            let name = &text.doc.text[text.doc.bytes(&entity.tokens)];
            let known = spelled.entry(place).or_insert(name);
            if merit(place, name) > merit(place, known) {
                *known = name;
            }
        }
        let locations = &reader.names.gazetteer;
        let mut towns = scenes.iter().flat_map(Scene::places).filter(|place| !locations.is_country(*place));
        let first = towns.next();
        let only_town = first.filter(|first| towns.all(|other| other == *first));
        Self { reader, text, scenes, visits, beside: None, only_town, spelled }
    }

    /// A place as the text shows it: of a building, its city where the text names that; under the name that the text uses.
    pub fn shown(&self, place: PlaceId) -> Place {
        let locations = &self.reader.names.gazetteer.places;
        let city = locations[place].city.filter(|city| self.spelled.contains_key(city));
        let place = city.unwrap_or(place);
        let mut shown = locations[place].place.clone();
        if let Some(name) = self.spelled.get(&place).filter(|_| !shown.is_country()) {
            shown.name = in_small_letters(name);
        }
        shown
    }

    /// The place of an event whose own sentences name none, or only the country `told`.
    pub fn place(&mut self, group: &Group<'_>, told: Option<PlaceId>) -> Option<PlaceId> {
        let gazetteer = &self.reader.names.gazetteer;
        if let Some(country) = told {
            let town = self.beside_its_noun(group)?;
            return (gazetteer.country_of(town) == gazetteer.country_of(country)).then_some(town);
        }
        let actors = group.actors();
        match group.kind() {
            Kind::Call | Kind::Deadline => None,
            Kind::Vote => self.of_vote(&actors).or_else(|| self.at_its_seat(&actors)),
            Kind::Visit => self.host(&actors).and_then(|party| gazetteer.place_of(party)),
            kind => self
                .on_a_visit(group, &actors)
                .or_else(|| self.beside_its_noun(group))
                .or_else(|| self.told_beside(group))
                .or_else(|| self.at_its_seat(&actors))
                .or_else(|| self.only_town(&actors).filter(|_| kind.family() == Kind::Meeting)),
        }
    }

    /// The country of a people that votes.
    fn of_vote(&self, actors: &[Actor]) -> Option<PlaceId> {
        let mut parties = actors.iter().filter_map(|actor| actor.party);
        let country = parties.next().filter(|party| !self.reader.is_organisation(*party));
        let alone = country.filter(|_| parties.next().is_none());
        alone.and_then(|party| self.reader.names.gazetteer.place_of(party))
    }

    /// Whom a visit goes to: the only party besides the visitor, else the country that the text speaks of most.
    fn host(&self, actors: &[Actor]) -> Option<PartyId> {
        let visitor = actors.iter().find(|actor| actor.person.is_some()).or(actors.first())?.party;
        let others = actors.iter().filter_map(|actor| actor.party).filter(|party| Some(*party) != visitor);
        let mut others: Vec<PartyId> = others.collect();
        others.dedup();
        match others[..] {
            [] => self.text.country_spoken_of_most(self.reader, visitor),
            [host] => Some(host),
            _ => None,
        }
    }

    /// What a sentence near those of an event tells by itself: "The venue will be Lugano.", "Hofburg, Vienna."
    fn told_beside(&self, group: &Group<'_>) -> Option<PlaceId> {
        let near = |sighting: &&Sighting| {
            let first = sighting.sentence.saturating_sub(VENUE_REACH);
            let last = (sighting.sentence + VENUE_REACH).min(self.scenes.len() - 1);
            let next = self.scenes.get(sighting.sentence + 1).and_then(Scene::only_places);
            next.or_else(|| self.scenes[first..=last].iter().find_map(Scene::venue))
        };
        group.sightings.iter().find_map(near)
    }

    /// The seat of the body that meets, where the text names that town.
    fn at_its_seat(&self, actors: &[Actor]) -> Option<PlaceId> {
        let mut parties = actors.iter().filter_map(|actor| actor.party);
        let seat = parties.next().and_then(|party| self.reader.names.gazetteer.seat_of(party));
        seat.filter(|town| parties.next().is_none() && self.spelled.contains_key(town))
    }

    /// The only town where the text places anything, if it lies in the country of one that takes part.
    fn only_town(&self, actors: &[Actor]) -> Option<PlaceId> {
        let gazetteer = &self.reader.names.gazetteer;
        let town = self.only_town?;
        let country = gazetteer.country_of(town);
        actors.iter().any(|actor| actor.party.is_some() && actor.party == country).then_some(town)
    }

    /// The place of the visit on which an event is held.
    fn on_a_visit(&self, group: &Group<'_>, actors: &[Actor]) -> Option<PlaceId> {
        let holds = |(visit, known): &&(&Group<'_>, Vec<Actor>)| {
            let during = visit.period.first <= group.period.first && group.period.last <= visit.period.last;
            during && known.iter().any(|a| a.party.is_some() && actors.iter().any(|b| a.party == b.party))
        };
        self.visits.iter().find(holds).and_then(|(visit, _)| visit.place(|_| false))
    }

    /// The place that the text names most beside nouns for events of this kind.
    fn beside_its_noun(&mut self, group: &Group<'_>) -> Option<PlaceId> {
        if !group.sightings.iter().any(|s| s.found.trigger.part == Part::Noun) {
            return None;
        }
        let beside = self.beside.get_or_insert_with(|| places_beside_nouns(self.scenes));
        match beside.get(&group.kind())?[..] {
            [(place, _)] => Some(place),
            [(place, most), (_, next), ..] if most > next => Some(place),
            _ => None,
        }
    }
}

/// A name in capitals throughout as it is written elsewhere; line breaks in it as spaces.
fn in_small_letters(name: &str) -> String {
    let words = name.split_whitespace().map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(String::from).unwrap_or_default();
        if word.chars().any(char::is_lowercase) { word.to_owned() } else { first + &letters.as_str().to_lowercase() }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// For each kind of event, the places named beside its nouns ("the summit in Doha", "in Doha to attend the summit"), the
/// most frequent first.
fn places_beside_nouns(scenes: &[Scene<'_, '_>]) -> FxHashMap<Kind, Vec<(PlaceId, usize)>> {
    let mut beside: FxHashMap<Kind, Vec<(PlaceId, usize)>> = FxHashMap::default();
    for scene in scenes {
        for found in scene.triggers.iter().filter(|found| found.trigger.part == Part::Noun) {
            let reach = found.tokens.start.saturating_sub(PLACE_REACH)..found.tokens.end + PLACE_REACH;
            let is_beside = |(e, role): &(&Entity, Role)| {
                let close = reach.contains(&e.tokens.start);
                let one = scene.clauses.of(e.tokens.start) == scene.clauses.of(found.tokens.start);
                close && one && *role == Role::Place
            };
            let named = scene.named().filter(is_beside);
            let nearest = named.min_by_key(|(e, _)| distance(&found.tokens, &e.tokens));
            let Some(place) = nearest.and_then(|(e, _)| e.place) else { continue };
            let counts = beside.entry(found.trigger.kind).or_default();
            match counts.iter_mut().find(|(known, _)| *known == place) {
                Some((_, count)) => *count += 1,
                None => counts.push((place, 1)),
            }
        }
    }
    for counts in beside.values_mut() {
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    }
    beside
}
