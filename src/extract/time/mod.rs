//! Time in news: which expressions of a text speak of time, and which days they mean.
//!
//! The rules are `data/time/rules.tsv` over the word `classes` of `data/time/words.tsv` and what `numbers` make of
//! digits; `pattern` reads and `rules` matches them, `maker` says what their `captures` mean (`meaning`). `chain` joins
//! the ends of spans, `reader` keeps track of what was spoken of (`context`, `passage`), `resolve`, `days` and `yearly`
//! say which days are meant. `calendar` knows periods, `count` counts on from them, `feasts` are named days. `form` and
//! `anchoring` say what sort of expression it is and how it got its days, for those who count it anew from an event.

mod anchoring;
mod calendar;
mod captures;
mod chain;
mod classes;
mod context;
mod count;
mod days;
mod feasts;
mod form;
mod maker;
mod meaning;
mod names;
mod numbers;
mod passage;
mod pattern;
mod reader;
mod resolve;
mod rules;
mod yearly;

pub use anchoring::Anchoring;
pub use calendar::Period;
pub use form::Form;
pub use meaning::{Clock, Unit};
pub use reader::Time;
pub use resolve::TimexType;

use crate::extract::tense::Tense;
use std::ops::Range;

/// A date expression, resolved.
#[derive(Clone, Debug)]
pub struct Timex {
    /// The tokens it covers.
    pub tokens: Range<usize>,
    /// DATE, TIME, DURATION or SET.
    pub timex_type: TimexType,
    /// The TIMEX3 value.
    pub value: String,
    /// Its days, where it has any.
    pub period: Option<Period>,
    /// The clock time, where it is one.
    pub clock: Option<Clock>,
    /// The span that it opens or closes: "12" and "13 January" in "12–13 January".
    pub span: Option<Span>,
    /// The tense of its clause.
    pub tense: Tense,
    /// "about", "around": it is not meant exactly.
    pub approximate: bool,
    /// Another reading is as likely: 03/04/2024.
    pub uncertain: bool,
    /// The date that it was counted from.
    pub anchor: Option<Period>,
    /// What sort of expression it is.
    pub form: Form,
    /// What it counts from, and how.
    pub anchoring: Anchoring,
    /// The name of the rule that read it, for those who ask why; no decision hangs on it.
    pub rule: &'static str,
    /// The unit of a length.
    unit: Option<Unit>,
    /// Whether later expressions may count from it.
    counts: bool,
}

/// A span of days that two expressions tell together.
#[derive(Clone, Debug)]
pub enum Span {
    /// The expression that it begins with: the tokens of both, and the days from one to the other.
    Opens(Range<usize>, Period),
    /// The expression that it ends with.
    Closes,
}

impl Timex {
    /// The days that an event has which is dated so: the whole span where it opens one.
    pub fn days(&self) -> Option<&Period> {
        match &self.span {
            Some(Span::Opens(_, period)) => Some(period),
            Some(Span::Closes) => None,
            None => self.period.as_ref(),
        }
    }

    /// Whether it is a length of some months.
    fn is_months(&self) -> bool {
        self.form == Form::Length && self.unit == Some(Unit::Month)
    }

    /// The tokens of the expression that dates an event so.
    pub fn expression(&self) -> &Range<usize> {
        match &self.span {
            Some(Span::Opens(tokens, _)) => tokens,
            _ => &self.tokens,
        }
    }
}
