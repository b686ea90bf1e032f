//! iCalendar (RFC 5545, RFC 7986), for subscriptions.

use super::{
    Coarse, Error, Selection,
    content_lines::ContentLines,
    description,
    language::Language,
    periods::{clock, day_after},
    words,
};
use crate::event::{Event, EventState, Kind, Precision, Status, When};
use jiff::{Timestamp, civil::Date};

/// The identifier of the generator.
const PRODID: &str = concat!("-//daybook//daybook ", env!("CARGO_PKG_VERSION"), "//EN");

/// The description of a calendar without one of its own.
const DESCRIPTION: &str = "Scheduled diplomatic events, read from the news. Each names its sources.";

/// The interval at which calendar programs refresh a subscription.
const REFRESH_INTERVAL: &str = "PT1H";

/// Returns the events as a calendar. Removed events stay in it as cancelled, since a subscriber
/// would not notice their absence. The document does not depend on the time of the request, so that
/// an unchanged selection is identical byte for byte.
///
/// # Errors
/// Never; other formats can fail.
pub fn ics(selection: &Selection<'_>) -> Result<String, Error> {
    let mut lines = ContentLines::default();
    lines.line("BEGIN", "VCALENDAR");
    lines.line("VERSION", "2.0");
    lines.text("PRODID", PRODID);
    lines.line("CALSCALE", "GREGORIAN");
    lines.text("NAME", selection.title);
    lines.text("X-WR-CALNAME", selection.title);
    let description = selection.description.unwrap_or(DESCRIPTION);
    lines.text("DESCRIPTION", description);
    lines.text("X-WR-CALDESC", description);
    lines.line("SOURCE;VALUE=URI", selection.own);
    lines.line("REFRESH-INTERVAL;VALUE=DURATION", REFRESH_INTERVAL);
    lines.line("X-PUBLISHED-TTL", REFRESH_INTERVAL);
    if let Some(updated_at) = selection.updated_at {
        lines.line("LAST-MODIFIED", &instant(updated_at));
    }
    if let Some((on, text)) = selection.note {
        note(&mut lines, selection, on, text);
    }
    let is_shown = |event: &&Event| selection.coarse != Coarse::Omit || !is_coarse(&event.state.when);
    for live in selection.events.iter().filter(is_shown) {
        event(&mut lines, selection, live, status(&live.state));
    }
    for gone in selection.gone {
        event(&mut lines, selection, gone, "CANCELLED");
    }
    lines.line("END", "VCALENDAR");
    Ok(lines.into_string())
}

fn event(lines: &mut ContentLines, selection: &Selection<'_>, event: &Event, status: &str) {
    let state = &event.state;
    let updated_at = event.updated_at;
    lines.line("BEGIN", "VEVENT");
    lines.text("UID", &format!("{}@daybook", event.id));
    lines.line("DTSTAMP", &instant(updated_at));
    lines.line("CREATED", &instant(event.created_at));
    lines.line("LAST-MODIFIED", &instant(updated_at));
    // Sequence numbers start at 0, revisions at 1.
    lines.line("SEQUENCE", &event.revision.saturating_sub(1).to_string());
    span(lines, &state.when, selection.coarse);
    lines.text("SUMMARY", &words::dated_headline(state, Language::English));
    lines.line("STATUS", status);
    // The events do not make the subscriber busy.
    lines.line("TRANSP", "TRANSPARENT");
    // STATUS has no values for postponed and held events.
    lines.texts("CATEGORIES", &[state.kind.into(), state.status.into()]);
    lines.line("COLOR", color(state.kind));
    if let Some(place) = &state.place {
        lines.text("LOCATION", &words::place(place));
        if let (Some(latitude), Some(longitude)) = (place.latitude, place.longitude) {
            lines.line("GEO", &format!("{latitude};{longitude}"));
        }
    }
    lines.line("URL", &selection.address_of(event));
    lines.text("DESCRIPTION", &description::plain(selection, event));
    lines.line("END", "VEVENT");
}

/// An event that states something about the calendar itself.
fn note(lines: &mut ContentLines, selection: &Selection<'_>, on: Date, text: &str) {
    let changed = instant(selection.updated_at.unwrap_or_default());
    lines.line("BEGIN", "VEVENT");
    lines.text("UID", "note@daybook");
    lines.line("DTSTAMP", &changed);
    lines.line("DTSTART;VALUE=DATE", &day(on));
    lines.line("DTEND;VALUE=DATE", &day(day_after(on)));
    lines.text("SUMMARY", text);
    lines.line("TRANSP", "TRANSPARENT");
    lines.line("END", "VEVENT");
}

/// Writes the start and the end. An event with a start time has no end: calendars show it at its
/// hour, and its duration is unknown. Other events take whole days; a coarse date takes the first
/// day of its period, or the whole according to `coarse`.
fn span(lines: &mut ContentLines, when: &When, coarse: Coarse) {
    if let Some(starts_at) = clock(when) {
        lines.line("DTSTART", &instant(starts_at));
    } else {
        let is_one_day = is_coarse(when) && coarse == Coarse::FirstDay;
        let last = if is_one_day { when.starts_on } else { when.ends_on };
        lines.line("DTSTART;VALUE=DATE", &day(when.starts_on));
        lines.line("DTEND;VALUE=DATE", &day(day_after(last)));
    }
}

/// Returns whether a date is known only to the month or longer.
fn is_coarse(when: &When) -> bool {
    when.precision >= Precision::Month
}

/// Returns the color of a kind, by its name in CSS (RFC 7986).
const fn color(kind: Kind) -> &'static str {
    match kind {
        Kind::Talks => "steelblue",
        Kind::Meeting => "cornflowerblue",
        Kind::Summit => "mediumblue",
        Kind::Conference => "slateblue",
        Kind::Visit => "seagreen",
        Kind::Call => "darkturquoise",
        Kind::Signing => "goldenrod",
        Kind::Vote => "darkorange",
        Kind::Hearing => "sienna",
        Kind::Address => "orchid",
        Kind::Ceremony => "mediumpurple",
        Kind::Deadline => "crimson",
        Kind::Exercise => "olivedrab",
    }
}

fn status(state: &EventState) -> &'static str {
    match state.status {
        Status::Tentative => "TENTATIVE",
        Status::Cancelled => "CANCELLED",
        _ if state.date_pending => "CANCELLED",
        Status::Confirmed | Status::Postponed | Status::Held => "CONFIRMED",
    }
}

fn instant(instant: Timestamp) -> String {
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn day(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}
