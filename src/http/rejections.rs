//! `POST /v1/events/{id}/reject` and `/evidence/reject`: what is no event, and what is no evidence of one.

use super::{
    App,
    body::Body,
    corrections::{NotCorrected, PutRight, Subject, put_right, refuse},
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

/// Who rejects something, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Rejection {
    /// Who rejects it.
    #[schema(example = "Maria Lopez, foreign desk", pattern = r"\S", max_length = 2000)]
    author: String,
    /// Why.
    #[schema(example = "A film of that name, not a summit", pattern = r"\S", max_length = 2000)]
    reason: String,
}

/// Reject an event
///
/// States that it is no event. It is no longer shown and answers 410; those who follow changes get a tombstone with the
/// reason `rejected`. Articles that mention it later do not bring it back. Withdraw the correction to restore it.
#[utoipa::path(
    post,
    path = "/v1/events/{id}/reject",
    tag = "corrections",
    params(("id" = Uuid, Path, description = "The event's id"),
           ("If-Match" = Option<String>, Header, description = "The `ETag` of the event that was seen")),
    request_body = Rejection,
    responses((status = 200, description = "It is rejected; `events` is empty", body = PutRight), NotCorrected, Refusals, Problems),
)]
async fn reject_event(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
    Body(Rejection { author, reason }): Body<Rejection>,
) -> Result<Json<PutRight>, Response> {
    let seen = Subject::of(&app, id, &uri, &headers, "/reject").await?.seen;
    put_right(&app, &Wish::Reject(id), &author, &reason, seen).await.map(Json).map_err(refuse)
}

/// Which article is no evidence of an event.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EvidenceRejection {
    /// Who rejects it.
    #[schema(pattern = r"\S", max_length = 2000)]
    author: String,
    /// Why.
    #[schema(pattern = r"\S", max_length = 2000)]
    reason: String,
    /// The article, as in `evidence[].article`.
    article: Uuid,
}

/// Reject evidence of an event
///
/// The event is built without what this article states about it. If no other evidence dates the event, the event is
/// rejected. Withdraw the correction to restore the evidence.
#[utoipa::path(
    post,
    path = "/v1/events/{id}/evidence/reject",
    tag = "corrections",
    params(("id" = Uuid, Path, description = "The event's id"),
           ("If-Match" = Option<String>, Header, description = "The `ETag` of the event that was seen")),
    request_body = EvidenceRejection,
    responses((status = 200, description = "It is rejected", body = PutRight), NotCorrected, Refusals, Problems),
)]
async fn reject_evidence(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
    Body(EvidenceRejection { author, reason, article }): Body<EvidenceRejection>,
) -> Result<Json<PutRight>, Response> {
    let seen = Subject::of(&app, id, &uri, &headers, "/evidence/reject").await?.seen;
    put_right(&app, &Wish::RejectEvidence(id, article), &author, &reason, seen).await.map(Json).map_err(refuse)
}
