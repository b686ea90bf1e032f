//! Builds histories by a left fold over all entries in the order of publication. Each entry is
//! linked to the event that it matches best among those known so far, creates an event, shows that
//! two events are the same, or is left out. The fold never looks ahead, so what was known on a date
//! is the fold of the entries published until then.

use super::{
    correction::Correction,
    entry::{Content, Entry},
    history::{History, Neighbour},
    linking::{LinkRule, link_rule, may_be_same_event},
    open_history::{OpenHistory, in_order},
    order::{EntryId, Order},
};
use crate::event::{Mention, Precision};
use std::collections::{BTreeMap, BTreeSet};

/// Returns the histories of the events that `entries` describe. The entries in `created` are known
/// to have created their events when more events than `neighbours` were considered, so they are not
/// linked to any.
///
/// # Errors
/// Returns the indices of the neighbours that entries refer to. Call again with the entries of
/// these neighbours included.
pub fn build_histories(
    mut entries: Vec<&Entry>,
    created: &BTreeSet<EntryId>,
    neighbours: &[Neighbour],
) -> Result<Vec<History>, BTreeSet<usize>> {
    entries.sort_by(|a, b| in_order(a, b));
    let delayed = delayed(&entries);
    let mut entries: Vec<&Entry> = entries.into_iter().map(|entry| delayed.get(&entry.id).unwrap_or(entry)).collect();
    if !delayed.is_empty() {
        entries.sort_by(|a, b| in_order(a, b));
    }
    let mut builder = HistoryBuilder {
        histories: Vec::new(),
        history_of: BTreeMap::new(),
        rejected: BTreeMap::new(),
        created,
        neighbours,
        required: BTreeSet::new(),
    };
    for entry in entries {
        match &entry.content {
            Content::Mention { mention, .. } => builder.add_mention(entry, mention),
            Content::Correction(correction) => builder.add_correction(entry, correction),
        }
    }
    if builder.required.is_empty() {
        Ok(builder.histories.into_iter().map(|open| open.history).collect())
    } else {
        Err(builder.required)
    }
}

/// Returns the corrections that were made before the entries to which they refer were published, as with
/// tomorrow's newspaper: they take effect with these entries. `entries` are in order.
fn delayed(entries: &[&Entry]) -> BTreeMap<EntryId, Entry> {
    let mut delayed = BTreeMap::new();
    let is_correction = |entry: &&Entry| matches!(entry.content, Content::Correction(_));
    if !entries.iter().any(is_correction) {
        return delayed;
    }
    let mut orders: BTreeMap<EntryId, Order> = entries.iter().map(|entry| (entry.id, entry.order.clone())).collect();
    for entry in entries {
        let Content::Correction(correction) = &entry.content else { continue };
        let earliest = |ids: &[EntryId]| ids.iter().filter_map(|id| orders.get(id)).min();
        let required = match correction {
            // Evidence can be rejected before it is published.
            Correction::Create { .. } | Correction::RejectEvidence { .. } => None,
            Correction::Amend { of, .. } | Correction::Reject { of } => earliest(of),
            Correction::Merge { of, other } => earliest(of).max(earliest(other)),
            Correction::Split { of, away } => earliest(of).max(earliest(away)),
        };
        if let Some(order) = required.filter(|order| **order > entry.order).cloned() {
            orders.insert(entry.id, order.clone());
            delayed.insert(entry.id, Entry { order, ..(*entry).clone() });
        }
    }
    delayed
}

struct HistoryBuilder<'a, 'n> {
    histories: Vec<OpenHistory<'a>>,
    /// The index of the history that each entry was linked to.
    history_of: BTreeMap<EntryId, usize>,
    /// The entries that a person rejected, each with the index of the history that they were evidence of.
    rejected: BTreeMap<EntryId, Option<usize>>,
    created: &'n BTreeSet<EntryId>,
    neighbours: &'n [Neighbour],
    /// The indices of the neighbours whose entries are required.
    required: BTreeSet<usize>,
}

/// An event that a mention may refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Candidate {
    History(usize),
    Neighbour(usize),
}

/// A candidate and the rule that links the mention to it.
type Match = (Candidate, LinkRule);

impl<'a> HistoryBuilder<'a, '_> {
    fn add_mention(&mut self, entry: &'a Entry, mention: &Mention) {
        if let Some(of) = self.rejected.get(&entry.id) {
            if let Some(index) = of.map(|index| self.root(index)) {
                self.history_of.insert(entry.id, index);
                self.histories[index].add_rejected(entry);
            }
            return;
        }
        let matches = if self.created.contains(&entry.id) { Vec::new() } else { self.matches(entry, mention) };
        match best_match(&matches) {
            None => self.create(vec![entry], LinkRule::Created, entry),
            Some((Candidate::Neighbour(index), _)) => drop(self.required.insert(index)),
            Some((Candidate::History(into), rule)) => {
                for same in self.same_events(into, rule, &matches, entry, mention) {
                    match same {
                        Candidate::History(other) => self.merge(into.min(other), into.max(other), entry),
                        Candidate::Neighbour(index) => drop(self.required.insert(index)),
                    }
                }
                self.link(self.root(into), entry, rule);
            }
        }
    }

    fn add_correction(&mut self, entry: &'a Entry, correction: &'a Correction) {
        match correction {
            Correction::Create { .. } => self.create(vec![entry], LinkRule::Created, entry),
            Correction::Amend { of, .. } => {
                if let Some(index) = self.history_of_any(of) {
                    self.link(index, entry, LinkRule::Corrected);
                }
            }
            Correction::Merge { of, other } => {
                let pair = self.history_of_any(of).zip(self.history_of_any(other));
                if let Some((of, other)) = pair.filter(|(of, other)| of != other) {
                    self.merge(of, other, entry);
                    self.link(of, entry, LinkRule::Corrected);
                }
            }
            Correction::Reject { of } => {
                if let Some(index) = self.history_of_any(of) {
                    self.history_of.insert(entry.id, index);
                    self.histories[index].reject(entry);
                }
            }
            Correction::RejectEvidence { of, evidence } => {
                let known = self.history_of_any(&[*evidence]);
                let index = known.or_else(|| self.history_of_any(of));
                self.rejected.insert(*evidence, index);
                if let Some(index) = index {
                    self.history_of.insert(entry.id, index);
                    self.histories[index].reject_evidence(*evidence, entry);
                }
            }
            Correction::Split { of, away } => {
                if let Some(index) = self.history_of_any(of) {
                    self.split(index, away, entry);
                }
            }
        }
    }

    /// Returns the events that a mention may refer to, oldest first, with the rules that link it.
    /// Events that the same article mentions elsewhere are excluded: the extraction has already
    /// distinguished them.
    fn matches(&self, entry: &Entry, mention: &Mention) -> Vec<Match> {
        let article = entry.article();
        let published_on = entry.order.published_on;
        let histories = self.histories.iter().enumerate().filter_map(|(index, open)| {
            let rule = link_rule(open.state()?, mention, published_on)?;
            // A mention may join a rejected event, but that event does not make it ambiguous.
            if open.history.rejection.is_some() && rule.needs_unique_match() {
                return None;
            }
            open.articles().all(|other| other != article).then_some((Candidate::History(index), rule))
        });
        let neighbours = self.neighbours.iter().enumerate().filter_map(|(index, neighbour)| {
            let rule = link_rule(neighbour.state_before(&entry.order)?, mention, published_on)?;
            let mut articles = neighbour.articles_before(&entry.order);
            articles.all(|other| Some(other) != article).then_some((Candidate::Neighbour(index), rule))
        });
        // A mention without a date is ambiguous from the second match on.
        let enough = if mention.when.is_none() { 2 } else { usize::MAX };
        let mut matches: Vec<Match> = histories.chain(neighbours).take(enough).collect();
        matches.sort_by_key(|(candidate, _)| (self.is_rejected(*candidate), self.created_at(*candidate)));
        matches
    }

    fn is_rejected(&self, candidate: Candidate) -> bool {
        matches!(candidate, Candidate::History(index) if self.histories[index].history.rejection.is_some())
    }

    fn created_at(&self, candidate: Candidate) -> Option<&Order> {
        match candidate {
            Candidate::History(index) => self.histories[index].history.revisions.first().map(|first| &first.since),
            Candidate::Neighbour(index) => self.neighbours[index].states.first().map(|(since, _)| since),
        }
    }

    /// Returns the other events that a mention with an exact date shows to be the same as the one
    /// it is linked to.
    fn same_events(
        &self,
        into: usize,
        rule: LinkRule,
        matches: &[Match],
        entry: &Entry,
        mention: &Mention,
    ) -> Vec<Candidate> {
        let is_exact = mention.when.as_ref().is_some_and(|when| when.precision == Precision::Day);
        if !rule.identifies_date() || !is_exact || self.is_rejected(Candidate::History(into)) {
            return Vec::new();
        }
        let open = &self.histories[into];
        let is_same = |candidate: Candidate| match candidate {
            Candidate::History(index) => {
                let other = &self.histories[index];
                let are_distinct = open.split_from.contains(&index) || open.is_mentioned_in(other.articles().flatten());
                index != into
                    && !are_distinct
                    && other.history.rejection.is_none()
                    && open.state().zip(other.state()).is_some_and(|(a, b)| may_be_same_event(a, b))
            }
            Candidate::Neighbour(index) => {
                let other = &self.neighbours[index];
                let states = open.state().zip(other.state_before(&entry.order));
                !open.is_mentioned_in(other.articles_before(&entry.order))
                    && states.is_some_and(|(a, b)| may_be_same_event(a, b))
            }
        };
        let same = matches.iter().filter(|(candidate, rule)| rule.identifies_date() && is_same(*candidate));
        same.map(|(candidate, _)| *candidate).collect()
    }

    /// Returns the history of the first of these entries that was linked.
    fn history_of_any(&self, entries: &[EntryId]) -> Option<usize> {
        entries.iter().find_map(|id| self.history_of.get(id)).map(|index| self.root(*index))
    }

    /// Returns the history that one was merged into, or itself.
    fn root(&self, mut index: usize) -> usize {
        while let Some(merge) = &self.histories[index].history.merge {
            index = merge.into;
        }
        index
    }

    /// Creates an event from `entries`, shown from the entry `by` on, if they can create one.
    fn create(&mut self, entries: Vec<&'a Entry>, rule: LinkRule, by: &Entry) {
        let ids: Vec<EntryId> = entries.iter().map(|entry| entry.id).collect();
        if let Some(open) = OpenHistory::new(entries, rule, by) {
            self.history_of.extend(ids.into_iter().map(|id| (id, self.histories.len())));
            self.histories.push(open);
        }
    }

    fn link(&mut self, index: usize, entry: &'a Entry, rule: LinkRule) {
        self.history_of.insert(entry.id, index);
        self.histories[index].add(entry, rule);
    }

    /// Merges one event into another because of the entry `by`.
    fn merge(&mut self, into: usize, other: usize, by: &Entry) {
        let (into, other) = (self.root(into), self.root(other));
        if let Ok([into_history, other_history]) = self.histories.get_disjoint_mut([into, other]) {
            into_history.merge(other_history, into, by);
        }
    }

    /// Creates an event from entries of another one because of the correction `by`.
    fn split(&mut self, index: usize, away: &[EntryId], by: &'a Entry) {
        let Some(removed) = self.histories[index].split(away, by) else { return };
        for entry in &removed {
            if let Some(linked) = self.history_of.remove(&entry.id) {
                self.histories[linked].history.entries.retain(|(id, _)| *id != entry.id);
            }
        }
        self.history_of.insert(by.id, index);
        let new = self.histories.len();
        self.create(removed, LinkRule::Corrected, by);
        self.histories[index].split_from.insert(new);
        self.histories[new].split_from.insert(index);
    }
}

/// Returns the match with the highest score, of several the oldest event; `None` if the rule needs
/// a unique match and there are several.
fn best_match(matches: &[Match]) -> Option<Match> {
    let highest = matches.iter().map(|(_, rule)| rule.score()).max()?;
    let mut best = matches.iter().filter(|(_, rule)| rule.score() == highest);
    let first = best.next()?;
    let is_unique = best.next().is_none();
    (is_unique || !first.1.needs_unique_match()).then_some(*first)
}
