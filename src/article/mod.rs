//! An article as a client sends it, and the checks that precede extraction.

mod json;
mod plain_text;
mod web_page;

pub use web_page::Known;

use crate::faults::FaultCode;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A news article as a client sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "json::Fields")]
#[schema(example = json!({
    "title": "Envoys to meet in Lugano",
    "text": "Japan and Australia will hold talks in Lugano on 7 March, officials confirmed.",
    "published_on": "2023-02-14",
    "url": "https://news.example/envoys-to-meet"
}))]
pub struct Article {
    /// The headline. It informs extraction, but creates no event by itself.
    pub title: Option<String>,
    /// The body, stored exactly as sent; offsets count its characters.
    #[schema(pattern = r"\S")]
    pub text: String,
    /// The publication date, from which relative dates are resolved; it may lie in the future. Defaults to the date of
    /// `published_at`; one of the two is required.
    #[schema(value_type = String, format = Date, example = "2023-02-14", required = false)]
    pub published_on: Date,
    /// The publication time, with a time zone; orders the articles of one date.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub published_at: Option<Timestamp>,
    /// The URL, which identifies the article.
    pub url: Option<String>,
    /// The publisher; defaults to the host of `url`.
    pub source: Option<String>,
    /// The language as an ISO 639-1 code; detected from the text by default.
    #[schema(example = "en")]
    pub language: Option<String>,
    /// The client's own identifier.
    pub external_id: Option<String>,
}

/// What a JSON body states: an article, or the page that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// An article that passed its checks.
    Article(Article),
    /// What is known of a page, with its URL.
    Page(Known),
}

impl Sent {
    /// Parses the JSON form of an article; or of a page, which has a `url` and no `text`.
    ///
    /// # Errors
    /// Fails as [`Article::from_json`].
    pub fn from_json(text: &str) -> Result<Self, InvalidArticle> {
        match json::parse_sent(text)? {
            Self::Article(article) => article.checked().map(Self::Article),
            Self::Page(known) => known.checked().map(Self::Page),
        }
    }
}

/// Why an article is rejected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {problem}", field.as_deref().unwrap_or("the article"))]
pub struct InvalidArticle {
    /// The invalid field, as the JSON form names it; `None` if the article as a whole is invalid.
    pub field: Option<String>,
    /// What sort of fault it is.
    pub code: FaultCode,
    /// What is wrong and what is expected.
    pub problem: String,
    /// What else is wrong with the article.
    pub others: Vec<InvalidArticle>,
}

impl InvalidArticle {
    fn new(field: &str, problem: impl Into<String>) -> Self {
        Self { field: Some(field.to_owned()), ..Self::as_a_whole(problem) }
    }

    fn as_a_whole(problem: impl Into<String>) -> Self {
        Self { field: None, code: FaultCode::Invalid, problem: problem.into(), others: Vec::new() }
    }

    /// Several faults of one article; none where there are none.
    fn all(faults: Vec<Self>) -> Option<Self> {
        let mut faults = faults.into_iter();
        let first = faults.next()?;
        Some(Self { others: faults.collect(), ..first })
    }
}

/// The maximum lengths of short fields, in characters.
const LIMITS: [(&str, usize); 5] =
    [("title", 2_000), ("url", 2_000), ("source", 500), ("language", 35), ("external_id", 500)];

impl Article {
    /// Parses the JSON form: an object with the fields of [`Article`].
    ///
    /// # Errors
    /// Fails if the text is not JSON, if a field is missing, unknown, duplicate or invalid, or as
    /// [`Article::checked`].
    pub fn from_json(text: &str) -> Result<Self, InvalidArticle> {
        json::parse(text)?.checked()
    }

    /// Parses the plain-text form: line 1 the title, line 2 the date as `YYYYMMDD` or `YYYY-MM-DD`, line 3 the URL
    /// (possibly empty), then the body.
    ///
    /// # Errors
    /// Fails if a line is missing or invalid, or as [`Article::checked`].
    pub fn from_plain_text(text: &str) -> Result<Self, InvalidArticle> {
        plain_text::parse(text)?.checked()
    }

    /// Parses plain text without the three header lines; `known` supplies the metadata.
    ///
    /// # Errors
    /// Fails if `known` has neither date nor time of publication, or as [`Article::checked`].
    pub fn from_bare_text(text: &str, known: &Known) -> Result<Self, InvalidArticle> {
        plain_text::bare(text, known.clone().checked()?)?.checked()
    }

    /// Extracts the article from a web page: its main text, and its metadata from JSON-LD, `meta`, `link` and `time`.
    /// `content_type` is the `Content-Type` of the response, which can state the encoding.
    ///
    /// `known` takes precedence over the metadata of the page, except for the URL: the canonical URL stated by the
    /// page identifies the article, unless it is on another site than the known URL or is the front page of a site. A
    /// relative canonical URL is resolved against the known one.
    ///
    /// The publication date is in the time zone in which the page states it. If only a timestamp is known, it is the
    /// date stated by the page if consistent with the timestamp, else the date in UTC.
    ///
    /// # Errors
    /// Fails if the page has no main text; if it has no publication date and none is known; if it is not a web page,
    /// is nested too deeply or is too large; or as [`Known::checked`].
    pub fn from_web_page(html: &[u8], content_type: Option<&str>, known: &Known) -> Result<Self, InvalidArticle> {
        web_page::parse(html, content_type, known.clone().checked()?)?.checked()
    }

    /// Validates the article, sets a missing source to the host of the URL, and removes empty fields.
    ///
    /// # Errors
    /// Fails if the text is blank, a field is too long, a character cannot be stored, or `url` is not an absolute URL.
    pub fn checked(mut self) -> Result<Self, InvalidArticle> {
        let fields = [
            ("title", &mut self.title),
            ("url", &mut self.url),
            ("source", &mut self.source),
            ("language", &mut self.language),
            ("external_id", &mut self.external_id),
        ];
        let mut faults = Vec::new();
        for (name, value) in fields {
            match short(name, value.take()) {
                Ok(short) => *value = short,
                Err(fault) => faults.push(fault),
            }
        }
        faults.extend(reject_nul("text", &self.text).err());
        if self.text.trim().is_empty() {
            faults.push(InvalidArticle::new("text", "is empty; send the body of the article"));
        }
        faults.extend(check_time(Some(self.published_on), self.published_at).err());
        match self.url.as_deref().map(host_of) {
            Some(Ok(host)) => drop(self.source.get_or_insert(host)),
            Some(Err(fault)) => faults.push(fault),
            None => {}
        }
        InvalidArticle::all(faults).map_or(Ok(self), Err)
    }
}

/// Validates a short field; `None` if it is empty.
fn short(name: &'static str, value: Option<String>) -> Result<Option<String>, InvalidArticle> {
    let Some(value) = value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    let limit = LIMITS.iter().find(|(of, _)| *of == name).map_or(usize::MAX, |(_, limit)| *limit);
    if value.chars().count() > limit {
        return Err(InvalidArticle::new(name, format!("is longer than {limit} characters")));
    }
    reject_nul(name, &value)?;
    Ok(Some(value))
}

/// PostgreSQL has no dates in year 0, and JSON none after year 9999.
fn check_time(on: Option<Date>, at: Option<Timestamp>) -> Result<(), InvalidArticle> {
    if on.is_some_and(|on| !(1..=9999).contains(&on.year())) {
        return Err(InvalidArticle::new("published_on", "must lie in the years 1 to 9999"));
    }
    if at.is_some_and(|at| TimeZone::UTC.to_datetime(at).year() < 1) {
        return Err(InvalidArticle::new("published_at", "must lie in the years 1 to 9999"));
    }
    Ok(())
}

/// PostgreSQL's `text` cannot contain the character U+0000, and no article needs it.
fn reject_nul(field: &'static str, value: &str) -> Result<(), InvalidArticle> {
    match value.chars().position(|c| c == '\0') {
        Some(at) => {
            Err(InvalidArticle::new(field, format!("contains a NUL character (U+0000) at offset {at}; remove it")))
        }
        None => Ok(()),
    }
}

fn host_of(address: &str) -> Result<String, InvalidArticle> {
    url::Url::parse(address)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
        .and_then(|url| url.host_str().map(str::to_owned))
        .ok_or_else(|| InvalidArticle::new("url", "must be an absolute http or https URL"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article() -> Article {
        Article::from_json(r#"{"text": "Talks open on Monday.", "published_on": "2024-03-01"}"#).unwrap()
    }

    #[test]
    fn the_source_is_the_host_unless_it_is_given() {
        let url = Some("https://news.example/a".to_owned());
        let named = Article { url: url.clone(), source: Some("The Paper".into()), ..article() };
        assert_eq!(named.checked().unwrap().source.as_deref(), Some("The Paper"));
        assert_eq!(Article { url, ..article() }.checked().unwrap().source.as_deref(), Some("news.example"));
    }

    #[test]
    fn the_text_stays_exactly_as_sent() {
        let text = "\n  Talks\u{a0}open.\r\n\n".to_owned();
        assert_eq!(Article { text: text.clone(), ..article() }.checked().unwrap().text, text);
    }

    #[test]
    fn an_error_names_the_field() {
        let field = |article: Article| article.checked().unwrap_err().field.unwrap();
        assert_eq!(field(Article { text: " \n".into(), ..article() }), "text");
        assert_eq!(field(Article { text: "a\0b".into(), ..article() }), "text");
        assert_eq!(field(Article { title: Some("a\0".into()), ..article() }), "title");
        assert_eq!(field(Article { url: Some("not an address".into()), ..article() }), "url");
        assert_eq!(field(Article { url: Some("ftp://a.example/x".into()), ..article() }), "url");
        assert_eq!(field(Article { source: Some("s".repeat(501)), ..article() }), "source");
        assert_eq!(field(Article { published_on: Date::MIN, ..article() }), "published_on");
        assert_eq!(field(Article { published_at: Some(Timestamp::MIN), ..article() }), "published_at");
    }
}
