//! `/v1/webhooks`: the URLs to which changes are delivered. `deliver` delivers them.

use super::{
    App,
    body::Body,
    filter::StreamParams,
    page::Listing,
    params::{Id, NoParams, Params},
    problem::{Problem, Problems},
    saved_filters::SavedFilters,
    submission::Refusals,
};
use crate::{
    store::{self, EventFilter, WebhookChange},
    webhook::{self, Message, PING, Secret},
};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use url::Url;
use utoipa::{IntoResponses, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The maximum length of URL and description, in characters.
const LONGEST: usize = 2_000;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_webhooks, create_webhook))
        .routes(routes!(get_webhook, change_webhook, delete_webhook))
        .routes(routes!(get_secret, rotate_secret))
        .routes(routes!(test_webhook))
}

impl App {
    /// Parses the filters of a webhook.
    ///
    /// # Errors
    /// Fails with a description if they are invalid: dates that move with time may have become
    /// contradictory.
    pub fn followed(&self, filters: &Map<String, Value>) -> Result<EventFilter, String> {
        read(&SavedFilters::from(filters.clone()), self).map_err(Problem::into_detail)
    }
}

fn read(filters: &SavedFilters, app: &App) -> Result<EventFilter, Problem> {
    filters.read(app, StreamParams::changes).map(|(filter, _)| filter)
}

/// A webhook: a URL to which changes are delivered.
#[derive(Serialize, ToSchema)]
struct Webhook {
    id: Uuid,
    /// The URL of the receiver.
    #[schema(example = "https://desk.example/hook")]
    url: String,
    description: Option<String>,
    filters: SavedFilters,
    /// Whether changes are delivered.
    enabled: bool,
    /// Why daybook disabled it; absent if a person did.
    #[schema(example = "it answered 410: the receiver is permanently gone")]
    disabled_reason: Option<String>,
    /// The number of failed attempts since the last success.
    failures: u32,
    /// When the first of them failed. After a week, the webhook is disabled.
    #[schema(value_type = Option<String>, format = DateTime)]
    failing_since: Option<Timestamp>,
    /// When the next attempt is due.
    #[schema(value_type = Option<String>, format = DateTime)]
    next_try_at: Option<Timestamp>,
    /// The last error, or the changes that were skipped; absent if there is none.
    #[schema(example = "it answered 500")]
    last_problem: Option<String>,
    /// When a delivery was last acknowledged.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_delivered_at: Option<Timestamp>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl From<store::Webhook> for Webhook {
    fn from(webhook: store::Webhook) -> Self {
        Self {
            id: webhook.id,
            url: webhook.url,
            description: webhook.description,
            filters: webhook.filters.into(),
            enabled: webhook.enabled,
            disabled_reason: webhook.disabled_reason,
            failures: webhook.failures,
            failing_since: webhook.failing_since,
            next_try_at: webhook.next_at,
            last_problem: webhook.last_problem,
            last_delivered_at: webhook.last_delivered_at,
            created_at: webhook.created_at,
        }
    }
}

/// A new webhook.
#[derive(Serialize, ToSchema)]
struct Created {
    #[serde(flatten)]
    webhook: Webhook,
    /// The secret that signs deliveries according to the Standard Webhooks specification.
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    secret: String,
}

/// The secret.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookSecret)]
struct Signing {
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    secret: String,
    /// Until when deliveries are signed with the previous secret as well.
    #[schema(value_type = Option<String>, format = DateTime)]
    previous_until: Option<Timestamp>,
}

impl From<store::Webhook> for Signing {
    fn from(webhook: store::Webhook) -> Self {
        let previous_until = webhook.previous_secret.map(|(_, until)| until);
        Self { secret: webhook.secret.expose().to_owned(), previous_until }
    }
}

/// A webhook to create.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WebhookInput)]
struct NewWebhook {
    /// An http or https URL; private networks require `--allow-network`.
    #[schema(example = "https://desk.example/hook", max_length = 2000)]
    url: String,
    /// The description.
    #[schema(max_length = 2000)]
    description: Option<String>,
    /// Filters for the changes; by default, all changes.
    #[serde(default)]
    filters: SavedFilters,
}

/// Changes to a webhook; omitted fields are unchanged.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WebhookUpdate)]
struct Amended {
    /// URL, as for a new webhook. It is tried immediately.
    #[schema(max_length = 2000)]
    url: Option<String>,
    /// Description; empty to remove it.
    #[schema(max_length = 2000)]
    description: Option<String>,
    /// Filters for the changes.
    filters: Option<SavedFilters>,
    /// Whether changes are delivered. A webhook that is enabled again resumes where it stopped, unless that is more
    /// than 90 days ago: then it starts now, and `last_problem` states that.
    enabled: Option<bool>,
}

/// Checks the fields of a webhook and returns its URL as it is stored, normalised.
fn check(app: &App, url: Option<String>, description: Option<&str>) -> Result<Option<String>, Problem> {
    let normalized = |url: String| {
        let url: Url =
            url.parse().map_err(|error| Problem::of_field("url", format!("url is not a valid URL: {error}")))?;
        app.outbound.check(&url).map_err(|error| Problem::of_field("url", format!("url: {error}")))?;
        Ok::<_, Problem>(String::from(url))
    };
    let url = url.map(normalized).transpose()?;
    for (field, text) in [("url", url.as_deref()), ("description", description)] {
        if text.is_some_and(|text| text.chars().count() > LONGEST) {
            return Err(Problem::of_field(field, format!("{field} must have at most {LONGEST} characters")));
        }
    }
    Ok(url)
}

fn new_secret() -> Result<Secret, Problem> {
    Secret::random().map_err(|error| Problem::unwritable(&error))
}

fn found<T: From<store::Webhook>>(webhook: Option<store::Webhook>) -> Result<Json<T>, Problem> {
    webhook.map(|webhook| Json(webhook.into())).ok_or_else(|| Problem::not_found("webhook"))
}

/// The response if the webhook does not exist.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes an answer; it is made from `Problem`")]
enum NotFound {
    /// Not found
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(Problem),
}

/// Create a webhook
///
/// Sends each change from now on as a `POST` of `{"type", "timestamp", "data"}`, with type and data as in `/v1/stream`.
/// Deliveries are signed according to the Standard Webhooks specification and made one at a time, in order. A delivery
/// that is not acknowledged with 2xx is retried with growing delays. After a week of failures, or a 410, the webhook is
/// disabled.
#[utoipa::path(
    post,
    path = "/v1/webhooks",
    tag = "Webhooks",
    request_body = NewWebhook,
    responses(
        (status = 201, description = "Created", body = Created,
         headers(("Location" = String, description = "The URL of the webhook"))),
        Refusals,
        Problems,
    ),
)]
async fn create_webhook(
    State(app): State<App>,
    Params(NoParams {}): Params<NoParams>,
    Body(NewWebhook { url, description, filters }): Body<NewWebhook>,
) -> Result<Response, Problem> {
    let url = check(&app, Some(url), description.as_deref())?.unwrap_or_default();
    read(&filters, &app)?;
    let (secret, description) = (new_secret()?, description.as_deref().map(str::trim).filter(|text| !text.is_empty()));
    let webhook = app.store.create_webhook(&url, description, &filters.into(), &secret, (app.now)()).await?;
    let location = [(header::LOCATION, format!("/v1/webhooks/{}", webhook.id))];
    let created = Created { webhook: webhook.into(), secret: secret.expose().to_owned() };
    Ok((StatusCode::CREATED, location, Json(created)).into_response())
}

/// List webhooks
///
/// All webhooks, oldest first.
#[utoipa::path(
    get,
    path = "/v1/webhooks",
    tag = "Webhooks",
    responses((status = 200, description = "The webhooks with their state", body = Listing<Webhook>), Problems),
)]
async fn list_webhooks(
    State(app): State<App>,
    uri: Uri,
    Params(NoParams {}): Params<NoParams>,
) -> Result<Response, Problem> {
    let webhooks = app.store.webhooks().await?.into_iter().map(Webhook::from).collect();
    Ok(Listing::new(webhooks, None).answer(&uri))
}

/// Get a webhook
///
/// With its state and last error.
#[utoipa::path(
    get,
    path = "/v1/webhooks/{id}",
    tag = "Webhooks",
    params(("id" = Uuid, Path, description = "The id of the webhook")),
    responses((status = 200, description = "The webhook", body = Webhook), NotFound, Problems),
)]
async fn get_webhook(
    State(app): State<App>,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
) -> Result<Json<Webhook>, Problem> {
    found(app.store.webhook(id).await?)
}

/// Update a webhook
///
/// Changes URL, description or filters, or disables or enables it.
#[utoipa::path(
    patch,
    operation_id = "update_webhook",
    path = "/v1/webhooks/{id}",
    tag = "Webhooks",
    params(("id" = Uuid, Path, description = "The id of the webhook")),
    request_body = Amended,
    responses((status = 200, description = "The updated webhook", body = Webhook), NotFound, Refusals, Problems),
)]
async fn change_webhook(
    State(app): State<App>,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
    Body(Amended { url, description, filters, enabled }): Body<Amended>,
) -> Result<Json<Webhook>, Problem> {
    let url = check(&app, url, description.as_deref())?;
    filters.as_ref().map(|filters| read(filters, &app)).transpose()?;
    let change = WebhookChange { url, description, filters: filters.map(Map::from), enabled };
    found(app.store.change_webhook(id, &change, (app.now)()).await?)
}

/// Delete a webhook
#[utoipa::path(
    delete,
    path = "/v1/webhooks/{id}",
    tag = "Webhooks",
    params(("id" = Uuid, Path, description = "The id of the webhook")),
    responses((status = 204, description = "Deleted"), NotFound, Problems),
)]
async fn delete_webhook(
    State(app): State<App>,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
) -> Result<StatusCode, Problem> {
    let was_there = app.store.delete_webhook(id).await?;
    was_there.then_some(StatusCode::NO_CONTENT).ok_or_else(|| Problem::not_found("webhook"))
}

/// Get the secret of a webhook
#[utoipa::path(
    get,
    operation_id = "get_webhook_secret",
    path = "/v1/webhooks/{id}/secret",
    tag = "Webhooks",
    params(("id" = Uuid, Path, description = "The id of the webhook")),
    responses((status = 200, description = "The secret that signs deliveries", body = Signing), NotFound, Problems),
)]
async fn get_secret(
    State(app): State<App>,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
) -> Result<Json<Signing>, Problem> {
    found(app.store.webhook(id).await?)
}

/// Replace the secret of a webhook
///
/// For a day, deliveries are signed with the old secret as well.
#[utoipa::path(
    post,
    operation_id = "replace_webhook_secret",
    path = "/v1/webhooks/{id}/secret",
    tag = "Webhooks",
    params(("id" = Uuid, Path, description = "The id of the webhook")),
    responses((status = 200, description = "The new secret", body = Signing), NotFound, Problems),
)]
async fn rotate_secret(
    State(app): State<App>,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
) -> Result<Json<Signing>, Problem> {
    found(app.store.rotate_secret(id, &new_secret()?, (app.now)()).await?)
}

/// The response of a receiver to a ping.
#[derive(Serialize, ToSchema)]
#[schema(as = PingResult)]
struct Pinged {
    /// Whether the delivery was acknowledged.
    delivered: bool,
    /// The status of the response.
    #[schema(example = 204)]
    status: Option<u16>,
    /// The beginning of the body.
    body: Option<String>,
    /// Why there was no response.
    problem: Option<String>,
}

/// Test a webhook
///
/// Sends a signed `ping` immediately, whether or not the webhook is enabled, and returns the response of the receiver.
#[utoipa::path(
    post,
    path = "/v1/webhooks/{id}/test",
    tag = "Webhooks",
    params(("id" = Uuid, Path, description = "The id of the webhook")),
    responses((status = 200, description = "The response of the receiver", body = Pinged), NotFound, Problems),
)]
async fn test_webhook(
    State(app): State<App>,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
) -> Result<Json<Pinged>, Problem> {
    let webhook = app.store.webhook(id).await?.ok_or_else(|| Problem::not_found("webhook"))?;
    let now = (app.now)();
    let message = Message::new(Uuid::now_v7(), PING, now, &json!({ "webhook": id }));
    let message = message.map_err(|error| Problem::unwritable(&error))?;
    Ok(Json(match webhook::send(&app.outbound, &webhook.url, &message, &webhook.secrets(now), now).await {
        Ok(answer) => Pinged {
            delivered: answer.status.is_success(),
            status: Some(answer.status.as_u16()),
            body: Some(String::from_utf8_lossy(&answer.body).chars().take(LONGEST).collect()),
            problem: None,
        },
        Err(error) => Pinged { delivered: false, status: None, body: None, problem: Some(error.to_string()) },
    }))
}
