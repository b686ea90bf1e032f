//! A left fold over all that was said makes threads: each entry, in the order of publication, joins the event that it fits
//! best among those known until then, makes a new one, shows that two are one, or fits none. Nothing looks ahead, so what was
//! known on a day is the fold of what was published until then.

use super::{
    changes::changes,
    correction::Correction,
    fold::{Disputed, Folding, codes},
    matching::{Rule, fit, one_place},
    order::{Entry, EntryId, Order, Said},
    threads::{End, Neighbour, Revision, Thread},
};
use crate::event::{EventState, Mention, Precision};
use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};
use uuid::Uuid;

/// The threads that `entries` make. Those in `made` are known to have made their events, among more than the neighbours.
///
/// # Errors
/// The neighbours, by their places, that an entry speaks of: what was said of them must be among the entries.
pub fn threads(
    mut entries: Vec<&Entry>,
    made: &BTreeSet<EntryId>,
    neighbours: &[Neighbour],
) -> Result<Vec<Thread>, BTreeSet<usize>> {
    entries.sort_by(|a, b| in_order(a, b));
    let mut loom = Loom { made, threads: Vec::new(), home: BTreeMap::new(), neighbours, drawn_in: BTreeSet::new() };
    for entry in entries {
        match &entry.said {
            Said::Mention { mention, .. } => loom.mention(entry, mention),
            Said::Correction(correction) => loom.correction(entry, correction),
        }
    }
    if loom.drawn_in.is_empty() {
        Ok(loom.threads.into_iter().map(|live| live.thread).collect())
    } else {
        Err(loom.drawn_in)
    }
}

/// The order of publication; what stands in one place, by its number.
fn in_order(a: &Entry, b: &Entry) -> Ordering {
    a.order.cmp(&b.order).then_with(|| a.id.cmp(&b.id))
}

/// A thread that is being spun.
struct Live<'a> {
    thread: Thread,
    /// All that its state is folded from, in order: its own and what it took over.
    told: Vec<&'a Entry>,
    folding: Option<Folding<'a>>,
    /// Threads that a person told apart from it.
    apart: BTreeSet<usize>,
}

struct Loom<'a, 'n> {
    threads: Vec<Live<'a>>,
    /// The thread that each entry joined.
    home: BTreeMap<EntryId, usize>,
    made: &'n BTreeSet<EntryId>,
    neighbours: &'n [Neighbour],
    drawn_in: BTreeSet<usize>,
}

/// What an entry may speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Candidate {
    Thread(usize),
    Neighbour(usize),
}

impl<'a> Loom<'a, '_> {
    fn mention(&mut self, entry: &'a Entry, mention: &Mention) {
        let fits = if self.made.contains(&entry.id) { Vec::new() } else { self.fits(entry, mention) };
        let Some((best, rule)) = best(&fits) else {
            if entry.makes_an_event() {
                self.begin(vec![entry], Rule::Made, entry);
            }
            return;
        };
        let Candidate::Thread(into) = best else {
            self.draw_in(best);
            return;
        };
        for other in self.same_as(into, rule, &fits, entry, mention) {
            match other {
                Candidate::Thread(other) => self.absorb(into.min(other), into.max(other), entry),
                Candidate::Neighbour(_) => self.draw_in(other),
            }
        }
        let into = self.root(into);
        self.join(into, entry, rule);
    }

    fn correction(&mut self, entry: &'a Entry, correction: &'a Correction) {
        let thread_of =
            |loom: &Self, said: &[EntryId]| said.iter().find_map(|id| loom.home.get(id)).map(|at| loom.root(*at));
        match correction {
            Correction::Create { .. } => self.begin(vec![entry], Rule::Made, entry),
            Correction::Amend { of, .. } => {
                if let Some(thread) = thread_of(self, of) {
                    self.join(thread, entry, Rule::ByHand);
                }
            }
            Correction::Merge { of, other } => {
                if let Some((of, other)) = thread_of(self, of).zip(thread_of(self, other)).filter(|(a, b)| a != b) {
                    self.absorb(of, other, entry);
                    self.join(of, entry, Rule::ByHand);
                }
            }
            Correction::Split { of, away } => {
                if let Some(thread) = thread_of(self, of) {
                    self.split(thread, away, entry);
                }
            }
        }
    }

    /// The events that a mention may speak of, and by which rules. Not one of which the same article speaks elsewhere:
    /// what the extraction told apart stays apart.
    fn fits(&self, entry: &Entry, mention: &Mention) -> Vec<(Candidate, Rule)> {
        let article = entry.article();
        let published_on = entry.order.published_on;
        let threads = self.threads.iter().enumerate().filter_map(|(at, live)| {
            let state = live.state().filter(|_| live.told.iter().all(|told| told.article() != article))?;
            Some((Candidate::Thread(at), fit(state, mention, published_on)?))
        });
        let neighbours = self.neighbours.iter().enumerate().filter_map(|(at, neighbour)| {
            let mut articles = neighbour.articles_before(&entry.order);
            let state = neighbour.state_at(&entry.order).filter(|_| articles.all(|other| Some(other) != article))?;
            Some((Candidate::Neighbour(at), fit(state, mention, published_on)?))
        });
        let mut fits: Vec<(Candidate, Rule)> = threads.chain(neighbours).collect();
        // The eldest event first, wherever it is kept.
        fits.sort_by(|(a, _), (b, _)| self.made(*a).cmp(&self.made(*b)));
        fits
    }

    /// When an event was made.
    fn made(&self, candidate: Candidate) -> Option<&Order> {
        match candidate {
            Candidate::Thread(at) => self.threads[at].thread.revisions.first().map(|revision| &revision.since),
            Candidate::Neighbour(at) => self.neighbours[at].states.first().map(|(since, _)| since),
        }
    }

    /// The other events that an exact mention shows to be the same as the one that it joins.
    fn same_as(
        &self,
        into: usize,
        rule: Rule,
        fits: &[(Candidate, Rule)],
        entry: &Entry,
        mention: &Mention,
    ) -> Vec<Candidate> {
        let telling = |rule: Rule| matches!(rule, Rule::SameDays | Rule::NamesOldDay);
        let is_exact = mention.when.as_ref().is_some_and(|when| when.precision == Precision::Day);
        if !telling(rule) || !is_exact {
            return Vec::new();
        }
        let live = &self.threads[into];
        let one = |candidate: Candidate| match candidate {
            Candidate::Thread(at) => {
                let other = &self.threads[at];
                let apart =
                    live.apart.contains(&at) || live.shares_an_article(other.told.iter().filter_map(|e| e.article()));
                at != into && !apart && live.state().zip(other.state()).is_some_and(|(a, b)| may_be_one(a, b))
            }
            Candidate::Neighbour(at) => {
                let other = &self.neighbours[at];
                !live.shares_an_article(other.articles_before(&entry.order))
                    && live.state().zip(other.state_at(&entry.order)).is_some_and(|(a, b)| may_be_one(a, b))
            }
        };
        fits.iter()
            .filter(|(candidate, rule)| telling(*rule) && one(*candidate))
            .map(|(candidate, _)| *candidate)
            .collect()
    }

    fn draw_in(&mut self, candidate: Candidate) {
        if let Candidate::Neighbour(at) = candidate {
            self.drawn_in.insert(at);
        }
    }

    /// The thread that one has become part of, or itself.
    fn root(&self, mut at: usize) -> usize {
        while let Some(end) = &self.threads[at].thread.end {
            at = end.into;
        }
        at
    }

    /// Begins a thread with what was said, shown since `by`; none where that makes no event.
    fn begin(&mut self, told: Vec<&'a Entry>, rule: Rule, by: &'a Entry) {
        let Some(folding) = Folding::of(told.iter().copied()) else { return };
        let at = self.threads.len();
        for entry in &told {
            self.home.insert(entry.id, at);
        }
        let first = Revision { by: by.id, since: by.order.clone(), changes: Vec::new(), state: folding.state() };
        let entries = told.iter().map(|entry| (entry.id, rule)).collect();
        let thread = Thread { entries, revisions: vec![first], end: None };
        self.threads.push(Live { thread, told, folding: Some(folding), apart: BTreeSet::new() });
    }

    fn join(&mut self, at: usize, entry: &'a Entry, rule: Rule) {
        self.home.insert(entry.id, at);
        self.threads[at].join(entry, rule);
    }

    /// Makes one event part of another, as `by` shows.
    fn absorb(&mut self, into: usize, other: usize, by: &'a Entry) {
        let (into, other) = (self.root(into), self.root(other));
        if into == other {
            return;
        }
        self.threads[other].thread.end = Some(End { since: by.order.clone(), into });
        self.threads[other].folding = None;
        let told = std::mem::take(&mut self.threads[other].told);
        let apart = std::mem::take(&mut self.threads[other].apart);
        let live = &mut self.threads[into];
        live.apart.extend(apart);
        live.told.extend(told);
        live.told.sort_by(|a, b| in_order(a, b));
        live.folding = Folding::of(live.told.iter().copied());
        live.record(by, &Disputed::new());
    }

    /// Takes what was said of another event out of a thread.
    fn split(&mut self, at: usize, away: &[EntryId], by: &'a Entry) {
        let live = &mut self.threads[at];
        let (gone, stay): (Vec<&Entry>, Vec<&Entry>) = live.told.iter().partition(|entry| away.contains(&entry.id));
        let makes = |told: &[&Entry]| told.iter().any(|entry| entry.makes_an_event());
        if !makes(&gone) || !makes(&stay) {
            return;
        }
        live.thread.entries.retain(|(id, _)| !away.contains(id));
        live.folding = Folding::of(stay.iter().copied());
        live.told = stay;
        live.join(by, Rule::ByHand);
        self.home.insert(by.id, at);
        let new = self.threads.len();
        self.begin(gone, Rule::ByHand, by);
        self.threads[at].apart.insert(new);
        self.threads[new].apart.insert(at);
    }
}

impl<'a> Live<'a> {
    fn state(&self) -> Option<&EventState> {
        self.thread.revisions.last().map(|revision| &revision.state).filter(|_| self.thread.end.is_none())
    }

    fn shares_an_article(&self, mut articles: impl Iterator<Item = Uuid>) -> bool {
        articles.any(|article| self.told.iter().any(|told| told.article() == Some(article)))
    }

    fn join(&mut self, entry: &'a Entry, rule: Rule) {
        self.thread.entries.push((entry.id, rule));
        self.told.push(entry);
        let disputed = self.folding.as_mut().map(|folding| folding.add(entry)).unwrap_or_default();
        self.record(entry, &disputed);
    }

    /// Keeps the state that `by` brought, where it is another.
    fn record(&mut self, by: &Entry, disputed: &Disputed) {
        let Some(folding) = &self.folding else { return };
        let state = folding.state();
        let changes =
            self.thread.revisions.last().map(|last| changes(&last.state, &state, disputed)).unwrap_or_default();
        if !changes.is_empty() {
            self.thread.revisions.push(Revision { by: by.id, since: by.order.clone(), changes, state });
        }
    }
}

/// The event that fits best: by the highest score, then the eldest. Where no named day tells them apart, none of several.
fn best(fits: &[(Candidate, Rule)]) -> Option<(Candidate, Rule)> {
    let highest = fits.iter().map(|(_, rule)| rule.score()).max()?;
    let mut best = fits.iter().filter(|(_, rule)| rule.score() == highest);
    let first = best.next()?;
    let alone = best.next().is_none();
    (alone || !first.1.only_one()).then_some(*first)
}

/// Whether two events may be one: nothing places them apart, and the parties of one are within the other's, or one of them
/// knows a single party so far.
fn may_be_one(a: &EventState, b: &EventState) -> bool {
    let (x, y) = (codes(&a.participants), codes(&b.participants));
    let (few, many) = if x.len() <= y.len() { (&x, &y) } else { (&y, &x) };
    let parties = few.len() == 1 || few.iter().all(|code| many.contains(code));
    let places = a.place.as_ref().zip(b.place.as_ref()).is_none_or(|(a, b)| one_place(a, b));
    parties && places
}
