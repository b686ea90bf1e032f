//! `/v1/articles`: what was sent.

use super::{
    App,
    page::Listing,
    params::{After, AnyOf, Id, Limit, NoParams, Params},
    problem::{Problem, Problems},
    submission::{self, Refusals, Submission},
};
use crate::{
    article::Article,
    event::Event,
    store::{Outcome, StoredArticle},
};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, VariantArray};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(post_article, list_articles)).routes(routes!(get_article, delete_article))
}

/// An article that was stored, and the events that it speaks of.
#[derive(Serialize, ToSchema)]
struct Posted {
    /// The article as it is stored.
    article: StoredArticle,
    /// The events that it speaks of, with all their evidence, by first day.
    events: Vec<Event>,
    /// What the client should know: a language that is not read yet, and the like.
    warnings: Vec<String>,
}

/// Store an article
///
/// Extracts the scheduled diplomatic events that the article announces and brings the timeline up to date. The same
/// article again changes nothing; another text under a known `url` replaces the one before.
#[utoipa::path(
    post,
    path = "/v1/articles",
    tag = "articles",
    request_body(content(
        (Article = "application/json"),
        (String = "text/plain", example = "A title\n20230214\nhttps://news.example/a\nTalks will be held on 7 March.\n"),
    )),
    responses(
        (status = 201, description = "It is stored", body = Posted,
         headers(("Location" = String, description = "The article's address"))),
        (status = 200, description = "It was there already; or, its `url` was, and this is its current text now",
         body = Posted),
        Refusals,
        Problems,
    ),
)]
async fn post_article(
    State(app): State<App>,
    Params(NoParams {}): Params<NoParams>,
    submission: Result<Submission, Response>,
) -> Result<Response, Problem> {
    let article = match submission {
        Ok(Submission(article)) => article,
        Err(refusal) => {
            app.metrics.article_refused();
            return Ok(refusal);
        }
    };
    let (article, extraction) = submission::extract(&app, article).await;
    let ingested = app.store.ingest(&article, &extraction, (app.now)()).await?;
    app.metrics.article_stored(ingested.outcome);
    let location = format!("/v1/articles/{}", ingested.article.id);
    let posted = Posted { article: ingested.article, events: ingested.events, warnings: extraction.warnings };
    Ok(match ingested.outcome {
        Outcome::Created => (StatusCode::CREATED, [(header::LOCATION, location)], Json(posted)).into_response(),
        Outcome::Replaced | Outcome::Unchanged => Json(posted).into_response(),
    })
}

/// Which page of the articles.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ArticleParams {
    /// `text` adds each article's text.
    #[param(value_type = Option<String>, example = "text")]
    include: Option<AnyOf<Include>>,
    /// How many articles a page holds.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 1000, default = 100)]
    limit: Option<Limit>,
    /// The `next_cursor` of the page before.
    #[param(value_type = Option<String>)]
    cursor: Option<After>,
}

#[derive(Clone, Copy, Display, EnumString, VariantArray)]
#[strum(serialize_all = "lowercase")]
enum Include {
    Text,
}

/// List the articles
///
/// The newest published first.
#[utoipa::path(
    get,
    path = "/v1/articles",
    tag = "articles",
    params(ArticleParams),
    responses(
        (status = 200, description = "A page of articles", body = Listing<StoredArticle>,
         headers(("Link" = String, description = "The next page, as `rel=\"next\"`"))),
        Problems,
    ),
)]
async fn list_articles(
    State(app): State<App>,
    uri: Uri,
    Params(params): Params<ArticleParams>,
) -> Result<Response, Problem> {
    let limit = params.limit.unwrap_or_default().0;
    let page = app.store.articles(params.cursor.map(|after| after.0), limit, params.include.is_some()).await?;
    Ok(Listing::new(page.items, page.next.map(|cursor| cursor.to_string())).answer(&uri))
}

/// Get an article
#[utoipa::path(
    get,
    path = "/v1/articles/{id}",
    tag = "articles",
    params(("id" = uuid::Uuid, Path, description = "The article's id")),
    responses(
        (status = 200, description = "The article", body = StoredArticle),
        (status = 404, description = "There is none", body = Problem, content_type = "application/problem+json"),
        Problems,
    ),
)]
async fn get_article(
    State(app): State<App>,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
) -> Result<Json<StoredArticle>, Problem> {
    app.store.article(id).await?.map(Json).ok_or_else(|| Problem::not_found("article"))
}

/// Delete an article
///
/// Takes its evidence out of every event. Events with none left are withdrawn.
#[utoipa::path(
    delete,
    path = "/v1/articles/{id}",
    tag = "articles",
    params(("id" = uuid::Uuid, Path, description = "The article's id")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 404, description = "There is none", body = Problem, content_type = "application/problem+json"),
        Problems,
    ),
)]
async fn delete_article(
    State(app): State<App>,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
) -> Result<StatusCode, Problem> {
    let was_there = app.store.delete_article(id, (app.now)()).await?;
    was_there.then_some(StatusCode::NO_CONTENT).ok_or_else(|| Problem::not_found("article"))
}
