//! Whose pages may use the API from a browser (CORS). Keys travel in a header that a page sets itself, never in a cookie,
//! so that no page gains anything from its reader.

use axum::{
    Router,
    http::{HeaderName, HeaderValue, Method, header},
};
use std::{str::FromStr, time::Duration};
use tower_http::cors::{AllowOrigin, CorsLayer};
use url::Url;

/// What a page may send beside the headers that any page may.
const SENT: [HeaderName; 7] = [
    header::AUTHORIZATION,
    header::CONTENT_TYPE,
    header::IF_MODIFIED_SINCE,
    header::IF_NONE_MATCH,
    HeaderName::from_static("last-event-id"),
    HeaderName::from_static("prefer"),
    HeaderName::from_static("x-request-id"),
];

/// What a page may read of an answer beside what any page may.
const SHOWN: [HeaderName; 10] = [
    header::CONTENT_DISPOSITION,
    header::ETAG,
    header::LINK,
    header::LOCATION,
    header::RETRY_AFTER,
    header::WWW_AUTHENTICATE,
    HeaderName::from_static("preference-applied"),
    HeaderName::from_static("ratelimit"),
    HeaderName::from_static("ratelimit-policy"),
    HeaderName::from_static("x-request-id"),
];

/// How long a browser may keep what it was told of a route.
const MAX_AGE: Duration = Duration::from_hours(1);

/// A site whose pages may use the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Any site at all: `*`.
    Any,
    /// One, as its pages name themselves in `Origin`.
    Named(HeaderValue),
}

impl Origin {
    /// Whether it is just this one. `*` names nobody: without keys, that would let any page write.
    pub(super) fn names(&self, origin: &HeaderValue) -> bool {
        matches!(self, Self::Named(named) if named == origin)
    }

    /// As a Content-Security-Policy names it.
    pub(super) fn source(&self) -> Option<&str> {
        match self {
            Self::Any => Some("*"),
            Self::Named(named) => named.to_str().ok(),
        }
    }
}

impl FromStr for Origin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "*" {
            return Ok(Self::Any);
        }
        let origin = Url::parse(text).ok().map(|url| url.origin().ascii_serialization());
        let as_sent = origin.filter(|origin| origin != "null" && !origin.contains('*'));
        match as_sent.map(|origin| (origin == text, HeaderValue::try_from(origin))) {
            Some((true, Ok(origin))) => Ok(Self::Named(origin)),
            Some((false, Ok(origin))) => {
                Err(format!("must be written as browsers send it: {}", origin.to_str().unwrap_or("*")))
            }
            _ => Err("an origin is written as https://app.example or http://localhost:5173; `*` is any".into()),
        }
    }
}

/// Answers what browsers ask beforehand, and tells them who may see the answers; of no site, nothing at all.
pub(super) fn allow(routes: Router, origins: &[Origin]) -> Router {
    if origins.is_empty() {
        return routes;
    }
    let named = origins.iter().filter_map(|origin| match origin {
        Origin::Any => None,
        Origin::Named(origin) => Some(origin.clone()),
    });
    let origins = if origins.contains(&Origin::Any) { AllowOrigin::any() } else { AllowOrigin::list(named) };
    let cors = CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers(SENT)
        .expose_headers(SHOWN)
        .max_age(MAX_AGE);
    routes.layer(cors)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_taken_as_browsers_send_them() {
        for text in ["https://app.example", "http://localhost:5173", "http://[::1]:8080"] {
            assert_eq!(text.parse(), Ok(Origin::Named(HeaderValue::from_static(text))), "{text}");
        }
        assert_eq!("*".parse(), Ok(Origin::Any));
    }

    #[test]
    fn what_no_browser_sends_is_refused_with_what_it_would() {
        for text in ["https://app.example/", "https://App.example", "https://app.example:443", "https://app.example/a"]
        {
            let error = text.parse::<Origin>().unwrap_err();
            assert!(error.ends_with(" https://app.example"), "{error}");
        }
        for text in ["", "null", "app.example", "file:///page", "https://*.example"] {
            assert!(text.parse::<Origin>().is_err(), "{text}");
        }
    }
}
