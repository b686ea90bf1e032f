//! The days that an event takes from a date: the days of a list, a length that is told beside it, an end.

use super::phrases;
use super::sentence::Sentence;
use super::triggers::Found;
use crate::event::Precision;
use crate::extract::lexicon::Class;
use crate::extract::time::{Anchoring, Period, Timex, TimexType};
use jiff::ToSpan;

/// The longest event that a number of days may tell.
pub(super) const LONGEST: i64 = 60;
/// How far from its noun a length may stand, in tokens: "a three-day official visit".
const NOUN_REACH: usize = 6;

/// The days that a length of time has: of "three-day", 3; none where it is none of an event.
pub(super) fn length(timex: &Timex) -> Option<i64> {
    let days: i64 = timex.value.strip_prefix('P')?.strip_suffix('D')?.parse().ok()?;
    (2..=LONGEST).contains(&days).then_some(days)
}

/// The days that an event takes from a date of the sentence or of the heading above it.
pub(super) fn days(sentence: &Sentence<'_, '_>, found: &Found, date: usize, put_off: bool) -> Option<Period> {
    let timex = &sentence.article.dates[date];
    let days = with_days_beside(sentence, date, put_off)?;
    if days.precision != Precision::Day || days.first != days.last {
        return Some(days);
    }
    let last = sentence.timexes().iter().filter(|other| other.tokens.start != timex.tokens.start);
    let last = last.filter_map(|other| end(sentence, found, other, &days, put_off)).find(|last| *last > days.first);
    Some(last.map_or(days, |last| Period::days(days.first, last)))
}

/// The last day of an event that begins on a day, where another expression tells its length or its end.
fn end(
    sentence: &Sentence<'_, '_>,
    found: &Found,
    other: &Timex,
    days: &Period,
    put_off: bool,
) -> Option<jiff::civil::Date> {
    let before = sentence.before(other.tokens.start);
    let until = before.is_some_and(|at| {
        let bracket = sentence.before(at).is_some_and(|at| sentence.is_mark(at, '('));
        sentence.is(at, Class::Until) || sentence.is(at, Class::To) && bracket
    });
    match (length(other), &other.period) {
        // "two days before the meeting" is no length.
        (Some(_), None) if sentence.is(other.tokens.end, Class::Offset) => None,
        (Some(length), None) if is_length_of(sentence, found, other) => {
            days.first.checked_add((length - 1).days()).ok()
        }
        (None, Some(last)) if until && !put_off && last.precision == Precision::Day => Some(last.last),
        _ => None,
    }
}

/// "a three-day visit", "for three days from 20 May".
fn is_length_of(sentence: &Sentence<'_, '_>, found: &Found, length: &Timex) -> bool {
    let describes = sentence.triggers().iter().any(|noun| {
        let between = length.tokens.end..noun.tokens.start;
        let close = length.tokens.end <= noun.tokens.start && between.len() < NOUN_REACH;
        // "a ten-day tent for the summit"
        let plain = between.into_iter().all(|at| !sentence.is(at, Class::For));
        noun.is_noun() && close && plain && noun.kind.family() == found.kind.family()
    });
    let from = sentence.follows(length.tokens.start, Class::For) && sentence.is(length.tokens.end, Class::From);
    describes || from
}

/// The length of an event in days that the sentence tells: "will last three days", "the four-day meeting".
pub(super) fn length_told(sentence: &Sentence<'_, '_>) -> Option<i64> {
    let lasting = |timex: &&Timex| {
        let (first, end) = (timex.tokens.start, timex.tokens.end);
        let lasts = sentence.back(first, 2).any(|at| sentence.is(at, Class::Lasting));
        let definite = sentence.follows(first, Class::Definite);
        lasts || definite && sentence.ahead(end, 3).any(|at| sentence.event_noun_at(at))
    };
    sentence.timexes().iter().filter(lasting).find_map(length)
}

/// The days of a list that follow one another: "on 21, 22 and 23 August", but not "put off from 21 to 22 August".
pub(super) fn with_days_beside(sentence: &Sentence<'_, '_>, date: usize, put_off: bool) -> Option<Period> {
    let article = sentence.article;
    let days = *article.dates[date].days()?;
    if days.precision != Precision::Day {
        return Some(days);
    }
    let here = sentence.dates.contains(&date);
    if let Some(heading) = article.layout.heading(sentence.number).filter(|heading| here && *heading != date) {
        return Some(day_of_heading(sentence, date, heading).unwrap_or(days));
    }
    let day = |timex: &Timex| {
        let days = timex.days().filter(|p| p.precision == Precision::Day);
        days.filter(|_| !phrases::is_contrasted(sentence, timex.tokens.start)).copied()
    };
    let beside = |a: &Timex, b: &Timex| {
        let (from, to) = (a.tokens.end, b.tokens.start);
        let joined = from < to && (from..to).all(|at| article.classes[at].contains(Class::ListJoint));
        let line = !article.text.tokens[to].new_line;
        joined && line && !(put_off && (from..to).any(|at| article.classes[at].contains(Class::To)))
    };
    let (mut first, mut last) = (days.first, days.last);
    let within = if here { sentence.dates.clone() } else { 0..article.dates.len() };
    for pair in article.dates[date..within.end].windows(2) {
        match day(&pair[1]).filter(|next| last.tomorrow().ok() == Some(next.first) && beside(&pair[0], &pair[1])) {
            Some(next) => last = next.last,
            None => break,
        }
    }
    for pair in article.dates[within.start..=date].windows(2).rev() {
        match day(&pair[0]).filter(|next| next.last.tomorrow().ok() == Some(first) && beside(&pair[0], &pair[1])) {
            Some(next) => first = next.first,
            None => break,
        }
    }
    Some(if (first, last) == (days.first, days.last) { days } else { Period::days(first, last) })
}

/// The day that a weekday in an item is of those that head its agenda, and a time beside it: "Tuesday 14 and Wednesday
/// 15 May", "Wednesday, 11 am".
fn day_of_heading(sentence: &Sentence<'_, '_>, date: usize, heading: usize) -> Option<Period> {
    let article = sentence.article;
    let days = article.dates[heading].days()?;
    match article.dates[date].anchoring {
        Anchoring::Weekday { side: 0, .. } => article.dates[date].counted_from(*days),
        Anchoring::SameDay if date > sentence.dates.start => day_of_heading(sentence, date - 1, heading),
        _ => None,
    }
}

/// Whether a date may date what lies ahead: it has days, does not recur, and is not over.
pub(super) fn may_lie_ahead(sentence: &Sentence<'_, '_>, timex: &Timex) -> bool {
    let published = sentence.article.published;
    let ahead = timex.days().is_some_and(|days| !days.is_era() && days.last >= published);
    let dateline = sentence.article.layout.dateline(sentence.number);
    ahead && timex.timex_type != TimexType::Set && !dateline.contains(&timex.tokens.start)
}

/// How far a date stands from its trigger, in tokens.
pub(super) fn distance(sentence: &Sentence<'_, '_>, found: &Found, date: usize) -> usize {
    let tokens = &sentence.article.dates[date].tokens;
    if !sentence.tokens.contains(&tokens.start) {
        return 0;
    }
    if tokens.start >= found.tokens.end {
        tokens.start - found.tokens.end
    } else {
        found.tokens.start.saturating_sub(tokens.end)
    }
}
