//! Finds the words of a text that determine a tense.

use super::cues::{Cue, Cues, Ending, Mark};
use super::tenses::{Tense, Tenses};
use crate::extract::text::{Document, Shape, Token};
use crate::extract::words::Words;
use std::ops::Range;

/// The last verb of a sentence so far.
#[derive(Debug, Default)]
struct Last {
    verb: Option<usize>,
    tense: Option<Tense>,
    /// Whether another clause may have begun since.
    goes_on: bool,
}

impl Last {
    fn read(&mut self, at: usize, told: Option<Tense>, goes_on: bool) {
        if told.is_some() {
            *self = Self { verb: Some(at), tense: told, goes_on: false };
        }
        self.goes_on |= goes_on;
    }
}

/// The recogniser of tenses.
#[derive(Debug)]
pub struct TenseWords(Cues);

impl TenseWords {
    /// Loads the list, and interns its words.
    pub fn new(words: &mut Words) -> Self {
        Self(Cues::new(words))
    }

    /// Returns the tenses of a text.
    pub fn read(&self, doc: &Document<'_>) -> Tenses {
        let length = doc.tokens.len();
        let mut tenses = Tenses {
            told: vec![None; length],
            infinitive: vec![false; length],
            before: vec![None; length],
            after: vec![None; length],
            clause: vec![0; length],
            determiners: vec![0; length],
            joints: vec![0; length],
            prospective: vec![false; length],
            relative: vec![false; length],
            anterior: vec![false; length],
        };
        let (mut clause, mut determiners, mut joints) = (0, 0, 0);
        for sentence in &doc.sentences {
            let Range { start, end } = sentence.tokens;
            let mut last = Last::default();
            clause += 1;
            for at in start..end {
                let cue = self.0.cue(doc, at);
                // "before 28 February" does not begin a clause.
                let next = doc.tokens[..end].get(at + 1);
                let dates = next.is_some_and(|next| next.is_number() || next.is_capitalised());
                clause += u32::from(cue == Some(Cue::Border) && !dates);
                determiners += u32::from(cue == Some(Cue::Determiner));
                tenses.clause[at] = clause;
                tenses.determiners[at] = determiners;
                tenses.before[at] = last.verb;
                tenses.told[at] = self.tense_at(doc, &sentence.tokens, at, &last);
                // "is to meet" is equivalent to "will meet".
                let modal = at > start && self.0.has(doc, at - 1, Mark::Is);
                tenses.infinitive[at] = cue == Some(Cue::To) && !modal;
                let links = self.0.has(doc, at, Mark::Joins) || cue == Some(Cue::Border);
                joints += u32::from(links);
                let open = at > start && tenses.relative[at - 1] && !links;
                tenses.relative[at] = open || self.0.has(doc, at, Mark::Relative);
                tenses.joints[at] = joints;
                tenses.prospective[at] = self.is_prospective(doc, &sentence.tokens, at, &last, tenses.told[at]);
                // "had", "had been", "had long been"
                tenses.anterior[at] =
                    (at.saturating_sub(2).max(start)..=at).any(|near| self.0.has(doc, near, Mark::Had));
                last.read(at, tenses.told[at], links);
            }
            let mut next = None;
            for at in (start..end).rev() {
                // "On 8 May a delegation, led by the minister, will travel"
                let finite = tenses.told[at].is_some() && !self.is_participle(doc, &sentence.tokens, at);
                next = if finite { Some(at) } else { next };
                tenses.after[at] = next;
            }
        }
        tenses
    }

    /// The tense of the token at `at`, given the last verb before it.
    fn tense_at(&self, doc: &Document<'_>, sentence: &Range<usize>, at: usize, last: &Last) -> Option<Tense> {
        let cue_at = |at: usize| sentence.contains(&at).then(|| self.0.cue(doc, at)).flatten();
        match cue_at(at) {
            // "may have met"
            Some(Cue::Could | Cue::Future)
                if cue_at(at + 1) == Some(Cue::Have) && !self.0.has(doc, at, Mark::Certain) =>
            {
                Some(Tense::Past)
            }
            // "as planned", "than expected"
            Some(Cue::Future) if self.is_compared(doc, sentence, at) => None,
            // "had been due to expire on Friday"
            Some(Cue::Future) if self.was_before(doc, sentence, at) => Some(Tense::Unfulfilled),
            Some(Cue::Future) => Some(Tense::Future),
            _ if self.is_unfulfilled(doc, sentence, at) => (cue_at(at) == Some(Cue::To)).then_some(Tense::Unfulfilled),
            // "the visit", "will meet"
            Some(Cue::Present) => {
                let before = at.checked_sub(1).and_then(cue_at);
                let bound =
                    [Cue::Determiner, Cue::Preposition, Cue::Future, Cue::Could, Cue::To, Cue::Not, Cue::Past, Cue::Be];
                (!before.is_some_and(|cue| bound.contains(&cue))).then_some(Tense::Present)
            }
            Some(Cue::Could) => {
                let denied = (at.saturating_sub(8)..at + 2).any(|near| cue_at(near) == Some(Cue::Not));
                Some(if denied { Tense::Past } else { Tense::Future })
            }
            Some(Cue::Set) => {
                // "set for Friday", "set Friday as the deadline"
                let next = |at: usize| doc.tokens[..sentence.end].get(at);
                let day = next(at + 1).is_some_and(Token::is_number) && next(at + 2).is_some_and(Token::is_capitalised);
                let dated = day || next(at + 1).is_some_and(Token::is_capitalised);
                let ahead = dated || cue_at(at + 1) == Some(Cue::To) || self.is_for(doc, sentence, at + 1);
                if ahead { Some(Tense::Future) } else { self.past(doc, sentence, at) }
            }
            // "proposed holding talks"
            Some(Cue::Agreed) if at + 1 < sentence.end && self.0.ends(doc, at + 1, Ending::Gerund) => {
                Some(Tense::Future)
            }
            Some(Cue::Arranged) if self.is_dated_ahead(doc, sentence, at) => Some(Tense::Future),
            _ if self.is_in_doubt(doc, sentence, at) => Some(Tense::Future),
            // "will have its first meeting"
            Some(Cue::Have) if self.is_infinitive_have(doc, sentence, at) => None,
            // "has a call on Friday"
            Some(Cue::Have) if cue_at(at + 1) == Some(Cue::Determiner) && !self.0.has(doc, at, Mark::Had) => {
                Some(Tense::Present)
            }
            // "have until May"
            Some(Cue::Have) if at + 1 < sentence.end && self.0.has(doc, at + 1, Mark::Until) => Some(Tense::Future),
            Some(Cue::Have) if cue_at(at + 1) != Some(Cue::To) => self.past(doc, sentence, at),
            Some(Cue::To) => {
                let infinitive = self.is_infinitive(doc, sentence, at);
                let prospect = (at.saturating_sub(REACH)..at)
                    // The "Pact" in "the Warsaw Pact countries" is not a cue.
                    .any(|near| {
                        let name = near > sentence.start && doc.tokens[near].is_capitalised();
                        !name && matches!(cue_at(near), Some(Cue::Agreed | Cue::Prospect))
                    });
                let before = at.checked_sub(1).filter(|before| *before >= sentence.start);
                let must = before.is_some_and(|before| cue_at(before) == Some(Cue::Have));
                // "whether to leave", "called for talks to resume"
                let open = before.is_some_and(|before| self.0.has(doc, before, Mark::Question));
                let called_for =
                    last.verb.is_some_and(|verb| at - verb <= FOR_REACH && self.is_for(doc, sentence, verb + 1));
                let prospect = prospect || must || open || called_for || cue_at(at + 1) == Some(Cue::Be);
                let hangs_on = if prospect { Some(Tense::Future) } else { last.tense };
                let was = before.is_some_and(|before| self.0.has(doc, before, Mark::Was));
                let hangs_on = if was && !prospect { Some(Tense::Unfulfilled) } else { hangs_on };
                // What happens now leads to an event in the future.
                let tense = hangs_on.map(|tense| if tense == Tense::Present { Tense::Future } else { tense });
                tense.filter(|_| infinitive)
            }
            Some(Cue::Past | Cue::Agreed | Cue::Arranged | Cue::Off) => self.past(doc, sentence, at),
            None if self.0.ends(doc, at, Ending::Past) && !self.is_attribute(doc, sentence, at, last) => {
                self.past(doc, sentence, at)
            }
            _ => None,
        }
    }

    /// Whether the token belongs to a verb of postponement or cancellation of a future event: "has been called off".
    fn is_in_doubt(&self, doc: &Document<'_>, sentence: &Range<usize>, at: usize) -> bool {
        let is = |at: usize, mark| sentence.contains(&at) && self.0.has(doc, at, mark);
        let off = |at: usize| {
            sentence.contains(&at) && self.0.cue(doc, at) == Some(Cue::Off)
                || is(at, Mark::Phrasal) && is(at + 1, Mark::Particle)
        };
        let has = |at: usize| is(if is(at, Mark::Negates) { at.saturating_sub(1) } else { at }, Mark::Has);
        let been = |at: usize| is(at, Mark::Been);
        // "has not been put off"
        let denied = has(at) && is(at + 1, Mark::Negates) && been(at + 2) && off(at + 3);
        let first = sentence.start;
        denied
            || has(at) && (off(at + 1) || been(at + 1) && off(at + 2))
            || been(at) && off(at + 1) && at > first && has(at - 1)
            || off(at) && (at > first && has(at - 1) || at > first + 1 && been(at - 1) && has(at - 2))
    }

    /// Past, unless the form is a participle after "be", or an adjective after a determiner, a number or a hyphen.
    fn past(&self, doc: &Document<'_>, sentence: &Range<usize>, at: usize) -> Option<Tense> {
        let before = at.checked_sub(1).filter(|i| *i >= sentence.start)?;
        let token = &doc.tokens[before];
        match self.0.cue(doc, before) {
            // The "put" of "will put" is an infinitive that looks like a past form.
            Some(Cue::Be | Cue::Determiner | Cue::Preposition | Cue::Future | Cue::Could | Cue::To) => None,
            Some(Cue::Present) if self.0.has(doc, before, Mark::Is) => None,
            _ if doc.tokens[at].glued && token.shape == Shape::Punctuation => None,
            _ => Some(Tense::Past),
        }
    }

    /// Whether a past form is a participle, not a finite verb: "by" and an agent follow, and no auxiliary precedes.
    fn is_participle(&self, doc: &Document<'_>, sentence: &Range<usize>, at: usize) -> bool {
        let next = |at: usize| doc.tokens[..sentence.end].get(at);
        let agent = next(at + 2)
            .is_some_and(|token| token.is_capitalised() || self.0.cue(doc, at + 2) == Some(Cue::Determiner));
        let before = at.checked_sub(1).filter(|before| sentence.contains(before));
        let auxiliary = before.is_some_and(|at| matches!(self.0.cue(doc, at), Some(Cue::Past | Cue::Have | Cue::Be)));
        agent && !auxiliary && self.0.has(doc, at + 1, Mark::By)
    }

    /// Whether a past form is an attribute, not a finite verb: after a number, or in a clause that already has a verb
    /// in another tense ("will redeem preferred shares").
    fn is_attribute(&self, doc: &Document<'_>, sentence: &Range<usize>, at: usize, last: &Last) -> bool {
        let has_verb = last.tense.is_some_and(|tense| tense != Tense::Past) && !last.goes_on;
        let next = doc.tokens[..sentence.end].get(at + 1);
        let noun_follows = next.is_some_and(|next| next.shape == Shape::Lower)
            && self.0.cue(doc, at + 1).is_none_or(|cue| cue == Cue::Prospect);
        // "12 revised clauses", but "an order of Oct. 7 stripped him"
        let before = |back: usize| at.checked_sub(back).filter(|at| sentence.contains(at)).map(|at| &doc.tokens[at]);
        let of_date = before(2).is_some_and(|token| token.is_capitalised() || token.shape == Shape::Punctuation);
        before(1).is_some_and(Token::is_number) && !of_date || has_verb && noun_follows
    }

    fn is_infinitive(&self, doc: &Document<'_>, sentence: &Range<usize>, at: usize) -> bool {
        let next = at + 1;
        next < sentence.end
            && doc.tokens[next].shape == Shape::Lower
            && self.0.cue(doc, next).is_none_or(|cue| matches!(cue, Cue::Be | Cue::Set | Cue::Prospect | Cue::Present))
    }

    /// Whether a participle is a comparison with a plan: "as planned", "later than expected".
    fn is_compared(&self, doc: &Document<'_>, sentence: &Range<usize>, at: usize) -> bool {
        at > sentence.start && self.0.has(doc, at - 1, Mark::Compares) && self.0.ends(doc, at, Ending::Past)
    }

    fn is_infinitive_have(&self, doc: &Document<'_>, sentence: &Range<usize>, at: usize) -> bool {
        let before = at.checked_sub(1).filter(|before| sentence.contains(before));
        before.is_some_and(|at| matches!(self.0.cue(doc, at), Some(Cue::Future | Cue::Could | Cue::To)))
    }

    /// Whether "had been" precedes a participle.
    fn was_before(&self, doc: &Document<'_>, sentence: &Range<usize>, at: usize) -> bool {
        let is = |back: usize, mark| {
            at.checked_sub(back).is_some_and(|at| at >= sentence.start && self.0.has(doc, at, mark))
        };
        is(1, Mark::Been) && is(2, Mark::Had)
    }

    fn is_for(&self, doc: &Document<'_>, sentence: &Range<usize>, at: usize) -> bool {
        sentence.contains(&at) && self.0.has(doc, at, Mark::For)
    }

    /// Whether a verb of arrangement has a date: "arranged for Saturday", "pencilled in for 3 May".
    fn is_dated_ahead(&self, doc: &Document<'_>, sentence: &Range<usize>, at: usize) -> bool {
        let dated = |token: &Token| token.is_number() || token.is_capitalised();
        let next = |at: usize| doc.tokens[..sentence.end].get(at).is_some_and(dated);
        let mut near = at + 1..at + 1 + LINK_REACH;
        // "fixed 9 July", "announced last week for 9 July"
        next(at + 1) && doc.tokens[at + 1].is_number()
            || near.any(|link| self.is_for(doc, sentence, link) && next(link + 1))
    }

    /// Whether a token belongs to "to have met" after "was", from "to" to the participle.
    fn is_unfulfilled(&self, doc: &Document<'_>, sentence: &Range<usize>, at: usize) -> bool {
        let is = |at: Option<usize>, mark| at.is_some_and(|at| sentence.contains(&at) && self.0.has(doc, at, mark));
        // The position of "to" if the token is "to", "have", "been" or the participle.
        let perfect = |to: Option<usize>| {
            to.is_some_and(|to| {
                sentence.contains(&to)
                    && self.0.cue(doc, to) == Some(Cue::To)
                    && is(Some(to + 1), Mark::Has)
                    && is(to.checked_sub(1), Mark::Was)
            })
        };
        let participle = at.checked_sub(2);
        let passive = at.checked_sub(3).filter(|_| is(at.checked_sub(1), Mark::Been));
        perfect(Some(at)) || perfect(at.checked_sub(1)) || perfect(participle) || perfect(passive)
    }

    /// Whether a token is future in the past: "was planned", "hoped to hold out".
    fn is_prospective(
        &self,
        doc: &Document<'_>,
        sentence: &Range<usize>,
        at: usize,
        last: &Last,
        told: Option<Tense>,
    ) -> bool {
        let was =
            |at: usize| sentence.contains(&at) && (self.0.has(doc, at, Mark::Was) || self.0.has(doc, at, Mark::Been));
        told == Some(Tense::Future)
            && match self.0.cue(doc, at) {
                Some(Cue::To) => last.tense == Some(Tense::Past),
                Some(Cue::Future) => (at.saturating_sub(2)..at).any(was),
                _ => false,
            }
    }
}

/// How far before an infinitive the word it depends on can stand, in tokens.
const REACH: usize = 4;

/// How far after "called for" an infinitive can stand, in tokens.
const FOR_REACH: usize = 6;

/// How far after "arranged" the preposition of its date can stand, in tokens.
const LINK_REACH: usize = 3;
