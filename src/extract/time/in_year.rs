//! The days in a given year of yearly names that depend on the calendar alone: "12 March", "the last Monday of May",
//! "spring".

use super::calendar::Period;
use super::meaning::Yearly;
use jiff::civil::{Date, Weekday};

/// The days of a name in a year; `None` for feasts.
pub(super) fn of_calendar(name: Yearly, year: i16) -> Option<Period> {
    match name {
        Yearly::Feast(_) => None,
        Yearly::Day { month, day } => Date::new(year, month, day).ok().map(Period::day),
        Yearly::Month(month) => Period::month(year, month),
        Yearly::HalfOfMonth { month, half } => Period::month(year, month).and_then(|month| month.half_of_month(half)),
        Yearly::Fortnight { nth, month } => Period::month(year, month).and_then(|month| month.fortnight(nth)),
        Yearly::NthWeekday { nth, weekday, month } => nth_weekday(year, month, nth, weekday).map(Period::day),
        Yearly::NthWeekend { nth, month } => nth_weekday(year, month, nth, SATURDAY).and_then(Period::weekend),
        Yearly::NthWeek { nth, month } => Period::month(year, month).and_then(|month| month.nth_week(nth)),
        Yearly::LastDay { month } => Period::month(year, month).map(|month| Period::day(month.last)),
        Yearly::Quarter(quarter) => Period::quarter(year, quarter),
        Yearly::Half(half) => Period::half(year, half),
        Yearly::Season(season) => Period::season(year, season),
        Yearly::Week(week) => Period::iso_week(year, week),
    }
}

/// The first period of a name that ends on or after a day; `None` for feasts.
pub(super) fn next_from(name: Yearly, day: Date) -> Option<Period> {
    let years = (-1..=4).filter_map(|years| day.year().checked_add(years));
    years.filter_map(|year| of_calendar(name, year)).find(|period| period.last >= day)
}

const SATURDAY: i8 = 6;

fn nth_weekday(year: i16, month: i8, nth: i8, weekday: i8) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
    Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
}
