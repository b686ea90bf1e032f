//! Corrections: `PATCH /v1/events/{id}`, `POST /v1/events`, `/merge`, `/split`, `/reject` and `/evidence/reject`. A
//! correction outranks the articles until it is withdrawn.

use super::{
    App,
    body::Body,
    fields::Fields,
    params::{Id, NoParams, Params},
    problem::{Problem, Problems},
    submission::Refusals,
};
use crate::{
    event::{Event, EventState, Status},
    store::{Corrected, Wish},
    timeline::{Amendment, title},
};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create_event))
        .routes(routes!(amend_event))
        .routes(routes!(merge_events))
        .routes(routes!(split_event))
        .routes(routes!(reject_event))
        .routes(routes!(reject_evidence))
        .routes(routes!(withdraw_correction))
}

/// What was put right.
#[derive(Serialize, ToSchema)]
struct PutRight {
    /// The correction's id, by which it can be withdrawn.
    correction: Uuid,
    /// The events that it has to do with, with all their evidence, by first day.
    events: Vec<Event>,
}

fn signed(author: &str, reason: &str) -> Result<(), Problem> {
    for (field, text) in [("author", author), ("reason", reason)] {
        if text.trim().is_empty() || text.chars().count() > 2_000 {
            return Err(Problem::of_field(field, format!("{field} is empty or longer than 2000 characters")));
        }
    }
    Ok(())
}

async fn put_right(app: &App, wish: &Wish, author: &str, reason: &str) -> Result<PutRight, Problem> {
    signed(author, reason)?;
    match app.store.correct(wish, author.trim(), reason.trim(), (app.now)()).await? {
        Corrected::Done(correction, events) => Ok(PutRight { correction, events }),
        Corrected::NotFound(id) => {
            Err(Problem::new(StatusCode::NOT_FOUND, format!("there is no event {id}, or it is gone")))
        }
        Corrected::NotEvidence => {
            Err(Problem::of_field("article", "article: it is no evidence of the event; `evidence` lists those that are"))
        }
        Corrected::NothingToSplit => {
            let detail =
                "articles: all must speak of the event, and those named and those left must each date it by themselves";
            Err(Problem::of_field("articles", detail))
        }
    }
}

/// Enter an event
///
/// One that no article announced. Needs `kind`, `starts_on` and `participants`.
#[utoipa::path(
    post,
    path = "/v1/events",
    tag = "corrections",
    request_body = Fields,
    responses(
        (status = 201, description = "It is entered", body = PutRight,
         headers(("Location" = String, description = "The event's address"))),
        Refusals,
        Problems,
    ),
)]
async fn create_event(
    State(app): State<App>,
    Params(NoParams {}): Params<NoParams>,
    Body(fields): Body<Fields>,
) -> Result<Response, Problem> {
    let (author, reason) = (fields.author.clone(), fields.reason.clone());
    let Amendment { title: given, kind, status, when, date_pending, place, participants } = fields.amendment()?;
    let missing = |field: &str| Problem::of_field(field, format!("{field} is missing"));
    let (kind, when) = (kind.ok_or_else(|| missing("kind"))?, when.ok_or_else(|| missing("starts_on"))?);
    let participants = participants.filter(|all| !all.is_empty()).ok_or_else(|| missing("participants"))?;
    let status = status.unwrap_or(Status::Confirmed);
    let state = EventState {
        title: given.unwrap_or_else(|| title(kind, &participants, place.as_ref())),
        kind,
        status,
        when,
        place,
        participants,
        date_pending: date_pending == Some(true) && status == Status::Postponed,
        previous_dates: vec![],
    };
    let done = put_right(&app, &Wish::Create(Box::new(state)), &author, &reason).await?;
    let location =
        done.events.iter().find_map(|event| event.id).map(|id| [(header::LOCATION, format!("/v1/events/{id}"))]);
    Ok((StatusCode::CREATED, location, Json(done)).into_response())
}

/// Put fields of an event right
///
/// They outrank what articles say, now and later, until the correction is withdrawn.
#[utoipa::path(
    patch,
    path = "/v1/events/{id}",
    tag = "corrections",
    params(("id" = Uuid, Path, description = "The event's id")),
    request_body = Fields,
    responses(
        (status = 200, description = "It is put right", body = PutRight),
        (status = 404, description = "There is no such event", body = Problem, content_type = "application/problem+json"),
        Refusals,
        Problems,
    ),
)]
async fn amend_event(
    State(app): State<App>,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
    Body(fields): Body<Fields>,
) -> Result<Json<PutRight>, Problem> {
    let (author, reason) = (fields.author.clone(), fields.reason.clone());
    let amendment = fields.amendment()?;
    if amendment == Amendment::default() {
        return Err(Problem::bad_request(
            "no field is given that should be put right: title, kind, status, starts_on, …",
        ));
    }
    put_right(&app, &Wish::Amend(id, Box::new(amendment)), &author, &reason).await.map(Json)
}

/// Which event is part of this one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Merging {
    /// Who says so.
    #[schema(pattern = r"\S", max_length = 2000)]
    author: String,
    /// Why.
    #[schema(pattern = r"\S", max_length = 2000)]
    reason: String,
    /// The other event.
    other: Uuid,
}

/// Make two events one
///
/// The id that was made first stays; the other answers 308 to it.
#[utoipa::path(
    post,
    path = "/v1/events/{id}/merge",
    tag = "corrections",
    params(("id" = Uuid, Path, description = "The event's id")),
    request_body = Merging,
    responses(
        (status = 200, description = "They are one", body = PutRight),
        (status = 404, description = "There is no such event", body = Problem, content_type = "application/problem+json"),
        Refusals,
        Problems,
    ),
)]
async fn merge_events(
    State(app): State<App>,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
    Body(Merging { author, reason, other }): Body<Merging>,
) -> Result<Json<PutRight>, Problem> {
    if id == other {
        return Err(Problem::of_field("other", "other is the event itself"));
    }
    put_right(&app, &Wish::Merge(id, other), &author, &reason).await.map(Json)
}

/// What is said of another event.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Splitting {
    /// Who says so.
    #[schema(pattern = r"\S", max_length = 2000)]
    author: String,
    /// Why.
    #[schema(pattern = r"\S", max_length = 2000)]
    reason: String,
    /// The articles that speak of another event.
    articles: Vec<Uuid>,
}

/// Make two events of one
///
/// What the named articles say is said of another event, which gets a new id.
#[utoipa::path(
    post,
    path = "/v1/events/{id}/split",
    tag = "corrections",
    params(("id" = Uuid, Path, description = "The event's id")),
    request_body = Splitting,
    responses(
        (status = 200, description = "They are two", body = PutRight),
        (status = 404, description = "There is no such event", body = Problem, content_type = "application/problem+json"),
        Refusals,
        Problems,
    ),
)]
async fn split_event(
    State(app): State<App>,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
    Body(Splitting { author, reason, articles }): Body<Splitting>,
) -> Result<Json<PutRight>, Problem> {
    put_right(&app, &Wish::Split(id, articles.into_iter().collect()), &author, &reason).await.map(Json)
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
    params(("id" = Uuid, Path, description = "The event's id")),
    request_body = Rejection,
    responses(
        (status = 200, description = "It is rejected; `events` is empty", body = PutRight),
        (status = 404, description = "There is no such event", body = Problem, content_type = "application/problem+json"),
        Refusals,
        Problems,
    ),
)]
async fn reject_event(
    State(app): State<App>,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
    Body(Rejection { author, reason }): Body<Rejection>,
) -> Result<Json<PutRight>, Problem> {
    put_right(&app, &Wish::Reject(id), &author, &reason).await.map(Json)
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
    params(("id" = Uuid, Path, description = "The event's id")),
    request_body = EvidenceRejection,
    responses(
        (status = 200, description = "It is rejected", body = PutRight),
        (status = 404, description = "There is no such event", body = Problem, content_type = "application/problem+json"),
        Refusals,
        Problems,
    ),
)]
async fn reject_evidence(
    State(app): State<App>,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
    Body(EvidenceRejection { author, reason, article }): Body<EvidenceRejection>,
) -> Result<Json<PutRight>, Problem> {
    put_right(&app, &Wish::RejectEvidence(id, article), &author, &reason).await.map(Json)
}

/// Withdraw a correction
///
/// As if it had never been made.
#[utoipa::path(
    delete,
    path = "/v1/corrections/{id}",
    tag = "corrections",
    params(("id" = Uuid, Path, description = "The correction's id")),
    responses(
        (status = 204, description = "It is withdrawn"),
        (status = 404, description = "There is none", body = Problem, content_type = "application/problem+json"),
        Problems,
    ),
)]
async fn withdraw_correction(
    State(app): State<App>,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
) -> Result<StatusCode, Problem> {
    let was_there = app.store.withdraw(id, (app.now)()).await?;
    was_there.then_some(StatusCode::NO_CONTENT).ok_or_else(|| Problem::not_found("correction"))
}
