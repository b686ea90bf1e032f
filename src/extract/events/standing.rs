//! How sure an event is: the words for that in its clause, and what they make of it and of its days.

use super::lexicon::{Cue, Part, Syntax};
use super::scene::{Found, Scene};
use crate::event::Status;
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
            let cue = cues.first().and_then(|cue| match cue {
                Cue::Shifted => Some(self.shifted_to(at).unwrap_or(Cue::Postponed)),
                Cue::Shifting => {
                    // "proposed to move"
                    let wished = |(of, cue): &(usize, Cue)| *cue == Cue::Tentative && *of + DENIAL_REACH >= at;
                    if found.last().is_some_and(wished) { None } else { self.shifted_to(at) }
                }
                cue => Some(*cue),
            });
            let changes = |cue: &Cue| matches!(cue, Cue::Forward | Cue::Extended | Cue::Moved | Cue::Restored);
            let cue = cue.filter(|cue| !changes(cue) || !self.is_only_possible(at));
            found.extend(cue.map(|cue| (at, cue)));
            at += length;
        }
        found
    }

    /// "moved from Khartoum to Jeddah": to another place, or to another day.
    fn shifted_to(&self, at: usize) -> Option<Cue> {
        let clause = self.clauses.of(at);
        let after = || self.clauses.tokens(clause).filter(|to| *to > at && self.word(*to) == "to");
        let place = |to: usize| self.entities.iter().any(|e| e.tokens.start == to + 1 && e.place.is_some());
        if after().next().is_some_and(place) {
            return Some(Cue::Moved);
        }
        after().any(|to| self.is_in_date(to + 1)).then_some(Cue::Postponed)
    }

    /// Whether the cue at a token tells of the event: "originally planned for Bangkok" holds no longer, "not on 24 August"
    /// and "not to care" deny something else, "May" may be a month.
    fn holds(&self, at: usize) -> bool {
        let former = self.before(at).is_some_and(|at| self.is(at, Syntax::Former));
        let prepositional =
            self.is(at + 1, Syntax::Setting) && !self.is(at + 1, Syntax::Until) || self.word(at + 1) == "to";
        let aside = self.before(at).is_some_and(|at| self.word(at) == ",");
        let contrast = self.is(at, Syntax::Contrast) && (prepositional || aside);
        // "a day later than first planned", "as planned"
        let compared = (at.saturating_sub(COMPARED_REACH).max(self.sentence.tokens.start)..at)
            .any(|before| self.word(before) == "than" && self.is_in_date(before.saturating_sub(1)))
            || self.before(at).is_some_and(|before| self.word(before) == "as") && !self.is(at + 1, Syntax::Modal);
        !self.is_in_date(at) && !former && !contrast && !compared
    }

    /// "meet to settle how much each may draw", "talks on what could be done": a modal behind the event's own verb, or in a
    /// question, is that of another verb.
    pub fn is_doubt_of_another(&self, at: usize, found: &Found) -> bool {
        let modal = self.is(at, Syntax::Hypothetical) || self.word(at) == "may";
        let asked = || {
            let mut between = (found.tokens.end..at).rev().take_while(|at| !self.is(*at, Syntax::Finite));
            between.any(|at| self.is(at, Syntax::Question))
        };
        modal && at >= found.tokens.end && (found.trigger.part == Part::Verb || asked())
    }
}

/// How far after "than" what was planned or said before may be told, in tokens.
const COMPARED_REACH: usize = 3;

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
    // "may be brought forward", but "planned for 10 May, has been brought forward"
    let mut moved = cues.iter().filter(|(_, cue)| matches!(cue, Cue::Forward | Cue::Extended));
    let wished =
        |at: usize| cues.iter().any(|(of, cue)| *cue == Cue::Tentative && *of < at && *of + DENIAL_REACH >= at);
    if let Some((at, _)) = moved.next() {
        return Some(if wished(*at) { Status::Tentative } else { Status::Confirmed });
    }
    let certainty = cues.iter().filter(|(_, cue)| matches!(cue, Cue::Tentative | Cue::Confirmed));
    match certainty.min_by_key(|(at, _)| at.abs_diff(trigger.start)) {
        Some((_, Cue::Tentative)) => Some(Status::Tentative),
        _ => Some(Status::Confirmed),
    }
}
