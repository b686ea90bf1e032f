//! The context of an expression: the publication date, dates mentioned before, and the narrative date of a historical
//! passage.

use super::calendar::Period;
use super::feasts::Feasts;
use super::timex::Timex;
use crate::event::Precision;
use crate::extract::tense::Tense;
use jiff::civil::Date;

/// The context against which an expression is resolved.
#[derive(Clone, Debug)]
pub struct Anchor<'a> {
    /// The named days.
    pub feasts: &'a Feasts,
    /// The publication date.
    pub published: Date,
    /// The tense of the clause.
    pub tense: Tense,
    /// Whether the tense is certain: from a verb right before the expression, or a word such as "since".
    pub firm: bool,
    /// Whether the expression is future in the past: "hoped to hold out until 4 June".
    pub prospective: bool,
    /// Whether the whole text is historical.
    pub history: bool,
    /// The narrative date of the historical passage: the date that the narration has reached.
    pub passage: Option<&'a Period>,
    /// The narrative date if it is a year before the common era.
    pub before_christ: Option<i16>,
    /// Whether the article writes the month before the day; `None` if no date of the article shows it.
    pub month_first: Option<bool>,
    /// For an expression that opens a line in a list of days ("MONDAY: … TUESDAY: …"), the day that opened the last
    /// one.
    pub listed_after: Option<Date>,
    /// The preceding expressions in the sentence.
    pub in_sentence: &'a [Timex],
    /// The expressions of the preceding sentences.
    pub in_text: &'a [Timex],
}

/// How many expressions back the search for a reference date goes.
const MEMORY: usize = 30;

impl<'a> Anchor<'a> {
    /// The reference date: the last date mentioned that is at least as precise as `precision`, in the same sentence,
    /// else in the text before it. Unless the tense is past, a date that is not over is preferred in that text.
    pub fn spoken(&self, precision: Precision) -> Option<&'a Period> {
        self.spoken_in_sentence(precision).or_else(|| {
            let ahead = |timex: &&Timex| {
                timex.tense != Tense::Past && timex.period.as_ref().is_some_and(|p| p.last >= self.published)
            };
            let ahead_too = || last_spoken(self.in_text.iter().filter(ahead), precision);
            let any = || last_spoken(self.in_text.iter(), precision);
            if self.tense == Tense::Past { any() } else { ahead_too().or_else(any) }
        })
    }

    /// The reference date within the sentence.
    pub fn spoken_in_sentence(&self, precision: Precision) -> Option<&'a Period> {
        last_spoken(self.in_sentence.iter(), precision)
    }

    /// The future year that the sentence mentions, unless an expression outside that year follows it.
    pub fn year_ahead(&self) -> Option<&'a Period> {
        let last = self.in_sentence.iter().rev().find(|timex| timex.counts && timex.period.is_some())?;
        let year = |period: &&Period| {
            let whole = period.precision == Precision::Year && !period.is_part() && !period.is_era();
            whole && period.first.year() > self.published.year()
        };
        last.period.as_ref().filter(year).or_else(|| last.anchor.as_ref().filter(year))
    }

    /// The last span of several days that was mentioned, as the days of an event.
    pub fn several_days(&self) -> Option<&'a Period> {
        let all = self.in_sentence.iter().rev().chain(self.in_text.iter().rev()).take(MEMORY);
        let mut periods = all.filter(|timex| timex.counts).filter_map(Timex::days);
        periods.find(|period| period.precision == Precision::Day && period.first < period.last)
    }

    /// Whether year-on-year results are for a number of months ("in the first nine months"), not for a quarter.
    pub fn compares_months(&self) -> bool {
        let all = self.in_sentence.iter().rev().chain(self.in_text.iter().rev()).take(QUARTER_MEMORY);
        let is_quarter =
            |timex: &Timex| timex.period.as_ref().is_some_and(|period| period.precision == Precision::Quarter);
        all.into_iter().find(|timex| timex.is_months() || is_quarter(timex)).is_some_and(Timex::is_months)
    }

    /// The quarter of a comparison of results: the latest completed one of those mentioned recently, else the one
    /// mentioned last.
    pub fn quarter(&self) -> Option<&'a Period> {
        let all = self.in_sentence.iter().rev().chain(self.in_text.iter().rev()).take(QUARTER_MEMORY);
        if self.compares_months() {
            return None;
        }
        let periods = all.filter(|timex| timex.counts).filter_map(|timex| timex.period.as_ref());
        let mut quarters = periods.filter(|period| period.precision == Precision::Quarter);
        let over = quarters.clone().filter(|quarter| quarter.last < self.published).max_by_key(|quarter| quarter.last);
        over.or_else(|| quarters.next())
    }
}

/// How many expressions back the quarter can be that "a year ago" is compared with.
const QUARTER_MEMORY: usize = 12;

fn last_spoken<'a>(spoken: impl DoubleEndedIterator<Item = &'a Timex>, precision: Precision) -> Option<&'a Period> {
    let mut periods = spoken.rev().take(MEMORY).filter(|timex| timex.counts).filter_map(Timex::days);
    periods.find(|period| period.precision <= precision)
}
