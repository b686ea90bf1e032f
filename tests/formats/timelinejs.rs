//! The slides of TimelineJS.

use super::{event, events, json};
use daybook::formats::timelinejs;
use serde_json::{Value, json};

fn slide(index: usize, changed: &Value) -> Value {
    json(timelinejs, &[event(index, changed)])["events"][0].take()
}

#[test]
fn slides() {
    insta::assert_json_snapshot!(json(timelinejs, &events()));
}

#[test]
fn a_day_is_its_parts_and_has_no_end() {
    let slide = slide(0, &json!({}));
    assert_eq!(slide["unique_id"], "01941f29-7c00-7a11-8a3e-000000000001");
    assert_eq!(slide["start_date"], json!({"year": 2023, "month": 3, "day": 7}));
    assert!(slide.get("end_date").is_none());
    assert!(slide.get("display_date").is_none());
    assert_eq!(slide["group"], "talks");
}

#[test]
fn several_days_end_inclusively() {
    assert_eq!(slide(3, &json!({}))["end_date"], json!({"year": 2023, "month": 4, "day": 2}));
}

#[test]
fn of_a_coarse_date_only_what_is_known_is_told() {
    let month = slide(1, &json!({}));
    assert_eq!(month["start_date"], json!({"year": 2023, "month": 1}));
    assert!(month.get("end_date").is_none());
    assert_eq!(month["display_date"], "in January 2023, day not set");

    let year = slide(1, &json!({"ends_on": "2023-12-31", "precision": "year"}));
    assert_eq!(year["start_date"], json!({"year": 2023}));
    assert!(year.get("end_date").is_none());

    let quarter = slide(1, &json!({"ends_on": "2023-03-31", "precision": "quarter"}));
    assert_eq!(quarter["start_date"], json!({"year": 2023, "month": 1}));
    assert_eq!(quarter["end_date"], json!({"year": 2023, "month": 3}));

    let week = slide(1, &json!({"starts_on": "2023-03-06", "ends_on": "2023-03-12", "precision": "week"}));
    assert_eq!(week["start_date"], json!({"year": 2023, "month": 3, "day": 6}));
    assert_eq!(week["end_date"], json!({"year": 2023, "month": 3, "day": 12}));

    let named_days = slide(1, &json!({"precision": "day"}));
    assert_eq!(named_days["end_date"], json!({"year": 2023, "month": 1, "day": 31}));
}

#[test]
fn a_clock_time_is_shown() {
    assert_eq!(slide(5, &json!({}))["display_date"], "10 April 2023, 14:30 UTC");
}

#[test]
fn what_articles_say_is_escaped() {
    let text = slide(6, &json!({}))["text"].take();
    for html in [&text["headline"], &text["text"]] {
        assert!(html.as_str().unwrap().contains("&#60;script&#62;alert("), "{html}");
        assert!(!html.as_str().unwrap().contains("<script"), "{html}");
    }
}

#[test]
fn an_empty_selection_has_a_title_and_a_slide_that_says_so() {
    let timeline = json(timelinejs, &[]);
    assert_eq!(timeline["title"]["text"]["headline"], "Diplomatic events");
    let slides = timeline["events"].as_array().unwrap();
    assert_eq!(slides.len(), 1);
    assert!(slides[0]["start_date"]["year"].is_number());
    assert_eq!(slides[0]["display_date"], "No events");
}
