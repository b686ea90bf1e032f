//! JSON-LD in the vocabulary of schema.org.

use super::{
    Error, Selection,
    language::Language,
    periods::{Unit, clock},
    words,
};
use crate::event::{
    Event, EventState, Evidence, Format, Kind, Participant, ParticipantKind, Place, PreviousDate, Status,
};
use serde_json::{Value, json};

/// Returns the events as a graph.
///
/// # Errors
/// Fails if JSON cannot be written.
pub fn jsonld(selection: &Selection<'_>) -> Result<String, Error> {
    let graph: Vec<Value> = selection.events.iter().map(|event| node(selection, event)).collect();
    Ok(serde_json::to_string(&json!({"@context": "https://schema.org", "@graph": graph}))?)
}

fn node(selection: &Selection<'_>, event: &Event) -> Value {
    let state = &event.state;
    let when = &state.when;
    let unit = Unit::of(when);
    // With a clock time, only the start is known.
    let (start, end) = match clock(when) {
        Some(starts_at) => (starts_at.to_string(), None),
        None => (unit.cut(when.starts_on), Some(unit.cut(when.ends_on))),
    };
    let id = format!("{}/v1/events/{}", selection.base, event.id);
    let mode = match state.details.format {
        Some(Format::Virtual) => "Online",
        Some(Format::Hybrid) => "Mixed",
        None if state.kind == Kind::Call => "Online",
        _ => "Offline",
    };
    object(json!({
        "@type": "Event",
        "@id": id,
        "url": selection.address_of(event),
        "identifier": event.id,
        "name": state.title,
        "description": summary(state),
        "about": state.details.topic,
        "keywords": [state.kind, state.status],
        "startDate": start,
        "endDate": end,
        "eventStatus": format!("https://schema.org/{}", status(state)),
        "previousStartDate": some(state.previous_dates.iter().map(previous).map(Value::from)),
        "eventAttendanceMode": format!("https://schema.org/{mode}EventAttendanceMode"),
        "location": state.place.as_ref().map(location),
        "attendee": some(state.participants.iter().map(attendee)),
        "subjectOf": some(articles(event.evidence.as_deref().unwrap_or_default())),
    }))
}

/// Returns what the vocabulary has no terms for: the kind, the status and the precision of the
/// date.
fn summary(state: &EventState) -> String {
    words::summary(state, Language::English)
}

/// Returns the term for the status. An event that was moved remains rescheduled, whatever later
/// articles state, until it is cancelled.
fn status(state: &EventState) -> &'static str {
    match state.status {
        Status::Cancelled => "EventCancelled",
        _ if state.date_pending => "EventPostponed",
        Status::Postponed => "EventRescheduled",
        _ if !state.previous_dates.is_empty() => "EventRescheduled",
        Status::Tentative | Status::Confirmed | Status::Held => "EventScheduled",
    }
}

/// Returns the start of a previous date, reduced to its precision.
fn previous(date: &PreviousDate) -> String {
    let day = date.starts_on.to_string();
    if day.starts_with(&date.edtf) { date.edtf.clone() } else { day }
}

fn location(place: &Place) -> Value {
    let point = place.latitude.zip(place.longitude);
    object(json!({
        "@type": if place.is_country() { "Country" } else { "Place" },
        "name": place.name,
        "address": place.country.as_ref().map(|code| json!({"@type": "PostalAddress", "addressCountry": code})),
        "geo": point.map(|(latitude, longitude)| {
            json!({"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude})
        }),
    }))
}

fn attendee(participant: &Participant) -> Value {
    let (kind, code) = match participant.kind {
        ParticipantKind::Country => ("Country", "identifier"),
        ParticipantKind::Organization => ("Organization", "alternateName"),
        ParticipantKind::Person => ("Person", "identifier"),
    };
    object(json!({"@type": kind, "name": participant.name, code: participant.code}))
}

/// Returns the articles that are evidence, each once.
fn articles(evidence: &[Evidence]) -> Vec<Value> {
    let mut articles = Vec::new();
    for evidence in evidence {
        let article = object(json!({
            "@type": "NewsArticle",
            "url": evidence.article.url,
            "headline": evidence.article.title,
            "datePublished": evidence.article.published_on,
            "publisher": evidence.article.source.as_ref().map(|source| json!({"@type": "Organization", "name": source})),
        }));
        if !articles.contains(&article) {
            articles.push(article);
        }
    }
    articles
}

/// Returns a list; `None` if it is empty.
fn some(items: impl IntoIterator<Item = Value>) -> Option<Vec<Value>> {
    let items: Vec<Value> = items.into_iter().collect();
    (!items.is_empty()).then_some(items)
}

/// Returns an object without null values.
fn object(mut value: Value) -> Value {
    if let Value::Object(terms) = &mut value {
        terms.retain(|_, value| !value.is_null());
    }
    value
}
