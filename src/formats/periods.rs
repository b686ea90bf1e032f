//! What of an event's days is known: of "January" the month, of "early January" ten days of it.

use crate::event::{Precision, When};
use jiff::{ToSpan, civil::Date};

/// The smallest part of a date that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// The days are: a day, named days, a week, the named part of a month.
    Day,
    /// The days are those of whole months: a month, a quarter, a season, the named part of a year.
    Month,
    /// The days are those of whole years.
    Year,
}

impl Unit {
    /// The smallest part of an event's date that is known.
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

    /// A day cut to what is known of it, as ISO 8601 writes dates of reduced precision: `2023-01`.
    pub fn cut(self, day: Date) -> String {
        let (year, month) = (day.year(), day.month());
        match self {
            Self::Day => day.to_string(),
            Self::Month => format!("{year:04}-{month:02}"),
            Self::Year => format!("{year:04}"),
        }
    }
}

/// The day after, which ends a span for whom ends are exclusive.
pub fn day_after(day: Date) -> Date {
    day.saturating_add(1.day())
}

/// The clock time of an event that begins at one on its only day. An event of several days has all of them, whatever hour
/// it begins at: nobody says at which it ends.
pub fn clock(when: &When) -> Option<jiff::Timestamp> {
    when.starts_at.filter(|_| when.starts_on == when.ends_on)
}
