//! The codes of problem documents, each as the URL of its documentation. They are stable:
//! `docs/errors.md` describes each under a heading with its name.

use axum::http::StatusCode;

/// The body does not match its media type: not JSON, not UTF-8, incomplete.
pub(super) const MALFORMED_BODY: &str = "/docs/errors#malformed_body";
/// A field or parameter is required.
pub(super) const MISSING_FIELD: &str = "/docs/errors#missing_field";
/// The field or parameter does not exist.
pub(super) const UNKNOWN_FIELD: &str = "/docs/errors#unknown_field";
/// The value of a field or parameter is invalid.
pub(super) const INVALID_VALUE: &str = "/docs/errors#invalid_value";
/// A web page has no main text, or lacks something else of an article.
pub(super) const INCOMPLETE_PAGE: &str = "/docs/errors#incomplete_page";
/// The key in the request is unknown or revoked.
pub(super) const INVALID_KEY: &str = "/docs/errors#invalid_key";
/// The scope of the key is insufficient.
pub(super) const INSUFFICIENT_SCOPE: &str = "/docs/errors#insufficient_scope";

/// Returns the code of a problem that its status describes sufficiently.
pub(super) fn of_status(status: StatusCode) -> &'static str {
    match status {
        StatusCode::PERMANENT_REDIRECT => "/docs/errors#merged",
        StatusCode::UNAUTHORIZED => "/docs/errors#key_required",
        StatusCode::FORBIDDEN => "/docs/errors#origin_not_allowed",
        StatusCode::NOT_FOUND => "/docs/errors#not_found",
        StatusCode::METHOD_NOT_ALLOWED => "/docs/errors#method_not_allowed",
        StatusCode::NOT_ACCEPTABLE => "/docs/errors#not_acceptable",
        StatusCode::REQUEST_TIMEOUT => "/docs/errors#body_timeout",
        StatusCode::CONFLICT => "/docs/errors#conflict",
        StatusCode::GONE => "/docs/errors#no_longer_available",
        StatusCode::PRECONDITION_FAILED => "/docs/errors#precondition_failed",
        StatusCode::PAYLOAD_TOO_LARGE => "/docs/errors#body_too_large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "/docs/errors#unsupported_media_type",
        StatusCode::MISDIRECTED_REQUEST => "/docs/errors#host_not_allowed",
        StatusCode::UNPROCESSABLE_ENTITY => "/docs/errors#idempotency_key_reused",
        StatusCode::TOO_MANY_REQUESTS => "/docs/errors#too_many_requests",
        StatusCode::BAD_GATEWAY => "/docs/errors#fetch_failed",
        StatusCode::SERVICE_UNAVAILABLE => "/docs/errors#unavailable",
        status if status.is_server_error() => "/docs/errors#internal_error",
        _ => "/docs/errors#invalid_request",
    }
}
