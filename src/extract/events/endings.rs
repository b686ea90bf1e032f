//! Ends and durations of an event in another clause or the next sentence: "and returns home on Thursday", "She will
//! stay until the 23rd", "Three days have been set aside for it".

use super::date_scope::{self, LONGEST};
use super::sentence::Sentence;
use crate::event::Precision;
use crate::extract::lexicon::Class;
use crate::extract::time::{Period, Timex};
use enumset::enum_set;
use jiff::ToSpan;
use jiff::civil::Date;

/// How far before a date a verb of departure may be, in tokens.
const LEAVING_REACH: usize = 4;

/// Whether a date is only the end of an event that is named before it.
pub(super) fn ends_another(sentence: &Sentence<'_, '_>, date: usize) -> bool {
    let timex = &sentence.article.dates[date];
    ends_stay(sentence, timex) && start_before(sentence, timex.tokens.start).is_some()
}

/// Returns the last day of an event that begins on `days`, with `date` of the sentence, if another clause or the next
/// sentence states its end or its duration.
pub(super) fn last_day(
    sentences: &[Sentence<'_, '_>],
    sentence: &Sentence<'_, '_>,
    date: usize,
    days: &Period,
) -> Option<Date> {
    let mut here = sentence.timexes().iter().filter(|timex| ends_stay(sentence, timex));
    if let Some(end) = here.find(|end| start_before(sentence, end.tokens.start) == Some(date)) {
        return end_of(end, days);
    }
    if last_start(sentence) != Some(date) {
        return None;
    }
    let next = sentences.get(sentence.number + 1).filter(|next| continues(next));
    let stated = |next: &Sentence<'_, '_>| {
        next.timexes().iter().filter(|timex| states_end(next, timex)).find_map(|end| end_of(end, days))
    };
    let length = || length_set_aside(next?);
    next.and_then(stated).or_else(|| days.first.checked_add((length()? - 1).days()).ok())
}

/// Returns the last day of an event by an expression for its end, counted from the first day if it is relative.
fn end_of(end: &Timex, days: &Period) -> Option<Date> {
    let last = end.counted_from(*days).or_else(|| end.days().copied())?;
    let length = i64::from((last.last - days.first).get_days());
    (last.precision == Precision::Day && (1..=LONGEST).contains(&length)).then_some(last.last)
}

fn is_day(timex: &Timex) -> bool {
    timex.days().is_some_and(|days| days.precision == Precision::Day)
}

/// Whether a date ends a stay, as in "returns home on Thursday", "takes off again on the 8th" or "and end on 5 May".
fn ends_stay(sentence: &Sentence<'_, '_>, timex: &Timex) -> bool {
    let mut before = sentence.back(timex.tokens.start, LEAVING_REACH);
    is_day(timex) && before.any(|at| sentence.is_any(at, Class::Leaving | Class::Ending))
}

/// Whether a date in a continuing sentence ends the event, as in "They will confer until the Saturday" or "They fly
/// home on Monday".
fn states_end(sentence: &Sentence<'_, '_>, timex: &Timex) -> bool {
    let until = sentence.before_phrase(timex.tokens.start).is_some_and(|at| sentence.is(at, Class::Until));
    ends_stay(sentence, timex) || until && is_day(timex)
}

/// Returns the duration in days in a sentence such as "Three days have been set aside for it".
fn length_set_aside(sentence: &Sentence<'_, '_>) -> Option<i64> {
    let reserved = sentence.tokens.clone().any(|at| sentence.is(at, Class::Reserving));
    sentence.timexes().iter().filter(|_| reserved).find_map(date_scope::length)
}

/// Whether a sentence may be about the event of the previous one: it names none, or begins with a pronoun ("They will
/// confer until the Saturday").
fn continues(sentence: &Sentence<'_, '_>) -> bool {
    let names_none = sentence.triggers.iter().all(|found| !found.complete);
    let resumes = enum_set!(Class::Subject | Class::Pronoun | Class::Anaphor);
    let only_ends = || sentence.timexes().iter().all(|timex| timex.days().is_none() || states_end(sentence, timex));
    !sentence.opens_line() && (names_none || sentence.is_any(sentence.tokens.start, resumes) && only_ends())
}

/// Returns the last date before a token that an event may begin on, if an event is named before that token.
fn start_before(sentence: &Sentence<'_, '_>, end: usize) -> Option<usize> {
    let begins = |at: &usize| {
        let timex = &sentence.article.dates[*at];
        let ahead = is_day(timex) && date_scope::may_lie_ahead(sentence, timex);
        timex.tokens.end <= end && ahead && !ends_stay(sentence, timex)
    };
    let named = sentence.triggers.iter().any(|found| found.tokens.end <= end && found.complete);
    sentence.dates.clone().rfind(begins).filter(|_| named)
}

/// Returns the last date of a sentence that an event may begin on, if the sentence names one.
fn last_start(sentence: &Sentence<'_, '_>) -> Option<usize> {
    start_before(sentence, sentence.tokens.end)
}
