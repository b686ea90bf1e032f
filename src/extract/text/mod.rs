//! A text as tokens and sentences. Offsets inside the core are bytes; [`Document::quote`] turns them into the
//! characters that the outside counts.

mod document;
mod offsets;
mod sentences;
mod spans;
mod tokens;

pub use document::Document;
pub use sentences::{Marks, Sentence};
pub use spans::{beginning_within, overlaps_any};
pub use tokens::{Shape, Token, fold, phrase};
