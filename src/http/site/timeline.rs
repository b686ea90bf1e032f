//! `/`: the timeline with its filters, in one of several views. A wrong filter is answered with the form, and says beside the field what is wrong.

use super::{
    super::{
        App,
        day::Day,
        documents::links,
        filter::{FilterParams, Whole},
        headers::embeddable,
        page::{next_address, next_link},
        params::Params,
        problem::Problem,
        view::TITLE,
    },
    asked,
    chips::chips,
    failure::Failure,
    layout::{density, layout, of_frame, views},
    locale::Reader,
    page, pairs,
    range::{Range, tabs},
};
use crate::{
    event::Event,
    formats::{
        Coarse, Selection,
        html::{Asked, FieldError, Filters, Frame, Layout, OF_LAYOUT, Subscribe, View, html, monday},
    },
    store::{Facet, Facets, Sort},
};
use axum::{
    extract::State,
    http::{HeaderMap, Uri},
    response::{IntoResponse, Response},
};
use jiff::{ToSpan, civil::Date};
use strum::VariantArray;

/// How many events a page shows, unless `limit` says otherwise.
const PAGE: u32 = 100;
/// How many events a view shows that comes on one page.
const MOST: u32 = 1000;

/// What is shown; nothing where a filter is wrong.
#[derive(Default)]
struct Shown {
    /// The parameters of the API that select it.
    params: Asked,
    events: Vec<Event>,
    next: Option<String>,
    facets: Facets,
    from: Option<Date>,
    to: Option<Date>,
    sort: Sort,
    layout: Layout,
}

/// Shows the timeline.
pub(super) async fn timeline(
    State(app): State<App>,
    Reader(locale): Reader,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let asked = asked(&uri);
    let as_of = day_of(&app, &asked).filter(|day| *day != app.today());
    let today = as_of.unwrap_or(app.today());
    let (shown, problem) = match select(&app, &asked, today, as_of).await {
        Ok(shown) => (shown, None),
        Err(problem) if problem.status().is_client_error() => {
            (Shown { layout: of_frame(&asked), ..Shown::default() }, Some(problem))
        }
        Err(problem) => return Err(problem.into()),
    };
    let error = problem
        .as_ref()
        .map(|problem| FieldError { field: problem.field().map(str::to_owned), detail: problem.message() });
    let base = app.base(&headers);
    let is_list = shown.layout.view == View::List;
    let next = shown.next.as_deref().filter(|_| is_list).map(|cursor| next_address(&uri, cursor));
    let same = shown.params.without(&["cursor", "limit"]).url("");
    let current = shown.params.without(&["cursor", "limit", "as_of"]).url("");
    let embedded = asked.without(&["cursor", "embed"]).with("embed", "1").url("/");
    let embedded = (!app.frame_ancestors.is_empty()).then_some(&*embedded);
    let frame = Frame {
        today,
        this_day: app.today(),
        from: shown.from,
        to: shown.to,
        is_cut: shown.next.is_some() && !is_list,
        is_chronological: problem.is_none() && shown.sort == Sort::StartsOn,
        as_of,
        layout: shown.layout,
        total: problem.is_none().then_some(shown.facets.total),
        filters: Some(Filters {
            asked: &asked,
            error: error.as_ref(),
            tabs: tabs(&asked, range(&asked).ok().flatten()),
            views: views(&asked, shown.layout.view),
            density: density(&asked, shown.layout),
            chips: chips(&asked, &shown.facets, &app.directory),
            subscribe: Subscribe::new(&base, &current, TITLE, embedded),
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
    let policy = shown.layout.is_embedded.then(|| embeddable(&app.frame_ancestors));
    let response =
        (next.as_deref().map(next_link), policy, page(html(&selection, &frame, &locale)?, &locale)).into_response();
    Ok(match problem {
        Some(problem) => (problem.status(), response).into_response(),
        None => response,
    })
}

/// The date in `as_of`; none if it is absent or invalid.
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

/// The first day of the month in which this week ends: in a grid of the month that ends with it, most days would be over.
fn month_ahead(today: Date) -> Date {
    monday(today).saturating_add(6.days()).first_of_month()
}

/// The parameters of the API for what was asked: a range of days is one with `from` and `to`, as is the grid of a month.
fn resolved(asked: &Asked, layout: Layout, range: Option<Range>, today: Date, as_of: Option<Date>) -> Asked {
    let params = asked.without(&["range"]).without(&OF_LAYOUT);
    if layout.view == View::Month {
        let first = layout.month.unwrap_or(today).first_of_month();
        let last = monday(first.last_of_month()).saturating_add(6.days());
        return params
            .without(&["from", "to", "sort", "limit", "cursor"])
            .with("from", &monday(first))
            .with("to", &last);
    }
    let params = if layout.view == View::List { params } else { params.without(&["sort", "limit", "cursor"]) };
    let Some(range) = range else { return params };
    let (from, to) = range.bounds(today, as_of);
    let bounds = [("from", from), ("to", to)].into_iter().filter_map(|(name, day)| Some((name, day?)));
    let params = bounds.fold(params, |params, (name, day)| params.with(name, &day));
    match params.get("sort") {
        None if range == Range::Past && layout.view == View::List => params.with("sort", &Sort::StartsOnDescending),
        _ => params,
    }
}

/// By what the page counts events.
const FACETS: [Facet; 4] = [Facet::Participant, Facet::Kind, Facet::Status, Facet::Country];

async fn select(app: &App, asked: &Asked, today: Date, as_of: Option<Date>) -> Result<Shown, Problem> {
    let layout = layout(asked)?;
    let month = layout.month.unwrap_or(month_ahead(today));
    let layout = Layout { month: Some(month), ..layout };
    let params = resolved(asked, layout, range(asked)?, today, as_of);
    let Params(filters) = Params::<FilterParams>::parse(pairs(&params).into_iter())?;
    let Whole { filter, sort, after, limit, .. } = filters.whole(app)?;
    let is_list = layout.view == View::List;
    let limit = if is_list { limit.unwrap_or(PAGE) } else { MOST };
    let (found, _) = app.store.events(&filter, sort, after, limit, is_list).await?;
    let facets = app.store.facets(&filter, &FACETS).await?;
    let next = found.next.map(|cursor| cursor.to_string());
    Ok(Shown { params, events: found.items, next, facets, from: filter.from, to: filter.to, sort, layout })
}
