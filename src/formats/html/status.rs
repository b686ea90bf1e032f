//! How the service stands, as a page.

use super::super::{Error, Locale, locale::filters};
use askama::Template;

/// What the page of the service shows.
#[derive(Clone, Debug)]
pub struct StatusPage<'a> {
    /// Groups of names and values, each under a heading. Headings and names are messages.
    pub groups: &'a [(&'static str, Vec<(String, String)>)],
    /// Sources: the name, how many articles, and when the last came.
    pub sources: &'a [(String, u64, String)],
}

#[derive(Template)]
#[template(path = "status.html")]
struct Page<'a> {
    page: &'a StatusPage<'a>,
}

/// The page of the service.
///
/// # Errors
/// Where the template cannot be written.
pub fn status(page: &StatusPage<'_>, locale: &Locale) -> Result<String, Error> {
    Ok(Page { page }.render_with_values(locale)?)
}
