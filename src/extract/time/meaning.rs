//! What a date expression means before it is known what it counts from.

use super::calendar::Edge;

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// What an offset counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// The day of publication.
    Publication,
    /// The date spoken of before.
    Reference,
}

/// A day by its number; what is missing comes from the context.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NamedDay {
    /// The year, where it is told.
    pub year: Option<i16>,
    /// The month, 1–12.
    pub month: Option<i8>,
    /// The day of the month.
    pub day: i8,
    /// "last" (−1), "this" (0) or "next" (1) before the month.
    pub shift: Option<i8>,
    /// The weekday that is told beside it, 1 (Monday) – 7.
    pub weekday: Option<i8>,
    /// A part of the day, 1 (morning) – 5 (night).
    pub part: Option<i8>,
}

/// The meaning of a date expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A day; what is missing comes from the context.
    Day(NamedDay),
    /// Days of one month or two.
    Days { year: Option<i16>, from: (i8, i8), to: (i8, i8) },
    /// A span from one weekday to another.
    Weekdays { from: i8, to: i8 },
    /// A month.
    Month { year: Option<i16>, month: i8, edge: Option<Edge>, shift: Option<i8> },
    /// A half of a month.
    HalfMonth { month: i8, half: i8 },
    /// A year.
    Year { year: i16, edge: Option<Edge> },
    /// Ten years.
    Decade { year: i16, edge: Option<Edge> },
    /// A quarter.
    Quarter { year: Option<i16>, quarter: i8, shift: Option<i8> },
    /// Half a year.
    Half { year: i16, half: i8 },
    /// A season.
    Season { year: Option<i16>, season: i8, shift: Option<i8> },
    /// A weekday, perhaps with its part of the day; `weeks` counts on from it.
    Weekday { weekday: i8, shift: Option<i8>, weeks: i8, part: Option<i8> },
    /// A weekday of last, this or next week.
    WeekdayInWeek { weekday: i8, shift: i8 },
    /// Today, tomorrow, yesterday, or a part of one.
    Near { days: i8, part: Option<i8> },
    /// So many units on or back.
    Offset { count: i32, unit: Unit, from: From },
    /// The unit that is `shift` from the one of the anchor.
    Unit { unit: Unit, shift: i8, edge: Option<Edge>, from: From },
    /// A weekend.
    Weekend { shift: i8 },
    /// The week or weekend of a day.
    Around { month: i8, day: i8, weekend: bool },
    /// The beginning of the year to come.
    NewYear { day: bool },
    /// The quarter that news of results is about: the last one that is over.
    LatestQuarter,
    /// The last day of the year before, or of this one.
    YearEnd,
    /// A century, by its number.
    Century { number: i16 },
    /// A time of the day, in minutes since midnight, and the day it is on.
    Clock { minutes: i32, weekday: Option<i8>, days: i8 },
    /// Now, the past or the future.
    Reference { value: &'static str },
    /// A length of time that a day is counted on by, or back.
    Within { count: i32, unit: Unit },
    /// A length of time.
    Duration { count: Option<i32>, unit: Unit },
    /// Every weekday or unit.
    Set { weekday: Option<i8>, unit: Unit },
}

impl Unit {
    /// The unit of a number in `data/time/words.tsv`.
    pub(super) fn from_number(number: i32) -> Option<Self> {
        use Unit::{Century, Day, Decade, Fortnight, Hour, Minute, Month, Quarter, Second, Week, Year};
        let units = [Second, Minute, Hour, Day, Week, Fortnight, Month, Quarter, Year, Decade, Century];
        units.get(usize::try_from(number - 1).ok()?).copied()
    }
}

impl Edge {
    /// The edge of a number in `data/time/words.tsv`.
    pub(super) fn from_number(number: i8) -> Option<Self> {
        use Edge::{Early, End, Late, Mid, Start};
        [Early, Mid, Late, Start, End].get(usize::try_from(number - 1).ok()?).copied()
    }
}
