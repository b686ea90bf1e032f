//! The tense of a clause: that of the nearest verb before a token, else of the nearest one after it.
//!
//! The cues are listed in `data/lang/en/lexicon.tsv` (`cues`). An infinitive is future if the word it depends on
//! implies it ("agreed to meet"), else it has the tense of the verb before it ("went to meet"). `reading` finds the
//! verbs of a text, and `tenses` answers queries for its tokens.

mod cues;
mod reading;
mod tenses;

pub use reading::TenseWords;
pub use tenses::{Tense, Tenses};
