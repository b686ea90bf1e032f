//! The domain types, used by every other module. An *event* is an entry of the timeline; a
//! *mention* is what one article states about one event; the *evidence* of a mention are its
//! sentences.
//!
//! `docs/concepts.md` defines the fields. Offsets count characters (Unicode scalar values) in the
//! article's text as it was sent. Date ranges include both ends.

mod confidence;
mod days;
mod details;
mod editorial;
mod evidence;
mod party;
mod vocabulary;

pub use confidence::Confidence;
pub use details::Details;
pub use editorial::Editorial;
pub use evidence::{CorrectionEvidence, Evidence, EvidenceArticle};
pub use party::PartyCode;
pub use vocabulary::{Format, Kind, Level, ParticipantKind, Precision, Role, Status};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A participant of an event.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct Participant {
    /// Country, organization or person.
    pub kind: ParticipantKind,
    /// The usual English name.
    #[schema(example = "Japan")]
    pub name: String,
    /// The ISO 3166-1 alpha-2 code of a country or the usual acronym of an organization; `null` for
    /// a person.
    #[serde(default)]
    #[schema(example = "JP")]
    pub code: Option<String>,
    /// For a person, the code of the country or organization that they represent.
    #[serde(default)]
    pub represents: Option<String>,
}

/// The place of an event: a city, venue, region or island, else the country.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Place {
    /// The usual English name.
    #[schema(example = "Lugano")]
    pub name: String,
    /// The ISO 3166-1 alpha-2 code.
    #[schema(example = "CH")]
    pub country: Option<String>,
    /// Latitude in degrees north.
    #[schema(example = 46.0101)]
    pub latitude: Option<f64>,
    /// Longitude in degrees east.
    #[schema(example = 8.96)]
    pub longitude: Option<f64>,
}

impl Place {
    /// Returns whether it is a whole country or region: only those have no coordinates.
    pub fn is_country(&self) -> bool {
        self.latitude.is_none()
    }
}

/// The dates of an event and their precision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = EventDates)]
pub struct When {
    /// The start date.
    #[schema(value_type = String, format = Date, example = "2023-03-07")]
    pub starts_on: Date,
    /// The end date, inclusive; equal to the start date for a single day.
    #[schema(value_type = String, format = Date, example = "2023-03-07")]
    pub ends_on: Date,
    /// The period that the dates make up.
    pub precision: Precision,
    /// The same in Extended Date/Time Format (ISO 8601-2).
    #[schema(example = "2023-03-07")]
    pub edtf: String,
    /// The start time, if the article states a time and a time zone.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub starts_at: Option<Timestamp>,
}

/// The dates of an event before it was moved.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct PreviousDate {
    /// The start date.
    #[schema(value_type = String, format = Date)]
    pub starts_on: Date,
    /// The end date, inclusive.
    #[schema(value_type = String, format = Date)]
    pub ends_on: Date,
    /// The same in Extended Date/Time Format.
    pub edtf: String,
}

/// A part of an article's text with its position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Quote {
    /// Offset of the first character.
    pub start: u32,
    /// Offset after the last character.
    pub end: u32,
    /// The text.
    pub text: String,
}

/// A date expression in an article's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DateQuote {
    /// Offset of the first character.
    pub start: u32,
    /// Offset after the last character.
    pub end: u32,
    /// The expression, verbatim.
    #[schema(example = "7 March")]
    pub text: String,
    /// The TIMEX3 value.
    #[schema(example = "2023-03-07")]
    pub value: String,
}

/// A sentence that is evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Statement {
    /// What the sentence does to the event.
    pub role: Role,
    /// The trigger and the strongest signals, as codes.
    #[schema(example = json!(["trigger:talks", "planned", "same-clause"]))]
    pub rule: Vec<String>,
    /// The sentence.
    pub sentence: Quote,
    /// The date expression; `null` if the date is in another sentence.
    pub date: Option<DateQuote>,
    /// The probability that it announces an event on that date; `null` for a sentence that only changes or reports one.
    pub confidence: Option<Confidence>,
}

/// Returns the sentence with the highest confidence; of several, the first. Returns `None` if none
/// announces an event.
pub fn headline(statements: &[Statement]) -> Option<&str> {
    let announcing = statements.iter().filter(|statement| statement.role == Role::Announces);
    let best = announcing.rev().max_by_key(|statement| statement.confidence);
    best.map(|statement| &*statement.sentence.text)
}

/// What one article states about one event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// The role: the strongest of its statements' roles.
    pub role: Role,
    /// The kind.
    pub kind: Kind,
    /// The status.
    pub status: Status,
    /// The date; `None` for a change or a report without one.
    pub when: Option<When>,
    /// Whether the event is postponed without a new date: `when` is then the previous date.
    pub date_pending: bool,
    /// The previous dates that the article states, oldest first.
    pub previous_dates: Vec<PreviousDate>,
    /// The place.
    pub place: Option<Place>,
    /// The participants in the order of the text, each once.
    pub participants: Vec<Participant>,
    /// The details.
    #[serde(default)]
    pub details: Details,
    /// The sentences that it was extracted from, in the order of the text; never empty.
    pub statements: Vec<Statement>,
}

impl Mention {
    /// Returns the highest confidence of its sentences; `None` if it only changes or reports an
    /// event.
    pub fn confidence(&self) -> Option<Confidence> {
        self.statements.iter().filter_map(|statement| statement.confidence).max()
    }
}

/// The state of an event, combined from all articles and corrections.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EventState {
    /// The title.
    #[schema(example = "Japan–Australia talks in Lugano")]
    pub title: String,
    /// The kind.
    pub kind: Kind,
    /// The status.
    pub status: Status,
    /// The dates.
    #[serde(flatten)]
    pub when: When,
    /// The place; `null` if no article states it.
    pub place: Option<Place>,
    /// The participants, each once.
    pub participants: Vec<Participant>,
    /// Postponed without a new date: `starts_on` is the previous one.
    pub date_pending: bool,
    /// The dates before each postponement, oldest first.
    pub previous_dates: Vec<PreviousDate>,
    /// The details.
    #[serde(flatten)]
    pub details: Details,
    /// The fields that editors set.
    #[serde(flatten)]
    pub editorial: Editorial,
}

impl EventState {
    /// Returns whether the event does not take place on its dates: it is cancelled, or postponed
    /// without a new date.
    pub fn is_off(&self) -> bool {
        self.status == Status::Cancelled || self.date_pending
    }

    /// Returns the certainty that it takes place, as a `QCode` of the IPTC vocabulary for `occurStatus`
    /// (ninjs, `NewsML-G2`). Source: IPTC, <http://cv.iptc.org/newscodes/eventoccurstatus>, CC BY 4.0, as
    /// of 2024. `eos0` (unplanned), `eos1` (planned only) and `eos4` (highly likely) match no status.
    pub fn occur_status(&self) -> &'static str {
        match self.status {
            // Planned, occurrence highly uncertain: there are serious doubts that it will occur.
            _ if self.date_pending => "eocstat:eos2",
            // Planned, may occur.
            Status::Tentative => "eocstat:eos3",
            // Planned, occurs certainly.
            Status::Confirmed | Status::Postponed | Status::Held => "eocstat:eos5",
            // Planned, then cancelled.
            Status::Cancelled => "eocstat:eos6",
        }
    }
}

/// A stored event, combined from all articles and corrections.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = StoredEvent)]
pub struct Event {
    /// The id, which never changes.
    pub id: Uuid,
    /// The state.
    #[serde(flatten)]
    pub state: EventState,
    /// The evidence sentence with the highest confidence; `null` if no article announces the event.
    #[schema(example = "Talks between Japan and Australia will be held in Lugano on 7 March.")]
    pub headline: Option<String>,
    /// The number of articles that are evidence.
    #[schema(example = 1)]
    pub article_count: u32,
    /// The probability that the event is scheduled as stated, from all its evidence; 1 if a person has created or
    /// corrected it.
    pub confidence: Confidence,
    /// Starts at 1 and increases with every change.
    #[schema(example = 1)]
    pub revision: u32,
    /// When it was created.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Timestamp,
    /// The evidence; `null` in lists unless requested.
    pub evidence: Option<Vec<Evidence>>,
    /// The corrections; `null` in lists.
    pub corrections: Option<Vec<CorrectionEvidence>>,
}

/// An event of a single article, which is not stored.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ExtractedEvent {
    /// What the article states.
    #[serde(flatten)]
    pub state: EventState,
    /// The evidence sentence with the highest confidence.
    pub headline: Option<String>,
    /// The probability that the event is scheduled as stated.
    pub confidence: Confidence,
    /// The sentences of the article that are evidence.
    pub evidence: Vec<Statement>,
}
