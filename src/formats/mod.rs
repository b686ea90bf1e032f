//! The document formats for calendars, spreadsheets, feed readers, maps and front ends: one file
//! per format, each a function of the selection. `words` contains the wording that they share.

mod atom;
mod content_lines;
mod csv;
mod description;
pub mod digest;
mod fullcalendar;
mod geojson;
pub mod html;
mod ics;
mod jsonld;
mod language;
mod locale;
mod periods;
mod timelinejs;
mod words;
mod xlsx;

pub use self::{
    atom::atom, csv::csv, digest::Digest, fullcalendar::fullcalendar, geojson::geojson, ics::ics, jsonld::jsonld,
    language::Language, locale::Locale, timelinejs::timelinejs, xlsx::xlsx,
};

use crate::event::Event;
use jiff::{Timestamp, civil::Date};
use strum::{Display, EnumString, VariantArray};
use utoipa::ToSchema;

/// The content of a document.
#[derive(Clone, Debug)]
pub struct Selection<'a> {
    /// The title: "Diplomatic events", or a description of the selection.
    pub title: &'a str,
    /// The description, if there is one.
    pub description: Option<&'a str>,
    /// The base URL of the service without a trailing slash: `https://daybook.example`. The page of
    /// an event is at `{base}/events/{id}`.
    pub base: &'a str,
    /// The URL of this document with its query.
    pub own: &'a str,
    /// The URL of the next page, for formats that are paginated (Atom).
    pub next: Option<&'a str>,
    /// The events, with their evidence (`Event::evidence` is `Some`).
    pub events: &'a [Event],
    /// Events that have left this selection (withdrawn, merged or moved), in their last state with
    /// their removal counted as a revision: calendars show them as cancelled.
    pub gone: &'a [Event],
    /// The time of the latest change; `None` if the selection is empty.
    pub updated_at: Option<Timestamp>,
    /// How a calendar shows dates that are known only to the month or longer.
    pub coarse: Coarse,
    /// A note about the calendar itself, as an event on a date: for example, that it is incomplete.
    pub note: Option<(Date, &'a str)>,
}

/// How a calendar shows an event whose date is known only to the month or longer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Display, EnumString, ToSchema, VariantArray)]
#[strum(serialize_all = "snake_case")]
#[schema(rename_all = "snake_case")]
pub enum Coarse {
    /// On its first day, with a title that states that the date is not fixed.
    #[default]
    FirstDay,
    /// On all days of the period.
    Span,
    /// Not at all.
    Omit,
}

impl Selection<'_> {
    /// Returns the URL of the page of an event.
    fn address_of(&self, event: &Event) -> String {
        format!("{}/events/{}", self.base, event.id)
    }
}

/// A document could not be written. The content of events is never the cause.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Atom.
    #[error("the feed cannot be written: {0}")]
    Atom(#[from] atom_syndication::Error),
    /// CSV.
    #[error("the CSV cannot be written: {0}")]
    Csv(#[from] ::csv::Error),
    /// JSON.
    #[error("the JSON cannot be written: {0}")]
    Json(#[from] serde_json::Error),
    /// HTML.
    #[error("the template cannot be written: {0}")]
    Template(#[from] askama::Error),
    /// A workbook.
    #[error("the workbook cannot be written: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// A library wrote something other than UTF-8.
    #[error("the document is not UTF-8: {0}")]
    Encoding(#[from] std::string::FromUtf8Error),
}
