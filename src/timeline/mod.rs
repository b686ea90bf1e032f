//! Pure: what articles say of one event, in the order in which they were published, folded into its state.

mod alone;
mod fold;
mod matching;
mod title;

pub use alone::events_alone;
pub use fold::{Told, fold, makes_an_event};
pub use matching::{may_be_meant, same_event};
pub use title::title;
