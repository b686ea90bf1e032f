//! The meaning of a date expression before it is anchored.

use super::calendar::{Edge, Period};
use super::feasts::FeastId;
use crate::event::Precision;

/// The meaning of a date expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// What the expression names or counts.
    pub what: What,
    /// The time of day, if the expression has one.
    pub time: Option<TimeOfDay>,
    /// Whether the date is approximate: "about", "around".
    pub approximate: bool,
}

/// The kinds of date expressions. The reference date is the date mentioned last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A name of one period in every year.
    Yearly { name: Yearly, year: OfYear, edge: Option<Edge>, weekday: Option<i8> },
    /// A numeric date in which either number can be the month.
    Slashed { first: i8, second: i8, year: Option<i16>, weekday: Option<i8> },
    /// "the 12th", optionally with a weekday; of the month at an offset from that of publication, or of one from the
    /// context.
    DayOfMonth { day: i8, weekday: Option<i8>, month: Option<i8> },
    /// A complete period, independent of the context.
    Fixed(Period),
    /// A year before the common era.
    BeforeChrist(i16),
    /// A weekday.
    Weekday { weekday: i8, which: WhichWeekday },
    /// A weekend, at an offset in weeks from that of publication.
    Weekend { shift: i8 },
    /// The week or weekend of a given day.
    Around { day: (i8, i8), year: OfYear, weekend: bool },
    /// An offset in days from publication: today, tomorrow.
    Near { days: i8 },
    /// The unit at a distance of `shift` from that of the anchor, or a part of it.
    Unit { unit: Unit, shift: i8, edge: Option<Edge>, from: From },
    /// A number of units forward or back.
    Offset { count: i32, unit: Unit, from: From },
    /// A number of units from an event that the expression names: "two days after the surrender".
    FromEvent { count: i32, unit: Unit },
    /// The nth day of the span mentioned last; −1 is the last.
    NthDay(i8),
    /// A number of units from a date within the expression: "two days after 12 April".
    Beside { base: Box<What>, count: i32, unit: Unit },
    /// The quarter of reported results: the one mentioned before, else the last completed one; or the same quarter of
    /// another year.
    LatestQuarter { year: Option<i16> },
    /// "the year-ago quarter": the period mentioned last, one year earlier.
    YearBefore,
    /// January of the coming year.
    NewYear,
    /// The reference date: the day of a bare clock time.
    SpokenDay,
    /// The present, the past or the future as such, by its TIMEX3 value.
    Reference(&'static str),
    /// A duration. A future expression `within` it is resolved to a day.
    Duration { length: Length, within: bool },
    /// A recurrence, such as every unit or every weekday of a name, by its TIMEX3 value.
    Set(String),
}

impl What {
    /// The unit of a duration.
    pub(super) fn unit(&self) -> Option<Unit> {
        match self {
            Self::Duration { length, .. } => Some(length.unit),
            _ => None,
        }
    }
}

/// A name of one period in every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Yearly {
    /// A day of a month, both from 1.
    Day { month: i8, day: i8 },
    /// A month, 1–12.
    Month(i8),
    /// A half of a month, 1 or 2.
    HalfOfMonth { month: i8, half: i8 },
    /// A fortnight of a month, the first or the second; −1 is the last.
    Fortnight { nth: i8, month: i8 },
    /// The nth weekday of a month; −1 is the last.
    NthWeekday { nth: i8, weekday: i8, month: i8 },
    /// The nth week, Monday to Sunday, with most of its days in a month; −1 is the last.
    NthWeek { nth: i8, month: i8 },
    /// The weekend of the nth Saturday of a month.
    NthWeekend { nth: i8, month: i8 },
    /// The last day of a month.
    LastDay { month: i8 },
    /// A quarter, 1–4.
    Quarter(i8),
    /// A half of the year, 1 or 2.
    Half(i8),
    /// A season, 1 (spring) to 4 (winter).
    Season(i8),
    /// An ISO week, 1–53.
    Week(i8),
    /// A named day.
    Feast(FeastId),
}

/// The year of a yearly name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfYear {
    /// Not given.
    Bare,
    /// Given.
    Given(i16),
    /// "of last year": an offset from the year of publication.
    Shifted(i8),
    /// "last March": the occurrence before publication (−1), in its year (0) or after it (1).
    Beside(i8),
    /// The narrative year of a historical passage; no date outside one.
    Passage,
    /// "that March": in the year mentioned last.
    That,
    /// "the following March": the occurrence after (1) or before (−1) the reference date.
    After(i8),
}

/// The occurrence of a weekday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhichWeekday {
    /// Not given.
    Bare,
    /// "last Friday" (−1), "this Friday" (0), "next Friday" (1).
    Beside(i8),
    /// In the week at an offset from that of publication.
    InWeek(i8),
    /// In the week of the reference date.
    InThatWeek,
    /// A number of weeks after the next occurrence.
    WeeksOn(i8),
    /// The occurrence after (1) or before (−1) the reference date.
    After(i8),
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeOfDay {
    /// A part of the day, 1 (morning) to 4 (night).
    Part(i8),
    /// A clock time.
    Clock(Clock),
}

/// A clock time, with its zone if given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Minutes since midnight, 0 to 1440.
    pub minutes: i16,
    /// The offset of the zone from UTC in minutes, positive to the east; `None` if the text has no zone.
    pub zone: Option<i16>,
}

/// The anchor of an offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// The publication date.
    Publication,
    /// The reference date.
    Reference,
    /// The narrative date in a historical passage, else the publication date.
    Passage,
}

/// A unit of time, in ascending order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A week.
    Week,
    /// Two weeks.
    Fortnight,
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

/// A duration, in half units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// Twice the number of units; `None` if unspecified.
    pub halves: Option<i32>,
    /// The unit.
    pub unit: Unit,
}

impl Length {
    /// A whole number of units.
    pub fn whole(count: i32, unit: Unit) -> Self {
        Self { halves: count.checked_mul(2), unit }
    }

    /// The TIMEX3 value: `P2D`, `PT30M`, `P2Y6M`; `PXW` if the number is unspecified.
    pub fn value(self) -> String {
        let (prefix, letter, times) = match self.unit {
            Unit::Second => ("PT", 'S', 1),
            Unit::Minute => ("PT", 'M', 1),
            Unit::Hour => ("PT", 'H', 1),
            Unit::Day => ("P", 'D', 1),
            Unit::Week => ("P", 'W', 1),
            Unit::Fortnight => ("P", 'W', 2),
            Unit::Month => ("P", 'M', 1),
            Unit::Quarter => ("P", 'M', 3),
            Unit::Year => ("P", 'Y', 1),
            Unit::Decade => ("P", 'Y', 10),
            Unit::Century => ("P", 'Y', 100),
        };
        let Some(halves) = self.halves.and_then(|halves| halves.checked_mul(times)) else {
            return format!("{prefix}X{letter}");
        };
        let (whole, half) = (halves / 2, halves % 2 != 0);
        // Half a unit is expressed in the next smaller one.
        let rest = match self.unit {
            Unit::Hour => "30M",
            Unit::Minute => "30S",
            Unit::Year => "6M",
            Unit::Day => "T12H",
            _ => "",
        };
        match (whole, half) {
            (0, true) if rest.starts_with('T') || rest.is_empty() => format!("{prefix}0.5{letter}"),
            (0, true) => format!("{prefix}{rest}"),
            (_, true) if rest.is_empty() => format!("{prefix}{whole}.5{letter}"),
            (_, true) => format!("{prefix}{whole}{letter}{rest}"),
            _ => format!("{prefix}{whole}{letter}"),
        }
    }
}

impl Unit {
    /// The unit with a number in `data/lang/en/lexicon.tsv`.
    pub(super) fn from_number(number: i32) -> Option<Self> {
        use Unit::{Century, Day, Decade, Fortnight, Hour, Minute, Month, Quarter, Second, Week, Year};
        let units = [Second, Minute, Hour, Day, Week, Fortnight, Month, Quarter, Year, Decade, Century];
        units.get(usize::try_from(number - 1).ok()?).copied()
    }

    /// The precision of a period of this unit.
    pub(super) fn precision(self) -> Precision {
        match self {
            Self::Second | Self::Minute | Self::Hour | Self::Day => Precision::Day,
            Self::Week | Self::Fortnight => Precision::Week,
            Self::Month => Precision::Month,
            Self::Quarter => Precision::Quarter,
            Self::Year | Self::Decade | Self::Century => Precision::Year,
        }
    }
}

impl Edge {
    /// The edge with a number in `data/lang/en/lexicon.tsv`.
    pub(super) fn from_number(number: i8) -> Option<Self> {
        use Edge::{Early, Late, Mid};
        [Early, Mid, Late].get(usize::try_from(number - 1).ok()?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_told_in_whole_units() {
        let value = |halves, unit| Length { halves, unit }.value();
        assert_eq!(value(Some(4), Unit::Day), "P2D");
        assert_eq!(value(Some(5), Unit::Year), "P2Y6M");
        assert_eq!(value(Some(1), Unit::Hour), "PT30M");
        assert_eq!(value(Some(2), Unit::Fortnight), "P2W");
        assert_eq!(value(Some(2), Unit::Decade), "P10Y");
        assert_eq!(value(None, Unit::Week), "PXW");
    }
}
