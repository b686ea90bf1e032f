//! Clauses: what one tells is not taken for another's ("talks on 7 March in Lugano, where they met in June").

use super::clause::{Clauses, Sort};
use super::coordination;
use super::reporting;
use super::sentence::Sentence;
use crate::extract::lexicon::Class;

/// Cuts a sentence at relative pronouns, conjunctions, semicolons and asides, and sets apart who says so.
pub(super) fn split(sentence: &Sentence<'_, '_>) -> Clauses {
    let tokens = sentence.tokens.clone();
    let mut clauses = Clauses::beginning_at(tokens.start, tokens.len());
    let mut current = clauses.open(Sort::Plain, None, None);
    let mut asides = coordination::asides(sentence).into_iter().peekable();
    // The aside that is being read: its clause, the one it interrupts, and its last token.
    let mut aside: Option<(usize, usize, usize)> = None;
    let mut opening = coordination::event_of_opening(sentence);
    // Of each clause, whether a verb of its own has been read.
    let mut verbs = vec![false];
    let mut opened_at = tokens.start;
    for at in tokens.clone() {
        let in_date = sentence.in_date(at);
        let before = current;
        let first = at == tokens.start;
        let opens = |class| sentence.is(at, class) && !in_date && !first;
        let finite = |clauses: &Clauses, of: usize| clauses.tokens(of).any(|token| sentence.has_verb(token..token + 1));
        // "said that …, and that …"
        let goes_on_reporting = sentence.is(at, Class::That) && sentence.follows(at, Class::Conjunction);
        if opens(Class::Relative) || !first && coordination::that_is_relative(sentence, at) {
            current = clauses.open(Sort::Plain, Some(at), Some(current));
        } else if sentence.is(at, Class::Conditional) && !in_date
            || first && sentence.is(at, Class::InvertedCondition) && sentence.is_capitalised(at)
        {
            current = clauses.open(Sort::Conditional, None, Some(current));
        } else if opens(Class::Subordinator) && !coordination::is_limit(sentence, at) {
            current = clauses.open(Sort::Plain, None, Some(current));
        } else if sentence.is_mark(at, ';') || goes_on_reporting {
            current = clauses.open(Sort::Plain, None, None);
        } else if !first
            && current == 0
            && opening.take_if(|_| sentence.is_comma(at)).is_some_and(|event| event < at)
            && coordination::joins_clause(sentence, at)
        {
            // "After talks with Japan on 17 May, China will …"
            current = clauses.open(Sort::Plain, None, None);
            clauses.clauses[0].subject = Some(current);
        } else if verbs[current]
            && clauses.clauses[current].sort == Sort::Plain
            && !in_date
            && coordination::joins_clause(sentence, at)
        {
            current = clauses.open(Sort::Plain, None, None);
        } else if let Some(found) = asides.next_if(|found| found.start <= at) {
            current = clauses.open(Sort::Plain, None, Some(current));
            aside = Some((current, before, found.end - 1));
        }
        if current != before {
            opened_at = at;
        }
        verbs.resize(clauses.clauses.len(), false);
        clauses.push(current);
        // What follows "says" or "that" is another clause, whatever it is joined with.
        let content = sentence.is(at, Class::That) || sentence.is(at, Class::Report) && !in_date;
        verbs[current] = !content && (verbs[current] || coordination::is_finite(sentence, at));
        if let Some((_, interrupted, _)) = aside.filter(|(_, _, last)| *last == at) {
            (current, aside) = (interrupted, None);
            opened_at = clauses.tokens(current).next().unwrap_or(at);
            continue;
        }
        if in_date || !sentence.is_comma(at) {
            continue;
        }
        // A comma may end several: "which have had none since May, will meet".
        while let Some(parent) = clauses.clauses[current].parent {
            if aside.is_some_and(|(clause, ..)| clause == current) {
                break;
            }
            let has_verb = sentence.has_verb(opened_at..at);
            let closes = if clauses.clauses[current].relative.is_some() {
                // What follows a relative clause goes on with the clause that it interrupts, if that lacks its verb.
                !finite(&clauses, parent) && (has_verb || sentence.has_verb(at + 1..tokens.end.min(at + 2)))
            } else if clauses.clauses[current].sort == Sort::Conditional {
                true
            } else {
                // A phrase without a verb ("after a silence,") is no clause.
                !(has_verb || sentence.is(at + 1, Class::Relative))
            };
            if !closes {
                break;
            }
            current = parent;
            opened_at = clauses.tokens(current).next().unwrap_or(at);
        }
    }
    reporting::mark(sentence, &mut clauses);
    clauses
}
