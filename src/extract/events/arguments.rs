//! The arguments of triggers: a destination, a body as subject, or a word of a class.

use super::sentence::Sentence;
use super::triggers::Argument;
use crate::extract::entities::{Entity, How};
use crate::extract::lexicon::Class;
use std::ops::Range;

/// How far after a trigger its place or its object may be, in tokens.
const OBJECT_REACH: usize = 8;
/// How far before a verb its subject may be, in tokens.
const SUBJECT_REACH: usize = 12;

/// Whether the trigger at `tokens` has an argument.
pub(super) fn has(sentence: &Sentence<'_, '_>, tokens: &Range<usize>, argument: Argument) -> bool {
    match argument {
        Argument::Place => goal(sentence, tokens).is_some(),
        Argument::Body => subject(sentence, tokens).is_some_and(|name| sentence.is_body(name)),
        Argument::Word(class) => {
            let found = |at: usize| sentence.is(at, class) || class == Class::Officials && sentence.office_at(at);
            let subject = sentence.back(tokens.start, SUBJECT_REACH);
            // Officials before the verb are its subject, not its object.
            let subject = subject.filter(|at| class != Class::Officials && sentence.in_same_clause(*at, tokens.start));
            subject.chain(sentence.ahead(tokens.end, OBJECT_REACH)).any(found)
        }
    }
}

/// Returns the nearest name before the verb in its clause.
fn subject<'a>(sentence: &Sentence<'a, '_>, verb: &Range<usize>) -> Option<&'a Entity> {
    let before = |e: &&Entity| e.tokens.end <= verb.start && sentence.in_same_clause(e.tokens.start, verb.start);
    sentence.entities.iter().rfind(before)
}

/// Returns the destination of a word of travel: the place named soon after it in its clause.
pub(super) fn goal<'a>(sentence: &Sentence<'a, '_>, tokens: &Range<usize>) -> Option<&'a Entity> {
    let reach = sentence.ahead(tokens.end, OBJECT_REACH);
    sentence.entities.iter().find(|e| {
        // An adjective is not a destination, as in "a visit to the Swiss capital".
        let place = (e.place.is_some() || e.unlisted) && e.how != How::Demonym && e.person.is_none();
        place && reach.contains(&e.tokens.start) && sentence.in_same_clause(e.tokens.start, tokens.start)
    })
}
