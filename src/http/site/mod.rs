//! The pages for readers: the timeline with its filters, one event, a week, an article, changes, a text to try, the status. `openapi.yaml` describes the API, and so
//! not these.

mod article;
mod assets;
mod changes;
mod chips;
mod corrections;
mod event;
mod failure;
mod layout;
mod locale;
mod range;
mod review;
mod status;
mod timeline;
mod trial;
mod unused;
mod week;

pub(super) use failure::show_problems;

use super::{App, params::Pairs, problem::Problem, view::query};
use crate::formats::{Language, Locale, html::Asked};
use axum::{
    Router,
    http::{HeaderMap, HeaderName, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use headers::HeaderMapExt;
use headers_accept::Accept;
use jiff::{Timestamp, tz::TimeZone};
use mediatype::{MediaType, names};
use std::fmt::Display;

/// Of answers that are another document where `Accept` asks for HTML.
pub(super) const VARY: [(HeaderName, &str); 1] = [(header::VARY, "Accept")];

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/", get(timeline::timeline))
        .route("/week", get(week::week))
        .route("/changes", get(changes::changes))
        .route("/try", get(trial::form).post(trial::attempt))
        .route("/try/store", post(trial::store))
        .route("/review", get(review::review).post(review::decide))
        .route("/corrections", get(corrections::corrections))
        .route("/status", get(status::status))
        .route("/events/{id}", get(event::event))
        .route("/articles/{id}", get(article::article))
        .route("/assets/{digest}/{name}", get(assets::asset))
}

const JSON: MediaType<'_> = MediaType::new(names::APPLICATION, names::JSON);
const HTML: MediaType<'_> = MediaType::new(names::TEXT, names::HTML);

/// Whether `Accept` prefers JSON to a page, as the scripts of the pages do.
fn is_json_wanted(headers: &HeaderMap) -> bool {
    let accept: Option<Accept> = headers.typed_get();
    accept.is_some_and(|accept| accept.negotiate(&[HTML, JSON]) == Some(&JSON))
}

/// Whether `Accept` prefers a page to JSON.
pub(super) fn is_wanted(headers: &HeaderMap) -> bool {
    let accept: Option<Accept> = headers.typed_get();
    accept.is_some_and(|accept| accept.negotiate(&[JSON, HTML]) == Some(&HTML))
}

/// Leads from a resource of the API to its page.
pub(super) fn redirect(uri: &Uri) -> Response {
    let address = uri.to_string();
    let page = address.strip_prefix("/v1").unwrap_or(&address).to_owned();
    (StatusCode::SEE_OTHER, VARY, [(header::LOCATION, page)]).into_response()
}

/// A page in a language.
fn page(body: String, locale: &Locale) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CONTENT_LANGUAGE, locale.language.to_string()),
        (header::VARY, "Accept-Language".to_owned()),
    ];
    (headers, body).into_response()
}

/// A moment in words.
fn moment(instant: Timestamp, language: Language) -> String {
    let at = TimeZone::UTC.to_datetime(instant);
    let time = at.strftime("%H:%M").to_string();
    language.with("at-time", [("date", language.date("date", at.date()).into()), ("time", time.into())])
}

/// The parameters of a page. A form sends what is left empty as well.
fn asked(uri: &Uri) -> Asked {
    let given = query(uri).into_iter().map(|(name, value)| (name.into_owned(), value.trim().to_owned()));
    Asked(given.filter(|(_, value)| !value.is_empty()).collect())
}

/// The cursor of a page.
fn cursor<T>(asked: &Asked) -> Result<Option<T>, Problem>
where
    T: TryFrom<String, Error: Display>,
{
    let cursor = asked.get("cursor").map(|cursor| T::try_from(cursor.to_owned())).transpose();
    cursor.map_err(|wrong| Problem::of_field("cursor", format!("cursor: {wrong}")))
}

/// Parameters as the API parses them.
fn pairs(asked: &Asked) -> Pairs<'_> {
    asked.0.iter().map(|(name, value)| (name.into(), value.into())).collect()
}
