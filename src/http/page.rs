//! A page of a list with the link to the next one.

use super::{conditional::TaggedBy, suggestions::UnknownName};
use crate::store::{Position, SavedTimeline, Tombstone};
use axum::{
    Extension, Json,
    http::{HeaderName, Uri, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use url::form_urlencoded;
use utoipa::ToSchema;

/// A page of a list.
#[derive(Serialize, ToSchema)]
pub(super) struct Listing<T> {
    /// Saved timelines: the title.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// Saved timelines: the description.
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    /// The items on this page.
    items: Vec<T>,
    /// The `cursor` of the next page; `null` on the last page.
    #[schema(example = "2022011001941f297c007a118a3e2f0c6c1b9d10")]
    next_cursor: Option<String>,
    /// Lists of events with `Prefer: count=exact` or `count=estimated`: the number of events on all pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
    /// Lists of events: the `updated_since` for the changes after this response; with `updated_since`, on the last
    /// page.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "7310-1641378000")]
    next_updated_since: Option<String>,
    /// With `updated_since`: the tombstones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    removed: Vec<Tombstone>,
    /// Empty lists: unknown names in the filter.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<UnknownName>,
}

impl<T: Serialize> Listing<T> {
    /// Returns a page with these items and the cursor of the next one.
    pub(super) fn new(items: Vec<T>, next_cursor: Option<String>) -> Self {
        Self {
            title: None,
            description: None,
            items,
            next_cursor,
            total: None,
            next_updated_since: None,
            removed: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Returns whether the page is empty.
    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Adds the unknown names in the filter.
    pub(super) fn warning_of(self, unknown: Vec<UnknownName>) -> Self {
        Self { warnings: unknown, ..self }
    }

    /// Adds title and description of a saved timeline.
    pub(super) fn of(self, saved: Option<&SavedTimeline>) -> Self {
        let Some(saved) = saved else { return self };
        Self { title: Some(saved.title.clone()), description: saved.description.clone(), ..self }
    }

    /// Adds the position at which changes continue.
    pub(super) fn up_to(self, position: Position) -> Self {
        Self { next_updated_since: Some(position.to_string()), ..self }
    }

    /// Adds the number of events on all pages.
    pub(super) fn of_total(self, total: Option<u64>) -> Self {
        Self { total, ..self }
    }

    /// Adds tombstones.
    pub(super) fn without(self, removed: Vec<Tombstone>) -> Self {
        Self { removed, ..self }
    }

    /// Returns the response, with a `Link` to the next page if there is one.
    pub(super) fn answer(mut self, uri: &Uri) -> Response {
        let link = self.next_cursor.as_deref().map(|cursor| next_link(&next_address(uri, cursor)));
        let Some(position) = self.next_updated_since.take() else { return (link, Json(self)).into_response() };
        // The `ETag` excludes the position, which differs in every response; an earlier one is
        // equivalent.
        let tagged_by = serde_json::to_vec(&self).unwrap_or_default();
        self.next_updated_since = Some(position);
        (link, Extension(TaggedBy(tagged_by.into())), Json(self)).into_response()
    }
}

/// Returns the URL of this page with another cursor.
pub(super) fn next_address(uri: &Uri, cursor: &str) -> String {
    let query = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let mut next = form_urlencoded::Serializer::new(String::new());
    next.extend_pairs(query.filter(|(name, _)| name != "cursor")).append_pair("cursor", cursor);
    format!("{}?{}", uri.path(), next.finish())
}

/// Returns the header `Link` to the next page.
pub(super) fn next_link(address: &str) -> [(HeaderName, String); 1] {
    [(header::LINK, format!("<{address}>; rel=\"next\""))]
}
