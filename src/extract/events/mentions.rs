//! The mention that the candidates of one event make: what an article says of it, with its evidence.

use super::merge::{Group, Told};
use super::modality::Change;
use super::participants::Participant as Option_;
use super::sentence::Sentence;
use crate::event::{DateQuote, Kind, Mention, Participant, ParticipantKind, Place, Role, Statement, Status, When};
use crate::extract::entities::PlaceId;
use crate::extract::time::Period;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// The mention that an event of the article makes. None where nobody takes part.
pub(super) fn mention(sentences: &[Sentence<'_, '_>], group: &Group) -> Option<Mention> {
    let first = &sentences[0];
    let kind = group.kind();
    let status = status(group);
    let place = group.place(|place| first.is_country(place)).filter(|_| kind != Kind::Call);
    let participants = participants(first, &group.participants());
    let period = group.period?;
    (!participants.is_empty()).then(|| Mention {
        role: strongest(group),
        kind,
        status,
        when: Some(When { starts_at: starts_at(first, group, &period), ..when(&period) }),
        date_pending: status == Status::Postponed,
        previous_dates: vec![],
        place: place.map(|place| shown(first, place)),
        participants,
        statements: one_for_each_sentence(group).map(|told| statement(sentences, told)).collect(),
    })
}

fn status(group: &Group) -> Status {
    let has = |status| group.told.iter().any(|told| told.candidate.modality.status == status);
    [Status::Held, Status::Cancelled, Status::Postponed, Status::Confirmed].into_iter().find(|status| has(*status)).unwrap_or(Status::Tentative)
}

fn role_of(told: &Told) -> Role {
    match (told.candidate.modality.status, told.candidate.modality.change) {
        (Status::Held, _) => Role::Reports,
        (_, Change::None) => Role::Announces,
        _ => Role::Changes,
    }
}

fn strongest(group: &Group) -> Role {
    let has = |role| group.told.iter().any(|told| role_of(told) == role);
    [Role::Changes, Role::Announces].into_iter().find(|role| has(*role)).unwrap_or(Role::Reports)
}

/// What is said of it, one for each sentence: of several, one that names a date.
fn one_for_each_sentence(group: &Group) -> impl Iterator<Item = &Told> {
    let sentences = group.told.chunk_by(|a, b| a.candidate.sentence == b.candidate.sentence);
    sentences.filter_map(|of_one| of_one.iter().find(|told| told.candidate.date.is_some()).or(of_one.first()))
}

fn when(period: &Period) -> When {
    When { starts_on: period.first, ends_on: period.last, precision: period.precision, edtf: period.edtf(), starts_at: None }
}

/// The instant that an event begins: where a clock time of its first day is told with its zone.
fn starts_at(sentence: &Sentence<'_, '_>, group: &Group, period: &Period) -> Option<Timestamp> {
    let timexes = group.told.iter().filter_map(|told| Some(&sentence.article.dates[told.candidate.date?]));
    let mut of_first_day = timexes.filter(|timex| timex.period.as_ref().is_some_and(|days| days.first == period.first));
    let (minutes, zone) = of_first_day.find_map(|timex| timex.clock.and_then(|clock| Some((clock.minutes, clock.zone?))))?;
    let midnight = TimeZone::UTC.to_timestamp(period.first.to_datetime(Time::midnight())).ok()?;
    midnight.checked_add((i64::from(minutes) - i64::from(zone)).minutes()).ok()
}

/// The parties, states and organisations first, then the people who act for them.
fn participants(sentence: &Sentence<'_, '_>, options: &[Option_]) -> Vec<Participant> {
    let mut participants: Vec<Participant> = Vec::new();
    let parties = &sentence.language.names.gazetteer.parties;
    for party in options.iter().map(|option| &parties[option.party]) {
        participants.push(Participant { kind: party.kind, name: party.name.to_owned(), code: Some(party.code.to_owned()), represents: None });
    }
    for person in options.iter().filter_map(|option| option.person) {
        let person = &sentence.article.named.people[person];
        let represents = person.represents.map(|party| parties[party].code.to_owned());
        if represents.is_some() {
            participants.push(Participant { kind: ParticipantKind::Person, name: person.name.clone(), code: None, represents });
        }
    }
    participants
}

/// A place as the text shows it.
fn shown(sentence: &Sentence<'_, '_>, place: PlaceId) -> Place {
    sentence.language.names.gazetteer.places[place].place.clone()
}

fn statement(sentences: &[Sentence<'_, '_>], told: &Told) -> Statement {
    let sentence = &sentences[told.candidate.sentence];
    let text = sentence.article.text;
    let date = told.candidate.date.map(|at| &sentence.article.dates[at]);
    let date = date.filter(|timex| sentence.tokens.contains(&timex.tokens.start)).map(|timex| {
        let quote = text.quote(&text.bytes(timex.expression()));
        DateQuote { start: quote.start, end: quote.end, text: quote.text, value: timex.value.clone() }
    });
    Statement {
        role: role_of(told),
        rule: format!("trigger:{}", told.candidate.found.name),
        sentence: text.quote(&text.sentences[sentence.number].bytes),
        date,
    }
}
