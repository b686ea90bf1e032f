//! Reading an article as a test does, and writing its events as the fixtures do.

use daybook::article::Article;
use daybook::event::EventState;
use daybook::extract::{Extraction, Extractor};
use daybook::timeline::events_alone;
use std::fmt::Write;
use std::sync::LazyLock;

pub static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

pub fn article(published_on: &str, text: &str) -> Article {
    serde_json::from_value(serde_json::json!({"text": text, "published_on": published_on, "language": "en"})).unwrap()
}

/// The events that one article makes.
pub fn states(article: &Article, extraction: &Extraction) -> Vec<EventState> {
    events_alone(article, &extraction.mentions).into_iter().map(|event| event.state).collect()
}

/// The events of an article as the fixtures write them.
pub fn lines(article: &Article) -> Vec<String> {
    states(article, &EXTRACTOR.extract(article)).iter().map(line).collect()
}

/// `days | kind | parties | place | status`, the parties in alphabetical order.
fn line(state: &EventState) -> String {
    let mut line = state.when.starts_on.to_string();
    if state.when.ends_on != state.when.starts_on {
        write!(line, "..{}", state.when.ends_on).unwrap();
    }
    let mut parties: Vec<&str> = state.participants.iter().filter_map(|party| party.code.as_deref()).collect();
    parties.sort_unstable();
    let place = state.place.as_ref();
    let place = place.map_or("-".to_owned(), |p| format!("{}, {}", p.name, p.country.as_deref().unwrap_or("-")));
    format!("{line} | {} | {} | {place} | {}", state.kind, parties.join(", "), state.status)
}
