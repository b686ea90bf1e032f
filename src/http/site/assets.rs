//! The style sheet and the script of the pages.

use super::super::problem::Problem;
use crate::formats::html::ASSETS;
use axum::{
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
};

/// For good: another content has another URL.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// Returns a file that pages load.
pub(super) async fn asset(uri: Uri) -> Result<Response, Problem> {
    let asset = ASSETS.iter().find(|asset| asset.path == uri.path());
    let asset = asset.ok_or_else(|| {
        Problem::new(StatusCode::NOT_FOUND, "there is no such file in this version; pages name those that they load")
    })?;
    Ok(([(header::CONTENT_TYPE, asset.content_type), (header::CACHE_CONTROL, FOREVER)], asset.body).into_response())
}
