//! Security headers.

use super::cors::Origin;
use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};

/// The headers of every response: no guessing of the media type, no referrer for other sites, no
/// framing by other sites. Within daybook a browser sends the referrer, without which a form could
/// not be distinguished from one of another site.
const ALWAYS: [(HeaderName, HeaderValue); 3] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// The policy of responses other than pages: nothing is loaded or executed.
const OF_DATA: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// The policy of pages: the style sheet and the script of daybook, and nothing inline.
const OF_PAGES: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; \
     form-action 'self'; frame-ancestors 'none'",
);

/// Returns the policy of a page that these origins may frame.
pub(super) fn embeddable(by: &[Origin]) -> [(HeaderName, HeaderValue); 1] {
    let sources: Vec<&str> = by.iter().filter_map(Origin::source).collect();
    let sources = if sources.is_empty() { "'none'".to_owned() } else { sources.join(" ") };
    let policy = OF_PAGES.to_str().unwrap_or_default().replace("frame-ancestors 'none'", "");
    let policy = HeaderValue::try_from(format!("{policy}frame-ancestors {sources}")).unwrap_or(OF_PAGES);
    [(header::CONTENT_SECURITY_POLICY, policy)]
}

/// The policy of the API reference. Redoc adds rules to empty `<style>` elements, which the first
/// hash (of the empty string) permits, writes one style sheet, which the second hash permits, and
/// searches in a worker that it creates from a blob.
const OF_REFERENCE: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; worker-src blob:; \
     style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' \
     'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='; img-src 'self' data:; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// Sets the policy of the API reference.
pub(super) fn allow_redoc(mut response: Response) -> Response {
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, OF_REFERENCE);
    response
}

/// Adds the headers to a response.
pub(super) async fn protect(mut response: Response) -> Response {
    let is_unchanged = response.status() == StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    let is_page = headers.get(header::CONTENT_TYPE).is_some_and(|of| of.as_bytes().starts_with(b"text/html"));
    headers.extend(ALWAYS);
    // A 304 keeps the policy of the page in the browser's cache.
    if is_unchanged {
        return response;
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(if is_page { OF_PAGES } else { OF_DATA });
    response
}
