//! What an expression counts from: the day of publication, a date spoken of before it, or the passage it stands in.

use super::calendar::Period;
use super::feasts::Feasts;
use super::timex::Timex;
use crate::event::Precision;
use crate::extract::tense::Tense;
use jiff::civil::Date;

/// What an expression is resolved against.
#[derive(Clone, Debug)]
pub struct Anchor<'a> {
    /// The named days.
    pub feasts: &'a Feasts,
    /// The day of publication.
    pub published: Date,
    /// The tense of the clause that the expression stands in.
    pub tense: Tense,
    /// Whether the tense is beyond doubt: a verb right before it, or a word such as "since".
    pub firm: bool,
    /// Whether it is told of as what lay ahead of a past: "hoped to hold out until 4 June".
    pub prospective: bool,
    /// Whether the whole text tells history.
    pub history: bool,
    /// Where a passage tells history, the date that it has come to.
    pub passage: Option<&'a Period>,
    /// Where that is a year before the common era.
    pub before_christ: Option<i16>,
    /// Whether the article writes the month before the day; none where it does not show.
    pub month_first: Option<bool>,
    /// Where it opens a line of a list of days, the day that last opened one: "MONDAY: … TUESDAY: …".
    pub listed_after: Option<Date>,
    /// The expressions before it in its sentence.
    pub in_sentence: &'a [Timex],
    /// Those of the sentences before.
    pub in_text: &'a [Timex],
}

/// How many expressions back a date may have been spoken of.
const MEMORY: usize = 30;

impl<'a> Anchor<'a> {
    /// The date spoken of last that is at least so precise: in the same sentence, else in the text before; for what lies
    /// ahead, rather one that lies ahead too.
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

    /// The same within the sentence.
    pub fn spoken_in_sentence(&self, precision: Precision) -> Option<&'a Period> {
        last_spoken(self.in_sentence.iter(), precision)
    }

    /// The year ahead that the sentence has spoken of, and nothing since but what lies in it.
    pub fn year_ahead(&self) -> Option<&'a Period> {
        let last = self.in_sentence.iter().rev().find(|timex| timex.counts && timex.period.is_some())?;
        let year = |period: &&Period| {
            let whole = period.precision == Precision::Year && !period.is_part() && !period.is_era();
            whole && period.first.year() > self.published.year()
        };
        last.period.as_ref().filter(year).or_else(|| last.anchor.as_ref().filter(year))
    }

    /// The days that an event lasts which was spoken of last: a span of several.
    pub fn several_days(&self) -> Option<&'a Period> {
        let all = self.in_sentence.iter().rev().chain(self.in_text.iter().rev()).take(MEMORY);
        let mut periods = all.filter(|timex| timex.counts).filter_map(Timex::days);
        periods.find(|period| period.precision == Precision::Day && period.first < period.last)
    }

    /// Whether results of some months are compared with those of another year, and not those of a quarter: "in the first
    /// nine months".
    pub fn compares_months(&self) -> bool {
        let all = self.in_sentence.iter().rev().chain(self.in_text.iter().rev()).take(QUARTER_MEMORY);
        let is_quarter =
            |timex: &Timex| timex.period.as_ref().is_some_and(|period| period.precision == Precision::Quarter);
        all.into_iter().find(|timex| timex.is_months() || is_quarter(timex)).is_some_and(Timex::is_months)
    }

    /// The quarter that results are compared with: of those spoken of not long ago the latest that is over, else the one
    /// spoken of last.
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

/// How many expressions back a quarter may have been spoken of that "a year ago" is compared with.
const QUARTER_MEMORY: usize = 12;

fn last_spoken<'a>(spoken: impl DoubleEndedIterator<Item = &'a Timex>, precision: Precision) -> Option<&'a Period> {
    let mut periods = spoken.rev().take(MEMORY).filter(|timex| timex.counts).filter_map(Timex::days);
    periods.find(|period| period.precision <= precision)
}
