//! `/v1/extract`: what an article says, with nothing stored.

use super::{
    App,
    params::{NoParams, Params},
    problem::Problems,
    submission::{self, Refusals, Submission},
};
use crate::{article::Article, event::Event, extract::TimeExpression, timeline::events_alone};
use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(extract))
}

/// What an article says.
#[derive(Serialize, ToSchema)]
struct Extracted {
    /// The events that it makes alone. They are not stored, so they have no id.
    events: Vec<Event>,
    /// All its date expressions.
    dates: Vec<TimeExpression>,
    /// What the client should know: a language that is not read yet, and the like.
    warnings: Vec<String>,
}

/// Read an article
///
/// Extracts its events and stores nothing.
#[utoipa::path(
    post,
    path = "/v1/extract",
    tag = "extract",
    request_body(content(
        (Article = "application/json"),
        (String = "text/plain", example = "A title\n20230214\nhttps://news.example/a\nTalks will be held on 7 March.\n"),
    )),
    responses(
        (status = 200, description = "What it says", body = Extracted),
        Refusals,
        Problems,
    ),
)]
async fn extract(
    State(app): State<App>,
    Params(NoParams {}): Params<NoParams>,
    Submission(article): Submission,
) -> Json<Extracted> {
    let (article, extraction) = submission::extract(&app, article).await;
    let events = events_alone(&article, &extraction.mentions);
    Json(Extracted { events, dates: extraction.dates, warnings: extraction.warnings })
}
