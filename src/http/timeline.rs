//! `/v1/timeline`: events by date.

use super::{
    App,
    conditional::last_modified,
    event_view::EventView,
    filter::{EventParams, Pages, Selection, TooLongAgo},
    page::Listing,
    prefer::Count,
    problem::{Problem, Problems},
    suggestions::{unknown_names, warning},
    view::View,
};
use crate::{event::Event, store::Changed};
use axum::{
    extract::State,
    http::{HeaderMap, Uri},
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_timeline))
}

/// The events that start on one date.
#[derive(Serialize, ToSchema)]
#[schema(as = TimelineDay)]
pub(super) struct Day {
    /// The date.
    #[schema(value_type = String, format = Date, example = "2023-03-07")]
    date: Date,
    /// The events.
    events: Vec<EventView>,
}

/// Get the timeline
///
/// Each event once, under its start date, in the format that `Accept` prefers. `limit` counts events; a date may
/// continue on the next page. With `updated_since`, the events that have changed, and in `removed` the tombstones.
#[utoipa::path(
    get,
    path = "/v1/timeline",
    tag = "Events",
    params(EventParams),
    responses(
        (status = 200, description = "A page of dates", body = Listing<Day>,
         headers(("Link" = String, description = "Link to the next page, with `rel=\"next\"`"),
                 ("Preference-Applied" = String, description = "Set if `Prefer: count=exact` or `count=estimated` was applied"))),
        (status = 406, description = "No format is acceptable according to `Accept`", body = Problem,
         content_type = "application/problem+json"),
        TooLongAgo,
        Problems,
    ),
)]
async fn get_timeline(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    View::of_all(&app, &uri, &headers).negotiated().await
}

/// Responds with a timeline by date as JSON.
pub(super) async fn json(view: &View<'_>) -> Result<Response, Problem> {
    let app = view.app;
    let Selection { filter, page, limit, with_evidence, window_since, typed } =
        view.params::<EventParams>()?.selection(app)?;
    let modified = last_modified(view.modified(window_since).await?);
    let base = app.base(view.headers);
    let count = Count::preferred(view.headers).filter(|_| matches!(page, Pages::Rows(..)));
    let total = match count {
        Some(count) => Some(count.of(app, &filter).await?),
        None => None,
    };
    let listing = match page {
        Pages::Rows(sort, after) => {
            let (page, position) = app.store.events(&filter, sort, after, limit, with_evidence).await?;
            Listing::new(by_day(page.items, &base), page.next.map(|cursor| cursor.to_string()))
                .up_to(position)
                .of_total(total)
        }
        Pages::Changes(since) => {
            let changes = app.store.changes(&filter, since, limit, with_evidence).await?;
            let (mut events, mut gone) = (Vec::new(), Vec::new());
            for change in changes.items {
                match change.what {
                    Changed::Event(event) => events.push(*event),
                    Changed::Gone(tombstone) => gone.push(tombstone),
                }
            }
            events.sort_by_key(|event| (event.state.when.starts_on, event.id));
            let next = changes.more.then(|| changes.position.to_string());
            Listing::new(by_day(events, &base), next).up_to(changes.position).without(gone)
        }
    };
    let unknown = if listing.is_empty() { unknown_names(app, &typed).await? } else { Vec::new() };
    let warning = warning(&unknown);
    let listing = listing.of(view.saved).warning_of(unknown);
    Ok((modified, count.map(Count::applied), warning, listing.answer(view.uri)).into_response())
}

fn by_day(events: Vec<Event>, base: &str) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for event in events {
        let date = event.state.when.starts_on;
        match days.last_mut() {
            Some(day) if day.date == date => day.events.push(EventView::new(event, base)),
            _ => days.push(Day { date, events: vec![EventView::new(event, base)] }),
        }
    }
    days
}
