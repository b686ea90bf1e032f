//! `POST /v1/events/{id}/reject` and `/evidence/reject`: states that something is not an event, or not evidence of one.

use super::{
    App,
    body::Body,
    corrections::{CorrectionResult, NotCorrected, Subject, make_correction, refuse},
    params::{Id, NoParams, Params},
    problem::Problems,
    submission::Refusals,
};
use crate::store::Wish;
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, Uri},
    response::Response,
};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(reject_event)).routes(routes!(reject_evidence))
}

/// The author and the reason of a rejection.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Rejection {
    /// The author.
    #[schema(example = "Maria Lopez, foreign desk", pattern = r"\S", max_length = 2000)]
    author: String,
    /// The reason.
    #[schema(example = "A film of that name, not a summit", pattern = r"\S", max_length = 2000)]
    reason: String,
}

/// Reject an event
///
/// States that this is not an event. It disappears from lists and returns 410; followers of changes
/// receive a tombstone with the reason `rejected`. Later articles do not restore it; withdraw the
/// correction to do so.
#[utoipa::path(
    post,
    path = "/v1/events/{id}/reject",
    tag = "Corrections",
    params(("id" = Uuid, Path, description = "The id of the event"),
           ("If-Match" = Option<String>, Header, description = "The `ETag` of the event when it was read")),
    request_body = Rejection,
    responses((status = 200, description = "Rejected; `events` is empty", body = CorrectionResult), NotCorrected, Refusals, Problems),
)]
async fn reject_event(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
    Body(Rejection { author, reason }): Body<Rejection>,
) -> Result<Json<CorrectionResult>, Response> {
    let seen = Subject::of(&app, id, &uri, &headers, "/reject").await?.seen;
    let done = make_correction(&app, &Wish::Reject(id), &author, &reason, seen).await.map_err(refuse)?;
    Ok(Json(CorrectionResult::new(done, &app, &headers)))
}

/// The article that is not evidence of the event.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EvidenceRejection {
    /// The author.
    #[schema(pattern = r"\S", max_length = 2000)]
    author: String,
    /// The reason.
    #[schema(pattern = r"\S", max_length = 2000)]
    reason: String,
    /// The article, as in `evidence[].article.id`.
    article: Uuid,
}

/// Reject evidence of an event
///
/// The event is built without what this article states about it. If no other evidence dates the event, the event is
/// rejected. Withdraw the correction to restore the evidence.
#[utoipa::path(
    post,
    path = "/v1/events/{id}/evidence/reject",
    tag = "Corrections",
    params(("id" = Uuid, Path, description = "The id of the event"),
           ("If-Match" = Option<String>, Header, description = "The `ETag` of the event when it was read")),
    request_body = EvidenceRejection,
    responses((status = 200, description = "Rejected", body = CorrectionResult), NotCorrected, Refusals, Problems),
)]
async fn reject_evidence(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
    Body(EvidenceRejection { author, reason, article }): Body<EvidenceRejection>,
) -> Result<Json<CorrectionResult>, Response> {
    let seen = Subject::of(&app, id, &uri, &headers, "/evidence/reject").await?.seen;
    let wish = Wish::RejectEvidence(id, article);
    let done = make_correction(&app, &wish, &author, &reason, seen).await.map_err(refuse)?;
    Ok(Json(CorrectionResult::new(done, &app, &headers)))
}
