//! The body of a request: its bytes, and a small JSON object, every field of which is known.

use super::problem::Problem;
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::de::DeserializeOwned;
use std::{error::Error, iter};
use tower_http::timeout::TimeoutError;

/// The body as a `T`.
pub(super) struct Body<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let given =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !given.split(';').next().is_some_and(|name| name.trim().eq_ignore_ascii_case("application/json")) {
            let detail = "Content-Type must be application/json";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail).into_response());
        }
        let body = whole(request, state).await?;
        read(&body).map(Self).map_err(Problem::into_response)
    }
}

/// The bytes of a body, if they come in time.
pub(super) async fn whole<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Response> {
    Bytes::from_request(request, state).await.map_err(|rejection| {
        let mut causes = iter::successors(rejection.source(), |error| (*error).source());
        if causes.any(<dyn Error>::is::<TimeoutError>) {
            return StatusCode::REQUEST_TIMEOUT.into_response();
        }
        rejection.into_response()
    })
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    // PostgreSQL's text cannot hold U+0000, written out or escaped, and no field means to.
    if body.contains(&0) || body.windows(6).any(|six| six == b"\\u0000") {
        return Err(Problem::bad_request("the body holds a NUL character (U+0000); remove it"));
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let message = error.inner().to_string();
        match message
            .split('`')
            .nth(1)
            .filter(|_| message.starts_with("missing field") || message.starts_with("unknown field"))
        {
            Some(field) => Problem::of_field(field, message.clone()),
            None if path == "." => {
                Problem::bad_request(format!("the body is not the JSON object that it should be: {message}"))
            }
            None => Problem::of_field(path.clone(), format!("{path}: {message}")),
        }
    })?;
    json.end().map_err(|error| Problem::bad_request(format!("the body goes on after its JSON object: {error}")))?;
    Ok(value)
}
