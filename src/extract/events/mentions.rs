//! Makes a [`Mention`] of a cluster: what the article states about one event, with its evidence.

use super::candidate::{Candidate, DateRole, Participant as ParticipantOption};
use super::details;
use super::event_mention::{Cluster, EventMention};
use super::location;
use super::modality::Change;
use super::sentence::Sentence;
use crate::event::{
    Confidence, DateQuote, Mention, Participant, ParticipantKind, PreviousDate, Role, Statement, Status, When,
};
use crate::extract::entities::PlaceId;
use crate::extract::lexicon::Class;
use crate::extract::time::Period;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// Returns the mention of an event, or `None` if it has no participants.
pub(super) fn mention(sentences: &[Sentence<'_, '_>], cluster: &Cluster) -> Option<Mention> {
    let first = sentences.first()?;
    let kind = cluster.kind();
    let status = status(first, cluster);
    let place = cluster.place(first);
    let participants = participants(first, &cluster.participants());
    let has = |role: &Role| cluster.mentions.iter().any(|mention| role_of(mention) == *role);
    let strongest = [Role::Changes, Role::Announces].into_iter().find(has);
    let dated = || cluster.mentions.iter().filter(|mention| mention.candidate.date.is_some());
    (!participants.is_empty()).then(|| Mention {
        role: strongest.unwrap_or(Role::Reports),
        kind,
        status,
        when: cluster.period.map(|days| When {
            starts_on: days.first,
            ends_on: days.last,
            precision: days.precision,
            edtf: days.edtf(),
            starts_at: starts_at(first, cluster, days.first),
        }),
        date_pending: status == Status::Postponed
            && dated().all(|mention| mention.role != DateRole::New && mention.former_days.is_empty()),
        previous_dates: previous_dates(cluster),
        details: details::of(sentences, cluster, place),
        place: place.map(|place| location::shown(place_sentence(sentences, cluster, place).unwrap_or(first), place)),
        participants,
        statements: one_for_each_sentence(cluster).map(|mention| statement(sentences, mention)).collect(),
    })
}

/// Returns the sentence from which an event has its place.
fn place_sentence<'s, 'a, 't>(
    sentences: &'s [Sentence<'a, 't>],
    cluster: &Cluster,
    place: PlaceId,
) -> Option<&'s Sentence<'a, 't>> {
    let scored =
        |mention: &EventMention| mention.place.as_ref().filter(|option| option.place == place).map(|o| o.score);
    let scored = cluster.mentions.iter().filter_map(|mention| Some((scored(mention)?, mention.candidate.sentence)));
    scored.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, sentence)| &sentences[sentence])
}

/// Returns the former days of an event, in ascending order.
fn previous_dates(cluster: &Cluster) -> Vec<PreviousDate> {
    let mut former: Vec<Period> =
        cluster.mentions.iter().flat_map(|mention| mention.former_days.iter().copied()).collect();
    former.sort_unstable_by_key(|days| (days.first, days.last));
    former.dedup();
    former.retain(|days| Some(*days) != cluster.period);
    let previous = |days: Period| PreviousDate { starts_on: days.first, ends_on: days.last, edtf: days.edtf() };
    former.into_iter().map(previous).collect()
}

fn status(sentence: &Sentence<'_, '_>, cluster: &Cluster) -> Status {
    let has = |status: &Status| cluster.mentions.iter().any(|mention| mention.candidate.modality.status == *status);
    let off = [Status::Held, Status::Cancelled, Status::Postponed].into_iter().find(has);
    // Only a statement of confirmation makes an event certain: "has now confirmed the trip", but not "will prepare the
    // trip".
    let said =
        |(at, cue): &(usize, Class)| *cue == Class::Confirmed && !sentence.article.classes[*at].contains(Class::Modal);
    let certain = |mention: &EventMention| {
        let Candidate { modality, date, .. } = &mention.candidate;
        modality.status == Status::Confirmed && (date.is_some() || modality.cues.iter().any(said))
    };
    let confirmed = cluster.period.is_none() || cluster.mentions.iter().any(certain);
    off.unwrap_or(if confirmed { Status::Confirmed } else { Status::Tentative })
}

/// Returns the role of a mention for its event.
fn role_of(mention: &EventMention) -> Role {
    match (mention.candidate.modality.status, mention.candidate.modality.change) {
        (Status::Held, _) => Role::Reports,
        (_, Change::None) => Role::Announces,
        _ => Role::Changes,
    }
}

/// Returns one mention per sentence, preferably one with a date.
fn one_for_each_sentence(cluster: &Cluster) -> impl Iterator<Item = &EventMention> {
    let sentences = cluster.mentions.chunk_by(|a, b| a.candidate.sentence == b.candidate.sentence);
    sentences.filter_map(|of_one| of_one.iter().find(|mention| mention.candidate.date.is_some()).or(of_one.first()))
}

/// Returns the timestamp at which an event begins, if the article states a clock time with a time zone for its first
/// day.
fn starts_at(sentence: &Sentence<'_, '_>, cluster: &Cluster, first: Date) -> Option<Timestamp> {
    let dates = cluster.mentions.iter().filter_map(|mention| Some(&sentence.article.dates[mention.candidate.date?]));
    let of_first_day = dates.filter(|timex| timex.period.is_some_and(|days| days.first == first));
    let mut clocks = of_first_day.filter_map(|timex| timex.clock);
    let (minutes, zone) = clocks.find_map(|clock| Some((clock.minutes, clock.zone?)))?;
    let midnight = TimeZone::UTC.to_timestamp(first.to_datetime(Time::midnight())).ok()?;
    midnight.checked_add((i64::from(minutes) - i64::from(zone)).minutes()).ok()
}

/// Returns the participants: states and organisations first, then the people who represent them.
fn participants(sentence: &Sentence<'_, '_>, options: &[ParticipantOption]) -> Vec<Participant> {
    let known = &sentence.names.gazetteer.parties;
    let parties = options.iter().map(|option| &known[option.party]).map(|party| Participant {
        kind: party.kind,
        name: party.name.to_owned(),
        code: Some(party.code.to_owned()),
        represents: None,
    });
    let people = options.iter().filter_map(|option| Some(&sentence.article.named.people[option.person?]));
    let people = people.filter_map(|person| {
        let represents = Some(known[person.represents?].code.to_owned());
        Some(Participant { kind: ParticipantKind::Person, name: person.name.clone(), code: None, represents })
    });
    parties.chain(people).collect()
}

fn statement(sentences: &[Sentence<'_, '_>], mention: &EventMention) -> Statement {
    let sentence = &sentences[mention.candidate.sentence];
    let text = sentence.article.text;
    let date = mention.candidate.date.map(|at| &sentence.article.dates[at]);
    let date = date.filter(|timex| sentence.tokens.contains(&timex.tokens.start)).map(|timex| {
        let quote = text.quote(&text.bytes(timex.expression()));
        DateQuote { start: quote.start, end: quote.end, text: quote.text, value: timex.value.clone() }
    });
    Statement {
        role: role_of(mention),
        rule: rule(sentence, &mention.candidate),
        sentence: text.quote(&text.sentences[sentence.number].bytes),
        date,
        confidence: confidence(sentence, &mention.candidate),
    }
}

/// Returns the probability that a candidate announces an event; `None` if it was not weighed, because it only changes
/// or reports one.
fn confidence(sentence: &Sentence<'_, '_>, candidate: &Candidate) -> Option<Confidence> {
    let weighed = !candidate.signals.is_empty();
    weighed.then(|| Confidence::of_reading(sentence.pack.event_model.confidence(candidate.score)))
}

/// How many signals the evidence names beside the trigger.
const STRONGEST: usize = 2;

/// Returns the trigger and the strongest signals in favour as codes: "trigger:talks", "planned", "several-take-part".
fn rule(sentence: &Sentence<'_, '_>, candidate: &Candidate) -> Vec<String> {
    let mut signals = sentence.pack.event.named(candidate.signals);
    signals.retain(|(_, weight)| *weight > 0.0);
    signals.sort_by(|a, b| b.1.total_cmp(&a.1));
    let strongest = signals.into_iter().take(STRONGEST).map(|(name, _)| name.to_owned());
    let trigger = format!("trigger:{}", candidate.found.name);
    [trigger].into_iter().chain(strongest).collect()
}
