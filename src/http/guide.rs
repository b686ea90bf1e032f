//! `/docs`: the documentation as pages.

use super::{App, problem::Problem};
use crate::formats::html;
use axum::{
    Router,
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

pub(super) fn router() -> Router<App> {
    Router::new().route("/docs", get(index)).route("/docs/", get(index)).route("/docs/{page}", get(page))
}

async fn index() -> Result<Response, Problem> {
    show("")
}

async fn page(Path(name): Path<String>) -> Result<Response, Problem> {
    show(&name)
}

fn show(name: &str) -> Result<Response, Problem> {
    let body = html::guide(name)?;
    let body =
        body.ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "this page does not exist; /docs lists all pages"))?;
    Ok(([(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response())
}
