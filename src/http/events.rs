//! `/v1/events`: lists, single events and their histories.

use super::{
    App,
    conditional::{TaggedBy, last_modified, not_modified},
    day::Day,
    documents::calendar_of,
    event_view::{ChangeView, EventView},
    filter::{EventParams, Pages, Selection, TooLongAgo, resolve_last},
    page::Listing,
    params::{EventId, Id, NoParams, Params},
    prefer::Count,
    problem::{Problem, Problems},
    site,
    suggestions::{unknown_names, warning},
};
use crate::store::{Found, HistoryItem};
use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_events)).routes(routes!(get_event)).routes(routes!(get_history))
}

/// List events
///
/// Sorted by start date. With `updated_since`, sorted by change, including tombstones of removed events (`{"id",
/// "removed": true, "reason", "merged_into"}`).
#[utoipa::path(
    get,
    path = "/v1/events",
    tag = "Events",
    params(EventParams),
    responses(
        (status = 200, description = "A page of events", body = Listing<ChangeView>,
         headers(("Link" = String, description = "Link to the next page, with `rel=\"next\"`"),
                 ("Preference-Applied" = String, description = "Set if `Prefer: count=exact` or `count=estimated` was applied"))),
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
    let base = app.base(&headers);
    let count = Count::preferred(&headers).filter(|_| matches!(page, Pages::Rows(..)));
    let total = match count {
        Some(count) => Some(count.of(&app, &filter).await?),
        None => None,
    };
    let listing = match page {
        Pages::Rows(sort, after) => {
            let (page, position) = app.store.events(&filter, sort, after, limit, with_evidence).await?;
            let items =
                page.items.into_iter().map(|event| ChangeView::Event(Box::new(EventView::new(event, &base)))).collect();
            Listing::new(items, page.next.map(|cursor| cursor.to_string())).up_to(position).of_total(total)
        }
        Pages::Changes(since) => {
            let changes = app.store.changes(&filter, since, limit, with_evidence).await?;
            let next = changes.more.then(|| changes.position.to_string());
            let items = changes.items.into_iter().map(|change| ChangeView::new(change.what, &base)).collect();
            Listing::new(items, next).up_to(changes.position)
        }
    };
    let unknown = if listing.is_empty() { unknown_names(&app, &typed).await? } else { Vec::new() };
    let warning = warning(&unknown);
    Ok((modified, count.map(Count::applied), warning, listing.warning_of(unknown).answer(&uri)).into_response())
}

/// The date of a past state.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AsOf {
    /// The event as it was known on this date: `2022-01-31`, `today`, `-7d` (UTC).
    #[param(value_type = Option<String>, example = "2022-01-05")]
    pub(super) as_of: Option<Day>,
}

/// Get an event
///
/// With its evidence and corrections; with `as_of`, as it was known on that date.
#[utoipa::path(
    get,
    path = "/v1/events/{id}",
    tag = "Events",
    params(("id" = uuid::Uuid, Path, description = "The id of the event"), AsOf),
    responses(
        (status = 200, description = "The event", body = EventView),
        (status = 303, description = "`Accept` prefers HTML: `Location` is the page of the event"),
        (status = 308, description = "Merged into another event: `Location` is its URL",
         headers(("Location" = String, description = "The URL of the other event"))),
        (status = 404, description = "Not found, or not known on that date", body = Problem,
         content_type = "application/problem+json"),
        (status = 410, description = "Withdrawn: no article is evidence any longer", body = Problem,
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
    // Read before the event: an outdated tag only causes another request.
    let tag = if as_calendar { None } else { tag(&app, id, as_of).await? };
    if let Some(known) = tag.as_ref().and_then(|TaggedBy(tag)| not_modified(&headers, tag)) {
        return Ok((site::VARY, known).into_response());
    }
    match app.store.event(id, as_of).await? {
        Some(Found::Live(event)) if as_calendar => calendar_of(&app, &headers, &uri, *event),
        Some(Found::Live(event)) => {
            let event = EventView::new(*event, &app.base(&headers));
            Ok((site::VARY, tag.map(Extension), Json(event)).into_response())
        }
        Some(found) => Ok(elsewhere(&found, &uri, if as_calendar { ".ics" } else { "" })),
        None => Err(Problem::not_found("event")),
    }
}

/// Returns what the `ETag` of an event is derived from: the version of the event and of the
/// program. Returns `None` if the event does not exist.
pub(super) async fn tag(app: &App, id: Uuid, as_of: Option<Date>) -> Result<Option<TaggedBy>, Problem> {
    let writer = concat!(env!("CARGO_PKG_VERSION"), " event");
    let version = app.store.event_version(id).await?;
    Ok(version.map(|version| TaggedBy(format!("{writer} {id} {version} {as_of:?}").into())))
}

/// Get an event as iCalendar
///
/// One event, to add to a calendar (RFC 5545).
#[utoipa::path(
    get,
    path = "/v1/events/{id}.ics",
    tag = "Timelines",
    params(("id" = uuid::Uuid, Path, description = "The id of the event"), AsOf),
    responses(
        (status = 200, description = "The event", body = String, content_type = "text/calendar"),
        (status = 308, description = "Merged into another event: `Location` is the URL of its calendar",
         headers(("Location" = String, description = "The URL of the other event's calendar"))),
        (status = 404, description = "Not found, or not known on that date", body = Problem,
         content_type = "application/problem+json"),
        (status = 410, description = "Withdrawn", body = Problem, content_type = "application/problem+json"),
        Problems,
    ),
)]
#[expect(dead_code, reason = "describes what `get_event` does: the router knows no suffix of a parameter")]
pub(super) fn get_event_calendar() {}

/// Get the history of an event
///
/// All revisions, oldest first: what changed, when it was known, and the evidence or correction that caused it. A
/// change that contradicts another source is marked as disputed.
#[utoipa::path(
    get,
    operation_id = "get_event_history",
    path = "/v1/events/{id}/history",
    tag = "Events",
    params(("id" = uuid::Uuid, Path, description = "The id of the event")),
    responses(
        (status = 200, description = "The revisions", body = Listing<HistoryItem>),
        (status = 308, description = "Merged into another event: `Location` is the URL of its history",
         headers(("Location" = String, description = "The URL of the other event's history"))),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "Withdrawn", body = Problem, content_type = "application/problem+json"),
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

/// Responds with a redirect or the reason for an event that is not shown under its id.
pub(super) fn elsewhere(found: &Found, uri: &Uri, what: &str) -> Response {
    match found {
        Found::Merged(into) => {
            let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
            let location = format!("/v1/events/{into}{what}{query}");
            let moved = Problem::new(
                StatusCode::PERMANENT_REDIRECT,
                format!("the event was merged into another event: {location}"),
            );
            ([(header::LOCATION, location)], moved).into_response()
        }
        Found::Withdrawn(at) => {
            let detail = format!("the event was withdrawn at {at}: no article is evidence any longer");
            Problem::new(StatusCode::GONE, detail).into_response()
        }
        Found::Rejected(at) => {
            let detail = format!("the event was rejected at {at}: it is not an event");
            Problem::new(StatusCode::GONE, detail).into_response()
        }
        Found::NotYet | Found::Live(_) => Problem::new(StatusCode::NOT_FOUND, "the event was not known on that date")
            .because_of("as_of")
            .into_response(),
    }
}
