//! The JSON form of an article.

use super::{Article, InvalidArticle, Sent};
use crate::faults::{Fault, fault, faults};
use jiff::{
    Timestamp,
    civil::Date,
    fmt::{strtime, temporal},
};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error, IgnoredAny},
};

/// The fields that a client may send.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fields {
    #[serde(default)]
    title: Option<String>,
    text: String,
    #[serde(default, deserialize_with = "date")]
    published_on: Option<Date>,
    #[serde(default, deserialize_with = "moment")]
    published_at: Option<Moment>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    external_id: Option<String>,
}

/// What decides whether an object is a page.
#[derive(Deserialize)]
struct Shape {
    url: Option<IgnoredAny>,
    text: Option<IgnoredAny>,
}

/// A timestamp, and its date in the time zone in which it is written.
struct Moment {
    at: Timestamp,
    on: Date,
}

/// Parses the JSON form; the article is not checked yet.
pub(super) fn parse(text: &str) -> Result<Article, InvalidArticle> {
    object::<Fields>(text)?.try_into()
}

/// Parses the JSON form of an article, or of a page; neither is checked yet.
pub(super) fn parse_sent(text: &str) -> Result<Sent, InvalidArticle> {
    let shape = serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    if !matches!(shape, Ok(Shape { url: Some(_), text: None })) {
        return parse(text).map(Sent::Article);
    }
    object(text).map(Sent::Page)
}

fn object<T: DeserializeOwned>(text: &str) -> Result<T, InvalidArticle> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // serde would also accept an array of the fields in order, which is not documented and which no client intends.
    if text.trim_start().starts_with('[') {
        return Err(InvalidArticle::as_a_whole("is not an article: an article is a JSON object, not an array"));
    }
    let mut json = serde_json::Deserializer::from_str(text);
    let fields = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        if !error.inner().is_data() {
            return not_json(error.inner());
        }
        let all = serde_json::from_str(text).map(faults::<T>).unwrap_or_default();
        // What is there twice is there once in an object.
        let all = if all.is_empty() { vec![fault(&error.path().to_string(), &error.inner().to_string())] } else { all };
        let invalid = InvalidArticle::all(all.into_iter().map(InvalidArticle::from).collect());
        invalid.unwrap_or_else(|| not_json(error.inner()))
    })?;
    json.end().map_err(|error| not_json(&error))?;
    Ok(fields)
}

fn not_json(error: &serde_json::Error) -> InvalidArticle {
    InvalidArticle::as_a_whole(format!("is not JSON, from line {} column {} on", error.line(), error.column()))
}

impl From<Fault> for InvalidArticle {
    fn from(Fault { field, code, problem }: Fault) -> Self {
        let problem = match &field {
            Some(field) => {
                let problem = problem.strip_prefix(&**field).unwrap_or(&problem).trim_start_matches([':', ' ']);
                format!("{problem}{}", hint(field))
            }
            None => format!("is not an article: {problem}"),
        };
        Self { field, code, ..Self::as_a_whole(problem) }
    }
}

impl TryFrom<Fields> for Article {
    type Error = InvalidArticle;

    fn try_from(fields: Fields) -> Result<Self, InvalidArticle> {
        let Fields { title, text, published_on, published_at, url, source, language, external_id } = fields;
        let published_on = published_on.or(published_at.as_ref().map(|moment| moment.on)).ok_or_else(|| {
            let problem = "is missing; send the publication date, such as 2023-02-14, or `published_at`";
            InvalidArticle::new("published_on", problem)
        })?;
        let published_at = published_at.map(|moment| moment.at);
        Ok(Self { title, text, published_on, published_at, url, source, language, external_id })
    }
}

/// A date without a time: jiff would also accept a timestamp and drop its time.
pub(super) fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    let date = strtime::parse("%Y-%m-%d", &text).and_then(|parsed| parsed.to_date());
    date.map(Some).map_err(|_| D::Error::custom(format!("`{}` is not a date", shown(&text))))
}

/// A timestamp with a time zone.
pub(super) fn timestamp<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    Ok(moment(deserializer)?.map(|moment| moment.at))
}

fn moment<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Moment>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    let pieces = temporal::DateTimeParser::new().parse_pieces(&text).map(|pieces| pieces.date());
    match (text.parse(), pieces) {
        (Ok(at), Ok(on)) => Ok(Some(Moment { at, on })),
        _ => Err(D::Error::custom(format!("`{}` is not a timestamp with a time zone", shown(&text)))),
    }
}

fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

/// An example of a field that is not plain text.
fn hint(field: &str) -> &'static str {
    match field {
        "published_on" => "; write a date as 2023-02-14",
        "published_at" => "; write a timestamp as 2023-02-14T09:00:00Z",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_the_field() {
        let field = |text| parse(text).unwrap_err().field;
        assert_eq!(field(r#"{"text": "a"}"#).as_deref(), Some("published_on"));
        assert_eq!(field(r#"{"text": "a", "published_on": "2024-02-30"}"#).as_deref(), Some("published_on"));
        assert_eq!(field(r#"{"text": "a", "published_on": "2024-02-03T10:00:00"}"#).as_deref(), Some("published_on"));
        assert_eq!(field(r#"{"text": 1, "published_on": "2024-02-03"}"#).as_deref(), Some("text"));
        assert_eq!(field(r#"{"text": "a", "published_on": "2024-02-03", "body": "b"}"#).as_deref(), Some("body"));
        assert_eq!(field(r#"["a", "b", "2024-02-03"]"#), None);
        assert_eq!(field("{"), None);
    }

    #[test]
    fn the_date_is_that_of_the_timestamp_where_it_is_written() {
        let date = |at: &str| {
            parse(&format!(r#"{{"text": "a", "published_at": "{at}"}}"#))
                .map(|article| article.published_on.to_string())
        };
        assert_eq!(date("2023-02-14T23:30:00Z").unwrap(), "2023-02-14");
        assert_eq!(date("2023-02-15T08:30:00+09:00").unwrap(), "2023-02-15");
        assert_eq!(date("2023-02-14T23:30:00").unwrap_err().field.as_deref(), Some("published_at"));
    }

    #[test]
    fn a_byte_order_mark_is_ignored() {
        assert!(parse("\u{feff}{\"text\": \"a\", \"published_on\": \"2024-02-03\"}").is_ok());
    }
}
