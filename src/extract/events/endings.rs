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
    if ends_stay(sentence, timex) && start_before(sentence, timex.tokens.start).is_some() {
        return true;
    }
    let before = sentence.number.checked_sub(1).map(|before| &sentences[before]);
    continues(sentence) && states_end(sentence, timex) && before.and_then(last_start).is_some()
}

/// The last day of an event that begins on `days`, a date of the sentence, where another clause or the next sentence
/// states its end or its length.
pub(super) fn last_day(
    sentences: &[Sentence<'_, '_>],
    sentence: &Sentence<'_, '_>,
    date: usize,
    days: &Period,
) -> Option<Date> {
    let here = sentence
        .timexes()
        .iter()
        .find(|timex| ends_stay(sentence, timex) && start_before(sentence, timex.tokens.start) == Some(date));
    if let Some(end) = here {
        return end_of(end, days);
    }
    if last_start(sentence) != Some(date) {
        return None;
    }
    let next = sentences.get(sentence.number + 1).filter(|next| continues(next));
    let end = next.and_then(|next| {
        next.timexes().iter().filter(|timex| states_end(next, timex)).find_map(|end| end_of(end, days))
    });
    let set_aside = |of: &Sentence<'_, '_>| {
        of.timexes().iter().filter(|timex| is_set_aside(of, timex)).find_map(date_scope::length)
    };
    let length = || set_aside(sentence).or_else(|| set_aside(next?));
    end.or_else(|| days.first.checked_add((length()? - 1).days()).ok())
}

/// The last day of an event where an expression ends it: the first such day from its beginning on.
fn end_of(end: &Timex, days: &Period) -> Option<Date> {
    let last = end.counted_from(*days).or_else(|| end.days().copied())?;
    let length = i64::from((last.last - days.first).get_days());
    (last.precision == Precision::Day && (1..=LONGEST).contains(&length)).then_some(last.last)
}

/// "returns home on Thursday", "takes off again on the 8th", "and end on 5 May"
fn ends_stay(sentence: &Sentence<'_, '_>, timex: &Timex) -> bool {
    let ends = Class::Leaving | Class::Ending;
    let leaves = sentence.back(timex.tokens.start, LEAVING_REACH).any(|at| sentence.is_any(at, ends));
    timex.days().is_some_and(|days| days.precision == Precision::Day) && leaves
}

/// Of a sentence that continues another: "They will confer until the Saturday", "They fly home on Monday".
fn states_end(sentence: &Sentence<'_, '_>, timex: &Timex) -> bool {
    let until = sentence.before_phrase(timex.tokens.start).filter(|at| sentence.is(*at, Class::Until));
    let day = timex.days().is_some_and(|days| days.precision == Precision::Day);
    ends_stay(sentence, timex) || day && until.is_some()
}

/// "Three days have been set aside for it"
fn is_set_aside(sentence: &Sentence<'_, '_>, length: &Timex) -> bool {
    let clauses = sentence.clauses();
    let reserved = clauses.tokens(clauses.of(length.tokens.start)).any(|at| sentence.is(at, Class::Reserving));
    reserved && !sentence.is(length.tokens.end, Class::Offset)
}

/// Whether a sentence may speak of the event of the one before: it names none, or begins with a pronoun ("They will confer
/// until the Saturday") and has no day on which another could begin.
fn continues(sentence: &Sentence<'_, '_>) -> bool {
    let silent = || sentence.triggers().iter().all(|found| !found.complete);
    let first = sentence.tokens.start;
    let resumes = sentence.is_any(first, enum_set!(Class::Subject | Class::Pronoun | Class::Anaphor));
    let only_ends = || sentence.timexes().iter().all(|timex| timex.days().is_none() || states_end(sentence, timex));
    !sentence.opens_line() && (silent() || resumes && only_ends())
}

/// The date ahead that an event named before a token has, with no other between.
fn start_before(sentence: &Sentence<'_, '_>, end: usize) -> Option<usize> {
    let begins = |at: &usize| {
        let timex = &sentence.article.dates[*at];
        timex.tokens.end <= end && is_start(sentence, timex)
    };
    let named = sentence.triggers().iter().any(|found| found.tokens.end <= end && found.complete);
    sentence.dates.clone().rfind(begins).filter(|_| named)
}

/// The last date ahead of a sentence that names an event.
fn last_start(sentence: &Sentence<'_, '_>) -> Option<usize> {
    start_before(sentence, sentence.tokens.end)
}

fn is_start(sentence: &Sentence<'_, '_>, timex: &Timex) -> bool {
    let day = timex.days().is_some_and(|days| days.precision == Precision::Day);
    day && date_scope::may_lie_ahead(sentence, timex) && !ends_stay(sentence, timex)
}
