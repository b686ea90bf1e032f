//! `/` and `/v1/timeline.html`: the timeline as a page for people.

use super::{
    App,
    conditional::last_modified,
    documents::TITLE,
    filter::{FilterParams, TooLongAgo, Whole},
    page::{next_address, next_link},
    params::Params,
    problem::{Problem, Problems},
};
use crate::formats::{Frame, Link, Selection, html};
use axum::{
    extract::State,
    http::{HeaderMap, Uri, header},
    response::{IntoResponse, Response},
};
use std::borrow::Cow;
use url::form_urlencoded;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The other formats of the timeline: what they are called, their media types and their suffixes.
const OTHERS: [(&str, &str, &str); 6] = [
    ("calendar", "text/calendar", ".ics"),
    ("sheet", "text/csv", ".csv"),
    ("feed", "application/atom+xml", ".atom"),
    ("map", "application/geo+json", ".geojson"),
    ("linked data", "application/ld+json", ".jsonld"),
    ("JSON", "application/json", ""),
];

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_root)).routes(routes!(get_page))
}

/// The timeline as a page
///
/// With a form for the filters; what is left empty in it counts as not given.
#[utoipa::path(
    get,
    path = "/",
    tag = "formats",
    params(FilterParams),
    responses((status = 200, description = "The page", body = String, content_type = "text/html"), TooLongAgo, Problems),
)]
async fn get_root(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    page(&app, &uri, &headers).await
}

/// The timeline as a page, under the address of the others
#[utoipa::path(
    get,
    path = "/v1/timeline.html",
    tag = "formats",
    params(FilterParams),
    responses((status = 200, description = "The page", body = String, content_type = "text/html"), TooLongAgo, Problems),
)]
async fn get_page(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    page(&app, &uri, &headers).await
}

/// The page that a query asks for.
pub(super) async fn page(app: &App, uri: &Uri, headers: &HeaderMap) -> Result<Response, Problem> {
    // A form sends what is left empty as well.
    let asked: Vec<(Cow<'_, str>, Cow<'_, str>)> = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
        .filter(|(_, value)| !value.trim().is_empty())
        .collect();
    let params: Params<FilterParams> = Params::parse(asked.iter().cloned())?;
    let Whole { filter, sort, after, limit, window_since } = params.0.whole(app)?;
    let modified = app.store.touched_at().await?.max(window_since);
    let (page, _) = app.store.events(&filter, sort, after, limit, true).await?;

    let base = app.base(headers);
    let next = page.next.map(|cursor| next_address(uri, &cursor.to_string()));
    let updated_at = page.items.iter().filter_map(|event| event.updated_at).max();
    let own = format!("{base}{uri}");
    let selection = Selection {
        title: TITLE,
        base: &base,
        own: &own,
        next: next.as_deref(),
        events: &page.items,
        gone: &[],
        updated_at,
    };
    let asked: Vec<(String, String)> =
        asked.into_iter().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    let frame = Frame { path: uri.path(), asked: &asked, links: &links(&asked) };
    let body = html(&selection, &frame)?;
    let link = next.as_deref().map(next_link);
    Ok((last_modified(modified), link, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response())
}

/// The same selection in other formats, whole.
fn links(asked: &[(String, String)]) -> Vec<Link> {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(asked.iter().filter(|(name, _)| name != "cursor" && name != "limit"));
    let query = query.finish();
    let mark = if query.is_empty() { "" } else { "?" };
    OTHERS
        .iter()
        .map(|(label, media_type, suffix)| Link {
            label,
            media_type,
            href: format!("/v1/timeline{suffix}{mark}{query}"),
        })
        .collect()
}
