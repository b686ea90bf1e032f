//! NDJSON: an article on each line, and an answer to each that is not blank.

use super::problem::Problem;
use crate::article::Article;
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

/// The media type.
pub(super) const NDJSON: &str = "application/x-ndjson";

/// A line that is not blank, from 1, and the article on it.
pub(super) struct Line {
    pub(super) number: usize,
    pub(super) article: Result<Article, Problem>,
}

/// What became of a line.
#[derive(Serialize, ToSchema)]
pub(super) struct Answer<T> {
    /// Its number, from 1; blank lines count.
    #[schema(example = 1)]
    line: usize,
    #[serde(flatten)]
    outcome: Outcome<T>,
}

#[derive(Serialize, ToSchema)]
#[serde(untagged)]
enum Outcome<T> {
    Done {
        /// As if it had been sent alone.
        #[schema(example = 201)]
        status: u16,
        #[serde(flatten)]
        answer: T,
    },
    Refused(Problem),
}

impl<T: Serialize> Answer<T> {
    /// A line was done with a status.
    pub(super) fn done(line: usize, status: u16, answer: T) -> Self {
        Self { line, outcome: Outcome::Done { status, answer } }
    }

    /// A line was refused, or failed.
    pub(super) fn refused(line: usize, problem: Problem) -> Self {
        Self { line, outcome: Outcome::Refused(problem) }
    }
}

/// The lines of a body.
pub(super) fn read(body: &str) -> Vec<Line> {
    let lines = body.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let line =
        |(at, line): (usize, &str)| Line { number: at + 1, article: Article::from_json(line).map_err(Problem::from) };
    lines.map(line).collect()
}

/// The answers, one a line.
pub(super) fn answered<T: Serialize>(answers: &[Answer<T>]) -> Result<Response, Problem> {
    let mut body = String::new();
    for answer in answers {
        body.push_str(&serde_json::to_string(answer).map_err(|error| Problem::unwritable(&error))?);
        body.push('\n');
    }
    Ok(([(header::CONTENT_TYPE, NDJSON)], body).into_response())
}
