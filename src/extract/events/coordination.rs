//! What joins the clauses of a sentence: commas, conjunctions, "that", brackets and dashes.

use super::sentence::Sentence;
use crate::extract::lexicon::Class;
use enumset::{EnumSet, enum_set};
use std::ops::Range;

/// How far before "that" who says so may stand, in tokens.
const REPORT_REACH: usize = 8;
/// How far before "until" the word may stand that binds someone, in tokens.
const LIMIT_REACH: usize = 4;
/// The longest subject of a joined clause, in tokens.
const SUBJECT_REACH: usize = 12;

/// What ends the subject of a joined clause before its verb.
const BREAKS: EnumSet<Class> =
    enum_set!(Class::Relative | Class::Subordinator | Class::Conditional | Class::To | Class::That);

/// The noun of an event in the phrase that a preposition opens the sentence with, which a comma ends.
pub(super) fn event_of_opening(sentence: &Sentence<'_, '_>) -> Option<usize> {
    let first = sentence.article.layout.dateline(sentence.number).end;
    let opening = enum_set!(Class::SettingPreposition | Class::Subordinator | Class::Opening);
    let mut phrase = (first..sentence.tokens.end).take_while(|at| !sentence.is_comma(*at) && !is_finite(sentence, *at));
    if sentence.is_any(first, opening) { phrase.find(|at| sentence.event_noun_at(*at)) } else { None }
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
    sentence.back(at, LIMIT_REACH).any(|at| sentence.is_any(at, binding))
        && sentence.timexes().iter().any(|timex| timex.tokens.start == at + 1)
}

/// Whether the comma or the conjunction at a token joins another clause with a subject of its own: "…, and its minister will
/// go to Rome".
pub(super) fn joins_clause(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let joins = |at: usize| sentence.is(at, Class::Conjunction);
    let first = at + 1 + usize::from(!joins(at) && joins(at + 1));
    let opening = enum_set!(Class::Definite | Class::Indefinite | Class::Pronoun | Class::Subject);
    if !(joins(at) || sentence.is_comma(at)) || !(sentence.is_capitalised(first) || sentence.is_any(first, opening)) {
        return false;
    }
    let breaks = |at: usize| sentence.is_comma(at) || sentence.is_mark(at, ';') || sentence.is_any(at, BREAKS);
    let mut subject = sentence.ahead(first + 1, SUBJECT_REACH - 1);
    let end = subject.find(|at| breaks(*at) || is_finite(sentence, *at) || sentence.is(*at, Class::Report));
    end.is_some_and(|end| is_finite(sentence, end) && !breaks(end))
}

/// What a sentence puts between two dashes that stand apart.
pub(super) fn asides(sentence: &Sentence<'_, '_>) -> Vec<Range<usize>> {
    let text = sentence.article.text;
    // Two hyphens make a dash, too.
    let dash = |at: usize| {
        let apart = sentence.is(at, Class::Dash) && !text.tokens[at].glued;
        (apart || sentence.is_mark(at, '—')).then(|| at + 1 + usize::from(sentence.is_mark(at + 1, '-')))
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = sentence.article.layout.dateline(sentence.number).end;
    while at < sentence.tokens.end {
        let end = dash(at).and_then(|end| (end..sentence.tokens.end).find_map(dash));
        // "the big three -- Britain, France and Germany -- will meet": a phrase without a verb belongs to the clause, but
        // for the members of a body that is named.
        let members = sentence.name_ending(at).is_some_and(|e| e.party.is_some());
        found.extend(end.map(|end| at..end).filter(|aside| members || sentence.has_verb(aside.clone())));
        at = end.unwrap_or(at + 1);
    }
    found
}
