//! The days of an event by its date: consecutive days of a list, a duration beside the date, or an end.

use super::phrases;
use super::sentence::Sentence;
use super::triggers::Found;
use crate::event::Precision;
use crate::extract::lexicon::Class;
use crate::extract::time::{Period, Timex, TimexType};

/// The longest event that a duration may state, in days.
pub(super) const LONGEST: i64 = 60;
/// How far from its noun a duration may be, in tokens, as in "a three-day official visit".
const NOUN_REACH: usize = 6;

/// Returns the number of days of a duration, as 3 for "three-day"; `None` if no event has that duration.
pub(super) fn length(timex: &Timex) -> Option<i64> {
    let days: i64 = timex.value.strip_prefix('P')?.strip_suffix('D')?.parse().ok()?;
    (2..=LONGEST).contains(&days).then_some(days)
}

/// Returns the days of an event by a date of its sentence or of the heading above. If the event is moved,
/// "until" and "to" introduce its new date and not its end.
pub(super) fn days(sentence: &Sentence<'_, '_>, date: usize, moved: bool) -> Option<Period> {
    let timex = &sentence.article.dates[date];
    let days = with_days_beside(sentence, date, moved)?;
    if days.precision != Precision::Day || days.first != days.last {
        return Some(days);
    }
    // The end of an event, as in "until 5 May" or "(to 5 May)".
    let ends = |other: &&Timex| {
        let start = other.tokens.start;
        let bracket = sentence.follows(start, Class::To) && sentence.is_mark(start.saturating_sub(2), '(');
        sentence.follows(start, Class::Until) && !moved || bracket
    };
    let last = sentence.timexes().iter().filter(|other| other.tokens.start != timex.tokens.start).filter(ends);
    let mut last = last.filter_map(|other| other.days().filter(|last| last.precision == Precision::Day));
    let last = last.find(|last| last.last > days.first);
    Some(last.map_or(days, |last| Period::days(days.first, last.last)))
}

/// Returns the duration of an event in days if the sentence states it, as in "will last three days", "a three-day
/// visit" or "for three days from 20 May".
pub(super) fn stated_length(sentence: &Sentence<'_, '_>, found: &Found) -> Option<i64> {
    let of_event = |timex: &&Timex| {
        let (first, end) = (timex.tokens.start, timex.tokens.end);
        let describes = |noun: &Found| {
            let close = sentence.ahead(end, NOUN_REACH).contains(&noun.tokens.start);
            noun.is_noun() && close && noun.kind.family() == found.kind.family()
        };
        let lasts = sentence.back(first, 2).any(|at| sentence.is(at, Class::Lasting));
        let from = sentence.follows(first, Class::For) && sentence.is(end, Class::From);
        lasts || from || sentence.triggers.iter().any(describes)
    };
    sentence.timexes().iter().filter(of_event).find_map(length)
}

/// Returns the consecutive days of a list, as in "on 21, 22 and 23 August"; if the event is moved, "from 21 to 22
/// August" is not a list.
pub(super) fn with_days_beside(sentence: &Sentence<'_, '_>, date: usize, moved: bool) -> Option<Period> {
    let article = sentence.article;
    let days = *article.dates[date].days()?;
    if days.precision != Precision::Day {
        return Some(days);
    }
    let day = |timex: &Timex| {
        let days = timex.days().filter(|p| p.precision == Precision::Day);
        days.filter(|_| !phrases::is_contrasted(sentence, timex.tokens.start)).copied()
    };
    let is = |at: usize, class| article.classes[at].contains(class);
    let joint = |at: usize| is(at, Class::ListJoint) && !(moved && is(at, Class::To));
    let joined = |pair: &&[Timex]| {
        let (from, to) = (pair[0].tokens.end, pair[1].tokens.start);
        let days = day(&pair[0]).zip(day(&pair[1]));
        let next = days.is_some_and(|(day, next)| day.last.tomorrow().ok() == Some(next.first));
        next && from < to && (from..to).all(joint)
    };
    let within = if sentence.dates.contains(&date) { sentence.dates.clone() } else { 0..article.dates.len() };
    let after = article.dates[date..within.end].windows(2).take_while(joined).count();
    let before = article.dates[within.start..=date].windows(2).rev().take_while(joined).count();
    if before + after == 0 {
        return Some(days);
    }
    Some(Period::days(article.dates[date - before].days()?.first, article.dates[date + after].days()?.last))
}

/// Whether a date may date a scheduled event: it has days, does not recur, is not in the past and is not in a dateline.
pub(super) fn may_lie_ahead(sentence: &Sentence<'_, '_>, timex: &Timex) -> bool {
    let published = sentence.article.published;
    let ahead = timex.days().is_some_and(|days| !days.is_era() && days.last >= published);
    ahead && timex.timex_type != TimexType::Set && !sentence.line().dateline.contains(&timex.tokens.start)
}

/// Returns the distance between a date and a trigger in tokens, 0 if the date is in another sentence.
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
