//! One page of a list, and the way to the next.

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
    /// Of a list without items: names in the filter that nothing is known by.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<UnknownName>,
}

impl<T: Serialize> Listing<T> {
    /// A page with these items, and where the next one goes on.
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

    /// Whether nothing is on this page.
    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Says which names in the filter are unknown.
    pub(super) fn warning_of(self, unknown: Vec<UnknownName>) -> Self {
        Self { warnings: unknown, ..self }
    }

    /// Tells which saved timeline it is, if any.
    pub(super) fn of(self, saved: Option<&SavedTimeline>) -> Self {
        let Some(saved) = saved else { return self };
        Self { title: Some(saved.title.clone()), description: saved.description.clone(), ..self }
    }

    /// Tells from where changes go on.
    pub(super) fn up_to(self, position: Position) -> Self {
        Self { next_updated_since: Some(position.to_string()), ..self }
    }

    /// Tells how many there are on all pages.
    pub(super) fn of_total(self, total: Option<u64>) -> Self {
        Self { total, ..self }
    }

    /// Adds tombstones.
    pub(super) fn without(self, removed: Vec<Tombstone>) -> Self {
        Self { removed, ..self }
    }

    /// The answer, with a `Link` to the next page where there is more.
    pub(super) fn answer(mut self, uri: &Uri) -> Response {
        let link = self.next_cursor.as_deref().map(|cursor| next_link(&next_address(uri, cursor)));
        let Some(position) = self.next_updated_since.take() else { return (link, Json(self)).into_response() };
        // The position is another with every answer, and an earlier one is as good.
        let tagged_by = serde_json::to_vec(&self).unwrap_or_default();
        self.next_updated_since = Some(position);
        (link, Extension(TaggedBy(tagged_by.into())), Json(self)).into_response()
    }
}

/// The address of this page, with another cursor.
pub(super) fn next_address(uri: &Uri, cursor: &str) -> String {
    let query = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let mut next = form_urlencoded::Serializer::new(String::new());
    next.extend_pairs(query.filter(|(name, _)| name != "cursor")).append_pair("cursor", cursor);
    format!("{}?{}", uri.path(), next.finish())
}

/// The header that leads to the next page.
pub(super) fn next_link(address: &str) -> [(HeaderName, String); 1] {
    [(header::LINK, format!("<{address}>; rel=\"next\""))]
}
