//! `/v1/events`: the events that articles announce.

use super::{
    App,
    conditional::last_modified,
    day::Day,
    documents::calendar_of,
    filter::{EventParams, Pages, Selection, TooLongAgo, resolve_last},
    page::Listing,
    params::{EventId, Id, NoParams, Params},
    prefer::Count,
    problem::{Problem, Problems},
    site,
    suggestions::{unknown_names, warning},
};
use crate::{
    event::Event,
    store::{Changed, Found, HistoryItem},
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_events)).routes(routes!(get_event)).routes(routes!(get_history))
}

/// List events
///
/// By first day; with `updated_since`, in the order in which they changed, with what is gone (`{"id", "removed": true, "reason",
/// "merged_into"}`) among them.
#[utoipa::path(
    get,
    path = "/v1/events",
    tag = "events",
    params(EventParams),
    responses(
        (status = 200, description = "A page of events", body = Listing<Changed>,
         headers(("Link" = String, description = "The next page, as `rel=\"next\"`"),
                 ("Preference-Applied" = String, description = "Where `Prefer: count=exact` or `count=estimated` was followed"))),
        TooLongAgo,
        Problems,
    ),
)]
async fn list_events(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
    Params(params): Params<EventParams>,
) -> Result<Response, Problem> {
    let Selection { filter, page, limit, with_evidence, window_since, typed } = params.selection(&app)?;
    let modified = last_modified(app.store.touched_at().await?.max(window_since));
    let count = Count::preferred(&headers).filter(|_| matches!(page, Pages::Rows(..)));
    let total = match count {
        Some(count) => Some(count.of(&app, &filter).await?),
        None => None,
    };
    let listing = match page {
        Pages::Rows(sort, after) => {
            let (page, position) = app.store.events(&filter, sort, after, limit, with_evidence).await?;
            let items = page.items.into_iter().map(|event| Changed::Event(Box::new(event))).collect();
            Listing::new(items, page.next.map(|cursor| cursor.to_string())).up_to(position).of_total(total)
        }
        Pages::Changes(since) => {
            let changes = app.store.changes(&filter, since, limit, with_evidence).await?;
            let next = changes.more.then(|| changes.position.to_string());
            let items = changes.items.into_iter().map(|change| change.what).collect();
            Listing::new(items, next).up_to(changes.position)
        }
    };
    let unknown = if listing.is_empty() { unknown_names(&app, &typed).await? } else { Vec::new() };
    let warning = warning(&unknown);
    Ok((modified, count.map(Count::applied), warning, listing.warning_of(unknown).answer(&uri)).into_response())
}

/// As of when.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AsOf {
    /// The event as the articles published up to this day had announced it: `2022-01-31`, `today`, `-7d` (UTC).
    #[param(value_type = Option<String>, example = "2022-01-05")]
    pub(super) as_of: Option<Day>,
}

/// Get an event
///
/// With its evidence and what people put right; with `as_of`, as the articles published up to a day had announced it.
#[utoipa::path(
    get,
    path = "/v1/events/{id}",
    tag = "events",
    params(("id" = uuid::Uuid, Path, description = "The event's id"), AsOf),
    responses(
        (status = 200, description = "The event", body = Event),
        (status = 303, description = "`Accept` asks for HTML: `Location` leads to the page of the event"),
        (status = 308, description = "It is part of another event: `Location` leads there",
         headers(("Location" = String, description = "The other event's address"))),
        (status = 404, description = "There never was one, or not on that day", body = Problem,
         content_type = "application/problem+json"),
        (status = 410, description = "It is withdrawn: no article speaks of it any more", body = Problem,
         content_type = "application/problem+json"),
        Problems,
    ),
)]
async fn get_event(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
    EventId { id, as_calendar }: EventId,
    Params(AsOf { as_of }): Params<AsOf>,
) -> Result<Response, Problem> {
    if !as_calendar && site::is_wanted(&headers) {
        return Ok(site::redirect(&uri));
    }
    let as_of = resolve_last("as_of", as_of, app.today())?;
    match app.store.event(id, as_of).await? {
        Some(Found::Live(event)) if as_calendar => calendar_of(&app, &headers, &uri, *event),
        Some(Found::Live(event)) => Ok((site::VARY, Json(*event)).into_response()),
        Some(found) => Ok(elsewhere(&found, &uri, if as_calendar { ".ics" } else { "" })),
        None => Err(Problem::not_found("event")),
    }
}

/// An event as a calendar
///
/// To add to a calendar (RFC 5545).
#[utoipa::path(
    get,
    path = "/v1/events/{id}.ics",
    tag = "formats",
    params(("id" = uuid::Uuid, Path, description = "The event's id"), AsOf),
    responses(
        (status = 200, description = "The event", body = String, content_type = "text/calendar"),
        (status = 308, description = "It is part of another event: `Location` leads to the calendar of that",
         headers(("Location" = String, description = "The address of the other event's calendar"))),
        (status = 404, description = "There never was one, or not on that day", body = Problem,
         content_type = "application/problem+json"),
        (status = 410, description = "It is withdrawn", body = Problem, content_type = "application/problem+json"),
        Problems,
    ),
)]
#[expect(dead_code, reason = "describes what `get_event` does: the router knows no suffix of a parameter")]
pub(super) fn get_event_calendar() {}

/// How an event came to be as it is
///
/// Each state that it had, the oldest first: what changed, since when that was known, and the sentences or the correction that
/// brought it. A change that contradicts another source is marked as disputed.
#[utoipa::path(
    get,
    path = "/v1/events/{id}/history",
    tag = "events",
    params(("id" = uuid::Uuid, Path, description = "The event's id")),
    responses(
        (status = 200, description = "Its states", body = Listing<HistoryItem>),
        (status = 308, description = "It is part of another event: `Location` leads to the history of that",
         headers(("Location" = String, description = "The address of the other event's history"))),
        (status = 404, description = "There never was one", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "It is withdrawn", body = Problem, content_type = "application/problem+json"),
        Problems,
    ),
)]
async fn get_history(
    State(app): State<App>,
    uri: Uri,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
) -> Result<Response, Problem> {
    match app.store.event(id, None).await? {
        Some(Found::Live(_)) => Ok(Listing::new(app.store.history(id).await?, None).answer(&uri)),
        Some(found) => Ok(elsewhere(&found, &uri, "/history")),
        None => Err(Problem::not_found("event")),
    }
}

/// Where to go for an event that is not to be shown at its address.
pub(super) fn elsewhere(found: &Found, uri: &Uri, what: &str) -> Response {
    match found {
        Found::Merged(into) => {
            let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
            let location = format!("/v1/events/{into}{what}{query}");
            let moved =
                Problem::new(StatusCode::PERMANENT_REDIRECT, format!("it is part of another event: {location}"));
            ([(header::LOCATION, location)], moved).into_response()
        }
        Found::Withdrawn(at) => {
            let detail = format!("the event was withdrawn at {at}: no article speaks of it any more");
            Problem::new(StatusCode::GONE, detail).into_response()
        }
        Found::Rejected(at) => {
            let detail = format!("the event was rejected at {at}: a person stated that it is none");
            Problem::new(StatusCode::GONE, detail).into_response()
        }
        Found::NotYet | Found::Live(_) => Problem::new(StatusCode::NOT_FOUND, "the event was not known on that day")
            .because_of("as_of")
            .into_response(),
    }
}
