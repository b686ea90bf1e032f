//! The details of an event: name, topic, local time, format and level.

use super::cues::Cue;
use super::event_mention::{Cluster, EventMention};
use super::sentence::Sentence;
use super::{naming, topic};
use crate::event::{Details, Format, Kind, Level};
use crate::extract::entities::{PlaceId, Position};
use crate::extract::time::Timex;
use jiff::civil::Time;

/// How far from a trigger the words for the level may be, in tokens.
const REACH: usize = 12;
/// The number of minutes in a day.
const DAY: i16 = 24 * 60;

/// Returns the details of an event; `place` is its location.
pub(super) fn of(sentences: &[Sentence<'_, '_>], cluster: &Cluster, place: Option<PlaceId>) -> Details {
    Details {
        name: naming::name(sentences, cluster),
        topic: topic::topic(sentences, cluster, place),
        local_time: local_time(sentences, cluster),
        format: format(sentences, cluster),
        level: level(sentences, cluster),
    }
}

/// Returns the mentions with a date; those without one can be about other events too.
fn dated(cluster: &Cluster) -> impl Iterator<Item = &EventMention> {
    cluster.mentions.iter().filter(|mention| mention.candidate.date.is_some())
}

/// Returns the clock time at which the event starts on its first day, if it is stated without a time zone.
fn local_time(sentences: &[Sentence<'_, '_>], cluster: &Cluster) -> Option<Time> {
    let dates = &sentences.first()?.article.dates;
    let of_first_day = |timex: &&Timex| timex.period.map(|days| days.first) == cluster.period.map(|days| days.first);
    let mut stated = dated(cluster).filter_map(|mention| Some(&dates[mention.candidate.date?])).filter(of_first_day);
    let clock = stated.find_map(|timex| timex.clock)?;
    let minutes = if clock.zone.is_none() { clock.minutes % DAY } else { return None };
    Time::new(i8::try_from(minutes / 60).ok()?, i8::try_from(minutes % 60).ok()?, 0, 0).ok()
}

/// Returns the format that a clause with the date states.
fn format(sentences: &[Sentence<'_, '_>], cluster: &Cluster) -> Option<Format> {
    let stated = |mention: &EventMention| {
        let sentence = &sentences[mention.candidate.sentence];
        let at = mention.candidate.found.tokens.start;
        let own = sentence.clauses.tokens(sentence.clauses.of(at));
        // A past verb before the cue has another subject, as in "Ahead of the summit, the ministers spoke by phone".
        let past = |cue: usize| (at..cue).any(|verb| sentence.article.tenses.is_past(verb));
        own.filter(|cue| !past(*cue)).find_map(|cue| sentence.cues(cue).0.iter().find_map(Cue::indicated))
    };
    dated(cluster).find_map(stated)
}

/// Returns the level: by the words beside the trigger, else by the kind, else by the offices of the people who take
/// part.
fn level(sentences: &[Sentence<'_, '_>], cluster: &Cluster) -> Option<Level> {
    let stated = |mention: &EventMention| {
        let (sentence, found) = (&sentences[mention.candidate.sentence], &mention.candidate.found.tokens);
        let own = |at: &usize| sentence.in_same_clause(found.start, *at);
        let level = |at: usize| sentence.cues(at).0.iter().find_map(Cue::indicated);
        let before = sentence.back(found.end, REACH).rev().filter(own).find_map(level);
        before.or_else(|| sentence.ahead(found.end, REACH).filter(own).find_map(level))
    };
    let stated = dated(cluster).find_map(stated);
    stated
        .or_else(|| (cluster.kind() == Kind::Summit).then_some(Level::Leaders))
        .or_else(|| of_offices(sentences, cluster))
}

/// Returns the level of the people who take part, if all known offices have the same.
fn of_offices(sentences: &[Sentence<'_, '_>], cluster: &Cluster) -> Option<Level> {
    let people = &sentences.first()?.article.named.people;
    let offices = cluster.participants().into_iter().filter_map(|option| people[option.person?].office);
    let mut levels = offices.map(level_of);
    let first = levels.next()?;
    levels.all(|level| level == first).then_some(first).flatten()
}

fn level_of(office: Position) -> Option<Level> {
    match office {
        Position::HeadOfState | Position::HeadOfGovernment | Position::HeadOfBody => Some(Level::Leaders),
        Position::ForeignMinister | Position::DefenceMinister => Some(Level::Ministers),
        _ => None,
    }
}
