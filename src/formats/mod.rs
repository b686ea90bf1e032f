//! Events as the documents that calendars, sheets, feed readers, maps and front ends take: one file for each format, each a
//! function of the selection. What they say in words, they say alike: `words`.

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

/// What a document shows.
#[derive(Clone, Debug)]
pub struct Selection<'a> {
    /// Names it to a person: "Diplomatic events", or what was selected, in words.
    pub title: &'a str,
    /// Says to a person what it is for, where somebody wrote that.
    pub description: Option<&'a str>,
    /// The address of the service, with no slash at its end: `https://daybook.example`. The page of an event is at
    /// `{base}/events/{id}`.
    pub base: &'a str,
    /// The address of this document, with its query.
    pub own: &'a str,
    /// The URL of the next page, for formats that are paginated (Atom).
    pub next: Option<&'a str>,
    /// The events, with their evidence (`Event::evidence` is `Some`).
    pub events: &'a [Event],
    /// Events that were in this selection and are no more (withdrawn, merged, or moved out of it), in their last state but
    /// with their going counted as a revision: calendars show them as cancelled.
    pub gone: &'a [Event],
    /// The moment of the latest change; None where the selection is empty.
    pub updated_at: Option<Timestamp>,
    /// How a calendar shows dates that are known only to the month or longer.
    pub coarse: Coarse,
    /// What a calendar says of itself as an event on a day, such as that it is not complete.
    pub note: Option<(Date, &'a str)>,
}

/// How a calendar shows an event whose date is known only to the month or longer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Display, EnumString, ToSchema, VariantArray)]
#[strum(serialize_all = "snake_case")]
#[schema(rename_all = "snake_case")]
pub enum Coarse {
    /// On its first day, with a title that says that the date is not fixed.
    #[default]
    FirstDay,
    /// On all days of the period.
    Span,
    /// Not at all.
    Omit,
}

impl Selection<'_> {
    /// The page of an event.
    fn address_of(&self, event: &Event) -> String {
        format!("{}/events/{}", self.base, event.id)
    }
}

/// Why a document could not be written. None of these comes of what an event says.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A feed.
    #[error("the feed cannot be written: {0}")]
    Atom(#[from] atom_syndication::Error),
    /// CSV.
    #[error("the CSV cannot be written: {0}")]
    Csv(#[from] ::csv::Error),
    /// Any form of JSON.
    #[error("the JSON cannot be written: {0}")]
    Json(#[from] serde_json::Error),
    /// HTML.
    #[error("the template cannot be written: {0}")]
    Template(#[from] askama::Error),
    /// A workbook.
    #[error("the workbook cannot be written: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// A library that wrote something other than UTF-8.
    #[error("the document is not UTF-8: {0}")]
    Encoding(#[from] std::string::FromUtf8Error),
}
