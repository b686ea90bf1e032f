//! The decision which candidates are events.

use super::candidate::Candidate;
use super::features;
use super::sentence::Sentence;

/// Sets the scores of a candidate by its signals, its trigger and its features.
pub(super) fn weigh(sentence: &Sentence<'_, '_>, candidate: &mut Candidate) {
    let pack = sentence.pack;
    candidate.score = pack.event.sum(candidate.signals) + candidate.found.weight;
    candidate.binding = pack.binding.sum(candidate.signals);
    let (event, binding) = (&pack.event_model, &pack.binding_model);
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

/// Returns the accepted candidates: for each date, the one with the highest binding, if its score is positive.
pub(super) fn decide(candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut best: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        match best.iter_mut().find(|known| known.date == candidate.date) {
            Some(known) if known.binding < candidate.binding => *known = candidate,
            Some(_) => {}
            None => best.push(candidate),
        }
    }
    best.retain(|candidate| candidate.score > 0.0 && !candidate.modality.denied);
    best
}
