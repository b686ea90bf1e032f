//! The decision: which dates make events, and of which triggers.

use super::candidate::Candidate;
use super::features;
use super::sentence::Sentence;

/// Weighs a candidate by its signals, its trigger and its features.
pub(super) fn weigh(sentence: &Sentence<'_, '_>, candidate: &mut Candidate) {
    let language = sentence.language;
    candidate.score = language.event.sum(candidate.signals) + candidate.found.weight;
    candidate.binding = language.binding.sum(candidate.signals);
    let (event, binding) = (&language.models.event, &language.models.binding);
    if event.is_empty() && binding.is_empty() {
        return;
    }
    let (mut of_event, mut of_binding) = (0.0, 0.0);
    features::of_candidate(sentence, candidate, &mut |feature| {
        of_event += event.weight(feature.hash);
        of_binding += binding.weight(feature.hash);
    });
    candidate.score += of_event;
    candidate.binding += of_binding;
}

/// Of each date's candidates, the one whose trigger it belongs to, if that weighs enough, and those that are further events
/// of the same date: "an arrival ceremony, talks and a signing on Monday".
pub(super) fn decide(sentence: &Sentence<'_, '_>, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut accepted: Vec<(usize, bool, usize, f32)> = Vec::new();
    for (at, candidate) in candidates.iter().enumerate().filter(|(_, candidate)| !candidate.modality.denied) {
        let Some(owner) = owner(&candidates, candidate.date) else { continue };
        let owns = owner == at;
        let score = if owns { candidate.score } else { further(sentence, &candidates, owner, candidate) };
        if score > 0.0 {
            let first = candidates.iter().position(|other| other.date == candidate.date).unwrap_or_default();
            accepted.push((first, !owns, at, score));
        }
    }
    accepted.sort_by_key(|(first, further, at, _)| (*first, *further, *at));
    let mut candidates: Vec<Option<Candidate>> = candidates.into_iter().map(Some).collect();
    let taken = accepted.into_iter().filter_map(|(.., at, score)| Some(Candidate { score, ..candidates[at].take()? }));
    taken.collect()
}

/// The candidate to which a date belongs, as its place among all of the sentence.
pub(super) fn owner(candidates: &[Candidate], date: Option<usize>) -> Option<usize> {
    let of_date = candidates.iter().enumerate().filter(|(_, candidate)| candidate.date == date);
    of_date.reduce(|best, next| if best.1.binding < next.1.binding { next } else { best }).map(|(at, _)| at)
}

/// Above zero, a candidate is a further event of a date that belongs to another.
pub(super) fn further(
    sentence: &Sentence<'_, '_>,
    candidates: &[Candidate],
    owner: usize,
    candidate: &Candidate,
) -> f32 {
    let language = sentence.language;
    let mut score = language.further.sum(candidate.signals);
    let model = &language.models.further;
    if !model.is_empty() {
        features::of_further(sentence, candidates, owner, candidate, &mut |feature| {
            score += model.weight(feature.hash);
        });
    }
    score
}
