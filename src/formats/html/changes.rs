//! What changed since a day, or since a reader was last here, as a page.

use super::{
    super::{Error, Locale, locale::filters},
    Revision,
    entry::{Entry, entry},
    history::{Step, steps},
};
use crate::event::Event;
use askama::Template;

/// What the page of changes shows.
#[derive(Clone, Debug)]
pub struct ChangesPage<'a> {
    /// Since when, in words.
    pub since: &'a str,
    /// The events that changed, what changed last first.
    pub changed: &'a [ChangedEvent<'a>],
    /// How many events were withdrawn, or became part of others.
    pub removed: usize,
    /// Whether more changed than are shown.
    pub has_more: bool,
}

/// An event that changed.
#[derive(Clone, Debug)]
pub struct ChangedEvent<'a> {
    /// The event as it is.
    pub event: &'a Event,
    /// Its history, the oldest state first.
    pub history: Vec<Revision<'a>>,
    /// How many states of it were known before.
    pub known: usize,
}

#[derive(Template)]
#[template(path = "changes.html")]
struct Page<'a> {
    since: &'a str,
    items: Vec<Item<'a>>,
    removed: usize,
    has_more: bool,
}

struct Item<'a> {
    entry: Entry<'a>,
    is_new: bool,
    steps: Vec<Step<'a>>,
}

/// The page of changes.
///
/// # Errors
/// Where the template cannot be written.
pub fn changes<'a>(page: &ChangesPage<'a>, locale: &Locale) -> Result<String, Error> {
    let language = locale.language;
    let item = |changed: &ChangedEvent<'a>| Item {
        entry: entry(changed.event, None, language),
        is_new: changed.known == 0,
        steps: steps(&changed.event.id.to_string(), &changed.history, language)
            .into_iter()
            .skip(changed.known)
            .collect(),
    };
    let ChangesPage { since, changed, removed, has_more } = *page;
    Ok(Page { since, items: changed.iter().map(item).collect(), removed, has_more }.render_with_values(locale)?)
}
