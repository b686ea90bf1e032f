//! The documents for other programs, parsed as those do: one module per format. Each tests the
//! requirements of the format; snapshots show whole documents to reviewers.

mod atom;
mod csv;
mod details;
mod fullcalendar;
mod geojson;
mod ics;
mod jsonld;
mod timelinejs;
mod words;

use daybook::{
    event::Event,
    formats::{Coarse, Selection},
};
use proptest::prelude::*;
use serde_json::Value;

/// Returns the events of the fixture, from the simplest to one whose every text is hostile.
fn events() -> Vec<Event> {
    serde_json::from_str(include_str!("events.json")).unwrap()
}

/// Returns one of them with some fields of its JSON replaced.
fn event(index: usize, changed: &Value) -> Event {
    let mut event = serde_json::to_value(&events()[index]).unwrap();
    for (field, value) in changed.as_object().unwrap() {
        event[field] = value.clone();
    }
    serde_json::from_value(event).unwrap()
}

/// Returns a selection of events.
fn selection(events: &[Event]) -> Selection<'_> {
    Selection {
        title: "Diplomatic events",
        description: None,
        base: "https://daybook.example",
        own: "https://daybook.example/v1/timeline?from=2023-01-01&q=a%20b",
        next: None,
        events,
        gone: &[],
        updated_at: events.iter().map(|event| event.updated_at).max(),
        coarse: Coarse::Span,
        note: None,
    }
}

/// Returns a JSON document of one event.
fn json(write: fn(&Selection<'_>) -> Result<String, daybook::formats::Error>, events: &[Event]) -> Value {
    serde_json::from_str(&write(&selection(events)).unwrap()).unwrap()
}

/// Any characters, including control characters.
fn any_text() -> impl Strategy<Value = String> {
    proptest::collection::vec(any::<char>(), 0..80).prop_map(String::from_iter)
}
