//! Pure: what articles say of one event, in the order in which they were published, folded into its state.

mod fold;
mod matching;
mod title;
mod unstored;

pub use fold::{Told, fold};
pub use matching::same_event;
pub use title::title;
pub use unstored::unstored_events;
