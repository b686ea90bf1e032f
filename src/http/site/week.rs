//! `/week`: a week on one sheet.

use super::{
    super::{
        App,
        day::Day,
        filter::{FilterParams, Whole, resolve_last},
        params::Params,
        problem::Problem,
    },
    asked,
    failure::Failure,
    locale::Reader,
    page, pairs,
};
use crate::formats::html::{self, OF_LAYOUT, WeekPage, monday};
use axum::{extract::State, http::Uri, response::Response};
use jiff::ToSpan;

/// How many events fit on a printed page, in small print.
const MOST: u32 = 200;

/// Shows the week of `date`, or this one, with the filters of the timeline.
pub(super) async fn week(State(app): State<App>, Reader(locale): Reader, uri: Uri) -> Result<Response, Failure> {
    let asked = asked(&uri);
    let as_of = asked.get("as_of").map(|day| Day::try_from(day.to_owned())).transpose();
    let as_of = as_of.map_err(|wrong| Problem::of_field("as_of", format!("as_of: {wrong}")))?;
    let as_of = resolve_last("as_of", as_of, app.today())?.filter(|day| *day != app.today());
    let today = as_of.unwrap_or(app.today());
    let date = asked.get("date").map(|date| Day::try_from(date.to_owned())).transpose();
    let date = date.map_err(|wrong| Problem::of_field("date", format!("date: {wrong}")))?;
    let monday = monday(date.and_then(|date| date.first(today)).unwrap_or(today));
    let asked = asked.without(&["date", "range", "from", "to", "sort", "limit", "cursor"]).without(&OF_LAYOUT);
    let days = asked.clone().with("from", &monday).with("to", &monday.saturating_add(6.days()));
    let Params(params) = Params::<FilterParams>::parse(pairs(&days).into_iter())?;
    let Whole { filter, sort, .. } = params.whole(&app)?;
    let (found, _) = app.store.events(&filter, sort, None, MOST, false).await?;
    let shown = WeekPage { monday, today, as_of, asked: &asked, events: &found.items, has_more: found.next.is_some() };
    Ok(page(html::week(&shown, &locale)?, &locale))
}
