//! An article comes or goes: the events that it speaks of are brought up to date in the same transaction.

use super::{Error, Store, StoredArticle, articles, events, identity::Identity, mentions, refold::refold};
use crate::{
    article::Article,
    event::{Event, Mention, When},
    extract::Extraction,
    timeline::{makes_an_event, may_be_meant, same_event},
};
use jiff::{Timestamp, ToSpan, civil::Date};
use sqlx::PgConnection;
use std::collections::BTreeSet;
use uuid::Uuid;

/// How many days ahead an event may lie that is spoken of without its day.
const HORIZON: i64 = 366;

/// What became of an article that was sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Ingested {
    /// Whether it was there before.
    pub outcome: Outcome,
    /// The article as it is stored.
    pub article: StoredArticle,
    /// The events that it speaks of, with all their evidence, by first day.
    pub events: Vec<Event>,
}

/// What storing an article changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is new.
    Created,
    /// Its address was known with another text: this version is now the current one.
    Replaced,
    /// It was there with this text: nothing changed.
    Unchanged,
}

impl Store {
    /// Stores `article` and what was read from it. The same article again changes nothing.
    pub async fn ingest(&self, article: &Article, extraction: &Extraction, now: Timestamp) -> Result<Ingested, Error> {
        let identity = Identity::of(article);
        let mut tx = self.pool.begin().await?;
        identity.lock(&mut tx).await?;
        let (id, outcome) = match identity.find(&mut tx).await? {
            None => (Uuid::now_v7(), Outcome::Created),
            Some(known) if known.same_text => (known.id, Outcome::Unchanged),
            Some(known) => (known.id, Outcome::Replaced),
        };
        if outcome != Outcome::Unchanged {
            lock_matching(&mut tx).await?;
            articles::write(&mut tx, id, article, &identity, extraction.language.as_deref(), now).await?;
            let mut touched: BTreeSet<Uuid> = mentions::remove(&mut tx, id).await?.into_iter().collect();
            touched.extend(attach(&mut tx, id, article.published_on, &extraction.mentions).await?);
            for event in touched {
                refold(&mut tx, event, now).await?;
            }
        }
        let inconsistent = || Error::Inconsistent { table: "articles", column: "id", row: id.to_string() };
        let article = articles::one(&mut *tx, id).await?.ok_or_else(inconsistent)?;
        let spoken_of = mentions::events_of(&mut *tx, id).await?;
        let events = events::with_evidence(&mut tx, &spoken_of).await?;
        tx.commit().await?;
        Ok(Ingested { outcome, article, events })
    }

    /// Deletes an article and takes its evidence out of every event; those with none left are withdrawn. False where
    /// it is not there.
    pub async fn delete_article(&self, id: Uuid, now: Timestamp) -> Result<bool, Error> {
        let mut tx = self.pool.begin().await?;
        // The row before the matching, as in `ingest`: two transactions never wait for each other.
        if !articles::lock(&mut tx, id).await? {
            return Ok(false);
        }
        lock_matching(&mut tx).await?;
        let touched = mentions::remove(&mut tx, id).await?;
        articles::delete(&mut tx, id).await?;
        for event in touched {
            refold(&mut tx, event, now).await?;
        }
        tx.commit().await?;
        Ok(true)
    }
}

/// One transaction at a time decides which mentions speak of one event, or two articles that come together would each
/// make their own. One lock for all is coarse: locks on the blocking keys of the matching are to take its place. Two
/// keys, so that it never meets the locks on articles, which have one.
async fn lock_matching(tx: &mut PgConnection) -> Result<(), Error> {
    sqlx::query!("select pg_advisory_xact_lock(1, 1)").execute(tx).await?;
    Ok(())
}

/// Writes an article's mentions, each with the event that it speaks of or makes; gives these events.
async fn attach(
    tx: &mut PgConnection,
    article: Uuid,
    published_on: Date,
    mentions: &[Mention],
) -> Result<BTreeSet<Uuid>, Error> {
    let mut spoken_of = BTreeSet::new();
    for (position, mention) in (0..).zip(mentions) {
        let event = match matching(tx, published_on, mention, &spoken_of).await? {
            Some(event) => Some(event),
            None => makes_an_event(mention).then(Uuid::now_v7),
        };
        mentions::insert(tx, article, position, event, mention).await?;
        spoken_of.extend(event);
    }
    Ok(spoken_of)
}

/// The live event that `mention`, of an article published on a day, speaks of. Not one of `taken`, of which the same
/// article speaks elsewhere: what the extraction told apart stays apart. Of several, the one with the same days, else the most precise, else the eldest.
async fn matching(
    tx: &mut PgConnection,
    published_on: Date,
    mention: &Mention,
    taken: &BTreeSet<Uuid>,
) -> Result<Option<Uuid>, Error> {
    let Some(when) = &mention.when else { return meant_without_day(tx, published_on, mention, taken).await };
    let candidates = events::overlapping(tx, when.starts_on, when.ends_on).await?;
    let days = |when: &When| (when.starts_on, when.ends_on);
    let best = candidates
        .into_iter()
        .filter(|(id, event)| !taken.contains(id) && same_event(&event.state, mention))
        .min_by_key(|(id, event)| (days(&event.state.when) != days(when), event.state.when.precision, *id));
    Ok(best.map(|(id, _)| id))
}

/// The one event ahead that a change without a day may speak of ("the Ankara summit was called off"); of several, none.
async fn meant_without_day(
    tx: &mut PgConnection,
    published_on: Date,
    mention: &Mention,
    taken: &BTreeSet<Uuid>,
) -> Result<Option<Uuid>, Error> {
    let horizon = published_on.checked_add(HORIZON.days()).unwrap_or(Date::MAX);
    let ahead = events::overlapping(tx, published_on, horizon).await?;
    let mut meant = ahead.into_iter().filter(|(id, event)| !taken.contains(id) && may_be_meant(&event.state, mention));
    Ok(meant.next().map(|(id, _)| id).filter(|_| meant.next().is_none()))
}
