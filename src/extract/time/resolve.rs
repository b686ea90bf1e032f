//! From meaning to days: what an expression counts from, and which of the possible days it is.
//!
//! A bare date is the next such day on or after publication in a future context, the last one before it in a past
//! one. Dates without a tense of their own are ahead when they name a day, as news of what is coming does.

use super::calendar::Period;
use super::meaning::{From, Meaning, Unit};
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
    /// Whether the source writes 03/04 for 4 March.
    pub month_first: bool,
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
    fn date(period: Period) -> Self {
        Self { timex_type: TimexType::Date, value: period.value.clone(), period: Some(period) }
    }

    fn without_days(timex_type: TimexType, value: String) -> Self {
        Self { timex_type, value, period: None }
    }

    fn part_of(period: Period, part: i8) -> Self {
        let name = ["MO", "MI", "AF", "EV", "NI"][usize::try_from(part - 1).unwrap_or(0).min(4)];
        Self { timex_type: TimexType::Time, value: format!("{}T{name}", period.value), period: Some(period) }
    }
}

/// The days of a meaning; none where there are none such (30 February) or nothing to count from.
pub fn resolve(meaning: &Meaning, anchor: &Anchor<'_>) -> Option<Resolved> {
    let today = anchor.published;
    let period = match *meaning {
        Meaning::Day { year, month, day } => Period::day(named_day(year, month, day, anchor)?),
        Meaning::Slashed { year, first, second } => {
            let (day, month) = if anchor.month_first { (second, first) } else { (first, second) };
            Period::day(Date::new(year, month, day).or_else(|_| Date::new(year, day, month)).ok()?)
        }
        Meaning::Days { year, from, to } => {
            let first = named_day(year.filter(|_| from.0 <= to.0), Some(from.0), from.1, anchor)?;
            let last_year = year.unwrap_or(if from.0 <= to.0 { first.year() } else { first.year() + 1 });
            let first = if year.is_some() && from.0 > to.0 { Date::new(last_year - 1, from.0, from.1).ok()? } else { first };
            let last = Date::new(last_year, to.0, to.1).ok()?;
            if last < first {
                return None;
            }
            Period::days(first, last)
        }
        Meaning::Weekdays { from, to } => {
            let first = near_weekday(from, anchor)?;
            let last = next_on_or_after(first, to)?;
            Period::days(first, last)
        }
        Meaning::Month { year, month, edge, shift } => {
            let year = match (year, shift) {
                (Some(year), _) => year,
                (None, Some(shift)) => shifted_year(Period::month(today.year(), month)?, shift, today),
                (None, None) => bare_year(anchor, |year| Period::month(year, month))?,
            };
            let period = Period::month(year, month)?;
            edge.map_or(period.clone(), |edge| period.part(edge))
        }
        Meaning::HalfMonth { month, half } => {
            let whole = Period::month(bare_year(anchor, |year| Period::month(year, month))?, month)?;
            let middle = Date::new(whole.first.year(), month, 15).ok()?;
            let days = if half == 1 { (whole.first, middle) } else { (middle.tomorrow().ok()?, whole.last) };
            Period { first: days.0, last: days.1, edtf: format!("{}/{}", days.0, days.1), ..whole }
        }
        Meaning::Year { year, edge } => {
            let period = Period::year(year)?;
            edge.map_or(period.clone(), |edge| period.part(edge))
        }
        Meaning::Decade { year } => Period::decade(year)?,
        Meaning::Quarter { year, quarter } => {
            let year = year.map_or_else(|| bare_year(anchor, |year| Period::quarter(year, quarter)), Some)?;
            Period::quarter(year, quarter)?
        }
        Meaning::Half { year, half } => Period::half(year, half)?,
        Meaning::Season { year, season, shift } => {
            let year = match (year, shift) {
                (Some(year), _) => year,
                (None, Some(shift)) if shift != 0 => shifted_year(Period::season(today.year(), season)?, shift, today),
                _ => bare_year(anchor, |year| Period::season(year, season))?,
            };
            Period::season(year, season)?
        }
        Meaning::Weekday { weekday, shift, weeks, part } => {
            let day = match shift {
                Some(-1) => last_before(today, weekday)?,
                Some(1) => next_on_or_after(today.tomorrow().ok()?, weekday)?,
                _ => near_weekday(weekday, anchor)?,
            };
            let day = if weeks == 0 { day } else { next_on_or_after(today.tomorrow().ok()?, weekday)?.checked_add(i64::from(weeks).weeks()).ok()? };
            let period = Period::day(day);
            match part {
                Some(part) => return Some(Resolved::part_of(period, part)),
                None => period,
            }
        }
        Meaning::WeekdayInWeek { weekday, shift } => {
            let week = Period::week(today)?.first.checked_add(i64::from(shift).weeks()).ok()?;
            Period::day(next_on_or_after(week, weekday)?)
        }
        Meaning::Near { days, part } => {
            let period = Period::day(today.checked_add(i64::from(days).days()).ok()?);
            match part {
                Some(part) => return Some(Resolved::part_of(period, part)),
                None => period,
            }
        }
        Meaning::Offset { count, unit, from } => offset(counted_from(from, anchor)?, i64::from(count), unit)?,
        Meaning::Unit { unit, shift, edge, from } => {
            let from = counted_from(from, anchor)?;
            let period = unit_around(offset_day(from, i64::from(shift), unit)?, unit)?;
            edge.map_or(period.clone(), |edge| period.part(edge))
        }
        Meaning::Weekend { shift } => {
            let past = shift == 0 && anchor.tense == Tense::Past && today.weekday().to_monday_one_offset() < 5;
            let weeks = i64::from(if past { -1 } else { shift });
            Period::weekend(today.checked_add(weeks.weeks()).ok()?)?
        }
        Meaning::Around { month, day, weekend } => {
            let day = named_day(None, Some(month), day, anchor)?;
            if weekend { Period::weekend(day)? } else { Period::week(day)? }
        }
        Meaning::NewYear { day } => {
            let year = today.year().checked_add(i16::from(today.month() > 2))?;
            if day { Period::day(Date::new(year, 1, 1).ok()?) } else { Period::month(year, 1)? }
        }
        Meaning::Duration { count, unit } => {
            return Some(Resolved::without_days(TimexType::Duration, duration(count, unit)));
        }
        Meaning::Set { weekday, unit } => {
            let value = weekday.map_or_else(|| duration(Some(1), unit), |weekday| format!("XXXX-WXX-{weekday}"));
            return Some(Resolved::without_days(TimexType::Set, value));
        }
    };
    Some(Resolved::date(period))
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

/// The year of a bare "12 January" or "spring": the next one that has not ended in a future context, the last one
/// that has begun in a past one; without tense, the nearest.
fn bare_year(anchor: &Anchor<'_>, period_in: impl Fn(i16) -> Option<Period>) -> Option<i16> {
    let year = anchor.published.year();
    let today = anchor.published;
    let years = [year - 1, year, year + 1, year + 2, year - 2, year + 3, year + 4];
    let mut candidates = years.into_iter().filter_map(|year| Some((year, period_in(year)?)));
    let found = match anchor.tense {
        Tense::Past => candidates.filter(|(_, p)| p.first <= today).max_by_key(|(_, p)| p.first),
        Tense::Future | Tense::Present => candidates.filter(|(_, p)| p.last >= today).min_by_key(|(_, p)| p.first),
        Tense::Unknown => {
            let distance = |p: &Period| (p.first - today).get_days().abs();
            return candidates
                .by_ref()
                .min_by_key(|(_, p)| if p.first <= today && today <= p.last { 0 } else { distance(p) })
                .map(|(year, _)| year);
        }
    };
    found.map(|(year, _)| year)
}

fn shifted_year(this: Period, shift: i8, today: Date) -> i16 {
    let year = this.first.year();
    match shift {
        1 if this.first <= today => year + 1,
        -1 if this.last >= today => year - 1,
        _ => year,
    }
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

fn last_before(day: Date, weekday: i8) -> Option<Date> {
    last_on_or_before(day.yesterday().ok()?, weekday)
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
