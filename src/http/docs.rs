//! `/openapi.yaml` and `/docs/reference/`: the OpenAPI document, generated from the handlers.

use super::{App, conditional, headers, requirements};
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

/// The document, written once.
static YAML: LazyLock<Option<String>> = LazyLock::new(|| openapi().to_yaml().ok());

#[derive(OpenApi)]
#[openapi(
    info(
        title = "daybook",
        description = "The list of what is coming up, written from the news: articles go in, the scheduled diplomatic \
                       events that they announce come out as a timeline.\n\nErrors are problem documents (RFC 9457) \
                       that name the field at fault. Where keys are in use, \
                       every answer tells in `RateLimit-Policy` and `RateLimit` how many requests may be sent.",
    ),
    servers((url = "/")),
    paths(super::events::get_event_calendar, super::saved::get_saved_document),
    tags(
        (name = "articles", description = "What was sent"),
        (name = "extract", description = "Reading without storing"),
        (name = "events", description = "What the articles announce"),
        (name = "formats", description = "The same for calendars, sheets, feed readers, maps and front ends"),
        (name = "export", description = "Everything that is stored"),
        (name = "timelines", description = "Selections under short addresses of their own"),
        (name = "feeds", description = "Where articles come from by themselves, with `daybook watch`"),
        (name = "lookup", description = "What a form offers while a name is typed"),
        (name = "webhooks", description = "Addresses that are told of what changes"),
        (name = "health", description = "Whether the service works"),
    ),
)]
struct Preamble;

/// What the description says beside the routes.
pub(super) fn preamble() -> openapi::OpenApi {
    Preamble::openapi()
}

/// The whole API's description.
pub fn openapi() -> openapi::OpenApi {
    let mut api = super::routes().into_openapi();
    requirements::describe(&mut api);
    conditional::describe(&mut api);
    api
}

/// The routes that show the description; they are not part of it.
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
