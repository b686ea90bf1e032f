//! Chooses the year of a yearly name: "12 March", "the spring", "Easter".
//!
//! In a future context it is the next occurrence on or after publication, in a past context the last one on or before
//! it, without a tense the nearest. If the tense is not certain, a near occurrence takes precedence over a distant
//! one: "invited them to a ceremony on 12 March" is in the future. In a historical passage, the year comes from the
//! passage.

use super::calendar::Period;
use super::context::Anchor;
use super::in_year::of_calendar;
use super::meaning::{OfYear, Yearly};
use crate::event::Precision;
use crate::extract::tense::Tense;
use jiff::civil::Date;

/// The maximum distance of an occurrence that news mentions without a year, in days.
const NEAR: i32 = 80;
/// The penalty for a passage that goes back within a year rather than on into the next, in days.
const BACK: i32 = 200;
/// A future occurrence more than this many days ahead gives way to one that has just passed.
const A_YEAR_AHEAD: i32 = 350;
/// The maximum age of an occurrence that has just passed, in days.
const JUST_BEEN: i32 = 7;
/// The maximum distance of an occurrence as an attribute of a noun, without a verb, in days; beyond it, the next one
/// is meant.
const NAMED: i32 = 100;
/// How long after the end of a quarter its results are news, in days.
const RESULTS_FOLLOW: i32 = 60;

/// The period of a yearly name, and its anchor.
pub(super) fn resolve<'a>(
    name: Yearly,
    year: OfYear,
    weekday: Option<i8>,
    anchor: &Anchor<'a>,
) -> Option<(Period, Counted<'a>)> {
    let today = anchor.published;
    let this_year = today.year();
    let around = |year: i16, reach: i16| {
        (year.saturating_sub(reach)..=year.saturating_add(reach)).flat_map(move |year| in_year(name, year, anchor))
    };
    let spoken = || anchor.spoken(Precision::Year);
    let from_spoken = |period: Option<Period>| Some((period?, Counted::Spoken(spoken()?)));
    let found = match year {
        OfYear::Given(year) => return Some((in_year(name, year, anchor).next()?, Counted::Nothing)),
        OfYear::Shifted(shift) => in_year(name, this_year.checked_add(shift.into())?, anchor).next(),
        OfYear::Beside(1) => around(this_year, 2).find(|period| period.first > today),
        OfYear::Beside(-1) => around(this_year, 2).filter(|period| period.last < today).last(),
        OfYear::Beside(_) => {
            around(this_year, 1).find(|period| holds(period, today)).or_else(|| in_year(name, this_year, anchor).next())
        }
        OfYear::Passage => {
            let passage = anchor.passage?;
            return Some((in_passage(name, passage, anchor)?, Counted::Spoken(passage)));
        }
        OfYear::That => {
            let that = spoken()?;
            let holding = around(that.first.year(), 1).find(|period| holds(period, that.first));
            let of_year = || in_year(name, that.first.year(), anchor).next();
            return from_spoken(holding.filter(|_| that.precision < Precision::Year).or_else(of_year));
        }
        OfYear::After(shift) => {
            let Some(from) = spoken() else { return resolve(name, OfYear::Beside(shift), weekday, anchor) };
            let begun = if from.precision == Precision::Year { from.last } else { from.first };
            return from_spoken(match shift {
                1 => around(from.first.year(), 2).find(|period| period.first > begun),
                _ => around(from.first.year(), 2).filter(|period| period.last < from.first).last(),
            });
        }
        OfYear::Bare => return bare(name, weekday, anchor, &around(this_year, 4).collect::<Vec<_>>()),
    };
    Some((found?, Counted::Publication))
}

/// The anchor of a period.
#[derive(Clone, Copy, Debug)]
pub(super) enum Counted<'a> {
    /// None: the date is complete.
    Nothing,
    /// The publication date.
    Publication,
    /// A date mentioned before, or the narrative date of the passage.
    Spoken(&'a Period),
}

fn bare<'a>(
    name: Yearly,
    weekday: Option<i8>,
    anchor: &Anchor<'a>,
    candidates: &[Period],
) -> Option<(Period, Counted<'a>)> {
    let told = matches!(anchor.tense, Tense::Past | Tense::Unknown) || anchor.prospective;
    // News can return to recent events without marking it.
    let news = || !anchor.history && candidates.iter().any(|period| has_just_been(period, anchor.published));
    if let Some(passage) = anchor.passage.filter(|_| told && !news()) {
        return Some((in_passage(name, passage, anchor)?, Counted::Spoken(passage)));
    }
    // "national elections next year, in France in May"
    if let Some(year) = anchor.year_ahead() {
        return Some((in_year(name, year.first.year(), anchor).next()?, Counted::Spoken(year)));
    }
    // The results of a quarter that has just ended are still to come.
    let recently = if matches!(name, Yearly::Quarter(_)) { RESULTS_FOLLOW } else { 0 };
    let on_its_weekday =
        |period: &Period| weekday.is_none_or(|day| period.first.weekday().to_monday_one_offset() == day);
    let agreeing: Vec<Period> = candidates.iter().filter(|period| on_its_weekday(period)).copied().collect();
    let chosen = if weekday.is_some() && !agreeing.is_empty() {
        agreeing.into_iter().min_by_key(|period| distance(period, anchor.published))
    } else {
        by_tense(candidates, anchor, recently)
    };
    Some((chosen?, Counted::Publication))
}

/// The days of a yearly name in a passage, near its narrative date.
fn in_passage(name: Yearly, passage: &Period, anchor: &Anchor<'_>) -> Option<Period> {
    let years = [0, 1, -1].into_iter().filter_map(|shift| passage.first.year().checked_add(shift));
    let periods = years.flat_map(|year| in_year(name, year, anchor));
    periods.min_by_key(|period| leap(passage, period))
}

/// The next, last or nearest of `periods`, which are in order, by tense.
fn by_tense(periods: &[Period], anchor: &Anchor<'_>, recently: i32) -> Option<Period> {
    let today = anchor.published;
    let last = || periods.iter().rev().find(|period| period.first <= today);
    let next = || periods.iter().find(|period| days(today, period.last) >= -recently);
    let nearest = || periods.iter().min_by_key(|period| distance(period, today));
    let (told, other) = match anchor.tense {
        Tense::Past => (last()?, next()),
        Tense::Future => (next()?, last()),
        // Reported results are of a quarter that has begun.
        Tense::Present | Tense::Unfulfilled | Tense::Unknown if recently > 0 => return last().copied(),
        // "a September assembly" is not one of last year.
        Tense::Present | Tense::Unknown if !anchor.history => {
            let near = nearest().filter(|period| distance(period, today) <= NAMED);
            return near.or_else(next).copied();
        }
        Tense::Present | Tense::Unfulfilled | Tense::Unknown => return nearest().copied(),
    };
    let doubtful = !anchor.firm && told.precision <= Precision::Month;
    let nearer = |other: &&Period| {
        let (own, other) = (distance(told, today), distance(other, today));
        // Whatever the verb, an event that has just passed is not announced a year ahead.
        let just_been = anchor.tense == Tense::Future && own > A_YEAR_AHEAD && other <= JUST_BEEN;
        let much_nearer = anchor.tense == Tense::Past && other * 20 < own * 11;
        just_been || doubtful && own > NEAR && (other <= NEAR || much_nearer)
    };
    Some(other.filter(nearer).copied().unwrap_or(*told))
}

/// The days of a yearly name in a year: none for 29 February in most years, two for some feasts in some years.
fn in_year(name: Yearly, year: i16, anchor: &Anchor<'_>) -> impl Iterator<Item = Period> {
    let feast = match name {
        Yearly::Feast(feast) => Some(anchor.feasts.occurrences(feast, year)),
        _ => None,
    };
    feast.into_iter().flatten().chain(of_calendar(name, year))
}

/// The cost for a passage of moving from one date to another, based on the days between them. A passage moves forward
/// rather than back; after a whole year, it moves within that year.
fn leap(from: &Period, to: &Period) -> i32 {
    let days = days(from.first, to.first);
    // "late 1812" continues in the next year.
    let whole_year = from.precision == Precision::Year && !from.is_part();
    match i32::from(to.first.year()) - i32::from(from.first.year()) {
        0 if days >= 0 || whole_year || !from.is_part() => days.abs() - 1,
        0 => days.abs() + BACK,
        1 if !whole_year => days.abs(),
        _ => i32::MAX,
    }
}

fn has_just_been(period: &Period, today: Date) -> bool {
    period.first <= today && distance(period, today) <= NEAR
}

fn holds(period: &Period, day: Date) -> bool {
    period.first <= day && day <= period.last
}

/// The distance of a period from a day, in days; 0 if it contains the day.
fn distance(period: &Period, day: Date) -> i32 {
    days(day, period.first).max(days(period.last, day)).max(0)
}

fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}
