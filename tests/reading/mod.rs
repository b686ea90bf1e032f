//! Extracts articles for tests, and writes their events in the format of the fixtures.
#![allow(dead_code, reason = "each test binary uses its part")]

use daybook::article::Article;
use daybook::event::{Details, EventState, Mention, Participant, Place};
use daybook::extract::{Extraction, Extractor};
use daybook::timeline::events_of_article;
use std::fmt::Write;
use std::sync::LazyLock;

pub static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

pub fn article(published_on: &str, text: &str) -> Article {
    serde_json::from_value(serde_json::json!({"text": text, "published_on": published_on, "language": "en"})).unwrap()
}

/// Returns the events of an article.
pub fn states(extraction: &Extraction) -> Vec<EventState> {
    events_of_article(&extraction.mentions).into_iter().map(|event| event.state).collect()
}

/// Returns the events of an article in the format of the fixtures.
pub fn lines(article: &Article) -> Vec<String> {
    states(&EXTRACTOR.extract(article)).iter().map(line).collect()
}

/// `days | kind | participants | place | status`, the participants in alphabetical order.
fn line(state: &EventState) -> String {
    let mut days = state.when.starts_on.to_string();
    if state.when.ends_on != state.when.starts_on {
        write!(days, "..{}", state.when.ends_on).unwrap();
    }
    let (parties, place) = (parties(&state.participants), place(state.place.as_ref()));
    format!("{days} | {} | {parties} | {place} | {}", state.kind, state.status)
}

/// Returns the details of the events of an article in the format of the fixtures.
pub fn details(article: &Article) -> Vec<String> {
    states(&EXTRACTOR.extract(article)).iter().map(|state| detail(&state.details)).collect()
}

/// `name | topic | local time | format | level`.
fn detail(details: &Details) -> String {
    let name = details.name.as_deref().unwrap_or("-");
    let topic = details.topic.as_deref().unwrap_or("-");
    let time = details.local_time.map_or("-".to_owned(), |time| time.strftime("%H:%M").to_string());
    let format = details.format.map_or("-".to_owned(), |format| format.to_string());
    let level = details.level.map_or("-".to_owned(), |level| level.to_string());
    format!("{name} | {topic} | {time} | {format} | {level}")
}

/// Returns all mentions of an article in the format of the fixtures.
pub fn mentions(article: &Article) -> Vec<String> {
    EXTRACTOR.extract(article).mentions.iter().map(mention).collect()
}

/// `EDTF | kind | participants | place | status | role`, and the previous dates.
fn mention(mention: &Mention) -> String {
    let days = mention.when.as_ref().map_or("undated", |when| &when.edtf);
    let (parties, place) = (parties(&mention.participants), place(mention.place.as_ref()));
    let mut line = format!("{days} | {} | {parties} | {place} | {} | {}", mention.kind, mention.status, mention.role);
    let before: Vec<&str> = mention.previous_dates.iter().map(|previous| &*previous.edtf).collect();
    if !before.is_empty() {
        write!(line, " | was {}", before.join(", ")).unwrap();
    }
    if mention.date_pending {
        line.push_str(" | pending");
    }
    line
}

fn parties(participants: &[Participant]) -> String {
    let mut parties: Vec<&str> = participants.iter().filter_map(|party| party.code.as_deref()).collect();
    parties.sort_unstable();
    parties.join(", ")
}

fn place(place: Option<&Place>) -> String {
    place.map_or("-".to_owned(), |p| format!("{}, {}", p.name, p.country.as_deref().unwrap_or("-")))
}
