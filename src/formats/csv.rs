//! Comma-separated values (RFC 4180), one row per event.

use super::{
    Error, Selection,
    words::{joined, party},
};
use crate::event::{Event, PartyCode};
use std::collections::BTreeSet;

/// The names of the columns.
pub(super) const COLUMNS: [&str; 29] = [
    "id",
    "title",
    "kind",
    "status",
    "starts_on",
    "ends_on",
    "precision",
    "edtf",
    "starts_at",
    "date_pending",
    "place",
    "country",
    "latitude",
    "longitude",
    "participants",
    "participant_codes",
    "article_count",
    "confidence",
    "revision",
    "created_at",
    "updated_at",
    "url",
    "sources",
    "evidence",
    "name",
    "topic",
    "local_time",
    "format",
    "level",
];

/// Returns the events as CSV in UTF-8, with a header row. A cell without a value is empty; names
/// are separated by "; ", sentences by line feeds.
///
/// # Errors
/// Fails if the writer does.
pub fn csv(selection: &Selection<'_>) -> Result<String, Error> {
    let mut sheet = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    sheet.write_record(COLUMNS)?;
    for event in selection.events {
        sheet.write_record(row(selection, event))?;
    }
    let octets = sheet.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8(octets)?)
}

/// Returns a row, with formulas neutralized.
fn row(selection: &Selection<'_>, event: &Event) -> Vec<String> {
    let cells = COLUMNS.iter().zip(cells(selection, event));
    // Numbers that daybook writes are not formulas: `-77.03` stays a number for calculations.
    cells.map(|(name, cell)| if OURS.contains(name) { cell } else { text(&cell) }).collect()
}

/// The columns whose values no article states.
const OURS: [&str; 2] = ["latitude", "longitude"];

/// Returns the cells of an event, in the order of the columns.
pub(super) fn cells(selection: &Selection<'_>, event: &Event) -> [String; COLUMNS.len()] {
    let state = &event.state;
    let (place, details) = (state.place.as_ref(), &state.details);
    let evidence = event.evidence.as_deref().unwrap_or_default();
    let mut codes: Vec<String> = Vec::new();
    for party in state.participants.iter().filter_map(|party| PartyCode::of(party, &state.participants)) {
        let code = party.to_string();
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    let sources: BTreeSet<&str> = evidence.iter().filter_map(|evidence| evidence.article.source.as_deref()).collect();
    let sentences = evidence.iter().map(|evidence| &evidence.statement.sentence.text);
    [
        event.id.to_string(),
        state.title.clone(),
        state.kind.to_string(),
        state.status.to_string(),
        state.when.starts_on.to_string(),
        state.when.ends_on.to_string(),
        state.when.precision.to_string(),
        state.when.edtf.clone(),
        state.when.starts_at.map(|at| at.to_string()).unwrap_or_default(),
        state.date_pending.to_string(),
        place.map(|place| place.name.clone()).unwrap_or_default(),
        place.and_then(|place| place.country.as_deref()).unwrap_or_default().to_owned(),
        number(place.and_then(|place| place.latitude)),
        number(place.and_then(|place| place.longitude)),
        joined(state.participants.iter().map(party), "; "),
        joined(codes, "; "),
        event.article_count.to_string(),
        event.confidence.value().to_string(),
        event.revision.to_string(),
        event.created_at.to_string(),
        event.updated_at.to_string(),
        selection.address_of(event),
        joined(sources, "; "),
        joined(sentences, "\n"),
        details.name.clone().unwrap_or_default(),
        details.topic.clone().unwrap_or_default(),
        details.local_time.map(|time| time.to_string()).unwrap_or_default(),
        details.format.map(|format| format.to_string()).unwrap_or_default(),
        details.level.map(|level| level.to_string()).unwrap_or_default(),
    ]
}

/// Returns a cell of text. Text that a spreadsheet would execute as a formula is prefixed with `'`;
/// some spreadsheets skip leading line feeds.
fn text(value: &str) -> String {
    if value.trim_start_matches('\n').starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{value}")
    } else {
        value.to_owned()
    }
}

/// Returns a cell with a number: `-77.03` is not a formula, and stays a number for calculations.
fn number(value: Option<f64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
