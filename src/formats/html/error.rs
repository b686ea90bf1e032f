//! What went wrong, as a page.

use super::super::Error;
use askama::Template;

#[derive(Template)]
#[template(path = "error.html")]
struct Page<'a> {
    title: &'a str,
    detail: &'a str,
}

/// The page of an error: the status in words, and what is wrong.
///
/// # Errors
/// Where the template cannot be written.
pub fn error(title: &str, detail: &str) -> Result<String, Error> {
    Ok(Page { title, detail }.render()?)
}
