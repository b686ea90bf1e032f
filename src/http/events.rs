//! `/v1/events`: the events that articles announce.

use super::{
    App,
    filter::EventParams,
    page::{Listing, listing},
    params::{Id, NoParams, Params},
    problem::{Problem, Problems},
};
use crate::{event::Event, store::Found};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, Uri},
    response::Response,
};
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_events)).routes(routes!(get_event))
}

/// List events
///
/// By first day.
#[utoipa::path(
    get,
    path = "/v1/events",
    tag = "events",
    params(EventParams),
    responses(
        (status = 200, description = "A page of events", body = Listing<Event>,
         headers(("Link" = String, description = "The next page, as `rel=\"next\"`"))),
        Problems,
    ),
)]
async fn list_events(
    State(app): State<App>,
    uri: Uri,
    Params(params): Params<EventParams>,
) -> Result<Response, Problem> {
    let selection = params.selection((app.now)())?;
    let (page, _) =
        app.store.events(&selection.filter, selection.after, selection.limit, selection.with_evidence).await?;
    Ok(listing(&uri, page.items, page.next))
}

/// Get an event
///
/// With its evidence.
#[utoipa::path(
    get,
    path = "/v1/events/{id}",
    tag = "events",
    params(("id" = uuid::Uuid, Path, description = "The event's id")),
    responses(
        (status = 200, description = "The event", body = Event),
        (status = 404, description = "There never was one", body = Problem,
         content_type = "application/problem+json"),
        (status = 410, description = "It is withdrawn: no article speaks of it any more", body = Problem,
         content_type = "application/problem+json"),
        Problems,
    ),
)]
async fn get_event(
    State(app): State<App>,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
) -> Result<Json<Event>, Problem> {
    match app.store.event(id, None).await? {
        Some(Found::Live(event)) => Ok(Json(*event)),
        Some(Found::Withdrawn(at)) => {
            let detail = format!("the event was withdrawn at {at}: no article speaks of it any more");
            Err(Problem::new(StatusCode::GONE, detail))
        }
        _ => Err(Problem::not_found("event")),
    }
}
