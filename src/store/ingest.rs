//! An article is stored, deleted or re-extracted: its events are updated in the same transaction.

use super::{
    Error, Store, StoredArticle, articles, identity::Identity, locks::Locks, mentions, refold::refold, selection,
};
use crate::{article::Article, event::Event, extract::Extraction, timeline::Reach};
use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;

/// What became of an article that was sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Ingested {
    /// Whether it was there before.
    pub outcome: Outcome,
    /// The article as it is stored.
    pub article: StoredArticle,
    /// The events that it is evidence of, with all their evidence, sorted by start date.
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
        let mut locks = Locks::default();
        for mention in &extraction.mentions {
            locks.add(Reach::of_mention(mention, article.published_on).shared_keys());
        }
        loop {
            let mut tx = self.pool.begin().await?;
            identity.lock(&mut tx).await?;
            let (id, outcome) = match identity.find(&mut tx).await? {
                None => (Uuid::now_v7(), Outcome::Created),
                Some(known) if known.same_text => (known.id, Outcome::Unchanged),
                Some(known) => (known.id, Outcome::Replaced),
            };
            if outcome != Outcome::Unchanged {
                locks.set_may_grow(outcome == Outcome::Created);
                locks.take(&mut tx).await?;
                let before = match outcome {
                    Outcome::Replaced => articles::order(&mut tx, id).await?,
                    _ => None,
                };
                articles::write(&mut tx, id, article, &identity, extraction.language.as_deref(), now).await?;
                articles::set_unused_dates(&mut tx, id, extraction.unused_dates.len()).await?;
                let after = articles::order(&mut tx, id).await?;
                let touched = mentions::replace(&mut tx, id, article.published_on, &extraction.mentions).await?;
                let since = before.into_iter().chain(after).min().ok_or_else(|| lost(id))?;
                if !refold(&mut tx, touched, &since, &mut locks, now).await? {
                    tx.rollback().await?;
                    continue;
                }
            }
            let ingested = spoken_of(&mut tx, id, outcome).await?;
            tx.commit().await?;
            return Ok(ingested);
        }
    }

    /// Deletes an article and takes its evidence out of every event; those with none left are withdrawn. False where
    /// it is not there.
    pub async fn delete_article(&self, id: Uuid, now: Timestamp) -> Result<bool, Error> {
        let mut locks = Locks::default();
        loop {
            let mut tx = self.pool.begin().await?;
            // The row before the locks, as in `ingest`: two transactions never wait for each other.
            if !articles::lock(&mut tx, id).await? {
                return Ok(false);
            }
            locks.take(&mut tx).await?;
            let since = articles::order(&mut tx, id).await?.ok_or_else(|| lost(id))?;
            let touched = mentions::remove(&mut tx, id).await?;
            articles::delete(&mut tx, id).await?;
            if refold(&mut tx, touched, &since, &mut locks, now).await? {
                tx.commit().await?;
                return Ok(true);
            }
            tx.rollback().await?;
        }
    }

    /// Stores the re-extraction of a stored article. False where it says the same as before, or is there no
    /// more with this text.
    pub async fn read_anew(
        &self,
        article: &StoredArticle,
        extraction: &Extraction,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let mut locks = Locks::default();
        loop {
            let mut tx = self.pool.begin().await?;
            if !articles::lock(&mut tx, article.id).await? {
                return Ok(false);
            }
            locks.take(&mut tx).await?;
            let is_current = articles::mark_read(&mut tx, article, extraction.language.as_deref()).await?;
            if !is_current {
                return Ok(false);
            }
            articles::set_unused_dates(&mut tx, article.id, extraction.unused_dates.len()).await?;
            if mentions::said_by(&mut tx, article.id).await? == extraction.mentions {
                mentions::confirm(&mut tx, article.id).await?;
                tx.commit().await?;
                return Ok(false);
            }
            let since = articles::order(&mut tx, article.id).await?.ok_or_else(|| lost(article.id))?;
            let touched = mentions::replace(&mut tx, article.id, article.published_on, &extraction.mentions).await?;
            if refold(&mut tx, touched, &since, &mut locks, now).await? {
                tx.commit().await?;
                return Ok(true);
            }
            tx.rollback().await?;
        }
    }
}

/// An article that is locked is there.
fn lost(id: Uuid) -> Error {
    Error::Inconsistent { table: "articles", column: "id", row: id.to_string() }
}

/// An article as it is stored, and the events that it speaks of.
async fn spoken_of(tx: &mut PgConnection, id: Uuid, outcome: Outcome) -> Result<Ingested, Error> {
    let article = articles::one(&mut *tx, id).await?.ok_or_else(|| lost(id))?;
    let events = mentions::events_of(&mut *tx, id).await?;
    Ok(Ingested { outcome, article, events: selection::among(tx, &events, None).await? })
}
