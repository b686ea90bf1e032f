//! `/`: the timeline with its filters. A wrong filter is answered with the form, and says beside the field what is wrong.

use super::{
    super::{
        App,
        documents::links,
        filter::{FilterParams, Whole},
        page::{next_address, next_link},
        params::Params,
        problem::Problem,
        values::Day,
    },
    asked,
    chips::chips,
    failure::Failure,
    page, pairs,
    range::{Range, tabs},
};
use crate::{
    event::Event,
    formats::{
        Selection,
        html::{Asked, FieldError, Filters, Frame, html},
    },
    store::{Facets, Sort},
};
use axum::{
    extract::State,
    http::{HeaderMap, Uri},
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use strum::VariantArray;

/// What the timeline of all events is called.
const TITLE: &str = "Diplomatic events";

/// What is shown.
struct Shown {
    events: Vec<Event>,
    next: Option<String>,
    facets: Facets,
    from: Option<Date>,
    sort: Sort,
}

/// Shows the timeline.
pub(super) async fn timeline(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Result<Response, Failure> {
    let asked = asked(&uri);
    let as_of = day_of(&app, &asked).filter(|day| *day != app.today());
    let today = as_of.unwrap_or(app.today());
    let (range, params) = match resolved(&asked, today, as_of) {
        Ok((range, params)) => (range, Ok(params)),
        Err(problem) => (None, Err(problem)),
    };
    let shown = match &params {
        Ok(params) => select(&app, params).await,
        Err(problem) => {
            Err(Problem::new(problem.status(), problem.told()).because_of(problem.field().unwrap_or_default()))
        }
    };
    let (shown, error) = match shown {
        Ok(shown) => (Some(shown), None),
        Err(problem) if problem.status().is_client_error() => (None, Some(problem)),
        Err(problem) => return Err(problem.into()),
    };
    let told =
        error.as_ref().map(|problem| FieldError { field: problem.field().map(str::to_owned), detail: problem.told() });
    let base = app.base(&headers);
    let next = shown.as_ref().and_then(|shown| shown.next.as_deref()).map(|cursor| next_address(&uri, cursor));
    let same = params.as_ref().unwrap_or(&asked).without(&["cursor", "limit"]);
    let same = same.url("");
    let frame = Frame {
        today,
        from: shown.as_ref().and_then(|shown| shown.from),
        is_chronological: shown.as_ref().is_some_and(|shown| shown.sort == Sort::StartsOn),
        as_of,
        total: shown.as_ref().map(|shown| shown.facets.total),
        filters: Some(Filters {
            asked: &asked,
            error: told.as_ref(),
            tabs: tabs(&asked, range),
            chips: shown.as_ref().map(|shown| chips(&asked, &shown.facets)).unwrap_or_default(),
        }),
        links: &links("/v1/timeline", same.trim_start_matches('?')),
    };
    let selection = Selection {
        title: TITLE,
        description: None,
        base: &base,
        own: &format!("{base}{uri}"),
        next: next.as_deref(),
        events: shown.as_ref().map(|shown| &*shown.events).unwrap_or_default(),
        gone: &[],
        updated_at: None,
    };
    let response = (next.as_deref().map(next_link), page(html(&selection, &frame)?)).into_response();
    Ok(match error {
        Some(problem) => (problem.status(), response).into_response(),
        None => response,
    })
}

/// The day that the timeline is of; none where it is not given, or is none.
fn day_of(app: &App, asked: &Asked) -> Option<Date> {
    Day::try_from(asked.get("as_of")?.to_owned()).ok()?.resolve(app.today())
}

/// The parameters of the API for what was asked: a range of days is one with `from` and `to`. Days that are given are no range.
fn resolved(asked: &Asked, today: Date, as_of: Option<Date>) -> Result<(Option<Range>, Asked), Problem> {
    let range = match asked.get("range") {
        _ if asked.get("from").or(asked.get("to")).is_some() => None,
        Some(name) => Some(name.parse().map_err(|_| {
            let names: Vec<String> = Range::VARIANTS.iter().map(ToString::to_string).collect();
            Problem::of_field("range", format!("range: must be one of {}", names.join(", ")))
        })?),
        None => Some(Range::Upcoming),
    };
    let mut params = asked.without(&["range"]);
    if let Some(range) = range {
        let (from, to) = range.bounds(today, as_of);
        let given = [("from", from), ("to", to)];
        params = given.into_iter().fold(params, |params, (name, day)| match day {
            Some(day) => params.with(name, &day),
            None => params,
        });
        if range == Range::Past && params.get("sort").is_none() {
            params = params.with("sort", &Sort::StartsOnDescending);
        }
    }
    Ok((range, params))
}

async fn select(app: &App, params: &Asked) -> Result<Shown, Problem> {
    let Params(params) = Params::<FilterParams>::parse(pairs(params).into_iter())?;
    let Whole { filter, sort, after, limit, .. } = params.whole(app)?;
    let (found, _) = app.store.events(&filter, sort, after, limit, true).await?;
    let facets = app.store.facets(&filter).await?;
    let next = found.next.map(|cursor| cursor.to_string());
    Ok(Shown { events: found.items, next, facets, from: filter.from, sort })
}
