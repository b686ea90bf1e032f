//! The domain: what every other module speaks of. An *event* is what the timeline shows; a *mention* is what one
//! article says of one event; *evidence* is the sentence a mention stands on.
//!
//! Fields mean what the README's "What an event is" says. Offsets are characters (Unicode scalar values) into the
//! article's text as it was sent; days are inclusive at both ends.

mod confidence;
mod days;
mod details;
mod editorial;
mod party;
mod vocabulary;

pub use confidence::Confidence;
pub use details::Details;
pub use editorial::Editorial;
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
    /// ISO 3166-1 alpha-2 for a country, the usual acronym for an organization; absent for a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "JP")]
    pub code: Option<String>,
    /// For a person, the code of the party they represent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
    /// Whether it is a whole country or a part of the world: only those have no point on the map.
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
    /// The trigger and the strongest signals, separated by spaces.
    #[schema(example = "trigger:talks planned same-clause")]
    pub rule: String,
    /// The sentence.
    pub sentence: Quote,
    /// The date expression; absent if the date is in another sentence.
    pub date: Option<DateQuote>,
    /// The probability that it announces an event on that date; absent for a sentence that only changes or reports one.
    pub confidence: Option<Confidence>,
}

/// What one article says of one event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// What it does: the strongest of its statements' roles.
    pub role: Role,
    /// The kind.
    pub kind: Kind,
    /// The status.
    pub status: Status,
    /// When it is; none for a change or a report that names no date.
    pub when: Option<When>,
    /// Put off with no new day: `when` is the void one.
    pub date_pending: bool,
    /// The days it had before, oldest first, where the article tells them.
    pub previous_dates: Vec<PreviousDate>,
    /// The place.
    pub place: Option<Place>,
    /// Who takes part, each once, in the order of the text.
    pub participants: Vec<Participant>,
    /// What more it says of the event.
    #[serde(default)]
    pub details: Details,
    /// The sentences it was read from, in the order of the text; never empty.
    pub statements: Vec<Statement>,
}

impl Mention {
    /// How likely the article announces the event: the highest confidence of its sentences; none where it only changes or
    /// reports one.
    pub fn confidence(&self) -> Option<Confidence> {
        self.statements.iter().filter_map(|statement| statement.confidence).max()
    }
}

/// The state of an event, from all articles.
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
    /// The place; absent if no article states it.
    pub place: Option<Place>,
    /// The participants, each once.
    pub participants: Vec<Participant>,
    /// Postponed without a new date: `starts_on` is the previous one.
    pub date_pending: bool,
    /// The dates before each postponement, oldest first.
    pub previous_dates: Vec<PreviousDate>,
    /// What more the articles state.
    #[serde(flatten)]
    pub details: Details,
    /// What editors added.
    #[serde(flatten)]
    pub editorial: Editorial,
}

/// A piece of evidence as the API returns it: a statement with its article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Evidence {
    /// The id of the article; absent if it is not stored.
    pub article: Option<Uuid>,
    /// The publication date of the article.
    #[schema(value_type = String, format = Date)]
    pub published_on: Date,
    /// The title of the article.
    pub title: Option<String>,
    /// The publisher.
    pub source: Option<String>,
    /// The URL of the article.
    pub url: Option<String>,
    /// The rule that linked it to this event; absent if it is not stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "same days")]
    pub matched: Option<String>,
    /// The sentence, the date in it, and the signals that decided.
    #[serde(flatten)]
    pub statement: Statement,
}

/// A correction: evidence that takes precedence over articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CorrectionEvidence {
    /// The id, for withdrawal.
    pub id: Uuid,
    /// One of `create`, `amend`, `merge`, `split`, `reject` and `reject_evidence`.
    #[schema(example = "amend")]
    pub action: String,
    /// The author.
    pub author: String,
    /// The reason.
    pub reason: String,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Timestamp,
}

/// An event as the API returns it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Event {
    /// The id, which never changes; absent if the event is not stored.
    pub id: Option<Uuid>,
    /// What the articles state.
    #[serde(flatten)]
    pub state: EventState,
    /// The number of articles that are evidence.
    pub articles: u32,
    /// The probability that the event is scheduled as stated, from all its evidence; 1 if a person has created or
    /// corrected it.
    pub confidence: Confidence,
    /// Starts at 1 and increases with every change.
    pub revision: u32,
    /// When it was created; absent if it is not stored.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub created_at: Option<Timestamp>,
    /// When it last changed; absent if it is not stored.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub updated_at: Option<Timestamp>,
    /// The evidence; omitted in lists unless requested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Vec<Evidence>>,
    /// The corrections; omitted if there are none, and in lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<CorrectionEvidence>,
}
