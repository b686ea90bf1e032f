//! The feed of FullCalendar.

use super::{event, events, json};
use daybook::formats::fullcalendar;
use serde_json::{Value, json};

fn entry(index: usize, changed: &Value) -> Value {
    json(fullcalendar, &[event(index, changed)])[0].take()
}

#[test]
fn a_feed() {
    insta::assert_json_snapshot!(json(fullcalendar, &events()));
}

#[test]
fn it_is_a_bare_array() {
    assert_eq!(json(fullcalendar, &[]), json!([]));
    assert_eq!(json(fullcalendar, &events()).as_array().unwrap().len(), events().len());
}

#[test]
fn whole_days_end_exclusively() {
    let entry = entry(3, &json!({}));
    assert_eq!(entry["start"], "2023-03-30");
    assert_eq!(entry["end"], "2023-04-03");
    assert_eq!(entry["allDay"], json!(true));
}

#[test]
fn a_clock_time_is_no_whole_day() {
    let entry = entry(5, &json!({}));
    assert_eq!(entry["start"], "2023-04-10T14:30:00Z");
    assert_eq!(entry["allDay"], json!(false));
    assert!(entry.get("end").is_none());
}

#[test]
fn status_and_kind_are_classes_to_style_by() {
    assert_eq!(entry(0, &json!({}))["classNames"], json!(["status-confirmed", "kind-talks", "precision-day"]));
    let pending = entry(2, &json!({}));
    assert!(pending["classNames"].as_array().unwrap().contains(&json!("date-pending")));
}

#[test]
fn it_leads_to_the_event() {
    let entry = entry(0, &json!({}));
    assert_eq!(entry["id"], "01941f29-7c00-7a11-8a3e-000000000001");
    assert_eq!(entry["title"], "Japan–Australia talks in Lugano");
    assert_eq!(entry["url"], "https://daybook.example/events/01941f29-7c00-7a11-8a3e-000000000001");
    assert_eq!(entry["extendedProps"]["participants"][0]["code"], "JP");
    assert_eq!(entry["extendedProps"]["when"], "7 March 2023");
}
