//! Changes of dates: the role of each date beside an event, and the days that the event had before. An event moved "to
//! 5 May" has that date as a new one; "originally set for 3 May" states a former one.

use super::candidate::{Candidate, DateRole};
use super::date_scope::distance;
use super::event_mention::EventMention;
use super::modality::{Change, is_said_of};
use super::phrases::is_contrasted;
use super::sentence::Sentence;
use super::triggers::{Form, Found};
use crate::event::{Precision, Status};
use crate::extract::lexicon::Class;
use crate::extract::time::{Period, Timex};
use enumset::enum_set;
use jiff::ToSpan;
use jiff::civil::Date;
use std::cmp::Reverse;

/// How far before a date the word that determines its role may be, in tokens.
const REACH: usize = 6;
/// How many sentences apart the former and the new date of an event may be.
const NEW_DAY_REACH: usize = 3;

/// Returns the role of a date of the sentence for the event of a candidate.
pub(super) fn date_role(sentence: &Sentence<'_, '_>, candidate: &Candidate, date: usize) -> DateRole {
    let timex = &sentence.article.dates[date];
    let start = timex.tokens.start;
    if !sentence.tokens.contains(&start) {
        return DateRole::Day;
    }
    let moved = candidate.modality.change == Change::Day;
    let follows = |class| sentence.follows(start, class);
    // The date of a plan, as in "planned for 10 March".
    let planned = enum_set!(Class::Tentative | Class::Confirmed | Class::Expectation);
    let of_plan = follows(Class::For) && sentence.is_any(start.saturating_sub(2), planned);
    let left = of_plan || follows(Class::From) && former_day_of_span(sentence, timex).is_none();
    let former = sentence.back(start, REACH).any(|at| sentence.is(at, Class::Former));
    let reached = candidate.resumes.is_some() || [Class::To, Class::Until, Class::From].into_iter().any(follows);
    if former || is_contrasted(sentence, start) {
        DateRole::Former
    } else if holds_now(sentence, &candidate.found) {
        DateRole::New
    } else if moved && left {
        DateRole::Former
    } else if moved && reached {
        DateRole::New
    } else {
        DateRole::Day
    }
}

/// Returns the former day of an event that is postponed "from 3 to 5 May", a span whose last day is the new one.
fn former_day_of_span(sentence: &Sentence<'_, '_>, timex: &Timex) -> Option<Period> {
    let days = timex.days().filter(|days| days.precision == Precision::Day && days.first != days.last)?;
    sentence.follows(timex.tokens.start, Class::From).then(|| Period::days(days.first, days.first))
}

/// Whether a statement about an event holds from now on, as in "will now take place", "is now set for" or "will now
/// meet".
fn holds_now(sentence: &Sentence<'_, '_>, found: &Found) -> bool {
    let clauses = &sentence.clauses;
    let now = |at: usize| {
        let verb = sentence.follows(at, Class::Finite) || sentence.follows(at, Class::Be);
        sentence.is(at, Class::Now) && verb && is_said_of(sentence, clauses.of(at), found)
    };
    sentence.tokens.clone().any(now)
}

/// Settles the days of the events that a sentence dates: a moved event keeps only its new date, and its former days
/// become [`EventMention::former_days`].
pub(super) fn settle_days(sentence: &Sentence<'_, '_>, all: &mut Vec<EventMention>) {
    let unsettled = all.clone();
    all.retain(|it| !it.is_moved() || newest(it, &unsettled) == it.candidate.date);
    for it in all {
        settle(sentence, it, &unsettled);
    }
}

/// Returns the final date among those between which the sentence moves an event: one whose role is new, else the
/// latest; if the event is brought forward, the earliest.
fn newest(mention: &EventMention, all: &[EventMention]) -> Option<usize> {
    let moved = all.iter().filter(|other| other.is_of_trigger(mention) && other.is_moved());
    let new = moved.max_by_key(|other| {
        let first = other.period.map(|days| days.first);
        let sooner = other.candidate.modality.has(Class::Forward);
        (other.role == DateRole::New, first.filter(|_| !sooner), Reverse(first))
    });
    new.and_then(|new| new.candidate.date)
}

fn settle(sentence: &Sentence<'_, '_>, mention: &mut EventMention, all: &[EventMention]) {
    let Some(date) = mention.candidate.date else { return };
    let moved = mention.is_moved();
    let span = former_day_of_span(sentence, &sentence.article.dates[date]).filter(|_| moved);
    if span.is_some() {
        mention.period = mention.period.map(|days| Period::days(days.last, days.last));
    }
    let former = sentence.dates.clone().filter_map(|other| former_day(sentence, mention, other, all));
    let replaced: Vec<Period> = former.chain(span).collect();
    mention.former_days.extend(replaced);
    if let Some((days, shift)) = mention.period.zip(shift(sentence, mention)) {
        let compared = sentence.timexes().iter().any(|timex| sentence.is(timex.tokens.end, Class::Than));
        if moved && mention.role != DateRole::New && !compared {
            // Only the offset is stated, as in "put off by a week": the date is the former one.
            mention.period = shifted(&days, shift);
            mention.former_days.push(days);
        } else {
            // The new date is stated too, as in "put off by a week to 12 May" or "on 11 March, a day later than
            // announced".
            mention.former_days.extend(shifted(&days, -shift));
        }
    }
    // "moved from 10 May to 5 May" is not a postponement.
    let sooner = |old: &Period| mention.period.is_some_and(|new| new.first < old.first);
    if moved && !mention.former_days.is_empty() && mention.former_days.iter().all(sooner) {
        mention.candidate.modality.status = Status::Confirmed;
    }
    let corrected = !mention.former_days.is_empty() || mention.role == DateRole::New;
    if mention.candidate.modality.change == Change::None && corrected {
        mention.candidate.modality.change = Change::Other;
    }
}

/// Whether a date belongs to an event by position: no other trigger is nearer to it.
fn is_beside(sentence: &Sentence<'_, '_>, found: &Found, date: usize) -> bool {
    let ahead = sentence.triggers.iter().filter(|other| other.form != Form::Past);
    let nearest = ahead.min_by_key(|other| distance(sentence, other, date));
    nearest.is_some_and(|nearest| nearest.tokens == found.tokens)
}

/// Returns the days of another date of the sentence if the event does not have them any more, or never had them ("not
/// on 10 March"). If the event is moved, that includes each earlier date of it.
fn former_day(
    sentence: &Sentence<'_, '_>,
    mention: &EventMention,
    date: usize,
    all: &[EventMention],
) -> Option<Period> {
    let own = mention.candidate.date;
    let timex = &sentence.article.dates[date];
    let offset = sentence.is(timex.tokens.end, Class::Than);
    if Some(date) == own || offset || !is_beside(sentence, &mention.candidate.found, date) {
        return None;
    }
    let known = all.iter().find(|other| other.is_of_trigger(mention) && other.candidate.date == Some(date));
    let exact = || timex.period.filter(|days| days.precision == Precision::Day);
    let days = known.map_or_else(exact, |known| known.period);
    let former = date_role(sentence, &mention.candidate, date) == DateRole::Former;
    days.filter(|_| former || mention.is_moved() && known.is_some() && Some(date) < own)
}

/// Returns by how many days an event is moved, negative if it is brought forward: "put off by a week", "brought forward
/// by two days", "a day later than announced".
fn shift(sentence: &Sentence<'_, '_>, mention: &EventMention) -> Option<i32> {
    let found = &mention.candidate.found;
    let sooner = |sooner| if sooner { -1 } else { 1 };
    let shift = |date: usize| {
        let timex = &sentence.article.dates[date];
        let than = timex.tokens.end;
        let counted = timex.anchor.zip(timex.period).map(|(anchor, day)| (day.first - anchor.first).get_days());
        if sentence.is(than, Class::Than) {
            counted.or_else(|| Some(sooner(sentence.follows(than, Class::Former)) * length(timex)?))
        } else if mention.is_moved() && sentence.follows(timex.tokens.start, Class::By) {
            Some(sooner(mention.candidate.modality.has(Class::Forward)) * length(timex)?)
        } else {
            None
        }
    };
    sentence.dates.clone().filter(|date| is_beside(sentence, found, *date)).find_map(shift)
}

/// Returns the number of days in a duration of days or weeks.
fn length(timex: &Timex) -> Option<i32> {
    let count: i32 = timex.value.strip_prefix('P')?.strip_suffix(['D', 'W'])?.parse().ok()?;
    count.checked_mul(if timex.value.ends_with('W') { 7 } else { 1 })
}

/// Returns a period moved by a number of days.
fn shifted(period: &Period, days: i32) -> Option<Period> {
    let day = |day: Date| day.checked_add(days.days()).ok();
    let exact = period.precision == Precision::Day;
    exact.then(|| Some(Period::days(day(period.first)?, day(period.last)?))).flatten()
}

/// Removes days from events that another sentence replaces or corrects.
pub(super) fn remove_former_days(all: &mut [EventMention]) {
    for at in 0..all.len() {
        let Some(old) = (0..all.len()).rev().find(|old| replaces(&all[at], &all[*old])) else { continue };
        let EventMention { period, candidate, place, participants, .. } = all[old].clone();
        (all[old].candidate.date, all[old].period) = (None, None);
        let new = &mut all[at];
        let sooner = period.zip(new.period).is_some_and(|(old, new)| new.first < old.first);
        let status = [candidate.modality.status, new.candidate.modality.status];
        // An event that is brought forward is not postponed.
        if status.contains(&Status::Postponed) {
            new.candidate.modality.status = if sooner { Status::Confirmed } else { Status::Postponed };
        }
        if new.candidate.modality.change == Change::None {
            new.candidate.modality.change = Change::Other;
        }
        new.former_days.extend(period);
        new.place = new.place.take().or(place);
        let others = participants.into_iter().filter(|option| !new.parties().contains(&option.party));
        let others: Vec<_> = others.collect();
        new.participants.extend(others);
    }
}

/// Whether a mention gives an event a date that replaces another, as in "The visit has been put off. It will now take
/// place on 12 December" or "The visit is on 5 May. It was originally set for 3 May".
fn replaces(new: &EventMention, old: &EventMention) -> bool {
    let (Some(days), here) = (new.period, new.candidate.sentence) else { return false };
    let near = here.abs_diff(old.candidate.sentence) <= NEW_DAY_REACH;
    let apart = old.period.is_none_or(|old| days.last < old.first || old.last < days.first);
    let moved = new.is_moved() || old.is_moved();
    let replaced = new.role == DateRole::New && moved && old.candidate.sentence < here;
    let corrected = old.role == DateRole::Former && old.period.is_some() && new.role != DateRole::Former;
    near && apart && (replaced || corrected) && new.may_be(old) && new.candidate.modality.status != Status::Cancelled
}
