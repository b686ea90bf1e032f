//! `/v1/extract`: extraction without storing.

use super::{
    App,
    fetching::FetchFailures,
    lines::{self, Answer},
    params::Params,
    problem::Problems,
    submission::{self, ArticleInput, Refusals, Submission},
    values::OneOf,
    web_page::{Shortcomings, page_params},
};
use crate::{
    article::Article,
    event::ExtractedEvent,
    extract::{ExplainedSentence, TimeExpression, UnusedDate},
    timeline::events_of_article,
};
use axum::{
    Json,
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use strum::{Display, EnumString, VariantArray};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(extract))
}

/// The extraction from an article.
#[derive(Serialize, ToSchema)]
#[schema(as = ExtractionResult)]
struct Extracted {
    /// The events of this article alone. They are not stored and have no id.
    events: Vec<ExtractedEvent>,
    /// All date expressions.
    dates: Vec<TimeExpression>,
    /// Warnings, such as a language that is not supported.
    warnings: Vec<String>,
    /// With `include=unused_dates`: the dates that produced no event, with the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    unused_dates: Option<Vec<UnusedDate>>,
    /// With `explain=true`: the dates, names and candidates of each sentence, with the signals that decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<Vec<ExplainedSentence>>,
}

page_params! {
    /// What the response includes, and metadata of a web page in the body.
    ExtractParams {
        /// `true` adds the dates, names and candidates of each sentence with their signals.
        #[param(value_type = Option<bool>, default = false)]
        explain: Option<OneOf<Explain>>,
    }
}

#[derive(Clone, Copy, Debug, Display, EnumString, PartialEq, VariantArray)]
#[strum(serialize_all = "lowercase")]
enum Explain {
    True,
    False,
}

/// Extract without storing
///
/// Returns the events of an article and stores nothing. Accepts the same bodies as `POST /v1/articles`.
/// `{"url": "https://…"}`, which fetches a web page, requires the scope `write`.
#[utoipa::path(
    post,
    operation_id = "extract_article",
    path = "/v1/extract",
    tag = "Extraction",
    params(ExtractParams),
    request_body(content(
        (ArticleInput = "application/json"),
        (String = "text/html", example = "<html lang=\"en\"><body><article><p>Talks between Japan and Australia will be held in Lugano on 7 March.</p></article></body></html>"),
        (String = "application/x-ndjson", example = "{\"text\": \"Talks will be held on 7 March.\", \"published_on\": \"2023-02-14\"}\n"),
        (String = "text/plain", example = "A title\n20230214\nhttps://news.example/a\nTalks will be held on 7 March.\n"),
    )),
    responses(
        (status = 200, description = "The extraction; of NDJSON, the response to each line",
         content((Extracted = "application/json"), (Answer<Extracted> = "application/x-ndjson"))),
        Refusals,
        Shortcomings,
        FetchFailures,
        Problems,
    ),
)]
async fn extract(
    State(app): State<App>,
    Params(mut params): Params<ExtractParams>,
    request: Request,
) -> Result<Response, Response> {
    let asked =
        Asked { explanation: matches!(params.explain, Some(OneOf(Explain::True))), unused: params.include.is_some() };
    match Submission::of(request, params.take_known(), &app).await? {
        Submission::One(article) => Ok(Json(read(app, article, asked).await).into_response()),
        Submission::Many(lines) => {
            let read = move |article| read(app.clone(), article, asked);
            let answer = async |reads: Vec<_>| reads.into_iter().map(|read| Ok((StatusCode::OK, read?))).collect();
            Ok(lines::answered(lines, read, answer).await)
        }
    }
}

/// What the response includes on request.
#[derive(Clone, Copy)]
struct Asked {
    explanation: bool,
    unused: bool,
}

/// Extracts an article, with what the request includes.
async fn read(app: App, article: Article, asked: Asked) -> Extracted {
    let (article, extraction) = submission::extract(app.clone(), article).await;
    let events = events_of_article(&extraction.mentions);
    let explanation = if asked.explanation { Some(submission::explain(&app, article).await) } else { None };
    let unused_dates = asked.unused.then_some(extraction.unused_dates);
    Extracted { events, dates: extraction.dates, warnings: extraction.warnings, unused_dates, explanation }
}
