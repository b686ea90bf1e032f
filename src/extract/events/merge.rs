//! Merges mentions of one event: every pair is weighed by kind, days, participants, place and distance.

use super::candidate::Candidate;
use super::event_mention::{Cluster, EventMention};
use super::sentence::Sentence;
use super::signals::{MergeSignal as S, holding};
use crate::event::Precision;
use crate::extract::lexicon::Class;
use crate::extract::time::Period;
use enumset::EnumSet;

/// Groups mentions by event. Mentions with exact days come first, so that the result does not depend on the order of
/// the sentences.
pub(super) fn cluster(sentences: &[Sentence<'_, '_>], mut all: Vec<EventMention>) -> Vec<Cluster> {
    all.sort_by_key(|mention| {
        let days = mention.period.map(|days| {
            let length = (days.last - days.first).get_days();
            (days.precision, if days.precision == Precision::Day { -length } else { length })
        });
        (days.is_none(), days, mention.participants.is_empty(), mention.candidate.sentence)
    });
    let mut groups: Vec<Cluster> = Vec::new();
    for mention in all {
        let weights = &sentences[mention.candidate.sentence].pack.merge;
        let score = |group: &Cluster| {
            let scores = group.mentions.iter().map(|known| weights.sum(signals(sentences, known, &mention)));
            scores.fold(f32::MIN, f32::max)
        };
        let best = groups.iter_mut().map(|group| (score(group), group)).max_by(|a, b| a.0.total_cmp(&b.0));
        match best.filter(|(score, _)| *score > 0.0) {
            Some((_, group)) => group.mentions.push(mention),
            None => groups.push(Cluster { period: mention.period, mentions: vec![mention] }),
        }
    }
    groups
}

/// Returns the signals for and against two mentions' being one event.
pub(super) fn signals(sentences: &[Sentence<'_, '_>], known: &EventMention, new: &EventMention) -> EnumSet<S> {
    let sentence = &sentences[new.candidate.sentence];
    let (a, b) = (&known.candidate, &new.candidate);
    let (known_parties, new_parties) = (known.parties(), new.parties());
    let shared = known_parties.iter().filter(|party| new_parties.contains(party)).count();
    let clause = |candidate: &Candidate| sentences[candidate.sentence].clauses.of(candidate.found.tokens.start);
    let another = |candidate: &Candidate| {
        let sentence = &sentences[candidate.sentence];
        candidate.found.is_noun()
            && sentence.back(candidate.found.tokens.start, 3).any(|at| sentence.is(at, Class::Another))
    };
    // Different clock times and different entries of an agenda indicate different events.
    let clock = |candidate: &Candidate| {
        let own = candidate.date.map(|date| &sentence.article.dates[date]).and_then(|timex| timex.clock);
        own.or_else(|| sentences[candidate.sentence].timexes().iter().find_map(|timex| timex.clock))
            .map(|clock| clock.minutes)
    };
    let entry = |candidate: &Candidate| sentence.article.layout.entry(candidate.sentence);
    let mut signals = holding([
        (S::OtherEntry, entry(a).zip(entry(b)).is_some_and(|(a, b)| a != b)),
        (S::OtherTime, clock(a).zip(clock(b)).is_some_and(|(a, b)| a != b)),
        (S::NoneShared, shared == 0 && !known_parties.is_empty() && !new_parties.is_empty()),
        (S::BothHaveOthers, shared < known_parties.len() && shared < new_parties.len()),
        (S::SameKind, a.found.kind == b.found.kind),
        (S::OtherFamily, a.found.kind.family() != b.found.kind.family()),
        (S::SameSentence, a.sentence == b.sentence),
        (S::SameClause, a.sentence == b.sentence && clause(a) == clause(b)),
        (S::Another, another(a) || another(b)),
    ]);
    if let (Some(x), Some(y)) = (&known.place, &new.place) {
        signals |= holding([
            (S::SamePlace, x.place == y.place),
            (S::OtherCountry, sentence.country_of(x.place) != sentence.country_of(y.place)),
        ]);
    }
    if let (Some(x), Some(y)) = (&known.period, &new.period) {
        signals |= of_days((known, x), (new, y));
    }
    signals
}

/// Returns the signals of the days of two mentions.
fn of_days((known, x): (&EventMention, &Period), (new, y): (&EventMention, &Period)) -> EnumSet<S> {
    let same = (x.first, x.last) == (y.first, y.last);
    let within = |a: &Period, b: &Period| b.first <= a.first && a.last <= b.last;
    let exact = |days: &Period| days.precision == Precision::Day;
    let contained = !same && (within(x, y) || within(y, x));
    let coarse = [x, y].into_iter().max_by_key(|days| days.precision).filter(|days| contained && !exact(days));
    let holds = |precision| coarse.is_some_and(|days| days.precision == precision);
    let definite = [(x, known), (y, new)].iter().any(|(days, mention)| exact(days) && mention.definite);
    holding([
        (S::SameDays, same),
        (S::WeekHolds, holds(Precision::Week)),
        (S::MonthHolds, holds(Precision::Month)),
        (S::ExactIsDefinite, coarse.is_some() && definite),
        (S::DaysApart, x.last < y.first || y.last < x.first),
        (S::BothCoarse, !exact(x) && !exact(y)),
    ])
}
