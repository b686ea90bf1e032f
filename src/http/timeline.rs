//! `/v1/timeline`: the events, day by day.

use super::{
    App,
    filter::{EventParams, Pages, Selection},
    page::Listing,
    params::Params,
    problem::{Problem, Problems},
};
use crate::{event::Event, store::Changed};
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
/// Each event once, under its first day. `limit` counts events, and a day may go on in the next page. With `updated_since`, the
/// events that changed since, and in `removed` what is gone.
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
    let Selection { filter, page, limit, with_evidence } = params.selection((app.now)())?;
    let listing = match page {
        Pages::ByDay(after) => {
            let (page, position) = app.store.events(&filter, after, limit, with_evidence).await?;
            Listing::new(by_day(page.items), page.next.map(|cursor| cursor.to_string())).up_to(position)
        }
        Pages::Changes(since) => {
            let changes = app.store.changes(&filter, since, limit, with_evidence).await?;
            let (mut events, mut gone) = (Vec::new(), Vec::new());
            for change in changes.items {
                match change {
                    Changed::Event(event) => events.push(*event),
                    Changed::Gone(tombstone) => gone.push(tombstone),
                }
            }
            events.sort_by_key(|event| (event.state.when.starts_on, event.id));
            let next = changes.more.then(|| changes.position.to_string());
            Listing::new(by_day(events), next).up_to(changes.position).without(gone)
        }
    };
    Ok(listing.answer(&uri))
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
