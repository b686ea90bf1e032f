//! The narrative date of a historical passage: which dates start, advance and end it.

use super::class::Class;
use super::meaning::{From, OfYear, What, WhichWeekday};
use super::rules::{Part, Rules};
use super::{Period, Timex, TimexType};
use crate::extract::tense::{Tense, Tenses};
use crate::extract::text::Document;
use jiff::civil::Date;
use std::ops::Range;

/// Whether an expression is an adverbial of time, not an attribute ("the 1967 war"): a day, a month, or a year after
/// "in".
pub(super) fn stands_alone(rules: &Rules, doc: &Document<'_>, sentence: &Range<usize>, part: &Part) -> bool {
    let before = part.tokens.start.checked_sub(1).filter(|at| *at >= sentence.start);
    part.tokens.len() > 1 || before.is_none_or(|at| rules.class_of(doc, at, Class::Within).is_some())
}

/// Whether an expression advances the narrative date. A date in a relative clause, a participle clause or an attribute
/// of an object ("a book of 1998") does not, nor does an earlier date in the past perfect ("as it had been in 1710").
pub(super) fn moves_clock(
    rules: &Rules,
    doc: &Document<'_>,
    tenses: &Tenses,
    sentence: &Range<usize>,
    part: &Part,
    passage: Option<Period>,
    timex: &Timex,
) -> bool {
    let tokens = &part.tokens;
    let goes_back = passage.zip(timex.period).is_some_and(|(passage, to)| to.last < passage.first);
    let before = |back: usize| tokens.start.checked_sub(back).filter(|at| *at >= sentence.start);
    let of = before(1).is_some_and(|at| rules.class_of(doc, at, Class::Lean) == Some(0));
    let attribute = of && tenses.follows_verb(tokens.start);
    let over_before = goes_back && tenses.is_anterior(sentence, tokens);
    !(attribute || over_before || tenses.is_of_participle(sentence, tokens) || tenses.is_in_relative(tokens.start))
}

/// Whether an expression is relative to the publication date.
pub(super) fn counts_from_publication(what: &What) -> bool {
    match what {
        What::Near { .. } | What::Weekend { .. } => true,
        What::Weekday { which, .. } => !matches!(which, WhichWeekday::After(_) | WhichWeekday::InThatWeek),
        What::Unit { from, .. } | What::Offset { from, .. } => *from == From::Publication,
        What::Yearly { year, .. } => matches!(year, OfYear::Shifted(_) | OfYear::Beside(_)),
        _ => false,
    }
}

/// The narrative date after an expression. A passage starts with a complete date in an earlier year, advances with
/// dates relative to it, and ends with a date relative to publication or in the year of publication.
pub(super) fn goes_on(
    passage: Option<Period>,
    part: &Part,
    timex: &Timex,
    published: Date,
    begins: bool,
) -> Option<Period> {
    let Some(period) = timex.period.as_ref().filter(|_| matches!(timex.timex_type, TimexType::Date | TimexType::Time))
    else {
        return passage;
    };
    let told = match &part.meaning.what {
        What::Fixed(_) | What::Slashed { .. } => true,
        What::Yearly { year, .. } => matches!(year, OfYear::Given(_)),
        _ => false,
    };
    if told {
        let behind = period.last < published && period.last.year() != published.year() && timex.tense != Tense::Future;
        return if behind && begins && !period.is_era() { Some(*period) } else { passage.filter(|_| behind) };
    }
    let from_passage = passage.is_some() && timex.anchor != Some(Period::day(published));
    match &part.meaning.what {
        _ if from_passage && timex.counts => Some(*period),
        what if counts_from_publication(what) => None,
        _ => passage,
    }
}
