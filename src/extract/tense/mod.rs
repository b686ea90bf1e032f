//! The tense in which a clause speaks of something: that of the verb nearest before it, else of the nearest after.
//!
//! The words stand in `data/lang/en/lexicon.tsv` (`cues`). An infinitive lies ahead where what it hangs on does ("agreed
//! to meet"), else it has the tense of the verb before it ("went to meet"). `reading` finds the verbs of a text, `tenses`
//! answers for any of its tokens.

mod cues;
mod reading;
mod tenses;

pub use reading::TenseWords;
pub use tenses::{Tense, Tenses};
