//! Linked data in the terms of schema.org.

use super::{event, events, json};
use daybook::formats::jsonld;
use serde_json::{Value, json};

fn node(index: usize, changed: &Value) -> Value {
    json(jsonld, &[event(index, changed)])["@graph"][0].take()
}

#[test]
fn a_graph() {
    insta::assert_json_snapshot!(json(jsonld, &events()));
}

#[test]
fn it_is_a_graph_of_events_in_the_terms_of_schema_org() {
    let graph = json(jsonld, &events());
    assert_eq!(graph["@context"], "https://schema.org");
    let nodes = graph["@graph"].as_array().unwrap();
    assert_eq!(nodes.len(), events().len());
    assert!(nodes.iter().all(|node| node["@type"] == "Event"));
    // Its identifier is its URL in the API; its `url` is its page.
    let id = "01941f29-7c00-7a11-8a3e-000000000001";
    assert_eq!(nodes[0]["@id"], format!("https://daybook.example/v1/events/{id}"));
    assert_eq!(nodes[0]["url"], format!("https://daybook.example/events/{id}"));
}

#[test]
fn how_things_stand() {
    let status = |index, changed: &Value| node(index, changed)["eventStatus"].as_str().unwrap().to_owned();
    assert_eq!(status(0, &json!({})), "https://schema.org/EventScheduled");
    assert_eq!(status(1, &json!({})), "https://schema.org/EventScheduled");
    assert_eq!(status(2, &json!({})), "https://schema.org/EventPostponed");
    assert_eq!(status(3, &json!({})), "https://schema.org/EventRescheduled");
    assert_eq!(status(3, &json!({"status": "confirmed"})), "https://schema.org/EventRescheduled");
    assert_eq!(status(3, &json!({"status": "cancelled"})), "https://schema.org/EventCancelled");
    assert_eq!(status(4, &json!({})), "https://schema.org/EventCancelled");
    assert_eq!(status(5, &json!({})), "https://schema.org/EventScheduled");
}

#[test]
fn a_postponed_event_keeps_the_old_day_and_a_moved_one_tells_every_day_it_had() {
    assert_eq!(node(2, &json!({}))["startDate"], "2023-03-09");
    let moved = node(3, &json!({}));
    assert_eq!(moved["startDate"], "2023-03-30");
    assert_eq!(moved["endDate"], "2023-04-02");
    assert_eq!(moved["previousStartDate"], json!(["2023-02", "2023-03-07"]));
}

#[test]
fn dates_are_as_precise_as_they_are_known() {
    let dates = |changed: &Value| {
        let node = node(1, changed);
        [node["startDate"].clone(), node["endDate"].clone()]
    };
    assert_eq!(dates(&json!({})), ["2023-01", "2023-01"]);
    assert_eq!(dates(&json!({"ends_on": "2023-12-31", "precision": "year"})), ["2023", "2023"]);
    assert_eq!(dates(&json!({"ends_on": "2023-03-31", "precision": "quarter"})), ["2023-01", "2023-03"]);
    assert_eq!(dates(&json!({"ends_on": "2023-01-10"})), ["2023-01-01", "2023-01-10"]);
    assert_eq!(node(1, &json!({}))["description"], "summit, tentative: in January 2023, day not set");
    assert_eq!(node(5, &json!({}))["startDate"], "2023-04-10T14:30:00Z");
}

#[test]
fn calls_are_online_and_all_else_is_offline() {
    assert_eq!(node(2, &json!({}))["eventAttendanceMode"], "https://schema.org/OnlineEventAttendanceMode");
    assert_eq!(node(0, &json!({}))["eventAttendanceMode"], "https://schema.org/OfflineEventAttendanceMode");
}

#[test]
fn who_attends_where() {
    let talks = node(0, &json!({}));
    assert_eq!(talks["attendee"][0], json!({"@type": "Country", "name": "Japan", "identifier": "JP"}));
    assert_eq!(
        talks["location"],
        json!({
            "@type": "Place",
            "name": "Lugano",
            "address": {"@type": "PostalAddress", "addressCountry": "CH"},
            "geo": {"@type": "GeoCoordinates", "latitude": 46.0101, "longitude": 8.96},
        })
    );
    let summit = node(1, &json!({}));
    assert_eq!(summit["attendee"][0]["@type"], "Organization");
    assert_eq!(summit["attendee"][0]["alternateName"], "ASEAN");
    assert_eq!(node(2, &json!({}))["attendee"][1], json!({"@type": "Person", "name": "Ana Soto"}));
    assert_eq!(node(4, &json!({}))["location"]["@type"], "Country");
    for term in ["organizer", "performer"] {
        assert!(talks.get(term).is_none());
    }
}

#[test]
fn the_articles_that_speak_of_it_are_named_once() {
    let mut twice = serde_json::to_value(&events()[0].evidence).unwrap();
    let again = twice[0].clone();
    twice.as_array_mut().unwrap().push(again);
    let articles = node(0, &json!({"evidence": twice}))["subjectOf"].take();
    assert_eq!(articles.as_array().unwrap().len(), 2);
    assert_eq!(articles[0]["url"], "https://gazette.example/lake?a=1&b=2");
    assert_eq!(articles[0]["publisher"]["name"], "Ticino Gazette");
}
