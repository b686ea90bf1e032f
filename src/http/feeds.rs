//! `/v1/feeds`: the feeds that `daybook watch` polls. Nothing here polls a feed.

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

/// A feed to add.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FeedInput)]
struct NewFeed {
    /// The URL of an RSS, Atom or JSON feed.
    #[schema(example = "https://news.example/feed.xml", max_length = 2000)]
    url: String,
    /// The publisher of its articles; by default as their pages state.
    #[schema(example = "The Example", pattern = r"\S", max_length = 500)]
    source: Option<String>,
    /// The seconds between two requests; by default as the feed states, else 900.
    #[schema(value_type = Option<u32>, minimum = 60, maximum = 604_800)]
    every: Option<Every>,
}

/// Changes to a feed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FeedUpdate)]
struct ChangedFeed {
    /// Whether it is polled.
    enabled: Option<bool>,
    /// The seconds between two requests.
    #[schema(value_type = Option<u32>, minimum = 60, maximum = 604_800)]
    every: Option<Every>,
    /// The publisher of its articles.
    #[schema(pattern = r"\S", max_length = 500)]
    source: Option<String>,
}

/// Add a feed
///
/// `daybook watch` polls the feed and stores the articles it lists. A known feed is unchanged.
#[utoipa::path(
    post,
    operation_id = "create_feed",
    path = "/v1/feeds",
    tag = "Feeds",
    request_body = NewFeed,
    responses(
        (status = 201, description = "Created, and due immediately", body = Feed,
         headers(("Location" = String, description = "The URL of the feed"))),
        (status = 200, description = "Unchanged", body = Feed),
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
        return Err(Problem::of_field("source", "source must have 1 to 500 characters; omit it to use the default"));
    }
    Ok(source)
}

/// An interval in seconds.
#[derive(Deserialize)]
#[serde(try_from = "Number")]
struct Every(u32);

impl TryFrom<Number> for Every {
    type Error = String;

    fn try_from(number: Number) -> Result<Self, String> {
        let (shortest, longest) = Usual::BOUNDS;
        // 600.0 is an integer in JSON, and some clients write it so.
        let digits = number.to_string();
        let seconds = digits.strip_suffix(".0").unwrap_or(&digits).parse();
        let seconds = seconds.ok().filter(|seconds| (shortest..=longest).contains(seconds));
        seconds.map(Self).ok_or_else(|| format!("must be a number of seconds from {shortest} to {longest}"))
    }
}

/// The pagination of a list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct FeedParams {
    /// The maximum number of feeds on a page.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 1000, default = 100)]
    limit: Option<Limit>,
    /// The `next_cursor` of the previous page.
    #[param(value_type = Option<String>)]
    cursor: Option<AfterInstant>,
}

/// List feeds
///
/// Sorted by creation, newest first.
#[utoipa::path(
    get,
    path = "/v1/feeds",
    tag = "Feeds",
    params(FeedParams),
    responses(
        (status = 200, description = "A page of feeds with their state", body = Listing<Feed>,
         headers(("Link" = String, description = "Link to the next page, with `rel=\"next\"`"))),
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
    tag = "Feeds",
    params(("id" = Uuid, Path, description = "The id of the feed")),
    responses(
        (status = 200, description = "The feed with its state", body = Feed),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
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

/// Returns the feed with this id, if the operation before has found it.
async fn there(app: &App, id: Uuid, found: bool) -> Result<Feed, Problem> {
    let feed = if found { app.store.feed(id).await? } else { None };
    feed.ok_or_else(|| Problem::not_found("feed"))
}

/// Update a feed
///
/// Omitted fields are unchanged. A disabled feed and its items are not fetched.
#[utoipa::path(
    patch,
    operation_id = "update_feed",
    path = "/v1/feeds/{id}",
    tag = "Feeds",
    params(("id" = Uuid, Path, description = "The id of the feed")),
    request_body = ChangedFeed,
    responses(
        (status = 200, description = "The updated feed", body = Feed),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
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

/// Delete a feed
///
/// Its articles are kept.
#[utoipa::path(
    delete,
    path = "/v1/feeds/{id}",
    tag = "Feeds",
    params(("id" = Uuid, Path, description = "The id of the feed")),
    responses(
        (status = 204, description = "Deleted"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
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

/// Refresh a feed
///
/// Makes the feed due immediately, even if it has failed or returned 410. `daybook watch` polls it
/// as soon as its host may be requested.
#[utoipa::path(
    post,
    path = "/v1/feeds/{id}/refresh",
    tag = "Feeds",
    params(("id" = Uuid, Path, description = "The id of the feed")),
    responses(
        (status = 202, description = "Due", body = Feed),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
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

/// Filters and pagination of the items of a feed.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ItemParams {
    /// States, separated by commas.
    #[param(value_type = Vec<ItemState>, inline, required = false, explode = false, style = Form, example = json!(["failed"]))]
    state: Option<AnyOf<ItemState>>,
    /// The maximum number of items on a page.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 1000, default = 100)]
    limit: Option<Limit>,
    /// The `next_cursor` of the previous page.
    #[param(value_type = Option<String>)]
    cursor: Option<AfterInstant>,
}

/// List items of a feed
///
/// Sorted by discovery, newest first, each with its article or the reason why it has none.
#[utoipa::path(
    get,
    operation_id = "list_feed_items",
    path = "/v1/feeds/{id}/items",
    tag = "Feeds",
    params(("id" = Uuid, Path, description = "The id of the feed"), ItemParams),
    responses(
        (status = 200, description = "A page of items", body = Listing<FeedItem>,
         headers(("Link" = String, description = "Link to the next page, with `rel=\"next\"`"))),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
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
