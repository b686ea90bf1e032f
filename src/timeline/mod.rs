//! Pure: what articles and people say of events, in the order in which it was published, folded into a timeline.
//!
//! `order` is what comes in; `loom` walks through it and makes `threads`, each what is said of one event, by the rules of
//! `matching`; `fold` makes the event's state of that, `changes` tells what differs between two, `title` entitles it;
//! `naming` says which id each event keeps.

mod alone;
mod changes;
mod correction;
mod fold;
mod loom;
mod matching;
mod naming;
mod order;
mod threads;
mod title;

pub use alone::events_alone;
pub use changes::Change;
pub use correction::{Amendment, Correction};
pub use loom::threads;
pub use matching::{Reach, Rule, fit};
pub use naming::{Known, Names, known_as, names, root};
pub use order::{Entry, EntryId, Order, Said, makes_an_event};
pub use threads::{End, Neighbour, Revision, Thread};
pub use title::title;
