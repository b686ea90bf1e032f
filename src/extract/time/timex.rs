//! A resolved date expression: its tokens, TIMEX3 type and value, and days.

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
    /// A time of day.
    Time,
    /// A duration.
    Duration,
    /// A recurrence.
    Set,
}

/// A resolved date expression.
#[derive(Clone, Debug)]
pub struct Timex {
    /// The tokens of the expression.
    pub tokens: Range<usize>,
    /// DATE, TIME, DURATION or SET.
    pub timex_type: TimexType,
    /// The TIMEX3 value.
    pub value: String,
    /// The days, if any.
    pub period: Option<Period>,
    /// The clock time, if any.
    pub clock: Option<Clock>,
    /// The span of which the expression is an end: "12" and "13 January" in "12–13 January".
    pub span: Option<Span>,
    /// The tense of the clause.
    pub tense: Tense,
    /// Whether the date is approximate: "about", "around".
    pub approximate: bool,
    /// Whether another interpretation is as likely: 03/04/2024.
    pub uncertain: bool,
    /// The date that the expression was counted from.
    pub anchor: Option<Period>,
    /// The form of the expression.
    pub form: Form,
    /// What the expression counts from, and how.
    pub anchoring: Anchoring,
    /// The name of the rule that matched, for diagnostics only.
    pub rule: &'static str,
    /// The unit of a duration.
    pub(super) unit: Option<Unit>,
    /// Whether later expressions can count from this one.
    pub(super) counts: bool,
}

/// A span of days between two expressions.
#[derive(Clone, Debug)]
pub enum Span {
    /// The first expression: the tokens of both, and the days of the span.
    Opens(Range<usize>, Period),
    /// The last expression.
    Closes,
}

impl Timex {
    /// The days of an event with this date: those of the whole span if the expression opens one.
    pub fn days(&self) -> Option<&Period> {
        match &self.span {
            Some(Span::Opens(_, period)) => Some(period),
            Some(Span::Closes) => None,
            None => self.period.as_ref(),
        }
    }

    /// Returns the days of the expression if it counts from `anchor`, an event just mentioned.
    pub fn counted_from(&self, anchor: Period) -> Option<Period> {
        self.anchoring.counted_from(anchor)
    }

    /// Whether the expression is a duration in months.
    pub(super) fn is_months(&self) -> bool {
        self.form == Form::Length && self.unit == Some(Unit::Month)
    }

    /// The tokens that date an event: those of the whole span if the expression opens one.
    pub fn expression(&self) -> &Range<usize> {
        match &self.span {
            Some(Span::Opens(tokens, _)) => tokens,
            _ => &self.tokens,
        }
    }
}
