//! The events that one article makes by itself, with nothing else known.

use super::fold::state_of;
use crate::{
    article::Article,
    event::{Event, Evidence, Mention},
};

/// The events that `mentions`, all read from `article`, make alone: one for each that suffices for an event. They
/// have no id, as they are not stored.
pub fn events_alone(article: &Article, mentions: &[Mention]) -> Vec<Event> {
    let event = |mention: &Mention| {
        let evidence = mention.statements.iter().map(|statement| Evidence {
            article: None,
            published_on: article.published_on,
            title: article.title.clone(),
            source: article.source.clone(),
            url: article.url.clone(),
            matched: None,
            statement: statement.clone(),
        });
        Some(Event {
            id: None,
            state: state_of(mention)?,
            articles: 1,
            revision: 1,
            created_at: None,
            updated_at: None,
            evidence: Some(evidence.collect()),
            corrections: Vec::new(),
        })
    };
    mentions.iter().filter_map(event).collect()
}
