//! The table `webhooks`: the receivers of changes. The module `deliveries` records deliveries.

use super::{Error, FEED_DAYS, Position, Store, time::Instant};
use crate::webhook::Secret;
use jiff::{Timestamp, ToSpan};
use serde_json::{Map, Value};
use sqlx::types::Json;
use uuid::Uuid;

/// How long deliveries are also signed with the previous secret, in hours.
const GRACE: i64 = 24;

/// A webhook.
#[derive(Clone, Debug, PartialEq)]
pub struct Webhook {
    /// Its id.
    pub id: Uuid,
    /// The URL of the receiver.
    pub url: String,
    /// The description.
    pub description: Option<String>,
    /// The filters: query parameters by name.
    pub filters: Map<String, Value>,
    /// The secret that signs deliveries.
    pub secret: Secret,
    /// The previous secret, and until when it also signs deliveries.
    pub previous_secret: Option<(Secret, Timestamp)>,
    /// Whether changes are delivered.
    pub enabled: bool,
    /// Why daybook disabled it.
    pub disabled_reason: Option<String>,
    /// The position up to which changes were delivered.
    pub told: Position,
    /// The number of failed attempts since the last success.
    pub failures: u32,
    /// When the first of them failed.
    pub failing_since: Option<Timestamp>,
    /// When the next attempt is due.
    pub next_at: Option<Timestamp>,
    /// The last error, or the changes that were skipped.
    pub last_problem: Option<String>,
    /// When a delivery was last acknowledged.
    pub last_delivered_at: Option<Timestamp>,
    /// When it was created.
    pub created_at: Timestamp,
}

impl Webhook {
    /// Returns the secrets that sign a delivery at `now`.
    pub fn secrets(&self, now: Timestamp) -> Vec<&Secret> {
        let previous = self.previous_secret.as_ref().filter(|(_, until)| *until > now);
        std::iter::once(&self.secret).chain(previous.map(|(secret, _)| secret)).collect()
    }
}

/// Changes to a webhook; `None` keeps a value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WebhookChange {
    /// The URL of the receiver.
    pub url: Option<String>,
    /// The description; empty to remove it.
    pub description: Option<String>,
    /// The filters.
    pub filters: Option<Map<String, Value>>,
    /// Whether changes are delivered.
    pub enabled: Option<bool>,
}

/// Queries rows of webhooks; the arguments are the text before and after the columns.
macro_rules! select_webhooks {
    ($head:literal, $tail:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            $crate::store::webhooks::Row,
            $head
                + r#" id, url, description, filters as "filters: _", secret, previous_secret, previous_until as "previous_until: _",
                      enabled, disabled_reason, told_transaction::text::bigint as "told_transaction!", told_event,
                      told_at as "told_at: _", failures, failing_since as "failing_since: _", next_at as "next_at: _",
                      last_problem, last_delivered_at as "last_delivered_at: _", created_at as "created_at: _",
                      (select epoch from feed) as "epoch?" "#
                + $tail
            $(, $argument)*
        )
    };
}

pub(super) use select_webhooks;

pub(super) struct Row {
    pub(super) id: Uuid,
    pub(super) url: String,
    pub(super) description: Option<String>,
    pub(super) filters: Json<Map<String, Value>>,
    pub(super) secret: String,
    pub(super) previous_secret: Option<String>,
    pub(super) previous_until: Option<Instant>,
    pub(super) enabled: bool,
    pub(super) disabled_reason: Option<String>,
    pub(super) told_transaction: i64,
    pub(super) told_event: Option<Uuid>,
    pub(super) told_at: Instant,
    pub(super) failures: i32,
    pub(super) failing_since: Option<Instant>,
    pub(super) next_at: Option<Instant>,
    pub(super) last_problem: Option<String>,
    pub(super) last_delivered_at: Option<Instant>,
    pub(super) created_at: Instant,
    pub(super) epoch: Option<i32>,
}

impl From<Row> for Webhook {
    fn from(row: Row) -> Self {
        let previous_secret = row.previous_secret.map(Secret::from);
        Self {
            id: row.id,
            url: row.url,
            description: row.description,
            filters: row.filters.0,
            secret: row.secret.into(),
            previous_secret: previous_secret.zip(row.previous_until.map(|until| until.0)),
            enabled: row.enabled,
            disabled_reason: row.disabled_reason,
            told: Position {
                transaction: row.told_transaction.unsigned_abs(),
                event: row.told_event,
                given: row.told_at.0.as_second(),
                epoch: row.epoch.map(i32::unsigned_abs),
            },
            failures: row.failures.unsigned_abs(),
            failing_since: row.failing_since.map(|at| at.0),
            next_at: row.next_at.map(|at| at.0),
            last_problem: row.last_problem,
            last_delivered_at: row.last_delivered_at.map(|at| at.0),
            created_at: row.created_at.0,
        }
    }
}

impl Store {
    /// Creates a webhook that receives changes from now on.
    pub async fn create_webhook(
        &self,
        url: &str,
        description: Option<&str>,
        filters: &Map<String, Value>,
        secret: &Secret,
        now: Timestamp,
    ) -> Result<Webhook, Error> {
        let row = select_webhooks!(
            "insert into webhooks (id, url, description, filters, secret, created_at, told_transaction, told_at)
             values ($1, $2, $3, $4, $5, $6, feed_horizon(), clock_timestamp()) returning",
            "",
            Uuid::now_v7(),
            url,
            description,
            Json(filters) as _,
            secret.expose(),
            Instant(now) as _,
        );
        Ok(row.fetch_one(&self.pool).await?.into())
    }

    /// Returns all webhooks, oldest first.
    pub async fn webhooks(&self) -> Result<Vec<Webhook>, Error> {
        let rows = select_webhooks!("select", "from webhooks order by created_at, id");
        Ok(rows.fetch_all(&self.pool).await?.into_iter().map(Webhook::from).collect())
    }

    /// Returns a webhook.
    pub async fn webhook(&self, id: Uuid) -> Result<Option<Webhook>, Error> {
        let row = select_webhooks!("select", "from webhooks where id = $1", id);
        Ok(row.fetch_optional(&self.pool).await?.map(Webhook::from))
    }

    /// Changes a webhook. If it is enabled again, it resumes where it stopped, or now if that is
    /// too long ago. If it is enabled again or its URL changes, the next attempt is due
    /// immediately.
    pub async fn change_webhook(
        &self,
        id: Uuid,
        change: &WebhookChange,
        now: Timestamp,
    ) -> Result<Option<Webhook>, Error> {
        let reach = now.checked_sub((24 * FEED_DAYS).hours()).unwrap_or(Timestamp::MIN);
        let skipped = format!("it was disabled for more than {FEED_DAYS} days; changes until {now} were skipped");
        let row = select_webhooks!(
            "with before as (select id, $5 and not enabled as is_back, $5 and not enabled and told_at < $7 as is_late,
                                    coalesce($2 <> url, false) or $5 and not enabled as is_fresh
                             from webhooks where id = $1 for update)
             update webhooks
             set url = coalesce($2, url),
                 description = nullif(coalesce($3, description), ''),
                 filters = coalesce($4, filters),
                 enabled = coalesce($5, enabled),
                 disabled_reason = case when coalesce($5, enabled) then null else disabled_reason end,
                 failures = case when is_fresh then 0 else failures end,
                 failing_since = case when not is_fresh then failing_since end,
                 next_at = case when not is_fresh then next_at end,
                 last_problem = case when is_late then $6 when not is_fresh then last_problem end,
                 told_transaction = case when is_late then feed_horizon() else told_transaction end,
                 told_event = case when not is_late then told_event end,
                 told_at = case when is_late then clock_timestamp() else told_at end,
                 taken_by = case when not is_back then taken_by end,
                 taken_until = case when not is_back then taken_until end
             from (select id as key, coalesce(is_back, false) as is_back, coalesce(is_late, false) as is_late,
                          coalesce(is_fresh, false) as is_fresh from before) before
             where id = key
             returning",
            "",
            id,
            change.url,
            change.description.as_deref().map(str::trim),
            change.filters.as_ref().map(Json) as _,
            change.enabled,
            skipped,
            Instant(reach) as _,
        );
        Ok(row.fetch_optional(&self.pool).await?.map(Webhook::from))
    }

    /// Replaces the secret of a webhook; for a day, deliveries are signed with the old one as well.
    pub async fn rotate_secret(&self, id: Uuid, secret: &Secret, now: Timestamp) -> Result<Option<Webhook>, Error> {
        let until = now.checked_add(GRACE.hours()).unwrap_or(Timestamp::MAX);
        let row = select_webhooks!(
            "update webhooks set previous_secret = secret, previous_until = $3, secret = $2 where id = $1 returning",
            "",
            id,
            secret.expose(),
            Instant(until) as _,
        );
        Ok(row.fetch_optional(&self.pool).await?.map(Webhook::from))
    }

    /// Deletes a webhook. Returns false if it does not exist.
    pub async fn delete_webhook(&self, id: Uuid) -> Result<bool, Error> {
        let deleted = sqlx::query!("delete from webhooks where id = $1", id);
        Ok(deleted.execute(&self.pool).await?.rows_affected() == 1)
    }
}
