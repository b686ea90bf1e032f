//! The full description of an event with its evidence: plain text for calendars, HTML for feeds and
//! slides.

use super::{
    Error, Selection,
    language::Language,
    locale::{Locale, filters},
    words::{day, format, joined, parties, percent, place, previous, standing, when},
};
use crate::event::{Event, Evidence};
use askama::Template;
use std::fmt::Write;

/// The description of an event, for a template and for plain text.
#[derive(Template)]
#[template(path = "event.html")]
struct Description<'a> {
    event: &'a Event,
    address: String,
}

impl Description<'_> {
    /// Returns the names and values of the known fields.
    fn facts(&self) -> Vec<(String, String)> {
        let state = &self.event.state;
        let language = Language::English;
        let previous = joined(state.previous_dates.iter().map(|date| previous(date, language)), "; ");
        let confidence = percent(self.event.confidence, language);
        let facts = [
            ("fact-kind", language.name("kind", state.kind)),
            ("fact-status", standing(state, language)),
            ("fact-date", when(state, language)),
            ("fact-before", previous),
            ("fact-place", state.place.as_ref().map(place).unwrap_or_default()),
            ("fact-participants", parties(state)),
            ("fact-topic", state.details.topic.clone().unwrap_or_default()),
            ("fact-format", state.details.format.map(|of| format(of, language)).unwrap_or_default()),
            ("fact-level", state.details.level.map(|level| language.name("level", level)).unwrap_or_default()),
            ("fact-confidence", confidence),
        ];
        facts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (language.text(name), value))
            .collect()
    }

    fn evidence(&self) -> &[Evidence] {
        self.event.evidence.as_deref().unwrap_or_default()
    }
}

/// Returns the source of a piece of evidence.
fn source_of(evidence: &Evidence) -> String {
    source(evidence.article.source.as_deref(), evidence.article.title.as_deref(), Language::English)
}

/// Returns the publication date of a piece of evidence.
fn published_on(evidence: &Evidence) -> String {
    day(evidence.article.published_on, Language::English)
}

/// Returns the source, else the title of the article.
pub fn source(source: Option<&str>, title: Option<&str>, language: Language) -> String {
    source.or(title).map_or_else(|| language.text("an-article"), str::to_owned)
}

/// Returns the description as HTML. Text of articles is escaped.
pub fn html(selection: &Selection<'_>, event: &Event) -> Result<String, Error> {
    Ok(Description { event, address: selection.address_of(event) }.render_with_values(&Locale::default())?)
}

/// Returns the description as plain text, one fact per line, the sentences first, since calendars
/// truncate long descriptions.
pub fn plain(selection: &Selection<'_>, event: &Event) -> String {
    let description = Description { event, address: selection.address_of(event) };
    let mut text = String::new();
    for Evidence { article, statement, .. } in description.evidence() {
        let (sentence, published_on) = (&statement.sentence.text, day(article.published_on, Language::English));
        let source = source(article.source.as_deref(), article.title.as_deref(), Language::English);
        let _ = writeln!(text, "“{sentence}”\n{source}, {published_on}");
        if let Some(url) = &article.url {
            let _ = writeln!(text, "{url}");
        }
        text.push('\n');
    }
    for (name, value) in description.facts() {
        let _ = writeln!(text, "{name}: {value}");
    }
    let _ = write!(text, "\n{}", description.address);
    text
}

/// Escapes text for HTML.
pub fn escaped(text: &str) -> String {
    match askama::filters::escape(text, askama::filters::Html) {
        Ok(html) => html.to_string(),
        Err(never) => match never {},
    }
}
