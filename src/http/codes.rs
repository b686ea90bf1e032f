//! The codes of problems. They are stable: `docs/errors.md` describes each, under a heading with its name.

use axum::http::StatusCode;

/// The body is not what its type says: not JSON, not UTF-8, incomplete.
pub(super) const MALFORMED_BODY: &str = "malformed_body";
/// A field or parameter is required.
pub(super) const MISSING_FIELD: &str = "missing_field";
/// There is no such field or parameter.
pub(super) const UNKNOWN_FIELD: &str = "unknown_field";
/// The value of a field or parameter is wrong.
pub(super) const INVALID_VALUE: &str = "invalid_value";
/// The key in the request is unknown or revoked.
pub(super) const INVALID_KEY: &str = "invalid_key";
/// The scope of the key is too small.
pub(super) const INSUFFICIENT_SCOPE: &str = "insufficient_scope";

/// The code of a status that says all.
pub(super) fn of_status(status: StatusCode) -> &'static str {
    match status {
        StatusCode::PERMANENT_REDIRECT => "merged",
        StatusCode::UNAUTHORIZED => "key_required",
        StatusCode::FORBIDDEN => "origin_not_allowed",
        StatusCode::NOT_FOUND => "not_found",
        StatusCode::METHOD_NOT_ALLOWED => "method_not_allowed",
        StatusCode::NOT_ACCEPTABLE => "not_acceptable",
        StatusCode::REQUEST_TIMEOUT => "body_timeout",
        StatusCode::CONFLICT => "conflict",
        StatusCode::GONE => "gone",
        StatusCode::PRECONDITION_FAILED => "precondition_failed",
        StatusCode::PAYLOAD_TOO_LARGE => "body_too_large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "unsupported_media_type",
        StatusCode::MISDIRECTED_REQUEST => "host_not_allowed",
        StatusCode::UNPROCESSABLE_ENTITY => "idempotency_key_reused",
        StatusCode::TOO_MANY_REQUESTS => "too_many_requests",
        StatusCode::BAD_GATEWAY => "fetch_failed",
        StatusCode::SERVICE_UNAVAILABLE => "unavailable",
        status if status.is_server_error() => "internal_error",
        _ => "invalid_request",
    }
}
