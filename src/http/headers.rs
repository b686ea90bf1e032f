//! The headers that keep browsers from doing more with an answer than it is for.

use super::cors::Origin;
use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};

/// On every answer: its type is what it says, no other site learns whence its reader came, nor shows it as its own. Within
/// daybook a browser says where a form stands, without which a form could not be told from one of another site.
const ALWAYS: [(HeaderName, HeaderValue); 3] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// What is no page loads and runs nothing.
const OF_DATA: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// A page loads the style sheet and the script of daybook, and nothing that stands in the page itself.
const OF_PAGES: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; \
     form-action 'self'; frame-ancestors 'none'",
);

/// The policy of a page that other sites may show within theirs.
pub(super) fn embeddable(by: &[Origin]) -> [(HeaderName, HeaderValue); 1] {
    let sources: Vec<&str> = by.iter().filter_map(Origin::source).collect();
    let sources = if sources.is_empty() { "'none'".to_owned() } else { sources.join(" ") };
    let policy = OF_PAGES.to_str().unwrap_or_default().replace("frame-ancestors 'none'", "");
    let policy = HeaderValue::try_from(format!("{policy}frame-ancestors {sources}")).unwrap_or(OF_PAGES);
    [(header::CONTENT_SECURITY_POLICY, policy)]
}

/// Swagger UI writes styles of its own, and its pictures into them.
const OF_DOCS: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
     form-action 'self'; frame-ancestors 'none'",
);

/// Allows Swagger UI what it needs.
pub(super) async fn allow_docs(mut response: Response) -> Response {
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, OF_DOCS);
    response
}

/// Adds them.
pub(super) async fn protect(mut response: Response) -> Response {
    let is_unchanged = response.status() == StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    let is_page = headers.get(header::CONTENT_TYPE).is_some_and(|of| of.as_bytes().starts_with(b"text/html"));
    headers.extend(ALWAYS);
    // Of a page that a browser holds already, the policy that came with it stays.
    if is_unchanged {
        return response;
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(if is_page { OF_PAGES } else { OF_DATA });
    response
}
