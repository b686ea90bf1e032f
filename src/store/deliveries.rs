//! The state of webhook deliveries. A process leases a webhook for a while, so that one replica
//! delivers each change, and another takes over if that one dies.

use super::{
    Error, Position, Store,
    time::Instant,
    webhooks::{Webhook, select_webhooks},
};
use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

/// After this many hours without a matching change, the position of a webhook is advanced: an old
/// position would look as if changes had been missed.
const STALE: i64 = 24;

/// Identifies a run of deliveries, the holder of leases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run(Uuid);

impl Run {
    /// Returns a unique id.
    #[expect(clippy::new_without_default, reason = "no two are the same")]
    pub fn new() -> Self {
        Self(Uuid::now_v7())
    }
}

/// A failed attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong.
    pub problem: String,
    /// When it is retried, or why the webhook is disabled.
    pub next: Result<Timestamp, String>,
}

impl Store {
    /// Leases up to `most` due webhooks until a timestamp. A webhook is due if there is a change to
    /// deliver and no retry is scheduled for later.
    pub async fn take_webhooks(
        &self,
        run: Run,
        now: Timestamp,
        until: Timestamp,
        most: usize,
    ) -> Result<Vec<Webhook>, Error> {
        let stale = now.checked_sub(STALE.hours()).unwrap_or(Timestamp::MIN);
        let rows = select_webhooks!(
            "update webhooks set taken_by = $1, taken_until = $3
             where id in (
                 select id from webhooks w
                 where enabled and (next_at is null or next_at <= $2) and (taken_until is null or taken_until <= $2)
                   and (told_at < $5 or exists (
                       select from events e
                       where e.changed_in >= w.told_transaction
                         and (e.changed_in > w.told_transaction or w.told_event is null or e.id > w.told_event)
                         and e.changed_in < feed_horizon()))
                 order by coalesce(next_at, told_at)
                 limit $4
                 for update skip locked)
             returning",
            "",
            run.0,
            Instant(now) as _,
            Instant(until) as _,
            i64::try_from(most).unwrap_or(i64::MAX),
            Instant(stale) as _,
        );
        Ok(rows.fetch_all(&self.pool).await?.into_iter().map(Webhook::from).collect())
    }

    /// Returns when the next webhook becomes due without a new change: at a retry, or when a lease
    /// expires.
    pub async fn next_delivery(&self, now: Timestamp) -> Result<Option<Timestamp>, Error> {
        let next = sqlx::query_scalar!(
            r#"select min(greatest(next_at, taken_until)) as "next: Instant" from webhooks
               where enabled and greatest(next_at, taken_until) > $1"#,
            Instant(now) as _
        );
        Ok(next.fetch_one(&self.pool).await?.map(|at| at.0))
    }

    /// Stores that a webhook acknowledged a delivery up to the position `told`, and extends the
    /// lease until a timestamp. Returns `None` if this run no longer holds the lease, or the
    /// webhook was disabled.
    pub async fn webhook_delivered(
        &self,
        run: Run,
        id: Uuid,
        told: Position,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Option<Webhook>, Error> {
        let row = select_webhooks!(
            "update webhooks
             set told_transaction = $3::text::xid8, told_event = $4, told_at = to_timestamp($5::bigint), last_delivered_at = $6,
                 failures = 0, failing_since = null, next_at = null, last_problem = null, taken_until = $7
             where id = $1 and taken_by = $2
             returning",
            "",
            id,
            run.0,
            told.transaction.to_string(),
            told.event,
            told.given,
            Instant(now) as _,
            Instant(until) as _,
        );
        Ok(row.fetch_optional(&self.pool).await?.map(Webhook::from).filter(|webhook| webhook.enabled))
    }

    /// Stores a failure and releases the lease.
    pub async fn webhook_failed(&self, run: Run, id: Uuid, failure: &Failure, now: Timestamp) -> Result<(), Error> {
        let next = failure.next.as_ref();
        sqlx::query!(
            "update webhooks
             set failures = failures + 1, failing_since = coalesce(failing_since, $3), next_at = $4, last_problem = $5,
                 enabled = enabled and $6::text is null, disabled_reason = coalesce($6, disabled_reason),
                 taken_by = null, taken_until = null
             where id = $1 and taken_by = $2",
            id,
            run.0,
            Instant(now) as _,
            next.ok().copied().map(Instant) as _,
            failure.problem,
            next.err(),
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Stores that all changes up to the position `told` were delivered, and releases the lease.
    pub async fn webhook_told(&self, run: Run, id: Uuid, told: Position) -> Result<(), Error> {
        sqlx::query!(
            "update webhooks
             set told_transaction = $3::text::xid8, told_event = $4, told_at = to_timestamp($5::bigint),
                 taken_by = null, taken_until = null
             where id = $1 and taken_by = $2",
            id,
            run.0,
            told.transaction.to_string(),
            told.event,
            told.given,
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}
