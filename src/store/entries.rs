//! The entries that the timeline is folded from, with the event that each was linked to.

use super::{
    Error,
    time::{Day, Instant},
};
use crate::{
    event::Mention,
    timeline::{Content, Entry, EntryId, Order, Reach},
};
use jiff::civil::Date;
use serde::Serialize;
use sqlx::{PgConnection, types::Json};
use std::collections::BTreeSet;
use uuid::Uuid;

/// An entry and the event that it belongs to.
#[derive(Clone, Debug)]
pub(super) struct Attached {
    pub(super) entry: Entry,
    pub(super) event: Option<Uuid>,
    /// The name of the rule that linked it.
    pub(super) matched: Option<String>,
    /// Whether a person rejected it as evidence of the event.
    pub(super) is_rejected: bool,
}

/// A mention, the event that it is linked to, and the rule.
pub(super) struct Joined {
    pub(super) mention: i64,
    pub(super) event: Option<Uuid>,
    pub(super) matched: Option<String>,
    pub(super) is_rejected: bool,
}

impl Joined {
    /// Returns whether this equals what is stored.
    pub(super) fn is_as_in(&self, attached: &Attached) -> bool {
        (self.event, &self.matched, self.is_rejected) == (attached.event, &attached.matched, attached.is_rejected)
    }
}

/// The events and entries that must be evaluated again.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Touched {
    pub(super) events: BTreeSet<Uuid>,
    /// Mentions without an event.
    pub(super) mentions: BTreeSet<i64>,
    /// Corrections without an event.
    pub(super) corrections: BTreeSet<Uuid>,
}

impl Touched {
    /// Returns whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.events.is_empty() && self.mentions.is_empty() && self.corrections.is_empty()
    }

    /// Adds the event of a mention, or the mention itself if it has none.
    pub(super) fn add(&mut self, mention: i64, event: Option<Uuid>) {
        match event {
            Some(event) => self.events.insert(event),
            None => self.mentions.insert(mention),
        };
    }

    /// Adds those of another change.
    pub(super) fn extend(&mut self, other: Self) {
        self.events.extend(other.events);
        self.mentions.extend(other.mentions);
        self.corrections.extend(other.corrections);
    }

    fn mentions_of(&self) -> (Vec<Uuid>, Vec<i64>) {
        (self.events.iter().copied().collect(), self.mentions.iter().copied().collect())
    }
}

struct Row {
    id: i64,
    event_id: Option<Uuid>,
    matched: Option<String>,
    is_rejected: bool,
    position: i32,
    said: Json<Mention>,
    article_id: Uuid,
    published_on: Day,
    published_at: Option<Instant>,
    source: Option<String>,
    url: Option<String>,
    text_hash: String,
}

impl From<Row> for Attached {
    fn from(row: Row) -> Self {
        let order = Order {
            published_on: row.published_on.0,
            published_at: row.published_at.map(|at| at.0),
            source: row.source,
            text_hash: row.text_hash,
            url: row.url,
            position: row.position.unsigned_abs(),
        };
        let content = Content::Mention { article: row.article_id, mention: row.said.0 };
        let entry = Entry { id: EntryId::Mention(row.id), order, content };
        Self { entry, event: row.event_id, matched: row.matched, is_rejected: row.is_rejected }
    }
}

/// A reach as a parameter of queries, with the first or last publication date to consider.
#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Sought {
    keys: Vec<i64>,
    first: Date,
    last: Date,
    day: Date,
}

impl Sought {
    pub(super) fn new(reach: &Reach, day: Date) -> Self {
        Self { keys: reach.sought_keys(), first: reach.first, last: reach.last, day }
    }
}

/// Selects mentions with their articles by a condition, or with a table joined before it.
macro_rules! select {
    ($db:expr, $condition:literal, $($argument:expr),* $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select m.id, m.event_id, m.matched, m.is_rejected, m.position, m.said as "said: _", m.article_id,
                      a.published_on as "published_on: _", a.published_at as "published_at: _", a.source, a.url,
                      encode(a.text_hash, 'hex') as "text_hash!"
               from mentions m join articles a on a.id = m.article_id "#
                + $condition,
            $($argument),*
        )
        .fetch_all($db)
    };
}

/// Returns the entries of the touched events, and the touched mentions.
pub(super) async fn of(tx: &mut PgConnection, touched: &Touched) -> Result<Vec<Attached>, Error> {
    let (events, mentions) = touched.mentions_of();
    let rows = select!(tx, "where m.event_id = any ($1) or m.id = any ($2)", &events, &mentions).await?;
    Ok(rows.into_iter().map(Attached::from).collect())
}

/// Returns mentions within one of the reaches, published on or after its date, except those in
/// `known`.
pub(super) async fn within_reach(
    tx: &mut PgConnection,
    reaches: &[&Reach],
    since: Date,
    known: &Touched,
) -> Result<Vec<Attached>, Error> {
    let (events, mentions) = known.mentions_of();
    // A lateral join per reach uses the index of keys: the planner cannot estimate how few mentions
    // a reach has.
    let near = sqlx::query_scalar!(
        r#"select near.id as "id!"
           from jsonb_to_recordset($1) reach (keys bigint[], first date, last date, day date)
           cross join lateral (
               select m.id from mentions m
               where m.reach_keys && reach.keys and m.reach_first <= reach.last and m.reach_last >= reach.first
                 and m.published_on >= reach.day
                 and (m.event_id is null or m.event_id <> all ($2)) and m.id <> all ($3)
               offset 0) near"#,
        Json(reaches.iter().map(|reach| Sought::new(reach, since)).collect::<Vec<_>>()) as _,
        &events,
        &mentions,
    );
    let near = near.fetch_all(&mut *tx).await?;
    if near.is_empty() {
        return Ok(Vec::new());
    }
    let rows = select!(tx, "where m.id = any ($1)", &near).await?;
    Ok(rows.into_iter().map(Attached::from).collect())
}

/// Returns the other mentions of these articles, except those in `known`.
pub(super) async fn beside(tx: &mut PgConnection, articles: &[Uuid], known: &Touched) -> Result<Vec<Attached>, Error> {
    let (events, mentions) = known.mentions_of();
    let rows = select!(
        tx,
        "where m.article_id = any ($1) and (m.event_id is null or m.event_id <> all ($2)) and m.id <> all ($3)",
        articles,
        &events,
        &mentions,
    );
    Ok(rows.await?.into_iter().map(Attached::from).collect())
}

/// Stores the events that mentions are linked to, and the rules.
pub(super) async fn attach(tx: &mut PgConnection, joined: &[Joined]) -> Result<(), Error> {
    let ids: Vec<i64> = joined.iter().map(|joined| joined.mention).collect();
    let events: Vec<Option<Uuid>> = joined.iter().map(|joined| joined.event).collect();
    let rules: Vec<Option<String>> = joined.iter().map(|joined| joined.matched.clone()).collect();
    let rejected: Vec<bool> = joined.iter().map(|joined| joined.is_rejected).collect();
    sqlx::query!(
        "update mentions m
         set event_id = j.event_id, matched = j.matched, is_rejected = j.is_rejected
         from unnest($1::bigint[], $2::uuid[], $3::text[], $4::boolean[]) j (id, event_id, matched, is_rejected)
         where m.id = j.id",
        &ids,
        &events as _,
        &rules as _,
        &rejected,
    )
    .execute(tx)
    .await?;
    Ok(())
}
