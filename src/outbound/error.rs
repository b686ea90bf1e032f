//! Errors of outbound requests, in terms that an operator understands.

use super::networks::NotPublic;
use std::{error::Error as _, iter};

/// Why a request has no response.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It leads to an address that is not public.
    #[error(transparent)]
    NotPublic(#[from] NotPublic),
    /// The URL has another scheme.
    #[error("{0} is not supported; a URL must begin with http:// or https://")]
    NotHttp(String),
    /// The URL contains a user name or a password.
    #[error("the URL must not contain a user name or password, because URLs are displayed")]
    Credentials,
    /// The redirect has no valid target.
    #[error("it redirects without a Location")]
    RedirectToNowhere,
    /// Too many redirects, or a redirect loop.
    #[error("it redirects too often")]
    TooManyRedirects,
    /// The response is too large.
    #[error("the response is larger than {most} bytes")]
    TooLarge {
        /// The maximum size, in bytes.
        most: usize,
    },
    /// The response took too long.
    #[error("the response timed out")]
    TimedOut,
    /// The host is unreachable, or the connection broke.
    #[error("it is unreachable: {0}")]
    Unreachable(String),
    /// The client cannot be created: a defect of the program.
    #[error("requests cannot be sent: {0}")]
    SetUp(String),
}

impl From<reqwest::Error> for Error {
    fn from(error: reqwest::Error) -> Self {
        if error.is_timeout() {
            return Self::TimedOut;
        }
        let causes = || iter::successors(error.source(), |cause| (*cause).source());
        if let Some(not_public) = causes().find_map(|cause| cause.downcast_ref::<NotPublic>()) {
            return Self::NotPublic(not_public.clone());
        }
        // The last cause states the reason; those before it are generic.
        let cause = causes().last().map_or_else(|| error.to_string(), ToString::to_string);
        Self::Unreachable(cause)
    }
}
