//! Ends and lengths that another clause or the next sentence states of an event: "and returns home on Thursday", "She will
//! stay until the 23rd", "Three days have been set aside for it".

use super::date_scope::{self, LONGEST};
use super::sentence::Sentence;
use crate::event::Precision;
use crate::extract::lexicon::Class;
use crate::extract::time::{Period, Timex};
use enumset::enum_set;
use jiff::ToSpan;
use jiff::civil::Date;

/// How far before a date the verb may stand that makes it a day of departure, in tokens.
const LEAVING_REACH: usize = 4;

/// Whether a date only ends an event that is named before it: in its sentence, or in the sentence before where its own
/// names none.
pub(super) fn ends_another(sentences: &[Sentence<'_, '_>], sentence: &Sentence<'_, '_>, date: usize) -> bool {
    let timex = &sentence.article.dates[date];
    let before = sentence.number.checked_sub(1).map(|before| &sentences[before]);
    ends_stay(sentence, timex) && start_before(sentence, timex.tokens.start).is_some()
        || continues(sentence) && states_end(sentence, timex) && before.and_then(last_start).is_some()
}

/// The last day of an event that begins on `days`, a date of the sentence, where another clause or the next sentence
/// states its end or its length.
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
    let length = || length_set_aside(sentence).or_else(|| length_set_aside(next?));
    next.and_then(stated).or_else(|| days.first.checked_add((length()? - 1).days()).ok())
}

/// The last day of an event where an expression ends it: the first such day from its beginning on.
fn end_of(end: &Timex, days: &Period) -> Option<Date> {
    let last = end.counted_from(*days).or_else(|| end.days().copied())?;
    let length = i64::from((last.last - days.first).get_days());
    (last.precision == Precision::Day && (1..=LONGEST).contains(&length)).then_some(last.last)
}

fn is_day(timex: &Timex) -> bool {
    timex.days().is_some_and(|days| days.precision == Precision::Day)
}

/// "returns home on Thursday", "takes off again on the 8th", "and end on 5 May"
fn ends_stay(sentence: &Sentence<'_, '_>, timex: &Timex) -> bool {
    let mut before = sentence.back(timex.tokens.start, LEAVING_REACH);
    is_day(timex) && before.any(|at| sentence.is_any(at, Class::Leaving | Class::Ending))
}

/// Of a sentence that continues another: "They will confer until the Saturday", "They fly home on Monday".
fn states_end(sentence: &Sentence<'_, '_>, timex: &Timex) -> bool {
    let until = sentence.before_phrase(timex.tokens.start).is_some_and(|at| sentence.is(at, Class::Until));
    ends_stay(sentence, timex) || until && is_day(timex)
}

/// The length of "Three days have been set aside for it".
fn length_set_aside(sentence: &Sentence<'_, '_>) -> Option<i64> {
    let reserved = sentence.tokens.clone().any(|at| sentence.is(at, Class::Reserving));
    sentence.timexes().iter().filter(|_| reserved).find_map(date_scope::length)
}

/// Whether a sentence may speak of the event of the one before: it names none, or begins with a pronoun ("They will confer
/// until the Saturday").
fn continues(sentence: &Sentence<'_, '_>) -> bool {
    let silent = sentence.triggers.iter().all(|found| !found.complete);
    let resumes = enum_set!(Class::Subject | Class::Pronoun | Class::Anaphor);
    let only_ends = || sentence.timexes().iter().all(|timex| timex.days().is_none() || states_end(sentence, timex));
    !sentence.opens_line() && (silent || sentence.is_any(sentence.tokens.start, resumes) && only_ends())
}

/// The date ahead that an event named before a token has, with no other between.
fn start_before(sentence: &Sentence<'_, '_>, end: usize) -> Option<usize> {
    let begins = |at: &usize| {
        let timex = &sentence.article.dates[*at];
        let ahead = is_day(timex) && date_scope::may_lie_ahead(sentence, timex);
        timex.tokens.end <= end && ahead && !ends_stay(sentence, timex)
    };
    let named = sentence.triggers.iter().any(|found| found.tokens.end <= end && found.complete);
    sentence.dates.clone().rfind(begins).filter(|_| named)
}

/// The last date ahead of a sentence that names an event.
fn last_start(sentence: &Sentence<'_, '_>) -> Option<usize> {
    start_before(sentence, sentence.tokens.end)
}
