//! The language of a page: what `lang` names in the URL, else what `Accept-Language` prefers, else English.

use super::asked;
use crate::formats::{Language, Locale};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Uri, header, request::Parts},
};
use std::convert::Infallible;

/// The reader who asks for a page.
pub(super) struct Reader(pub(super) Locale);

impl<S: Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(locale(&parts.uri, &parts.headers)))
    }
}

/// Where the page is, and in which language it is read.
pub(super) fn locale(uri: &Uri, headers: &HeaderMap) -> Locale {
    let asked = asked(uri);
    let named = asked.get("lang").and_then(|tag| tag.parse().ok());
    let language = named.or_else(|| preferred(headers)).unwrap_or_default();
    Locale { language, is_asked: named.is_some(), here: asked.without(&["lang"]).url(uri.path()) }
}

/// The language that `Accept-Language` gives the greatest weight: of `de-CH` German, as no variant is written differently.
fn preferred(headers: &HeaderMap) -> Option<Language> {
    let accepted = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let range = |range: &str| {
        let (tag, weight) = range.split_once(";q=").unwrap_or((range, "1"));
        let weight: f64 = weight.trim().parse().ok()?;
        let language: Language = tag.trim().split('-').next()?.to_ascii_lowercase().parse().ok()?;
        (weight > 0.0).then_some((weight, language))
    };
    let ranges = accepted.split(',').filter_map(range);
    // Of equal weights the first.
    ranges.reduce(|best, other| if other.0 > best.0 { other } else { best }).map(|(_, language)| language)
}
