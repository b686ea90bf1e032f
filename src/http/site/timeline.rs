//! `/`: the timeline with its filters. A wrong filter is answered with the form, and says beside the field what is wrong.

use super::{
    super::{
        App,
        day::Day,
        documents::links,
        filter::{FilterParams, Whole},
        page::{next_address, next_link},
        params::Params,
        problem::Problem,
        view::TITLE,
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
        Coarse, Selection,
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

/// How many events a page shows, unless `limit` says otherwise.
const PAGE: u32 = 100;

/// What is shown; nothing where a filter is wrong.
#[derive(Default)]
struct Shown {
    /// The parameters of the API that select it.
    params: Asked,
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
    let (shown, problem) = match select(&app, &asked, today, as_of).await {
        Ok(shown) => (shown, None),
        Err(problem) if problem.status().is_client_error() => (Shown::default(), Some(problem)),
        Err(problem) => return Err(problem.into()),
    };
    let error = problem
        .as_ref()
        .map(|problem| FieldError { field: problem.field().map(str::to_owned), detail: problem.message() });
    let base = app.base(&headers);
    let next = shown.next.as_deref().map(|cursor| next_address(&uri, cursor));
    let same = shown.params.without(&["cursor", "limit"]).url("");
    let frame = Frame {
        today,
        from: shown.from,
        is_chronological: problem.is_none() && shown.sort == Sort::StartsOn,
        as_of,
        total: problem.is_none().then_some(shown.facets.total),
        filters: Some(Filters {
            asked: &asked,
            error: error.as_ref(),
            tabs: tabs(&asked, range(&asked).ok().flatten()),
            chips: chips(&asked, &shown.facets, &app.directory),
        }),
        links: &links("/v1/timeline", same.trim_start_matches('?')),
    };
    let selection = Selection {
        title: TITLE,
        description: None,
        base: &base,
        own: &format!("{base}{uri}"),
        next: next.as_deref(),
        events: &shown.events,
        gone: &[],
        coarse: Coarse::default(),
        note: None,
        updated_at: None,
    };
    let response = (next.as_deref().map(next_link), page(html(&selection, &frame)?)).into_response();
    Ok(match problem {
        Some(problem) => (problem.status(), response).into_response(),
        None => response,
    })
}

/// The day given as `as_of`; none where there is none, or it is no day.
fn day_of(app: &App, asked: &Asked) -> Option<Date> {
    Day::try_from(asked.get("as_of")?.to_owned()).ok()?.last(app.today())
}

/// The range of days that was asked for; none where the days are given.
fn range(asked: &Asked) -> Result<Option<Range>, Problem> {
    let unknown = |_| {
        let names: Vec<String> = Range::VARIANTS.iter().map(ToString::to_string).collect();
        Problem::of_field("range", format!("range: must be one of {}", names.join(", ")))
    };
    match asked.get("range") {
        _ if asked.get("from").or(asked.get("to")).is_some() => Ok(None),
        Some(name) => name.parse().map(Some).map_err(unknown),
        None => Ok(Some(Range::Upcoming)),
    }
}

/// The parameters of the API for what was asked: a range of days is one with `from` and `to`.
fn resolved(asked: &Asked, range: Option<Range>, today: Date, as_of: Option<Date>) -> Asked {
    let params = asked.without(&["range"]);
    let Some(range) = range else { return params };
    let (from, to) = range.bounds(today, as_of);
    let bounds = [("from", from), ("to", to)].into_iter().filter_map(|(name, day)| Some((name, day?)));
    let params = bounds.fold(params, |params, (name, day)| params.with(name, &day));
    match params.get("sort") {
        None if range == Range::Past => params.with("sort", &Sort::StartsOnDescending),
        _ => params,
    }
}

async fn select(app: &App, asked: &Asked, today: Date, as_of: Option<Date>) -> Result<Shown, Problem> {
    let params = resolved(asked, range(asked)?, today, as_of);
    let Params(filters) = Params::<FilterParams>::parse(pairs(&params).into_iter())?;
    let Whole { filter, sort, after, limit, .. } = filters.whole(app)?;
    let (found, _) = app.store.events(&filter, sort, after, limit.unwrap_or(PAGE), true).await?;
    let facets = app.store.facets(&filter).await?;
    let next = found.next.map(|cursor| cursor.to_string());
    Ok(Shown { params, events: found.items, next, facets, from: filter.from, sort })
}
