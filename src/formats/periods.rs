//! The known part of an event's date: of "January" the month, of "early January" ten days of it.

use crate::event::{Precision, When};
use jiff::{ToSpan, civil::Date};

/// The smallest part of a date that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// The days: a day, named days, a week, the named part of a month.
    Day,
    /// Whole months: a month, a quarter, a season, the named part of a year.
    Month,
    /// Whole years.
    Year,
}

impl Unit {
    /// Returns the smallest known part of an event's date.
    pub fn of(when: &When) -> Self {
        let (first, after) = (when.starts_on, day_after(when.ends_on));
        if when.precision == Precision::Day || first.day() != 1 || after.day() != 1 {
            Self::Day
        } else if first.month() == 1 && after.month() == 1 {
            Self::Year
        } else {
            Self::Month
        }
    }

    /// Returns a date in the reduced precision of ISO 8601: `2023-01`.
    pub fn cut(self, day: Date) -> String {
        let (year, month) = (day.year(), day.month());
        match self {
            Self::Day => day.to_string(),
            Self::Month => format!("{year:04}-{month:02}"),
            Self::Year => format!("{year:04}"),
        }
    }
}

/// Returns the next day: the exclusive end of a span.
pub fn day_after(day: Date) -> Date {
    day.saturating_add(1.day())
}

/// Returns the start time of an event on a single day. An event of several days is shown on all of
/// them, whatever its start time: its end time is unknown.
pub fn clock(when: &When) -> Option<jiff::Timestamp> {
    when.starts_at.filter(|_| when.starts_on == when.ends_on)
}
