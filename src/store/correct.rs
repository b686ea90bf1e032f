//! Makes and withdraws corrections, and updates the affected events in the same transaction.

use super::{
    Error, Store, corrections,
    entries::{self, Touched},
    events::{self, Header},
    locks::Locks,
    refold::refold,
    selection,
};
use crate::{
    event::{Event, EventState},
    timeline::{Amendment, Correction, Entry, EntryId, Reach},
};
use jiff::Timestamp;
use sqlx::PgConnection;
use std::collections::BTreeSet;
use uuid::Uuid;

/// A correction to make.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Creates an event that no article announced.
    Create(Box<EventState>),
    /// Replaces fields of an event.
    Amend(Uuid, Box<Amendment>),
    /// Merges the second event into the first.
    Merge(Uuid, Uuid),
    /// Moves the mentions of these articles to a new event.
    Split(Uuid, BTreeSet<Uuid>),
    /// States that this is not an event.
    Reject(Uuid),
    /// States that this article is not evidence of an event.
    RejectEvidence(Uuid, Uuid),
}

/// The outcome of a correction.
#[derive(Clone, Debug, PartialEq)]
pub enum Corrected {
    /// Success: the id of the correction, and the affected events with their evidence.
    Done(Uuid, Vec<Event>),
    /// The event does not exist or was removed.
    NotFound(Uuid),
    /// One of the articles does not mention the event, or no other article does.
    NothingToSplit,
    /// The correction with this id is a different one.
    MadeOtherwise,
    /// The article is not evidence of the event.
    NotEvidence,
    /// The event is no longer in the given revision.
    Changed,
}

impl Store {
    /// Makes a correction; if `seen` is given, only while the event has this revision.
    pub async fn correct(
        &self,
        wish: &Wish,
        author: &str,
        reason: &str,
        seen: Option<u32>,
        now: Timestamp,
    ) -> Result<Corrected, Error> {
        self.correct_once(Uuid::now_v7(), wish, author, reason, seen, now).await
    }

    /// Makes a correction, unless the correction with this id exists.
    pub async fn correct_once(
        &self,
        id: Uuid,
        wish: &Wish,
        author: &str,
        reason: &str,
        seen: Option<u32>,
        now: Timestamp,
    ) -> Result<Corrected, Error> {
        let mut locks = Locks::measured_by(&self.contention);
        if let Wish::Create(state) = wish {
            locks.add(Reach::of_state(state).shared_keys());
        }
        loop {
            let mut tx = self.begin_writing().await?;
            locks.take(&mut tx).await?;
            let events: Vec<Uuid> = match wish {
                Wish::Create(_) => Vec::new(),
                Wish::Amend(event, _)
                | Wish::Split(event, _)
                | Wish::Reject(event)
                | Wish::RejectEvidence(event, _) => vec![*event],
                Wish::Merge(event, other) => vec![*event, *other],
            };
            let headers = events::headers(&mut tx, &events.iter().copied().collect()).await?;
            if let Some(missing) = events.iter().find(|id| !headers.get(id).is_some_and(Header::is_live)) {
                return Ok(Corrected::NotFound(*missing));
            }
            let revision = events.first().and_then(|id| headers.get(id)).map(|header| header.revision.unsigned_abs());
            if seen.is_some() && revision != seen {
                return Ok(Corrected::Changed);
            }
            let Some(correction) = correction(&mut tx, wish).await? else {
                let is_split = matches!(wish, Wish::Split(..));
                return Ok(if is_split { Corrected::NothingToSplit } else { Corrected::NotEvidence });
            };
            if let Some(is_same) = corrections::is_made(&mut tx, id, &correction, author, reason).await? {
                if !is_same {
                    return Ok(Corrected::MadeOtherwise);
                }
                let concerned = corrections::events(&mut tx, id).await?;
                return Ok(Corrected::Done(id, selection::among(&mut tx, &concerned, None).await?));
            }
            corrections::insert(&mut tx, id, &correction, &events, author, reason, now).await?;
            let touched =
                Touched { events: events.into_iter().collect(), corrections: [id].into(), ..Touched::default() };
            let since = corrections::order(id, now, author.to_owned());
            if !refold(&mut tx, touched, &since, &mut locks, now).await? {
                tx.rollback().await?;
                continue;
            }
            let concerned = corrections::events(&mut tx, id).await?;
            let shown = selection::among(&mut tx, &concerned, None).await?;
            tx.commit().await?;
            return Ok(Corrected::Done(id, shown));
        }
    }

    /// Withdraws a correction as if it had never been made. Returns false if it does not exist.
    pub async fn withdraw(&self, correction: Uuid, now: Timestamp) -> Result<bool, Error> {
        let mut locks = Locks::measured_by(&self.contention);
        loop {
            let mut tx = self.begin_writing().await?;
            locks.take(&mut tx).await?;
            // Events that it merged or split are found through the events that it lists.
            let Some(mut touched) = corrections::lock(&mut tx, correction).await? else { return Ok(false) };
            events::add_entangled(&mut tx, &mut touched.events).await?;
            let since = corrections::delete(&mut tx, correction).await?;
            if refold(&mut tx, touched, &since, &mut locks, now).await? {
                tx.commit().await?;
                return Ok(true);
            }
            tx.rollback().await?;
        }
    }
}

/// Returns the correction in terms of entries; `None` if there is nothing to split or to reject.
async fn correction(tx: &mut PgConnection, wish: &Wish) -> Result<Option<Correction>, Error> {
    Ok(Some(match wish {
        Wish::Create(state) => Correction::Create { state: (**state).clone() },
        Wish::Amend(event, amendment) => {
            let of = ids(&said_of(tx, *event).await?);
            Correction::Amend { of, amendment: (**amendment).clone() }
        }
        Wish::Merge(event, other) => {
            let (of, other) = (said_of(tx, *event).await?, said_of(tx, *other).await?);
            Correction::Merge { of: ids(&of), other: ids(&other) }
        }
        Wish::Split(event, articles) => {
            let said = said_of(tx, *event).await?;
            let of_them = |entry: &Entry| entry.article().is_some_and(|article| articles.contains(&article));
            let (away, stay): (Vec<Entry>, Vec<Entry>) = said.iter().cloned().partition(of_them);
            let speak: BTreeSet<Uuid> = away.iter().filter_map(Entry::article).collect();
            let both = away.iter().any(Entry::creates_event) && stay.iter().any(Entry::creates_event);
            if speak != *articles || !both {
                return Ok(None);
            }
            Correction::Split { of: ids(&stay), away: ids(&away) }
        }
        Wish::Reject(event) => Correction::Reject { of: ids(&said_of(tx, *event).await?) },
        Wish::RejectEvidence(event, article) => {
            let said = said_of(tx, *event).await?;
            let Some(evidence) = said.iter().find(|entry| entry.article() == Some(*article)) else { return Ok(None) };
            Correction::RejectEvidence { of: ids(&said), evidence: evidence.id }
        }
    }))
}

fn ids(entries: &[Entry]) -> Vec<EntryId> {
    entries.iter().map(|entry| entry.id).collect()
}

/// Returns the entries of an event, including those of merged events, oldest first.
pub(super) async fn said_of(tx: &mut PgConnection, event: Uuid) -> Result<Vec<Entry>, Error> {
    let events = events::tree(tx, event).await?;
    let touched = Touched { events, ..Touched::default() };
    let mut attached = entries::of(&mut *tx, &touched).await?;
    attached.extend(corrections::attached(tx, &touched).await?);
    attached.retain(|attached| {
        !attached.is_rejected && attached.event.is_some_and(|event| touched.events.contains(&event))
    });
    let mut said: Vec<Entry> = attached.into_iter().map(|attached| attached.entry).collect();
    said.sort_by(|a, b| a.order.cmp(&b.order));
    Ok(said)
}
