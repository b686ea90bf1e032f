//! An article as a page: its text, with the evidence of events and the dates in it marked. The same before it is stored.

use super::{
    super::{Error, Language, Locale, locale::filters, words},
    entry::{Entry, entry, extracted_entry},
    marked::{Piece, UnusedMark, pieces},
    quote::{Origin, is_web},
};
use crate::event::{Event, ExtractedEvent};
use askama::Template;
use jiff::civil::Date;

/// What the page of an article shows.
#[derive(Clone, Debug)]
pub struct ArticlePage<'a> {
    /// Its headline.
    pub title: Option<&'a str>,
    /// Its text.
    pub text: &'a str,
    /// When it was published.
    pub published_on: Date,
    /// The publisher.
    pub source: Option<&'a str>,
    /// The URL of the article.
    pub url: Option<&'a str>,
    /// The events that it speaks of, with evidence.
    pub events: &'a [Event],
    /// The dates in it that made no event.
    pub unused: &'a [UnusedMark],
    /// Which of the evidence is its own.
    pub id: uuid::Uuid,
}

/// What a person tries, and what was extracted from it.
#[derive(Clone, Debug, Default)]
pub struct TryPage<'a> {
    /// What was typed, by field.
    pub typed: &'a [(String, String)],
    /// What is wrong with it.
    pub error: Option<&'a super::FieldError>,
    /// Whether a key is missing, or may do too little.
    pub needs_key: bool,
    /// What it makes.
    pub outcome: Option<Outcome<'a>>,
}

/// What an article makes that is not stored.
#[derive(Clone, Debug)]
pub struct Outcome<'a> {
    /// The headline.
    pub title: Option<&'a str>,
    /// The text that offsets count in.
    pub text: &'a str,
    /// When it was published.
    pub published_on: Date,
    /// Who published it.
    pub source: Option<&'a str>,
    /// Its address.
    pub url: Option<&'a str>,
    /// The events.
    pub events: &'a [ExtractedEvent],
    /// The dates that made no event.
    pub unused: &'a [UnusedMark],
    /// What the reader should know.
    pub warnings: &'a [String],
}

#[derive(Template)]
#[template(path = "article.html")]
struct Page<'a> {
    title: Option<&'a str>,
    published_on: String,
    source: Option<&'a str>,
    url: Option<&'a str>,
    pieces: Vec<Piece>,
    entries: Vec<Entry<'a>>,
    unused: &'a [UnusedMark],
    id: String,
}

#[derive(Template)]
#[template(path = "try.html")]
struct Trial<'a> {
    typed: &'a [(String, String)],
    error: Option<&'a super::FieldError>,
    needs_key: bool,
    outcome: Option<&'a Outcome<'a>>,
    heading: String,
    pieces: Vec<Piece>,
    entries: Vec<Entry<'a>>,
    unused: &'a [UnusedMark],
    signals: Vec<Signals<'a>>,
}

/// How sure an event is, and what speaks for it.
struct Signals<'a> {
    confidence: String,
    title: &'a str,
    rule: String,
}

impl Trial<'_> {
    /// What was typed into a field.
    fn value(&self, name: &str) -> &str {
        self.typed.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// What is wrong with a field.
    fn error_of(&self, name: &str) -> Option<&str> {
        self.error.filter(|error| error.field.as_deref() == Some(name)).map(|error| &*error.detail)
    }

    /// What is wrong with none of the fields.
    fn other_error(&self) -> Option<&str> {
        const FIELDS: [&str; 5] = ["text", "title", "published_on", "url", "source"];
        self.error
            .filter(|error| error.field.as_deref().is_none_or(|field| !FIELDS.contains(&field)))
            .map(|error| &*error.detail)
    }
}

/// The page of an article.
///
/// # Errors
/// Where the template cannot be written.
pub fn article(page: &ArticlePage<'_>, locale: &Locale) -> Result<String, Error> {
    let language = locale.language;
    let evidence = page.events.iter().enumerate();
    let evidence = evidence.flat_map(|(at, event)| event.evidence.iter().flatten().map(move |said| (at, said)));
    let marks: Vec<_> =
        evidence.filter(|(_, said)| said.article.id == page.id).map(|(at, said)| (at, &said.statement)).collect();
    let page = Page {
        title: page.title,
        published_on: words::day(page.published_on, language),
        source: page.source,
        url: page.url.filter(|url| is_web(url)),
        pieces: pieces(page.text, &marks, page.unused),
        entries: page.events.iter().map(|event| entry(event, None, language)).collect(),
        unused: page.unused,
        id: page.id.to_string(),
    };
    Ok(page.render_with_values(locale)?)
}

/// The page on which a text is tried.
///
/// # Errors
/// Where the template cannot be written.
pub fn trial(page: &TryPage<'_>, locale: &Locale) -> Result<String, Error> {
    let language = locale.language;
    let outcome = page.outcome.as_ref();
    let events = outcome.map_or(&[][..], |outcome| outcome.events);
    let unused = outcome.map_or(&[][..], |outcome| outcome.unused);
    let entries = outcome.into_iter().flat_map(|outcome| {
        let origin = Origin {
            id: None,
            title: outcome.title,
            url: outcome.url,
            source: outcome.source,
            published_on: outcome.published_on,
        };
        outcome.events.iter().enumerate().map(move |(at, event)| extracted_entry(event, at, origin, language))
    });
    let statements = events.iter().enumerate();
    let marks: Vec<_> =
        statements.flat_map(|(at, event)| event.evidence.iter().map(move |statement| (at, statement))).collect();
    let trial = Trial {
        typed: page.typed,
        error: page.error,
        needs_key: page.needs_key,
        outcome,
        heading: outcome.map(|outcome| heading(outcome, language)).unwrap_or_default(),
        pieces: outcome.map(|outcome| pieces(outcome.text, &marks, unused)).unwrap_or_default(),
        entries: entries.collect(),
        unused,
        signals: events.iter().map(|event| signals(event, language)).collect(),
    };
    Ok(trial.render_with_values(locale)?)
}

fn heading(outcome: &Outcome<'_>, language: Language) -> String {
    let title = outcome.title.map_or_else(|| language.text("the-text"), str::to_owned);
    let day = words::day(outcome.published_on, language);
    language.with("tried", [("count", outcome.events.len().into()), ("title", title.into()), ("day", day.into())])
}

fn signals(event: &ExtractedEvent, language: Language) -> Signals<'_> {
    let most_certain = event.evidence.iter().max_by_key(|statement| statement.confidence);
    Signals {
        confidence: words::percent(event.confidence, language),
        title: &event.state.title,
        rule: most_certain.map(|statement| statement.rule.join(" ")).unwrap_or_default(),
    }
}
