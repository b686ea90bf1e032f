//! Ambiguous days: numeric days and months in either order, days of the month without a month, weekdays.

use super::calendar::Period;
use super::context::Anchor;
use super::count::{last_on_or_before, next_on_or_after};
use super::meaning::{OfYear, WhichWeekday, Yearly};
use super::yearly::{self, Counted};
use crate::event::Precision;
use crate::extract::tense::Tense;
use jiff::ToSpan;
use jiff::civil::Date;

/// Resolves a numeric date, and returns whether the other order is as likely. If either number can be the month, the
/// article's usual order decides; without one, the date is uncertain.
pub(super) fn slashed<'a>(
    (first, second): (i8, i8),
    year: Option<i16>,
    weekday: Option<i8>,
    anchor: &Anchor<'a>,
) -> Option<(Period, Counted<'a>, bool)> {
    let read = |month, day| {
        let year = year.map_or(OfYear::Bare, OfYear::Given);
        Date::new(LEAP_YEAR, month, day).ok()?;
        yearly::resolve(Yearly::Day { month, day }, year, weekday, anchor)
    };
    let agrees = |day: &(Period, Counted<'_>)| {
        weekday.is_none_or(|weekday| day.0.first.weekday().to_monday_one_offset() == weekday)
    };
    let ((period, counted), uncertain) = match (read(second, first), read(first, second)) {
        (Some(day), None) | (None, Some(day)) => (day, false),
        (Some(a), Some(b)) if a.0 == b.0 => (a, false),
        (Some(a), Some(b)) if agrees(&a) != agrees(&b) => (if agrees(&a) { a } else { b }, false),
        (Some(a), Some(b)) => {
            // A future date is rather near: "on 12/7", published on 3 December, is 7 December.
            let from = |day: &(Period, Counted<'_>)| (day.0.first - anchor.published).get_days();
            let nearer = year.is_none() && from(&a).min(from(&b)) >= 0 && from(&b) < from(&a);
            let month_first = anchor.month_first.unwrap_or(nearer);
            (if month_first { b } else { a }, anchor.month_first.is_none())
        }
        (None, None) => return None,
    };
    Some((period, counted, uncertain))
}

/// A leap year, which has every day of every month.
const LEAP_YEAR: i16 = 2000;

/// Resolves "the 12th": of the month mentioned in the sentence or the passage, else the next, last or nearest one.
pub(super) fn day_of_month<'a>(
    day: i8,
    weekday: Option<i8>,
    month: Option<i8>,
    anchor: &Anchor<'a>,
) -> Option<(Period, Counted<'a>)> {
    let today = anchor.published;
    let in_month = |base: Date, months: i64| {
        let first = base.first_of_month().checked_add(months.months()).ok()?;
        Date::new(first.year(), first.month(), day).ok()
    };
    if let Some(shift) = month {
        return Some((Period::day(in_month(today, shift.into())?), Counted::Publication));
    }
    let spoken =
        anchor.spoken_in_sentence(Precision::Month).or(anchor.passage.filter(|_| anchor.tense != Tense::Future));
    if let Some(spoken) = spoken.filter(|spoken| spoken.precision <= Precision::Month) {
        return Some((Period::day(in_month(spoken.first, 0)?), Counted::Spoken(spoken)));
    }
    let days: Vec<Date> = (-2..=2).filter_map(|months| in_month(today, months)).collect();
    let agrees = |day: &&Date| weekday.is_none_or(|weekday| day.weekday().to_monday_one_offset() == weekday);
    let agreeing = days.iter().filter(agrees).min_by_key(|day| (**day - today).get_days().abs());
    let chosen = agreeing.filter(|_| weekday.is_some()).or_else(|| match anchor.tense {
        Tense::Past => days.iter().rev().find(|day| **day <= today),
        _ => days.iter().find(|day| **day >= today),
    });
    Some((Period::day(*chosen?), Counted::Publication))
}

pub(super) fn weekday_meant<'a>(
    weekday: i8,
    which: WhichWeekday,
    anchor: &Anchor<'a>,
) -> Option<(Period, Counted<'a>)> {
    let today = anchor.published;
    let ahead = |day: Date| next_on_or_after(day.tomorrow().ok()?, weekday);
    let behind = |day: Date| last_on_or_before(day.yesterday().ok()?, weekday);
    let spoken = || anchor.spoken(Precision::Week);
    let day = match which {
        WhichWeekday::Beside(-1) => behind(today),
        WhichWeekday::Beside(1) => ahead(today),
        WhichWeekday::WeeksOn(weeks) => ahead(today)?.checked_add(i64::from(weeks).weeks()).ok(),
        WhichWeekday::InWeek(shift) => {
            next_on_or_after(Period::week(today)?.first.checked_add(i64::from(shift).weeks()).ok()?, weekday)
        }
        WhichWeekday::After(shift) => {
            let (from, counted) = spoken().map_or((today, Counted::Publication), |p| (p.first, Counted::Spoken(p)));
            return Some((Period::day(if shift > 0 { ahead(from) } else { behind(from) }?), counted));
        }
        WhichWeekday::InThatWeek => {
            let (from, counted) = spoken().map_or((today, Counted::Publication), |p| (p.first, Counted::Spoken(p)));
            return Some((Period::day(next_on_or_after(from, weekday)?), counted));
        }
        WhichWeekday::Bare if anchor.listed_after.is_some() => next_on_or_after(anchor.listed_after?, weekday),
        WhichWeekday::Bare | WhichWeekday::Beside(_) => {
            let told = anchor.passage.filter(|p| p.precision == Precision::Day && anchor.history);
            let told = told.filter(|_| matches!(anchor.tense, Tense::Past | Tense::Unknown));
            if let Some(passage) = told {
                return Some((Period::day(next_on_or_after(passage.first, weekday)?), Counted::Spoken(passage)));
            }
            match anchor.tense {
                Tense::Past | Tense::Unfulfilled => last_on_or_before(today, weekday),
                Tense::Future | Tense::Present | Tense::Unknown => next_on_or_after(today, weekday),
            }
        }
    };
    Some((Period::day(day?), Counted::Publication))
}
