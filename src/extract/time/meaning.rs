//! What a date expression means before it is known what it counts from.

use super::calendar::Edge;
use super::classes::{Captures, Class};
use strum::EnumString;

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

/// The meaning of a date expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A day; what is missing comes from the context.
    Day { year: Option<i16>, month: Option<i8>, day: i8 },
    /// A day written as `03/04/2022`, which may be of either order.
    Slashed { year: i16, first: i8, second: i8 },
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
    Decade { year: i16 },
    /// A quarter.
    Quarter { year: Option<i16>, quarter: i8 },
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
    /// A length of time.
    Duration { count: Option<i32>, unit: Unit },
    /// Every weekday or unit.
    Set { weekday: Option<i8>, unit: Unit },
}

/// The constructors of meanings, by the names that `data/time/rules.tsv` gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "lowercase")]
pub enum Maker {
    Day,
    Slashed,
    #[strum(serialize = "day of month")]
    DayOfMonth,
    Days,
    #[strum(serialize = "days across")]
    DaysAcross,
    Weekdays,
    Month,
    #[strum(serialize = "month shifted")]
    MonthShifted,
    #[strum(serialize = "shifted month")]
    ShiftedMonth,
    #[strum(serialize = "edge month")]
    EdgeMonth,
    #[strum(serialize = "half month")]
    HalfMonth,
    Year,
    #[strum(serialize = "edge year")]
    EdgeYear,
    Season,
    #[strum(serialize = "season shifted")]
    SeasonShifted,
    Decade,
    Quarter,
    Half,
    Weekday,
    #[strum(serialize = "weekday part")]
    WeekdayPart,
    #[strum(serialize = "shifted weekday")]
    ShiftedWeekday,
    #[strum(serialize = "weekday in week")]
    WeekdayInWeek,
    #[strum(serialize = "weekday week")]
    WeekdayWeek,
    Near,
    #[strum(serialize = "this part")]
    ThisPart,
    #[strum(serialize = "shifted unit")]
    ShiftedUnit,
    #[strum(serialize = "week of")]
    WeekOf,
    #[strum(serialize = "weekend of")]
    WeekendOf,
    #[strum(serialize = "in units")]
    InUnits,
    #[strum(serialize = "units ago")]
    UnitsAgo,
    #[strum(serialize = "edge unit")]
    EdgeUnit,
    #[strum(serialize = "edge this unit")]
    EdgeThisUnit,
    Weekend,
    #[strum(serialize = "new year")]
    NewYear,
    #[strum(serialize = "new year's day")]
    NewYearsDay,
    #[strum(serialize = "following unit")]
    FollowingUnit,
    #[strum(serialize = "units later")]
    UnitsLater,
    #[strum(serialize = "unit after")]
    UnitAfter,
    #[strum(serialize = "same unit")]
    SameUnit,
    Duration,
    #[strum(serialize = "set of weekday")]
    SetOfWeekday,
    #[strum(serialize = "set of unit")]
    SetOfUnit,
}

impl Maker {
    /// The meaning of what a pattern captured; none where it makes no date.
    pub fn make(self, c: &Captures) -> Option<Meaning> {
        let small = |class: Class| c.get(class).and_then(|n| i8::try_from(n).ok());
        let year = || c.get(Class::Year).and_then(|n| i16::try_from(n).ok());
        let month = || [Class::Month, Class::SafeMonth, Class::Mon].into_iter().find_map(small);
        let count = || c.get(Class::Num).or_else(|| c.get(Class::One));
        let unit = || c.get(Class::Unit).and_then(Unit::from_number);
        let edge = || small(Class::Edge).and_then(Edge::from_number);
        let shift = || small(Class::Shift);
        let day = |n| {
            let any = [Class::Day, Class::Dd, Class::OrdinalDay];
            any.into_iter().find_map(|class| c.nth(class, n)).and_then(|n| i8::try_from(n).ok())
        };
        let weekday = || small(Class::Weekday);
        Some(match self {
            Self::Day => Meaning::Day { year: year(), month: month(), day: day(0)? },
            Self::DayOfMonth => Meaning::Day { year: None, month: None, day: day(0)? },
            Self::Slashed => {
                let (first, second) = (c.get(Class::Dd)?, c.get(Class::Mon)?);
                Meaning::Slashed { year: year()?, first: i8::try_from(first).ok()?, second: i8::try_from(second).ok()? }
            }
            Self::Days => {
                let month = month()?;
                Meaning::Days { year: year(), from: (month, day(0)?), to: (month, day(1)?) }
            }
            Self::DaysAcross => {
                let to = c.nth(Class::Month, 1).and_then(|n| i8::try_from(n).ok())?;
                Meaning::Days { year: year(), from: (month()?, day(0)?), to: (to, day(1)?) }
            }
            Self::Weekdays => {
                let to = c.nth(Class::Weekday, 1).and_then(|n| i8::try_from(n).ok())?;
                Meaning::Weekdays { from: weekday()?, to }
            }
            Self::Month => Meaning::Month { year: year(), month: month()?, edge: None, shift: None },
            Self::ShiftedMonth | Self::MonthShifted => {
                Meaning::Month { year: None, month: month()?, edge: None, shift: shift() }
            }
            Self::EdgeMonth => Meaning::Month { year: year(), month: month()?, edge: edge(), shift: None },
            Self::HalfMonth => Meaning::HalfMonth { month: month()?, half: small(Class::Ordinal)? },
            Self::Year => Meaning::Year { year: year()?, edge: None },
            Self::EdgeYear => Meaning::Year { year: year()?, edge: edge() },
            Self::Decade => Meaning::Decade { year: year().filter(|year| year % 10 == 0)? },
            Self::Season => Meaning::Season { year: year(), season: small(Class::Season)?, shift: None },
            Self::SeasonShifted => Meaning::Season { year: None, season: small(Class::Season)?, shift: shift() },
            Self::Quarter => {
                let quarter = small(Class::Ordinal).filter(|n| *n <= 4)?;
                Meaning::Quarter { year: year(), quarter }
            }
            Self::Half => Meaning::Half { year: year()?, half: small(Class::Ordinal).filter(|n| *n <= 2)? },
            Self::Weekday => Meaning::Weekday { weekday: weekday()?, shift: None, weeks: 0, part: None },
            Self::WeekdayPart => {
                Meaning::Weekday { weekday: weekday()?, shift: None, weeks: 0, part: small(Class::Part) }
            }
            Self::ShiftedWeekday => Meaning::Weekday { weekday: weekday()?, shift: shift(), weeks: 0, part: None },
            Self::WeekdayInWeek => Meaning::WeekdayInWeek { weekday: weekday()?, shift: shift()? },
            Self::WeekdayWeek => Meaning::Weekday { weekday: weekday()?, shift: None, weeks: 1, part: None },
            Self::Near => {
                let night = c.get(Class::NearNight).map(|_| 5);
                Meaning::Near { days: small(Class::Near).unwrap_or(0), part: night.or_else(|| small(Class::Part)) }
            }
            Self::ThisPart => Meaning::Near { days: shift().filter(|n| *n <= 0)?, part: small(Class::Part) },
            Self::ShiftedUnit => Meaning::Unit { unit: unit()?, shift: shift()?, edge: None, from: From::Publication },
            Self::WeekOf => Meaning::Around { month: month()?, day: day(0)?, weekend: false },
            Self::WeekendOf => Meaning::Around { month: month()?, day: day(0)?, weekend: true },
            Self::InUnits => Meaning::Offset { count: count()?, unit: unit()?, from: From::Publication },
            Self::UnitsAgo => Meaning::Offset { count: -count()?, unit: unit()?, from: From::Publication },
            Self::EdgeUnit => Meaning::Unit { unit: unit()?, shift: shift()?, edge: edge(), from: From::Publication },
            Self::EdgeThisUnit => Meaning::Unit { unit: unit()?, shift: 0, edge: edge(), from: From::Publication },
            Self::Weekend => Meaning::Weekend { shift: shift().unwrap_or(0) },
            Self::NewYear => Meaning::NewYear { day: false },
            Self::NewYearsDay => Meaning::NewYear { day: true },
            Self::FollowingUnit => {
                let shift = small(Class::Following).unwrap_or(1);
                Meaning::Unit { unit: unit()?, shift, edge: None, from: From::Reference }
            }
            Self::UnitsLater => {
                Meaning::Offset { count: count()? * c.get(Class::Later)?, unit: unit()?, from: From::Reference }
            }
            Self::UnitAfter => Meaning::Offset { count: c.get(Class::Later)?, unit: unit()?, from: From::Reference },
            Self::SameUnit => Meaning::Unit { unit: unit()?, shift: 0, edge: None, from: From::Reference },
            Self::Duration => Meaning::Duration { count: count(), unit: unit()? },
            Self::SetOfWeekday => Meaning::Set { weekday: weekday(), unit: Unit::Week },
            Self::SetOfUnit => Meaning::Set { weekday: None, unit: unit()? },
        })
    }
}

impl Unit {
    /// The unit of a number in `data/time/words.tsv`.
    fn from_number(number: i32) -> Option<Self> {
        use Unit::{Century, Day, Decade, Fortnight, Hour, Minute, Month, Quarter, Second, Week, Year};
        let units = [Second, Minute, Hour, Day, Week, Fortnight, Month, Quarter, Year, Decade, Century];
        units.get(usize::try_from(number - 1).ok()?).copied()
    }
}

impl Edge {
    /// The edge of a number in `data/time/words.tsv`.
    fn from_number(number: i8) -> Option<Self> {
        use Edge::{Early, End, Late, Mid, Start};
        [Early, Mid, Late, Start, End].get(usize::try_from(number - 1).ok()?).copied()
    }
}
