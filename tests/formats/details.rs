//! The name, the topic and other details of an event in every format.

use super::{event, json, selection};
use daybook::{
    event::Event,
    formats::{Error, Selection, atom, csv, fullcalendar, geojson, ics, jsonld},
};
use serde_json::json;

fn forum() -> [Event; 1] {
    [event(
        0,
        &json!({
            "title": "Oslo Fisheries Forum", "name": "Oslo Fisheries Forum", "topic": "herring quotas",
            "local_time": "09:30:00", "format": "hybrid", "level": "ministers",
        }),
    )]
}

fn written(write: fn(&Selection<'_>) -> Result<String, Error>) -> String {
    write(&selection(&forum())).unwrap()
}

#[test]
fn calendars_and_feeds_show_what_an_event_is_about() {
    let calendar = written(ics).replace("\r\n ", "");
    assert!(calendar.contains("SUMMARY:Oslo Fisheries Forum\r\n"), "{calendar}");
    assert!(calendar.contains("Date: 7 March 2023\\, 09:30 local time\\n"), "{calendar}");
    assert!(calendar.contains("Topic: herring quotas\\nFormat: hybrid\\nLevel: ministers\\n"), "{calendar}");
    assert!(calendar.contains("DTSTART;VALUE=DATE:20230307"), "an hour without a time zone fixes no timestamp");
    let feed = written(atom);
    assert!(feed.contains("<title>Oslo Fisheries Forum</title>") && feed.contains("· herring quotas"), "{feed}");
}

#[test]
fn tables_and_objects_have_a_field_for_each_detail() {
    let sheet = written(csv);
    let mut rows = ::csv::Reader::from_reader(sheet.as_bytes());
    let columns = rows.headers().unwrap().clone();
    let row = rows.records().next().unwrap().unwrap();
    let properties = json(geojson, &forum())["features"][0]["properties"].clone();
    let props = json(fullcalendar, &forum())[0]["extendedProps"].clone();
    for (field, value) in [
        ("name", "Oslo Fisheries Forum"),
        ("topic", "herring quotas"),
        ("local_time", "09:30:00"),
        ("format", "hybrid"),
        ("level", "ministers"),
    ] {
        let column = columns.iter().position(|name| name == field).unwrap();
        assert_eq!((&row[column], &properties[field], &props[field]), (value, &json!(value), &json!(value)), "{field}");
    }
}

#[test]
fn linked_data_states_the_topic_and_how_participants_meet() {
    let node = json(jsonld, &forum())["@graph"][0].clone();
    let stated = ["name", "about", "eventAttendanceMode"].map(|term| &node[term]);
    let mode = "https://schema.org/MixedEventAttendanceMode";
    assert_eq!(json!(stated), json!(["Oslo Fisheries Forum", "herring quotas", mode]));
}
