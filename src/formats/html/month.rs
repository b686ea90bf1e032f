//! The grid of a month: weeks as rows, days as cells.

use super::{
    super::Language,
    Asked,
    entry::{Entry, entry},
    outline::monday,
};
use crate::event::{Event, Precision};
use jiff::{ToSpan, civil::Date};

/// How many events a cell shows; a link leads to the others.
const MOST: usize = 5;

/// A month and its events.
pub(super) struct Month<'a> {
    pub(super) heading: String,
    /// The days of a week, short.
    pub(super) weekdays: Vec<String>,
    pub(super) before: String,
    pub(super) after: String,
    /// What has no day of its own.
    pub(super) open: Vec<Entry<'a>>,
    pub(super) weeks: Vec<Week<'a>>,
}

/// A row.
pub(super) struct Week<'a> {
    pub(super) number: i8,
    pub(super) days: Vec<Cell<'a>>,
}

/// A day.
pub(super) struct Cell<'a> {
    pub(super) datetime: String,
    /// What a screen reader says, and a phone shows.
    pub(super) heading: String,
    pub(super) number: i8,
    pub(super) is_today: bool,
    /// Whether it is a day of another month.
    pub(super) is_outside: bool,
    /// The events, each with whether it began on an earlier day of the row.
    pub(super) entries: Vec<(Entry<'a>, bool)>,
    /// How many events more there are, and where.
    pub(super) more: Option<(usize, String)>,
}

/// The grid of the month that begins on `first`.
pub(super) fn month<'a>(
    events: &'a [Event],
    first: Date,
    today: Date,
    as_of: Option<Date>,
    asked: &Asked,
    language: Language,
) -> Month<'a> {
    let others = asked.without(&["month", "range", "from", "to", "sort", "cursor"]);
    let url = |day: Date| others.clone().with("month", &day.strftime("%Y-%m")).url("/");
    let of_day = others.without(&["view"]);
    let cell = |day: Date| {
        let is_on = |event: &&Event| {
            let when = &event.state.when;
            when.precision == Precision::Day && when.starts_on <= day && day <= when.ends_on
        };
        let goes_on = |event: &Event| event.state.when.starts_on < day && monday(day) != day;
        let on = events.iter().filter(is_on);
        let more = on.clone().count().saturating_sub(MOST);
        Cell {
            datetime: day.to_string(),
            heading: language.date("date-of-year", day),
            number: day.day(),
            is_today: day == today,
            is_outside: day.first_of_month() != first,
            entries: on.take(MOST).map(|event| (entry(event, as_of, language), goes_on(event))).collect(),
            more: (more > 0).then(|| (more, of_day.clone().with("from", &day).with("to", &day).url("/"))),
        }
    };
    let mondays = std::iter::successors(Some(monday(first)), |monday| Some(monday.saturating_add(7.days())));
    let weeks = mondays.take_while(|monday| *monday <= first.last_of_month()).map(|monday| Week {
        number: monday.iso_week_date().week(),
        days: (0..7).map(|after| cell(monday.saturating_add(after.days()))).collect(),
    });
    Month {
        heading: language.date("month-of-year", first),
        weekdays: (0..7)
            .map(|after| language.date("weekday-short", monday(first).saturating_add(after.days())))
            .collect(),
        before: url(first.saturating_sub(1.month())),
        after: url(first.saturating_add(1.month())),
        open: events
            .iter()
            .filter(|event| event.state.when.precision != Precision::Day)
            .map(|event| entry(event, as_of, language))
            .collect(),
        weeks: weeks.collect(),
    }
}
