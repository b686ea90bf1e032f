//! The decision: which dates make events, and of which triggers.

use super::candidate::Candidate;

/// Of each date's candidates, the one whose trigger it belongs to, if that weighs enough.
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
