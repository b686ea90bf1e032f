//! `/v1/articles`: stored articles.

use super::{
    App, access,
    day::Day,
    event_view::EventView,
    fetching::FetchFailures,
    filter::{resolve, resolve_last},
    lines::{self, Answer},
    page::Listing,
    params::{Id, NoParams, Params},
    problem::{Problem, Problems},
    rate::Client,
    site,
    submission::{self, ArticleInput, Refusals, Submission},
    values::{After, AnyOf, Flag, Limit, Names, Text},
    web_page::{Shortcomings, page_params},
};
use crate::{
    article::Article,
    extract::{Extraction, UnusedDate},
    store::{ArticleFilter, EventSummary, Ingested, Outcome, StoredArticle, words},
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
use uuid::Uuid;

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
    events: Vec<EventView>,
    /// Warnings, such as a language that is not supported, or dates that produced no event.
    warnings: Vec<String>,
    /// With `include=unused_dates`: the dates that produced no event, with the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    unused_dates: Option<Vec<UnusedDate>>,
}

page_params! {
    /// Metadata of a web page in the body.
    PageParams {}
}

/// Store articles
///
/// Extracts the scheduled diplomatic events that the article announces and updates the timeline.
/// Storing the same article again changes nothing; another text with a known `url` replaces the
/// previous one.
///
/// NDJSON contains any number of articles, one per line. The response is streamed with status 200:
/// for each line, its number (`line`), its own `status`, and what the article alone would have
/// returned. Answered lines are stored even if the client disconnects. Read the response while you
/// send: a client that reads nothing for half a minute is disconnected.
///
/// An HTML page is accepted as it is: daybook finds its main text, headline, publication date,
/// source, URL and language. Query parameters, which are accepted with `text/html` and
/// `text/plain`, override the metadata of the page.
///
/// `{"url": "https://…"}` without a `text` fetches one web page, as `daybook watch` does: from a public address, as robots.txt
/// permits, in at most 25 seconds. A page that cannot be fetched is answered with 502, one without an article with 422. Lines of
/// NDJSON are not fetched.
///
/// Bodies may be compressed with `Content-Encoding: gzip` or `zstd`.
#[utoipa::path(
    post,
    operation_id = "create_article",
    path = "/v1/articles",
    tag = "Articles",
    params(PageParams),
    request_body(content(
        (ArticleInput = "application/json"),
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
        FetchFailures,
        Problems,
    ),
)]
async fn post_articles(
    State(app): State<App>,
    Params(mut params): Params<PageParams>,
    Extension(client): Extension<Client>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Problem> {
    let shape = Shape { tells_unused: params.include.is_some(), base: app.base(&headers) };
    match Submission::of(request, params.take_known(), &app).await {
        Ok(Submission::One(article)) => {
            let (article, extraction) = submission::extract(app.clone(), article).await;
            let (outcome, posted) = store(&app, &article, extraction, &shape).await?;
            let location = format!("/v1/articles/{}", posted.article.id);
            let location = (outcome == Outcome::Created).then_some([(header::LOCATION, location)]);
            Ok((status(outcome), location, Json(posted)).into_response())
        }
        Ok(Submission::Many(lines)) => {
            let (reads, stores) = (app.clone(), app);
            let read = move |article| submission::extract(reads.clone(), article);
            let store = move |read| store_lines(stores.clone(), client.clone(), read, shape.clone());
            Ok(lines::answered(lines, read, store).await)
        }
        Err(refusal) => {
            app.metrics.article_refused();
            Ok(refusal)
        }
    }
}

/// What the response contains.
#[derive(Clone)]
struct Shape {
    tells_unused: bool,
    base: String,
}

impl Shape {
    fn posted(&self, ingested: Ingested, extraction: Extraction) -> Posted {
        Posted {
            article: ingested.article,
            events: EventView::all(ingested.events, &self.base),
            warnings: extraction.warnings,
            unused_dates: self.tells_unused.then_some(extraction.unused_dates),
        }
    }
}

/// Stores an article with its extraction.
async fn store(
    app: &App,
    article: &Article,
    extraction: Extraction,
    shape: &Shape,
) -> Result<(Outcome, Posted), Problem> {
    let ingested = app.store.ingest(article, &extraction, (app.now)()).await?;
    app.metrics.article_stored(ingested.outcome);
    Ok((ingested.outcome, shape.posted(ingested, extraction)))
}

/// Stores the articles on some lines, if all goes well in one transaction.
async fn store_lines(
    app: App,
    client: Client,
    lines: Vec<Result<(Article, Extraction), Problem>>,
    shape: Shape,
) -> Vec<Result<(StatusCode, Posted), Problem>> {
    let refusal = match access::may_go_on(&app, &client).await {
        Ok(true) => None,
        Ok(false) => {
            let detail = "the key was revoked; send this and the following lines with another key";
            Some(Problem::new(StatusCode::UNAUTHORIZED, detail))
        }
        Err(error) => Some(error.into()),
    };
    if let Some(refusal) = refusal {
        return lines.iter().map(|_| Err(refusal.clone())).collect();
    }
    let batch: Vec<_> = lines.iter().flatten().map(|(article, extraction)| (article, extraction)).collect();
    // If one fails, none is stored, and each gets an outcome of its own.
    let mut together = app.store.ingest_all(&batch, (app.now)()).await.unwrap_or_default().into_iter();
    let mut outcomes = Vec::new();
    for line in lines {
        let outcome = match line {
            Ok((article, extraction)) => match together.next() {
                Some(ingested) => {
                    app.metrics.article_stored(ingested.outcome);
                    Ok((ingested.outcome, shape.posted(ingested, extraction)))
                }
                None => store(&app, &article, extraction, &shape).await,
            },
            Err(problem) => {
                app.metrics.article_refused();
                Err(problem)
            }
        };
        outcomes.push(outcome.map(|(outcome, posted)| (status(outcome), posted)));
    }
    outcomes
}

fn status(outcome: Outcome) -> StatusCode {
    match outcome {
        Outcome::Created => StatusCode::CREATED,
        Outcome::Replaced | Outcome::Unchanged => StatusCode::OK,
    }
}

/// Filters and pagination of a list of articles.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ArticleParams {
    /// Publisher, ignoring case; a host with or without `www.`. Separate values with commas to accept any.
    #[param(value_type = Option<String>, example = "rte.ie")]
    source: Option<Names>,
    /// Words that must all occur in the title or the text. Every article within the dates is
    /// searched: limit them for a large archive.
    #[param(value_type = Option<String>, example = "security guarantees")]
    q: Option<Text>,
    /// Articles published on this date or later: `2022-01-31`, `today`, `-7d` (UTC).
    #[param(value_type = Option<String>, example = "2022-01-01")]
    published_from: Option<Day>,
    /// Articles published on this date or earlier; same syntax as `published_from`.
    #[param(value_type = Option<String>, example = "2022-01-31")]
    published_to: Option<Day>,
    /// `true`: articles that are evidence of an event; `false`: the others.
    #[param(value_type = Option<bool>)]
    has_events: Option<Flag>,
    /// Languages as ISO 639-1 codes, separated by commas.
    #[param(value_type = Option<String>, example = "en")]
    language: Option<Names>,
    /// `text` adds the text of each article.
    #[param(value_type = Vec<Include>, inline, required = false, explode = false, style = Form, example = json!(["text"]))]
    include: Option<AnyOf<Include>>,
    /// The maximum number of articles on a page.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 1000, default = 100)]
    limit: Option<Limit>,
    /// The `next_cursor` of the previous page.
    #[param(value_type = Option<String>)]
    cursor: Option<After>,
}

impl ArticleParams {
    fn filter(&self, app: &App) -> Result<ArticleFilter, Problem> {
        let published_from = resolve("published_from", self.published_from, app.today())?;
        let published_to = resolve_last("published_to", self.published_to, app.today())?;
        if published_from.zip(published_to).is_some_and(|(from, to)| from > to) {
            return Err(Problem::of_field("published_to", "published_to must not be before published_from"));
        }
        let words: Vec<String> = self.q.iter().flat_map(|q| words(&q.0)).collect();
        if self.q.is_some() && words.is_empty() {
            return Err(Problem::of_field("q", "q must contain a word of letters or digits"));
        }
        Ok(ArticleFilter {
            sources: self.source.iter().flat_map(|names| names.0.clone()).collect(),
            words,
            published_from,
            published_to,
            has_events: self.has_events.map(|flag| flag.0),
            languages: self.language.iter().flat_map(|names| &names.0).map(|code| code.to_lowercase()).collect(),
        })
    }
}

#[derive(Clone, Copy, Display, EnumString, ToSchema, VariantArray)]
#[strum(serialize_all = "lowercase")]
#[schema(rename_all = "lowercase")]
enum Include {
    Text,
}

/// An article with the events that it is evidence of.
#[derive(Serialize, ToSchema)]
struct ArticleWithEvents {
    #[serde(flatten)]
    article: StoredArticle,
    /// The events, sorted by start date.
    events: Vec<EventSummary>,
}

/// List articles
///
/// Sorted by publication date, newest first, each with the events that it is evidence of.
#[utoipa::path(
    get,
    path = "/v1/articles",
    tag = "Articles",
    params(ArticleParams),
    responses(
        (status = 200, description = "A page of articles", body = Listing<ArticleWithEvents>,
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
    let after = params.cursor.map(|after| after.0);
    let page = app.store.articles(&params.filter(&app)?, after, limit, params.include.is_some()).await?;
    let items = with_events(&app, page.items).await?;
    Ok(Listing::new(items, page.next.map(|cursor| cursor.to_string())).answer(&uri))
}

async fn with_events(app: &App, articles: Vec<StoredArticle>) -> Result<Vec<ArticleWithEvents>, Problem> {
    let ids: Vec<Uuid> = articles.iter().map(|article| article.id).collect();
    let mut events = app.store.events_of_articles(&ids).await?;
    let with_events =
        |article: StoredArticle| ArticleWithEvents { events: events.remove(&article.id).unwrap_or_default(), article };
    Ok(articles.into_iter().map(with_events).collect())
}

/// Get an article
///
/// With its text and the events that it is evidence of.
#[utoipa::path(
    get,
    path = "/v1/articles/{id}",
    tag = "Articles",
    params(("id" = uuid::Uuid, Path, description = "The id of the article")),
    responses(
        (status = 200, description = "The article", body = ArticleWithEvents),
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
    let article = with_events(&app, vec![article]).await?.pop();
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
