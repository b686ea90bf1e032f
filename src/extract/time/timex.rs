//! A date expression of a text, resolved: what it covers, its TIMEX3 type and value, and its days.

use super::anchoring::Anchoring;
use super::calendar::Period;
use super::form::Form;
use super::meaning::{Clock, Unit};
use crate::extract::tense::Tense;
use std::ops::Range;

/// A TIMEX3 type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "UPPERCASE")]
pub enum TimexType {
    /// A day or a longer period of the calendar.
    Date,
    /// A time of the day.
    Time,
    /// A length of time.
    Duration,
    /// Something that recurs.
    Set,
}

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
    pub(super) unit: Option<Unit>,
    /// Whether later expressions may count from it.
    pub(super) counts: bool,
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

    /// The days that the expression has where it counts from `anchor`, an event that was just mentioned.
    pub fn counted_from(&self, anchor: Period) -> Option<Period> {
        self.anchoring.counted_from(anchor)
    }

    /// Whether it is a length of some months.
    pub(super) fn is_months(&self) -> bool {
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
