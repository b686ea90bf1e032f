//! A week on one sheet of paper.

use super::{
    super::{Error, Locale, locale::filters, words},
    Asked,
    entry::{Entry, entry},
};
use crate::event::{Event, Precision};
use askama::Template;
use jiff::{ToSpan, civil::Date};

/// What the page of a week shows.
#[derive(Clone, Debug)]
pub struct WeekPage<'a> {
    /// The first day of the week.
    pub monday: Date,
    /// Today.
    pub today: Date,
    /// The day as of which it is shown, where that is not today.
    pub as_of: Option<Date>,
    /// The filters that were asked for.
    pub asked: &'a Asked,
    /// The events of the week, with those that began before it and last into it.
    pub events: &'a [Event],
    /// Whether there are more than the page shows.
    pub has_more: bool,
}

#[derive(Template)]
#[template(path = "week.html")]
struct Page<'a> {
    title: String,
    heading: String,
    number: i8,
    /// The days, each with its events.
    days: Vec<Day<'a>>,
    /// What has no day, or began before the week.
    others: Vec<Entry<'a>>,
    before: Option<String>,
    after: Option<String>,
    timeline: String,
    as_of: Option<String>,
    latest: String,
    has_more: bool,
}

struct Day<'a> {
    datetime: String,
    weekday: String,
    day: String,
    is_today: bool,
    entries: Vec<Entry<'a>>,
    /// What began on an earlier day of the week and goes on.
    going_on: Vec<Entry<'a>>,
}

/// The page of a week.
///
/// # Errors
/// Where the template cannot be written.
pub fn week(page: &WeekPage<'_>, locale: &Locale) -> Result<String, Error> {
    let language = locale.language;
    let WeekPage { monday, today, as_of, asked, events, has_more } = *page;
    let sunday = monday.saturating_add(6.days());
    let is_of =
        |event: &Event, day: Date| event.state.when.precision == Precision::Day && event.state.when.starts_on == day;
    let goes_on = |event: &Event, day: Date| {
        let when = &event.state.when;
        let lasts = monday <= when.starts_on && when.starts_on < day && day <= when.ends_on;
        when.precision == Precision::Day && lasts && !event.state.is_off()
    };
    let listed = |fits: &dyn Fn(&Event, Date) -> bool, date: Date| {
        events.iter().filter(|event| fits(event, date)).map(|event| entry(event, as_of, language)).collect::<Vec<_>>()
    };
    let days: Vec<Day<'_>> = (0..7)
        .map(|after| {
            let date = monday.saturating_add(after.days());
            Day {
                datetime: date.to_string(),
                weekday: language.date("weekday-name", date),
                day: language.date("date-plain", date),
                is_today: date == today,
                entries: listed(&is_of, date),
                going_on: listed(&goes_on, date),
            }
        })
        .collect();
    let in_week = |event: &&Event| event.state.when.precision == Precision::Day && event.state.when.starts_on >= monday;
    let url = |monday: Result<Date, jiff::Error>| Some(asked.clone().with("date", &monday.ok()?).url("/week"));
    let number = monday.iso_week_date().week();
    let heading = words::days(monday, sunday, language);
    let page = Page {
        title: language.with("week-title", [("number", number.into()), ("days", (&*heading).into())]),
        heading,
        number,
        days,
        others: events.iter().filter(|event| !in_week(event)).map(|event| entry(event, as_of, language)).collect(),
        before: url(monday.checked_sub(7.days())),
        after: url(monday.checked_add(7.days())),
        timeline: asked.clone().with("from", &monday).with("to", &sunday).url("/"),
        as_of: as_of.map(|day| words::day(day, language)),
        latest: asked.without(&["as_of"]).with("date", &monday).url("/week"),
        has_more,
    };
    Ok(page.render_with_values(locale)?)
}
