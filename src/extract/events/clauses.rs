//! Splits a sentence into clauses, so that the dates and places of one are not assigned to the event of another ("talks
//! on 7 March in Lugano, where they met in June"), and reporting clauses are separate ("…, officials said on Monday").

use super::clause::{Clause, Clauses, Sort};
use super::sentence::Sentence;
use crate::extract::lexicon::Class;
use std::ops::Range;

/// How far before "said" the comma that ends the reported content may be, in tokens.
const REPORT_REACH: usize = 13;
/// How far after "said" its "that" may be, in tokens.
const THAT_REACH: usize = 9;
/// How far after "said" the date of the statement may be, in tokens.
const DATE_REACH: usize = 5;

/// Splits a sentence at relative pronouns, subordinators, semicolons and parentheses, and separates reporting clauses.
pub(super) fn split(sentence: &Sentence<'_, '_>) -> Clauses {
    let tokens = sentence.tokens.clone();
    let mut clauses = Clauses::beginning_at(tokens.start, tokens.len());
    let mut current = clauses.open(Sort::Plain, None, None);
    let mut parentheses = parentheses(sentence).into_iter().peekable();
    // The clause that a parenthesis interrupts, and the end of the parenthesis.
    let mut interrupted: Option<(usize, usize)> = None;
    for at in tokens {
        if let Some((sort, relative)) = opening(sentence, at) {
            current = clauses.open(sort, relative.then_some(at), Some(current));
        } else if let Some(range) = parentheses.next_if(|range| range.start <= at) {
            interrupted = Some((current, range.end));
            current = clauses.open(Sort::Plain, None, Some(current));
        } else if sentence.is_mark(at, ';') {
            current = clauses.open(Sort::Plain, None, None);
        }
        clauses.push(current);
        if let Some((clause, _)) = interrupted.take_if(|(_, end)| *end == at + 1) {
            current = clause;
        }
        // A comma may end several clauses, but none that continues after a relative one.
        while let Some(parent) = clauses.all[current].parent
            && sentence.is_comma(at)
            && !sentence.in_date(at)
            && ends_at_comma(sentence, &clauses, current, at)
        {
            let relative = clauses.all[current].relative.is_some();
            current = parent;
            if relative {
                break;
            }
        }
    }
    separate_reports(sentence, &mut clauses);
    clauses
}

/// Returns the sort of the clause that a token opens within another, and whether it is a relative clause.
fn opening(sentence: &Sentence<'_, '_>, at: usize) -> Option<(Sort, bool)> {
    let first = at == sentence.tokens.start;
    if sentence.in_date(at) {
        return None;
    }
    // "that" after a noun is a relative pronoun, as in "the talks that will", and does not introduce reported content.
    let that = sentence.is(at, Class::That) && sentence.before(at).is_some_and(|noun| sentence.event_noun_at(noun));
    let inverted = first && sentence.is(at, Class::InvertedCondition) && sentence.is_capitalised(at);
    if sentence.is(at, Class::Conditional) || inverted {
        Some((Sort::Conditional, false))
    } else if !first && (sentence.is(at, Class::Relative) || that) {
        Some((Sort::Plain, true))
    } else if !first && sentence.is(at, Class::Subordinator) {
        Some((Sort::Plain, false))
    } else {
        None
    }
}

/// Whether the comma at a token ends a clause. It does if the clause is a relative one that has its verb, or is
/// followed by a verb; if the clause precedes its main clause ("On 5 May, if all goes well, they will meet"); and if it
/// has no verb ("after a silence,"), as it is then only a phrase.
fn ends_at_comma(sentence: &Sentence<'_, '_>, clauses: &Clauses, clause: usize, comma: usize) -> bool {
    let has_verb = |clause: usize| clauses.tokens(clause).any(|at| sentence.has_verb(at..at + 1));
    let Clause { relative, parent, .. } = clauses.all[clause];
    if relative.is_some() {
        return has_verb(clause) || sentence.is(comma + 1, Class::Finite);
    }
    if has_verb(clause) {
        return parent.is_some_and(|main| !has_verb(main)) && sentence.has_verb(comma + 1..sentence.tokens.end);
    }
    // The verb may follow a relative clause, as in "while the OSCE, to which both belong, will meet".
    !sentence.ahead(comma + 1, 2).any(|at| sentence.is(at, Class::Relative))
}

/// Returns the parentheses of a sentence that have a verb: text in brackets or between dashes with spaces. "the big
/// three – Britain, France and Germany – will meet" is one clause.
fn parentheses(sentence: &Sentence<'_, '_>) -> Vec<Range<usize>> {
    let dash = |at: usize| {
        let apart = sentence.is(at, Class::Dash) && !sentence.article.text.tokens[at].glued;
        apart || sentence.is_mark(at, '—')
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = sentence.line().dateline.end;
    while at < sentence.tokens.end {
        let mut after = at + 1..sentence.tokens.end;
        let last = match at {
            _ if dash(at) => after.find(|end| dash(*end)),
            _ if sentence.is_mark(at, '(') => after.find(|end| sentence.is_mark(*end, ')')),
            _ => None,
        };
        let end = last.map(|last| last + 1);
        found.extend(end.map(|end| at..end).filter(|range| sentence.has_verb(range.clone())));
        at = end.unwrap_or(at + 1);
    }
    found
}

/// Makes separate clauses of the words that state the source and the date of a report, as in "…, a spokesman said on
/// Tuesday" or "A spokesman said on Tuesday that …".
fn separate_reports(sentence: &Sentence<'_, '_>, clauses: &mut Clauses) {
    for at in sentence.tokens.clone() {
        let clause = clauses.of(at);
        if !sentence.is(at, Class::Report) || clauses.all[clause].sort != Sort::Plain {
            continue;
        }
        let begin = clauses.tokens(clause).next().unwrap_or(at);
        let comma = sentence.back(at, REPORT_REACH).rfind(|comma| *comma >= begin && sentence.is_comma(*comma));
        let that = sentence.ahead(at + 1, THAT_REACH).find(|at| sentence.is(*at, Class::That));
        let reporting = clauses.open(Sort::Reporting, None, None);
        if let Some(comma) = comma.filter(|comma| that.is_none() && sentence.has_verb(begin..*comma)) {
            let mut rest = at..sentence.tokens.end;
            let end = rest.find(|at| clauses.of(*at) == clause && sentence.is_comma(*at));
            clauses.reassign(comma + 1..end.unwrap_or(sentence.tokens.end), clause, reporting);
            continue;
        }
        let near = sentence.ahead(at + 1, DATE_REACH);
        let dated = sentence.timexes().iter().find(|timex| near.contains(&timex.tokens.start));
        // A date after another verb is part of the reported content, as in "Ghana said talks would open Tuesday".
        let own = dated.filter(|timex| !sentence.has_verb(at + 1..timex.tokens.start));
        let end = that.or(own.map(|timex| timex.tokens.end - 1)).unwrap_or(at) + 1;
        clauses.reassign(begin..end, clause, reporting);
    }
}
