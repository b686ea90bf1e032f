//! Corrections: `PATCH /v1/events/{id}`, `POST /v1/events`, `/merge` and `/split`. A correction outranks the
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

/// The result of a correction.
#[derive(Serialize, ToSchema)]
#[schema(as = CorrectionResult)]
struct PutRight {
    /// The id of the correction, for withdrawal.
    correction: Uuid,
    /// The events that it affects, with all their evidence, sorted by start date.
    events: Vec<Event>,
}

fn signed(author: &str, reason: &str) -> Result<(), Problem> {
    for (field, text) in [("author", author), ("reason", reason)] {
        if text.trim().is_empty() || text.chars().count() > 2_000 {
            return Err(Problem::of_field(field, format!("{field} must have 1 to 2000 characters")));
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
            Err(Problem::new(StatusCode::NOT_FOUND, format!("event {id} does not exist or was removed")))
        }
        Corrected::NothingToSplit => {
            let detail = "articles must all be evidence of the event, and both the named and the remaining ones must include one that dates it";
            Err(Problem::of_field("articles", detail))
        }
        Corrected::MadeOtherwise => {
            let detail = "another event was entered with this key; send each event with a key of its own";
            Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail).because_of(IDEMPOTENCY_KEY))
        }
    }
}

/// The id of an event that a client creates: the same for the same `Idempotency-Key`, so that it is created once, however often
/// the request is sent.
fn id_of(headers: &HeaderMap, client: &Client) -> Result<Uuid, Problem> {
    let Some(key) = headers.get(IDEMPOTENCY_KEY) else { return Ok(Uuid::now_v7()) };
    let key = key.to_str().ok().filter(|key| (1..=255).contains(&key.len()));
    let key = key.ok_or_else(|| {
        Problem::of_field(IDEMPOTENCY_KEY, format!("{IDEMPOTENCY_KEY} must have 1 to 255 characters of ASCII"))
    })?;
    let client = if let Client::Key(id) = client { &**id } else { "" };
    Ok(Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{client} {key}").as_bytes()))
}

/// Create an event
///
/// For an event that no article announces. Requires `kind`, `starts_on` and `participants`. Sent again with the same
/// `Idempotency-Key`, for example after a 503, it is created once.
#[utoipa::path(
    post,
    path = "/v1/events",
    tag = "Corrections",
    params(("Idempotency-Key" = Option<String>, Header, description = "Chosen by the client, different for each event", min_length = 1, max_length = 255)),
    request_body = Fields,
    responses(
        (status = 201, description = "Created", body = PutRight,
         headers(("Location" = String, description = "The URL of the event"))),
        (status = 422, description = "Another event was created with this `Idempotency-Key`", body = Problem,
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
    let missing = |field: &str| Problem::of_field(field, format!("{field} is required"));
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

/// Correct an event
///
/// Corrected fields take precedence over articles, earlier and later, until the correction is withdrawn.
#[utoipa::path(
    patch,
    operation_id = "correct_event",
    path = "/v1/events/{id}",
    tag = "Corrections",
    params(("id" = Uuid, Path, description = "The id of the event")),
    request_body = Fields,
    responses(
        (status = 200, description = "Corrected", body = PutRight),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
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
            "no field to correct is given; send title, kind, status, starts_on or another field of the event",
        ));
    }
    put_right(&app, &Wish::Amend(id, Box::new(amendment)), &author, &reason).await.map(Json)
}

/// The event to merge.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MergeInput)]
struct Merging {
    /// The author.
    #[schema(pattern = r"\S", max_length = 2000)]
    author: String,
    /// The reason.
    #[schema(pattern = r"\S", max_length = 2000)]
    reason: String,
    /// The id of the other event.
    other: Uuid,
}

/// Merge two events
///
/// The older id remains; the other redirects to it (308).
#[utoipa::path(
    post,
    path = "/v1/events/{id}/merge",
    tag = "Corrections",
    params(("id" = Uuid, Path, description = "The id of the event")),
    request_body = Merging,
    responses(
        (status = 200, description = "Merged", body = PutRight),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
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
        return Err(Problem::of_field("other", "other must be a different event"));
    }
    put_right(&app, &Wish::Merge(id, other), &author, &reason).await.map(Json)
}

/// A part of an event to split off.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SplitInput)]
struct Splitting {
    /// The author.
    #[schema(pattern = r"\S", max_length = 2000)]
    author: String,
    /// The reason.
    #[schema(pattern = r"\S", max_length = 2000)]
    reason: String,
    /// The articles whose evidence moves to the new event.
    articles: Vec<Uuid>,
}

/// Split an event
///
/// Moves the evidence of the named articles to a new event with a new id.
#[utoipa::path(
    post,
    path = "/v1/events/{id}/split",
    tag = "Corrections",
    params(("id" = Uuid, Path, description = "The id of the event")),
    request_body = Splitting,
    responses(
        (status = 200, description = "Split", body = PutRight),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
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
/// The articles apply again.
#[utoipa::path(
    delete,
    path = "/v1/corrections/{id}",
    tag = "Corrections",
    params(("id" = Uuid, Path, description = "The id of the correction")),
    responses(
        (status = 204, description = "Withdrawn"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
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
