//! `/v1/export`: consistent snapshots of everything that is stored, one item per line.

use super::{
    App,
    event_view::EventView,
    lines::NDJSON,
    params::{NoParams, Params},
    problem::{Problem, Problems},
};
use crate::{
    article::Article,
    store::{Error, Record, within},
};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use serde::Serialize;
use std::io;
use tokio::sync::OwnedSemaphorePermit;
use tracing::warn;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The maximum number of concurrent exports: each holds a database connection for as long as its
/// client reads.
pub(super) const MOST: usize = 2;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(export_articles))
        .routes(routes!(export_events))
        .routes(routes!(export_corrections))
        .routes(routes!(export_settings))
}

/// Export articles
///
/// In the format of `POST /v1/articles` and `daybook load`, sorted by publication date. The export is a consistent
/// snapshot.
#[utoipa::path(
    get,
    path = "/v1/export/articles.ndjson",
    tag = "Export",
    responses((status = 200, description = "One article per line", body = Article, content_type = "application/x-ndjson"), Problems),
)]
async fn export_articles(State(app): State<App>, Params(NoParams {}): Params<NoParams>) -> Result<Response, Problem> {
    let turn = turn(&app)?;
    Ok(exported("articles", turn, app.store.every_article().await?.map_ok(Article::from)))
}

/// Export events
///
/// As in `/v1/events/{id}`, sorted by start date. Events are computed from articles; loaded after the articles, the
/// export restores what corrections made of them, also in another version of daybook. It is a consistent snapshot.
#[utoipa::path(
    get,
    path = "/v1/export/events.ndjson",
    tag = "Export",
    responses((status = 200, description = "One event per line", body = EventView, content_type = "application/x-ndjson"), Problems),
)]
async fn export_events(
    State(app): State<App>,
    headers: HeaderMap,
    Params(NoParams {}): Params<NoParams>,
) -> Result<Response, Problem> {
    let turn = turn(&app)?;
    let base = app.base(&headers);
    let events = app.store.every_event().await?.map_ok(move |event| EventView::new(event, &base));
    Ok(exported("events", turn, events))
}

/// Export corrections
///
/// All corrections, oldest first, including rejections of events and of evidence, and the dismissals of
/// the review queue. Loaded after the articles by the same version of daybook, they are applied with
/// their id, author and time.
#[utoipa::path(
    get,
    path = "/v1/export/corrections.ndjson",
    tag = "Export",
    responses((status = 200, description = "One correction or dismissal per line", body = Record, content_type = "application/x-ndjson"), Problems),
)]
async fn export_corrections(
    State(app): State<App>,
    Params(NoParams {}): Params<NoParams>,
) -> Result<Response, Problem> {
    let turn = turn(&app)?;
    let records = app.store.every_correction(app.today()).await?;
    Ok(exported("corrections", turn, stream::iter(records.into_iter().map(Ok))))
}

/// Export settings
///
/// Saved timelines, feeds and webhooks, without secrets: a private timeline gets a new token when it is
/// loaded, and a webhook a new secret. Requires the scope `admin`, as feeds and webhooks do.
#[utoipa::path(
    get,
    path = "/v1/export/settings.ndjson",
    tag = "Export",
    responses((status = 200, description = "One saved timeline, feed or webhook per line", body = Record, content_type = "application/x-ndjson"), Problems),
)]
async fn export_settings(State(app): State<App>, Params(NoParams {}): Params<NoParams>) -> Result<Response, Problem> {
    let turn = turn(&app)?;
    let records = app.store.every_setting().await?;
    Ok(exported("settings", turn, stream::iter(records.into_iter().map(Ok))))
}

/// Acquires a permit to export.
fn turn(app: &App) -> Result<OwnedSemaphorePermit, Problem> {
    let detail = format!("{MOST} exports are running already; retry when one has finished");
    app.exports.clone().try_acquire_owned().map_err(|_| Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail))
}

/// Streams items, one per line.
fn exported<T: Serialize>(
    name: &'static str,
    turn: OwnedSemaphorePermit,
    items: impl Stream<Item = Result<T, Error>> + Send + 'static,
) -> Response {
    // The time limit applies only while the client is reading.
    let items = stream::unfold(Box::pin(items), async |mut items| {
        Some((within(async { items.next().await.transpose() }).await.transpose()?, items))
    });
    // The body may be polled once more after the end.
    let items = items.fuse();
    let lines = items.map(move |item| {
        let _for_as_long = &turn;
        // The client sees an aborted response; the log has the reason.
        let item = item.inspect_err(|error| warn!(%error, "an export failed")).map_err(io::Error::other)?;
        let mut line = serde_json::to_vec(&item)?;
        line.push(b'\n');
        Ok::<_, io::Error>(line)
    });
    let file = format!("attachment; filename=\"{name}.ndjson\"");
    let headers = [(header::CONTENT_TYPE, NDJSON.to_owned()), (header::CONTENT_DISPOSITION, file)];
    (headers, Body::from_stream(lines)).into_response()
}
