//! Conditional requests (RFC 9110): every response to a GET has an `ETag`, and a response that the
//! client has already is not sent again.

use super::lines::NDJSON;
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use headers::{ETag, HeaderMapExt, IfModifiedSince, IfNoneMatch, LastModified};
use jiff::{Timestamp, fmt::rfc2822::DateTimePrinter};
use sha2::{Digest, Sha256};
use utoipa::openapi::{HeaderBuilder, Object, OpenApi, RefOr, ResponseBuilder, Type};

/// The media types of responses that are streamed and never held in full.
const STREAMS: [&str; 2] = ["text/event-stream", NDJSON];

/// The content that the `ETag` is derived from, if it is not the body, which may differ each time.
#[derive(Clone, Debug)]
pub(super) struct TaggedBy(pub(super) Bytes);

/// Returns the header `Last-Modified`; `None` if the time is unknown.
pub(super) fn last_modified(at: Option<Timestamp>) -> Option<[(header::HeaderName, HeaderValue); 1]> {
    let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&at?).ok()?;
    let value = HeaderValue::from_str(&date).ok()?;
    Some([(header::LAST_MODIFIED, value)])
}

/// Adds an `ETag` to responses, and responds with 304 if the client's version is current.
pub(super) async fn answer(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let none_match: Option<IfNoneMatch> = request.headers().typed_get();
    let modified_since: Option<IfModifiedSince> = request.headers().typed_get();
    let response = next.run(request).await;
    let is_stream =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|of| STREAMS.iter().any(|stream| of == stream));
    if !reads || is_stream || response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // The body is in memory already.
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let tagged = parts.extensions.get::<TaggedBy>().map_or(&body, |TaggedBy(bytes)| bytes);
    // Weak, because the same content may be compressed.
    let Ok(tag) = tag_of(tagged).parse::<ETag>() else {
        return Response::from_parts(parts, Body::from(body));
    };
    let modified: Option<LastModified> = parts.headers.typed_get();
    let is_known = match none_match {
        Some(held) => !held.precondition_passes(&tag),
        None => modified_since.zip(modified).is_some_and(|(since, at)| !since.is_modified(at.into())),
    };
    parts.headers.typed_insert(tag);
    parts.headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    if is_known {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(body))
}

/// Returns 304 if the client has the version that is `TaggedBy` these bytes, before a response is
/// built.
pub(super) fn not_modified(headers: &HeaderMap, tagged: &[u8]) -> Option<Response> {
    let held: IfNoneMatch = headers.typed_get()?;
    let tag: ETag = tag_of(tagged).parse().ok()?;
    if held.precondition_passes(&tag) {
        return None;
    }
    let mut answer = StatusCode::NOT_MODIFIED.into_response();
    answer.headers_mut().typed_insert(tag);
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Some(answer)
}

/// Describes `ETag` and 304 for every operation that reads.
pub(super) fn describe(api: &mut OpenApi) {
    let header = |about: &str| {
        HeaderBuilder::new().schema(Some(Object::with_type(Type::String))).description(Some(about)).build()
    };
    for operation in api.paths.paths.values_mut().filter_map(|item| item.get.as_mut()) {
        let responses = &mut operation.responses.responses;
        let Some(RefOr::T(answer)) = responses.get_mut("200") else { continue };
        if STREAMS.iter().any(|stream| answer.content.contains_key(*stream)) {
            continue;
        }
        let etag = header("Identifies this version of the response; send it back as `If-None-Match`");
        answer.headers.insert("ETag".into(), etag.clone().into());
        answer.headers.insert("Cache-Control".into(), header("`no-cache`: revalidate before each use").into());
        let known = ResponseBuilder::new()
            .description(
                "Not modified, according to `If-None-Match` or, if there is a `Last-Modified`, `If-Modified-Since`",
            )
            .header("ETag", etag);
        responses.insert("304".into(), known.build().into());
    }
}

/// Returns the tag of a response with this body.
fn tag_of(body: &[u8]) -> String {
    format!("W/\"{:032x}\"", digest(body))
}

/// Returns whether `If-Match` contains the `ETag` of a response that is tagged by these bytes;
/// `None` if the header is absent. Tags are weak because responses may be compressed, but the
/// opaque part identifies the content exactly.
pub(super) fn is_matched(headers: &HeaderMap, tagged: &[u8]) -> Option<bool> {
    let given = headers.get(header::IF_MATCH)?.to_str().unwrap_or_default();
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let own = opaque(&tag_of(tagged));
    Some(given.trim() == "*" || given.split(',').any(|tag| opaque(tag) == own))
}

/// Returns the first half of the SHA-256 hash, which suffices to distinguish responses.
fn digest(bytes: &[u8]) -> u128 {
    let hash: [u8; 32] = Sha256::digest(bytes).into();
    hash.iter().take(16).fold(0, |number, byte| number << 8 | u128::from(*byte))
}
