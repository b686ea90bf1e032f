//! The form of a date expression, independent of its days.

use super::meaning::{From, TimeOfDay, Unit, What, WhichWeekday, Yearly};

/// The form of a date expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A day of a month: "12 March", "12/3/2024", "the last day of May".
    DayMonth,
    /// A day of a month without the month: "the 12th".
    DayOfMonth,
    /// A bare weekday: "Saturday", "the Saturday".
    Weekday,
    /// A weekday with a modifier: "next Saturday", "the following Saturday".
    ShiftedWeekday,
    /// A weekend.
    Weekend,
    /// A week.
    Week,
    /// A month or a part of one: "May", "early May 2024", "last May".
    Month,
    /// A quarter or a half of a year.
    Quarter,
    /// A season.
    Season,
    /// A year.
    Year,
    /// A decade, a century, or years before the common era.
    Era,
    /// A named day: "Easter".
    Feast,
    /// A day next to the publication date: "today", "tomorrow", "yesterday".
    Near,
    /// A unit relative to that of the publication date or the reference date: "next week", "the following day".
    Unit,
    /// A number of units forward or back: "in two weeks", "two days later".
    Offset,
    /// A bare clock time: "at 9 a.m.".
    Clock,
    /// A bare part of the day: "in the evening".
    PartOfDay,
    /// A day of an event: "on the last day".
    NthDay,
    /// The present, the past or the future as such.
    Reference,
    /// A duration.
    Length,
    /// A recurrence.
    Set,
}

impl Form {
    pub(super) fn of(what: &What, time: Option<TimeOfDay>) -> Self {
        match what {
            What::Yearly { name, .. } => match name {
                Yearly::Day { .. } | Yearly::NthWeekday { .. } | Yearly::LastDay { .. } => Self::DayMonth,
                Yearly::Month(_) | Yearly::HalfOfMonth { .. } | Yearly::Fortnight { .. } => Self::Month,
                Yearly::NthWeek { .. } | Yearly::Week(_) => Self::Week,
                Yearly::NthWeekend { .. } => Self::Weekend,
                Yearly::Quarter(_) | Yearly::Half(_) => Self::Quarter,
                Yearly::Season(_) => Self::Season,
                Yearly::Feast(_) => Self::Feast,
            },
            What::Slashed { .. } => Self::DayMonth,
            What::DayOfMonth { .. } => Self::DayOfMonth,
            What::Fixed(period) if period.is_era() => Self::Era,
            What::Fixed(_) => Self::Year,
            What::BeforeChrist(_) => Self::Era,
            What::Weekday { which: WhichWeekday::Bare | WhichWeekday::InThatWeek, .. } => Self::Weekday,
            What::Weekday { .. } => Self::ShiftedWeekday,
            What::Weekend { .. } | What::Around { weekend: true, .. } => Self::Weekend,
            What::Around { .. } => Self::Week,
            What::Near { .. } => Self::Near,
            What::NewYear => Self::Month,
            What::LatestQuarter { .. } | What::YearBefore => Self::Quarter,
            What::Unit { unit: Unit::Day, shift: 0, from: From::Reference, .. } if time.is_some() => Self::PartOfDay,
            What::Unit { .. } => Self::Unit,
            What::Offset { .. } | What::Beside { .. } | What::FromEvent { .. } => Self::Offset,
            What::SpokenDay => match time {
                Some(TimeOfDay::Part(_)) => Self::PartOfDay,
                _ => Self::Clock,
            },
            What::NthDay(_) => Self::NthDay,
            What::Reference(_) => Self::Reference,
            What::Duration { .. } => Self::Length,
            What::Set(_) => Self::Set,
        }
    }
}
