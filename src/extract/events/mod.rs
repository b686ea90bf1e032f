//! Events: which scheduled diplomatic events an article announces.
//!
//! `clauses` cuts sentences, `layout` finds datelines and agendas, `scene` finds the words that may name an event in one
//! sentence, `roles` says what part a name plays, `dating` which date is an event's, `portions` what belongs to each of
//! several days, `sightings` reads what one clause tells, `whereabouts` where it is held, `antecedents` who is meant where it
//! names nobody, `coreference` says which sightings are of one event; this file turns those into mentions.

mod antecedents;
mod clauses;
mod coreference;
mod dating;
mod layout;
mod lexicon;
mod needs;
mod portions;
mod roles;
mod scene;
mod sequels;
mod sightings;
mod whereabouts;

pub use lexicon::Lexicon;
pub use sightings::NoEvent;

use crate::event::{DateQuote, Kind, Mention, Participant, ParticipantKind, Role, Statement, Status, When};
use crate::extract::names::{Named, Names, PartyId, PlaceId};
use crate::extract::tense::Tenses;
use crate::extract::text::Document;
use crate::extract::time::{Period, Timex};
use coreference::Group;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use lexicon::Trigger;
use rustc_hash::FxHashMap;
use scene::Scene;
use sightings::{Actor, Sighting};
use whereabouts::Elsewhere;

/// What reading events needs to know of the world and of the language.
#[derive(Debug)]
pub struct Reader<'a> {
    /// The words of events.
    pub lexicon: &'a Lexicon,
    /// The names.
    pub names: &'a Names,
}

impl Reader<'_> {
    fn is_organisation(&self, party: PartyId) -> bool {
        self.names.gazetteer.parties[party].kind == ParticipantKind::Organization
    }
}

/// A text and what was found in it.
#[derive(Debug)]
pub struct Text<'a, 't> {
    /// The text.
    pub doc: &'a Document<'t>,
    /// The tenses of its clauses.
    pub tenses: &'a Tenses,
    /// Its date expressions.
    pub timexes: &'a [Timex],
    /// Its names.
    pub named: &'a Named,
    /// The day it was published.
    pub published: Date,
    /// For each sentence, the day of the agenda that it is an item of, as a place in `timexes`.
    headings: Vec<Option<usize>>,
    /// The parties that are named, and how often, the most frequent first.
    spoken_of: Vec<(PartyId, usize)>,
    /// The town of the dateline: where the report was written.
    written_in: Option<PlaceId>,
    /// What "here" means: that town, else the town named most in the country that is spoken of most, else that country.
    here: Option<PlaceId>,
}

impl<'a, 't> Text<'a, 't> {
    /// A text and what was found in it, published on a day.
    pub fn new(
        reader: &Reader<'_>,
        doc: &'a Document<'t>,
        tenses: &'a Tenses,
        timexes: &'a [Timex],
        named: &'a Named,
        published: Date,
    ) -> Self {
        let mut text = Self {
            doc,
            tenses,
            timexes,
            named,
            published,
            headings: layout::headings(doc, timexes, published),
            spoken_of: count(named.entities.iter().filter_map(|entity| entity.party)),
            written_in: layout::written_in(doc, named),
            here: None,
        };
        text.here = text.written_in.or_else(|| text.spoken_from(reader));
        text
    }

    /// The town named most in the country that the text speaks of most, else that country.
    fn spoken_from(&self, reader: &Reader<'_>) -> Option<PlaceId> {
        let gazetteer = &reader.names.gazetteer;
        let country = self.country_spoken_of_most(reader, None)?;
        let places = self.named.entities.iter().filter_map(|entity| entity.place);
        let within = |place: &PlaceId| gazetteer.country_of(*place) == Some(country) && !gazetteer.is_country(*place);
        count(places.filter(within)).first().map(|(town, _)| *town).or_else(|| gazetteer.place_of(country))
    }

    /// The country that the text speaks of most besides one, where it does so more than once or speaks of no other.
    fn country_spoken_of_most(&self, reader: &Reader<'_>, besides: Option<PartyId>) -> Option<PartyId> {
        let fits = |party: PartyId| Some(party) != besides && !reader.is_organisation(party);
        let mut countries = self.spoken_of.iter().filter(|(party, _)| fits(*party));
        let (most, count) = countries.next()?;
        (*count > 1 || countries.next().is_none()).then_some(*most)
    }
}

/// How many sentences after an event "it" may stand for it.
const SEQUEL_REACH: usize = 2;

/// Parties or places and how often each occurs, the most frequent first, else the first.
fn count(named: impl Iterator<Item = usize>) -> Vec<(usize, usize)> {
    let mut counts: FxHashMap<usize, (usize, usize)> = FxHashMap::default();
    for (at, id) in named.enumerate() {
        counts.entry(id).or_insert((0, at)).0 += 1;
    }
    let mut counts: Vec<(usize, (usize, usize))> = counts.into_iter().collect();
    counts.sort_by_key(|(_, (count, first))| (std::cmp::Reverse(*count), *first));
    counts.into_iter().map(|(id, (count, _))| (id, count)).collect()
}

/// What the text says of events, in the order of their dates; and why its other dates made none, by their places in the
/// text's time expressions.
pub fn find(reader: &Reader<'_>, text: &Text<'_, '_>) -> (Vec<Mention>, Vec<(usize, NoEvent)>) {
    let (mut sightings, mut undated): (Vec<Sighting>, Vec<(usize, NoEvent)>) = Default::default();
    let scenes: Vec<Scene<'_, '_>> =
        (0..text.doc.sentences.len()).map(|number| Scene::of(reader, text, number)).collect();
    for scene in &scenes {
        let (mut found, others) = scene.sightings();
        let known = sightings.last().filter(|known: &&Sighting| known.sentence + SEQUEL_REACH >= scene.number);
        found.extend(known.filter(|_| found.is_empty()).and_then(|known| scene.goes_on_from(known)));
        sightings.extend(found);
        undated.extend(others);
    }
    tell_rounds_apart(&scenes, &mut sightings);
    undated.extend(antecedents::fill(reader, &scenes, &mut sightings));
    coreference::void_old_days(&mut sightings);
    let groups = coreference::group(&sightings);
    let mut elsewhere = Elsewhere::new(reader, text, &scenes, &groups);
    let mut mentions = Vec::new();
    for group in &groups {
        match mention(reader, text, group, &mut elsewhere) {
            Some(mention) => mentions.push(mention),
            None => undated.extend(group.sightings.iter().filter_map(|s| Some((s.timex?, NoEvent::Nobody)))),
        }
    }
    mentions.sort_by(|a, b| {
        let key = |m: &Mention| m.when.as_ref().map(|w| (w.starts_on, w.ends_on));
        key(a).cmp(&key(b)).then_with(|| a.participants.cmp(&b.participants))
    });
    undated.sort_unstable_by_key(|(at, _)| *at);
    (mentions, undated)
}

/// Where a text speaks of elections more than of talks, "the second round" is one of voting.
fn tell_rounds_apart(scenes: &[Scene<'_, '_>], sightings: &mut [Sighting]) {
    let is_round = |trigger: &Trigger| trigger.phrase == "round";
    let triggers = || scenes.iter().flat_map(|scene| &scene.triggers).map(|found| &found.trigger);
    let votes = triggers().filter(|trigger| trigger.is_popular_vote()).count();
    let talks = triggers().filter(|trigger| trigger.kind == Kind::Talks && !is_round(trigger)).count();
    for sighting in sightings.iter_mut().filter(|s| votes > talks && is_round(&s.found.trigger)) {
        sighting.kind = Kind::Vote;
        sighting.found.trigger.kind = Kind::Vote;
    }
}

fn mention(
    reader: &Reader<'_>,
    text: &Text<'_, '_>,
    group: &Group<'_>,
    elsewhere: &mut Elsewhere<'_, '_>,
) -> Option<Mention> {
    let kind = group.kind();
    let status = coreference::status(&group.sightings);
    let is_country = |place: PlaceId| reader.names.gazetteer.is_country(place);
    let told = group.place(is_country);
    let place = told.filter(|place| !is_country(*place)).or_else(|| elsewhere.place(group, told)).or(told);
    let mut actors = group.actors();
    let host = place.and_then(|place| reader.names.gazetteer.country_of(place)).filter(|_| kind == Kind::Visit);
    if let Some(host) = host.filter(|host| !actors.is_empty() && actors.iter().all(|a| a.party != Some(*host))) {
        actors.push(Actor { party: Some(host), person: None });
    }
    let participants = participants(reader, text, &actors);
    if participants.is_empty() {
        return None;
    }
    Some(Mention {
        role: role_of(status),
        kind,
        status,
        when: Some(When { starts_at: starts_at(text, group), ..when(&group.period) }),
        date_pending: false,
        previous_dates: vec![],
        place: place.map(|place| elsewhere.shown(place)),
        participants,
        statements: group.one_for_each_sentence().map(|s| statement(text, s)).collect(),
    })
}

/// What is put off or called off changes an event that is known; what else is ahead is announced.
fn role_of(status: Status) -> Role {
    if matches!(status, Status::Postponed | Status::Cancelled) { Role::Changes } else { Role::Announces }
}

fn when(period: &Period) -> When {
    When {
        starts_on: period.first,
        ends_on: period.last,
        precision: period.precision,
        edtf: period.edtf(),
        starts_at: None,
    }
}

/// The instant that an event begins: where a clock time of its first day is told with its zone.
fn starts_at(text: &Text<'_, '_>, group: &Group<'_>) -> Option<Timestamp> {
    let timexes = group.sightings.iter().filter_map(|sighting| Some(&text.timexes[sighting.timex?]));
    let mut of_first_day =
        timexes.filter(|timex| timex.period.as_ref().is_some_and(|period| period.first == group.period.first));
    let (minutes, zone) =
        of_first_day.find_map(|timex| timex.clock.and_then(|clock| Some((clock.minutes, clock.zone?))))?;
    let midnight = TimeZone::UTC.to_timestamp(group.period.first.to_datetime(Time::midnight())).ok()?;
    midnight.checked_add((i64::from(minutes) - i64::from(zone)).minutes()).ok()
}

/// The parties, states and organisations first, then the people who act for them.
fn participants(reader: &Reader<'_>, text: &Text<'_, '_>, actors: &[Actor]) -> Vec<Participant> {
    let mut participants: Vec<Participant> = Vec::new();
    let mut add = |participant: Participant| {
        if !participants.contains(&participant) {
            participants.push(participant);
        }
    };
    let parties = &reader.names.gazetteer.parties;
    for party in actors.iter().filter_map(|actor| actor.party) {
        let party = &parties[party];
        let code = Some(party.code.to_owned());
        add(Participant { kind: party.kind, name: party.name.to_owned(), code, represents: None });
    }
    for person in actors.iter().filter_map(|actor| actor.person) {
        let person = &text.named.people[person];
        let represents = person.represents.map(|party| parties[party].code.to_owned());
        if represents.is_some() {
            add(Participant { kind: ParticipantKind::Person, name: person.name.clone(), code: None, represents });
        }
    }
    participants
}

fn statement(text: &Text<'_, '_>, sighting: &Sighting) -> Statement {
    let sentence = &text.doc.sentences[sighting.sentence];
    let trigger = &sighting.found.trigger;
    let told = sighting.timex.map(|at| &text.timexes[at]);
    let date = told.filter(|timex| sentence.tokens.contains(&timex.tokens.start)).map(|timex| {
        let quote = text.doc.quote(&text.doc.bytes(timex.expression()));
        DateQuote { start: quote.start, end: quote.end, text: quote.text, value: timex.value.clone() }
    });
    Statement {
        role: role_of(sighting.status),
        rule: format!("{} {}", trigger.part, trigger.phrase),
        sentence: text.doc.quote(&sentence.bytes),
        date,
    }
}
