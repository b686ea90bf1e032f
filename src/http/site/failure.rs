//! Errors of pages, as pages.

use super::{
    super::problem::{Problem, Shown},
    is_json_wanted, is_wanted,
    locale::locale,
    page,
};
use crate::formats::html;
use axum::{
    Extension,
    extract::Request,
    http::{HeaderValue, StatusCode, header, response::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Marks the answer of a page, which is one unless the client asks for JSON.
#[derive(Clone)]
struct OfPage;

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
        of_page(problem.into_response())
    }
}

/// Marks an error that a reader sees.
pub(super) fn of_page(problem: Response) -> Response {
    (Extension(OfPage), problem).into_response()
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
    let is_json = is_json_wanted(request.headers());
    let locale = locale(request.uri(), request.headers());
    let response = next.run(request).await;
    let is_shown = is_wanted || !is_json && response.extensions().get::<OfPage>().is_some();
    let shown = response.extensions().get::<Shown>().filter(|_| is_shown);
    let hint = hint(response.status(), &path);
    let Some(Ok(body)) = shown.map(|shown| html::error(shown.title, &shown.detail, hint, &locale)) else {
        return response;
    };
    let (parts, _) = response.into_parts();
    in_place_of(parts, page(body, &locale))
}

/// Returns a page in place of a problem document, with the status and the headers of the problem.
pub(super) fn in_place_of(mut problem: Parts, page: Response) -> Response {
    problem.headers.remove(header::CONTENT_LENGTH);
    problem.headers.remove(header::CONTENT_TYPE);
    // The document that the page replaces may be compressed.
    problem.headers.remove(header::CONTENT_ENCODING);
    problem.headers.append(header::VARY, HeaderValue::from_static("Accept-Language"));
    (problem, page).into_response()
}

/// The message that says what a reader who sends no headers can do.
fn hint(status: StatusCode, path: &str) -> Option<&'static str> {
    let message = if path.contains("/articles/") { "error-article-needs-key" } else { "error-needs-key" };
    (status == StatusCode::UNAUTHORIZED).then_some(message)
}
