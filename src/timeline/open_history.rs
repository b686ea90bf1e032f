//! A history under construction: its entries, and the fold that computes its next revision.

use super::{
    changes::changes,
    entry::Entry,
    fold::{DisputedFields, StateFold},
    history::{History, Merge, Revision},
    linking::LinkRule,
    order::EntryId,
};
use crate::event::EventState;
use std::{cmp::Ordering, collections::BTreeSet};
use uuid::Uuid;

/// A history to which entries are added.
pub(super) struct OpenHistory<'a> {
    pub(super) history: History,
    /// All entries in order, including those of merged events.
    entries: Vec<&'a Entry>,
    fold: Option<StateFold<'a>>,
    /// The histories that a person split from it, which are never merged with it.
    pub(super) split_from: BTreeSet<usize>,
}

impl<'a> OpenHistory<'a> {
    /// Starts a history with `entries`, shown from the entry `by` on. Returns `None` if they cannot
    /// create an event.
    pub(super) fn new(entries: Vec<&'a Entry>, rule: LinkRule, by: &Entry) -> Option<Self> {
        let fold = StateFold::of(entries.iter().copied())?;
        let first = Revision { by: by.id, since: by.order.clone(), changes: Vec::new(), state: fold.state() };
        let linked = entries.iter().map(|entry| (entry.id, rule)).collect();
        let history = History {
            entries: linked,
            revisions: vec![first],
            merge: None,
            rejection: None,
            rejected: BTreeSet::new(),
        };
        Some(Self { history, entries, fold: Some(fold), split_from: BTreeSet::new() })
    }

    /// Returns the present state, or the last one before a rejection; `None` after a merge into another event.
    pub(super) fn state(&self) -> Option<&EventState> {
        self.history.revisions.last().map(|revision| &revision.state).filter(|_| self.history.merge.is_none())
    }

    /// Returns the articles of its entries; a correction counts as `None`.
    pub(super) fn articles(&self) -> impl Iterator<Item = Option<Uuid>> {
        self.entries.iter().map(|entry| entry.article())
    }

    /// Returns whether one of `articles` mentions the event.
    pub(super) fn is_mentioned_in(&self, mut articles: impl Iterator<Item = Uuid>) -> bool {
        articles.any(|article| self.articles().any(|known| known == Some(article)))
    }

    /// Adds an entry and records the revision that results.
    pub(super) fn add(&mut self, entry: &'a Entry, rule: LinkRule) {
        self.history.entries.push((entry.id, rule));
        self.entries.push(entry);
        let disputed = self.fold.as_mut().map(|fold| fold.add(entry)).unwrap_or_default();
        self.record(entry, &disputed);
    }

    /// Ends the history because of the correction `by`. Entries are still added, but no state follows.
    pub(super) fn reject(&mut self, by: &'a Entry) {
        self.add(by, LinkRule::Corrected);
        self.history.rejection.get_or_insert_with(|| by.order.clone());
    }

    /// Disregards an entry because of the correction `by`. Without any entry that can create an event, the event is
    /// rejected.
    pub(super) fn reject_evidence(&mut self, evidence: EntryId, by: &'a Entry) {
        self.history.entries.push((by.id, LinkRule::Corrected));
        self.entries.push(by);
        self.history.rejected.insert(evidence);
        match self.folded() {
            Some(fold) => {
                self.fold = Some(fold);
                self.record(by, &DisputedFields::new());
            }
            None => drop(self.history.rejection.get_or_insert_with(|| by.order.clone())),
        }
    }

    /// Adds an entry that an earlier correction rejected.
    pub(super) fn add_rejected(&mut self, entry: &'a Entry) {
        self.history.entries.push((entry.id, LinkRule::Corrected));
        self.entries.push(entry);
        self.history.rejected.insert(entry.id);
    }

    /// Adds the entries of `other`, whose history ends with the merge into this one, at index
    /// `into`.
    pub(super) fn merge(&mut self, other: &mut Self, into: usize, by: &Entry) {
        other.history.merge = Some(Merge { since: by.order.clone(), into });
        other.fold = None;
        self.split_from.append(&mut other.split_from);
        self.history.rejected.extend(&other.history.rejected);
        self.entries.append(&mut other.entries);
        self.entries.sort_by(|a, b| in_order(a, b));
        self.fold = self.folded();
        self.record(by, &DisputedFields::new());
    }

    /// Removes the entries in `away` because of the correction `by`, and returns them; the caller unlinks them from the
    /// histories that they are linked to, this one or merged ones. Returns `None` and changes nothing unless both the
    /// removed and the remaining entries can create an event.
    pub(super) fn split(&mut self, away: &[EntryId], by: &'a Entry) -> Option<Vec<&'a Entry>> {
        let rejected = &self.history.rejected;
        let (removed, remaining): (Vec<&Entry>, Vec<&Entry>) =
            self.entries.iter().partition(|entry| away.contains(&entry.id) && !rejected.contains(&entry.id));
        let creates_event = |entry: &&Entry| entry.creates_event() && !rejected.contains(&entry.id);
        if !removed.iter().any(creates_event) || !remaining.iter().any(creates_event) {
            return None;
        }
        self.entries = remaining;
        self.fold = self.folded();
        self.add(by, LinkRule::Corrected);
        Some(removed)
    }

    /// Folds all entries except the rejected ones.
    fn folded(&self) -> Option<StateFold<'a>> {
        StateFold::of(self.entries.iter().copied().filter(|entry| !self.history.rejected.contains(&entry.id)))
    }

    /// Records a revision caused by the entry `by` if the state has changed.
    fn record(&mut self, by: &Entry, disputed: &DisputedFields) {
        let Some(fold) = self.fold.as_ref().filter(|_| self.history.rejection.is_none()) else { return };
        let state = fold.state();
        let last = self.history.revisions.last();
        let changes = last.map(|last| changes(&last.state, &state, disputed)).unwrap_or_default();
        if !changes.is_empty() {
            self.history.revisions.push(Revision { by: by.id, since: by.order.clone(), changes, state });
        }
    }
}

/// Compares by the order of publication, then by id.
pub(super) fn in_order(a: &Entry, b: &Entry) -> Ordering {
    a.order.cmp(&b.order).then_with(|| a.id.cmp(&b.id))
}
