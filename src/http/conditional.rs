//! Conditional requests (RFC 9110): every answer to a GET carries an `ETag`, and one that the client holds already is not
//! sent again.

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

/// The media types of what is told while it comes about, and never held whole.
const STREAMS: [&str; 2] = ["text/event-stream", NDJSON];

/// What an answer's `ETag` is made of, where that is not its body: the body may hold what differs each time.
#[derive(Clone, Debug)]
pub(super) struct TaggedBy(pub(super) Bytes);

/// The `Last-Modified` of an answer; none where nobody knows.
pub(super) fn last_modified(at: Option<Timestamp>) -> Option<[(header::HeaderName, HeaderValue); 1]> {
    let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&at?).ok()?;
    let value = HeaderValue::from_str(&date).ok()?;
    Some([(header::LAST_MODIFIED, value)])
}

/// Gives answers their `ETag`, and answers 304 where the client has one that is still good.
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
    // It is in memory already.
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let tagged = parts.extensions.get::<TaggedBy>().map_or(&body, |TaggedBy(bytes)| bytes);
    // Weak: the same bytes travel compressed as well.
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

/// The answer where the client holds what is `TaggedBy` these bytes, before anything is built.
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

/// Says of every operation that reads that its answer has an `ETag`, and may be one that the client holds already.
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

/// The tag of an answer with this body.
fn tag_of(body: &[u8]) -> String {
    format!("W/\"{:032x}\"", digest(body))
}

/// Returns whether `If-Match` names the `ETag` of an answer that is tagged by these bytes; `None` if the header is absent. Tags are weak
/// because answers are compressed, but their opaque part identifies the content exactly.
pub(super) fn is_matched(headers: &HeaderMap, tagged: &[u8]) -> Option<bool> {
    let given = headers.get(header::IF_MATCH)?.to_str().unwrap_or_default();
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let own = opaque(&tag_of(tagged));
    Some(given.trim() == "*" || given.split(',').any(|tag| opaque(tag) == own))
}

/// The first half of a text's SHA-256: enough to tell two answers apart.
fn digest(bytes: &[u8]) -> u128 {
    let hash: [u8; 32] = Sha256::digest(bytes).into();
    hash.iter().take(16).fold(0, |number, byte| number << 8 | u128::from(*byte))
}
