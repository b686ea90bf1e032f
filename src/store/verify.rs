//! Recomputes events from their articles and corrections and compares them with what is stored. Nothing is changed.

use super::{Error, Store, entries::Touched, locks::Locks, refold::recompute};
use crate::timeline::Order;
use jiff::{Timestamp, civil::Date};
use serde_json::{Map, Value};
use sqlx::{PgConnection, types::Json};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A stored event that differs from what its articles and corrections yield.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The event.
    pub event: Uuid,
    /// The fields that differ: the stored and the recomputed value; `null` if the event does not
    /// exist on that side.
    pub fields: BTreeMap<String, (Value, Value)>,
}

/// The progress of verification: the last event and the last mention without one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    event: Uuid,
    mention: i64,
}

impl Store {
    /// Verifies the next batch of events; returns `None` at the end. Writers of the same events
    /// wait meanwhile.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn verify(
        &self,
        after: Verified,
        limit: u32,
        now: Timestamp,
    ) -> Result<Option<(Verified, usize, Vec<Difference>)>, Error> {
        let ids = sqlx::query_scalar!(
            "select id from events where id > $1 and merged_into is null order by id limit $2",
            after.event,
            i64::from(limit),
        );
        let ids = ids.fetch_all(&self.pool).await?;
        if let Some(last) = ids.last() {
            let mut differences = Vec::new();
            for id in &ids {
                differences
                    .extend(self.differences(&Touched { events: [*id].into(), ..Touched::default() }, now).await?);
            }
            return Ok(Some((Verified { event: *last, ..after }, ids.len(), differences)));
        }
        // Mentions without an event must still have none.
        let mentions = sqlx::query_scalar!(
            "select id from mentions where id > $1 and event_id is null order by id limit $2",
            after.mention,
            i64::from(limit),
        );
        let mentions: BTreeSet<i64> = mentions.fetch_all(&self.pool).await?.into_iter().collect();
        let Some(last) = mentions.last().copied() else { return Ok(None) };
        let differences = self.differences(&Touched { mentions, ..Touched::default() }, now).await?;
        Ok(Some((Verified { mention: last, ..after }, 0, differences)))
    }

    async fn differences(&self, touched: &Touched, now: Timestamp) -> Result<Vec<Difference>, Error> {
        let beginning = Order {
            published_on: Date::MIN,
            published_at: None,
            source: None,
            text_hash: String::new(),
            url: None,
            position: 0,
        };
        let mut locks = Locks::measured_by(&self.contention);
        loop {
            let mut tx = self.begin_writing().await?;
            locks.take(&mut tx).await?;
            let Some(written) = recompute(&mut tx, touched.clone(), &beginning, &mut locks, now).await? else {
                tx.rollback().await?;
                continue;
            };
            let recomputed = snapshot(&mut tx, &written.all, true).await?;
            // On another connection, outside of the transaction, whose locks keep the stored state
            // unchanged.
            let mut stored = snapshot(&mut *self.pool.acquire().await?, &written.all, false).await?;
            tx.rollback().await?;
            let differences = recomputed.into_iter().map(|(event, recomputed)| {
                let stored = stored.remove(&event).unwrap_or_default();
                Difference { event, fields: differing(&stored, &recomputed) }
            });
            return Ok(differences.filter(|difference| !difference.fields.is_empty()).collect());
        }
    }

    /// Returns the number of events to verify.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_to_verify(&self) -> Result<i64, Error> {
        let count = sqlx::query_scalar!(r#"select count(*) as "count!" from events where merged_into is null"#);
        Ok(count.fetch_one(&self.pool).await?)
    }
}

fn differing(stored: &Map<String, Value>, recomputed: &Map<String, Value>) -> BTreeMap<String, (Value, Value)> {
    let of = |all: &Map<String, Value>, field: &String| all.get(field).cloned().unwrap_or_default();
    let fields = recomputed.keys().map(|field| (field.clone(), (of(stored, field), of(recomputed, field))));
    fields.filter(|(_, (stored, recomputed))| stored != recomputed).collect()
}

/// Returns events as JSON, with what is derived from their evidence either computed or as stored.
async fn snapshot(
    db: &mut PgConnection,
    ids: &[Uuid],
    computes: bool,
) -> Result<BTreeMap<Uuid, Map<String, Value>>, Error> {
    let rows = sqlx::query!(
        r#"select e.id,
                  jsonb_build_object(
                      'gone', e.gone,
                      'merged_into', e.merged_into,
                      'confidence', case when e.gone is not null then null
                                         when $2 then event_confidence(e.id, null) else e.confidence end,
                      'derived', case when e.gone is not null then null
                                      when $2 then (select to_jsonb(derived) from event_derived(e.id) derived)
                                      else jsonb_build_object('articles', e.articles, 'sources', e.sources,
                                                              'words', e.words) end,
                      'shown', (select s.state from states s
                                where s.event_id = e.id and s.shown_from is not null and s.shown_to is null),
                      'history', (select jsonb_agg(jsonb_build_array(s.known_from, s.known_to, s.state, s.changes)
                                                   order by s.number)
                                  from states s where s.event_id = e.id and s.number is not null),
                      'mentions', (select jsonb_agg(jsonb_build_array(m.id, m.matched) order by m.id)
                                   from mentions m where m.event_id = e.id),
                      'corrections', (select jsonb_agg(jsonb_build_array(c.id, c.matched) order by c.id)
                                      from corrections c where c.event_id = e.id)) as "event!: Json<Map<String, Value>>"
           from events e where e.id = any ($1)"#,
        ids,
        computes,
    );
    Ok(rows.fetch_all(db).await?.into_iter().map(|row| (row.id, row.event.0)).collect())
}
