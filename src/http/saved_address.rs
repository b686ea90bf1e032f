//! The URL of a saved timeline: the slug, the suffix of a format, and the token that replaces a
//! key.

use super::{App, problem::Problem, view::query};
use crate::{
    saved::{NoSlug, Slug},
    store,
};
use axum::{
    extract::{FromRequestParts, Path},
    http::{Method, Uri, request::Parts},
};
use std::borrow::Cow;

/// The path prefix of saved timelines.
pub(super) const FOLDER: &str = "/v1/timelines/";

/// The slug in a path, and what comes after it: `{slug}.ics`.
pub(super) struct Address {
    pub(super) slug: Slug,
    pub(super) suffix: String,
}

impl Address {
    /// Parses the last segment of a path; `None` if it does not start with a slug.
    fn parse(segment: &str) -> Option<Self> {
        let (slug, suffix) = segment.split_at(segment.find('.').unwrap_or(segment.len()));
        Some(Self { slug: slug.parse().ok()?, suffix: suffix.to_owned() })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Address {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        path.ok().and_then(|Path(segment)| Self::parse(&segment)).ok_or_else(no_slug)
    }
}

/// The slug as the whole last segment of a path, or before `/token`.
pub(super) struct BareSlug(pub(super) Slug);

impl<S: Send + Sync> FromRequestParts<S> for BareSlug {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        path.ok().and_then(|Path(slug)| slug.parse().ok()).map(Self).ok_or_else(no_slug)
    }
}

fn no_slug() -> Problem {
    Problem::of_field("slug", NoSlug.to_string())
}

/// Returns the token of a request.
pub(super) fn token(uri: &Uri) -> Option<Cow<'_, str>> {
    query(uri).into_iter().find(|(name, _)| name == "token").map(|(_, token)| token)
}

/// Returns whether a request reads a private timeline with its token, so that it needs no key. The
/// token permits nothing else.
pub(super) async fn is_opened(app: &App, request: &Parts) -> Result<bool, store::Error> {
    let reads = matches!(request.method, Method::GET | Method::HEAD);
    let address = request.uri.path().strip_prefix(FOLDER).and_then(Address::parse);
    let Some((address, token)) = address.zip(token(&request.uri)).filter(|_| reads) else { return Ok(false) };
    let timeline = app.store.timeline(&address.slug).await?;
    Ok(timeline.and_then(|timeline| timeline.token).is_some_and(|known| known.is(&token)))
}
