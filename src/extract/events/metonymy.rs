//! Names of bodies that stand for their meetings, as in "attend the G20" or "APEC 2030 will be held in Lima".

use super::sentence::Sentence;
use super::triggers::Found;
use crate::event::Kind;
use crate::extract::entities::{Entity, How};
use crate::extract::lexicon::Class;
use enumset::enum_set;

/// How far after a name its verb ("will be held") may be, in tokens.
const VERB_REACH: usize = 5;

/// Returns the meetings for which names of the sentence stand: summits for bodies, other meetings for their organs.
pub(super) fn meetings(sentence: &Sentence<'_, '_>) -> Vec<Found> {
    let of_body = |name: &&Entity| sentence.is_body(name) && name.person.is_none();
    let is_meeting = |name: &&Entity| is_attended(sentence, name) || is_held(sentence, name);
    let found = |name: &Entity| {
        let kind = if name.how == How::Body { Kind::Meeting } else { Kind::Summit };
        sentence.pack.triggers.noun_of(kind, name.tokens.clone())
    };
    sentence.entities.iter().filter(of_body).filter(is_meeting).filter_map(found).collect()
}

/// Whether a name alone is the object of a verb of attending, as in "will attend the G20" or "takes part in APEC".
fn is_attended(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let before = sentence.before_phrase(name.tokens.start);
    let verb = before.filter(|at| !sentence.is(*at, Class::In)).or_else(|| sentence.before(before?));
    verb.is_some_and(|at| sentence.is(at, Class::Participating)) && ends_phrase(sentence, name.tokens.end)
}

/// Whether a name is the subject of a verb of taking place without an object, as in "the G20 takes place in" or "CHOGM
/// 2030 will be held on". Only auxiliaries and a number may be between.
fn is_held(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let passes = |at: usize| {
        let auxiliary = enum_set!(Class::Modal | Class::Be | Class::Finite | Class::Now);
        sentence.is_any(at, auxiliary) || sentence.in_date(at) || sentence.article.tenses.is_present(at)
    };
    let mut after = sentence.ahead(name.tokens.end, VERB_REACH);
    let verb = after.find(|at| sentence.is(*at, Class::Holding) || !passes(*at));
    // "NATO convenes" is an event by its verb.
    let trigger = |at: usize| sentence.matches.iter().any(|found| found.tokens.contains(&at));
    verb.is_some_and(|at| sentence.is(at, Class::Holding) && !trigger(at) && ends_phrase(sentence, at + 1))
}

/// Whether a phrase ends before a token: at a preposition, a date or a mark.
fn ends_phrase(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let prepositions = enum_set!(Class::PlacePreposition | Class::SettingPreposition | Class::In | Class::From);
    !sentence.is_word(at) || sentence.is_any(at, prepositions) || sentence.in_date(at) || sentence.in_date(at + 1)
}
