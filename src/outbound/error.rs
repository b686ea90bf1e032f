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
    #[error("{0} is not spoken; an address begins with http:// or https://")]
    NotHttp(String),
    /// The address holds a name or a password.
    #[error("the address holds a user name or a password, which would be shown; leave it out")]
    Credentials,
    /// It redirects, but not to an address.
    #[error("it redirects to nowhere")]
    RedirectToNowhere,
    /// It redirects too often, or in a circle.
    #[error("it redirects again and again")]
    TooManyRedirects,
    /// The answer is too large.
    #[error("the answer is larger than {most} bytes")]
    TooLarge {
        /// How large it may be.
        most: usize,
    },
    /// The answer took too long, or never ended.
    #[error("the answer did not come in time")]
    TimedOut,
    /// There is nobody, or the connection broke.
    #[error("it cannot be reached: {0}")]
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
