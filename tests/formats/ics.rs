//! The calendar, parsed according to RFC 5545.

use super::{event, events, selection};
use daybook::{
    event::Event,
    formats::{Selection, ics},
};
use serde_json::json;

/// Returns the lines of a document, unfolded.
fn lines(selection: &Selection<'_>) -> Vec<String> {
    let document = ics(selection).unwrap();
    document.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

/// Returns the lines of the first event.
fn lines_of(event: Event) -> Vec<String> {
    let lines = lines(&selection(&[event]));
    let first = lines.iter().position(|line| line == "BEGIN:VEVENT").unwrap();
    lines[first..].to_vec()
}

/// Returns the value of a property; parameters are part of its name.
fn value<'l>(lines: &'l [String], property: &str) -> Option<&'l str> {
    lines.iter().find_map(|line| line.strip_prefix(property)?.strip_prefix(':'))
}

#[test]
fn a_calendar() {
    let events = events();
    let (gone, live) = events.split_first().unwrap();
    let selection = Selection { gone: std::slice::from_ref(gone), ..selection(live) };
    insta::assert_snapshot!(ics(&selection).unwrap().replace(env!("CARGO_PKG_VERSION"), "VERSION"));
}

#[test]
fn it_has_a_name_and_says_where_it_is_and_how_often_to_ask() {
    let lines = lines(&selection(&events()));
    assert_eq!(value(&lines, "NAME"), Some("Diplomatic events"));
    assert_eq!(value(&lines, "X-WR-CALNAME"), Some("Diplomatic events"));
    assert_eq!(value(&lines, "REFRESH-INTERVAL;VALUE=DURATION"), Some("PT1H"));
    assert_eq!(value(&lines, "X-PUBLISHED-TTL"), Some("PT1H"));
    assert_eq!(value(&lines, "SOURCE;VALUE=URI"), Some("https://daybook.example/v1/timeline?from=2023-01-01&q=a%20b"));
    assert_eq!(value(&lines, "LAST-MODIFIED"), Some("20230411T100000Z"));
    assert!(value(&lines, "PRODID").unwrap().starts_with("-//daybook//"));
    assert_eq!(value(&lines, "METHOD"), None);
    assert!(value(&lines, "X-WR-CALDESC").is_some());
}

#[test]
fn it_says_what_it_is_for() {
    let lines = lines(&Selection { description: Some("Talks; summits"), ..selection(&[]) });
    assert_eq!(value(&lines, "DESCRIPTION"), Some("Talks\\; summits"));
    assert_eq!(value(&lines, "X-WR-CALDESC"), Some("Talks\\; summits"));
}

#[test]
fn every_line_ends_with_crlf_and_keeps_to_75_octets() {
    let document = ics(&selection(&events())).unwrap();
    assert!(document.ends_with("END:VCALENDAR\r\n"));
    assert!(document.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
}

#[test]
fn times_of_change_and_sequence_come_of_the_revision() {
    let lines = lines_of(events()[3].clone());
    assert_eq!(value(&lines, "UID"), Some("01941f29-7c00-7a11-8a3e-000000000004@daybook"));
    assert_eq!(value(&lines, "SEQUENCE"), Some("3"));
    assert_eq!(value(&lines, "DTSTAMP"), Some("20230225T100000Z"));
    assert_eq!(value(&lines, "LAST-MODIFIED"), Some("20230225T100000Z"));
    assert_eq!(value(&lines, "CREATED"), Some("20221201T100000Z"));
    assert_eq!(ics(&selection(&events())).unwrap(), ics(&selection(&events())).unwrap());
}

#[test]
fn what_is_gone_is_cancelled() {
    let events = events();
    let lines = lines(&Selection { gone: &events[..1], ..selection(&[]) });
    assert_eq!(value(&lines, "UID"), Some("01941f29-7c00-7a11-8a3e-000000000001@daybook"));
    assert_eq!(value(&lines, "STATUS"), Some("CANCELLED"));
}

#[test]
fn days_end_exclusively_and_have_no_zone() {
    let lines = lines_of(events()[3].clone());
    assert_eq!(value(&lines, "DTSTART;VALUE=DATE"), Some("20230330"));
    assert_eq!(value(&lines, "DTEND;VALUE=DATE"), Some("20230403"));
}

#[test]
fn a_clock_time_is_an_instant_in_utc_without_a_made_up_end() {
    let lines = lines_of(events()[5].clone());
    assert_eq!(value(&lines, "DTSTART"), Some("20230410T143000Z"));
    assert!(!lines.iter().any(|line| line.starts_with("DTEND")));
}

#[test]
fn several_days_are_whole_days_whatever_hour_they_begin_at() {
    let lines = lines_of(event(5, &json!({"ends_on": "2023-04-12"})));
    assert_eq!(value(&lines, "DTSTART;VALUE=DATE"), Some("20230410"));
    assert_eq!(value(&lines, "DTEND;VALUE=DATE"), Some("20230413"));
}

#[test]
fn statuses_are_the_three_that_calendars_know() {
    let status = |status: &str, is_pending: bool| {
        let changed = json!({"status": status, "date_pending": is_pending});
        value(&lines_of(event(0, &changed)), "STATUS").unwrap().to_owned()
    };
    assert_eq!(status("tentative", false), "TENTATIVE");
    assert_eq!(status("confirmed", false), "CONFIRMED");
    assert_eq!(status("held", false), "CONFIRMED");
    assert_eq!(status("cancelled", false), "CANCELLED");
    assert_eq!(status("postponed", false), "CONFIRMED");
    assert_eq!(status("postponed", true), "CANCELLED");
}

#[test]
fn a_postponed_event_without_a_new_day_stays_at_the_old_one_and_says_so() {
    let lines = lines_of(events()[2].clone());
    assert_eq!(value(&lines, "DTSTART;VALUE=DATE"), Some("20230309"));
    assert_eq!(value(&lines, "SUMMARY"), Some("Chile–Peru call (postponed\\, no new date)"));
}

#[test]
fn a_coarse_date_says_so_in_the_summary() {
    let lines = lines_of(events()[1].clone());
    assert_eq!(value(&lines, "SUMMARY"), Some("ASEAN summit (in January 2023\\, day not set)"));
}

#[test]
fn nobody_is_busy() {
    let lines = lines(&selection(&events()));
    assert_eq!(lines.iter().filter(|line| *line == "TRANSP:TRANSPARENT").count(), events().len());
}

#[test]
fn kind_place_point_address_and_evidence_are_told() {
    let lines = lines_of(events()[0].clone());
    assert_eq!(value(&lines, "CATEGORIES"), Some("talks,confirmed"));
    assert_eq!(value(&lines, "LOCATION"), Some("Lugano\\, CH"));
    assert_eq!(value(&lines, "GEO"), Some("46.0101;8.96"));
    assert_eq!(value(&lines, "URL"), Some("https://daybook.example/events/01941f29-7c00-7a11-8a3e-000000000001"));
    let description = value(&lines, "DESCRIPTION").unwrap();
    for told in [
        "Status: confirmed",
        "Date: 7 March 2023",
        "Parties: Japan\\, Australia",
        "“Japan and Australia will hold talks in Lugano on 7 March.”",
        "Ticino Gazette\\, 14 February 2023",
        "https://gazette.example/lake?a=1&b=2",
    ] {
        assert!(description.contains(told), "{told} is not in {description}");
    }
}

#[test]
fn a_place_without_a_point_has_no_position() {
    let lines = lines_of(events()[4].clone());
    assert_eq!((value(&lines, "LOCATION"), value(&lines, "GEO")), (Some("Kenya"), None));
}
