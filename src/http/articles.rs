//! `/v1/articles`: what was sent.

use super::{
    App, access,
    lines::{self, Answer},
    page::Listing,
    params::{Id, NoParams, Params},
    problem::{Problem, Problems},
    rate::Client,
    site,
    submission::{self, Refusals, Submission},
    values::{After, AnyOf, Limit},
    web_page::{Shortcomings, page_params},
};
use crate::{
    article::Article,
    event::Event,
    extract::{Extraction, UnusedDate},
    store::{Outcome, StoredArticle},
};
use axum::{
    Extension, Json,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, VariantArray};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(post_articles, list_articles)).routes(routes!(get_article, delete_article))
}

/// A stored article with its events.
#[derive(Serialize, ToSchema)]
#[schema(as = ArticleResult)]
struct Posted {
    /// The article as it is stored.
    article: StoredArticle,
    /// The events that it is evidence of, with all their evidence, sorted by start date.
    events: Vec<Event>,
    /// Warnings, such as a language that is not supported, or dates that produced no event.
    warnings: Vec<String>,
    /// With `include=unused_dates`: the dates that produced no event, with the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    unused_dates: Option<Vec<UnusedDate>>,
}

page_params! {
    /// What is known of a web page that is sent.
    PageParams {}
}

/// Store articles
///
/// Extracts the scheduled diplomatic events that the article announces and brings the timeline up to date. The same
/// article again changes nothing; another text under a known `url` replaces the one before.
///
/// Many come as NDJSON, one a line, any number of them, and are answered line by line as they come, always with 200: each answer
/// has the `line`, the `status` that the article alone would have had, and the same as then. What was answered is stored, even if
/// the client goes away. A client should read while it sends: one that takes no answers for half a minute is cut off.
///
/// A web page may come as it is: its main text, headline, date of publication, source, address and language are found in it. What
/// the sender knows of it comes as parameters, which are taken with `text/html` only and outrank what the page tells.
///
/// Bodies may be compressed with `Content-Encoding: gzip` or `zstd`.
#[utoipa::path(
    post,
    operation_id = "create_article",
    path = "/v1/articles",
    tag = "Articles",
    params(PageParams),
    request_body(content(
        (Article = "application/json"),
        (String = "text/html", example = "<html lang=\"en\"><body><article><p>Talks between Japan and Australia will be held in Lugano on 7 March.</p></article></body></html>"),
        (String = "text/plain", example = "A title\n20230214\nhttps://news.example/a\nTalks will be held on 7 March.\n"),
        (String = "application/x-ndjson", example = "{\"text\": \"Talks will be held on 7 March.\", \"published_on\": \"2023-02-14\"}\n"),
    )),
    responses(
        (status = 201, description = "Created", body = Posted,
         headers(("Location" = String, description = "The URL of the article"))),
        (status = 200, description = "Unchanged; or replaced, if the `url` is known with another text. Of NDJSON, the response to each line",
         content((Posted = "application/json"), (Answer<Posted> = "application/x-ndjson"))),
        Refusals,
        Shortcomings,
        Problems,
    ),
)]
async fn post_articles(
    State(app): State<App>,
    Params(mut params): Params<PageParams>,
    Extension(client): Extension<Client>,
    request: Request,
) -> Result<Response, Problem> {
    let tells_unused = params.include.is_some();
    match Submission::of(request, params.take_known()).await {
        Ok(Submission::One(article)) => {
            let (article, extraction) = submission::extract(app.clone(), article).await;
            let (outcome, posted) = store(&app, &article, extraction, tells_unused).await?;
            let location = format!("/v1/articles/{}", posted.article.id);
            let location = (outcome == Outcome::Created).then_some([(header::LOCATION, location)]);
            Ok((status(outcome), location, Json(posted)).into_response())
        }
        Ok(Submission::Many(lines)) => {
            let (reads, stores) = (app.clone(), app);
            let read = move |article| submission::extract(reads.clone(), article);
            let store = move |read| store_line(stores.clone(), client.clone(), read, tells_unused);
            Ok(lines::answered(lines, read, store).await)
        }
        Err(refusal) => {
            app.metrics.article_refused();
            Ok(refusal)
        }
    }
}

/// Stores an article and what was read from it.
async fn store(
    app: &App,
    article: &Article,
    extraction: Extraction,
    tells_unused: bool,
) -> Result<(Outcome, Posted), Problem> {
    let ingested = app.store.ingest(article, &extraction, (app.now)()).await?;
    app.metrics.article_stored(ingested.outcome);
    let posted = Posted {
        article: ingested.article,
        events: ingested.events,
        warnings: extraction.warnings,
        unused_dates: tells_unused.then_some(extraction.unused_dates),
    };
    Ok((ingested.outcome, posted))
}

/// Stores what was on a line.
async fn store_line(
    app: App,
    client: Client,
    read: Result<(Article, Extraction), Problem>,
    tells_unused: bool,
) -> Result<(StatusCode, Posted), Problem> {
    if !access::may_go_on(&app, &client).await? {
        let detail = "the key was revoked; send this line and the rest with another";
        return Err(Problem::new(StatusCode::UNAUTHORIZED, detail));
    }
    let (article, extraction) = read.inspect_err(|_| app.metrics.article_refused())?;
    let (outcome, posted) = store(&app, &article, extraction, tells_unused).await?;
    Ok((status(outcome), posted))
}

fn status(outcome: Outcome) -> StatusCode {
    match outcome {
        Outcome::Created => StatusCode::CREATED,
        Outcome::Replaced | Outcome::Unchanged => StatusCode::OK,
    }
}

/// Which page of the articles.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ArticleParams {
    /// `text` adds the text of each article.
    #[param(value_type = Option<String>, example = "text")]
    include: Option<AnyOf<Include>>,
    /// The maximum number of articles on a page.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 1000, default = 100)]
    limit: Option<Limit>,
    /// The `next_cursor` of the previous page.
    #[param(value_type = Option<String>)]
    cursor: Option<After>,
}

#[derive(Clone, Copy, Display, EnumString, VariantArray)]
#[strum(serialize_all = "lowercase")]
enum Include {
    Text,
}

/// List articles
///
/// Sorted by publication date, newest first.
#[utoipa::path(
    get,
    path = "/v1/articles",
    tag = "Articles",
    params(ArticleParams),
    responses(
        (status = 200, description = "A page of articles", body = Listing<StoredArticle>,
         headers(("Link" = String, description = "Link to the next page, with `rel=\"next\"`"))),
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
    tag = "Articles",
    params(("id" = uuid::Uuid, Path, description = "The id of the article")),
    responses(
        (status = 200, description = "The article", body = StoredArticle),
        (status = 303, description = "`Accept` prefers HTML: `Location` is the page of the article"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        Problems,
    ),
)]
async fn get_article(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
) -> Result<Response, Problem> {
    if site::is_wanted(&headers) {
        return Ok(site::redirect(&uri));
    }
    let article = app.store.article(id).await?.ok_or_else(|| Problem::not_found("article"))?;
    Ok((site::VARY, Json(article)).into_response())
}

/// Delete an article
///
/// Removes its evidence from every event. Events without evidence are withdrawn.
#[utoipa::path(
    delete,
    path = "/v1/articles/{id}",
    tag = "Articles",
    params(("id" = uuid::Uuid, Path, description = "The id of the article")),
    responses(
        (status = 204, description = "Deleted"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
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
