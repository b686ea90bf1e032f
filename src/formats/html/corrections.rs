//! Who corrected what, as a page.

use super::super::{Error, Locale, locale::filters, words};
use askama::Template;
use serde_json::Value;
use uuid::Uuid;

/// What the page of corrections shows.
#[derive(Clone, Debug)]
pub struct CorrectionsPage<'a> {
    /// The corrections, the latest first.
    pub corrections: &'a [ShownCorrection],
    /// The author whose corrections are shown; none of all.
    pub author: Option<&'a str>,
    /// The URL of the next page.
    pub next: Option<&'a str>,
}

/// A correction.
#[derive(Clone, Debug)]
pub struct ShownCorrection {
    /// Its id, for withdrawal.
    pub id: Uuid,
    /// What it does, as the API names it.
    pub action: String,
    /// Who made it.
    pub author: String,
    /// Why.
    pub reason: String,
    /// When, in words.
    pub made: String,
    /// The events that it is about: the id, and the title where the event still exists.
    pub events: Vec<(Uuid, Option<String>)>,
    /// What it changed: the field, the value before, and the value after.
    pub changes: Vec<(String, Value, Value)>,
}

#[derive(Template)]
#[template(path = "corrections.html")]
struct Page<'a> {
    page: &'a CorrectionsPage<'a>,
}

/// The page of the corrections of one author.
fn by(author: &str) -> String {
    let author = url::form_urlencoded::byte_serialize(author.as_bytes()).collect::<String>();
    format!("/corrections?author={author}")
}

/// Returns a value in words; `None` if there is no value.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(items) if items.is_empty() => None,
        Value::Array(items) => Some(words::joined(items.iter().filter_map(shown), ", ")),
        Value::Object(fields) => fields.get("name").and_then(shown),
        other => Some(other.to_string()),
    }
}

/// The page of corrections.
///
/// # Errors
/// Where the template cannot be written.
pub fn corrections(page: &CorrectionsPage<'_>, locale: &Locale) -> Result<String, Error> {
    Ok(Page { page }.render_with_values(locale)?)
}
