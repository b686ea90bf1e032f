//! Stores, deletes and re-extracts articles, and updates their events in the same transaction.

use super::{
    Error, Store, StoredArticle, articles,
    entries::Touched,
    identity::{self, Identity},
    locks::Locks,
    mentions,
    refold::refold,
    selection,
};
use crate::{SPANS, article::Article, event::Event, extract::Extraction, timeline::Reach};
use jiff::Timestamp;
use sqlx::{PgConnection, PgTransaction};
use std::collections::BTreeSet;
use tracing::instrument;
use uuid::Uuid;

/// The result of storing an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Ingested {
    /// What changed.
    pub outcome: Outcome,
    /// The article as it is stored.
    pub article: StoredArticle,
    /// The events that it is evidence of, with all their evidence, sorted by start date.
    pub events: Vec<Event>,
}

/// What storing an article changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The article is new.
    Created,
    /// Its URL was known with another text, which this version replaces.
    Replaced,
    /// The article is unchanged.
    Unchanged,
}

impl Store {
    /// Stores `article` with its extraction. The same article again changes nothing.
    pub async fn ingest(&self, article: &Article, extraction: &Extraction, now: Timestamp) -> Result<Ingested, Error> {
        let mut ingested = self.ingest_all(&[(article, extraction)], now).await?;
        Ok(ingested.remove(0))
    }

    /// Stores articles in one transaction and folds the timeline once for all of them; returns what
    /// each changed, in order, with the events as they are after the last.
    #[instrument(name = "store articles", target = SPANS, skip_all, fields(articles = batch.len()))]
    pub async fn ingest_all(&self, batch: &[(&Article, &Extraction)], now: Timestamp) -> Result<Vec<Ingested>, Error> {
        if batch.is_empty() {
            return Ok(Vec::new());
        }
        let (mut tx, stored) = self.stored(batch, now).await?;
        let ingested = spoken_of(&mut tx, stored).await?;
        tx.commit().await?;
        Ok(ingested)
    }

    /// Stores articles like [`Self::ingest_all`], but returns only the outcomes.
    pub async fn load(&self, batch: &[(&Article, &Extraction)], now: Timestamp) -> Result<Vec<Outcome>, Error> {
        if batch.is_empty() {
            return Ok(Vec::new());
        }
        let (tx, stored) = self.stored(batch, now).await?;
        tx.commit().await?;
        Ok(stored.into_iter().map(|(_, outcome)| outcome).collect())
    }

    /// Stores articles in a transaction, which the caller commits; returns the id of each.
    async fn stored(
        &self,
        batch: &[(&Article, &Extraction)],
        now: Timestamp,
    ) -> Result<(PgTransaction<'static>, Vec<(Uuid, Outcome)>), Error> {
        let identities: Vec<Identity> = batch.iter().map(|(article, _)| Identity::of(article)).collect();
        let mut locks = Locks::measured_by(&self.contention);
        for (article, extraction) in batch {
            for mention in &extraction.mentions {
                locks.add(Reach::of_mention(mention, article.published_on).shared_keys());
            }
        }
        loop {
            let mut tx = self.begin_writing().await?;
            identity::lock(&mut tx, &identities).await?;
            let (mut stored, mut since) = (Vec::new(), Vec::new());
            for ((article, extraction), identity) in batch.iter().zip(&identities) {
                let (id, outcome) = match identity.find(&mut tx).await? {
                    None => (Uuid::now_v7(), Outcome::Created),
                    Some(known) if known.same_text => (known.id, Outcome::Unchanged),
                    Some(known) => (known.id, Outcome::Replaced),
                };
                stored.push((id, outcome));
                if outcome == Outcome::Replaced {
                    since.extend(articles::order(&mut tx, id).await?);
                }
                if outcome != Outcome::Unchanged {
                    since.push(identity.order(article));
                    articles::write(&mut tx, id, article, identity, extraction, now).await?;
                }
            }
            let Some(since) = since.into_iter().min() else { return Ok((tx, stored)) };
            locks.set_may_grow(stored.iter().all(|(_, outcome)| *outcome != Outcome::Replaced));
            locks.take(&mut tx).await?;
            let mut touched = Touched::default();
            for ((id, outcome), (article, extraction)) in stored.iter().zip(batch) {
                touched.extend(match outcome {
                    Outcome::Created => mentions::add(&mut tx, *id, article.published_on, &extraction.mentions).await?,
                    Outcome::Replaced => {
                        mentions::replace(&mut tx, *id, article.published_on, &extraction.mentions).await?
                    }
                    Outcome::Unchanged => continue,
                });
            }
            if touched.is_empty() || refold(&mut tx, touched, &since, &mut locks, now).await? {
                return Ok((tx, stored));
            }
            tx.rollback().await?;
        }
    }

    /// Deletes an article and removes its evidence from every event. Events without evidence are
    /// withdrawn. Returns false if the article does not exist.
    pub async fn delete_article(&self, id: Uuid, now: Timestamp) -> Result<bool, Error> {
        let mut locks = Locks::measured_by(&self.contention);
        loop {
            let mut tx = self.begin_writing().await?;
            // The row is locked before the advisory locks, as in `ingest`, so that no two
            // transactions wait for each other.
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

    /// Stores the re-extraction of an article. Returns false if it equals the stored one, or if the
    /// text has changed since.
    pub async fn reextract(
        &self,
        article: &StoredArticle,
        extraction: &Extraction,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let mut locks = Locks::measured_by(&self.contention);
        loop {
            let mut tx = self.begin_writing().await?;
            if !articles::lock(&mut tx, article.id).await? {
                return Ok(false);
            }
            locks.take(&mut tx).await?;
            let is_current = articles::mark_read(&mut tx, article, extraction.language.as_deref()).await?;
            if !is_current {
                return Ok(false);
            }
            articles::set_unused_dates(&mut tx, article.id, extraction).await?;
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

/// The error for a locked article that does not exist.
fn lost(id: Uuid) -> Error {
    Error::Inconsistent { table: "articles", column: "id", row: id.to_string() }
}

/// Returns stored articles with the events that they mention.
async fn spoken_of(tx: &mut PgConnection, stored: Vec<(Uuid, Outcome)>) -> Result<Vec<Ingested>, Error> {
    let ids: Vec<Uuid> = stored.iter().map(|(id, _)| *id).collect();
    let articles = articles::of_ids(&mut *tx, &ids).await?;
    let mentioned = mentions::events_of(&mut *tx, &ids).await?;
    let events: BTreeSet<Uuid> = mentioned.iter().map(|(_, event)| *event).collect();
    let events = selection::among(tx, &events.into_iter().collect::<Vec<_>>(), None).await?;
    let ingested = stored.into_iter().map(|(id, outcome)| {
        let article = articles.iter().find(|article| article.id == id).ok_or_else(|| lost(id))?.clone();
        let events = events.iter().filter(|event| mentioned.contains(&(id, event.id))).cloned().collect();
        Ok(Ingested { outcome, article, events })
    });
    ingested.collect()
}
