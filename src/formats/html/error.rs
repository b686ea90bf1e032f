//! What went wrong, as a page.

use super::super::{Error, Locale, locale::filters};
use askama::Template;

#[derive(Template)]
#[template(path = "error.html")]
struct Page<'a> {
    title: &'a str,
    detail: &'a str,
    hint: Option<&'a str>,
}

/// The page of an error: the status in words, what is wrong, and the message that says what a reader can do.
///
/// # Errors
/// Where the template cannot be written.
pub fn error(title: &str, detail: &str, hint: Option<&str>, locale: &Locale) -> Result<String, Error> {
    Ok(Page { title, detail, hint }.render_with_values(locale)?)
}
