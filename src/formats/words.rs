//! Dates, places, participants and other values in words; the same in all documents.

use super::{language::Language, periods::clock};
use crate::event::{Confidence, EventState, Format, Participant, Place, Precision, PreviousDate, Status, When};
use jiff::civil::Date;

/// Returns the date: "7 March 2023", "in January 2023, day not set"; of an event postponed without
/// a new date, the previous one.
pub fn when(state: &EventState, language: Language) -> String {
    let when = &state.when;
    let (first, last) = (when.starts_on, when.ends_on);
    let at = |id: &str, time: String| language.with(id, [("date", day(first, language).into()), ("time", time.into())]);
    let words = match (when.precision, clock(when)) {
        (Precision::Day, Some(starts_at)) => at("at-time", starts_at.strftime("%H:%M").to_string()),
        (Precision::Day, None) => match state.details.local_time.filter(|_| first == last) {
            Some(time) => at("at-local-time", time.strftime("%H:%M").to_string()),
            None => days(first, last, language),
        },
        _ => {
            let between = || {
                language.with(
                    "period-between",
                    [("first", day(first, language).into()), ("last", day(last, language).into())],
                )
            };
            let period = period(when, language).unwrap_or_else(between);
            language.with("day-not-set", [("period", period.into())])
        }
    };
    if state.date_pending { language.with("formerly", [("date", words.into())]) } else { words }
}

/// Returns a probability in per cent: "87 %".
pub fn percent(confidence: Confidence, language: Language) -> String {
    language.with("percent", [("number", format!("{:.0}", confidence.value() * 100.0).into())])
}

/// Returns the previous dates, the oldest first: "was 12 January 2023, then 14 January 2023".
pub fn was(state: &EventState, language: Language) -> Option<String> {
    let days = state.previous_dates.iter().map(|date| previous(date, language));
    let days =
        days.reduce(|first, next| language.with("was-then", [("first", first.into()), ("next", next.into())]))?;
    Some(language.with("was", [("dates", days.into())]))
}

/// Returns a previous date; a whole month or year by its name.
pub fn previous(date: &PreviousDate, language: Language) -> String {
    match date.edtf.len() {
        4 => date.edtf.clone(),
        7 if date.starts_on.to_string().starts_with(&date.edtf) => language.date("month-of-year", date.starts_on),
        _ => days(date.starts_on, date.ends_on, language),
    }
}

/// Returns the name of the period of a coarse date, if it has one.
fn period(when: &When, language: Language) -> Option<String> {
    let (first, last) = (when.starts_on, when.ends_on);
    let (year, month) = (first.year(), first.month());
    let months = i32::from(last.year() - year) * 12 + i32::from(last.month() - month) + 1;
    let is_whole = first.day() == 1 && last == last.last_of_month();
    let is_one_month = months == 1;
    let of_year = |id: &str, name: &'static str, value: &'static str, year: String| {
        language.with(id, [(name, value.into()), ("year", year.into())])
    };
    Some(match when.precision {
        Precision::Week => language.with("period-week", [("date", day(first, language).into())]),
        Precision::Month if is_one_month && is_whole => language.date("period-month", first),
        Precision::Month if is_one_month => {
            let part = match (first.day(), last.day()) {
                (1, 10) => "early",
                (11, 20) => "mid",
                (21, _) if last == last.last_of_month() => "late",
                _ => return None,
            };
            let values = [("part", part.into()), ("month", month.into()), ("year", year.into())];
            language.with("period-month-part", values)
        }
        Precision::Quarter if months == 3 && is_whole && month % 3 == 1 => {
            language.with("period-quarter", [("quarter", (month / 3 + 1).into()), ("year", year.into())])
        }
        Precision::Season if months == 3 && is_whole => match month {
            3 => of_year("period-season", "season", "spring", year.to_string()),
            6 => of_year("period-season", "season", "summer", year.to_string()),
            9 => of_year("period-season", "season", "autumn", year.to_string()),
            12 => of_year("period-season", "season", "winter", format!("{year}/{}", last.year())),
            _ => return None,
        },
        Precision::Year if is_whole => match (month, months) {
            (1, 12) => language.with("period-year", [("year", year.into())]),
            (1, 4) => of_year("period-year-part", "part", "early", year.to_string()),
            (5, 4) => of_year("period-year-part", "part", "mid", year.to_string()),
            (9, 4) => of_year("period-year-part", "part", "late", year.to_string()),
            _ => return None,
        },
        _ => return None,
    })
}

/// Returns a date: "7 March 2023".
pub fn day(day: Date, language: Language) -> String {
    language.date("date", day)
}

/// Returns a range of dates, abbreviated: "7–9 March 2023".
pub fn days(first: Date, last: Date, language: Language) -> String {
    let (id, from) = match (first.year() == last.year(), first.month() == last.month()) {
        _ if first == last => return day(last, language),
        (true, true) => ("days-of-month", language.date("day-number", first)),
        (true, false) => ("days-across", language.date("date-plain", first)),
        (false, _) => ("days-across", day(first, language)),
    };
    language.with(id, [("first", from.into()), ("last", day(last, language).into())])
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
pub fn standing(state: &EventState, language: Language) -> String {
    match state.status {
        _ if state.date_pending => language.text("status-pending"),
        Status::Postponed => language.text("status-rescheduled"),
        status => language.name("status", status),
    }
}

/// Returns how the participants meet: "in person".
pub fn format(format: Format, language: Language) -> String {
    language.name("format", format)
}

/// Returns kind, status and dates in one line: "talks, confirmed: 7 March 2023".
pub fn summary(state: &EventState, language: Language) -> String {
    let kind = language.name("kind", state.kind);
    let (status, when) = (standing(state, language), when(state, language));
    language.with("event-summary", [("kind", kind.into()), ("status", status.into()), ("when", when.into())])
}

/// Its title, and in brackets that it is off, or when it was to be: "Visit to Kenya (cancelled)", "Call (was 12 January
/// 2023)".
pub fn headline(state: &EventState, language: Language) -> String {
    with_notes(&state.title, off(state, language))
}

/// The same with a coarse date, for programs that would show the first day of it as the day: "ASEAN summit (in January 2023,
/// day not set)".
pub fn dated_headline(state: &EventState, language: Language) -> String {
    let coarse = (state.when.precision != Precision::Day).then(|| when(state, language));
    with_notes(&state.title, coarse.into_iter().chain(off(state, language)))
}

fn off(state: &EventState, language: Language) -> Option<String> {
    match state.previous_dates.last() {
        _ if state.is_off() => Some(standing(state, language)),
        Some(date) if state.status == Status::Postponed => Some(was_on(date, language)),
        _ => (state.status == Status::Postponed).then(|| standing(state, language)),
    }
}

/// Returns the latest previous date: "was 12 January 2023".
pub fn was_on(date: &PreviousDate, language: Language) -> String {
    language.with("was", [("dates", previous(date, language).into())])
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
