//! `daybook extract`: prints the events and dates in articles, one JSON line per article.

use super::articles::{self, Sources};
use daybook::{
    event::ExtractedEvent,
    extract::{Extractor, TimeExpression},
    timeline::events_of_article,
};
use serde::Serialize;
use std::{io::Write, process::ExitCode};

/// The output for one article.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    events: Vec<ExtractedEvent>,
    dates: Vec<TimeExpression>,
}

/// Extracts from every article.
pub fn run(sources: &Sources) -> ExitCode {
    let extractor = Extractor::new();
    articles::each(sources, |out, article, id| {
        let extraction = extractor.extract(article);
        let line = Line { id, events: events_of_article(&extraction.mentions), dates: extraction.dates };
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")
    })
}
