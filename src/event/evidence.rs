//! Evidence as the API returns it: sentences with their articles, and corrections.

use super::Statement;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A piece of evidence: a statement with its article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Evidence {
    /// The article.
    pub article: EvidenceArticle,
    /// The rule that linked it to this event.
    #[schema(example = "same_dates")]
    pub matched: String,
    /// The sentence, the date expression in it, and the strongest signals.
    #[serde(flatten)]
    pub statement: Statement,
}

/// The article of a piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EvidenceArticle {
    /// The id.
    pub id: Uuid,
    /// The title.
    pub title: Option<String>,
    /// The URL.
    #[schema(example = "https://news.example/a")]
    pub url: Option<String>,
    /// The publisher.
    #[schema(example = "news.example")]
    pub source: Option<String>,
    /// The publication date.
    #[schema(value_type = String, format = Date, example = "2023-02-14")]
    pub published_on: Date,
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
