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
    /// All entries that determine the state, in order: its own and those of merged events.
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
        let history = History { entries: linked, revisions: vec![first], merge: None };
        Some(Self { history, entries, fold: Some(fold), split_from: BTreeSet::new() })
    }

    /// Returns the present state; `None` after a merge into another event.
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

    /// Adds the entries of `other`, whose history ends with the merge into this one, at index
    /// `into`.
    pub(super) fn merge(&mut self, other: &mut Self, into: usize, by: &Entry) {
        other.history.merge = Some(Merge { since: by.order.clone(), into });
        other.fold = None;
        self.split_from.append(&mut other.split_from);
        self.entries.append(&mut other.entries);
        self.entries.sort_by(|a, b| in_order(a, b));
        self.fold = StateFold::of(self.entries.iter().copied());
        self.record(by, &DisputedFields::new());
    }

    /// Removes the entries in `away` because of the correction `by`, and returns them. Returns
    /// `None` and changes nothing unless both the removed and the remaining entries can create an
    /// event.
    pub(super) fn split(&mut self, away: &[EntryId], by: &'a Entry) -> Option<Vec<&'a Entry>> {
        let (removed, remaining): (Vec<&Entry>, Vec<&Entry>) =
            self.entries.iter().partition(|entry| away.contains(&entry.id));
        let create_event = |entries: &[&Entry]| entries.iter().any(|entry| entry.creates_event());
        if !create_event(&removed) || !create_event(&remaining) {
            return None;
        }
        self.history.entries.retain(|(id, _)| !away.contains(id));
        self.fold = StateFold::of(remaining.iter().copied());
        self.entries = remaining;
        self.add(by, LinkRule::Corrected);
        Some(removed)
    }

    /// Records a revision caused by the entry `by` if the state has changed.
    fn record(&mut self, by: &Entry, disputed: &DisputedFields) {
        let Some(fold) = &self.fold else { return };
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
