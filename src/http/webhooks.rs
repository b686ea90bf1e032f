//! `/v1/webhooks`: addresses that are told of changes. Telling them is `deliver`'s.

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

/// The longest address and description, in characters.
const LONGEST: usize = 2_000;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_webhooks, create_webhook))
        .routes(routes!(get_webhook, change_webhook, delete_webhook))
        .routes(routes!(get_secret, rotate_secret))
        .routes(routes!(test_webhook))
}

impl App {
    /// The changes that a webhook is told of, by the parameters of a query.
    ///
    /// # Errors
    /// What is wrong with them, in words: days that move may have come to exclude each other.
    pub fn followed(&self, filters: &Map<String, Value>) -> Result<EventFilter, String> {
        read(&SavedFilters::from(filters.clone()), self).map_err(Problem::into_detail)
    }
}

fn read(filters: &SavedFilters, app: &App) -> Result<EventFilter, Problem> {
    filters.read(app, StreamParams::changes).map(|(filter, _)| filter)
}

/// An address that is told of changes.
#[derive(Serialize, ToSchema)]
struct Webhook {
    id: Uuid,
    /// Where messages are sent.
    #[schema(example = "https://desk.example/hook")]
    url: String,
    description: Option<String>,
    filters: SavedFilters,
    /// Whether it is told of changes.
    enabled: bool,
    /// Why it was given up; none where a person switched it off.
    #[schema(example = "it answered 410: it wants no more messages")]
    disabled_reason: Option<String>,
    /// How many tries have failed since the last that did not.
    failures: u32,
    /// Since when. After a week it is disabled.
    #[schema(value_type = Option<String>, format = DateTime)]
    failing_since: Option<Timestamp>,
    /// When it is tried again.
    #[schema(value_type = Option<String>, format = DateTime)]
    next_try_at: Option<Timestamp>,
    /// How the last try failed, or what it was not told; none where all is well.
    #[schema(example = "it answered 500")]
    last_problem: Option<String>,
    /// When it last took a message.
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
    /// What its messages are signed with, after the Standard Webhooks specification.
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    secret: String,
}

/// What messages are signed with.
#[derive(Serialize, ToSchema)]
struct Signing {
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    secret: String,
    /// Until when they are signed with the one before as well.
    #[schema(value_type = Option<String>, format = DateTime)]
    previous_until: Option<Timestamp>,
}

impl From<store::Webhook> for Signing {
    fn from(webhook: store::Webhook) -> Self {
        let previous_until = webhook.previous_secret.map(|(_, until)| until);
        Self { secret: webhook.secret.expose().to_owned(), previous_until }
    }
}

/// Which address is to be told of what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewWebhook {
    /// An http or https address, not of a private network unless `--allow-network` allows that.
    #[schema(example = "https://desk.example/hook", max_length = 2000)]
    url: String,
    /// What it is for.
    #[schema(max_length = 2000)]
    description: Option<String>,
    /// Which changes; without them all.
    #[serde(default)]
    filters: SavedFilters,
}

/// What is to be another; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Amended {
    /// As when it was made. It is tried at once.
    #[schema(max_length = 2000)]
    url: Option<String>,
    /// What it is for; empty for nothing.
    #[schema(max_length = 2000)]
    description: Option<String>,
    /// Which changes.
    filters: Option<SavedFilters>,
    /// Whether it is told of changes. One that is enabled again goes on where it stopped, unless that is more than 90 days ago:
    /// then from now, and `last_problem` says so.
    enabled: Option<bool>,
}

/// Checks what is said of a webhook, and returns its URL as it is stored: in the one form that equal URLs have.
fn check(app: &App, url: Option<String>, description: Option<&str>) -> Result<Option<String>, Problem> {
    let normalized = |url: String| {
        let url: Url = url.parse().map_err(|error| Problem::of_field("url", format!("url is no address: {error}")))?;
        app.outbound.check(&url).map_err(|error| Problem::of_field("url", format!("url: {error}")))?;
        Ok::<_, Problem>(String::from(url))
    };
    let url = url.map(normalized).transpose()?;
    for (field, text) in [("url", url.as_deref()), ("description", description)] {
        if text.is_some_and(|text| text.chars().count() > LONGEST) {
            return Err(Problem::of_field(field, format!("{field} is longer than {LONGEST} characters")));
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

/// That there is no webhook.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes an answer; it is made from `Problem`")]
enum NotFound {
    /// There is none
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(Problem),
}

/// Have an address told of changes
///
/// From now on it is sent each change as `POST`, with a body `{"type", "timestamp", "data"}`: type and data as in `/v1/stream`. Messages
/// are signed as the Standard Webhooks specification asks. One after another, in the order of the changes; what is not answered
/// with 2xx is sent again, with growing pauses. After a week of failure, or a 410, the webhook is disabled.
#[utoipa::path(
    post,
    path = "/v1/webhooks",
    tag = "webhooks",
    request_body = NewWebhook,
    responses(
        (status = 201, description = "It is made", body = Created,
         headers(("Location" = String, description = "Its address"))),
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

/// List the webhooks
///
/// The oldest first, all of them.
#[utoipa::path(
    get,
    path = "/v1/webhooks",
    tag = "webhooks",
    responses((status = 200, description = "They, and how they are", body = Listing<Webhook>), Problems),
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
/// With how it is, and the last problem.
#[utoipa::path(
    get,
    path = "/v1/webhooks/{id}",
    tag = "webhooks",
    params(("id" = Uuid, Path, description = "The webhook's id")),
    responses((status = 200, description = "The webhook", body = Webhook), NotFound, Problems),
)]
async fn get_webhook(
    State(app): State<App>,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
) -> Result<Json<Webhook>, Problem> {
    found(app.store.webhook(id).await?)
}

/// Change a webhook
///
/// Its address, description or filters; or switch it off, or on again.
#[utoipa::path(
    patch,
    path = "/v1/webhooks/{id}",
    tag = "webhooks",
    params(("id" = Uuid, Path, description = "The webhook's id")),
    request_body = Amended,
    responses((status = 200, description = "As it is now", body = Webhook), NotFound, Refusals, Problems),
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
    tag = "webhooks",
    params(("id" = Uuid, Path, description = "The webhook's id")),
    responses((status = 204, description = "It is gone"), NotFound, Problems),
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
    path = "/v1/webhooks/{id}/secret",
    tag = "webhooks",
    params(("id" = Uuid, Path, description = "The webhook's id")),
    responses((status = 200, description = "What messages are signed with", body = Signing), NotFound, Problems),
)]
async fn get_secret(
    State(app): State<App>,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
) -> Result<Json<Signing>, Problem> {
    found(app.store.webhook(id).await?)
}

/// Make a new secret
///
/// For a day messages are signed with the one before as well.
#[utoipa::path(
    post,
    path = "/v1/webhooks/{id}/secret",
    tag = "webhooks",
    params(("id" = Uuid, Path, description = "The webhook's id")),
    responses((status = 200, description = "The new one", body = Signing), NotFound, Problems),
)]
async fn rotate_secret(
    State(app): State<App>,
    Id(id): Id,
    Params(NoParams {}): Params<NoParams>,
) -> Result<Json<Signing>, Problem> {
    found(app.store.rotate_secret(id, &new_secret()?, (app.now)()).await?)
}

/// What a receiver said to a ping.
#[derive(Serialize, ToSchema)]
struct Pinged {
    /// Whether it took it.
    delivered: bool,
    /// The status that it answered.
    #[schema(example = 204)]
    status: Option<u16>,
    /// The beginning of what it said.
    body: Option<String>,
    /// Why there was no answer.
    problem: Option<String>,
}

/// Try a webhook
///
/// Sends a signed `ping` at once, whether the webhook is enabled or not, and tells what the receiver said.
#[utoipa::path(
    post,
    path = "/v1/webhooks/{id}/test",
    tag = "webhooks",
    params(("id" = Uuid, Path, description = "The webhook's id")),
    responses((status = 200, description = "What it said", body = Pinged), NotFound, Problems),
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
