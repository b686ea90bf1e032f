//! `/events/{id}`: one event with its evidence and history.

use super::{
    super::{
        App,
        events::AsOf,
        filter::resolve_last,
        params::{Id, Params},
        problem::Problem,
    },
    failure::Failure,
    page,
};
use crate::{
    formats::html::{self, EventPage, Revision},
    store::Found,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};

/// Shows an event, now or as it was known on a day.
pub(super) async fn event(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
    id: Result<Id, Problem>,
    params: Result<Params<AsOf>, Problem>,
) -> Result<Response, Failure> {
    let (Id(id), Params(AsOf { as_of })) = (id?, params?);
    let as_of = resolve_last("as_of", as_of, app.today())?;
    let event = match app.store.event(id, as_of).await? {
        Some(Found::Live(event)) => event,
        Some(Found::Merged(into)) => {
            let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
            let location = [(header::LOCATION, format!("/events/{into}{query}"))];
            return Ok((StatusCode::PERMANENT_REDIRECT, location).into_response());
        }
        Some(Found::Withdrawn(_)) => {
            return Err(
                Problem::new(StatusCode::GONE, "The event is withdrawn: no article speaks of it any more.").into()
            );
        }
        Some(Found::Rejected(_)) => {
            return Err(
                Problem::new(StatusCode::GONE, "The event is rejected: an editor found that it is none.").into()
            );
        }
        Some(Found::NotYet) => {
            return Err(Problem::new(StatusCode::NOT_FOUND, "No article had announced this event by that day.").into());
        }
        None => return Err(Problem::new(StatusCode::NOT_FOUND, "There is no event at this address.").into()),
    };
    let history = app.store.history(id).await?;
    let known = history.iter().filter(|item| as_of.is_none_or(|day| item.known_from <= day));
    let history: Vec<Revision<'_>> = known
        .map(|item| Revision {
            known_from: item.known_from,
            state: &item.event,
            evidence: &item.evidence,
            correction: item.correction.as_ref(),
            is_disputed: item.changes.iter().any(|change| change.disputed),
        })
        .collect();
    let as_of = as_of.filter(|day| *day != app.today());
    let shown = EventPage { base: &app.base(&headers), event: &event, history: &history, as_of };
    Ok(page(html::event(&shown)?))
}
