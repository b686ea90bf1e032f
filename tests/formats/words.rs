//! Dates in words.

use super::{event, json};
use daybook::formats::geojson;
use serde_json::json;

fn when(starts_on: &str, ends_on: &str, precision: &str) -> String {
    let event = event(0, &json!({"starts_on": starts_on, "ends_on": ends_on, "precision": precision}));
    json(geojson, &[event])["features"][0]["properties"]["when"].as_str().unwrap().to_owned()
}

#[test]
fn days() {
    assert_eq!(when("2023-03-07", "2023-03-07", "day"), "7 March 2023");
    assert_eq!(when("2023-03-07", "2023-03-09", "day"), "7–9 March 2023");
    assert_eq!(when("2023-03-30", "2023-04-02", "day"), "30 March – 2 April 2023");
    assert_eq!(when("2023-12-30", "2024-01-02", "day"), "30 December 2023 – 2 January 2024");
}

#[test]
fn periods() {
    for (starts_on, ends_on, precision, words) in [
        ("2023-03-06", "2023-03-12", "week", "in the week of 6 March 2023"),
        ("2023-02-01", "2023-02-28", "month", "in February 2023"),
        ("2023-02-01", "2023-02-10", "month", "in early February 2023"),
        ("2023-02-11", "2023-02-20", "month", "in mid February 2023"),
        ("2023-02-21", "2023-02-28", "month", "in late February 2023"),
        ("2023-02-05", "2023-02-15", "month", "between 5 February 2023 and 15 February 2023"),
        ("2023-02-01", "2023-03-31", "month", "between 1 February 2023 and 31 March 2023"),
        ("2023-04-01", "2023-06-30", "quarter", "in the second quarter of 2023"),
        ("2023-06-01", "2023-08-31", "season", "in summer 2023"),
        ("2023-12-01", "2024-02-29", "season", "in winter 2023/2024"),
        ("2023-01-01", "2023-12-31", "year", "in 2023"),
        ("2023-09-01", "2023-12-31", "year", "in late 2023"),
        ("2023-01-01", "2024-12-31", "year", "between 1 January 2023 and 31 December 2024"),
    ] {
        assert_eq!(when(starts_on, ends_on, precision), format!("{words}, day not set"));
    }
}

#[test]
fn a_day_that_no_longer_holds_says_so() {
    let map = json(geojson, &[event(2, &json!({}))]);
    assert_eq!(map["features"][0]["properties"]["when"], "formerly 9 March 2023");
}

#[test]
fn what_was_moved_says_when_it_was_to_be() {
    let title = |index: usize| json(daybook::formats::fullcalendar, &[event(index, &json!({}))])[0]["title"].take();
    assert_eq!(title(3), "Donors' conference in Washington");
    let calendar = |index: usize| daybook::formats::ics(&super::selection(&[event(index, &json!({}))])).unwrap();
    let moved = calendar(3).replace("\r\n ", "");
    assert!(moved.contains("SUMMARY:Donors' conference in Washington (was 7–8 March 2023)"), "{moved}");
    assert!(moved.contains("STATUS:CONFIRMED"), "{moved}");
    let pending = calendar(2).replace("\r\n ", "");
    assert!(pending.contains("(postponed\\, no new date)") && pending.contains("STATUS:CANCELLED"), "{pending}");
}
