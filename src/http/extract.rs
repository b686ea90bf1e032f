//! `/v1/extract`: what an article says, with nothing stored.

use super::{
    App,
    lines::{self, Answer},
    params::Params,
    problem::Problems,
    submission::{self, Refusals, Submission},
    values::OneOf,
    web_page::{Shortcomings, page_params},
};
use crate::{
    article::Article,
    event::Event,
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

/// What an article says.
#[derive(Serialize, ToSchema)]
struct Extracted {
    /// The events that it makes alone. They are not stored, so they have no id.
    events: Vec<Event>,
    /// All its date expressions.
    dates: Vec<TimeExpression>,
    /// What the client should know: a language that is not read yet, and the like.
    warnings: Vec<String>,
    /// With `include=unused_dates`: the dates that made no event, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    unused_dates: Option<Vec<UnusedDate>>,
    /// With `explain=true`: for every sentence the dates, names and events found in it, and the rule behind each.
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<Vec<ExplainedSentence>>,
}

page_params! {
    /// What to tell of an article, and what is known of a web page that is sent.
    ExtractParams {
        /// `true` adds why the article was read so.
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

/// Read an article
///
/// Extracts its events and stores nothing. Web pages, and many as NDJSON, come as to `/v1/articles`.
#[utoipa::path(
    post,
    path = "/v1/extract",
    tag = "extract",
    params(ExtractParams),
    request_body(content(
        (Article = "application/json"),
        (String = "text/html", example = "<html lang=\"en\"><body><article><p>Talks between Japan and Australia will be held in Lugano on 7 March.</p></article></body></html>"),
        (String = "application/x-ndjson", example = "{\"text\": \"Talks will be held on 7 March.\", \"published_on\": \"2023-02-14\"}\n"),
        (String = "text/plain", example = "A title\n20230214\nhttps://news.example/a\nTalks will be held on 7 March.\n"),
    )),
    responses(
        (status = 200, description = "What it says; of many, one a line, the answer to each line",
         content((Extracted = "application/json"), (Answer<Extracted> = "application/x-ndjson"))),
        Refusals,
        Shortcomings,
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
    match Submission::of(request, params.take_known()).await? {
        Submission::One(article) => Ok(Json(read(app, article, asked).await).into_response()),
        Submission::Many(lines) => {
            let read = move |article| read(app.clone(), article, asked);
            Ok(lines::answered(lines, read, async |read| Ok((StatusCode::OK, read?))).await)
        }
    }
}

/// What an answer includes on request.
#[derive(Clone, Copy)]
struct Asked {
    explanation: bool,
    unused: bool,
}

/// What an article says, with what is asked besides.
async fn read(app: App, article: Article, asked: Asked) -> Extracted {
    let (article, extraction) = submission::extract(app.clone(), article).await;
    let events = events_of_article(&article, &extraction.mentions);
    let explanation = if asked.explanation { Some(submission::explain(&app, article).await) } else { None };
    let unused_dates = asked.unused.then_some(extraction.unused_dates);
    Extracted { events, dates: extraction.dates, warnings: extraction.warnings, unused_dates, explanation }
}
