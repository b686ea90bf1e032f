//! Events along a horizontal axis of days: each a bar in the first row that has room for it.

use super::super::{Language, words};
use super::entry::address;
use crate::event::{Event, Precision, Status};
use jiff::{ToSpan, Unit, civil::Date};

/// How many events are drawn; more could not be told apart.
const MOST: usize = 300;
/// The widest that a day is drawn, and the widest that all of them are.
const DAY: f64 = 34.0;
const WIDEST: f64 = 5000.0;
const NARROWEST: f64 = 760.0;
/// The height of a row, and of the axis above them.
const ROW: f64 = 30.0;
const HEAD: f64 = 46.0;
/// About how wide a letter is, with the room that a bar keeps before and after its words.
const LETTER: f64 = 7.1;
const ROOM: f64 = 24.0;
/// The longest title that is written out.
const LETTERS: usize = 44;

/// A drawing of events, in units of its own.
pub(super) struct Axis {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) ticks: Vec<Tick>,
    pub(super) bars: Vec<Bar>,
    pub(super) today: Option<f64>,
    /// How many events are not drawn.
    pub(super) left_out: usize,
}

/// A line where a month or a week begins.
pub(super) struct Tick {
    pub(super) x: f64,
    pub(super) label: String,
    pub(super) is_month: bool,
}

/// An event.
pub(super) struct Bar {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    /// Where its title begins: within it, or behind it where it is too short for that.
    pub(super) title_at: f64,
    pub(super) title: String,
    /// All of it in words.
    pub(super) about: String,
    pub(super) href: String,
    pub(super) status: Status,
    pub(super) is_off: bool,
    pub(super) is_exact: bool,
}

/// The drawing of events, which are in the order of their days.
pub(super) fn axis(
    events: &[Event],
    (from, to): (Option<Date>, Option<Date>),
    today: Date,
    as_of: Option<Date>,
    language: Language,
) -> Axis {
    let drawn = &events[..events.len().min(MOST)];
    let starts = drawn.iter().map(|event| event.state.when.starts_on);
    let first = from.or(starts.min()).unwrap_or(today).min(today.max(from.unwrap_or(today)));
    // A year that is open to its end would leave the days before it no room.
    let end = |event: &Event| match event.state.when.precision {
        Precision::Day | Precision::Week | Precision::Month => event.state.when.ends_on,
        _ => event.state.when.starts_on.saturating_add(31.days()).min(event.state.when.ends_on),
    };
    let last = drawn.iter().map(end).max().unwrap_or(first).max(first.saturating_add(14.days()));
    let last = to.map_or(last, |to| last.min(to)).max(first);
    let days = f64::from(count(first, last)) + 1.0;
    let day = (WIDEST / days).min(DAY).max(NARROWEST / days);
    let x = |date: Date| f64::from(count(first, date)) * day;
    let today_at = (first <= today && today <= last).then(|| x(today) + day / 2.0);
    // A number beside the line for today would be written over its word.
    let is_free = |at: f64| today_at.is_none_or(|today| at < today - LETTER * 3.0 || at > today + LETTER * 7.0);
    let mut ends: Vec<f64> = Vec::new();
    let mut widest = days * day;
    let bars: Vec<Bar> = drawn
        .iter()
        .map(|event| {
            let when = &event.state.when;
            let (start, end) = (when.starts_on.clamp(first, last), when.ends_on.clamp(first, last));
            let title = shortened(&event.state.title);
            #[expect(clippy::cast_precision_loss, reason = "titles are short")]
            let written = title.chars().count() as f64 * LETTER + ROOM;
            let (left, width) = (x(start), ((x(end) - x(start)) + day).max(7.0));
            let is_inside = width >= written;
            let title_at = if is_inside { left + 8.0 } else { left + width + 6.0 };
            let taken = left + if is_inside { width + 4.0 } else { width + written };
            widest = widest.max(taken);
            let row = ends.iter().position(|end| *end <= left).unwrap_or_else(|| {
                ends.push(0.0);
                ends.len() - 1
            });
            ends[row] = taken;
            #[expect(clippy::cast_precision_loss, reason = "rows are few")]
            let y = HEAD + row as f64 * ROW;
            let about = language.with(
                "event-bar",
                [
                    ("title", (&*event.state.title).into()),
                    ("when", words::when(&event.state, language).into()),
                    ("status", words::standing(&event.state, language).into()),
                ],
            );
            Bar {
                x: left,
                y,
                width,
                title_at,
                title,
                about,
                href: address(&event.id.to_string(), as_of),
                status: event.state.status,
                is_off: event.state.is_off(),
                is_exact: when.precision == Precision::Day,
            }
        })
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "rows are few")]
    let height = HEAD + ends.len().max(3) as f64 * ROW + 8.0;
    Axis {
        width: widest.ceil(),
        height,
        ticks: ticks(first, last, day, language)
            .into_iter()
            .map(|(date, label, is_month)| Tick { x: x(date), label, is_month })
            .filter(|tick| tick.is_month || is_free(tick.x))
            .collect(),
        bars,
        today: today_at,
        left_out: events.len() - drawn.len(),
    }
}

/// The days between two, which may lie in any order.
fn count(from: Date, to: Date) -> i32 {
    from.until((Unit::Day, to)).map_or(0, |span| span.get_days())
}

/// Where months begin, and weeks or years where there is room for them.
fn ticks(first: Date, last: Date, day: f64, language: Language) -> Vec<(Date, String, bool)> {
    // The first day is named where the next month leaves room for it.
    let next = first.last_of_month().saturating_add(1.day());
    let mut ticks = vec![];
    if next > last || f64::from(count(first, next)) * day > 100.0 {
        ticks.push((first, language.date("date-short-year", first), true));
    }
    let months = std::iter::successors(Some(first.first_of_month()), |month| Some(month.saturating_add(1.month())));
    let mut months = months.take_while(|month| *month <= last).filter(|month| *month > first);
    let is_wide = day * 30.0 > 60.0;
    ticks.extend(months.by_ref().filter(|month| is_wide || month.month() == 1).map(|month| {
        (month, if is_wide { language.date("month-of-year", month) } else { month.year().to_string() }, true)
    }));
    if day >= 9.0 {
        let monday = super::outline::monday(first);
        let weeks = std::iter::successors(Some(monday), |monday| Some(monday.saturating_add(7.days())));
        let weeks = weeks.take_while(|monday| *monday <= last).filter(|monday| *monday >= first);
        ticks.extend(weeks.map(|monday| (monday, monday.day().to_string(), false)));
    }
    ticks
}

fn shortened(title: &str) -> String {
    if title.chars().count() <= LETTERS {
        return title.to_owned();
    }
    let begins: String = title.chars().take(LETTERS - 1).collect();
    format!("{}…", begins.trim_end())
}
