//! `/v1/stream`: what changes, as it changes (server-sent events).

use super::{
    App, access,
    event_view::ChangeView,
    filter::{StreamParams, TooLongAgo, told_since},
    params::Params,
    problem::{Problem, Problems},
    rate::Client,
    shares::{Share, Shares},
};
use crate::store::{self, Change, Follower, Position, Since, within};
use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::{StreamExt, stream};
use std::{collections::VecDeque, convert::Infallible, sync::Arc, time::Duration};
use tokio::{
    select,
    sync::{OwnedSemaphorePermit, Semaphore},
    time::sleep,
};
use tokio_util::sync::CancellationToken;
use tracing::{debug, warn};
use utoipa::IntoResponses;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The client repeats with it, after its connection broke, the id of what it was told last.
const LAST_EVENT_ID: &str = "last-event-id";

/// How often a comment shows that the connection lives while nothing changes.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// How many changes are fetched at once; a client that is slow to take them is not asked for further.
const BATCH: u32 = 100;

/// How many streams may ask the database at the same time, so that a change does not take it from everybody else.
const ASKING: usize = 3;

/// How often it is looked whether the key of a stream is still good, though nothing changes.
const KEY_CHECK: Duration = Duration::from_secs(5);

/// When a client may try again that found no place, in seconds.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("60");

/// What all streams share.
#[derive(Clone, Debug)]
pub struct Streams {
    ended: CancellationToken,
    asking: Arc<Semaphore>,
    places: Arc<Semaphore>,
    shares: Arc<Shares<Client>>,
}

impl Default for Streams {
    /// Half as many as there are connections, and 64 for each client.
    fn default() -> Self {
        Self::new(512, 64)
    }
}

impl Streams {
    /// With as many as there may be for all, and for each client, by its key or else its address.
    pub fn new(most: usize, of_each: usize) -> Self {
        Self {
            ended: CancellationToken::new(),
            asking: Arc::new(Semaphore::new(ASKING)),
            places: Arc::new(Semaphore::new(most)),
            shares: Shares::new(of_each),
        }
    }

    fn take(&self, client: &Client) -> Result<(OwnedSemaphorePermit, Share<Client>), Problem> {
        let share = self.shares.take(client).ok_or_else(|| {
            Problem::new(StatusCode::TOO_MANY_REQUESTS, "this client follows as many streams as one may; end another")
        })?;
        let place = self.places.clone().try_acquire_owned();
        let place = place.map_err(|_| {
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "there are as many streams as there may be; try again later")
        })?;
        Ok((place, share))
    }

    /// Ends every stream, those to come as well.
    pub fn end(&self) {
        self.ended.cancel();
    }
}

/// How a stream is refused for want of a place.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes an answer; it is made from `Problem`")]
enum TooMany {
    /// The client follows as many streams as one may; `Retry-After` says when to try again
    #[response(status = 429, content_type = "application/problem+json")]
    TooMany(Problem),
}

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_stream))
}

/// Stream changes
///
/// Server-sent events in the order of the changes: `event.created`, `event.updated` and `event.removed`. The data is
/// the current event, or `{"id", "removed": true, "reason", "merged_into"}`. Starts now, at `updated_since`, or after
/// the id in `Last-Event-ID`, which browsers send when they reconnect. A comment every 15 seconds keeps the connection
/// alive.
#[utoipa::path(
    get,
    operation_id = "stream_changes",
    path = "/v1/stream",
    tag = "Events",
    params(
        StreamParams,
        ("Last-Event-ID" = Option<String>, Header, description = "The id of the last change that the client has received"),
    ),
    responses(
        (status = 200, description = "The changes", body = String, content_type = "text/event-stream"),
        TooLongAgo,
        TooMany,
        Problems,
    ),
)]
async fn get_stream(
    State(app): State<App>,
    Extension(client): Extension<Client>,
    headers: HeaderMap,
    Params(params): Params<StreamParams>,
) -> Result<Response, Problem> {
    let place = match app.streams.take(&client) {
        Ok(place) => place,
        Err(problem) => {
            return Ok(([(header::RETRY_AFTER, RETRY_AFTER)], problem).into_response());
        }
    };
    let (_, since) = params.clone().changes(&app)?;
    let last_event_id = last_event_id(&headers, &app)?;
    let since = match last_event_id.or(since) {
        Some(since) => {
            app.store.check_position(since).await?;
            since
        }
        None => Since::Position(app.store.position().await?),
    };
    let ended = app.streams.ended.clone().cancelled_owned();
    let follower = app.store.follow();
    let has_id = last_event_id.is_some();
    let base = app.base(&headers);
    let next = VecDeque::new();
    let telling = Telling { app, params, client, base, _place: place, since, follower, next, is_behind: true, has_id };
    let events = stream::unfold(telling, |mut telling| async { Some((telling.next().await?, telling)) });
    let events = events.take_until(ended).map(Ok::<_, Infallible>);
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT)).into_response())
}

fn last_event_id(headers: &HeaderMap, app: &App) -> Result<Option<Since>, Problem> {
    let Some(id) = headers.get(LAST_EVENT_ID) else { return Ok(None) };
    let position = id.to_str().ok().and_then(|id| id.parse().ok()).map(Since::Position);
    let since = position.ok_or_else(|| Problem::of_field("Last-Event-ID", "must be the id of a change"))?;
    told_since(since, (app.now)())?;
    Ok(Some(since))
}

/// What a client is being told. Nothing of it runs while the client takes nothing.
struct Telling {
    app: App,
    params: StreamParams,
    client: Client,
    base: String,
    _place: (OwnedSemaphorePermit, Share<Client>),
    since: Since,
    follower: Follower,
    next: VecDeque<Change>,
    /// Whether there is more than was asked for.
    is_behind: bool,
    /// Whether the client knows a position that it can go on from.
    has_id: bool,
}

impl Telling {
    /// The next message for the client, as soon as there is one. None if the stream must end: the client reconnects and
    /// misses nothing.
    async fn next(&mut self) -> Option<Event> {
        loop {
            while let Some(change) = self.next.pop_front() {
                self.has_id = true;
                match Event::default()
                    .event(change.name())
                    .id(change.position.to_string())
                    .json_data(ChangeView::new(change.what, &self.base))
                {
                    Ok(event) => return Some(event),
                    Err(error) => warn!(%error, "a change cannot be sent"),
                }
            }
            if let Since::Position(position) = self.since {
                if !self.has_id {
                    self.has_id = true;
                    // An id alone: it makes no event, but the client goes on from there.
                    return Some(Event::default().id(position.to_string()));
                }
                if !self.is_behind && !self.wait(position).await? {
                    continue;
                }
            }
            self.ask().await?;
        }
    }

    /// Waits until there may be more to tell, and returns whether there may; or none where the client may not go on.
    async fn wait(&mut self, position: Position) -> Option<bool> {
        let has_key = matches!(self.client, Client::Key(_));
        select! {
            () = self.follower.more_after(position) => Some(true),
            () = sleep(KEY_CHECK), if has_key => self.may_go_on().await.then_some(false),
        }
    }

    /// Whether the client may go on, as far as can be told.
    async fn may_go_on(&self) -> bool {
        within(access::may_go_on(&self.app, &self.client)).await.unwrap_or(true)
    }

    /// Asks for what changed. None where that cannot be asked for any more.
    async fn ask(&mut self) -> Option<()> {
        if !self.may_go_on().await {
            return None;
        }
        // Evaluated each time: dates such as `today` move.
        let (filter, _) = self.params.clone().changes(&self.app).ok()?;
        let turn = self.app.streams.asking.acquire().await.ok()?;
        let changes = within(self.app.store.changes(&filter, self.since, BATCH, false)).await;
        drop(turn);
        match changes {
            Ok(changes) => {
                self.is_behind = changes.more;
                self.since = Since::Position(changes.position);
                self.next.extend(changes.items);
            }
            Err(error @ store::Error::Unavailable(_)) => {
                debug!(%error, "a stream waits for the database");
                self.follower.rest().await;
            }
            Err(error) => {
                warn!(%error, "a stream failed");
                return None;
            }
        }
        Some(())
    }
}
