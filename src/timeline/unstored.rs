//! The events that one article makes by itself, when nothing is stored.

use super::{Told, fold};
use crate::{
    article::Article,
    event::{Event, Evidence, Mention},
};

/// An event for each of the article's `mentions` that makes one: with its evidence, and without what storing it would
/// give it.
pub fn unstored_events(article: &Article, mentions: &[Mention]) -> Vec<Event> {
    mentions.iter().filter_map(|mention| unstored(article, mention)).collect()
}

fn unstored(article: &Article, mention: &Mention) -> Option<Event> {
    let told = Told { published_on: article.published_on, published_at: article.published_at, mention };
    let evidence = mention.statements.iter().map(|statement| Evidence {
        article: None,
        published_on: article.published_on,
        title: article.title.clone(),
        source: article.source.clone(),
        url: article.url.clone(),
        statement: statement.clone(),
    });
    Some(Event {
        id: None,
        state: fold(&[told])?,
        articles: 1,
        revision: 1,
        created_at: None,
        updated_at: None,
        evidence: Some(evidence.collect()),
    })
}
