//! `/v1/extract`: what an article says, with nothing stored.

use super::{
    App,
    params::{OneOf, Params},
    problem::Problems,
    submission::{self, Refusals, Submission},
};
use crate::{
    article::Article,
    event::Event,
    extract::{ExplainedSentence, TimeExpression},
    timeline::events_alone,
};
use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, VariantArray};
use utoipa::{IntoParams, ToSchema};
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
    /// With `explain=true`: for every sentence the dates, names and events found in it, and the rule behind each.
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<Vec<ExplainedSentence>>,
}

/// What to tell of it.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ExtractParams {
    /// `true` adds why the article was read so.
    #[param(value_type = Option<bool>, default = false)]
    explain: Option<OneOf<Explain>>,
}

#[derive(Clone, Copy, Debug, Display, EnumString, PartialEq, VariantArray)]
#[strum(serialize_all = "lowercase")]
enum Explain {
    True,
    False,
}

/// Read an article
///
/// Extracts its events and stores nothing.
#[utoipa::path(
    post,
    path = "/v1/extract",
    tag = "extract",
    params(ExtractParams),
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
    Params(ExtractParams { explain }): Params<ExtractParams>,
    Submission(article): Submission,
) -> Json<Extracted> {
    let (article, extraction) = submission::extract(&app, article).await;
    let events = events_alone(&article, &extraction.mentions);
    let explanation = match explain {
        Some(OneOf(Explain::True)) => Some(submission::explain(&app, article).await),
        _ => None,
    };
    Json(Extracted { events, dates: extraction.dates, warnings: extraction.warnings, explanation })
}
