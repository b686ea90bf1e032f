//! The documents that other programs take, as those read them: one module for each format. What each demands is tested by
//! itself; the snapshots show the whole of a document to whoever reads a change.

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

/// The events of the fixture, from the plainest to one whose every text is hostile.
fn events() -> Vec<Event> {
    serde_json::from_str(include_str!("events.json")).unwrap()
}

/// One of them, with some fields of its JSON put another way.
fn event(index: usize, changed: &Value) -> Event {
    let mut event = serde_json::to_value(&events()[index]).unwrap();
    for (field, value) in changed.as_object().unwrap() {
        event[field] = value.clone();
    }
    serde_json::from_value(event).unwrap()
}

/// A selection of live events.
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

/// A JSON document of one event.
fn json(write: fn(&Selection<'_>) -> Result<String, daybook::formats::Error>, events: &[Event]) -> Value {
    serde_json::from_str(&write(&selection(events)).unwrap()).unwrap()
}

/// Any characters at all, controls among them.
fn any_text() -> impl Strategy<Value = String> {
    proptest::collection::vec(any::<char>(), 0..80).prop_map(String::from_iter)
}
