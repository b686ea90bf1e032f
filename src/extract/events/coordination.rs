//! What joins the clauses of a sentence: commas, conjunctions, "that", brackets and dashes.

use super::sentence::Sentence;
use crate::extract::lexicon::Class;
use enumset::{EnumSet, enum_set};
use std::ops::Range;

/// What a comma or a conjunction joins to a clause that has its verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joined {
    /// Another clause with a subject of its own: "…, and its minister will go to Rome".
    Clause,
    /// Another verb of the same subject: "… and will go to Rome".
    Verb,
}

/// How far before "that" who says so may stand, in tokens.
const REPORT_REACH: usize = 8;
/// How far before "until" the word may stand that binds someone, in tokens.
const LIMIT_REACH: usize = 4;
/// The longest subject of a joined clause, in tokens.
const SUBJECT_REACH: usize = 12;
/// The longest one that no article begins.
const BARE_SUBJECT_REACH: usize = 6;

/// What ends the subject of a joined clause before its verb.
const BREAKS: EnumSet<Class> =
    enum_set!(Class::Relative | Class::Subordinator | Class::Conditional | Class::To | Class::That);

/// The noun of an event in the phrase that a preposition opens the sentence with, which a comma ends.
pub(super) fn event_of_opening(sentence: &Sentence<'_, '_>) -> Option<usize> {
    let first = sentence.article.layout.dateline(sentence.number).end;
    let opening = enum_set!(Class::SettingPreposition | Class::Subordinator | Class::Opening);
    let mut phrase = (first..sentence.tokens.end).take_while(|at| !sentence.is_comma(*at) && !is_finite(sentence, *at));
    // "Having visited Oslo, …"
    let having = sentence.is(first, Class::Having);
    if sentence.is_any(first, opening) { phrase.find(|at| having || sentence.event_noun_at(*at)) } else { None }
}

/// Whether a token is a finite verb beyond doubt.
pub(super) fn is_finite(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let verb = || sentence.article.tenses.is_present(at) && !sentence.event_noun_at(at);
    sentence.tokens.contains(&at) && !sentence.in_date(at) && (sentence.is(at, Class::Finite) || verb())
}

/// "the talks that": a relative clause, not the content of what is said.
pub(super) fn that_is_relative(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let noun = |at: usize| sentence.event_noun_at(at) || sentence.is(at, Class::Text);
    sentence.is(at, Class::That)
        && !sentence.back(at, REPORT_REACH).any(|at| sentence.is(at, Class::Report))
        && sentence.before(at).is_some_and(noun)
}

/// "has given Iran until 15 August", "were put off until 15 August": no clause follows.
pub(super) fn is_limit(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let binding = enum_set!(Class::Obliging | Class::Postponed | Class::Extended);
    sentence.back(at, LIMIT_REACH).any(|at| sentence.is_any(at, binding)) && date_at(sentence, at + 1).is_some()
}

/// A finite verb that is no part of the one before it: "is to have", "will have been".
pub(super) fn is_another_verb(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let joint = enum_set!(Class::Modal | Class::Conjunction | Class::Disjunction);
    let goes_on = |at: usize| is_finite(sentence, at) || sentence.is_any(at, joint);
    sentence.is(at, Class::Finite) && is_finite(sentence, at) && !sentence.before(at).is_some_and(goes_on)
}

fn date_at(sentence: &Sentence<'_, '_>, at: usize) -> Option<usize> {
    let timexes = sentence.timexes();
    timexes.binary_search_by_key(&at, |timex| timex.tokens.start).ok().map(|found| timexes[found].tokens.end)
}

/// What the comma or the conjunction at a token joins.
pub(super) fn joined_at(sentence: &Sentence<'_, '_>, at: usize) -> Option<Joined> {
    let joins = |at: usize| sentence.is(at, Class::Conjunction);
    let comma = sentence.is_comma(at);
    if !(joins(at) || comma) {
        return None;
    }
    let mut first = at + 1 + usize::from(!joins(at) && joins(at + 1));
    if joins(first - 1) && sentence.is(first, Class::Finite) {
        return Some(Joined::Verb);
    }
    // "and on 16 April a referendum will be held"
    let preposition = usize::from(sentence.is(first, Class::SettingPreposition));
    first = date_at(sentence, first + preposition).unwrap_or(first);
    let opening = enum_set!(Class::Definite | Class::Indefinite | Class::Pronoun | Class::Subject);
    let begins_phrase = sentence.is_capitalised(first) || sentence.is_any(first, opening);
    // ", and diplomats say": a comma and a conjunction join what begins in any way.
    let both = comma && joins(at + 1) || joins(at) && sentence.before(at).is_some_and(|at| sentence.is_comma(at));
    if !begins_phrase && !both {
        return None;
    }
    let reach = if begins_phrase { SUBJECT_REACH } else { BARE_SUBJECT_REACH };
    let says = |at: usize| both && sentence.is(at, Class::Report);
    let breaks = |at: usize| sentence.is_comma(at) || sentence.is_mark(at, ';') || sentence.is_any(at, BREAKS);
    let ends = |at: &usize| breaks(*at) || is_finite(sentence, *at) || sentence.is(*at, Class::Report);
    let end = sentence.ahead(first + 1, reach.saturating_sub(1)).find(ends)?;
    ((is_finite(sentence, end) || says(end)) && !breaks(end)).then_some(Joined::Clause)
}

/// What a sentence puts in brackets or between two dashes that stand apart.
pub(super) fn asides(sentence: &Sentence<'_, '_>) -> Vec<Range<usize>> {
    let text = sentence.article.text;
    // Two hyphens make a dash, too.
    let dash = |at: usize| {
        let apart = sentence.is(at, Class::Dash) && !text.tokens[at].glued;
        (apart || sentence.is_mark(at, '—')).then(|| at + 1 + usize::from(sentence.is_mark(at + 1, '-')))
    };
    let last_bracket = sentence.tokens.clone().rev().find(|at| sentence.is_mark(*at, ')'));
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = sentence.article.layout.dateline(sentence.number).end;
    while at < sentence.tokens.end {
        let end = match dash(at) {
            Some(end) => (end..sentence.tokens.end).find_map(dash),
            None if sentence.is_mark(at, '(') && Some(at) < last_bracket => {
                (at..sentence.tokens.end).find(|end| sentence.is_mark(*end, ')')).map(|end| end + 1)
            }
            None => None,
        };
        // "the big three -- Britain, France and Germany -- will meet": a phrase without a verb belongs to the clause, but
        // for the members of a body that is named.
        let members = sentence.name_ending(at).is_some_and(|e| e.party.is_some());
        found.extend(end.map(|end| at..end).filter(|aside| members || sentence.has_verb(aside.clone())));
        // Of those within another, only the outer one counts.
        at = end.unwrap_or(at + 1);
    }
    found
}
