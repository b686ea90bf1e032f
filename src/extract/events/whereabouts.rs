//! Where an event is held by its clause: where a journey goes, the place nearest to the trigger, that of a visit in the same
//! sentence, "the Swiss capital", "here", a town before "where they will meet".

use super::lexicon::Syntax;
use super::roles::Role;
use super::scene::{Found, Scene};
use crate::event::Kind;
use crate::extract::entities::{Entity, How, PartyId, PlaceId};
use std::ops::Range;

/// How much further a date or a place before its trigger counts than one after it, in tokens.
const AGAINST_ORDER: usize = 4;
/// How many sentences back the town may be named that "there" or "the city" means.
const TOWN_REACH: usize = 3;
/// How far after an event's noun its place may stand, in tokens: "the summit of the organisation in Doha".
pub(super) const PLACE_REACH: usize = 8;

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
        // "talks on roads across the Andes": where the roads are.
        let crosses = |entity: &Entity| {
            let across = self.before_phrase(entity.tokens.start).is_some_and(|at| self.is(at, Syntax::Extent));
            across && self.is_of_topic(entity)
        };
        let nearest = places.filter(|entity| !crosses(entity)).min_by_key(|entity| {
            (entity.how == How::Name, self.is_of_topic(entity), distance(&found.tokens, &entity.tokens))
        });
        let firm = nearest.filter(|entity| !self.is_of_topic(entity)).and_then(|entity| entity.place);
        // A council votes on what is to be done somewhere; talks may be held "on Syria in Geneva".
        let votes = found.trigger.kind == Kind::Vote && !found.trigger.is_popular_vote();
        let loose = nearest.filter(|_| !votes).and_then(|entity| entity.place);
        let visited = || self.visited_before(found).filter(|_| found.trigger.kind != Kind::Visit);
        let told = firm.or_else(visited).or(loose);
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
        let head = |at: usize| self.heading.is_some() && self.dateline.contains(&at) || self.label.contains(&at);
        let heads = self.entities.iter().filter(|e| head(e.tokens.start));
        let towns = heads.filter_map(|e| e.place);
        let within = |town: &PlaceId| {
            country.is_some_and(|c| gazetteer.is_country(c) && gazetteer.country_of(c) == gazetteer.country_of(*town))
        };
        towns.into_iter().find(within).or(country)
    }
}
