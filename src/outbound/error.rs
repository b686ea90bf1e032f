//! Why nothing came back, in words that an operator understands.

use super::networks::NotPublic;
use std::{error::Error as _, iter};

/// Why a request has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It leads to an address that is not public.
    #[error(transparent)]
    NotPublic(#[from] NotPublic),
    /// The address is of another kind.
    #[error("{0} is not supported; a URL must begin with http:// or https://")]
    NotHttp(String),
    /// The address holds a name or a password.
    #[error("the URL must not contain a user name or password, because URLs are displayed")]
    Credentials,
    /// It redirects, but not to an address.
    #[error("it redirects without a Location")]
    RedirectToNowhere,
    /// It redirects too often, or in a circle.
    #[error("it redirects too often")]
    TooManyRedirects,
    /// The answer is too large.
    #[error("the response is larger than {most} bytes")]
    TooLarge {
        /// How large it may be.
        most: usize,
    },
    /// The answer took too long, or never ended.
    #[error("the response timed out")]
    TimedOut,
    /// There is nobody, or the connection broke.
    #[error("it is unreachable: {0}")]
    Unreachable(String),
    /// The client cannot be set up: a defect of ours.
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
        // The last cause says what is the matter; those before only say that something is.
        let cause = causes().last().map_or_else(|| error.to_string(), ToString::to_string);
        Self::Unreachable(cause)
    }
}
