//! What a date expression means before it is known what it counts from.

use super::calendar::{Edge, Period};
use super::feasts::FeastId;
use crate::event::Precision;

/// The meaning of a date expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// What it names or counts.
    pub what: What,
    /// The time of the day that is told with it.
    pub time: Option<TimeOfDay>,
    /// "about", "around": it is not meant exactly.
    pub approximate: bool,
}

/// What an expression names or counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// What comes once a year, in one year or another.
    Yearly { name: Yearly, year: OfYear, edge: Option<Edge>, weekday: Option<i8> },
    /// A day in digits of which either may be the month.
    Slashed { first: i8, second: i8, year: Option<i16>, weekday: Option<i8> },
    /// "the 12th", perhaps with its weekday, of the month that the context or a shift of it tells.
    DayOfMonth { day: i8, weekday: Option<i8>, month: Option<i8> },
    /// A period that needs no context.
    Fixed(Period),
    /// A year before the common era.
    BeforeChrist(i16),
    /// A weekday.
    Weekday { weekday: i8, which: WhichWeekday },
    /// A weekend, so many on from that of publication.
    Weekend { shift: i8 },
    /// The week or weekend of a day.
    Around { day: (i8, i8), year: OfYear, weekend: bool },
    /// So many days from publication: today, tomorrow.
    Near { days: i8 },
    /// The unit that is `shift` from the one of the anchor, or a part of it.
    Unit { unit: Unit, shift: i8, edge: Option<Edge>, from: From },
    /// So many units on or back.
    Offset { count: i32, unit: Unit, from: From },
    /// So many units on or back from an event that is told with them: "two days after the surrender".
    FromEvent { count: i32, unit: Unit },
    /// The nth day of the days spoken of; −1 is the last.
    NthDay(i8),
    /// So many units on or back from a date that is told with them: "two days after 12 April".
    Beside { base: Box<What>, count: i32, unit: Unit },
    /// The quarter that results are told of: the one spoken of, else the last that is over; or that of another year.
    LatestQuarter { year: Option<i16> },
    /// "the year-ago quarter": what was just spoken of, a year before.
    YearBefore,
    /// January of the year to come.
    NewYear,
    /// The day spoken of: what a bare clock time is on.
    SpokenDay,
    /// Now, the past or the future.
    Reference(&'static str),
    /// A length of time; `within` it, in a future context, a day is meant.
    Duration { length: Length, within: bool },
    /// What recurs: every unit, every such weekday or the like, by its TIMEX3 value.
    Set(String),
}

impl What {
    /// The unit of a length of time.
    pub(super) fn unit(&self) -> Option<Unit> {
        match self {
            Self::Duration { length, .. } => Some(length.unit),
            _ => None,
        }
    }
}

/// What comes once a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Yearly {
    /// A day of a month, both from 1.
    Day { month: i8, day: i8 },
    /// A month, 1–12.
    Month(i8),
    /// A half of a month, 1 or 2.
    HalfOfMonth { month: i8, half: i8 },
    /// The first or second fortnight of a month; −1 is the last.
    Fortnight { nth: i8, month: i8 },
    /// The nth weekday of a month; −1 is the last.
    NthWeekday { nth: i8, weekday: i8, month: i8 },
    /// The nth week, from Monday to Sunday, that lies in a month for the most part; −1 is the last.
    NthWeek { nth: i8, month: i8 },
    /// The weekend of the nth Saturday of a month.
    NthWeekend { nth: i8, month: i8 },
    /// The last day of a month.
    LastDay { month: i8 },
    /// A quarter, 1–4.
    Quarter(i8),
    /// A half of the year, 1 or 2.
    Half(i8),
    /// A season, 1 (spring) – 4.
    Season(i8),
    /// An ISO week, 1–53.
    Week(i8),
    /// A named day.
    Feast(FeastId),
}

/// Which year a yearly name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfYear {
    /// Not told.
    Bare,
    /// Told.
    Given(i16),
    /// "of last year": so many from that of publication.
    Shifted(i8),
    /// "last March": the one before (−1), of this year (0) or after (1) publication.
    Beside(i8),
    /// Of the year that a passage of history has come to; no date where there is none.
    Passage,
    /// "that March": of the year spoken of.
    That,
    /// "the following March": the one after (1) or before (−1) the date spoken of.
    After(i8),
}

/// Which weekday is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhichWeekday {
    /// Not told.
    Bare,
    /// "last Friday" (−1), "this Friday" (0), "next Friday" (1).
    Beside(i8),
    /// Of the week so many on from that of publication.
    InWeek(i8),
    /// Of the week spoken of.
    InThatWeek,
    /// So many weeks after the next.
    WeeksOn(i8),
    /// The one after (1) or before (−1) the date spoken of.
    After(i8),
}

/// A time of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeOfDay {
    /// A part of the day, 1 (morning) – 4 (night).
    Part(i8),
    /// A clock time.
    Clock(Clock),
}

/// A clock time and its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Minutes since midnight, up to 1440.
    pub minutes: i16,
    /// How far its zone is ahead of UTC, in minutes, where the text tells the zone.
    pub zone: Option<i16>,
}

/// What an offset counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// The day of publication.
    Publication,
    /// The date spoken of before.
    Reference,
    /// In a passage of history the date that it has come to, else the day of publication.
    Passage,
}

/// A unit of time; shorter ones come first.
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

/// A length of time: how many half units, where the text tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// Twice the number of units.
    pub halves: Option<i32>,
    /// The unit.
    pub unit: Unit,
}

impl Length {
    /// So many whole units.
    pub fn whole(count: i32, unit: Unit) -> Self {
        Self { halves: count.checked_mul(2), unit }
    }

    /// Its TIMEX3 value: `P2D`, `PT30M`, `P2Y6M`, `PXW` where the number is not told.
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
        // Half a unit is told in the next smaller one.
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
    /// The unit of a number in `data/lang/en/lexicon.tsv`.
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
    /// The edge of a number in `data/lang/en/lexicon.tsv`.
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
