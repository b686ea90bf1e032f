//! Where an event is held: what its clause says, else what the text tells of it elsewhere.
//!
//! In its clause: where a journey goes, the place nearest to the trigger, "the Swiss capital", "here", a town before
//! "where they will meet". Elsewhere: the place of the visit on which it is held, then a place that the text gives an
//! event of its kind.

use super::clauses::Sort;
use super::coreference::Group;
use super::lexicon::{Part, Syntax};
use super::roles::Role;
use super::scene::{Found, Scene};
use super::sightings::{Actor, Sighting};
use super::{Reader, Text};
use crate::event::{Kind, Place};
use crate::extract::names::{Entity, How, PartyId, PlaceId};
use crate::extract::time::Timex;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// How much further a date or a place before its trigger counts than one after it, in tokens.
const AGAINST_ORDER: usize = 4;
/// How many sentences back the town may be named that "there" or "the city" means.
const TOWN_REACH: usize = 3;
/// How many sentences from that of an event its venue may be told.
const VENUE_REACH: usize = 4;
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
        if let Some(goal) = self.destination(found, roles).filter(|_| found.trigger.kind == Kind::Visit) {
            let mut countries = self.tour(goal);
            countries.dedup();
            // A tour of several countries has no place of its own.
            return if countries.len() > 1 { None } else { self.town_in_dateline_of(goal.place) };
        }
        let places = roles.iter().filter(|(_, role)| *role == Role::Place).map(|(entity, _)| *entity);
        let nearest = places.min_by_key(|entity| {
            (entity.how == How::Name, self.is_of_topic(entity), distance(&found.tokens, &entity.tokens))
        });
        let firm = nearest.filter(|entity| !self.is_of_topic(entity)).and_then(|entity| entity.place);
        // A council votes on what is to be done somewhere; talks may be held "on Syria in Geneva".
        let votes = found.trigger.kind == Kind::Vote && !found.trigger.is_popular_vote();
        let loose = nearest.filter(|_| !votes).and_then(|entity| entity.place);
        let told = firm.or_else(|| self.visited_before(found)).or(loose);
        told.or_else(|| self.place_meant(found))
    }

    /// The country where a visit goes that the sentence tells of.
    pub fn visited(&self) -> Option<PartyId> {
        let visits = self.triggers.iter().filter(|found| found.trigger.kind == Kind::Visit);
        let mut goals = visits.filter_map(|visit| self.goal(&visit.tokens)?.place);
        goals.find_map(|place| self.reader.names.gazetteer.country_of(place))
    }

    /// Where a visit goes on which the sentence places an event: "a visit to Rome, during which he will hold talks".
    fn visited_before(&self, found: &Found) -> Option<PlaceId> {
        let before = self.triggers.iter().rev().filter(|other| other.tokens.end <= found.tokens.start);
        let past = |other: &Found| {
            let near = other.tokens.start.saturating_sub(PLACE_REACH).max(self.sentence.tokens.start);
            (near..other.tokens.start).any(|at| self.is(at, Syntax::Sequence))
        };
        let mut visits = before.filter(|other| other.trigger.kind == Kind::Visit && !past(other));
        visits.find_map(|visit| self.goal(&visit.tokens)).and_then(|goal| goal.place)
    }

    /// Where a journey goes; of several legs of which each has its day, the one that `roles` belong to: "will visit Accra
    /// on 17 May, his deputy Dakar on 19 May".
    pub fn destination<'e>(&'e self, found: &Found, roles: &[(&'e Entity, Role)]) -> Option<&'e Entity> {
        let goal = self.goal(&found.tokens)?;
        let is_told = |entity: &Entity| roles.iter().any(|(e, _)| e.tokens == entity.tokens);
        let own = || {
            let places =
                roles.iter().map(|(e, _)| *e).filter(|e| e.place.is_some() && e.tokens.start > goal.tokens.start);
            places.min_by_key(|e| (e.how == How::Name, e.tokens.start))
        };
        if is_told(goal) { Some(goal) } else { own().or(Some(goal)) }
    }

    /// The countries that one journey goes to, where they are told in a list: "a tour of Fiji, Tonga and Samoa".
    pub fn tour(&self, goal: &Entity) -> Vec<PartyId> {
        let of_countries = goal.place.is_some_and(|place| self.reader.names.gazetteer.is_country(place));
        let mut end = goal.tokens.start;
        let mut countries = Vec::new();
        for entity in self.entities.iter().filter(|e| e.tokens.start >= goal.tokens.start) {
            if entity.tokens.start > end && !self.is_list_between(end, entity.tokens.start) {
                break;
            }
            // "Atlanta, Georgia": what comes after a town tells where it lies.
            let qualifies = end > goal.tokens.start && entity.how != How::Capital && !of_countries;
            if !qualifies {
                countries.extend(entity.place.and_then(|place| self.reader.names.gazetteer.country_of(place)));
            }
            end = entity.tokens.end;
        }
        countries
    }

    /// A place that the clause does not name: "the Swiss capital", "the Swiss city", "here", "there", "Geneva, where they
    /// will meet".
    fn place_meant(&self, found: &Found) -> Option<PlaceId> {
        let clause = self.clauses.of(found.tokens.start);
        let by_words = self.clauses.tokens(clause).find_map(|at| {
            let gazetteer = &self.reader.names.gazetteer;
            if self.is(at, Syntax::Settlement) {
                let adjective = |e: &&Entity| e.how == How::Demonym && e.tokens.end <= at && e.tokens.end + 2 >= at;
                let country = self.entities.iter().rev().find(adjective)?.party?;
                let city = || self.town_named_before(at, Some(country));
                return if self.is(at, Syntax::Capital) { gazetteer.capital_of(country) } else { city() };
            }
            if self.is(at, Syntax::There) {
                // "there will be talks" names no place.
                let exists = self.text.tenses.tell(at + 1..(at + 2).min(self.sentence.tokens.end));
                return if exists { None } else { self.town_named_before(at, None) };
            }
            if self.is(at, Syntax::Here) { self.text.here } else { None }
        });
        let antecedent = || {
            self.clauses.clauses[clause].relative.filter(|at| self.word(*at) == "where")?;
            self.antecedent(clause)?.place
        };
        by_words.or_else(antecedent)
    }

    /// The town that the text named last before a token, a few sentences back at most; of a country, where one is asked for.
    fn town_named_before(&self, at: usize, country: Option<PartyId>) -> Option<PlaceId> {
        let gazetteer = &self.reader.names.gazetteer;
        let first = self.text.doc.sentences[self.number.saturating_sub(TOWN_REACH)].tokens.start;
        let entities = &self.text.named.entities;
        let before = &entities[..entities.partition_point(|e| e.tokens.start < at)];
        let near = before.iter().rev().take_while(|e| e.tokens.start >= first);
        let mut towns = near.filter_map(|e| e.place).filter(|place| !gazetteer.is_country(*place));
        towns.find(|town| country.is_none() || gazetteer.country_of(*town) == country)
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
