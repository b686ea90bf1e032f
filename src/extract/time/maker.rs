//! From what a pattern captured to what it means.

use super::calendar::Edge;
use super::classes::{Captures, Class};
use super::meaning::{From, Meaning, NamedDay, Unit};
use strum::EnumString;

/// The constructors of meanings, by the names that `data/time/rules.tsv` gives them. What a pattern does not capture is
/// left open, so that one constructor serves every form: "May", "early May 2024", "last May".
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "lowercase")]
pub enum Maker {
    Day,
    Century,
    #[strum(serialize = "this quarter")]
    ThisQuarter,
    #[strum(serialize = "year end")]
    YearEnd,
    Present,
    Past,
    Future,
    #[strum(serialize = "following part")]
    FollowingPart,
    Clock,
    #[strum(serialize = "one unit")]
    OneUnit,
    /// What looks like a date and is none, so that no part of it is read as one.
    Nothing,
    Days,
    #[strum(serialize = "days across")]
    DaysAcross,
    Weekdays,
    Month,
    #[strum(serialize = "half month")]
    HalfMonth,
    Year,
    Season,
    Decade,
    Quarter,
    Half,
    Weekday,
    #[strum(serialize = "shifted weekday")]
    ShiftedWeekday,
    #[strum(serialize = "weekday in week")]
    WeekdayInWeek,
    #[strum(serialize = "weekday week")]
    WeekdayWeek,
    Near,
    #[strum(serialize = "this part")]
    ThisPart,
    Unit,
    #[strum(serialize = "week of")]
    WeekOf,
    #[strum(serialize = "weekend of")]
    WeekendOf,
    #[strum(serialize = "in units")]
    InUnits,
    #[strum(serialize = "units ago")]
    UnitsAgo,
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
    Set,
}

impl Maker {
    /// The meaning of what a pattern captured; none where it makes no date.
    pub fn make(self, c: &Captures) -> Option<Meaning> {
        let small = |class: Class| c.get(class).and_then(|n| i8::try_from(n).ok());
        let year = || c.get(Class::Year).or_else(|| c.get(Class::ModernYear)).and_then(|n| i16::try_from(n).ok());
        let month = || [Class::Month, Class::SafeMonth, Class::Mon].into_iter().find_map(small);
        let count = || c.get(Class::Num).or_else(|| c.get(Class::One));
        let named = [Class::Unit, Class::Units, Class::Regular];
        let unit = || named.into_iter().find_map(|class| c.get(class)).and_then(Unit::from_number);
        let edge = || small(Class::Edge).or_else(|| small(Class::Point)).and_then(Edge::from_number);
        let shift = || small(Class::Shift);
        let day = |n| {
            let any = [Class::Day, Class::Dd, Class::OrdinalDay];
            any.into_iter().find_map(|class| c.nth(class, n)).and_then(|n| i8::try_from(n).ok())
        };
        let weekday = || small(Class::Weekday);
        let part = || small(Class::Part);
        Some(match self {
            Self::Day => Meaning::Day(NamedDay {
                year: year(),
                month: month(),
                day: day(0)?,
                shift: shift(),
                weekday: weekday(),
                part: part(),
            }),
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
            Self::Month => Meaning::Month { year: year(), month: month()?, edge: edge(), shift: shift() },
            Self::HalfMonth => Meaning::HalfMonth { month: month()?, half: small(Class::Ordinal)? },
            Self::Year => Meaning::Year { year: year()?, edge: edge() },
            Self::Decade => Meaning::Decade { year: year().filter(|year| year % 10 == 0)?, edge: edge() },
            Self::Season => Meaning::Season { year: year(), season: small(Class::Season)?, shift: shift() },
            Self::Quarter => {
                let quarter = small(Class::Ordinal).filter(|n| *n <= 4)?;
                Meaning::Quarter { year: year(), quarter, shift: shift() }
            }
            Self::Half => Meaning::Half { year: year()?, half: small(Class::Ordinal).filter(|n| *n <= 2)? },
            Self::Weekday => Meaning::Weekday { weekday: weekday()?, shift: None, weeks: 0, part: part() },
            Self::ShiftedWeekday => Meaning::Weekday { weekday: weekday()?, shift: shift(), weeks: 0, part: None },
            Self::WeekdayInWeek => Meaning::WeekdayInWeek { weekday: weekday()?, shift: shift()? },
            Self::WeekdayWeek => Meaning::Weekday { weekday: weekday()?, shift: None, weeks: 1, part: None },
            Self::Near => {
                let night = c.get(Class::NearNight).map(|_| 5);
                Meaning::Near { days: small(Class::Near).unwrap_or(0), part: night.or_else(part) }
            }
            Self::ThisPart => Meaning::Near { days: shift().filter(|n| *n <= 0)?, part: part() },
            Self::Unit => {
                Meaning::Unit { unit: unit()?, shift: shift().unwrap_or(0), edge: edge(), from: From::Publication }
            }
            Self::WeekOf => Meaning::Around { month: month()?, day: day(0)?, weekend: false },
            Self::WeekendOf => Meaning::Around { month: month()?, day: day(0)?, weekend: true },
            Self::InUnits => Meaning::Within { count: count()?, unit: unit()? },
            Self::UnitsAgo => Meaning::Offset { count: -count()?, unit: unit()?, from: From::Publication },
            Self::Weekend => Meaning::Weekend { shift: shift().unwrap_or(0) },
            Self::NewYear => Meaning::NewYear { day: false },
            Self::NewYearsDay => Meaning::NewYear { day: true },
            Self::FollowingUnit => {
                let shift = small(Class::Following).unwrap_or(1);
                Meaning::Unit { unit: unit()?, shift, edge: None, from: From::Reference }
            }
            Self::UnitsLater => {
                Meaning::Offset { count: count()? * c.get(Class::Since)?, unit: unit()?, from: From::Reference }
            }
            Self::UnitAfter => Meaning::Offset { count: c.get(Class::After)?, unit: unit()?, from: From::Reference },
            Self::SameUnit => Meaning::Unit { unit: unit()?, shift: 0, edge: None, from: From::Reference },
            Self::Century => {
                let number = c.get(Class::Ordinal).or_else(|| c.get(Class::Num)).filter(|n| (1..=30).contains(n))?;
                Meaning::Century { number: i16::try_from(number).ok()? }
            }
            Self::ThisQuarter => Meaning::LatestQuarter,
            Self::YearEnd => Meaning::YearEnd,
            Self::Present => Meaning::Reference { value: "PRESENT_REF" },
            Self::Past => Meaning::Reference { value: "PAST_REF" },
            Self::Future => Meaning::Reference { value: "FUTURE_REF" },
            Self::FollowingPart => Meaning::Offset { count: 1, unit: Unit::Day, from: From::Reference },
            Self::Clock => {
                let days = small(Class::Near).unwrap_or(0);
                Meaning::Clock { minutes: c.get(Class::Clock)?, weekday: weekday(), days }
            }
            Self::OneUnit => Meaning::Duration { count: Some(1), unit: unit()? },
            Self::Nothing => return None,
            Self::Duration => Meaning::Duration { count: count(), unit: unit()? },
            Self::Set => Meaning::Set { weekday: weekday(), unit: unit().or(weekday().map(|_| Unit::Week))? },
        })
    }
}
