//! Clauses: what one tells is not taken for another's ("talks on 7 March in Lugano, where they met in June").

use super::clause::{Clauses, Sort};
use super::reporting;
use super::sentence::Sentence;
use crate::extract::lexicon::Class;
use std::ops::Range;

/// How far before "that" who says so may stand, in tokens.
const REPORT_REACH: usize = 8;

/// Cuts a sentence at relative pronouns, subordinators, semicolons and asides, and sets apart who says so.
pub(super) fn split(sentence: &Sentence<'_, '_>) -> Clauses {
    let tokens = sentence.tokens.clone();
    let mut clauses = Clauses::beginning_at(tokens.start, tokens.len());
    let mut current = clauses.open(Sort::Plain, None, None);
    let mut asides = asides(sentence).into_iter().peekable();
    // The aside that is being read: its clause, the one it interrupts, and its last token.
    let mut aside: Option<(usize, usize, usize)> = None;
    let mut opened_at = tokens.start;
    for at in tokens.clone() {
        let (in_date, first) = (sentence.in_date(at), at == tokens.start);
        let before = current;
        let opens = |class| sentence.is(at, class) && !in_date && !first;
        if opens(Class::Relative) || !first && is_relative_that(sentence, at) {
            current = clauses.open(Sort::Plain, Some(at), Some(current));
        } else if sentence.is(at, Class::Conditional) && !in_date
            || first && sentence.is(at, Class::InvertedCondition) && sentence.is_capitalised(at)
        {
            current = clauses.open(Sort::Conditional, None, Some(current));
        } else if opens(Class::Subordinator) {
            current = clauses.open(Sort::Plain, None, Some(current));
        } else if sentence.is_mark(at, ';') {
            current = clauses.open(Sort::Plain, None, None);
        } else if let Some(found) = asides.next_if(|found| found.start <= at) {
            current = clauses.open(Sort::Plain, None, Some(current));
            aside = Some((current, before, found.end - 1));
        }
        if current != before {
            opened_at = at;
        }
        clauses.push(current);
        if let Some((_, interrupted, _)) = aside.filter(|(_, _, last)| *last == at) {
            (current, aside) = (interrupted, None);
            opened_at = clauses.tokens(current).next().unwrap_or(at);
        } else if !in_date && sentence.is_comma(at) {
            // A comma may end several clauses, but none that goes on after a relative one.
            while let Some(parent) = clauses.clauses[current].parent
                && aside.is_none_or(|(clause, ..)| clause != current)
                && ends_at_comma(sentence, &clauses, current, opened_at..at)
            {
                let relative = clauses.clauses[current].relative.is_some();
                current = parent;
                opened_at = clauses.tokens(current).next().unwrap_or(at);
                if relative {
                    break;
                }
            }
        }
    }
    reporting::mark(sentence, &mut clauses);
    clauses
}

/// Whether the comma after `tokens`, which have been read of a clause, ends it.
fn ends_at_comma(sentence: &Sentence<'_, '_>, clauses: &Clauses, clause: usize, tokens: Range<usize>) -> bool {
    let comma = tokens.end;
    let has_verb = sentence.has_verb(tokens);
    let own = &clauses.clauses[clause];
    if own.sort == Sort::Conditional {
        return true;
    }
    let Some(parent) = own.parent.filter(|_| own.relative.is_some()) else {
        // A phrase without a verb ("after a silence,") is no clause; "while the OSCE, to which both belong," is.
        return !(has_verb || sentence.ahead(comma + 1, 2).any(|at| sentence.is(at, Class::Relative)));
    };
    // What follows a relative clause goes on with the clause that it interrupts, if that lacks its verb.
    let mut interrupted = clauses.tokens(parent);
    let goes_on = has_verb || sentence.is(comma + 1, Class::Finite);
    goes_on && !interrupted.any(|at| sentence.has_verb(at..at + 1))
}

/// "the talks that": a relative clause, not the content of what is said.
fn is_relative_that(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let noun = |at: usize| sentence.event_noun_at(at) || sentence.is(at, Class::Text);
    sentence.is(at, Class::That)
        && !sentence.back(at, REPORT_REACH).any(|at| sentence.is(at, Class::Report))
        && sentence.before(at).is_some_and(noun)
}

/// What a sentence puts in brackets or between two dashes that stand apart.
fn asides(sentence: &Sentence<'_, '_>) -> Vec<Range<usize>> {
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
