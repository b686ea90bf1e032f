//! Which mentions are of one event: every pair is weighed by kind, days, participants, place and distance.

use super::candidate::{Candidate, DateRole};
use super::event_mention::{Cluster, EventMention};
use super::sentence::Sentence;
use super::signals::{MergeSignal, MergeSignal as S, Weights};
use crate::event::Precision;
use crate::extract::lexicon::Class;
use crate::extract::time::Period;
use enumset::EnumSet;

/// Puts together what is said of one event. Exact days come first, so that nothing hangs on the order of the sentences.
pub(super) fn cluster(
    weights: &Weights<MergeSignal>,
    sentences: &[Sentence<'_, '_>],
    mut all: Vec<EventMention>,
) -> Vec<Cluster> {
    all.sort_by_key(|told| {
        let days = told.period.map(|days| (days.last - days.first).get_days());
        let days = if told.period.is_some_and(|days| days.precision == Precision::Day) {
            days.map(|days| -days)
        } else {
            days
        };
        (
            told.period.is_none(),
            told.period.map(|days| days.precision),
            days,
            told.participants.is_empty(),
            told.candidate.sentence,
        )
    });
    let mut groups: Vec<Cluster> = Vec::new();
    let (ends, all): (Vec<EventMention>, Vec<EventMention>) =
        all.into_iter().partition(|told| told.role == DateRole::End);
    for told in all.into_iter().chain(ends) {
        if told.role == DateRole::End
            && let Some(begun) = groups.iter_mut().find(|group| group.ends_with(&told))
        {
            let (first, last) = (begun.period.map(|days| days.first), told.period.map(|days| days.last));
            begun.period = first.zip(last).map(|(first, last)| Period::days(first, last));
            begun.mentions.push(told);
            continue;
        }
        let score = |group: &Cluster| {
            let best =
                group.mentions.iter().map(|known| weights.sum(signals(sentences, known, &told))).max_by(f32::total_cmp);
            best.unwrap_or(f32::MIN)
        };
        let best = groups.iter_mut().map(|group| (score(group), group)).max_by(|a, b| a.0.total_cmp(&b.0));
        match best.filter(|(score, _)| *score > 0.0) {
            Some((_, group)) => group.mentions.push(told),
            None => groups.push(Cluster { period: told.period, mentions: vec![told] }),
        }
    }
    groups
}

/// What speaks for and against two being of one event.
pub(super) fn signals(sentences: &[Sentence<'_, '_>], known: &EventMention, new: &EventMention) -> EnumSet<S> {
    let sentence = &sentences[new.candidate.sentence];
    let (a, b) = (&known.candidate, &new.candidate);
    let mut signals = EnumSet::empty();
    let mut set = |signal: S, holds: bool| {
        if holds {
            signals |= signal;
        }
    };
    if let (Some(x), Some(y)) = (&known.period, &new.period) {
        let same = (x.first, x.last) == (y.first, y.last);
        let within = |a: &Period, b: &Period| b.first <= a.first && a.last <= b.last;
        let exact = |days: &Period| days.precision == Precision::Day;
        let contained = !same && (within(x, y) || within(y, x));
        let coarse = [x, y].into_iter().max_by_key(|days| days.precision).filter(|days| contained && !exact(days));
        let holds = |precision| coarse.is_some_and(|days| days.precision == precision);
        let definite = [(x, known), (y, new)].iter().any(|(days, told)| exact(days) && told.definite);
        set(S::SameDays, same);
        set(S::DayWithin, contained && exact(x) && exact(y));
        set(S::WeekHolds, holds(Precision::Week));
        set(S::MonthHolds, holds(Precision::Month));
        set(S::ExactIsDefinite, coarse.is_some() && definite);
        set(S::DaysApart, x.last < y.first || y.last < x.first);
        set(S::BothCoarse, !exact(x) && !exact(y));
    }
    let parties = |told: &EventMention| told.participants.iter().map(|option| option.party).collect::<Vec<_>>();
    let (old, young) = (parties(known), parties(new));
    let shared = old.iter().filter(|party| young.contains(party)).count();
    set(S::NoneShared, shared == 0 && !old.is_empty() && !young.is_empty());
    set(S::BothHaveOthers, shared < old.len() && shared < young.len());
    set(S::OneNamesNobody, old.is_empty() || young.is_empty());
    if let (Some(x), Some(y)) = (&known.place, &new.place) {
        set(S::SamePlace, x.place == y.place);
        set(S::OtherCountry, sentence.country_of(x.place) != sentence.country_of(y.place));
    }
    let clause = |of: &Candidate| sentences[of.sentence].clauses().of(of.found.tokens.start);
    let another = |of: &Candidate| {
        let sentence = &sentences[of.sentence];
        of.found.is_noun() && sentence.back(of.found.tokens.start, 3).any(|at| sentence.is(at, Class::Another))
    };
    set(S::SameKind, a.found.kind == b.found.kind);
    set(S::OtherFamily, a.found.kind.family() != b.found.kind.family());
    set(S::SameSentence, a.sentence == b.sentence);
    set(S::SameClause, a.sentence == b.sentence && clause(a) == clause(b));
    set(S::Another, another(a) || another(b));
    signals
}
