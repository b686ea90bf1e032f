//! Corrections: `PATCH /v1/events/{id}` and `POST /v1/events`. A correction outranks the articles until it is withdrawn.

use super::{
    App,
    body::Body,
    conditional::{TaggedBy, is_matched},
    event_view::EventView,
    events::{elsewhere, tag},
    fields::Fields,
    params::{Id, NoParams, Params},
    problem::{Problem, Problems},
    rate::Client,
    submission::Refusals,
};
use crate::{
    event::{Details, Editorial, Event, EventState, Participant, Status},
    store::{Corrected, Found, Wish},
    timeline::{Amendment, title},
};
use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::{IntoResponses, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The header that identifies a request, so that a repeated one has no effect.
const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(create_event)).routes(routes!(amend_event)).routes(routes!(withdraw_correction))
}

/// The result of a correction.
#[derive(Serialize, ToSchema)]
pub(super) struct CorrectionResult {
    /// The id of the correction, for withdrawal.
    pub(super) correction: Uuid,
    /// The events that it affects, with all their evidence, sorted by start date.
    pub(super) events: Vec<EventView>,
}

impl CorrectionResult {
    /// The response to a correction; links have the base URL that the request headers state.
    pub(super) fn new(done: Done, app: &App, headers: &HeaderMap) -> Self {
        Self { correction: done.correction, events: EventView::all(done.events, &app.base(headers)) }
    }
}

/// A correction that was made, and the events that it affects.
pub(super) struct Done {
    pub(super) correction: Uuid,
    pub(super) events: Vec<Event>,
}

/// The responses that reject a correction.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes answers; they are made from `Problem`")]
pub(super) enum NotCorrected {
    /// Merged into another event: `Location` is the same operation on that event
    #[response(status = 308, headers(("Location" = String, description = "The same operation on the other event")))]
    Merged(Problem),
    /// Not found
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(Problem),
    /// Withdrawn or rejected
    #[response(status = 410, content_type = "application/problem+json")]
    Gone(Problem),
    /// The event does not match `If-Match`: fetch it again and decide again
    #[response(status = 412, content_type = "application/problem+json")]
    Changed(Problem),
}

/// The event to correct, and its revision if the client sent `If-Match`.
pub(super) struct Subject {
    pub(super) event: Box<Event>,
    pub(super) seen: Option<u32>,
}

impl Subject {
    /// Returns the event with this id. `what` is the operation on it, such as `/merge`.
    pub(super) async fn of(app: &App, id: Uuid, uri: &Uri, headers: &HeaderMap, what: &str) -> Result<Self, Response> {
        let event = match app.store.event(id, None).await.map_err(refuse)? {
            Some(Found::Live(event)) => event,
            Some(found) => return Err(elsewhere(&found, uri, what)),
            None => return Err(Problem::not_found("event").into_response()),
        };
        // Read after the event: a change in between is detected by its revision.
        let tag = tag(app, id, None).await.map_err(refuse)?;
        match tag.and_then(|TaggedBy(tag)| is_matched(headers, &tag)) {
            Some(false) => Err(changed().into_response()),
            matched => Ok(Self { seen: matched.map(|_| event.revision), event }),
        }
    }
}

fn changed() -> Problem {
    let detail = "the event does not match If-Match; fetch it again and send its new ETag";
    Problem::new(StatusCode::PRECONDITION_FAILED, detail)
}

/// Turns an error into a response.
pub(super) fn refuse(error: impl Into<Problem>) -> Response {
    error.into().into_response()
}

pub(super) fn signed(author: &str, reason: &str) -> Result<(), Problem> {
    for (field, text) in [("author", author), ("reason", reason)] {
        if text.trim().is_empty() || text.chars().count() > 2_000 {
            return Err(Problem::of_field(field, format!("{field} must have 1 to 2000 characters")));
        }
    }
    Ok(())
}

/// Makes a correction; if `seen` is given, only while the event has this revision.
pub(super) async fn make_correction(
    app: &App,
    wish: &Wish,
    author: &str,
    reason: &str,
    seen: Option<u32>,
) -> Result<Done, Problem> {
    put_right_once(app, Uuid::now_v7(), wish, author, reason, seen).await
}

async fn put_right_once(
    app: &App,
    id: Uuid,
    wish: &Wish,
    author: &str,
    reason: &str,
    seen: Option<u32>,
) -> Result<Done, Problem> {
    signed(author, reason)?;
    match app.store.correct_once(id, wish, author.trim(), reason.trim(), seen, (app.now)()).await? {
        Corrected::Done(correction, events) => Ok(Done { correction, events }),
        Corrected::NotFound(id) => {
            Err(Problem::new(StatusCode::NOT_FOUND, format!("event {id} does not exist or was removed")))
        }
        Corrected::Changed => Err(changed()),
        Corrected::NotEvidence => Err(Problem::of_field(
            "article",
            "article is not evidence of the event; `evidence` lists the articles that are",
        )),
        Corrected::NothingToSplit => {
            let detail = "articles must all be evidence of the event, and both the named and the remaining ones must include one that dates it";
            Err(Problem::of_field("articles", detail))
        }
        Corrected::MadeOtherwise => {
            let detail = "another event was created with this key; use a different key for each event";
            Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail).because_of(IDEMPOTENCY_KEY))
        }
    }
}

/// Returns the id for a new event: the same for the same `Idempotency-Key`, so that a repeated
/// request creates it once.
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
/// Creates an event that no article announces. Requires `kind`, `starts_on` and `participants`. A
/// request repeated with the same `Idempotency-Key`, for example after a 503, creates the event
/// once.
#[utoipa::path(
    post,
    path = "/v1/events",
    tag = "Corrections",
    params(("Idempotency-Key" = Option<String>, Header, description = "Chosen by the client, different for each event", min_length = 1, max_length = 255)),
    request_body = Fields,
    responses(
        (status = 201, description = "Created", body = CorrectionResult,
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
    let Amendment {
        title: given,
        kind,
        status,
        when,
        date_pending,
        place,
        participants,
        add_participants,
        name,
        topic,
        local_time,
        format,
        level,
        official_url,
        notes,
        tags,
        ..
    } = fields.amendment(None, &app.directory)?;
    let missing = |field: &str| Problem::of_field(field, format!("{field} is required"));
    let (kind, when) = (kind.ok_or_else(|| missing("kind"))?, when.ok_or_else(|| missing("starts_on"))?);
    let participants: Vec<Participant> = participants.into_iter().flatten().chain(add_participants).collect();
    if participants.is_empty() {
        return Err(missing("participants"));
    }
    let (status, place) = (status.unwrap_or(Status::Confirmed), place.flatten());
    let details = Details {
        name: name.flatten(),
        topic: topic.flatten(),
        local_time: local_time.flatten(),
        format: format.flatten(),
        level: level.flatten(),
    };
    let editorial =
        Editorial { official_url: official_url.flatten(), notes: notes.flatten(), tags: tags.unwrap_or_default() };
    let derived = || title(kind, &participants, place.as_ref());
    let state = EventState {
        title: given.flatten().or_else(|| details.name.clone()).unwrap_or_else(derived),
        kind,
        status,
        when,
        place,
        participants,
        date_pending: date_pending == Some(true) && status == Status::Postponed,
        previous_dates: vec![],
        details,
        editorial,
    };
    let id = id_of(&headers, &client)?;
    let done = put_right_once(&app, id, &Wish::Create(Box::new(state)), &author, &reason, None).await?;
    let location = done.events.first().map(|event| [(header::LOCATION, format!("/v1/events/{}", event.id))]);
    Ok((StatusCode::CREATED, location, Json(CorrectionResult::new(done, &app, &headers))).into_response())
}

/// Correct an event
///
/// Corrected fields take precedence over earlier and later articles until the correction is
/// withdrawn. As in RFC 7396, an absent field is unchanged and `null` removes the value. With
/// `If-Match`, the correction is made only if the event still has this `ETag`.
#[utoipa::path(
    patch,
    operation_id = "correct_event",
    path = "/v1/events/{id}",
    tag = "Corrections",
    params(("id" = Uuid, Path, description = "The id of the event"),
           ("If-Match" = Option<String>, Header, description = "The `ETag` of the event when it was read")),
    request_body = Fields,
    responses((status = 200, description = "Corrected", body = CorrectionResult), NotCorrected, Refusals, Problems),
)]
async fn amend_event(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
    Body(fields): Body<Fields>,
) -> Result<Json<CorrectionResult>, Response> {
    let Subject { event, seen } = Subject::of(&app, id, &uri, &headers, "").await?;
    let (author, reason) = (fields.author.clone(), fields.reason.clone());
    let amendment = fields.amendment(Some(&event.state), &app.directory).map_err(refuse)?;
    if amendment == Amendment::default() {
        let detail = "no field to correct is given; send title, kind, status, starts_on or another field of the event";
        return Err(Problem::bad_request(detail).into_response());
    }
    let wish = Wish::Amend(id, Box::new(amendment));
    let done = make_correction(&app, &wish, &author, &reason, seen).await.map_err(refuse)?;
    Ok(Json(CorrectionResult::new(done, &app, &headers)))
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
