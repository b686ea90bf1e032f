//! Calendar arithmetic: adding units, the next weekday, the nth day of a span.

use super::calendar::Period;
use super::meaning::Unit;
use crate::event::Precision;
use jiff::{Span, ToSpan, civil::Date};

/// The day `count` units after another, or before it if negative.
pub(super) fn counted_on(from: Date, count: i64, unit: Unit) -> Option<Date> {
    let zero = Span::new();
    let span = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => zero,
        Unit::Day => zero.try_days(count).ok()?,
        Unit::Week => zero.try_weeks(count).ok()?,
        Unit::Fortnight => zero.try_weeks(count.checked_mul(2)?).ok()?,
        Unit::Month => zero.try_months(count).ok()?,
        Unit::Quarter => zero.try_months(count.checked_mul(3)?).ok()?,
        Unit::Year => zero.try_years(count).ok()?,
        Unit::Decade => zero.try_years(count.checked_mul(10)?).ok()?,
        Unit::Century => zero.try_years(count.checked_mul(100)?).ok()?,
    };
    from.checked_add(span).ok()
}

/// The calendar unit that contains a day.
pub(super) fn unit_around(day: Date, unit: Unit) -> Option<Period> {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Some(Period::day(day)),
        Unit::Week | Unit::Fortnight => Period::week(day),
        Unit::Month => Period::month(day.year(), day.month()),
        Unit::Quarter => Period::quarter(day.year(), (day.month() - 1) / 3 + 1),
        Unit::Year => Period::year(day.year()),
        Unit::Decade => Period::decade(day.year() / 10 * 10),
        Unit::Century => Period::century(day.year() / 100 + 1),
    }
}

/// The period `count` units after the end of another, or before its beginning, with the precision of `anchor` if the
/// unit is a multiple of it ("two weeks later" than a day is a day), else that of the unit.
pub(super) fn offset_from(anchor: &Period, count: i32, unit: Unit) -> Option<Period> {
    let day = counted_on(if count > 0 { anchor.last } else { anchor.first }, count.into(), unit)?;
    let unit = match (unit, anchor.precision) {
        (Unit::Week | Unit::Fortnight, Precision::Day) => Unit::Day,
        (Unit::Year, Precision::Quarter) => Unit::Quarter,
        (Unit::Year, Precision::Month) => Unit::Month,
        (unit, _) => unit.min(Unit::Year),
    };
    unit_around(day, unit)
}

/// The calendar unit at a distance of `shift` from that of a period: "the following week", "the same month".
pub(super) fn unit_from(anchor: &Period, shift: i8, unit: Unit) -> Option<Period> {
    let day = if shift > 0 { anchor.last } else { anchor.first };
    unit_around(counted_on(day, shift.into(), unit)?, unit)
}

/// The first occurrence of a weekday, 1–7, on or after `day`.
pub(super) fn next_on_or_after(day: Date, weekday: i8) -> Option<Date> {
    let ahead = (weekday - day.weekday().to_monday_one_offset()).rem_euclid(7);
    day.checked_add(i64::from(ahead).days()).ok()
}

/// The last occurrence of a weekday, 1–7, on or before `day`.
pub(super) fn last_on_or_before(day: Date, weekday: i8) -> Option<Date> {
    let back = (day.weekday().to_monday_one_offset() - weekday).rem_euclid(7);
    day.checked_sub(i64::from(back).days()).ok()
}

/// The nth day of a period; −1 for the last.
pub(super) fn nth_day(period: &Period, nth: i8) -> Option<Date> {
    if nth < 0 {
        return Some(period.last);
    }
    let day = period.first.checked_add(i64::from(nth - 1).days()).ok()?;
    (period.first..=period.last).contains(&day).then_some(day)
}

/// The next day with this number in its month, on or after `day`.
pub(super) fn next_of_month(day: Date, number: i8) -> Option<Date> {
    (0..=2).find_map(|months| {
        let first = day.first_of_month().checked_add(i64::from(months).months()).ok()?;
        Date::new(first.year(), first.month(), number).ok().filter(|found| *found >= day)
    })
}
