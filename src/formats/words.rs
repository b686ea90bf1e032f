//! Dates, places, participants and other values in words; the same in all documents.

use super::periods::clock;
use crate::event::{Confidence, EventState, Format, Participant, Place, Precision, PreviousDate, Status, When};
use jiff::civil::Date;

/// Returns the date: "7 March 2023", "in January 2023, day not set"; of an event postponed without
/// a new date, the previous one.
pub fn when(state: &EventState) -> String {
    let when = &state.when;
    let (first, last) = (when.starts_on, when.ends_on);
    let words = match (when.precision, clock(when)) {
        (Precision::Day, Some(starts_at)) => starts_at.strftime("%-d %B %Y, %H:%M UTC").to_string(),
        (Precision::Day, None) => match state.details.local_time.filter(|_| first == last) {
            Some(time) => format!("{}, {} local time", day(first), time.strftime("%H:%M")),
            None => days(first, last),
        },
        _ => {
            let period = period(when).unwrap_or_else(|| format!("between {} and {}", day(first), day(last)));
            format!("{period}, day not set")
        }
    };
    if state.date_pending { format!("formerly {words}") } else { words }
}

/// Returns a probability in per cent: "87 %".
pub fn percent(confidence: Confidence) -> String {
    format!("{:.0} %", confidence.value() * 100.0)
}

/// Returns a previous date; a whole month or year by its name.
pub fn previous(date: &PreviousDate) -> String {
    match date.edtf.len() {
        4 => date.edtf.clone(),
        7 if date.starts_on.to_string().starts_with(&date.edtf) => date.starts_on.strftime("%B %Y").to_string(),
        _ => days(date.starts_on, date.ends_on),
    }
}

/// Returns the name of the period of a coarse date, if it has one.
fn period(when: &When) -> Option<String> {
    let (first, last) = (when.starts_on, when.ends_on);
    let (year, month) = (first.year(), first.month());
    let months = i32::from(last.year() - year) * 12 + i32::from(last.month() - month) + 1;
    let is_whole = first.day() == 1 && last == last.last_of_month();
    let is_one_month = months == 1;
    Some(match when.precision {
        Precision::Week => format!("in the week of {}", day(first)),
        Precision::Month if is_one_month && is_whole => first.strftime("in %B %Y").to_string(),
        Precision::Month if is_one_month => {
            let part = match (first.day(), last.day()) {
                (1, 10) => "early",
                (11, 20) => "mid",
                (21, _) if last == last.last_of_month() => "late",
                _ => return None,
            };
            format!("in {part} {}", first.strftime("%B %Y"))
        }
        Precision::Quarter if months == 3 && is_whole => {
            let quarter = match month {
                1 => "first",
                4 => "second",
                7 => "third",
                10 => "fourth",
                _ => return None,
            };
            format!("in the {quarter} quarter of {year}")
        }
        Precision::Season if months == 3 && is_whole => match month {
            3 => format!("in spring {year}"),
            6 => format!("in summer {year}"),
            9 => format!("in autumn {year}"),
            12 => format!("in winter {year}/{}", last.year()),
            _ => return None,
        },
        Precision::Year if is_whole => match (month, months) {
            (1, 12) => format!("in {year}"),
            (1, 4) => format!("in early {year}"),
            (5, 4) => format!("in mid {year}"),
            (9, 4) => format!("in late {year}"),
            _ => return None,
        },
        _ => return None,
    })
}

/// Returns a date: "7 March 2023".
pub fn day(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// Returns a range of dates, abbreviated: "7–9 March 2023".
fn days(first: Date, last: Date) -> String {
    let from = match (first.year() == last.year(), first.month() == last.month()) {
        _ if first == last => return day(last),
        (true, true) => return format!("{}–{}", first.day(), day(last)),
        (true, false) => first.strftime("%-d %B").to_string(),
        (false, _) => day(first),
    };
    format!("{from} – {}", day(last))
}

/// Returns a place: "Lugano, CH"; of a country, its name only.
pub fn place(place: &Place) -> String {
    match &place.country {
        Some(country) if !place.is_country() => format!("{}, {country}", place.name),
        _ => place.name.clone(),
    }
}

/// Returns the participants; a person with the represented code: "Japan, Wang Yi (CN)".
pub fn parties(state: &EventState) -> String {
    joined(state.participants.iter().map(party), ", ")
}

/// Returns a participant; a person with the represented code: "Wang Yi (CN)".
pub fn party(participant: &Participant) -> String {
    match &participant.represents {
        Some(code) => format!("{} ({code})", participant.name),
        None => participant.name.clone(),
    }
}

/// Returns the status: "confirmed", "postponed, no new date".
pub fn standing(state: &EventState) -> String {
    match state.status {
        _ if state.date_pending => "postponed, no new date".to_owned(),
        Status::Postponed => "rescheduled".to_owned(),
        status => status.to_string(),
    }
}

/// Returns the format: "in person".
pub fn format(format: Format) -> String {
    format.to_string().replace('_', " ")
}

/// Returns the title, with a cancellation or the previous date in brackets: "Visit to Kenya
/// (cancelled)", "Call (was 12 January 2023)".
pub fn headline(state: &EventState) -> String {
    with_notes(&state.title, off(state))
}

/// Returns the headline with a coarse date in brackets, for programs that show only the first day:
/// "ASEAN summit (in January 2023, day not set)".
pub fn dated_headline(state: &EventState) -> String {
    let coarse = (state.when.precision != Precision::Day).then(|| when(state));
    with_notes(&state.title, coarse.into_iter().chain(off(state)))
}

fn off(state: &EventState) -> Option<String> {
    match state.previous_dates.last() {
        _ if state.is_off() => Some(standing(state)),
        Some(date) if state.status == Status::Postponed => Some(format!("was {}", previous(date))),
        _ => (state.status == Status::Postponed).then(|| standing(state)),
    }
}

fn with_notes(title: &str, notes: impl IntoIterator<Item = String>) -> String {
    let notes = joined(notes, "; ");
    if notes.is_empty() { title.to_owned() } else { format!("{title} ({notes})") }
}

/// Removes the characters that XML and iCalendar cannot represent: control characters other than
/// tab and line feed, and two noncharacters. Line endings become line feeds.
pub fn printable(text: &str) -> String {
    let mut text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.retain(|c| matches!(c, '\t' | '\n') || !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    text
}

/// Joins strings with a separator.
pub fn joined<T: AsRef<str>>(items: impl IntoIterator<Item = T>, between: &str) -> String {
    items.into_iter().fold(String::new(), |mut whole, item| {
        if !whole.is_empty() {
            whole.push_str(between);
        }
        whole.push_str(item.as_ref());
        whole
    })
}
