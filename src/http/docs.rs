//! `/openapi.yaml` and `/docs/reference/`: the OpenAPI document, generated from the handlers.

use super::{App, complete, conditional, examples, headers, requirements};
use axum::{
    Router,
    http::{StatusCode, header},
    middleware,
    response::IntoResponse,
    routing::get,
};
use std::sync::LazyLock;
use utoipa::{OpenApi, openapi};
use utoipa_swagger_ui::{Config, SwaggerUi};

/// The document, generated once.
static YAML: LazyLock<Option<String>> = LazyLock::new(|| openapi().to_yaml().ok());

#[derive(OpenApi)]
#[openapi(
    info(
        title = "daybook",
        description = "Extracts scheduled diplomatic events from news articles and serves them as a timeline. The \
                       documentation at `/docs` explains the concepts, filters and formats.\n\nErrors are problem \
                       documents (RFC 9457), which name the invalid field. Once API keys are in use, every response \
                       states the rate limit in `RateLimit-Policy` and `RateLimit`.",
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
    Preamble::openapi()
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
    let docs = SwaggerUi::new("/docs/reference").config(Config::from("/openapi.yaml"));
    let docs = Router::from(docs).layer(middleware::map_response(headers::allow_docs));
    Router::new().route("/openapi.yaml", get(yaml)).merge(docs)
}

async fn yaml() -> impl IntoResponse {
    match &*YAML {
        Some(yaml) => ([(header::CONTENT_TYPE, "application/yaml")], yaml.as_str()).into_response(),
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
