//! The table `mentions`: what each article states about events, with the sentences.

use super::{Error, entries::Touched, search, time::Day};
use crate::{
    event::{Confidence, Mention},
    extract::RULES_VERSION,
    timeline::Reach,
};
use jiff::civil::Date;
use serde::Serialize;
use sqlx::{PgConnection, types::Json};
use std::collections::BTreeSet;
use uuid::Uuid;

struct Old {
    id: i64,
    event_id: Option<Uuid>,
    said: Json<Mention>,
}

/// Inserts the mentions of a new article.
pub(super) async fn add(
    tx: &mut PgConnection,
    article: Uuid,
    published_on: Date,
    mentions: &[Mention],
) -> Result<Touched, Error> {
    if mentions.is_empty() {
        return Ok(Touched::default());
    }
    let rows: Vec<Row> =
        (0..).zip(mentions).map(|(position, mention)| Row::of(None, position, published_on, mention)).collect();
    let mentions = insert(tx, article, &rows, published_on).await?.into_iter().collect();
    Ok(Touched { mentions, ..Touched::default() })
}

/// Replaces the mentions of an article. A mention of the same event as a previous one keeps its
/// number, and with it the id and the corrections of the event.
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
    let (mut same, mut new) = (Vec::new(), Vec::new());
    for (position, mention) in (0..).zip(mentions) {
        let known = take_same(&mut old, mention);
        let rows = if known.is_some() { &mut same } else { &mut new };
        rows.push(Row::of(known.map(|old| old.id), position, published_on, mention));
    }
    let gone: Vec<i64> = old.iter().map(|old| old.id).collect();
    if !gone.is_empty() {
        sqlx::query!("delete from mentions where id = any ($1)", &gone).execute(&mut *tx).await?;
    }
    touched.mentions.retain(|id| !gone.contains(id));
    if !same.is_empty() {
        update(tx, &same, published_on).await?;
    }
    if !new.is_empty() {
        touched.mentions.extend(insert(tx, article, &new, published_on).await?);
    }
    Ok(touched)
}

/// Removes and returns the mention that is most certainly of the same event: with the same
/// sentences, else of the same family of kinds on the same dates, else of the same family with the
/// same participants.
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

/// Stores that the present rules yield the stored mentions of an article.
pub(super) async fn confirm(tx: &mut PgConnection, article: Uuid) -> Result<(), Error> {
    sqlx::query!("update mentions set rules_version = $2 where article_id = $1", article, RULES_VERSION)
        .execute(tx)
        .await?;
    Ok(())
}

/// Returns the mentions of an article, in order.
pub(super) async fn said_by(tx: &mut PgConnection, article: Uuid) -> Result<Vec<Mention>, Error> {
    let said = sqlx::query_scalar!(
        r#"select said as "said: Json<Mention>" from mentions where article_id = $1 order by position"#,
        article
    );
    Ok(said.fetch_all(tx).await?.into_iter().map(|said| said.0).collect())
}

/// A mention as a parameter of queries.
#[derive(Serialize)]
struct Row<'a> {
    id: Option<i64>,
    position: i32,
    said: &'a Mention,
    confidence: Option<Confidence>,
    search: String,
    first: Date,
    last: Date,
    keys: Vec<i64>,
}

impl<'a> Row<'a> {
    fn of(id: Option<i64>, position: i32, published_on: Date, said: &'a Mention) -> Self {
        let search = search::haystack(said.statements.iter().map(|statement| &*statement.sentence.text));
        let reach = Reach::of_mention(said, published_on);
        let (first, last, keys) = (reach.first, reach.last, reach.keys());
        Self { id, position, said, confidence: said.confidence(), search, first, last, keys }
    }
}

async fn insert(tx: &mut PgConnection, article: Uuid, rows: &[Row<'_>], published_on: Date) -> Result<Vec<i64>, Error> {
    let ids = sqlx::query_scalar!(
        "insert into mentions (article_id, published_on, rules_version, position, said, confidence, search, reach_first,
                               reach_last, reach_keys)
         select $1, $2, $3, position, said, confidence, search, first, last, keys
         from jsonb_to_recordset($4) row (position integer, said jsonb, confidence double precision, search text,
                                          first date, last date, keys bigint[])
         returning id",
        article,
        Day(published_on) as _,
        RULES_VERSION,
        Json(rows) as _,
    );
    Ok(ids.fetch_all(tx).await?)
}

async fn update(tx: &mut PgConnection, rows: &[Row<'_>], published_on: Date) -> Result<(), Error> {
    sqlx::query!(
        "update mentions m
         set published_on = $1, rules_version = $2, position = row.position, said = row.said,
             confidence = row.confidence, search = row.search, reach_first = row.first, reach_last = row.last,
             reach_keys = row.keys
         from jsonb_to_recordset($3) row (id bigint, position integer, said jsonb, confidence double precision,
                                          search text, first date, last date, keys bigint[])
         where m.id = row.id",
        Day(published_on) as _,
        RULES_VERSION,
        Json(rows) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Deletes the mentions of an article and returns what they touched.
pub(super) async fn remove(tx: &mut PgConnection, article: Uuid) -> Result<Touched, Error> {
    let events = sqlx::query_scalar!("delete from mentions where article_id = $1 returning event_id", article);
    let events = events.fetch_all(tx).await?.into_iter().flatten().collect();
    Ok(Touched { events, ..Touched::default() })
}

/// Returns the events that articles mention, each after its article; for merged events, their
/// successors.
pub(super) async fn events_of(tx: &mut PgConnection, articles: &[Uuid]) -> Result<BTreeSet<(Uuid, Uuid)>, Error> {
    let rows = sqlx::query!(
        r#"select article_id, root_of(event_id) as "event!" from mentions
           where article_id = any ($1) and event_id is not null and not is_rejected"#,
        articles
    );
    Ok(rows.fetch_all(tx).await?.into_iter().map(|row| (row.article_id, row.event)).collect())
}
