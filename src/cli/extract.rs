//! `daybook extract`: articles from files in, a JSON line for each out.

use super::articles;
use daybook::{
    event::Event,
    extract::{Extractor, TimeExpression},
    timeline::events_of_article,
};
use serde::Serialize;
use std::{io::Write, path::PathBuf, process::ExitCode};

/// What is written for an article.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    events: Vec<Event>,
    dates: Vec<TimeExpression>,
}

/// Reads every file and writes what its articles say.
pub fn run(files: Vec<PathBuf>) -> ExitCode {
    let extractor = Extractor::new();
    articles::each(files, |out, article, id| {
        let extraction = extractor.extract(article);
        let line = Line { id, events: events_of_article(article, &extraction.mentions), dates: extraction.dates };
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")
    })
}
