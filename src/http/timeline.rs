//! `/v1/timeline`: the events, day by day.

use super::{
    App,
    filter::EventParams,
    page::{Listing, listing},
    params::Params,
    problem::{Problem, Problems},
};
use crate::event::Event;
use axum::{extract::State, http::Uri, response::Response};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_timeline))
}

/// The events that begin on one day.
#[derive(Serialize, ToSchema)]
struct Day {
    /// Their first day.
    #[schema(value_type = String, format = Date, example = "2023-03-07")]
    date: Date,
    /// The events.
    events: Vec<Event>,
}

/// The timeline
///
/// Each event once, under its first day. `limit` counts events, and a day may go on in the next page.
#[utoipa::path(
    get,
    path = "/v1/timeline",
    tag = "events",
    params(EventParams),
    responses(
        (status = 200, description = "A page of days", body = Listing<Day>,
         headers(("Link" = String, description = "The next page, as `rel=\"next\"`"))),
        Problems,
    ),
)]
async fn get_timeline(
    State(app): State<App>,
    uri: Uri,
    Params(params): Params<EventParams>,
) -> Result<Response, Problem> {
    let selection = params.selection((app.now)())?;
    let (page, _) =
        app.store.events(&selection.filter, selection.after, selection.limit, selection.with_evidence).await?;
    Ok(listing(&uri, by_day(page.items), page.next))
}

fn by_day(events: Vec<Event>) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for event in events {
        let date = event.state.when.starts_on;
        match days.last_mut() {
            Some(day) if day.date == date => day.events.push(event),
            _ => days.push(Day { date, events: vec![event] }),
        }
    }
    days
}
