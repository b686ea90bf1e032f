//! Sentences of articles on a page: as text, with the date expression marked, and with links that lead to web pages only.

use super::super::{Language, description, words};
use crate::event::{Evidence, Role, Statement};
use jiff::civil::Date;
use uuid::Uuid;

/// A piece of evidence: a sentence about an event.
pub(super) struct Quoted<'a> {
    pub(super) before: String,
    pub(super) date: String,
    pub(super) after: String,
    pub(super) role: Role,
    pub(super) source: String,
    pub(super) title: Option<&'a str>,
    pub(super) url: Option<&'a str>,
    pub(super) article: Option<String>,
    pub(super) published_on: String,
    pub(super) confidence: Option<String>,
    pub(super) rule: String,
}

/// The article that a sentence is from, which may not be stored.
#[derive(Clone, Copy)]
pub(super) struct Origin<'a> {
    pub(super) id: Option<Uuid>,
    pub(super) title: Option<&'a str>,
    pub(super) url: Option<&'a str>,
    pub(super) source: Option<&'a str>,
    pub(super) published_on: Date,
}

/// Evidence with its date expression marked.
pub(super) fn quoted(evidence: &Evidence, language: Language) -> Quoted<'_> {
    let article = &evidence.article;
    let origin = Origin {
        id: Some(article.id),
        title: article.title.as_deref(),
        url: article.url.as_deref(),
        source: article.source.as_deref(),
        published_on: article.published_on,
    };
    quoted_from(origin, &evidence.statement, language)
}

/// A sentence of an article with its date expression marked.
pub(super) fn quoted_from<'a>(origin: Origin<'a>, statement: &Statement, language: Language) -> Quoted<'a> {
    let sentence = &statement.sentence;
    let date = statement.date.as_ref().map(|date| (date.start, date.end));
    // The date may stand in another sentence, and where texts disagree with their offsets nothing is marked.
    let inside = date.filter(|(start, end)| sentence.start <= *start && start < end && *end <= sentence.end);
    let (start, end) = inside.map_or((0, 0), |(start, end)| (start - sentence.start, end - sentence.start));
    let part = |from: u32, to: u32| -> String {
        sentence.text.chars().skip(from as usize).take(to.saturating_sub(from) as usize).collect()
    };
    Quoted {
        before: part(0, start),
        date: part(start, end),
        after: part(end, u32::MAX),
        role: statement.role,
        source: description::source(origin.source, origin.title, language),
        title: origin.title,
        url: origin.url.filter(|url| is_web(url)),
        article: origin.id.map(|id| format!("/articles/{id}")),
        published_on: words::day(origin.published_on, language),
        confidence: statement.confidence.map(|confidence| words::percent(confidence, language)),
        rule: statement.rule.join(" "),
    }
}

/// Whether a URL that an article gave leads to a web page, and runs nothing.
pub(super) fn is_web(url: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .any(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}
