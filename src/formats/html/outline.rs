//! The outline of a timeline: months, weeks and days as headings, and where today lies among them.

use super::{
    super::Language,
    entry::{Entry, entry},
};
use crate::event::{Event, Precision, When};
use jiff::{
    ToSpan, Unit,
    civil::{Date, Weekday},
};

/// A line of the outline.
pub(super) enum Row<'a> {
    /// What began before the first day that was asked for.
    Earlier(Vec<Entry<'a>>),
    Month(String),
    Week {
        heading: String,
        gap: Option<String>,
    },
    /// The line for today, with its date where nothing is scheduled on it.
    Today {
        label: &'static str,
        empty: Option<String>,
    },
    Day(Day<'a>),
}

/// Events under one date.
pub(super) struct Day<'a> {
    /// Machine-readable, for `time`.
    pub(super) datetime: String,
    /// What a screen reader says.
    pub(super) heading: String,
    /// What stands in the margin: "7" and "Tue", or "March" and "day open".
    pub(super) large: String,
    pub(super) small: String,
    pub(super) is_exact: bool,
    pub(super) is_today: bool,
    pub(super) entries: Vec<Entry<'a>>,
}

/// What decides how an outline is laid.
#[derive(Clone, Copy)]
pub(super) struct Settings {
    pub(super) today: Date,
    pub(super) from: Option<Date>,
    pub(super) as_of: Option<Date>,
    /// Whether today has a place in it.
    pub(super) with_today: bool,
    /// Whether more events come on another page.
    pub(super) has_more: bool,
    pub(super) language: Language,
}

/// The outline of events that are in the order of their days, or in any other.
pub(super) fn outline(events: &[Event], settings: Settings) -> Vec<Row<'_>> {
    let Settings { today, from, as_of, with_today, has_more, language } = settings;
    let began_earlier = |event: &&Event| with_today && from.is_some_and(|from| event.state.when.starts_on < from);
    let (earlier, rest): (Vec<&Event>, Vec<&Event>) = events.iter().partition(began_earlier);
    let mut rows = Vec::new();
    if !earlier.is_empty() {
        rows.push(Row::Earlier(earlier.into_iter().map(|event| entry(event, as_of, language)).collect()));
    }
    let (mut month, mut week) = (None, None);
    let mut today_is_due = with_today;
    for (date, in_week, day) in by_day(rest, as_of, today, language) {
        if today_is_due && date > today {
            rows.push(today_row(settings, false));
            today_is_due = false;
        }
        if month.replace(date.first_of_month()) != Some(date.first_of_month()) {
            rows.push(Row::Month(language.date("month-of-year", date)));
        }
        let monday = monday(date);
        if in_week && week != Some(monday) {
            let gap = week.and_then(|before| gap(before, monday, language));
            rows.push(Row::Week { heading: week_heading(monday, language), gap });
            week = Some(monday);
        }
        if today_is_due && day.is_today {
            rows.push(today_row(settings, true));
            today_is_due = false;
        }
        rows.push(Row::Day(day));
    }
    if today_is_due && !has_more {
        rows.push(today_row(settings, false));
    }
    rows
}

fn today_row(settings: Settings, has_events: bool) -> Row<'static> {
    let date = settings.language.date("date-of-year", settings.today);
    let label = if settings.as_of.is_some() { "that-day" } else { "today" };
    Row::Today { label, empty: (!has_events).then_some(date) }
}

/// Events with the same first day and the same precision of it. What has no day stands before the day with which it begins.
fn by_day(events: Vec<&Event>, as_of: Option<Date>, today: Date, language: Language) -> Vec<(Date, bool, Day<'_>)> {
    let mut days: Vec<(Date, bool, Day<'_>)> = Vec::new();
    for event in events {
        let when = &event.state.when;
        let (large, small) = margin(when, language);
        let known = days.iter_mut().rev().take_while(|(date, ..)| *date == when.starts_on);
        let same = known.into_iter().find(|(_, _, day)| (&day.large, &day.small) == (&large, &small));
        if let Some((_, _, day)) = same {
            day.entries.push(entry(event, as_of, language));
            continue;
        }
        let is_exact = when.precision == Precision::Day;
        let heading = if is_exact {
            language.date("date-full", when.starts_on)
        } else {
            language.with(
                "open-heading",
                [("period", (&*large).into()), ("year", when.starts_on.year().into()), ("note", (&*small).into())],
            )
        };
        let is_today = is_exact && when.starts_on == today;
        let datetime = when.starts_on.to_string();
        let entries = vec![entry(event, as_of, language)];
        let in_week = is_exact || when.precision == Precision::Week;
        let same_date = days.iter().rev().take_while(|(date, ..)| *date == when.starts_on);
        let after = if is_exact { 0 } else { same_date.filter(|(_, _, day)| day.is_exact).count() };
        let day = Day { datetime, heading, large, small, is_exact, is_today, entries };
        days.insert(days.len() - after, (when.starts_on, in_week, day));
    }
    days
}

/// What stands in the margin beside an event.
fn margin(when: &When, language: Language) -> (String, String) {
    let (first, last) = (when.starts_on, when.ends_on);
    let month = |date: Date| language.date("month-short", date);
    let span =
        |id: &str, first: String, last: String| language.with(id, [("first", first.into()), ("last", last.into())]);
    let large = match when.precision {
        Precision::Day => return (first.day().to_string(), language.date("weekday-short", first)),
        Precision::Week => {
            return (
                span("days-of-month", first.day().to_string(), last.day().to_string()),
                language.text("that-week"),
            );
        }
        Precision::Month if (first.year(), first.month()) == (last.year(), last.month()) => month(first),
        Precision::Year if first.year() == last.year() => first.year().to_string(),
        _ => span("months-across", month(first), month(last)),
    };
    (large, language.text("day-open"))
}

/// The Monday of a day's week.
pub fn monday(date: Date) -> Date {
    let after = i64::from(date.weekday().since(Weekday::Monday));
    date.saturating_sub(after.days())
}

fn week_heading(monday: Date, language: Language) -> String {
    let sunday = monday.saturating_add(6.days());
    let last = language.date("date-short", sunday);
    let days = if monday.month() == sunday.month() {
        language.with("days-of-month", [("first", language.date("day-number", monday).into()), ("last", last.into())])
    } else {
        language.with("days-across", [("first", language.date("date-short", monday).into()), ("last", last.into())])
    };
    language.with("week-heading", [("number", monday.iso_week_date().week().into()), ("days", days.into())])
}

/// How many weeks in between have no event.
fn gap(before: Date, monday: Date, language: Language) -> Option<String> {
    let weeks = before.until((Unit::Week, monday)).ok()?.get_weeks().abs() - 1;
    let weeks = usize::try_from(weeks).ok().filter(|weeks| *weeks > 0)?;
    Some(language.count("weeks-empty", weeks))
}
