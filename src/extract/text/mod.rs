//! Tokens and sentences of a text. Offsets within the library are in bytes; [`Document::quote`] converts them to the
//! character offsets of the public types.

mod document;
mod offsets;
mod sentences;
mod spans;
mod tokens;

pub use document::Document;
pub use sentences::{Marks, Sentence};
pub use spans::{beginning_within, overlaps_any};
pub use tokens::{Shape, Token, fold, phrase};
