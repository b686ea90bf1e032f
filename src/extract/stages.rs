//! The stages of extraction, for callers that time them: this module has no clock.

use strum::{IntoStaticStr, VariantArray};

/// A stage of extraction, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Stage {
    /// Tokenisation and sentence splitting.
    Words,
    /// Language detection; the last stage if the language is not supported.
    Language,
    /// Tenses and date expressions.
    Dates,
    /// States, organisations, people and places.
    Names,
    /// Event mentions.
    Events,
}
