//! Slides of TimelineJS 3.

use super::{
    Error, Selection, description,
    language::Language,
    periods::{Unit, clock},
    words,
};
use crate::event::{Event, Precision};
use jiff::{civil::Date, tz::TimeZone};
use serde::Serialize;
use uuid::Uuid;

#[derive(Serialize)]
struct Timeline {
    title: Title,
    events: Vec<Slide>,
}

#[derive(Serialize)]
struct Title {
    text: Text,
}

#[derive(Serialize)]
struct Slide {
    #[serde(skip_serializing_if = "Option::is_none")]
    unique_id: Option<Uuid>,
    start_date: Parts,
    /// Inclusive; omitted if it equals the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<Parts>,
    /// The displayed date, where TimelineJS would show too little or too much.
    #[serde(skip_serializing_if = "Option::is_none")]
    display_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'static str>,
    text: Text,
}

/// A date by its parts, without unknown ones.
#[derive(PartialEq, Serialize)]
struct Parts {
    year: i16,
    #[serde(skip_serializing_if = "Option::is_none")]
    month: Option<i8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<i8>,
}

impl Parts {
    fn of(date: Date, unit: Unit) -> Self {
        Self {
            year: date.year(),
            month: (unit != Unit::Year).then_some(date.month()),
            day: (unit == Unit::Day).then_some(date.day()),
        }
    }
}

/// Both fields are HTML.
#[derive(Serialize)]
struct Text {
    headline: String,
    text: String,
}

/// Returns the events as slides, after a slide with the title. TimelineJS treats a timeline without
/// a dated slide as an error, so an empty selection gets one that states this.
///
/// # Errors
/// Fails if JSON or HTML cannot be written.
pub fn timelinejs(selection: &Selection<'_>) -> Result<String, Error> {
    let mut events =
        selection.events.iter().map(|event| slide(selection, event)).collect::<Result<Vec<Slide>, Error>>()?;
    if events.is_empty() {
        events.push(nothing(selection));
    }
    let about = selection.description.map(|about| format!("<p>{}</p>", description::escaped(about)));
    let text = Text { headline: description::escaped(selection.title), text: about.unwrap_or_default() };
    Ok(serde_json::to_string(&Timeline { title: Title { text }, events })?)
}

fn slide(selection: &Selection<'_>, event: &Event) -> Result<Slide, Error> {
    let state = &event.state;
    let when = &state.when;
    let unit = Unit::of(when);
    let (start_date, end_date) = (Parts::of(when.starts_on, unit), Parts::of(when.ends_on, unit));
    let is_plain = when.precision == Precision::Day && clock(when).is_none() && !state.date_pending;
    Ok(Slide {
        unique_id: Some(event.id),
        end_date: (end_date != start_date).then_some(end_date),
        start_date,
        display_date: (!is_plain).then(|| words::when(state, Language::English)),
        group: Some(state.kind.into()),
        text: Text {
            headline: description::escaped(&words::headline(state, Language::English)),
            text: description::html(selection, event)?,
        },
    })
}

/// Returns the slide of an empty selection, dated with the latest change.
fn nothing(selection: &Selection<'_>) -> Slide {
    let date = TimeZone::UTC.to_datetime(selection.updated_at.unwrap_or_default()).date();
    Slide {
        unique_id: None,
        start_date: Parts::of(date, Unit::Day),
        end_date: None,
        display_date: Some("No events".to_owned()),
        group: None,
        text: Text {
            headline: description::escaped(selection.title),
            text: "<p>No events are selected.</p>".to_owned(),
        },
    }
}
