//! Errors of pages, as pages.

use super::{
    super::problem::{Problem, Shown},
    is_wanted, page,
};
use crate::formats::html;
use axum::{
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

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

/// Shows a browser as a page what went wrong on its way to one: a key that is missing, a limit, an unknown path. What the API
/// answers stays as it is.
pub(in super::super) async fn show_problems(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    // To a browser, an article of the API leads to its page.
    let is_page = path.starts_with("/v1/articles/")
        || !["/v1/", "/docs", "/openapi.yaml", "/healthz", "/readyz", "/metrics"]
            .iter()
            .any(|start| path.starts_with(start));
    let is_wanted = is_page && is_wanted(request.headers());
    let response = next.run(request).await;
    let shown = response.extensions().get::<Shown>().filter(|_| is_wanted);
    let Some(Ok(body)) =
        shown.map(|shown| html::error(shown.title, &explained(response.status(), &path, &shown.detail)))
    else {
        return response;
    };
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::CONTENT_TYPE);
    (parts, page(body)).into_response()
}

/// What a reader can do, who sends no headers of their own.
fn explained(status: StatusCode, path: &str, detail: &str) -> String {
    match status {
        StatusCode::UNAUTHORIZED if path.contains("/articles/") => format!(
            "The text of an article is shown with an API key only, because its publisher may object to it being public, and a \
             browser does not send a key by itself. The pages of events quote the sentences that are evidence and need no key. \
             The operator can make articles public with --public articles. {detail}."
        ),
        StatusCode::UNAUTHORIZED => {
            format!("Reading this daybook needs a key, which a browser does not send by itself. {detail}.")
        }
        _ => detail.to_owned(),
    }
}
