//! The review queue as a page: what an editor should look at, and the decisions that each item offers.

use super::{
    super::{Error, Locale, locale::filters},
    entry::{Entry, entry},
};
use crate::event::Event;
use askama::Template;

/// What the page of the review queue shows.
#[derive(Clone, Debug)]
pub struct ReviewPage<'a> {
    /// The items, the latest first.
    pub items: &'a [ReviewedItem],
    /// The author of the last decision.
    pub author: &'a str,
    /// The URL of the next page.
    pub next: Option<&'a str>,
}

/// An item of the queue.
#[derive(Clone, Debug)]
pub struct ReviewedItem {
    /// Its id.
    pub id: String,
    /// Why it is listed, as the queue names it.
    pub reason: String,
    /// The event or events that it is about.
    pub events: Vec<Event>,
    /// The article that it is about: its id and its title.
    pub article: Option<(String, Option<String>)>,
    /// The disputed fields.
    pub fields: Vec<String>,
}

#[derive(Template)]
#[template(path = "review.html")]
struct Page<'a> {
    items: Vec<Item<'a>>,
    author: &'a str,
    next: Option<&'a str>,
}

struct Item<'a> {
    id: &'a str,
    reason: &'a str,
    fields: &'a [String],
    article: Option<(String, Option<&'a str>)>,
    entries: Vec<Entry<'a>>,
}

impl Item<'_> {
    /// What can be decided: the key to press, the message that names it, and what the form sends.
    fn decisions(&self) -> Vec<(char, &'static str, String)> {
        let dismiss = ('d', "dismiss", format!("dismiss {}", self.id));
        match &*self.entries {
            [one] => vec![
                ('c', "confirm", format!("confirm {} {}", self.id, one.id)),
                ('r', "reject", format!("reject {} {}", self.id, one.id)),
                dismiss,
            ],
            [one, other] => vec![('m', "merge", format!("merge {} {} {}", self.id, one.id, other.id)), dismiss],
            _ => vec![dismiss],
        }
    }
}

/// The page of the review queue.
///
/// # Errors
/// Where the template cannot be written.
pub fn review(page: &ReviewPage<'_>, locale: &Locale) -> Result<String, Error> {
    let items = page.items.iter().map(|item| Item {
        id: &item.id,
        reason: &item.reason,
        fields: &item.fields,
        article: item.article.as_ref().map(|(id, title)| (format!("/articles/{id}"), title.as_deref())),
        entries: item.events.iter().map(|event| entry(event, None, locale.language)).collect(),
    });
    Ok(Page { items: items.collect(), author: page.author, next: page.next }.render_with_values(locale)?)
}
