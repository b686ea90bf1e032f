//! Which year a yearly name is of: "12 March", "the spring", "Easter".
//!
//! In a future context the next one on or after publication, in a past one the last on or before it, without a verb the
//! nearest. Where the verb is not beyond doubt, one that is near gives way to none that is far: "invited them to a
//! ceremony on 12 March" looks ahead. In a passage of history the year comes from the passage.

use super::calendar::Period;
use super::context::Anchor;
use super::in_year::of_calendar;
use super::meaning::{OfYear, Yearly};
use crate::event::Precision;
use crate::extract::tense::Tense;
use jiff::civil::Date;

/// What news is of without a year lies within so many days.
const NEAR: i32 = 80;
/// How much less likely it is that a passage goes back within a year than on into the next, in days.
const BACK: i32 = 200;
/// Beyond so many days ahead lies what was told of as about to begin, and has just begun.
const A_YEAR_AHEAD: i32 = 350;
/// So many days ago is just now.
const JUST_BEEN: i32 = 7;
/// What a noun is named after without a verb lies within so many days, else it is ahead.
const NAMED: i32 = 100;
/// For how long after a quarter its results are news, in days.
const RESULTS_FOLLOW: i32 = 60;

/// The period of a yearly name, and what it was counted from.
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

/// What a period was counted from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Counted<'a> {
    /// It was told in full.
    Nothing,
    /// The day of publication.
    Publication,
    /// A date spoken of before, or the passage.
    Spoken(&'a Period),
}

fn bare<'a>(
    name: Yearly,
    weekday: Option<i8>,
    anchor: &Anchor<'a>,
    candidates: &[Period],
) -> Option<(Period, Counted<'a>)> {
    let told = matches!(anchor.tense, Tense::Past | Tense::Unknown) || anchor.prospective;
    // News goes back to what has just happened without saying so.
    let news = || !anchor.history && candidates.iter().any(|period| has_just_been(period, anchor.published));
    if let Some(passage) = anchor.passage.filter(|_| told && !news()) {
        return Some((in_passage(name, passage, anchor)?, Counted::Spoken(passage)));
    }
    // "national elections next year, in France in May"
    if let Some(year) = anchor.year_ahead() {
        return Some((in_year(name, year.first.year(), anchor).next()?, Counted::Spoken(year)));
    }
    // Results of a quarter that has just ended are still ahead.
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

/// The days of a yearly name where a passage has come to a date.
fn in_passage(name: Yearly, passage: &Period, anchor: &Anchor<'_>) -> Option<Period> {
    let years = [0, 1, -1].into_iter().filter_map(|shift| passage.first.year().checked_add(shift));
    let periods = years.flat_map(|year| in_year(name, year, anchor));
    periods.min_by_key(|period| leap(passage, period))
}

/// The next, the last or the nearest of some periods in their order.
fn by_tense(periods: &[Period], anchor: &Anchor<'_>, recently: i32) -> Option<Period> {
    let today = anchor.published;
    let last = || periods.iter().rev().find(|period| period.first <= today);
    let next = || periods.iter().find(|period| days(today, period.last) >= -recently);
    let nearest = || periods.iter().min_by_key(|period| distance(period, today));
    let (told, other) = match anchor.tense {
        Tense::Past => (last()?, next()),
        Tense::Future => (next()?, last()),
        // Results are told of what has begun.
        Tense::Present | Tense::Unfulfilled | Tense::Unknown if recently > 0 => return last().copied(),
        // "a September assembly" is not of last year.
        Tense::Present | Tense::Unknown if !anchor.history => {
            let near = nearest().filter(|period| distance(period, today) <= NAMED);
            return near.or_else(next).copied();
        }
        Tense::Present | Tense::Unfulfilled | Tense::Unknown => return nearest().copied(),
    };
    let doubtful = !anchor.firm && told.precision <= Precision::Month;
    let nearer = |other: &&Period| {
        let (own, other) = (distance(told, today), distance(other, today));
        // What has just been is not told of as a year ahead, whatever the verb.
        let just_been = anchor.tense == Tense::Future && own > A_YEAR_AHEAD && other <= JUST_BEEN;
        let much_nearer = anchor.tense == Tense::Past && other * 20 < own * 11;
        just_been || doubtful && own > NEAR && (other <= NEAR || much_nearer)
    };
    Some(other.filter(nearer).copied().unwrap_or(*told))
}

/// The days of a yearly name in a year: none for 29 February in most, two for some feasts in few.
fn in_year(name: Yearly, year: i16, anchor: &Anchor<'_>) -> impl Iterator<Item = Period> {
    let feast = match name {
        Yearly::Feast(feast) => Some(anchor.feasts.occurrences(feast, year)),
        _ => None,
    };
    feast.into_iter().flatten().chain(of_calendar(name, year))
}

/// How unlikely it is that a passage goes on from one date to another, in days between them. It goes on rather than
/// back, and what follows a whole year lies in it.
fn leap(from: &Period, to: &Period) -> i32 {
    let days = days(from.first, to.first);
    // "late 1812" goes on in the next year.
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

/// How far a period lies from a day, in days; none where it holds it.
fn distance(period: &Period, day: Date) -> i32 {
    days(day, period.first).max(days(period.last, day)).max(0)
}

fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}
