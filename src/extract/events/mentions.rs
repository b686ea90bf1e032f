//! The mention that the sightings of one event make: what an article says of it, with its evidence.

use super::coreference::Group;
use super::elsewhere::Elsewhere;
use super::moves::Change;
use super::parties::Actor;
use super::sightings::Sighting;
use super::{Reader, Text, coreference};
use crate::event::{
    DateQuote, Kind, Mention, Participant, ParticipantKind, PreviousDate, Role, Statement, Status, When,
};
use crate::extract::entities::PlaceId;
use crate::extract::time::Period;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// The mention that an event of the article makes. None where nobody takes part.
pub(super) fn mention(
    reader: &Reader<'_>,
    text: &Text<'_, '_>,
    group: &Group<'_>,
    elsewhere: &mut Elsewhere<'_, '_>,
) -> Option<Mention> {
    let kind = group.kind();
    let status = coreference::status(&group.sightings);
    let is_country = |place: PlaceId| reader.names.gazetteer.is_country(place);
    // Nobody goes anywhere for a call.
    let told = group.place(is_country).filter(|_| kind != Kind::Call);
    // What is told of places elsewhere is told of what lies ahead.
    let told_elsewhere = || if status == Status::Held { None } else { elsewhere.place(group, told) };
    let place = told.filter(|place| !is_country(*place)).or_else(told_elsewhere).or(told);
    let mut actors = group.actors();
    let host = place
        .and_then(|place| reader.names.gazetteer.country_of(place))
        .filter(|_| kind == Kind::Visit && group.sightings.iter().all(|s| s.hosts.is_empty()));
    if let Some(host) = host.filter(|host| !actors.is_empty() && actors.iter().all(|a| a.party != Some(*host))) {
        actors.push(Actor { party: Some(host), person: None });
    }
    let participants = participants(reader, text, &actors);
    if participants.is_empty() {
        return None;
    }
    let dated = || group.sightings.iter().filter(|s| s.timex.is_some());
    Some(Mention {
        role: strongest(&group.sightings),
        kind,
        status,
        when: Some(When { starts_at: starts_at(text, group), ..when(&group.period) }),
        date_pending: status == Status::Postponed && !dated().any(|s| s.before.is_some()),
        previous_dates: previous_dates(group),
        place: place.map(|place| elsewhere.shown(place)),
        participants,
        statements: group.one_for_each_sentence().map(|s| statement(text, s)).collect(),
    })
}

/// The mention that sightings of an event without a date make: "The Ankara summit has been called off". None where they name
/// nobody.
pub(super) fn undated(reader: &Reader<'_>, text: &Text<'_, '_>, sightings: &[Sighting]) -> Option<Mention> {
    let first = sightings.first()?;
    let participants = participants(reader, text, &first.actors);
    let place = sightings.iter().find_map(|s| s.place).filter(|_| first.kind != Kind::Call);
    (!participants.is_empty()).then(|| Mention {
        role: role_of(first),
        kind: first.kind,
        status: first.status,
        when: None,
        date_pending: first.status == Status::Postponed,
        previous_dates: vec![],
        place: place.map(|place| reader.names.gazetteer.places[place].place.clone()),
        participants,
        statements: sightings.iter().map(|sighting| statement(text, sighting)).collect(),
    })
}

/// The days that an event had before it was put off, the first first.
fn previous_dates(group: &Group<'_>) -> Vec<PreviousDate> {
    let mut void: Vec<Period> = group.sightings.iter().flat_map(|s| s.before.iter().flatten().copied()).collect();
    void.sort_unstable_by_key(|days| (days.first, days.last));
    void.dedup();
    void.retain(|days| *days != group.period);
    let previous = |days: Period| PreviousDate { starts_on: days.first, ends_on: days.last, edtf: days.edtf() };
    void.into_iter().map(previous).collect()
}

/// What a sighting does to its event.
fn role_of(sighting: &Sighting) -> Role {
    match (sighting.status, sighting.change) {
        (Status::Held, _) => Role::Reports,
        (_, Change::None) => Role::Announces,
        _ => Role::Changes,
    }
}

/// What the sightings of an event do to it: a change outweighs what only announces it.
fn strongest(sightings: &[&Sighting]) -> Role {
    let has = |role| sightings.iter().any(|sighting| role_of(sighting) == role);
    [Role::Changes, Role::Announces].into_iter().find(|role| has(*role)).unwrap_or(Role::Reports)
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
        role: role_of(sighting),
        rule: format!("{} {}", trigger.part, trigger.phrase),
        sentence: text.doc.quote(&sentence.bytes),
        date,
    }
}
