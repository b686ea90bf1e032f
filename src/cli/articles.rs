//! Articles from files and standard input, in any format. An article that cannot be read is reported on standard error,
//! and the others are processed.

use super::input::{Content, Form, decompressed, form};
use daybook::article::{Article, InvalidArticle, Known};
use jiff::civil::Date;
use std::fs::File;
use std::io::{self, BufRead, BufWriter, Cursor, Read, StdoutLock, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The articles to read.
#[derive(clap::Args, Debug)]
pub struct Sources {
    /// Publication date of bare text, which has no header lines; also overrides the date of a web page
    #[arg(long, value_name = "DATE", value_parser = date)]
    date: Option<Date>,
    /// Articles as plain text with header lines (title, date, URL), .json, .jsonl, .ndjson or .html, optionally
    /// compressed (.gz, .zst); standard input if no FILE is given, or for -
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// A date on the command line.
pub fn date(text: &str) -> Result<Date, &'static str> {
    text.parse().map_err(|_| "must be a date such as 2026-11-28")
}

/// An error, with its line if it is known.
struct Problem {
    line: Option<usize>,
    message: String,
}

/// Articles and errors, in order.
type Articles = Box<dyn Iterator<Item = Result<Article, Problem>>>;

/// Reads the articles of every source, passes each to `write`, and returns failure if any could not be read.
pub fn each(
    sources: &Sources,
    mut write: impl FnMut(&mut BufWriter<StdoutLock<'static>>, &Article, &str) -> io::Result<()>,
) -> ExitCode {
    let stdin = [PathBuf::from("-")];
    let files = if sources.files.is_empty() { &stdin[..] } else { &sources.files };
    let known = Known { published_on: sources.date, ..Known::default() };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut code = ExitCode::SUCCESS;
    for file in files {
        for article in articles(file, &known) {
            let written = match article {
                // Flushed after each article, so that a pipeline receives it at once.
                Ok(article) => write(&mut out, &article, &id(&article, file)).and_then(|()| out.flush()),
                Err(Problem { line, message }) => {
                    let line = line.map(|line| format!("{line}:")).unwrap_or_default();
                    eprintln!("daybook: {}:{line} {message}", file.display());
                    code = ExitCode::FAILURE;
                    Ok(())
                }
            };
            if written.is_err() {
                // The reader has closed the pipe.
                return code;
            }
        }
    }
    code
}

/// The identifier of an article in the output: its `external_id`, else the name of the file.
fn id(article: &Article, file: &Path) -> String {
    let name = || file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
    article.external_id.clone().unwrap_or_else(name)
}

fn articles(file: &Path, known: &Known) -> Articles {
    match open(file) {
        Ok((Form::PlainText, input)) if known.published_on.is_some() => {
            one(input, |bytes| Ok(Article::from_bare_text(text(bytes)?, known)?))
        }
        Ok((Form::PlainText, input)) => one(input, |bytes| Ok(Article::from_plain_text(text(bytes)?)?)),
        Ok((Form::Json, input)) => one(input, json),
        Ok((Form::WebPage, input)) => one(input, |bytes| Ok(Article::from_web_page(bytes, None, known)?)),
        Ok((Form::JsonLines, input)) => Box::new(lines(input)),
        Err(error) => Box::new(std::iter::once(Err(error.into()))),
    }
}

/// Chooses the format by the name of the file; for standard input, by its content.
fn open(file: &Path) -> io::Result<(Form, Content)> {
    if file == "-" {
        let mut input = Vec::new();
        io::stdin().read_to_end(&mut input)?;
        return Ok((form_of(&input), Box::new(Cursor::new(input))));
    }
    Ok((form(file), decompressed(file, File::open(file)?)?))
}

/// JSON begins with a brace; it is NDJSON if the first line is a complete object.
fn form_of(input: &[u8]) -> Form {
    let input = input.trim_ascii_start();
    let first = input.split(|byte| *byte == b'\n').next().unwrap_or_default();
    match input.first() {
        Some(b'{') if serde_json::from_slice::<serde::de::IgnoredAny>(first).is_ok() => Form::JsonLines,
        Some(b'{') => Form::Json,
        _ => Form::PlainText,
    }
}

fn one(mut input: Content, parse: impl FnOnce(&[u8]) -> Result<Article, Problem>) -> Articles {
    let mut bytes = Vec::new();
    let read = input.read_to_end(&mut bytes).map_err(Problem::from);
    Box::new(std::iter::once(read.and_then(|_| parse(&bytes))))
}

fn lines(input: Content) -> impl Iterator<Item = Result<Article, Problem>> {
    let lines = input.split(b'\n').enumerate();
    lines.filter(|(_, line)| line.as_ref().map_or(true, |line| !line.trim_ascii().is_empty())).map(|(index, line)| {
        let article = line.map_err(Problem::from).and_then(|line| json(&line));
        article.map_err(|problem| Problem { line: Some(index + 1), ..problem })
    })
}

fn text(bytes: &[u8]) -> Result<&str, Problem> {
    str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.split(|byte| *byte == b'\n').count();
        Problem { line: Some(line), message: "is not UTF-8".into() }
    })
}

fn json(bytes: &[u8]) -> Result<Article, Problem> {
    Article::from_json(text(bytes)?).map_err(Problem::from)
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Self { line: None, message: error.to_string() }
    }
}

impl From<InvalidArticle> for Problem {
    fn from(error: InvalidArticle) -> Self {
        Self { line: None, message: error.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_of_standard_input_is_detected() {
        assert_eq!(form_of(b"Talks to open\n20240301\n\nBody"), Form::PlainText);
        assert_eq!(form_of(b"{\"text\": \"a\"}\n{\"text\": \"b\"}\n"), Form::JsonLines);
        assert_eq!(form_of(b"\n{\n  \"text\": \"a\"\n}\n"), Form::Json);
        assert_eq!(form_of(b""), Form::PlainText);
    }
}
