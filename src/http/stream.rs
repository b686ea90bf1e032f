//! `/v1/stream`: what changes, as it changes (server-sent events).

use super::{
    App,
    filter::{StreamParams, TooLongAgo, told_since},
    params::Params,
    problem::{Problem, Problems},
};
use crate::store::{Changed, EventFilter, Since};
use axum::{
    extract::State,
    http::HeaderMap,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream;
use std::{convert::Infallible, time::Duration};
use tokio::time::sleep;
use tracing::warn;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The client repeats with it, after its connection broke, the id of what it was told last.
const LAST_EVENT_ID: &str = "last-event-id";

/// How often the database is asked while nothing changes.
const PAUSE: Duration = Duration::from_secs(1);

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_stream))
}

/// Follow the changes
///
/// Server-sent events, in the order of the changes: `event.created`, `event.updated` and `event.removed`. The data is the event as
/// it is now, or `{"id", "removed": true, "reason", "merged_into"}`. Begins with now, with `updated_since`, or after the id in
/// `Last-Event-ID`, which browsers send by themselves.
#[utoipa::path(
    get,
    path = "/v1/stream",
    tag = "events",
    params(
        StreamParams,
        ("Last-Event-ID" = Option<String>, Header, description = "The id of the last change that the client was told"),
    ),
    responses(
        (status = 200, description = "The changes", body = String, content_type = "text/event-stream"),
        TooLongAgo,
        Problems,
    ),
)]
async fn get_stream(
    State(app): State<App>,
    headers: HeaderMap,
    Params(params): Params<StreamParams>,
) -> Result<Response, Problem> {
    let (filter, since) = params.changes(&app)?;
    let since = match last_event_id(&headers, &app)?.or(since) {
        Some(since) => since,
        None => Since::Position(app.store.position().await?),
    };
    let changes = stream::unfold((app, filter, since), |(app, filter, since)| async move {
        let (event, since) = next(&app, &filter, since).await?;
        Some((Ok::<_, Infallible>(event), (app, filter, since)))
    });
    Ok(Sse::new(changes).keep_alive(KeepAlive::default()).into_response())
}

fn last_event_id(headers: &HeaderMap, app: &App) -> Result<Option<Since>, Problem> {
    let Some(id) = headers.get(LAST_EVENT_ID) else { return Ok(None) };
    let position = id.to_str().ok().and_then(|id| id.parse().ok()).map(Since::Position);
    let since = position.ok_or_else(|| Problem::of_field("Last-Event-ID", "is not the id of a change"))?;
    told_since(since, (app.now)())?;
    Ok(Some(since))
}

/// The next change, as soon as there is one, and from where to go on. None where the database fails: the client connects anew,
/// and misses nothing.
async fn next(app: &App, filter: &EventFilter, mut since: Since) -> Option<(Event, Since)> {
    loop {
        let changes = match app.store.changes(filter, since, 1, false).await {
            Ok(changes) => changes,
            Err(error) => {
                warn!(%error, "a stream of changes ends");
                return None;
            }
        };
        since = Since::Position(changes.position);
        let Some(change) = changes.items.first() else {
            sleep(PAUSE).await;
            continue;
        };
        let name = match change {
            Changed::Event(event) if event.revision == 1 => "event.created",
            Changed::Event(_) => "event.updated",
            Changed::Gone(_) => "event.removed",
        };
        match Event::default().event(name).id(changes.position.to_string()).json_data(change) {
            Ok(event) => return Some((event, since)),
            Err(error) => warn!(%error, "a change cannot be told"),
        }
    }
}
