//! Pure: an article in, what it says of events out. No clock, no IO, no async.

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
pub use events::{ExplainedCandidate, ExplainedFeatures, ExplainedOption, ExplainedPair, Signal};
pub use explain::{ExplainedDate, ExplainedEvent, ExplainedName, ExplainedSentence};
pub use extraction::{Extraction, TimeExpression};
pub use extractor::Extractor;
pub use model::{Models, bucket, class as feature_class, confidence_of, fingerprint};
pub use spelling::{begins, fold};
pub use stages::Stage;

/// Names the rules and data that read a mention; rises when they change what is read.
pub const RULES_VERSION: u32 = 8;
