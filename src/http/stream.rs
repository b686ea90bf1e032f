//! `/v1/stream`: changes as server-sent events.

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

/// The header by which a client that reconnects states the id of the last change it received.
const LAST_EVENT_ID: &str = "last-event-id";

/// The interval of comments that keep an idle connection alive.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// The number of changes that are fetched at a time; a slow client is not sent further ones.
const BATCH: u32 = 100;

/// The number of streams that may query the database concurrently, so that a change leaves
/// connections for other requests.
const ASKING: usize = 3;

/// The interval at which the key of a stream is checked while nothing changes.
const KEY_CHECK: Duration = Duration::from_secs(5);

/// When a client may retry that exceeded the limit of streams, in seconds.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("60");

/// The state that all streams share.
#[derive(Clone, Debug)]
pub struct Streams {
    ended: CancellationToken,
    asking: Arc<Semaphore>,
    places: Arc<Semaphore>,
    most: usize,
    shares: Arc<Shares<Client>>,
}

impl Default for Streams {
    /// Half as many streams as connections, and 64 for each client.
    fn default() -> Self {
        Self::new(512, 64)
    }
}

impl Streams {
    /// Creates the limits for all streams and for those of each client, by its key or else its IP
    /// address.
    pub fn new(most: usize, of_each: usize) -> Self {
        Self {
            ended: CancellationToken::new(),
            asking: Arc::new(Semaphore::new(ASKING)),
            places: Arc::new(Semaphore::new(most)),
            most,
            shares: Shares::new(of_each),
        }
    }

    fn take(&self, client: &Client) -> Result<(OwnedSemaphorePermit, Share<Client>), Problem> {
        let share = self.shares.take(client).ok_or_else(|| {
            Problem::new(
                StatusCode::TOO_MANY_REQUESTS,
                "this client has the maximum number of streams; close another one",
            )
        })?;
        let place = self.places.clone().try_acquire_owned();
        let place = place.map_err(|_| {
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "the maximum number of streams is open; retry later")
        })?;
        Ok((place, share))
    }

    /// Returns the number of open streams.
    pub(super) fn open(&self) -> usize {
        self.most.saturating_sub(self.places.available_permits())
    }

    /// Ends every stream, including those that start later.
    pub fn end(&self) {
        self.ended.cancel();
    }
}

/// The responses that reject a stream at the limit.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes an answer; it is made from `Problem`")]
enum TooMany {
    /// The client has the maximum number of streams; `Retry-After` states when to retry
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

/// A stream to one client. It is idle while the client does not read.
struct Telling {
    app: App,
    params: StreamParams,
    client: Client,
    base: String,
    _place: (OwnedSemaphorePermit, Share<Client>),
    since: Since,
    follower: Follower,
    next: VecDeque<Change>,
    /// Whether more changes follow the last batch.
    is_behind: bool,
    /// Whether the client has received an id to resume from.
    has_id: bool,
}

impl Telling {
    /// Waits for the next message. Returns `None` if the stream must end: the client reconnects and
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
                    Ok(event) => {
                        self.app.metrics.change_streamed();
                        return Some(event);
                    }
                    Err(error) => warn!(%error, "a change cannot be sent"),
                }
            }
            if let Since::Position(position) = self.since {
                if !self.has_id {
                    self.has_id = true;
                    // An id without an event, from which the client resumes.
                    return Some(Event::default().id(position.to_string()));
                }
                if !self.is_behind && !self.wait(position).await? {
                    continue;
                }
            }
            self.ask().await?;
        }
    }

    /// Waits until there may be more changes, and returns whether there may; `None` if the client
    /// is no longer authorized.
    async fn wait(&mut self, position: Position) -> Option<bool> {
        let has_key = matches!(self.client, Client::Key(_));
        select! {
            () = self.follower.more_after(position) => Some(true),
            () = sleep(KEY_CHECK), if has_key => self.may_go_on().await.then_some(false),
        }
    }

    /// Returns whether the client is authorized, or this is unknown.
    async fn may_go_on(&self) -> bool {
        within(access::may_go_on(&self.app, &self.client)).await.unwrap_or(true)
    }

    /// Queries the next changes; `None` if the query is no longer possible.
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
