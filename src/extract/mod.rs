//! Extracts event mentions from articles. Pure: no clock, no I/O, no async.

mod data;
mod directory;
mod entities;
mod events;
mod explain;
mod extraction;
mod extractor;
mod language;
mod lexicon;
mod model;
mod spelling;
mod stages;
mod tense;
mod text;
mod time;
mod words;

pub use directory::{Directory, ListedParty};
pub use events::{ExplainedCandidate, ExplainedFeatures, ExplainedOption, ExplainedPair, Signal, Unused};
pub use explain::{ExplainedDate, ExplainedEvent, ExplainedName, ExplainedSentence};
pub use extraction::{Extraction, TimeExpression, UnusedDate};
pub use extractor::Extractor;
pub use model::{Models, bucket, class as feature_class, confidence_of, fingerprint};
pub use spelling::{begins, fold};
pub use stages::Stage;

/// Identifies the rules that extracted a mention: the version of the code, incremented when a change of code changes
/// extractions, and the fingerprint of `data/`, including the models.
pub const RULES_VERSION: &str = concat!("10-", env!("DAYBOOK_DATA_FINGERPRINT"));
