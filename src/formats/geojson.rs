//! GeoJSON (RFC 7946): the events as points.

use super::{Error, Selection, language::Language, words};
use crate::event::Event;
use serde_json::{Value, json};

/// Returns the events as a feature collection. Properties are flat, as maps show them; an event
/// without coordinates has no geometry.
///
/// # Errors
/// Fails if JSON cannot be written.
pub fn geojson(selection: &Selection<'_>) -> Result<String, Error> {
    let features: Vec<Value> = selection.events.iter().map(|event| feature(selection, event)).collect();
    Ok(serde_json::to_string(&json!({"type": "FeatureCollection", "features": features}))?)
}

fn feature(selection: &Selection<'_>, event: &Event) -> Value {
    let state = &event.state;
    let place = state.place.as_ref();
    let point = place.and_then(|place| place.longitude.zip(place.latitude));
    json!({
        "type": "Feature",
        "id": event.id,
        "geometry": point.map(|(longitude, latitude)| json!({"type": "Point", "coordinates": [longitude, latitude]})),
        "properties": {
            "title": state.title,
            "kind": state.kind,
            "status": state.status,
            "when": words::when(state, Language::English),
            "starts_on": state.when.starts_on,
            "ends_on": state.when.ends_on,
            "precision": state.when.precision,
            "edtf": state.when.edtf,
            "starts_at": state.when.starts_at,
            "date_pending": state.date_pending,
            "place": place.map(|place| &place.name),
            "country": place.and_then(|place| place.country.as_ref()),
            "participants": words::parties(state),
            "name": state.details.name,
            "topic": state.details.topic,
            "local_time": state.details.local_time,
            "format": state.details.format,
            "level": state.details.level,
            "article_count": event.article_count,
            "confidence": event.confidence,
            "revision": event.revision,
            "updated_at": event.updated_at,
            "url": selection.address_of(event),
        },
    })
}
