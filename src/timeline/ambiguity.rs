//! Ambiguity. An open mention, which states no date of its event, refers to an event only if no
//! other event matches. Two matching events therefore prove that it refers to none, however many
//! other events exist.

use super::{
    entry::Entry,
    history::Neighbour,
    linking::{LinkRule, link_rule},
};
use crate::event::Mention;

/// Returns whether these events alone make an open mention ambiguous: two of them match it by
/// [`LinkRule::Moved`] or [`LinkRule::Undated`], the best rules that need a unique match.
pub fn is_ambiguous<'n>(entry: &Entry, mention: &Mention, events: impl IntoIterator<Item = &'n Neighbour>) -> bool {
    let ambiguous = if mention.when.is_some() { LinkRule::Moved } else { LinkRule::Undated };
    let matches = |event: &&Neighbour| {
        let is_of_article = || event.articles_before(&entry.order).any(|article| Some(article) == entry.article());
        let state = event.state_before(&entry.order);
        let rule = state.and_then(|state| link_rule(state, mention, entry.order.published_on));
        rule == Some(ambiguous) && !is_of_article()
    };
    events.into_iter().filter(matches).take(2).count() == 2
}
