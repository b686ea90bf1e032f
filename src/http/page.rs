//! One page of a list, and the way to the next.

use crate::store::Cursor;
use axum::{
    Json,
    http::{Uri, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use url::form_urlencoded;
use utoipa::ToSchema;

/// One page of a list.
#[derive(Serialize, ToSchema)]
pub(super) struct Listing<T> {
    /// What is on this page.
    items: Vec<T>,
    /// The `cursor` of the next page; none on the last one.
    #[schema(example = "2022011001941f297c007a118a3e2f0c6c1b9d10")]
    next_cursor: Option<String>,
}

/// The page with these items, with a `Link` to the next one where there is more.
pub(super) fn listing<T: Serialize>(uri: &Uri, items: Vec<T>, next: Option<Cursor>) -> Response {
    let next_cursor = next.map(|cursor| cursor.to_string());
    let link = next_cursor.as_deref().map(|cursor| [(header::LINK, next_link(uri, cursor))]);
    (link, Json(Listing { items, next_cursor })).into_response()
}

/// The address of this page, with another cursor.
fn next_link(uri: &Uri, cursor: &str) -> String {
    let query = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let mut next = form_urlencoded::Serializer::new(String::new());
    next.extend_pairs(query.filter(|(name, _)| name != "cursor")).append_pair("cursor", cursor);
    format!("<{}?{}>; rel=\"next\"", uri.path(), next.finish())
}
