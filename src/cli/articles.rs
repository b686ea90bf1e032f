//! Articles from files and standard input, in any of their forms. What cannot be read is told on standard error, and
//! the rest is done all the same.

use super::input::{Content, Form, form, unpacked};
use daybook::article::{Article, InvalidArticle, Known};
use std::fs::File;
use std::io::{self, BufRead, BufWriter, Cursor, Read, StdoutLock, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What is wrong, and its line where it is known.
struct Problem {
    line: Option<usize>,
    message: String,
}

/// Articles, and in their order what is none.
type Articles = Box<dyn Iterator<Item = Result<Article, Problem>>>;

/// Reads the articles of every file, standard input for `-` or none at all, writes what `write` makes of each and says
/// whether all could be read.
pub fn each(
    mut files: Vec<PathBuf>,
    mut write: impl FnMut(&mut BufWriter<StdoutLock<'static>>, &Article, &str) -> io::Result<()>,
) -> ExitCode {
    if files.is_empty() {
        files.push("-".into());
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let mut code = ExitCode::SUCCESS;
    for file in &files {
        for article in articles(file) {
            let written = match article {
                // Told at once, as those who pipe articles in wait for it.
                Ok(article) => write(&mut out, &article, &id(&article, file)).and_then(|()| out.flush()),
                Err(Problem { line, message }) => {
                    let line = line.map(|line| format!("{line}:")).unwrap_or_default();
                    eprintln!("daybook: {}:{line} {message}", file.display());
                    code = ExitCode::FAILURE;
                    Ok(())
                }
            };
            if written.is_err() {
                // Whoever reads the lines has closed the pipe.
                return code;
            }
        }
    }
    code
}

/// What an article is called in the output: its own name, else the file's.
fn id(article: &Article, file: &Path) -> String {
    let name = || file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
    article.external_id.clone().unwrap_or_else(name)
}

fn articles(file: &Path) -> Articles {
    match open(file) {
        Ok((Form::PlainText, input)) => one(input, plain_text),
        Ok((Form::Json, input)) => one(input, json),
        Ok((Form::WebPage, input)) => one(input, web_page),
        Ok((Form::JsonLines, input)) => Box::new(lines(input)),
        Err(error) => Box::new(std::iter::once(Err(error.into()))),
    }
}

/// The form by the file's name; of standard input, by how it begins.
fn open(file: &Path) -> io::Result<(Form, Content)> {
    if file == "-" {
        let mut input = Vec::new();
        io::stdin().read_to_end(&mut input)?;
        return Ok((form_of(&input), Box::new(Cursor::new(input))));
    }
    Ok((form(file), unpacked(file, File::open(file)?)?))
}

/// JSON begins with a brace; it is lines of JSON when the first is whole.
fn form_of(input: &[u8]) -> Form {
    let input = input.trim_ascii_start();
    let first = input.split(|byte| *byte == b'\n').next().unwrap_or_default();
    match input.first() {
        Some(b'{') if serde_json::from_slice::<serde::de::IgnoredAny>(first).is_ok() => Form::JsonLines,
        Some(b'{') => Form::Json,
        _ => Form::PlainText,
    }
}

fn one(mut input: Content, parse: fn(&[u8]) -> Result<Article, Problem>) -> Articles {
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

fn plain_text(bytes: &[u8]) -> Result<Article, Problem> {
    Article::from_plain_text(text(bytes)?).map_err(Problem::from)
}

fn json(bytes: &[u8]) -> Result<Article, Problem> {
    Article::from_json(text(bytes)?).map_err(Problem::from)
}

fn web_page(bytes: &[u8]) -> Result<Article, Problem> {
    Article::from_web_page(bytes, None, &Known::default()).map_err(Problem::from)
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
    fn standard_input_is_known_by_how_it_begins() {
        assert_eq!(form_of(b"Talks to open\n20240301\n\nBody"), Form::PlainText);
        assert_eq!(form_of(b"{\"text\": \"a\"}\n{\"text\": \"b\"}\n"), Form::JsonLines);
        assert_eq!(form_of(b"\n{\n  \"text\": \"a\"\n}\n"), Form::Json);
        assert_eq!(form_of(b""), Form::PlainText);
    }
}
