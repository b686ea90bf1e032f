//! The table `mentions`: what each article says of events, and the sentences it says it in.

use super::{
    Error, events, search,
    time::{Day, Instant},
};
use crate::{
    event::{Evidence, Mention},
    extract::RULES_VERSION,
    timeline::{Entry, EntryId, Order, Reach, Said},
};
use jiff::civil::Date;
use sqlx::{PgConnection, types::Json};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// An entry and the event that it belongs to.
#[derive(Clone, Debug)]
pub(super) struct Attached {
    pub(super) entry: Entry,
    pub(super) event: Option<Uuid>,
    /// The name of the rule by which it joined.
    pub(super) matched: Option<String>,
}

/// Which events and mentions have to be looked at anew.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Touched {
    pub(super) events: BTreeSet<Uuid>,
    /// Mentions that belong to no event.
    pub(super) mentions: BTreeSet<i64>,
    /// Corrections that belong to no event.
    pub(super) corrections: BTreeSet<Uuid>,
}

impl Touched {
    /// A mention and the event that it belongs to.
    pub(super) fn add(&mut self, mention: i64, event: Option<Uuid>) {
        match event {
            Some(event) => self.events.insert(event),
            None => self.mentions.insert(mention),
        };
    }
}

struct Old {
    id: i64,
    event_id: Option<Uuid>,
    said: Json<Mention>,
}

/// Replaces what an article says. A mention that speaks of the same occasion as one before keeps its number, and with it
/// the event's id and what people put right.
pub(super) async fn replace(
    tx: &mut PgConnection,
    article: Uuid,
    published_on: Date,
    mentions: &[Mention],
) -> Result<Touched, Error> {
    let mut old = sqlx::query_as!(
        Old,
        r#"select id, event_id, said as "said: _" from mentions where article_id = $1 order by position"#,
        article
    )
    .fetch_all(&mut *tx)
    .await?;
    let mut touched = Touched::default();
    for old in &old {
        touched.add(old.id, old.event_id);
    }
    let mut new: Vec<(i64, &Mention)> = Vec::new();
    for (position, mention) in (0..).zip(mentions) {
        match take_same(&mut old, mention) {
            Some(known) => update(tx, &known, position, published_on, mention).await?,
            None => new.push((position, mention)),
        }
    }
    let gone: Vec<i64> = old.iter().map(|old| old.id).collect();
    sqlx::query!("delete from mentions where id = any ($1)", &gone).execute(&mut *tx).await?;
    touched.mentions.retain(|id| !gone.contains(id));
    for (position, mention) in new {
        touched.mentions.insert(insert(tx, article, position, published_on, mention).await?);
    }
    Ok(touched)
}

/// Takes out the mention that speaks most surely of the same occasion: in the same words, else of the same family of kinds
/// on the same days, else of the same family and parties.
fn take_same(old: &mut Vec<Old>, mention: &Mention) -> Option<Old> {
    let family = |m: &Mention| m.kind.family();
    let days = |m: &Mention| m.when.as_ref().map(|when| (when.starts_on, when.ends_on));
    let at = old
        .iter()
        .position(|old| old.said.0 == *mention)
        .or_else(|| old.iter().position(|old| family(&old.said) == family(mention) && days(&old.said) == days(mention)))
        .or_else(|| {
            let same =
                |old: &Old| family(&old.said) == family(mention) && old.said.participants == mention.participants;
            old.iter().position(same)
        })?;
    Some(old.remove(at))
}

/// What an article says, in its order.
pub(super) async fn said_by(tx: &mut PgConnection, article: Uuid) -> Result<Vec<Mention>, Error> {
    let said = sqlx::query_scalar!(
        r#"select said as "said: Json<Mention>" from mentions where article_id = $1 order by position"#,
        article
    );
    Ok(said.fetch_all(tx).await?.into_iter().map(|said| said.0).collect())
}

async fn insert(
    tx: &mut PgConnection,
    article: Uuid,
    position: i64,
    published_on: Date,
    mention: &Mention,
) -> Result<i64, Error> {
    let reach = Reach::of_mention(mention, published_on);
    let id = sqlx::query_scalar!(
        "insert into mentions (article_id, position, rules_version, said, search, reach_first, reach_last, reach_keys)
         values ($1, $2::bigint::integer, $3::bigint::integer, $4, $5, $6, $7, $8)
         returning id",
        article,
        position,
        i64::from(RULES_VERSION),
        Json(mention) as _,
        haystack(mention),
        Day(reach.first) as _,
        Day(reach.last) as _,
        &reach.keys,
    );
    Ok(id.fetch_one(tx).await?)
}

async fn update(
    tx: &mut PgConnection,
    old: &Old,
    position: i64,
    published_on: Date,
    mention: &Mention,
) -> Result<(), Error> {
    let reach = Reach::of_mention(mention, published_on);
    sqlx::query!(
        "update mentions
         set position = $2::bigint::integer, rules_version = $3::bigint::integer, said = $4, search = $5,
             reach_first = $6, reach_last = $7, reach_keys = $8
         where id = $1",
        old.id,
        position,
        i64::from(RULES_VERSION),
        Json(mention) as _,
        haystack(mention),
        Day(reach.first) as _,
        Day(reach.last) as _,
        &reach.keys,
    )
    .execute(tx)
    .await?;
    Ok(())
}

fn haystack(mention: &Mention) -> String {
    search::haystack(mention.statements.iter().map(|statement| &*statement.sentence.text))
}

/// Takes back all that an article says.
pub(super) async fn remove(tx: &mut PgConnection, article: Uuid) -> Result<Touched, Error> {
    let events = sqlx::query_scalar!("delete from mentions where article_id = $1 returning event_id", article);
    let events = events.fetch_all(tx).await?.into_iter().flatten().collect();
    Ok(Touched { events, ..Touched::default() })
}

/// The events that an article speaks of, by what they have become part of.
pub(super) async fn events_of(tx: &mut PgConnection, article: Uuid) -> Result<Vec<Uuid>, Error> {
    let ids = sqlx::query_scalar!(
        r#"select distinct root_of(event_id) as "id!" from mentions where article_id = $1 and event_id is not null"#,
        article
    );
    Ok(ids.fetch_all(tx).await?)
}

struct Row {
    id: i64,
    event_id: Option<Uuid>,
    matched: Option<String>,
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
        let said = Said::Mention { article: row.article_id, mention: row.said.0 };
        let entry = Entry { id: EntryId::Mention(row.id), order, said };
        Self { entry, event: row.event_id, matched: row.matched }
    }
}

/// What is said of events, and the mentions with these numbers.
pub(super) async fn attached(tx: &mut PgConnection, touched: &Touched) -> Result<Vec<Attached>, Error> {
    let events: Vec<Uuid> = touched.events.iter().copied().collect();
    let mentions: Vec<i64> = touched.mentions.iter().copied().collect();
    let rows = sqlx::query_as!(
        Row,
        r#"select m.id, m.event_id, m.matched, m.position, m.said as "said: _", m.article_id,
                  a.published_on as "published_on: _", a.published_at as "published_at: _", a.source, a.url,
                  encode(a.text_hash, 'hex') as "text_hash!"
           from mentions m join articles a on a.id = m.article_id
           where m.event_id = any ($1) or m.id = any ($2)"#,
        &events,
        &mentions,
    );
    Ok(rows.fetch_all(tx).await?.into_iter().map(Attached::from).collect())
}

/// What was published since a day and may speak of something within one of the reaches, but for what is said of the
/// events, and the mentions, in `known`.
pub(super) async fn within_reach(
    tx: &mut PgConnection,
    reaches: &[Reach],
    since: Date,
    known: &Touched,
) -> Result<Vec<Attached>, Error> {
    let events: Vec<Uuid> = known.events.iter().copied().collect();
    let mentions: Vec<i64> = known.mentions.iter().copied().collect();
    let rows = sqlx::query_as!(
        Row,
        r#"select m.id, m.event_id, m.matched, m.position, m.said as "said: _", m.article_id,
                  a.published_on as "published_on: _", a.published_at as "published_at: _", a.source, a.url,
                  encode(a.text_hash, 'hex') as "text_hash!"
           from jsonb_to_recordset($1) reach (keys text[], first date, last date)
               join mentions m on m.reach_keys && reach.keys and m.reach_first <= reach.last
                   and m.reach_last >= reach.first
               join articles a on a.id = m.article_id
           where a.published_on >= $2 and (m.event_id is null or m.event_id <> all ($3)) and m.id <> all ($4)"#,
        Json(reaches) as _,
        Day(since) as _,
        &events,
        &mentions,
    );
    Ok(rows.fetch_all(tx).await?.into_iter().map(Attached::from).collect())
}

/// What else these articles say, but for what is in `known`.
pub(super) async fn beside(tx: &mut PgConnection, articles: &[Uuid], known: &Touched) -> Result<Vec<Attached>, Error> {
    let events: Vec<Uuid> = known.events.iter().copied().collect();
    let mentions: Vec<i64> = known.mentions.iter().copied().collect();
    let rows = sqlx::query_as!(
        Row,
        r#"select m.id, m.event_id, m.matched, m.position, m.said as "said: _", m.article_id,
                  a.published_on as "published_on: _", a.published_at as "published_at: _", a.source, a.url,
                  encode(a.text_hash, 'hex') as "text_hash!"
           from mentions m join articles a on a.id = m.article_id
           where m.article_id = any ($1) and (m.event_id is null or m.event_id <> all ($2)) and m.id <> all ($3)"#,
        articles,
        &events,
        &mentions,
    );
    Ok(rows.fetch_all(tx).await?.into_iter().map(Attached::from).collect())
}

/// Notes the events that mentions joined, and by which rule.
pub(super) async fn attach(tx: &mut PgConnection, joined: &[(i64, Option<Uuid>, Option<String>)]) -> Result<(), Error> {
    let ids: Vec<i64> = joined.iter().map(|(id, ..)| *id).collect();
    let events: Vec<Option<Uuid>> = joined.iter().map(|(_, event, _)| *event).collect();
    let rules: Vec<Option<String>> = joined.iter().map(|(.., rule)| rule.clone()).collect();
    sqlx::query!(
        "update mentions m
         set event_id = j.event_id, matched = j.matched
         from unnest($1::bigint[], $2::uuid[], $3::text[]) j (id, event_id, matched)
         where m.id = j.id",
        &ids,
        &events as _,
        &rules as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// How many articles published by a day, or of all, speak of each of `events`.
pub(super) async fn articles_of(
    tx: &mut PgConnection,
    events: &[Uuid],
    as_of: Option<Date>,
) -> Result<HashMap<Uuid, u32>, Error> {
    let roots = events::trees(tx, events, as_of).await?;
    let (parts, roots): (Vec<Uuid>, Vec<Uuid>) = roots.into_iter().unzip();
    let rows = sqlx::query!(
        r#"select tree.root as "root!", count(distinct m.article_id) as "articles!"
           from unnest($1::uuid[], $2::uuid[]) tree (part, root)
               join mentions m on m.event_id = tree.part
               join articles a on a.id = m.article_id
           where $3::date is null or a.published_on <= $3
           group by tree.root"#,
        &parts,
        &roots,
        as_of.map(Day) as _,
    );
    let count = |articles: i64| u32::try_from(articles).unwrap_or(u32::MAX);
    Ok(rows.fetch_all(tx).await?.into_iter().map(|row| (row.root, count(row.articles))).collect())
}

/// The evidence of each of `events` that was published by a day, or all: the earliest published first, then in the order
/// of the text.
pub(super) async fn evidence(
    tx: &mut PgConnection,
    events: &[Uuid],
    as_of: Option<Date>,
) -> Result<HashMap<Uuid, Vec<Evidence>>, Error> {
    let roots = events::trees(tx, events, as_of).await?;
    let parts: Vec<Uuid> = roots.keys().copied().collect();
    let rows = sqlx::query!(
        r#"select m.event_id as "event_id!", a.id, a.published_on as "published_on: Day", a.title, a.source, a.url,
                  m.said as "said: Json<Mention>", m.matched as "matched!"
           from mentions m join articles a on a.id = m.article_id
           where m.event_id = any ($1) and ($2::date is null or a.published_on <= $2)
           order by a.published_on, a.published_at nulls first, a.source collate "C" nulls first, a.text_hash,
                    a.url collate "C" nulls first, m.position"#,
        &parts,
        as_of.map(Day) as _,
    );
    let mut evidence: HashMap<Uuid, Vec<Evidence>> = HashMap::new();
    for row in rows.fetch_all(tx).await? {
        let root = roots.get(&row.event_id).copied().unwrap_or(row.event_id);
        let of_event = evidence.entry(root).or_default();
        of_event.extend(row.said.0.statements.into_iter().map(|statement| Evidence {
            article: Some(row.id),
            published_on: row.published_on.0,
            title: row.title.clone(),
            source: row.source.clone(),
            url: row.url.clone(),
            matched: Some(row.matched.clone()),
            statement,
        }));
    }
    Ok(evidence)
}
