//! `/v1/review` and `/v1/corrections`: items that need an editor, and the corrections made.

use super::{
    App,
    body::Body,
    corrections::signed,
    page::Listing,
    params::{Id, NoParams, Params},
    problem::{Problem, Problems},
    submission::Refusals,
    values::{After, AfterInstant, AnyOf, EventId, InstantOrDay, Limit, Text},
};
use crate::store::{CorrectionFilter, ListedCorrection, ReviewItem, ReviewReason};
use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::Response,
};
use serde::Deserialize;
use strum::{Display, EnumString, VariantArray};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_review))
        .routes(routes!(dismiss_review_item))
        .routes(routes!(list_corrections))
}

/// Filters and pagination of the review queue.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ReviewParams {
    /// Reasons; separate values with commas to accept any.
    #[param(value_type = Vec<ReviewReason>, inline, required = false, explode = false, style = Form, example = json!(["probable_duplicate"]))]
    reason: Option<AnyOf<ReviewReason>>,
    /// The maximum number of items on a page.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 1000, default = 100)]
    limit: Option<Limit>,
    /// The `next_cursor` of the previous page.
    #[param(value_type = Option<String>)]
    cursor: Option<After>,
}

/// List the review queue
///
/// Events with low confidence or disputed fields, probable duplicates, changes of unknown events,
/// events with one participant, and articles with dates but no event. Each item states the remedy.
#[utoipa::path(
    get,
    path = "/v1/review",
    tag = "Corrections",
    params(ReviewParams),
    responses((status = 200, description = "A page of items, the latest date first", body = Listing<ReviewItem>), Problems),
)]
async fn list_review(
    State(app): State<App>,
    uri: Uri,
    Params(params): Params<ReviewParams>,
) -> Result<Response, Problem> {
    let reasons = params.reason.map(|reasons| reasons.0).unwrap_or_default();
    let (after, limit) = (params.cursor.map(|after| after.0), params.limit.unwrap_or_default().0);
    let page = app.store.review(&reasons, app.today(), after, limit).await?;
    Ok(Listing::new(page.items, page.next.map(|cursor| cursor.to_string())).answer(&uri))
}

/// The author and the reason of a dismissal.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Dismissal {
    /// The author.
    #[schema(example = "Maria Lopez, foreign desk", pattern = r"\S", max_length = 2000)]
    author: String,
    /// The reason.
    #[schema(example = "Two meetings of one day", pattern = r"\S", max_length = 2000)]
    reason: String,
}

/// Dismiss an item of the review queue
///
/// It is not listed again, unless the event or the article that it is about changes.
#[utoipa::path(
    post,
    path = "/v1/review/{id}/dismiss",
    tag = "Corrections",
    params(("id" = uuid::Uuid, Path, description = "The id of the item")),
    request_body = Dismissal,
    responses(
        (status = 204, description = "Dismissed"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        Refusals,
        Problems,
    ),
)]
async fn dismiss_review_item(
    State(app): State<App>,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
    Body(Dismissal { author, reason }): Body<Dismissal>,
) -> Result<StatusCode, Problem> {
    signed(&author, &reason)?;
    let was_there = app.store.dismiss(id, author.trim(), reason.trim(), app.today(), (app.now)()).await?;
    was_there.then_some(StatusCode::NO_CONTENT).ok_or_else(|| Problem::not_found("item"))
}

/// What a correction does.
#[derive(Clone, Copy, Display, EnumString, ToSchema, VariantArray)]
#[strum(serialize_all = "snake_case")]
#[schema(rename_all = "snake_case")]
enum Action {
    Create,
    Amend,
    Merge,
    Split,
    Reject,
    RejectEvidence,
}

/// Filters and pagination of the list of corrections.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CorrectionParams {
    /// The author, ignoring case.
    #[param(value_type = Option<String>, example = "Maria Lopez, foreign desk")]
    author: Option<Text>,
    /// Actions; separate values with commas to accept any.
    #[param(value_type = Vec<Action>, inline, required = false, explode = false, style = Form, example = json!(["amend", "merge"]))]
    action: Option<AnyOf<Action>>,
    /// Id of the event.
    #[param(value_type = Option<String>, format = Uuid)]
    event: Option<EventId>,
    /// Corrections made since this timestamp (or date, UTC).
    #[param(value_type = Option<String>, example = "2022-01-05")]
    since: Option<InstantOrDay>,
    /// The maximum number of corrections on a page.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 1000, default = 100)]
    limit: Option<Limit>,
    /// The `next_cursor` of the previous page.
    #[param(value_type = Option<String>)]
    cursor: Option<AfterInstant>,
}

/// List corrections
///
/// Author, time, reason and the changed fields; latest first.
#[utoipa::path(
    get,
    path = "/v1/corrections",
    tag = "Corrections",
    params(CorrectionParams),
    responses((status = 200, description = "A page of corrections", body = Listing<ListedCorrection>), Problems),
)]
async fn list_corrections(
    State(app): State<App>,
    uri: Uri,
    Params(params): Params<CorrectionParams>,
) -> Result<Response, Problem> {
    let filter = CorrectionFilter {
        author: params.author.map(|author| author.0),
        actions: params.action.iter().flat_map(|actions| &actions.0).map(Action::to_string).collect(),
        event: params.event.map(|event| event.0),
        since: params.since.map(|since| since.0),
    };
    let (after, limit) = (params.cursor.map(|after| after.0), params.limit.unwrap_or_default().0);
    let page = app.store.corrections(&filter, after, limit).await?;
    Ok(Listing::new(page.items, page.next.map(|cursor| cursor.to_string())).answer(&uri))
}
