//! The full description of an event with its evidence: plain text for calendars, HTML for feeds and
//! slides.

use super::{
    Error, Selection,
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
    fn facts(&self) -> Vec<(&'static str, String)> {
        let state = &self.event.state;
        let previous = joined(state.previous_dates.iter().map(previous), "; ");
        let confidence = percent(self.event.confidence);
        let facts = [
            ("Kind", state.kind.to_string()),
            ("Status", standing(state)),
            ("Date", when(state)),
            ("Before", previous),
            ("Place", state.place.as_ref().map(place).unwrap_or_default()),
            ("Parties", parties(state)),
            ("Topic", state.details.topic.clone().unwrap_or_default()),
            ("Format", state.details.format.map(format).unwrap_or_default()),
            ("Level", state.details.level.map(|level| level.to_string()).unwrap_or_default()),
            ("Confidence", confidence),
        ];
        facts.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    fn evidence(&self) -> &[Evidence] {
        self.event.evidence.as_deref().unwrap_or_default()
    }
}

/// Returns the source, else the title of the article.
pub fn source<'a>(source: Option<&'a str>, title: Option<&'a str>) -> &'a str {
    source.or(title).unwrap_or("an article")
}

/// Returns the description as HTML. Text of articles is escaped.
pub fn html(selection: &Selection<'_>, event: &Event) -> Result<String, Error> {
    Ok(Description { event, address: selection.address_of(event) }.render()?)
}

/// Returns the description as plain text, one fact per line, the sentences first, since calendars
/// truncate long descriptions.
pub fn plain(selection: &Selection<'_>, event: &Event) -> String {
    let description = Description { event, address: selection.address_of(event) };
    let mut text = String::new();
    for Evidence { article, statement, .. } in description.evidence() {
        let (sentence, published_on) = (&statement.sentence.text, day(article.published_on));
        let source = source(article.source.as_deref(), article.title.as_deref());
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
