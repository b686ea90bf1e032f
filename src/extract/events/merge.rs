//! Which mentions are of one event: every pair is weighed by kind, days, participants, place and distance.

use super::candidate::{Candidate, DateRole};
use super::event_mention::{Cluster, EventMention};
use super::sentence::Sentence;
use super::signals::{MergeSignal, MergeSignal as S, Weights};
use crate::event::{Kind, Precision};
use crate::extract::entities::PartyId;
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
    for group in &mut groups {
        group.mentions.sort_by_key(|told| told.candidate.sentence);
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
        let overlap = x.first <= y.last && y.first <= x.last;
        set(S::SameDays, same);
        set(S::DayWithin, contained && exact(x) && exact(y));
        set(S::CoarseHolds, contained && !(exact(x) && exact(y)));
        let coarse = [x, y].into_iter().max_by_key(|days| days.precision).filter(|days| contained && !exact(days));
        let of = |precision| coarse.is_some_and(|days| days.precision == precision);
        set(S::WeekHolds, of(Precision::Week));
        set(S::MonthHolds, of(Precision::Month));
        set(S::YearHolds, of(Precision::Year));
        set(S::CoarseHoldsSame, coarse.is_some() && a.found.kind == b.found.kind);
        let definite = [(x, known), (y, new)].iter().any(|(days, told)| exact(days) && told.definite);
        set(S::ExactIsDefinite, coarse.is_some() && definite);
        set(S::DaysOverlap, overlap && !same && !contained);
        set(S::DaysApart, !overlap);
        set(S::BothCoarse, !exact(x) && !exact(y));
    }
    let (kind, other) = (a.found.kind, b.found.kind);
    let visit_and_meeting = |a: Kind, b: Kind| a == Kind::Visit && (b.family() == Kind::Meeting.family());
    set(S::SameKind, kind == other);
    set(S::SameFamily, kind != other && kind.family() == other.family());
    set(S::VisitAndMeeting, visit_and_meeting(kind, other) || visit_and_meeting(other, kind));
    set(S::OtherFamily, kind.family() != other.family());
    set(S::SameWord, a.found.name == b.found.name);
    let parties = |told: &EventMention| told.participants.iter().map(|option| option.party).collect::<Vec<_>>();
    let (old, young) = (parties(known), parties(new));
    let shared = old.iter().filter(|party| young.contains(party)).count();
    set(S::AllShared, shared > 0 && (shared == old.len() || shared == young.len()));
    set(S::Equal, shared > 0 && shared == old.len() && shared == young.len());
    set(S::SomeShared, shared > 0 && shared < old.len() && shared < young.len());
    set(S::NoneShared, shared == 0 && !old.is_empty() && !young.is_empty());
    set(S::BothHaveOthers, shared < old.len() && shared < young.len());
    set(S::OneNamesNobody, old.is_empty() || young.is_empty());
    if let (Some(x), Some(y)) = (&known.place, &new.place) {
        let countries = (sentence.country_of(x.place), sentence.country_of(y.place));
        let towns = !sentence.is_country(x.place) && !sentence.is_country(y.place);
        set(S::SamePlace, x.place == y.place);
        set(S::SameCountry, x.place != y.place && countries.0 == countries.1 && !towns);
        set(S::OtherTown, x.place != y.place && countries.0 == countries.1 && towns);
        set(S::OtherCountry, countries.0 != countries.1);
        let alone = |shared: &[PartyId]| shared.iter().all(|party| Some(*party) == countries.0);
        let common: Vec<PartyId> = old.iter().copied().filter(|party| young.contains(party)).collect();
        set(S::SameCountryAlone, !common.is_empty() && alone(&common));
    }
    set(S::SameDate, a.date.is_some() && a.date == b.date);
    set(S::SameSentence, a.sentence == b.sentence);
    set(S::NextSentence, a.sentence.abs_diff(b.sentence) == 1);
    let clause = |of: &Candidate| sentences[of.sentence].clauses().of(of.found.tokens.start);
    set(S::SameClause, a.sentence == b.sentence && clause(a) == clause(b));
    let later = if a.sentence <= b.sentence { new } else { known };
    set(S::Definite, later.definite);
    let another = |of: &Candidate| {
        let sentence = &sentences[of.sentence];
        of.found.is_noun() && sentence.back(of.found.tokens.start, 3).any(|at| sentence.is(at, Class::Another))
    };
    set(S::Another, another(a) || another(b));
    set(S::BothOfBody, known.body.is_some() && known.body == new.body);
    set(S::OtherBody, known.body.is_some() && new.body.is_some() && known.body != new.body);
    set(S::Tour, (known.stops > 1) != (new.stops > 1));
    signals
}
