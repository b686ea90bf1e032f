//! Resolves meanings to days: chooses the anchor and the occurrence.

use super::calendar::{Edge, Period};
use super::context::Anchor;
use super::count::{counted_on, nth_day, offset_from, unit_around, unit_from};
use super::days::{day_of_month, slashed, weekday_meant};
use super::meaning::{Clock, From, Length, Meaning, OfYear, TimeOfDay, Unit, What, Yearly};
use super::timex::TimexType;
use super::yearly::{self, Counted};
use crate::event::Precision;
use crate::extract::tense::Tense;
use jiff::ToSpan;
use jiff::civil::Weekday;

/// The type, value and days of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The TIMEX3 type.
    pub timex_type: TimexType,
    /// The TIMEX3 value.
    pub value: String,
    /// The days, if any.
    pub period: Option<Period>,
    /// The clock time, if any.
    pub clock: Option<Clock>,
    /// The date that the expression was counted from.
    pub anchor: Option<Period>,
    /// Whether another interpretation is as likely.
    pub uncertain: bool,
    /// Whether later expressions can count from it.
    pub counts: bool,
}

impl Resolved {
    fn new(timex_type: TimexType, value: String) -> Self {
        Self { timex_type, value, period: None, clock: None, anchor: None, uncertain: false, counts: false }
    }

    fn date(period: Period, counted: Counted<'_>, anchor: &Anchor<'_>) -> Self {
        let from = match counted {
            Counted::Nothing => None,
            Counted::Publication => Some(Period::day(anchor.published)),
            Counted::Spoken(period) => Some(*period),
        };
        let dated = Self::new(TimexType::Date, period.value());
        Self { period: Some(period), anchor: from, counts: true, ..dated }
    }

    /// The same date with a time of day.
    fn at(self, time: TimeOfDay) -> Self {
        let Self { value: day, .. } = &self;
        let (value, clock) = match time {
            TimeOfDay::Part(part) => (format!("{day}T{}", part_name(part)), None),
            TimeOfDay::Clock(clock) if clock.minutes == 24 * 60 => (format!("{day}T24:00"), Some(clock)),
            TimeOfDay::Clock(clock) => {
                (format!("{day}T{:02}:{:02}", clock.minutes / 60, clock.minutes % 60), Some(clock))
            }
        };
        Self { timex_type: TimexType::Time, value, clock, ..self }
    }
}

/// The TIMEX3 name of a part of the day, 1 (morning) – 4 (night).
pub(super) fn part_name(part: i8) -> &'static str {
    ["MO", "AF", "EV", "NI"][usize::try_from(part - 1).unwrap_or(0).min(3)]
}

/// Resolves a meaning; `None` if there is no such day (30 February) or nothing to count from.
pub fn resolve(meaning: &Meaning, anchor: &Anchor<'_>) -> Option<Resolved> {
    let mut resolved = match &meaning.what {
        What::Duration { length, within } => duration(*length, *within, anchor),
        What::Offset { count, unit, from } => offset(*count, *unit, *from, anchor)?,
        What::FromEvent { count, unit } => from_event(*count, *unit, anchor)?,
        What::Set(value) => Resolved::new(TimexType::Set, value.clone()),
        What::Reference(value) => Resolved::new(TimexType::Date, (*value).to_owned()),
        What::BeforeChrist(year) => Resolved::new(TimexType::Date, format!("BC{year:04}")),
        What::Yearly { name, year: OfYear::Bare, .. } if let Some(value) = before_christ(*name, anchor) => {
            Resolved::new(TimexType::Date, value)
        }
        What::NthDay(_) if anchor.several_days().is_none() => Resolved::new(TimexType::Date, UNKNOWN_DAY.to_owned()),
        What::Slashed { first, second, year, weekday } => {
            let (period, counted, uncertain) = slashed((*first, *second), *year, *weekday, anchor)?;
            Resolved { uncertain, ..Resolved::date(period, counted, anchor) }
        }
        what => {
            let (period, counted) = period(what, anchor)?;
            // A date of comparison is not an anchor for later expressions.
            let compared = matches!(what, What::YearBefore | What::LatestQuarter { year: Some(_) });
            Resolved { counts: !compared, ..Resolved::date(period, counted, anchor) }
        }
    };
    resolved.period = resolved.period.map(|period| period.qualified(meaning.approximate, resolved.uncertain));
    let in_our_era = resolved.period.as_ref().is_none_or(|period| period.first.year() >= 1);
    let told = match meaning.time.filter(|_| resolved.timex_type == TimexType::Date) {
        Some(time) => resolved.at(time),
        None => resolved,
    };
    in_our_era.then_some(told)
}

/// The period of a meaning, and its anchor.
fn period<'a>(what: &What, anchor: &Anchor<'a>) -> Option<(Period, Counted<'a>)> {
    let today = anchor.published;
    let published = |period: Option<Period>| Some((period?, Counted::Publication));
    match what {
        What::Yearly { name, year, edge, weekday } => {
            let (period, counted) = yearly::resolve(*name, *year, *weekday, anchor)?;
            Some((part_of(period, *edge), counted))
        }
        What::Fixed(period) => Some((*period, Counted::Nothing)),
        What::DayOfMonth { day, weekday, month } => day_of_month(*day, *weekday, *month, anchor),
        What::Weekday { weekday, which } => weekday_meant(*weekday, *which, anchor),
        What::Weekend { shift } => {
            let over = *shift == 0 && anchor.tense == Tense::Past && today.weekday().to_monday_one_offset() < 6;
            let weeks = i64::from(if over { -1 } else { *shift });
            published(Period::weekend(today.checked_add(weeks.weeks()).ok()?))
        }
        What::Around { day: (month, day), year, weekend } => {
            let name = Yearly::Day { month: *month, day: *day };
            let (day, counted) = yearly::resolve(name, *year, None, anchor)?;
            let around = if *weekend { Period::weekend(day.first) } else { Period::week(day.first) };
            Some((around?, counted))
        }
        What::Beside { base, count, unit } => {
            let (base, counted) = period(base, anchor)?;
            let day = counted_on(if *count > 0 { base.last } else { base.first }, (*count).into(), *unit)?;
            let unit = if matches!(unit, Unit::Week | Unit::Fortnight) { Unit::Day } else { *unit };
            Some((unit_around(day, unit)?, counted))
        }
        What::Near { days } => published(today.checked_add(i64::from(*days).days()).ok().map(Period::day)),
        What::Unit { unit, shift, edge, from } => {
            let (day, counted) = match from {
                From::Publication => {
                    // On a Sunday, a future "this week" is the coming one.
                    let of_next = *unit == Unit::Week
                        && *shift == 0
                        && anchor.tense == Tense::Future
                        && today.weekday() == Weekday::Sunday;
                    (if of_next { today.tomorrow().ok()? } else { today }, Counted::Publication)
                }
                From::Passage => {
                    anchor.passage.map_or((today, Counted::Publication), |p| (p.first, Counted::Spoken(p)))
                }
                From::Reference => {
                    let spoken = anchor.spoken(unit.precision())?;
                    return Some((part_of(unit_from(spoken, *shift, *unit)?, *edge), Counted::Spoken(spoken)));
                }
            };
            let day = counted_on(day, i64::from(*shift), *unit)?;
            Some((part_of(unit_around(day, *unit)?, *edge), counted))
        }
        What::LatestQuarter { year: Some(year) } if anchor.compares_months() => {
            Some((Period::year(*year)?, Counted::Nothing))
        }
        What::LatestQuarter { year: Some(year) } => {
            let quarter = anchor.quarter()?;
            let years = i64::from(*year) - i64::from(quarter.first.year());
            let same = unit_around(counted_on(quarter.first, years, Unit::Year)?, Unit::Quarter)?;
            Some((same, Counted::Spoken(quarter)))
        }
        What::LatestQuarter { year: None } => match anchor.quarter() {
            Some(quarter) => Some((*quarter, Counted::Spoken(quarter))),
            None => published(unit_around(counted_on(today, -1, Unit::Quarter)?, Unit::Quarter)),
        },
        What::YearBefore => match anchor.quarter() {
            Some(quarter) => Some((
                unit_around(counted_on(quarter.first, -1, Unit::Year)?, Unit::Quarter)?,
                Counted::Spoken(quarter),
            )),
            None => published(Period::year(today.year() - 1)),
        },
        What::NewYear => published(Period::month(today.year().checked_add(i16::from(today.month() > 2))?, 1)),
        What::SpokenDay => match anchor.spoken_in_sentence(Precision::Day).or_else(|| day_ahead(anchor)) {
            Some(day) => Some((Period::day(day.first), Counted::Spoken(day))),
            None => published(Some(Period::day(today))),
        },
        What::NthDay(nth) => {
            let days = anchor.several_days()?;
            Some((Period::day(nth_day(days, *nth)?), Counted::Spoken(days)))
        }
        _ => None,
    }
}

/// The reference day for a future time of day, which must be in the future too; in a historical passage, the narrative
/// date.
fn day_ahead<'a>(anchor: &Anchor<'a>) -> Option<&'a Period> {
    if let Some(passage) = anchor.passage {
        return Some(passage).filter(|day| day.precision == Precision::Day && anchor.tense != Tense::Future);
    }
    let ahead = matches!(anchor.tense, Tense::Future);
    anchor.spoken(Precision::Day).filter(|day| ahead && day.first > anchor.published && day.first == day.last)
}

/// The TIMEX3 value of an unknown day.
const UNKNOWN_DAY: &str = "XXXX-XX-XX";

/// The TIMEX3 value of a month or a day in a passage whose narrative date is a year before the common era.
fn before_christ(name: Yearly, anchor: &Anchor<'_>) -> Option<String> {
    let year = anchor.before_christ.filter(|_| anchor.tense != Tense::Future)?;
    match name {
        Yearly::Month(month) => Some(format!("BC{year:04}-{month:02}")),
        Yearly::Day { month, day } => Some(format!("BC{year:04}-{month:02}-{day:02}")),
        _ => None,
    }
}

/// A duration; for a future event within it, with its last day.
fn duration(length: Length, within: bool, anchor: &Anchor<'_>) -> Resolved {
    let told = Resolved::new(TimexType::Duration, length.value());
    let count = length.halves.filter(|halves| within && halves % 2 == 0 && anchor.tense != Tense::Past);
    let last = count.and_then(|halves| counted_on(anchor.published, i64::from(halves / 2), length.unit));
    Resolved { period: last.map(Period::day), ..told }
}

/// A number of units forward or back: a date if its anchor is known, else a duration.
fn offset(count: i32, unit: Unit, from: From, anchor: &Anchor<'_>) -> Option<Resolved> {
    let as_length = || Resolved::new(TimexType::Duration, Length::whole(count.abs(), unit).value());
    if from == From::Publication {
        // "finished in three days" is a duration.
        if count > 0 && anchor.tense == Tense::Past || unit < Unit::Day {
            return Some(as_length());
        }
        let compared = anchor.quarter().filter(|_| count == -1 && unit == Unit::Year && !anchor.firm);
        let (day, unit, counted) = match compared {
            Some(quarter) => (counted_on(quarter.first, -1, Unit::Year)?, Unit::Quarter, Counted::Spoken(quarter)),
            // Decades have the precision of a year.
            None => (counted_on(anchor.published, count.into(), unit)?, unit.min(Unit::Year), Counted::Publication),
        };
        return Some(Resolved { counts: count > 0, ..Resolved::date(unit_around(day, unit)?, counted, anchor) });
    }
    let precision = if unit <= Unit::Week { Precision::Week } else { unit.precision() };
    let of_year = count == -1 && unit == Unit::Year;
    // Year-on-year sales are of the same quarter as the profit in the previous sentence.
    let quarter = || anchor.quarter().filter(|_| of_year && anchor.spoken_in_sentence(precision).is_none());
    let spoken = quarter().or_else(|| anchor.spoken(precision)).filter(|_| unit >= Unit::Day);
    // "In the first nine months", "compared with 40% a year earlier"
    let months = of_year && anchor.compares_months();
    let spoken = spoken.filter(|period| !months || period.precision != Precision::Quarter);
    let Some(spoken) = spoken else {
        let year = months.then(|| counted_on(anchor.published, -1, Unit::Year)).flatten();
        let Some(year) = year.and_then(|day| unit_around(day, Unit::Year)) else { return Some(as_length()) };
        return Some(Resolved { counts: false, ..Resolved::date(year, Counted::Publication, anchor) });
    };
    let period = offset_from(spoken, count, unit)?;
    // An earlier date is a comparison, from which a passage does not continue.
    Some(Resolved { counts: count > 0, ..Resolved::date(period, Counted::Spoken(spoken), anchor) })
}

/// A number of units from an event: in a historical passage counted from the narrative date, else a duration.
fn from_event(count: i32, unit: Unit, anchor: &Anchor<'_>) -> Option<Resolved> {
    let day = anchor.passage.filter(|passage| passage.precision == Precision::Day && unit >= Unit::Day);
    let Some(passage) = day else {
        return Some(Resolved::new(TimexType::Duration, Length::whole(count.abs(), unit).value()));
    };
    let dated = Resolved::date(offset_from(passage, count, unit)?, Counted::Spoken(passage), anchor);
    Some(Resolved { counts: count > 0, ..dated })
}

/// The named part of a period; the whole without one.
fn part_of(period: Period, edge: Option<Edge>) -> Period {
    match edge {
        Some(edge) => period.part(edge),
        None => period,
    }
}
