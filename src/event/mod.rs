//! The domain: what every other module speaks of. An *event* is what the timeline shows; a *mention* is what one
//! article says of one event; *evidence* is the sentence a mention stands on.
//!
//! Fields mean what the README's "What an event is" says. Offsets are characters (Unicode scalar values) into the
//! article's text as it was sent; days are inclusive at both ends.

mod confidence;
mod days;
mod editorial;
mod party;
mod vocabulary;

pub use confidence::Confidence;
pub use editorial::Editorial;
pub use party::PartyCode;
pub use vocabulary::{Kind, ParticipantKind, Precision, Role, Status};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A party that takes part in an event.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct Participant {
    /// Country, organisation or person.
    pub kind: ParticipantKind,
    /// The usual English name.
    #[schema(example = "Japan")]
    pub name: String,
    /// ISO 3166-1 alpha-2 for a country, the usual acronym for an organisation; none for a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "JP")]
    pub code: Option<String>,
    /// For a person, the code of the party that they act for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub represents: Option<String>,
}

/// Where an event is held: a city, venue, region or island, else the country.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Place {
    /// The usual English name.
    #[schema(example = "Lugano")]
    pub name: String,
    /// ISO 3166-1 alpha-2.
    #[schema(example = "CH")]
    pub country: Option<String>,
    /// Degrees north.
    #[schema(example = 46.0101)]
    pub latitude: Option<f64>,
    /// Degrees east.
    #[schema(example = 8.96)]
    pub longitude: Option<f64>,
}

impl Place {
    /// Whether it is a whole country or a part of the world: only those have no point on the map.
    pub fn is_country(&self) -> bool {
        self.latitude.is_none()
    }
}

/// The days of an event and how precisely they are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct When {
    /// First day.
    #[schema(value_type = String, format = Date, example = "2023-03-07")]
    pub starts_on: Date,
    /// Last day, inclusive; equal to the first for one day.
    #[schema(value_type = String, format = Date, example = "2023-03-07")]
    pub ends_on: Date,
    /// The period that the days make up.
    pub precision: Precision,
    /// The same in Extended Date/Time Format (ISO 8601-2).
    #[schema(example = "2023-03-07")]
    pub edtf: String,
    /// The instant it begins, where a clock time is given and its zone is known.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub starts_at: Option<Timestamp>,
}

/// Days that an event had before it was moved.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct PreviousDate {
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub starts_on: Date,
    /// Last day, inclusive.
    #[schema(value_type = String, format = Date)]
    pub ends_on: Date,
    /// The same in Extended Date/Time Format.
    pub edtf: String,
}

/// A piece of an article's text, with its place in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Quote {
    /// First character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// The text between them.
    pub text: String,
}

/// A date expression in an article's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DateQuote {
    /// First character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// The expression as it stands.
    #[schema(example = "7 March")]
    pub text: String,
    /// Its TIMEX3 value.
    #[schema(example = "2023-03-07")]
    pub value: String,
}

/// One sentence that a mention was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Statement {
    /// What the sentence does to the event.
    pub role: Role,
    /// The trigger and the strongest signals that read it, as codes separated by spaces.
    #[schema(example = "trigger:talks planned same-clause")]
    pub rule: String,
    /// The sentence.
    pub sentence: Quote,
    /// The date expression in it; none where the date stands elsewhere.
    pub date: Option<DateQuote>,
    /// How likely it announces an event of that day; none for a sentence that only changes or reports one.
    pub confidence: Option<Confidence>,
}

/// What one article says of one event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// What it does: the strongest of its statements' roles.
    pub role: Role,
    /// The sort of occasion.
    pub kind: Kind,
    /// How sure it is.
    pub status: Status,
    /// When it is; none for a change or a report that names no date.
    pub when: Option<When>,
    /// Put off with no new day: `when` is the void one.
    pub date_pending: bool,
    /// The days it had before, oldest first, where the article tells them.
    pub previous_dates: Vec<PreviousDate>,
    /// Where it is held.
    pub place: Option<Place>,
    /// Who takes part, each once, in the order of the text.
    pub participants: Vec<Participant>,
    /// The sentences it was read from, in the order of the text; never empty.
    pub statements: Vec<Statement>,
}

impl Mention {
    /// How likely the article announces the event: the confidence of its surest sentence; none where it only changes or
    /// reports one.
    pub fn confidence(&self) -> Option<Confidence> {
        self.statements.iter().filter_map(|statement| statement.confidence).max()
    }
}

/// An event's state: what the articles, taken together, say of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EventState {
    /// As a person would write it.
    #[schema(example = "Japan–Australia talks in Lugano")]
    pub title: String,
    /// The sort of occasion.
    pub kind: Kind,
    /// How sure it is.
    pub status: Status,
    /// When it is.
    #[serde(flatten)]
    pub when: When,
    /// Where it is held; none where no article says.
    pub place: Option<Place>,
    /// Who takes part, each once.
    pub participants: Vec<Participant>,
    /// Put off with no new day: `starts_on` keeps the void one.
    pub date_pending: bool,
    /// The days it had before it was moved, oldest first.
    pub previous_dates: Vec<PreviousDate>,
    /// What editors added.
    #[serde(flatten)]
    pub editorial: Editorial,
}

/// One piece of evidence as the API shows it: a statement and the article that made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Evidence {
    /// The article's id; none where it is not stored.
    pub article: Option<Uuid>,
    /// The day the article was published.
    #[schema(value_type = String, format = Date)]
    pub published_on: Date,
    /// The article's title.
    pub title: Option<String>,
    /// Who published it.
    pub source: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The name of the rule by which it was found to speak of this event; none where it is not stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "same days")]
    pub matched: Option<String>,
    /// The sentence, the date in it and the rule that read them.
    #[serde(flatten)]
    pub statement: Statement,
}

/// What a person put right: evidence of its own kind, which outranks the articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CorrectionEvidence {
    /// By which it can be withdrawn.
    pub id: Uuid,
    /// What it does: `create`, `amend`, `merge`, `split`, `reject` or `reject_evidence`.
    #[schema(example = "amend")]
    pub action: String,
    /// Who made it.
    pub author: String,
    /// Why.
    pub reason: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Timestamp,
}

/// An event as the API shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Event {
    /// Stable for the event's life; none in answers about what is not stored.
    pub id: Option<Uuid>,
    /// What the articles say.
    #[serde(flatten)]
    pub state: EventState,
    /// How many articles speak of it.
    pub articles: u32,
    /// How likely the event is scheduled as stated, by all its evidence; 1 where a person corrected or created it.
    pub confidence: Confidence,
    /// Starts at 1 and rises with every change.
    pub revision: u32,
    /// When it was first stored; none where it is not.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub created_at: Option<Timestamp>,
    /// When it last changed; none where it is not stored.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub updated_at: Option<Timestamp>,
    /// The sentences it stands on; left out of lists unless asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Vec<Evidence>>,
    /// What people put right; left out where that is nothing, and of lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<CorrectionEvidence>,
}
