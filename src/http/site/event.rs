//! `/events/{id}`: one event with its evidence and history.

use super::{
    super::{
        App,
        events::AsOf,
        filter::resolve_last,
        params::{Id, Params},
        problem::Problem,
    },
    asked,
    changes::revision,
    failure::Failure,
    locale::Reader,
    page, pairs,
};
use crate::{
    event::{Event, PartyCode},
    formats::html::{self, EventPage, OF_LAYOUT, Revision},
    store::{EventFilter, Found, Sort},
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use jiff::{ToSpan, civil::Date};

/// How many related events are shown.
const RELATED: usize = 8;

/// How many days before and after an event others of its participants are related.
const NEAR: i64 = 10;

/// Shows an event, now or as it was known on a day.
pub(super) async fn event(
    State(app): State<App>,
    Reader(locale): Reader,
    uri: Uri,
    headers: HeaderMap,
    id: Result<Id, Problem>,
) -> Result<Response, Failure> {
    let Id(id) = id?;
    let asked = asked(&uri).without(&OF_LAYOUT);
    let Params(AsOf { as_of }) = Params::parse(pairs(&asked).into_iter())?;
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
        None => return Err(Problem::new(StatusCode::NOT_FOUND, "This event does not exist.").into()),
    };
    let history = app.store.history(id).await?;
    let known = history.iter().filter(|item| as_of.is_none_or(|day| item.known_from <= day));
    let history: Vec<Revision<'_>> = known.map(revision).collect();
    let related = related(&app, &event, as_of).await?;
    let as_of = as_of.filter(|day| *day != app.today());
    let shown = EventPage { base: &app.base(&headers), event: &event, history: &history, related: &related, as_of };
    Ok(page(html::event(&shown, &locale)?, &locale))
}

/// Events of all its participants on other days, then those of any of them about the same days.
async fn related(app: &App, event: &Event, as_of: Option<Date>) -> Result<Vec<Event>, Problem> {
    let state = &event.state;
    let parties = &state.participants;
    let codes = parties.iter().filter(|party| party.code.is_some()).filter_map(|party| PartyCode::of(party, parties));
    let codes: Vec<String> = codes.map(PartyCode::key).collect();
    if codes.is_empty() {
        return Ok(vec![]);
    }
    let alone = EventFilter { as_of, ..EventFilter::default() };
    let series = EventFilter { participants: codes.iter().map(|code| vec![code.clone()]).collect(), ..alone.clone() };
    let near = EventFilter {
        participants: vec![codes.clone()],
        from: Some(state.when.starts_on.saturating_sub(NEAR.days())),
        to: Some(state.when.ends_on.saturating_add(NEAR.days())),
        ..alone
    };
    let mut found: Vec<Event> = Vec::new();
    // One party alone makes no series.
    let series = (codes.len() > 1).then_some((series, Sort::StartsOnDescending));
    for (filter, sort) in series.into_iter().chain([(near, Sort::StartsOn)]) {
        let (page, _) =
            app.store.events(&filter, sort, None, u32::try_from(RELATED).unwrap_or(u32::MAX), false).await?;
        let new = page.items.into_iter().filter(|one| one.id != event.id);
        for one in new {
            if found.len() < RELATED && found.iter().all(|known| known.id != one.id) {
                found.push(one);
            }
        }
    }
    found.sort_by_key(|one| one.state.when.starts_on);
    Ok(found)
}
