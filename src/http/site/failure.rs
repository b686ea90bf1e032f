//! Errors of pages, as pages.

use super::{super::problem::Problem, page};
use crate::formats::html;
use axum::response::{IntoResponse, Response};

/// An error that a reader sees.
pub(super) struct Failure(Problem);

impl<T: Into<Problem>> From<T> for Failure {
    fn from(error: T) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let Self(problem) = self;
        match html::error(problem.title(), &problem.message()) {
            Ok(body) => (problem.status(), page(body)).into_response(),
            Err(error) => Problem::from(error).into_response(),
        }
    }
}
