//! `POST /v1/events/{id}/merge` and `/split`.

use super::{
    App,
    body::Body,
    corrections::{CorrectionResult, NotCorrected, Subject, make_correction, refuse},
    event_view::EventView,
    params::{Id, NoParams, Params},
    problem::{Problem, Problems},
    submission::Refusals,
};
use crate::store::{Found, Wish};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, Uri},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(merge_events)).routes(routes!(split_event))
}

/// The result of a merge.
#[derive(Serialize, ToSchema)]
struct Merged {
    /// The id of the correction, for withdrawal.
    correction: Uuid,
    /// The id of the event that remains; the other id redirects to it.
    kept: Uuid,
    /// The event with all its evidence.
    events: Vec<EventView>,
}

/// The event to merge.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Merging {
    /// The author.
    #[schema(pattern = r"\S", max_length = 2000)]
    author: String,
    /// The reason.
    #[schema(pattern = r"\S", max_length = 2000)]
    reason: String,
    /// The other event.
    other: Uuid,
}

/// Merge two events
///
/// The older id remains, which `kept` states; the other one returns 308 with the URL of that event.
#[utoipa::path(
    post,
    path = "/v1/events/{id}/merge",
    tag = "Corrections",
    params(("id" = Uuid, Path, description = "The id of the event"),
           ("If-Match" = Option<String>, Header, description = "The `ETag` of the event when it was read")),
    request_body = Merging,
    responses((status = 200, description = "The merged event", body = Merged), NotCorrected, Refusals, Problems),
)]
async fn merge_events(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
    Body(Merging { author, reason, other }): Body<Merging>,
) -> Result<Json<Merged>, Response> {
    let seen = Subject::of(&app, id, &uri, &headers, "/merge").await?.seen;
    // An id that was merged before stands for the event that it is part of.
    let other = match app.store.event(other, None).await.map_err(refuse)? {
        Some(Found::Merged(into)) => into,
        _ => other,
    };
    if id == other {
        return Err(Problem::of_field("other", "other must not be the event itself or part of it").into_response());
    }
    let done = make_correction(&app, &Wish::Merge(id, other), &author, &reason, seen).await.map_err(refuse)?;
    let kept = done.events.first().map_or(id, |event| event.id);
    let events = EventView::all(done.events, &app.base(&headers));
    Ok(Json(Merged { correction: done.correction, kept, events }))
}

/// The articles to split off.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Splitting {
    /// The author.
    #[schema(pattern = r"\S", max_length = 2000)]
    author: String,
    /// The reason.
    #[schema(pattern = r"\S", max_length = 2000)]
    reason: String,
    /// The articles that are about another event.
    articles: Vec<Uuid>,
}

/// Split an event
///
/// The statements of the named articles become another event, with a new id.
#[utoipa::path(
    post,
    path = "/v1/events/{id}/split",
    tag = "Corrections",
    params(("id" = Uuid, Path, description = "The id of the event"),
           ("If-Match" = Option<String>, Header, description = "The `ETag` of the event when it was read")),
    request_body = Splitting,
    responses((status = 200, description = "Both events", body = CorrectionResult), NotCorrected, Refusals, Problems),
)]
async fn split_event(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
    Body(Splitting { author, reason, articles }): Body<Splitting>,
) -> Result<Json<CorrectionResult>, Response> {
    let seen = Subject::of(&app, id, &uri, &headers, "/split").await?.seen;
    let wish = Wish::Split(id, articles.into_iter().collect());
    let done = make_correction(&app, &wish, &author, &reason, seen).await.map_err(refuse)?;
    Ok(Json(CorrectionResult::new(done, &app, &headers)))
}
