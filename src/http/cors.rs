//! Cross-origin requests (CORS). API keys are sent in a header that a page must set itself, never
//! in a cookie, so a page gains no privileges from its reader.

use axum::{
    Router,
    http::{HeaderName, HeaderValue, Method, header},
};
use std::{str::FromStr, time::Duration};
use tower_http::cors::{AllowOrigin, CorsLayer};
use url::Url;

/// The request headers that pages may send in addition to the safelisted ones.
const SENT: [HeaderName; 7] = [
    header::AUTHORIZATION,
    header::CONTENT_TYPE,
    header::IF_MODIFIED_SINCE,
    header::IF_NONE_MATCH,
    HeaderName::from_static("last-event-id"),
    HeaderName::from_static("prefer"),
    HeaderName::from_static("x-request-id"),
];

/// The response headers that pages may read in addition to the safelisted ones.
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

/// How long a browser may cache a preflight response.
const MAX_AGE: Duration = Duration::from_hours(1);

/// An origin whose pages may use the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Any origin: `*`.
    Any,
    /// One origin, as browsers send it in `Origin`.
    Named(HeaderValue),
}

impl Origin {
    /// Returns whether it is exactly this origin. `*` is not: without keys, that would permit any
    /// page to write.
    pub(super) fn names(&self, origin: &HeaderValue) -> bool {
        matches!(self, Self::Named(named) if named == origin)
    }

    /// Returns the origin as a source of a Content-Security-Policy.
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
            _ => {
                Err("an origin must be written as https://app.example or http://localhost:5173, or as `*` for any"
                    .into())
            }
        }
    }
}

/// Answers preflight requests and adds the CORS headers; without origins, adds nothing.
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
