//! `/v1/feeds`: what `daybook watch` asks. Nothing here asks a feed itself.

use super::{
    App,
    body::Body,
    page::Listing,
    params::{Id, NoParams, Params},
    problem::{Problem, Problems},
    submission::Refusals,
    values::{AfterInstant, AnyOf, Limit},
};
use crate::{
    feed::{ItemState, Usual, address},
    store::{Feed, FeedChange, FeedItem},
};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::Number;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(post_feed, list_feeds))
        .routes(routes!(get_feed, change_feed, delete_feed))
        .routes(routes!(list_items))
        .routes(routes!(refresh_feed))
}

/// A feed to be watched.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewFeed {
    /// Its address: RSS, Atom or a JSON Feed.
    #[schema(example = "https://news.example/feed.xml", max_length = 2000)]
    url: String,
    /// Who publishes its articles; else what their pages say.
    #[schema(example = "The Example", pattern = r"\S", max_length = 500)]
    source: Option<String>,
    /// How many seconds are to lie between two requests; else what the feed says, or 900.
    #[schema(value_type = Option<u32>, minimum = 60, maximum = 604_800)]
    every: Option<Every>,
}

/// What is to be changed of a feed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChangedFeed {
    /// Whether it is asked for.
    enabled: Option<bool>,
    /// How many seconds are to lie between two requests.
    #[schema(value_type = Option<u32>, minimum = 60, maximum = 604_800)]
    every: Option<Every>,
    /// Who publishes its articles.
    #[schema(pattern = r"\S", max_length = 500)]
    source: Option<String>,
}

/// Watch a feed
///
/// `daybook watch` asks for it and stores the articles that it lists. One that is watched already stays as it is.
#[utoipa::path(
    post,
    path = "/v1/feeds",
    tag = "feeds",
    request_body = NewFeed,
    responses(
        (status = 201, description = "It is entered, and due at once", body = Feed,
         headers(("Location" = String, description = "The feed's address"))),
        (status = 200, description = "It was there already", body = Feed),
        Refusals,
        Problems,
    ),
)]
async fn post_feed(
    State(app): State<App>,
    Params(NoParams {}): Params<NoParams>,
    Body(new): Body<NewFeed>,
) -> Result<Response, Problem> {
    let url = address(&new.url).map_err(|problem| Problem::of_field("url", format!("url {problem}")))?;
    let (source, every) = (new.source.as_deref().map(named).transpose()?, new.every.map(|every| every.0));
    let (feed, is_new) = app.store.enter_feed(&url, source.as_deref(), every, (app.now)()).await?;
    let location = is_new.then(|| [(header::LOCATION, format!("/v1/feeds/{}", feed.id))]);
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, location, Json(feed)).into_response())
}

fn named(source: &str) -> Result<String, Problem> {
    let source = source.trim().to_owned();
    if source.is_empty() || source.chars().count() > 500 {
        return Err(Problem::of_field("source", "source is empty or longer than 500 characters; leave it out"));
    }
    Ok(source)
}

/// A number of seconds between two requests.
#[derive(Deserialize)]
#[serde(try_from = "Number")]
struct Every(u32);

impl TryFrom<Number> for Every {
    type Error = String;

    fn try_from(number: Number) -> Result<Self, String> {
        let (shortest, longest) = Usual::BOUNDS;
        // To JSON 600.0 is as whole as 600, and some clients write it so.
        let digits = number.to_string();
        let seconds = digits.strip_suffix(".0").unwrap_or(&digits).parse();
        let seconds = seconds.ok().filter(|seconds| (shortest..=longest).contains(seconds));
        seconds.map(Self).ok_or_else(|| format!("is a number of seconds from {shortest} to {longest}"))
    }
}

/// Which page of a list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct FeedParams {
    /// How many feeds a page holds.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 1000, default = 100)]
    limit: Option<Limit>,
    /// The `next_cursor` of the page before.
    #[param(value_type = Option<String>)]
    cursor: Option<AfterInstant>,
}

/// List the feeds
///
/// The latest entered first.
#[utoipa::path(
    get,
    path = "/v1/feeds",
    tag = "feeds",
    params(FeedParams),
    responses(
        (status = 200, description = "A page of feeds, and how each stands", body = Listing<Feed>,
         headers(("Link" = String, description = "The next page, as `rel=\"next\"`"))),
        Problems,
    ),
)]
async fn list_feeds(State(app): State<App>, uri: Uri, Params(params): Params<FeedParams>) -> Result<Response, Problem> {
    let limit = params.limit.unwrap_or_default().0;
    let page = app.store.feeds(params.cursor.map(|after| after.0), limit).await?;
    Ok(Listing::new(page.items, page.next.map(|cursor| cursor.to_string())).answer(&uri))
}

/// Get a feed
#[utoipa::path(
    get,
    path = "/v1/feeds/{id}",
    tag = "feeds",
    params(("id" = Uuid, Path, description = "The feed's id")),
    responses(
        (status = 200, description = "The feed, and how it stands", body = Feed),
        (status = 404, description = "There is none", body = Problem, content_type = "application/problem+json"),
        Problems,
    ),
)]
async fn get_feed(
    State(app): State<App>,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
) -> Result<Json<Feed>, Problem> {
    there(&app, id, true).await.map(Json)
}

/// The feed with this id, where what was done to it found it.
async fn there(app: &App, id: Uuid, found: bool) -> Result<Feed, Problem> {
    let feed = if found { app.store.feed(id).await? } else { None };
    feed.ok_or_else(|| Problem::not_found("feed"))
}

/// Change a feed
///
/// What is left out stays. One that is not enabled is not asked for, nor are the pages of its items.
#[utoipa::path(
    patch,
    path = "/v1/feeds/{id}",
    tag = "feeds",
    params(("id" = Uuid, Path, description = "The feed's id")),
    request_body = ChangedFeed,
    responses(
        (status = 200, description = "The feed as it is now", body = Feed),
        (status = 404, description = "There is none", body = Problem, content_type = "application/problem+json"),
        Refusals,
        Problems,
    ),
)]
async fn change_feed(
    State(app): State<App>,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
    Body(changed): Body<ChangedFeed>,
) -> Result<Json<Feed>, Problem> {
    let change = FeedChange {
        enabled: changed.enabled,
        every: changed.every.map(|every| every.0),
        source: changed.source.as_deref().map(named).transpose()?,
    };
    let found = app.store.change_feed(id, &change).await?;
    there(&app, id, found).await.map(Json)
}

/// Watch a feed no longer
///
/// Its articles stay.
#[utoipa::path(
    delete,
    path = "/v1/feeds/{id}",
    tag = "feeds",
    params(("id" = Uuid, Path, description = "The feed's id")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 404, description = "There is none", body = Problem, content_type = "application/problem+json"),
        Problems,
    ),
)]
async fn delete_feed(
    State(app): State<App>,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
) -> Result<StatusCode, Problem> {
    let was_there = app.store.delete_feed(id).await?;
    was_there.then_some(StatusCode::NO_CONTENT).ok_or_else(|| Problem::not_found("feed"))
}

/// Ask for a feed soon
///
/// It is due now, even one that was gone or has failed; `daybook watch` comes to it as soon as its host may be asked.
#[utoipa::path(
    post,
    path = "/v1/feeds/{id}/refresh",
    tag = "feeds",
    params(("id" = Uuid, Path, description = "The feed's id")),
    responses(
        (status = 202, description = "It is due", body = Feed),
        (status = 404, description = "There is none", body = Problem, content_type = "application/problem+json"),
        Problems,
    ),
)]
async fn refresh_feed(
    State(app): State<App>,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
) -> Result<(StatusCode, Json<Feed>), Problem> {
    let found = app.store.refresh_feed(id, (app.now)()).await?;
    Ok((StatusCode::ACCEPTED, Json(there(&app, id, found).await?)))
}

/// Which items of a feed.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ItemParams {
    /// How they stand; comma = any of them.
    #[param(value_type = Option<String>, example = "failed")]
    state: Option<AnyOf<ItemState>>,
    /// How many items a page holds.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 1000, default = 100)]
    limit: Option<Limit>,
    /// The `next_cursor` of the page before.
    #[param(value_type = Option<String>)]
    cursor: Option<AfterInstant>,
}

/// List the items of a feed
///
/// The latest found first, each with its article, or why it has none.
#[utoipa::path(
    get,
    path = "/v1/feeds/{id}/items",
    tag = "feeds",
    params(("id" = Uuid, Path, description = "The feed's id"), ItemParams),
    responses(
        (status = 200, description = "A page of items", body = Listing<FeedItem>,
         headers(("Link" = String, description = "The next page, as `rel=\"next\"`"))),
        (status = 404, description = "There is no such feed", body = Problem, content_type = "application/problem+json"),
        Problems,
    ),
)]
async fn list_items(
    State(app): State<App>,
    Id(id): Id,
    uri: Uri,
    Params(params): Params<ItemParams>,
) -> Result<Response, Problem> {
    there(&app, id, true).await?;
    let states = params.state.map(|states| states.0).unwrap_or_default();
    let limit = params.limit.unwrap_or_default().0;
    let page = app.store.feed_items(id, &states, params.cursor.map(|after| after.0), limit).await?;
    Ok(Listing::new(page.items, page.next.map(|cursor| cursor.to_string())).answer(&uri))
}
