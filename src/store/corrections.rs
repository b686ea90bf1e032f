//! The table `corrections`.

use super::{
    Error,
    entries::{Attached, Touched},
    time::Instant,
};
use crate::{
    event::CorrectionEvidence,
    timeline::{Content, Correction, Entry, EntryId, Order},
};
use jiff::{Timestamp, tz::TimeZone};
use sqlx::{PgConnection, types::Json};
use std::collections::HashMap;
use uuid::Uuid;

struct Row {
    id: Uuid,
    made_at: Instant,
    author: String,
    action: Json<Correction>,
    event_id: Option<Uuid>,
    matched: Option<String>,
}

impl From<Row> for Attached {
    fn from(row: Row) -> Self {
        let entry = Entry {
            id: EntryId::Correction(row.id),
            order: order(row.id, row.made_at.0, row.author),
            content: Content::Correction(row.action.0),
        };
        Self { entry, event: row.event_id, matched: row.matched, is_rejected: false }
    }
}

/// Returns the position of a correction in the order of publication: that of an article that its
/// author published when it was made.
pub(super) fn order(id: Uuid, made_at: Timestamp, author: String) -> Order {
    Order {
        published_on: TimeZone::UTC.to_datetime(made_at).date(),
        published_at: Some(made_at),
        source: Some(author),
        text_hash: id.to_string(),
        url: None,
        position: 0,
    }
}

/// Returns the corrections that concern the touched events, and those with the touched ids.
pub(super) async fn attached(tx: &mut PgConnection, touched: &Touched) -> Result<Vec<Attached>, Error> {
    let events: Vec<Uuid> = touched.events.iter().copied().collect();
    let ids: Vec<Uuid> = touched.corrections.iter().copied().collect();
    let rows = sqlx::query_as!(
        Row,
        r#"select id, made_at as "made_at: _", author, action as "action: _", event_id, matched
           from corrections where events && $1 or id = any ($2)"#,
        &events,
        &ids,
    );
    Ok(rows.fetch_all(tx).await?.into_iter().map(Attached::from).collect())
}

/// Adds the corrections that refer to these entries, and the mentions to which the corrections among them refer, with
/// their events: a correction belongs to the event of the first of its mentions, wherever that is linked now. Returns
/// whether any was added.
pub(super) async fn add_related(
    tx: &mut PgConnection,
    entries: &[Attached],
    touched: &mut Touched,
) -> Result<bool, Error> {
    let before = touched.clone();
    let (mut mentions, mut ids) = (Vec::new(), Vec::new());
    for attached in entries {
        match attached.entry.id {
            EntryId::Mention(id) => mentions.push(id),
            EntryId::Correction(id) => ids.push(id),
        }
    }
    let rows = sqlx::query!(
        r#"select id, events, mentions_of(action) as "mentions!" from corrections
           where mentions_of(action) && $1 or id = any ($2)"#,
        &mentions,
        &ids,
    );
    let mut others = Vec::new();
    for row in rows.fetch_all(&mut *tx).await? {
        if !ids.contains(&row.id) {
            touched.corrections.insert(row.id);
            touched.events.extend(row.events);
        }
        others.extend(row.mentions.into_iter().filter(|mention| !mentions.contains(mention)));
    }
    if !others.is_empty() {
        let rows = sqlx::query!("select id, event_id from mentions where id = any ($1)", &others);
        for row in rows.fetch_all(tx).await? {
            touched.add(row.id, row.event_id);
        }
    }
    // What was touched before may be missing from the entries: asking again would not end.
    Ok(*touched != before)
}

/// Returns whether the correction with this id equals this one; `None` if it does not exist.
pub(super) async fn is_made(
    tx: &mut PgConnection,
    id: Uuid,
    correction: &Correction,
    author: &str,
    reason: &str,
) -> Result<Option<bool>, Error> {
    // The second of two requests with the same key waits for the first.
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended($1, 1))", id.to_string()).execute(&mut *tx).await?;
    let same = sqlx::query_scalar!(
        r#"select author = $2 and reason = $3 and action = $4 as "same!" from corrections where id = $1"#,
        id,
        author,
        reason,
        Json(correction) as _,
    );
    Ok(same.fetch_optional(tx).await?)
}

/// Inserts a correction that concerns `events`.
pub(super) async fn insert(
    tx: &mut PgConnection,
    id: Uuid,
    correction: &Correction,
    events: &[Uuid],
    author: &str,
    reason: &str,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "insert into corrections (id, made_at, author, reason, action, events) values ($1, $2, $3, $4, $5, $6)",
        id,
        Instant(now) as _,
        author,
        reason,
        Json(correction) as _,
        events,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Locks a correction against concurrent withdrawal. Returns the events that it concerns and the
/// evidence that it rejects; `None` if it does not exist.
pub(super) async fn lock(tx: &mut PgConnection, id: Uuid) -> Result<Option<Touched>, Error> {
    let row = sqlx::query!(
        r#"select events, (action #>> '{evidence,mention}')::bigint as evidence from corrections where id = $1 for update"#,
        id
    );
    Ok(row.fetch_optional(tx).await?.map(|row| Touched {
        events: row.events.into_iter().collect(),
        mentions: row.evidence.into_iter().collect(),
        ..Touched::default()
    }))
}

/// Returns the events that a correction concerns.
pub(super) async fn events(tx: &mut PgConnection, id: Uuid) -> Result<Vec<Uuid>, Error> {
    Ok(sqlx::query_scalar!("select events from corrections where id = $1", id).fetch_one(tx).await?)
}

/// Deletes a correction that exists, and returns its position in the order of publication.
pub(super) async fn delete(tx: &mut PgConnection, id: Uuid) -> Result<Order, Error> {
    let row =
        sqlx::query!(r#"delete from corrections where id = $1 returning made_at as "made_at: Instant", author"#, id);
    let row = row.fetch_one(tx).await?;
    Ok(order(id, row.made_at.0, row.author))
}

/// Stores the event that a correction belongs to, the rule that linked it, and all events that it
/// concerns. If it concerns none any longer, it keeps the previous ones in case they return.
pub(super) async fn attach(
    tx: &mut PgConnection,
    id: Uuid,
    joined: Option<(Uuid, &str)>,
    events: &[Uuid],
) -> Result<(), Error> {
    sqlx::query!(
        "update corrections set event_id = $2, matched = $3, events = case when cardinality($4::uuid[]) = 0 then events else $4 end where id = $1",
        id,
        joined.map(|(event, _)| event),
        joined.map(|(_, rule)| rule),
        events,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Returns the corrections of each event and of those merged into it, oldest first. `roots` maps
/// each of these events, and the event itself, to the event.
pub(super) async fn of_events(
    tx: &mut PgConnection,
    roots: &HashMap<Uuid, Uuid>,
) -> Result<HashMap<Uuid, Vec<CorrectionEvidence>>, Error> {
    let (parts, roots): (Vec<Uuid>, Vec<Uuid>) = roots.iter().unzip();
    let rows = sqlx::query!(
        r#"select tree.root as "root!", c.id, c.action ->> 'action' as "action!", c.author, c.reason,
                  c.made_at as "made_at: Instant"
           from unnest($1::uuid[], $2::uuid[]) tree (part, root) join corrections c on c.event_id = tree.part
           order by c.made_at, c.id"#,
        &parts,
        &roots,
    );
    let mut corrections: HashMap<Uuid, Vec<CorrectionEvidence>> = HashMap::new();
    for row in rows.fetch_all(tx).await? {
        corrections.entry(row.root).or_default().push(CorrectionEvidence {
            id: row.id,
            action: row.action,
            author: row.author,
            reason: row.reason,
            made_at: row.made_at.0,
        });
    }
    Ok(corrections)
}
