//! Who takes part in an event by its clause, and whom a visit goes to.

use super::lexicon::{Part, Syntax};
use super::roles::Role;
use super::scene::{Found, Scene};
use crate::event::Kind;
use crate::extract::entities::{Entity, PartyId, PlaceId};

/// A party that takes part: a state, an organisation, or a person who acts for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Actor {
    /// The state or organisation.
    pub party: Option<PartyId>,
    /// The person, as a place in the text's people.
    pub person: Option<usize>,
}

impl Scene<'_, '_> {
    /// Who takes part: the parties named in the clause, and its antecedent where it has no subject.
    pub fn actors(
        &self,
        found: &Found,
        roles: &[(&Entity, Role)],
        place: Option<PlaceId>,
        hosts: &[PartyId],
    ) -> Vec<Actor> {
        let popular = found.trigger.is_popular_vote();
        // "Oslo hopes for much from the NATO summit": what a body holds is its own, and of those who attend it.
        let noun = found.trigger.part == Part::Noun && found.trigger.kind.family() == Kind::Meeting.family();
        let body = self.body_of(&found.tokens).filter(|_| noun);
        let joins = |e: &Entity| {
            e.tokens.start > found.tokens.start && !self.is_of_topic(e) && self.governor(e) == Some(Syntax::Party)
        };
        let attends = |e: &Entity| (e.tokens.end..found.tokens.start).any(|at| self.is(at, Syntax::Attending));
        let of_body = |e: &Entity| {
            body.is_none_or(|body| body.tokens == e.tokens || e.party == body.party || joins(e) || attends(e))
        };
        let state = |e: &Entity| e.party.is_none_or(|party| !self.reader.is_organisation(party));
        // "will vote on the accord with Chile"
        let votes = found.trigger.kind == Kind::Vote && !popular;
        let voted_on = |e: &Entity| {
            let about = |at: usize| self.is(at, Syntax::About) && !self.is_in_date(at + 1);
            votes && (found.tokens.end..e.tokens.start).any(about)
        };
        // "Mali's drought will be the topic at the talks"
        let discussed = |e: &Entity| (e.tokens.end..found.tokens.start).any(|at| self.is(at, Syntax::Agenda));
        let fits = |e: &Entity| !discussed(e) && of_body(e) && (!popular || state(e)) && !voted_on(e);
        let parties = roles.iter().filter(|(e, role)| *role == Role::Party && fits(e)).map(|(entity, _)| *entity);
        // "the funeral, which the presidents of Malawi and Zambia will attend"
        let attended = |clause: usize| {
            let pronoun = self.clauses.clauses[clause].relative;
            let takes_up = pronoun.is_some_and(|pronoun| self.is_head_of(&found.tokens, pronoun));
            takes_up && self.clauses.tokens(clause).any(|at| self.is(at, Syntax::Attending))
        };
        let guests = self.named().filter(|(e, role)| *role == Role::Party && attended(self.clauses.of(e.tokens.start)));
        let guests: Vec<&Entity> = guests.map(|(entity, _)| entity).collect();
        let has_subject = parties.clone().any(|e| e.tokens.end <= found.tokens.start);
        let antecedent = self.antecedent(self.clauses.of(found.tokens.start)).filter(|e| !has_subject && fits(e));
        let mut actors: Vec<Actor> = Vec::new();
        for entity in antecedent.into_iter().chain(parties).chain(guests) {
            let gazetteer = &self.reader.names.gazetteer;
            let parties = entity.party.map_or(vec![None], |party| {
                gazetteer.members_of(party).into_iter().map(Some).collect::<Vec<Option<PartyId>>>()
            });
            for actor in parties.into_iter().map(|party| Actor { party, person: entity.person }) {
                if (actor.party.is_some() || actor.person.is_some()) && !actors.contains(&actor) {
                    actors.push(actor);
                }
            }
        }
        // A vote is that of the country where it is held.
        let unnamed = found.trigger.kind == Kind::Vote && actors.iter().all(|actor| actor.party.is_none());
        let country = place.and_then(|place| self.reader.names.gazetteer.country_of(place)).filter(|_| unnamed);
        actors.extend(country.map(|country| Actor { party: Some(country), person: None }));
        // Of a visit, those who receive it are not those who make it.
        if found.trigger.kind == Kind::Visit {
            let goal = self.destination(found, roles).map(|goal| goal.tokens.start);
            let is_host =
                |actor: &Actor| actor.person.is_none() && actor.party.is_some_and(|party| hosts.contains(&party));
            let told = roles.iter().any(|(e, role)| {
                *role == Role::Party
                    && Some(e.tokens.start) != goal
                    && e.party.is_some_and(|party| !hosts.contains(&party))
            });
            actors.retain(|actor| told || !is_host(actor));
        }
        actors
    }

    /// The countries that a visit goes to.
    pub fn hosts(&self, found: &Found, roles: &[(&Entity, Role)], place: Option<PlaceId>) -> Vec<PartyId> {
        if found.trigger.kind != Kind::Visit {
            return vec![];
        }
        let mut hosts: Vec<PartyId> = self.destination(found, roles).map_or(vec![], |goal| self.tour(goal));
        let gazetteer = &self.reader.names.gazetteer;
        // "will be in Brussels to meet NATO's secretary general": the body receives at its seat, and not the country.
        let town = place.filter(|place| !gazetteer.is_country(*place));
        let seated =
            roles.iter().filter_map(|(e, _)| e.party).find(|party| town.is_some() && gazetteer.seat_of(*party) == town);
        if let Some(body) = seated {
            return vec![body];
        }
        hosts.extend(place.and_then(|place| gazetteer.country_of(place)));
        hosts.dedup();
        hosts
    }
}
