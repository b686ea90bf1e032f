//! How sure an event is: the words for that in its clause, and what they make of it and of its days.

use super::lexicon::{Cue, Syntax};
use super::scene::Scene;
use super::sightings::Sighting;
use crate::event::Status;
use crate::extract::time::Period;
use std::ops::Range;

impl Scene<'_, '_> {
    /// The cues of the sentence and where they stand; of those that overlap, the first.
    pub fn cues(&self) -> Vec<(usize, Cue)> {
        let mut found: Vec<(usize, Cue)> = Vec::new();
        let mut at = self.sentence.tokens.start;
        while at < self.sentence.tokens.end {
            let words = self.text.doc.words_from(at, self.sentence.tokens.end);
            let cue = self.reader.lexicon.cues.longest(words);
            let (length, cues) = cue.filter(|_| self.holds(at)).unwrap_or((1, &[]));
            let cue = cues.first().map(|cue| if self.moves_to_a_place(at, *cue) { Cue::Moved } else { *cue });
            found.extend(cue.map(|cue| (at, cue)));
            at += length;
        }
        found
    }

    /// "moved from Khartoum to Jeddah": to another place, not to another day.
    fn moves_to_a_place(&self, at: usize, cue: Cue) -> bool {
        let clause = self.clauses.of(at);
        let to = self.clauses.tokens(clause).find(|to| *to > at && self.word(*to) == "to");
        let place = |to: usize| self.entities.iter().any(|e| e.tokens.start == to + 1 && e.place.is_some());
        cue == Cue::Postponed && self.word(at) == "moved" && to.is_some_and(place)
    }

    /// Whether the cue at a token tells of the event: "originally planned for Bangkok" holds no longer, "not on 24 August"
    /// and "not to care" deny something else, "May" may be a month.
    fn holds(&self, at: usize) -> bool {
        let former = self.before(at).is_some_and(|at| self.is(at, Syntax::Former));
        let prepositional =
            self.is(at + 1, Syntax::Setting) && !self.is(at + 1, Syntax::Until) || self.word(at + 1) == "to";
        let aside = self.before(at).is_some_and(|at| self.word(at) == ",");
        let contrast = self.is(at, Syntax::Contrast) && (prepositional || aside);
        !self.is_in_date(at) && !former && !contrast
    }
}

/// Of the days of an event that has been put off, keeps the last: the others are void.
pub(super) fn keep_the_new_day(found: &mut Vec<Sighting>) {
    let put_off = found.iter().filter(|s| s.status == Status::Postponed);
    let new = put_off.max_by_key(|s| s.period.map(|period| period.first));
    let Some((trigger, timex)) = new.map(|s| (s.found.tokens.clone(), s.timex)) else { return };
    let is_old = |s: &Sighting| s.found.tokens == trigger && s.status == Status::Postponed && s.timex != timex;
    let void: Vec<Period> = found.iter().filter(|s| is_old(s)).filter_map(|s| s.period).collect();
    found.retain(|s| !is_old(s));
    for new in found.iter_mut().filter(|s| s.timex == timex && !void.is_empty()) {
        new.before = Some(void.clone());
    }
}

/// How far before an event what only recalls it may stand, in tokens: "the anniversary of the meeting".
const RECALL_REACH: usize = 4;

/// How far before a word that puts something off its denial may stand, in tokens.
const DENIAL_REACH: usize = 3;

/// The standing that the cues of a clause give to the event at `trigger`; none where they deny it.
pub(super) fn status_of(cues: &[(usize, Cue)], trigger: &Range<usize>, presupposed: bool) -> Option<Status> {
    let has = |wanted: &[Cue]| cues.iter().any(|(_, cue)| wanted.contains(cue));
    let recalls = |at: usize| at < trigger.start && trigger.start - at <= RECALL_REACH;
    let recalled = cues.iter().any(|(at, cue)| *cue == Cue::Commemorating && recalls(*at));
    if recalled || has(&[Cue::Other]) || has(&[Cue::Conditional]) && !presupposed {
        return None;
    }
    // What is back on has been in doubt, so it speaks last.
    if has(&[Cue::Restored]) {
        return Some(Status::Confirmed);
    }
    // "has not been put off"
    let denied =
        |off: usize| cues.iter().any(|(at, cue)| *cue == Cue::Negative && *at < off && *at + DENIAL_REACH >= off);
    let off = cues.iter().filter(|(_, cue)| matches!(cue, Cue::Cancelled | Cue::Postponed));
    let mut off = off.map(|(at, cue)| (*cue, denied(*at)));
    if let Some((_, true)) = off.clone().next() {
        return Some(Status::Confirmed);
    }
    if off.clone().any(|(cue, _)| cue == Cue::Cancelled) {
        return Some(Status::Cancelled);
    }
    if off.next().is_some() {
        return Some(Status::Postponed);
    }
    if has(&[Cue::Negative]) && !presupposed {
        return None;
    }
    if has(&[Cue::Hedged]) {
        return Some(Status::Tentative);
    }
    let certainty = cues.iter().filter(|(_, cue)| matches!(cue, Cue::Tentative | Cue::Confirmed));
    match certainty.min_by_key(|(at, _)| at.abs_diff(trigger.start)) {
        Some((_, Cue::Tentative)) => Some(Status::Tentative),
        _ => Some(Status::Confirmed),
    }
}
