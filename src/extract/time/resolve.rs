//! From meaning to days: what an expression counts from, and which of the possible days it is.
//!
//! A bare date is the next such day on or after publication in a future context, the last one before it in a past
//! one. Dates without a tense of their own are ahead when they name a day, as news of what is coming does.

use super::calendar::{Edge, Period};
use super::meaning::{From, Meaning, NamedDay, Unit};
use crate::event::Precision;
use crate::extract::tense::Tense;
use jiff::{Span, ToSpan, civil::Date};

/// What an expression is resolved against.
#[derive(Clone, Debug)]
pub struct Anchor<'a> {
    /// The day of publication.
    pub published: Date,
    /// The tense of the clause that the expression stands in.
    pub tense: Tense,
    /// The date that was spoken of before.
    pub reference: Option<&'a Period>,
}

/// A TIMEX3 type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "UPPERCASE")]
pub enum TimexType {
    /// A day or a longer period of the calendar.
    Date,
    /// A time of the day.
    Time,
    /// A length of time.
    Duration,
    /// Something that recurs.
    Set,
}

/// An expression's type, value and days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// Its TIMEX3 type.
    pub timex_type: TimexType,
    /// Its TIMEX3 value.
    pub value: String,
    /// Its days, where it has any.
    pub period: Option<Period>,
}

impl Resolved {
    /// A date of these days.
    pub fn date(period: Period) -> Self {
        Self { timex_type: TimexType::Date, value: period.value.clone(), period: Some(period) }
    }

    /// Whether its days are of the years from 1 on: nothing that is announced lies before.
    pub fn lies_in_our_era(&self) -> bool {
        self.period.as_ref().is_none_or(|period| period.first.year() >= 1)
    }

    fn without_days(timex_type: TimexType, value: String) -> Self {
        Self { timex_type, value, period: None }
    }

    fn part_of(period: Period, part: i8) -> Self {
        let name = ["MO", "MI", "AF", "EV", "NI"][usize::try_from(part - 1).unwrap_or(0).min(4)];
        Self { timex_type: TimexType::Time, value: format!("{}T{name}", period.value), period: Some(period) }
    }
}

/// For how long after a quarter its results are news, in days.
const RESULTS_FOLLOW: i64 = 60;

/// The days of a meaning; none where there are none such (30 February) or nothing to count from.
pub fn resolve(meaning: &Meaning, anchor: &Anchor<'_>) -> Option<Resolved> {
    let part = match *meaning {
        Meaning::Duration { count, unit } => {
            return Some(Resolved::without_days(TimexType::Duration, duration(count, unit)));
        }
        Meaning::Set { weekday, unit } => {
            let value = weekday.map_or_else(|| duration(Some(1), unit), |weekday| format!("XXXX-WXX-{weekday}"));
            return Some(Resolved::without_days(TimexType::Set, value));
        }
        Meaning::Reference { value } => return Some(Resolved::without_days(TimexType::Date, value.to_owned())),
        Meaning::Within { count, unit } => {
            let value = duration(Some(count), unit);
            let ahead = anchor.tense != Tense::Past;
            let period = ahead.then(|| offset(anchor.published, i64::from(count), unit)).flatten();
            return Some(Resolved { timex_type: TimexType::Duration, value, period });
        }
        Meaning::Clock { minutes, weekday, days } => {
            let day = match weekday {
                Some(weekday) => near_weekday(weekday, anchor)?,
                None => anchor.published.checked_add(i64::from(days).days()).ok()?,
            };
            let value = format!("{day}T{:02}:{:02}", minutes / 60, minutes % 60);
            return Some(Resolved { timex_type: TimexType::Time, value, period: Some(Period::day(day)) });
        }
        Meaning::Weekday { part, .. } | Meaning::Near { part, .. } | Meaning::Day(NamedDay { part, .. }) => part,
        _ => None,
    };
    let period = named_period(meaning, anchor).or_else(|| counted_period(meaning, anchor))?;
    Some(match part {
        Some(part) => Resolved::part_of(period, part),
        None => Resolved::date(period),
    })
}

/// The first and the last day of a span of days; in the order of the text, which in the past may be the other way.
pub fn ends(meaning: &Meaning, anchor: &Anchor<'_>) -> Option<(Date, Date)> {
    match *meaning {
        Meaning::Days { year, from, to } => named_days(year, from, to, anchor),
        Meaning::Weekdays { from, to } => {
            let first = near_weekday(from, anchor)?;
            let last = if anchor.tense == Tense::Past { near_weekday(to, anchor) } else { next_on_or_after(first, to) };
            Some((first, last?))
        }
        _ => None,
    }
}

/// The period of a meaning that names it by the calendar.
fn named_period(meaning: &Meaning, anchor: &Anchor<'_>) -> Option<Period> {
    let today = anchor.published;
    match *meaning {
        Meaning::Day(day) => resolve_day(day, anchor).map(Period::day),
        Meaning::Month { year, month, edge, shift } => {
            let year = named_year(year, shift, anchor, |year| Period::month(year, month))?;
            Some(part_of(Period::month(year, month)?, edge))
        }
        Meaning::HalfMonth { month, half } => {
            let year = named_year(None, None, anchor, |year| Period::month(year, month))?;
            Period::month(year, month)?.half_of_month(half)
        }
        Meaning::Year { year, edge } => Some(part_of(Period::year(year)?, edge)),
        Meaning::Decade { year, edge } => Some(part_of(Period::decade(year)?, edge)),
        Meaning::Century { number } => Period::century(number),
        Meaning::YearEnd => {
            let year = if anchor.tense == Tense::Past { today.year() - 1 } else { today.year() };
            Date::new(year, 12, 31).ok().map(Period::day)
        }
        Meaning::Quarter { year, quarter, shift } => {
            // The results of a quarter that has just ended are still ahead.
            let recent = anchor.published.checked_sub(RESULTS_FOLLOW.days()).ok()?;
            let anchor = &Anchor { published: recent, ..anchor.clone() };
            let year = named_year(year, shift, anchor, |year| Period::quarter(year, quarter))?;
            Period::quarter(year, quarter)
        }
        Meaning::Half { year, half } => Period::half(year, half),
        Meaning::Season { year, season, shift } => {
            let shift = shift.filter(|shift| *shift != 0);
            let year = named_year(year, shift, anchor, |year| Period::season(year, season))?;
            Period::season(year, season)
        }
        Meaning::Around { month, day, weekend } => {
            let day = named_day(None, Some(month), day, anchor)?;
            if weekend { Period::weekend(day) } else { Period::week(day) }
        }
        Meaning::NewYear { day } => {
            let year = today.year().checked_add(i16::from(today.month() > 2))?;
            if day { Date::new(year, 1, 1).ok().map(Period::day) } else { Period::month(year, 1) }
        }
        _ => None,
    }
}

/// The period of a meaning that counts from another day.
fn counted_period(meaning: &Meaning, anchor: &Anchor<'_>) -> Option<Period> {
    let today = anchor.published;
    match *meaning {
        Meaning::Weekday { weekday, shift, weeks, .. } => {
            let ahead = || next_on_or_after(today.tomorrow().ok()?, weekday);
            let day = match (weeks, shift) {
                (1.., _) => ahead()?.checked_add(i64::from(weeks).weeks()).ok(),
                (_, Some(-1)) => last_on_or_before(today.yesterday().ok()?, weekday),
                (_, Some(1)) => ahead(),
                _ => near_weekday(weekday, anchor),
            };
            day.map(Period::day)
        }
        Meaning::WeekdayInWeek { weekday, shift } => {
            let week = Period::week(today)?.first.checked_add(i64::from(shift).weeks()).ok()?;
            next_on_or_after(week, weekday).map(Period::day)
        }
        Meaning::Near { days, .. } => today.checked_add(i64::from(days).days()).ok().map(Period::day),
        Meaning::Offset { count, unit, from } => offset(counted_from(from, anchor)?, i64::from(count), unit),
        Meaning::Unit { unit, shift, edge, from } => {
            let day = offset_day(counted_from(from, anchor)?, i64::from(shift), unit)?;
            Some(part_of(unit_around(day, unit)?, edge))
        }
        Meaning::LatestQuarter => {
            let quarter = anchor.reference.filter(|period| period.precision == Precision::Quarter);
            quarter.cloned().or_else(|| unit_around(offset_day(today, -1, Unit::Quarter)?, Unit::Quarter))
        }
        Meaning::Weekend { shift } => {
            let past = shift == 0 && anchor.tense == Tense::Past && today.weekday().to_monday_one_offset() < 5;
            let weeks = i64::from(if past { -1 } else { shift });
            Period::weekend(today.checked_add(weeks.weeks()).ok()?)
        }
        _ => None,
    }
}

/// Days of one month, or from one month to the next, which may be in the next year.
fn named_days(year: Option<i16>, from: (i8, i8), to: (i8, i8), anchor: &Anchor<'_>) -> Option<(Date, Date)> {
    let over_new_year = from.0 > to.0;
    let first = match year {
        Some(year) => Date::new(year.checked_sub(i16::from(over_new_year))?, from.0, from.1).ok()?,
        None => named_day(None, Some(from.0), from.1, anchor)?,
    };
    let last = Date::new(first.year().checked_add(i16::from(over_new_year))?, to.0, to.1).ok()?;
    (first <= last).then_some((first, last))
}

/// A day by its number, in the year that is told, that agrees with its weekday, or that the context asks for.
fn resolve_day(named: NamedDay, anchor: &Anchor<'_>) -> Option<Date> {
    let NamedDay { year, month, day, shift, weekday, .. } = named;
    if let (None, Some(month)) = (year, month) {
        if shift.is_some() {
            let in_year = |year| Date::new(year, month, day).ok().map(Period::day);
            return Date::new(named_year(None, shift, anchor, in_year)?, month, day).ok();
        }
        let agreeing = weekday.and_then(|weekday| day_on_weekday(month, day, weekday, anchor.published));
        return agreeing.or_else(|| named_day(None, Some(month), day, anchor));
    }
    named_day(year, month, day, anchor)
}

/// A day of a month that is the weekday it is said to be, in the year nearest to publication.
fn day_on_weekday(month: i8, day: i8, weekday: i8, today: Date) -> Option<Date> {
    let years = [0, 1, -1, 2, -2, 3, -3].map(|shift| today.year() + shift);
    let days = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
    let agreeing = days.filter(|day| day.weekday().to_monday_one_offset() == weekday);
    agreeing.min_by_key(|day| (*day - today).get_days().abs())
}

/// A day whose year, or month and year, may have to come from the context.
fn named_day(year: Option<i16>, month: Option<i8>, day: i8, anchor: &Anchor<'_>) -> Option<Date> {
    match (year, month) {
        (Some(year), Some(month)) => Date::new(year, month, day).ok(),
        (None, Some(month)) => {
            let year = bare_year(anchor, |year| Date::new(year, month, day).ok().map(Period::day))?;
            Date::new(year, month, day).ok()
        }
        _ => {
            let base = anchor.published.first_of_month();
            let in_month = |months: i64| {
                let first = base.checked_add(months.months()).ok()?;
                Date::new(first.year(), first.month(), day).ok()
            };
            match anchor.tense {
                Tense::Past => [0, -1, -2].into_iter().filter_map(in_month).find(|d| *d <= anchor.published),
                _ => [0, 1, 2].into_iter().filter_map(in_month).find(|d| *d >= anchor.published),
            }
        }
    }
}

/// The year of a bare "7 March" or "spring": the next one that has not ended in a future context, the last one
/// that has begun in a past one; without tense, the nearest.
fn bare_year(anchor: &Anchor<'_>, period_in: impl Fn(i16) -> Option<Period>) -> Option<i16> {
    let year = anchor.published.year();
    let today = anchor.published;
    let years = [year - 1, year, year + 1, year + 2, year - 2, year + 3, year + 4];
    let mut candidates = years.into_iter().filter_map(|year| Some((year, period_in(year)?)));
    let found = match anchor.tense {
        Tense::Past => candidates.filter(|(_, p)| p.first <= today).max_by_key(|(_, p)| p.first),
        Tense::Future => candidates.filter(|(_, p)| p.last >= today).min_by_key(|(_, p)| p.first),
        Tense::Present | Tense::Unknown => {
            let distance = |p: &Period| (p.first - today).get_days().abs();
            return candidates
                .by_ref()
                .min_by_key(|(_, p)| if p.first <= today && today <= p.last { 0 } else { distance(p) })
                .map(|(year, _)| year);
        }
    };
    found.map(|(year, _)| year)
}

/// The year that is given, that "next", "this" or "last" means, or that the context does.
fn named_year(
    year: Option<i16>,
    shift: Option<i8>,
    anchor: &Anchor<'_>,
    period_in: impl Fn(i16) -> Option<Period>,
) -> Option<i16> {
    if year.is_some() {
        return year;
    }
    let Some(shift) = shift else { return bare_year(anchor, period_in) };
    let (today, this_year) = (anchor.published, anchor.published.year());
    let this = period_in(this_year)?;
    Some(match shift {
        1 if this.first <= today => this_year + 1,
        -1 if this.last >= today => this_year - 1,
        _ => this_year,
    })
}

/// A bare weekday: the day of publication itself, or the next or last such day by tense.
fn near_weekday(weekday: i8, anchor: &Anchor<'_>) -> Option<Date> {
    let today = anchor.published;
    match anchor.tense {
        Tense::Past => last_on_or_before(today, weekday),
        Tense::Future | Tense::Present | Tense::Unknown => next_on_or_after(today, weekday),
    }
}

fn next_on_or_after(day: Date, weekday: i8) -> Option<Date> {
    let ahead = (weekday - day.weekday().to_monday_one_offset()).rem_euclid(7);
    day.checked_add(i64::from(ahead).days()).ok()
}

fn last_on_or_before(day: Date, weekday: i8) -> Option<Date> {
    let back = (day.weekday().to_monday_one_offset() - weekday).rem_euclid(7);
    day.checked_sub(i64::from(back).days()).ok()
}

fn counted_from(from: From, anchor: &Anchor<'_>) -> Option<Date> {
    match from {
        From::Publication => Some(anchor.published),
        From::Reference => anchor.reference.map(|period| period.last),
    }
}

fn offset_day(from: Date, count: i64, unit: Unit) -> Option<Date> {
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

/// So many units from a day: a day for days and weeks, the month or year for longer ones.
fn offset(from: Date, count: i64, unit: Unit) -> Option<Period> {
    let day = offset_day(from, count, unit)?;
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Week | Unit::Fortnight => Some(Period::day(day)),
        unit => unit_around(day, unit),
    }
}

/// The named part of a period, or all of it.
fn part_of(period: Period, edge: Option<Edge>) -> Period {
    match edge {
        Some(edge) => period.part(edge),
        None => period,
    }
}

/// The calendar unit that holds a day.
fn unit_around(day: Date, unit: Unit) -> Option<Period> {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Some(Period::day(day)),
        Unit::Week | Unit::Fortnight => Period::week(day),
        Unit::Month => Period::month(day.year(), day.month()),
        Unit::Quarter => Period::quarter(day.year(), (day.month() - 1) / 3 + 1),
        Unit::Year => Period::year(day.year()),
        Unit::Decade => Period::decade(day.year() / 10 * 10),
        Unit::Century => None,
    }
}

fn duration(count: Option<i32>, unit: Unit) -> String {
    let times = |n: i32| count.map_or_else(|| "X".to_owned(), |count| count.saturating_mul(n).to_string());
    match unit {
        Unit::Second => format!("PT{}S", times(1)),
        Unit::Minute => format!("PT{}M", times(1)),
        Unit::Hour => format!("PT{}H", times(1)),
        Unit::Day => format!("P{}D", times(1)),
        Unit::Week => format!("P{}W", times(1)),
        Unit::Fortnight => format!("P{}W", times(2)),
        Unit::Month => format!("P{}M", times(1)),
        Unit::Quarter => format!("P{}Q", times(1)),
        Unit::Year => format!("P{}Y", times(1)),
        Unit::Decade => format!("P{}DE", times(1)),
        Unit::Century => format!("P{}CE", times(1)),
    }
}
