//! Reads the body of a request: its bytes, or a small JSON object without unknown fields.

use super::{Limits, problem::Problem};
use crate::faults::{fault, faults};
use async_compression::tokio::bufread::{GzipDecoder, ZstdDecoder};
use axum::{
    body::{Body as Bits, Bytes},
    extract::{FromRequest, Request},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::TryStreamExt;
use headers::{ContentLength, HeaderMapExt};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::de::DeserializeOwned;
use std::{error::Error, io, iter};
use tokio::{io::BufReader, time::timeout};
use tokio_util::io::{ReaderStream, StreamReader};

/// Extracts the body as a `T`.
pub(super) struct Body<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Response;

    async fn from_request(request: Request, _: &S) -> Result<Self, Response> {
        let given =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !given.split(';').next().is_some_and(|name| name.trim().eq_ignore_ascii_case("application/json")) {
            let detail = "Content-Type must be application/json";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail).into_response());
        }
        let body = whole(request).await?;
        read(&body).map(Self).map_err(Problem::into_response)
    }
}

/// Returns the decompressed bytes of a body that arrives in time and is not too large.
pub(super) async fn whole(request: Request) -> Result<Bytes, Response> {
    let Limits { body: most, body_time, .. } = limits(&request);
    let announced: Option<ContentLength> = request.headers().typed_get();
    if announced.is_some_and(|length| length.0 > most as u64) {
        return Err(StatusCode::PAYLOAD_TOO_LARGE.into_response());
    }
    let (body, _) = decompressed(request).map_err(Problem::into_response)?;
    match timeout(body_time, Limited::new(body, most).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if is_too_large(&*error) => Err(StatusCode::PAYLOAD_TOO_LARGE.into_response()),
        Ok(Err(_)) => {
            let detail = "the body is incomplete, or cannot be decompressed according to Content-Encoding";
            Err(Problem::bad_request(detail).into_response())
        }
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT.into_response()),
    }
}

/// Returns whether reading a body failed because it is too large.
pub(super) fn is_too_large(error: &(dyn Error + 'static)) -> bool {
    iter::successors(Some(error), |error| (*error).source()).any(<dyn Error>::is::<LengthLimitError>)
}

/// Returns the limits of a request.
pub(super) fn limits(request: &Request) -> Limits {
    request.extensions().get().copied().unwrap_or_default()
}

/// Returns the decompressed body of a request, and whether it was compressed.
pub(super) fn decompressed(request: Request) -> Result<(Bits, bool), Problem> {
    let encoding =
        request.headers().get(header::CONTENT_ENCODING).map(|encoding| encoding.as_bytes().to_ascii_lowercase());
    let compressed = |body: Bits| {
        BufReader::new(StreamReader::new(TryStreamExt::map_err(body.into_data_stream(), io::Error::other)))
    };
    let body = request.into_body();
    match encoding.as_deref() {
        None | Some(b"identity") => Ok((body, false)),
        Some(b"gzip" | b"x-gzip") => {
            let mut decoder = GzipDecoder::new(compressed(body));
            // Archives often consist of several members.
            decoder.multiple_members(true);
            Ok((Bits::from_stream(ReaderStream::new(decoder)), true))
        }
        Some(b"zstd") => {
            let mut decoder = ZstdDecoder::new(compressed(body));
            decoder.multiple_members(true);
            Ok((Bits::from_stream(ReaderStream::new(decoder)), true))
        }
        Some(_) => {
            let detail =
                "Content-Encoding must be gzip or zstd; compress the body with one of them, or send it uncompressed";
            Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail))
        }
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    // PostgreSQL's text type cannot store U+0000, literal or escaped, and no field needs it.
    if body.contains(&0) || body.windows(6).any(|six| six == b"\\u0000") {
        return Err(Problem::bad_request("the body contains a NUL character (U+0000); remove it"));
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let object = if error.inner().is_data() { serde_json::from_slice(body).ok() } else { None };
        match object.map(faults::<T>) {
            Some(all) if !all.is_empty() => Problem::of_faults(all),
            // Duplicate fields are an error of `T`, but not of a JSON object.
            Some(_) => Problem::from(fault(&error.path().to_string(), &error.inner().to_string())),
            None => {
                let place = (error.inner().line(), error.inner().column());
                Problem::malformed(format!("the body is not JSON, from line {} column {} on", place.0, place.1))
            }
        }
    })?;
    json.end().map_err(|_| Problem::malformed("the body must contain one JSON object only"))?;
    Ok(value)
}
