//! The events of a single article, built without any stored data.

use super::fold::state_of;
use crate::event::{Confidence, ExtractedEvent, Mention, headline};

/// Returns one event for each of an article's `mentions` that can create one.
pub fn events_of_article(mentions: &[Mention]) -> Vec<ExtractedEvent> {
    let event = |mention: &Mention| {
        Some(ExtractedEvent {
            state: state_of(mention)?,
            headline: headline(&mention.statements).map(str::to_owned),
            confidence: mention.confidence().unwrap_or(Confidence::CERTAIN),
            evidence: mention.statements.clone(),
        })
    };
    mentions.iter().filter_map(event).collect()
}
