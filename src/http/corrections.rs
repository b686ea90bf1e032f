//! What people put right: `PATCH /v1/events/{id}`, `POST /v1/events`, `/merge` and `/split`. A correction outranks the
//! articles until it is withdrawn.

use super::{
    App,
    body::Body,
    fields::Fields,
    params::{Id, NoParams, Params},
    problem::{Problem, Problems},
    rate::Client,
    submission::Refusals,
};
use crate::{
    event::{Event, EventState, Status},
    store::{Corrected, Wish},
    timeline::{Amendment, title},
};
use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// Names a request, so that it does its work once.
const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create_event))
        .routes(routes!(amend_event))
        .routes(routes!(merge_events))
        .routes(routes!(split_event))
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
    put_right_once(app, Uuid::now_v7(), wish, author, reason).await
}

async fn put_right_once(app: &App, id: Uuid, wish: &Wish, author: &str, reason: &str) -> Result<PutRight, Problem> {
    signed(author, reason)?;
    match app.store.correct_once(id, wish, author.trim(), reason.trim(), (app.now)()).await? {
        Corrected::Done(correction, events) => Ok(PutRight { correction, events }),
        Corrected::NotFound(id) => {
            Err(Problem::new(StatusCode::NOT_FOUND, format!("there is no event {id}, or it is gone")))
        }
        Corrected::NothingToSplit => {
            let detail =
                "articles: all must speak of the event, and those named and those left must each date it by themselves";
            Err(Problem::of_field("articles", detail))
        }
        Corrected::MadeOtherwise => {
            let detail = "another event was entered with this key; send each event with a key of its own";
            Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail).because_of(IDEMPOTENCY_KEY))
        }
    }
}

/// The id of what a client enters: the same for the same `Idempotency-Key`, so that it is entered once, however often it is sent.
fn id_of(headers: &HeaderMap, client: &Client) -> Result<Uuid, Problem> {
    let Some(key) = headers.get(IDEMPOTENCY_KEY) else { return Ok(Uuid::now_v7()) };
    let key = key.to_str().ok().filter(|key| (1..=255).contains(&key.len()));
    let key = key.ok_or_else(|| {
        Problem::of_field(IDEMPOTENCY_KEY, format!("{IDEMPOTENCY_KEY} must have 1 to 255 characters of ASCII"))
    })?;
    let client = if let Client::Key(id) = client { &**id } else { "" };
    Ok(Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{client} {key}").as_bytes()))
}

/// Enter an event
///
/// One that no article announced. Needs `kind`, `starts_on` and `participants`. Sent again with the same `Idempotency-Key`, as after
/// a 503, it is entered once.
#[utoipa::path(
    post,
    path = "/v1/events",
    tag = "corrections",
    params(("Idempotency-Key" = Option<String>, Header, description = "Of the client's own choice, another for each event", min_length = 1, max_length = 255)),
    request_body = Fields,
    responses(
        (status = 201, description = "It is entered", body = PutRight,
         headers(("Location" = String, description = "The event's address"))),
        (status = 422, description = "Another event was entered with this `Idempotency-Key`", body = Problem,
         content_type = "application/problem+json"),
        Refusals,
        Problems,
    ),
)]
async fn create_event(
    State(app): State<App>,
    Extension(client): Extension<Client>,
    headers: HeaderMap,
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
    let id = id_of(&headers, &client)?;
    let done = put_right_once(&app, id, &Wish::Create(Box::new(state)), &author, &reason).await?;
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
