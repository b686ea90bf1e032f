//! Pure: builds the timeline from what articles and people state about events, in the order of
//! publication.
//!
//! An `entry` is one statement about one event: a mention in an article, or a `correction` by a
//! person; `order` gives it its id and its place in the order of publication. `history_builder`
//! folds all entries into a `history` for each event. `linking` decides which event a mention
//! refers to, within the limits that `reach` sets; `ambiguity` when a few events suffice for that.
//! `fold` computes the state of an event with `dates`, `participants` and `title`; `changes`
//! compares two states. `identity` decides which event keeps which id. `single_article` builds the
//! events of an article that is not stored.

mod ambiguity;
mod changes;
mod correction;
mod dates;
mod details;
mod entry;
mod fold;
mod history;
mod history_builder;
mod identity;
mod linking;
mod open_history;
mod order;
mod participants;
mod reach;
mod single_article;
mod title;

pub use ambiguity::is_ambiguous;
pub use changes::Change;
pub use correction::{Amendment, Correction};
pub use entry::{Content, Entry, creates_event};
pub use history::{History, Merge, Neighbour, Revision};
pub use history_builder::build_histories;
pub use identity::{Identities, KnownEvent, assign_ids, public_ids, root};
pub use linking::{LinkRule, link_rule};
pub use order::{EntryId, Order};
pub use reach::{Reach, is_open};
pub use single_article::events_of_article;
pub use title::title;
