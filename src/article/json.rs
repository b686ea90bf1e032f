//! The JSON form of an article.

use super::{Article, InvalidArticle};
use jiff::{civil::Date, fmt::strtime};
use serde::{Deserialize, Deserializer, de::Error};

/// The article as it stands in the JSON form, not yet checked.
pub(super) fn parse(text: &str) -> Result<Article, InvalidArticle> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // serde also reads an array, as the fields in their order: a form that is written nowhere and that no client means.
    if text.trim_start().starts_with('[') {
        return Err(InvalidArticle::as_a_whole("is not an article: an article is a JSON object, not an array"));
    }
    let mut json = serde_json::Deserializer::from_str(text);
    let article = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let message = error.inner().to_string();
        if !error.inner().is_data() {
            return InvalidArticle::as_a_whole(format!("is not JSON: {message}"));
        }
        // The field says where it is.
        let place = format!(" at line {} column {}", error.inner().line(), error.inner().column());
        let message = message.replace(&place, "");
        // What is missing or there twice has no path, only a name in the message.
        let named = ["missing field `", "duplicate field `"].iter().find_map(|start| message.strip_prefix(start));
        match named.and_then(|rest| rest.split('`').next()).or(Some(&*path).filter(|path| *path != ".")) {
            Some(field) => InvalidArticle::new(field, format!("{message}{}", hint(field))),
            None => InvalidArticle::as_a_whole(format!("is not an article: {message}")),
        }
    })?;
    json.end().map_err(|error| InvalidArticle::as_a_whole(format!("is not JSON: {error}")))?;
    Ok(article)
}

/// A day and nothing but a day: jiff would also take an instant and drop its time.
pub(super) fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let text = String::deserialize(deserializer)?;
    let day = strtime::parse("%Y-%m-%d", &text).and_then(|parsed| parsed.to_date());
    day.map_err(|_| D::Error::custom(format!("`{}` is not a day", text.chars().take(40).collect::<String>())))
}

/// What a field that is not plain text looks like.
fn hint(field: &str) -> &'static str {
    match field {
        "published_on" => "; a day is written 2023-02-14",
        "published_at" => "; an instant is written 2023-02-14T09:00:00Z",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_named() {
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
    fn a_byte_order_mark_is_passed_over() {
        assert!(parse("\u{feff}{\"text\": \"a\", \"published_on\": \"2024-02-03\"}").is_ok());
    }
}
