//! The stages in which an article is read, for those who measure what each takes: in here there is no clock.

use strum::{IntoStaticStr, VariantArray};

/// A stage of reading, in the order in which they come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Stage {
    /// Words and sentences.
    Words,
    /// Which language it is; of an article in one that is not read, the last.
    Language,
    /// Tenses and date expressions.
    Dates,
    /// States, organisations, people and places.
    Names,
    /// What is said of events.
    Events,
}
