//! The table `mentions`: what each article says of events, and the sentences it says it in.

use super::{Error, entries::Touched, search, time::Day};
use crate::{event::Mention, extract::RULES_VERSION, timeline::Reach};
use jiff::civil::Date;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

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
    if !gone.is_empty() {
        sqlx::query!("delete from mentions where id = any ($1)", &gone).execute(&mut *tx).await?;
    }
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

/// Notes that today's rules read in an article what is stored.
pub(super) async fn confirm(tx: &mut PgConnection, article: Uuid) -> Result<(), Error> {
    let version = i64::from(RULES_VERSION);
    sqlx::query!("update mentions set rules_version = $2::bigint::integer where article_id = $1", article, version)
        .execute(tx)
        .await?;
    Ok(())
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
