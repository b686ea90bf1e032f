//! The events of a single article, built without any stored data.

use super::fold::state_of;
use crate::{
    article::Article,
    event::{Confidence, Event, Evidence, Mention},
};

/// Returns one event for each of an article's `mentions` that can create one. The events are not
/// stored and have no id.
pub fn events_of_article(article: &Article, mentions: &[Mention]) -> Vec<Event> {
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
            confidence: mention.confidence().unwrap_or(Confidence::CERTAIN),
            revision: 1,
            created_at: None,
            updated_at: None,
            evidence: Some(evidence.collect()),
            corrections: Vec::new(),
        })
    };
    mentions.iter().filter_map(event).collect()
}
