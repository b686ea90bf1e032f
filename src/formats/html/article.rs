//! An article as a page: its text, with the evidence of events and the dates in it marked.

use super::{
    super::{Error, words},
    entry::{Entry, entry},
    quote::is_web,
};
use crate::event::{Event, Evidence};
use askama::Template;
use jiff::civil::Date;
use std::collections::BTreeSet;

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
    /// Which of the evidence is its own.
    pub id: uuid::Uuid,
}

#[derive(Template)]
#[template(path = "article.html")]
struct Page<'a> {
    title: &'a str,
    published_on: String,
    source: Option<&'a str>,
    url: Option<&'a str>,
    pieces: Vec<Piece>,
    entries: Vec<Entry<'a>>,
    id: String,
}

/// A piece of the text.
struct Piece {
    text: String,
    /// The event that its sentence speaks of, and the title.
    of: Option<(String, String)>,
    is_date: bool,
}

/// The page of an article.
///
/// # Errors
/// Where the template cannot be written.
pub fn article(page: &ArticlePage<'_>) -> Result<String, Error> {
    let page = Page {
        title: page.title.unwrap_or("Article without a title"),
        published_on: words::day(page.published_on),
        source: page.source,
        url: page.url.filter(|url| is_web(url)),
        pieces: pieces(page),
        entries: page.events.iter().map(|event| entry(event, None)).collect(),
        id: page.id.to_string(),
    };
    Ok(page.render()?)
}

/// The text, cut where a sentence or a date begins or ends.
fn pieces(page: &ArticlePage<'_>) -> Vec<Piece> {
    let chars: Vec<char> = page.text.chars().collect();
    let evidence = page.events.iter().flat_map(|event| event.evidence.iter().flatten().map(move |said| (event, said)));
    let marks: Vec<(&Event, &Evidence)> = evidence.filter(|(_, said)| said.article == Some(page.id)).collect();
    let mut cuts = BTreeSet::from([0, chars.len()]);
    for (_, Evidence { statement, .. }) in &marks {
        cuts.extend([statement.sentence.start as usize, statement.sentence.end as usize]);
        cuts.extend(statement.date.iter().flat_map(|date| [date.start as usize, date.end as usize]));
    }
    let cuts: Vec<usize> = cuts.into_iter().filter(|cut| *cut <= chars.len()).collect();
    let piece = |bounds: &[usize]| {
        let &[start, end] = bounds else { return None };
        let within = |first: u32, last: u32| first as usize <= start && end <= last as usize;
        let is_date_of =
            |evidence: &Evidence| evidence.statement.date.as_ref().is_some_and(|date| within(date.start, date.end));
        let is_of = |evidence: &Evidence| {
            within(evidence.statement.sentence.start, evidence.statement.sentence.end) || is_date_of(evidence)
        };
        // Of several events in one sentence, the date leads to its own.
        let dated = marks.iter().find(|(_, evidence)| is_date_of(evidence));
        let said = dated.or_else(|| marks.iter().find(|(_, evidence)| is_of(evidence)));
        let of = said.map(|(event, _)| (event.id.unwrap_or_default().to_string(), event.state.title.clone()));
        Some(Piece { text: chars.get(start..end)?.iter().collect(), of, is_date: dated.is_some() })
    };
    cuts.windows(2).filter_map(piece).collect()
}
