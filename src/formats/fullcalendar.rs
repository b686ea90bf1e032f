//! The JSON feed of FullCalendar 6: a bare array of event objects.

use super::{
    Error, Selection,
    language::Language,
    periods::{clock, day_after},
    words,
};
use crate::event::Event;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    id: Uuid,
    title: &'a str,
    start: String,
    /// Exclusive; `None` for a clock time, whose duration FullCalendar chooses.
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<String>,
    all_day: bool,
    url: String,
    /// FullCalendar has no field for the status: pages style it by class.
    class_names: Vec<String>,
    extended_props: Value,
}

/// Returns the events as a FullCalendar feed.
///
/// # Errors
/// Fails if JSON cannot be written.
pub fn fullcalendar(selection: &Selection<'_>) -> Result<String, Error> {
    let entries: Vec<Entry<'_>> = selection.events.iter().map(|event| entry(selection, event)).collect();
    Ok(serde_json::to_string(&entries)?)
}

fn entry<'a>(selection: &Selection<'_>, event: &'a Event) -> Entry<'a> {
    let state = &event.state;
    let (start, end) = match clock(&state.when) {
        Some(starts_at) => (starts_at.to_string(), None),
        None => (state.when.starts_on.to_string(), Some(day_after(state.when.ends_on).to_string())),
    };
    let mut class_names = vec![
        format!("status-{}", state.status),
        format!("kind-{}", state.kind),
        format!("precision-{}", state.when.precision),
    ];
    if state.date_pending {
        class_names.push("date-pending".to_owned());
    }
    Entry {
        id: event.id,
        title: &state.title,
        start,
        all_day: end.is_some(),
        end,
        url: selection.address_of(event),
        class_names,
        extended_props: json!({
            "kind": state.kind,
            "status": state.status,
            "when": words::when(state, Language::English),
            "precision": state.when.precision,
            "edtf": state.when.edtf,
            "date_pending": state.date_pending,
            "place": state.place,
            "participants": state.participants,
            "name": state.details.name,
            "topic": state.details.topic,
            "local_time": state.details.local_time,
            "format": state.details.format,
            "level": state.details.level,
            "article_count": event.article_count,
            "confidence": event.confidence,
            "revision": event.revision,
            "evidence": event.evidence,
        }),
    }
}
