//! `/openapi.yaml` and `/docs/reference/`: the OpenAPI document, generated from the handlers, and
//! the reference, which shows it with Redoc (`assets/reference`).

use super::{App, complete, conditional, examples, headers, requirements};
use axum::{
    Router,
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};
use std::sync::LazyLock;
use utoipa::{OpenApi, openapi};

/// The introduction of the reference.
const GUIDE: &str = include_str!("../../assets/reference/guide.md");

/// Browsers keep the script, whose URL contains its version.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// The media types of the files of the reference.
const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The document, generated once.
static YAML: LazyLock<Option<String>> = LazyLock::new(|| openapi().to_yaml().ok());

#[derive(OpenApi)]
#[openapi(
    info(
        title = "daybook",
    ),
    servers((url = "/")),
    paths(super::events::get_event_calendar, super::saved::get_saved_document),
    tags(
        (name = "Articles", description = "Articles, their import and deletion"),
        (name = "Extraction", description = "Extraction without storing"),
        (name = "Events", description = "Events and their history"),
        (name = "Timelines", description = "The timeline in many formats, and saved timelines"),
        (name = "Corrections", description = "Corrections, which take precedence over articles"),
        (name = "Feeds", description = "Feeds that `daybook watch` polls"),
        (name = "Webhooks", description = "Webhooks, which deliver changes"),
        (name = "Autocomplete", description = "Names of participants and places"),
        (name = "Export", description = "Export of everything"),
        (name = "Health", description = "Health and metrics"),
    ),
)]
struct Preamble;

/// Returns the part of the document that is not about routes.
pub(super) fn preamble() -> openapi::OpenApi {
    let mut api = Preamble::openapi();
    api.info.description = Some(GUIDE.into());
    api
}

/// Returns the OpenAPI document.
pub fn openapi() -> openapi::OpenApi {
    let mut api = super::routes().into_openapi();
    requirements::describe(&mut api);
    conditional::describe(&mut api);
    complete::describe(&mut api);
    examples::describe(&mut api);
    api
}

/// Returns the routes of the document and the reference, which are not described in it.
pub(super) fn router() -> Router<App> {
    let page = || async {
        let page = ([(header::CONTENT_TYPE, HTML)], include_str!("../../assets/reference/index.html"));
        headers::allow_redoc(page.into_response())
    };
    let redoc = || async {
        let headers = [(header::CONTENT_TYPE, SCRIPT), (header::CACHE_CONTROL, FOREVER)];
        (headers, include_str!("../../assets/reference/redoc-2.5.4.js"))
    };
    let script = || async { ([(header::CONTENT_TYPE, SCRIPT)], include_str!("../../assets/reference/reference.js")) };
    let style = || async { ([(header::CONTENT_TYPE, CSS)], include_str!("../../assets/reference/reference.css")) };
    Router::new()
        .route("/openapi.yaml", get(yaml))
        .route("/docs/reference", get(page))
        .route("/docs/reference/", get(page))
        .route("/docs/reference/redoc-2.5.4.js", get(redoc))
        .route("/docs/reference/reference.js", get(script))
        .route("/docs/reference/reference.css", get(style))
}

async fn yaml() -> impl IntoResponse {
    match &*YAML {
        Some(yaml) => ([(header::CONTENT_TYPE, "application/yaml")], yaml.as_str()).into_response(),
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
