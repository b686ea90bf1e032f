//! Delivers changes to webhooks. Each webhook receives its changes one after another, so that the
//! changes of an event arrive in order. Every replica delivers; a lease assigns each webhook to one
//! of them at a time.

use crate::{
    SPANS,
    http::App,
    store::{self, Change, Failure, Run, Since, Webhook, within},
    webhook::{self, Message},
};
use jiff::{SignedDuration, Timestamp};
use std::{
    pin::pin,
    time::{Duration, Instant},
};
use tokio::{select, sync::watch, task::JoinSet, time::sleep};
use tracing::{Instrument, debug, info_span, warn};

/// The lease of a webhook: longer than a request may take. If this process dies, another one
/// resumes when the lease expires.
const LEASE: SignedDuration = SignedDuration::from_mins(2);

/// The maximum number of concurrent deliveries.
const MOST: usize = 64;

/// The interval at which due deliveries are looked up without a notification.
const LOOK: Duration = Duration::from_mins(1);

/// The status by which a receiver unsubscribes, according to the specification.
const GONE: u16 = 410;

/// Delivers changes as they occur, and retries failed deliveries when they are due, until `ended`.
/// Then completes the deliveries that are under way.
pub async fn run(app: App, ended: impl Future<Output = ()>) {
    let (end, is_ended) = watch::channel(false);
    let mut ended = pin!(ended);
    let mut follower = app.store.follow();
    let mut running = JoinSet::new();
    loop {
        let begun = begin(&app, (app.now)(), MOST.saturating_sub(running.len()), &is_ended, &mut running).await;
        let (position, pause) = match begun {
            Ok(begun) => begun,
            Err(error) => {
                if matches!(error, store::Error::Unavailable(_)) {
                    debug!(%error, "webhook deliveries are paused");
                } else {
                    warn!(%error, "webhook deliveries are paused");
                }
                select! {
                    () = follower.rest() => continue,
                    () = &mut ended => break,
                }
            }
        };
        select! {
            () = follower.more_after(position) => {}
            () = sleep(pause) => {}
            Some(_) = running.join_next() => {}
            () = &mut ended => break,
        }
    }
    end.send_replace(true);
    while running.join_next().await.is_some() {}
}

/// Delivers everything that is due at `now`, and returns when each delivery was acknowledged or has
/// failed.
///
/// # Errors
/// Fails if the database cannot be queried for due deliveries.
pub async fn due(app: &App, now: Timestamp) -> Result<(), store::Error> {
    let (_end, is_ended) = watch::channel(false);
    let mut running = JoinSet::new();
    begin(app, now, MOST, &is_ended, &mut running).await?;
    while running.join_next().await.is_some() {}
    Ok(())
}

/// Starts the due deliveries. Returns the position up to which changes were considered, and the
/// time until the next delivery is due.
async fn begin(
    app: &App,
    now: Timestamp,
    most: usize,
    is_ended: &watch::Receiver<bool>,
    running: &mut JoinSet<()>,
) -> Result<(store::Position, Duration), store::Error> {
    let run = Run::new();
    let clock = Clock { now, begun: Instant::now() };
    let position = within(app.store.position()).await?;
    let leased = if most == 0 { vec![] } else { within(app.store.take_webhooks(run, now, now + LEASE, most)).await? };
    for webhook in leased {
        let deliveries = Deliveries { app: app.clone(), run, clock, is_ended: is_ended.clone() };
        running.spawn(deliveries.run(webhook));
    }
    let next = within(app.store.next_delivery(now)).await?;
    let pause = next.and_then(|next| Duration::try_from(next.duration_since(now)).ok());
    Ok((position, pause.unwrap_or(LOOK).min(LOOK)))
}

/// The time: `now` when the run began, plus the time elapsed since.
#[derive(Clone, Copy)]
struct Clock {
    now: Timestamp,
    begun: Instant,
}

impl Clock {
    fn now(self) -> Timestamp {
        SignedDuration::try_from(self.begun.elapsed())
            .ok()
            .and_then(|elapsed| self.now.checked_add(elapsed).ok())
            .unwrap_or(self.now)
    }
}

/// The delivery of changes to one webhook.
struct Deliveries {
    app: App,
    run: Run,
    clock: Clock,
    is_ended: watch::Receiver<bool>,
}

impl Deliveries {
    async fn run(self, webhook: Webhook) {
        let id = webhook.id;
        if let Err(error) = self.deliver_all(webhook).await {
            // Another run resumes when the lease expires.
            warn!(webhook = %id, %error, "the deliveries of a webhook are paused");
        }
    }

    /// Delivers one change after another until none is left or a delivery fails.
    async fn deliver_all(&self, mut webhook: Webhook) -> Result<(), store::Error> {
        let (store, run) = (&self.app.store, self.run);
        loop {
            let filter = match self.app.followed(&webhook.filters) {
                Ok(filter) => filter,
                Err(problem) => return self.fail(&webhook, Refused::for_good(problem)).await,
            };
            let changes = within(store.changes(&filter, Since::Position(webhook.told), 1, false)).await?;
            let Some(change) = changes.items.first().filter(|_| !*self.is_ended.borrow()) else {
                let told = if changes.items.is_empty() { changes.position } else { webhook.told };
                return within(store.webhook_told(run, webhook.id, told)).await;
            };
            if let Err(refused) = self.send(&webhook, change).await {
                return self.fail(&webhook, refused).await;
            }
            self.app.metrics.delivery_acknowledged();
            let now = self.clock.now();
            match within(store.webhook_delivered(run, webhook.id, change.position, now, now + LEASE)).await? {
                Some(again) => webhook = again,
                None => return Ok(()),
            }
        }
    }

    async fn send(&self, webhook: &Webhook, change: &Change) -> Result<(), Refused> {
        let id = change.position.message(webhook.id);
        let message = Message::new(id, change.name(), change.at, &self.app.view(change.what.clone()));
        let message = message.map_err(|error| Refused::for_now(error.to_string()))?;
        let now = self.clock.now();
        let secrets = webhook.secrets(now);
        let sending = webhook::send(&self.app.outbound, &webhook.url, &message, &secrets, now);
        let answer = sending.instrument(info_span!(target: SPANS, "deliver change", webhook = %webhook.id)).await;
        let answer = answer.map_err(|error| Refused::for_now(error.to_string()))?;
        if answer.status.is_success() {
            return Ok(());
        }
        let problem = format!("it answered {}", answer.status.as_u16());
        if answer.status.as_u16() == GONE {
            return Err(Refused::for_good(format!("{problem}: the receiver is permanently gone")));
        }
        Err(Refused { asked: answer.retry_after(now), ..Refused::for_now(problem) })
    }

    /// Records that a delivery failed, and when it is retried.
    async fn fail(&self, webhook: &Webhook, refused: Refused) -> Result<(), store::Error> {
        let now = self.clock.now();
        let since = webhook.failing_since.unwrap_or(now);
        let again = webhook::again(webhook.id, webhook.failures + 1, since, now, refused.asked);
        let next = match again {
            Some(_) if refused.is_for_good => Err(refused.problem.clone()),
            Some(next) => Ok(next),
            None => Err(format!("no delivery was acknowledged since {since:.0}: {}", refused.problem)),
        };
        self.app.metrics.delivery_failed(next.is_err());
        if let Ok(next) = &next {
            warn!(webhook = %webhook.id, problem = refused.problem, %next, "a delivery was not acknowledged");
        } else {
            warn!(webhook = %webhook.id, "a webhook is disabled; see its disabled_reason");
        }
        let failure = Failure { problem: refused.problem, next };
        within(self.app.store.webhook_failed(self.run, webhook.id, &failure, now)).await
    }
}

/// Why a delivery failed.
struct Refused {
    problem: String,
    is_for_good: bool,
    /// The pause that the receiver requests by `Retry-After`.
    asked: Option<SignedDuration>,
}

impl Refused {
    fn for_now(problem: String) -> Self {
        Self { problem, is_for_good: false, asked: None }
    }

    fn for_good(problem: String) -> Self {
        Self { is_for_good: true, ..Self::for_now(problem) }
    }
}
