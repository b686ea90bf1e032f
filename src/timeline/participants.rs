//! Comparisons and updates of an event's participants.

use crate::event::{Participant, PartyCode};

/// Returns the codes of the participants and of those that they represent, sorted and without
/// duplicates.
pub(super) fn codes(participants: &[Participant]) -> Vec<PartyCode<'_>> {
    let mut codes: Vec<PartyCode<'_>> =
        participants.iter().filter_map(|participant| PartyCode::of(participant, participants)).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// Returns whether two lists share a code and each has a code that the other lacks.
pub(super) fn disagree(a: &[Participant], b: &[Participant]) -> bool {
    let (a, b) = (codes(a), codes(b));
    let has_more = |a: &[PartyCode<'_>], b: &[PartyCode<'_>]| a.iter().any(|code| !b.contains(code));
    a.iter().any(|code| b.contains(code)) && has_more(&a, &b) && has_more(&b, &a)
}

/// Removes from `known` the participants, and their representatives, whose code is missing from
/// `stated`.
pub(super) fn retain_common(known: &mut Vec<Participant>, stated: &[Participant]) {
    let stated = codes(stated);
    let is_common = |participant| PartyCode::of(participant, known).is_none_or(|code| stated.contains(&code));
    let mut common = known.iter().map(is_common).collect::<Vec<_>>().into_iter();
    known.retain(|_| common.next().unwrap_or_default());
}

/// Appends the participants of `stated` that `known` lacks. They are the same if they share kind
/// and name.
pub(super) fn add_missing(known: &mut Vec<Participant>, stated: &[Participant]) {
    for participant in stated {
        if !known.iter().any(|known| known.kind == participant.kind && known.name == participant.name) {
            known.push(participant.clone());
        }
    }
}
