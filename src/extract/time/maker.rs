//! From what a pattern captured to what it means.

use super::calendar::Edge;
use super::classes::{Captures, Class};
use super::meaning::{From, Meaning, NamedDay, Unit};
use strum::EnumString;

/// The constructors of meanings, by the names that `data/time/rules.tsv` gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "lowercase")]
pub enum Maker {
    Day,
    Slashed,
    #[strum(serialize = "day of month")]
    DayOfMonth,
    #[strum(serialize = "day shifted")]
    DayShifted,
    #[strum(serialize = "day part")]
    DayPart,
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
    #[strum(serialize = "vague duration")]
    VagueDuration,
    #[strum(serialize = "one unit")]
    OneUnit,
    /// What looks like a date and is none, so that no part of it is read as one.
    Nothing,
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
    #[expect(clippy::too_many_lines, reason = "one arm for each constructor")]
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
        let named_day = || Some(NamedDay { month: month(), day: day(0)?, weekday: weekday(), ..NamedDay::default() });
        Some(match self {
            Self::Day => Meaning::Day(NamedDay { year: year(), ..named_day()? }),
            Self::DayShifted => Meaning::Day(NamedDay { shift: shift(), ..named_day()? }),
            Self::DayPart => Meaning::Day(NamedDay { part: small(Class::Part), ..named_day()? }),
            Self::DayOfMonth => Meaning::Day(NamedDay { month: None, ..named_day()? }),
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
            Self::Decade => Meaning::Decade { year: year().filter(|year| year % 10 == 0)?, edge: edge() },
            Self::Season => Meaning::Season { year: year(), season: small(Class::Season)?, shift: None },
            Self::SeasonShifted => Meaning::Season { year: None, season: small(Class::Season)?, shift: shift() },
            Self::Quarter => {
                let quarter = small(Class::Ordinal).filter(|n| *n <= 4)?;
                Meaning::Quarter { year: year(), quarter, shift: shift() }
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
            Self::InUnits => Meaning::Within { count: count()?, unit: unit()? },
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
            Self::VagueDuration => Meaning::Duration { count: None, unit: unit()? },
            Self::Duration => Meaning::Duration { count: count(), unit: unit()? },
            Self::SetOfWeekday => Meaning::Set { weekday: weekday(), unit: Unit::Week },
            Self::SetOfUnit => Meaning::Set { weekday: None, unit: unit()? },
        })
    }
}
