//! Who says so and when, set apart from what is said: "A spokesman said on Tuesday that …", "…, officials said on Monday."

use super::clause::{Clauses, Sort};
use super::sentence::Sentence;
use crate::extract::lexicon::Class;
use crate::extract::tense::Tense;
use enumset::enum_set;

/// How far before "said" the comma may stand that ends what was said, in tokens.
const REPORT_REACH: usize = 13;
/// How far after "announced" what is announced may be named, in tokens.
const OBJECT_REACH: usize = 5;
/// How far after "said" its own date may stand, in tokens.
const DATE_REACH: usize = 5;

/// Makes clauses of their own of the words that say who says so.
pub(super) fn mark(sentence: &Sentence<'_, '_>, clauses: &mut Clauses) {
    let tokens = sentence.tokens.clone();
    for at in tokens.clone() {
        let clause = clauses.of(at);
        if !is_report(sentence, at) || clauses.clauses[clause].sort != Sort::Plain {
            continue;
        }
        // "will meet in May and said that": what goes before is told.
        let joined = sentence.follows(at, Class::Conjunction);
        let begin = clauses.tokens(clause).next().filter(|_| !joined).unwrap_or(at);
        let ends_content = |at: &usize| [',', '"', '”'].iter().any(|mark| sentence.is_mark(*at, *mark));
        let comma = (sentence.back(at, REPORT_REACH).start.max(begin)..at).rev().find(ends_content);
        let content_before = comma
            .is_some_and(|comma| sentence.article.tenses.around(&(begin..comma), &(comma..comma)) != Tense::Unknown);
        let reporting = clauses.open(Sort::Reporting, None, None);
        // "…, her office said, confirming that": not what it said.
        let mut after = sentence.ahead(at + 1, 9).take_while(|at| !(content_before && sentence.is_comma(*at)));
        let that = after.find(|at| sentence.is(*at, Class::That));
        // "…, and diplomats say a meeting could be held": what is said comes after.
        let content_after = sentence.has_verb(at + 1..tokens.end)
            && sentence.is_any(at + 1, enum_set!(Class::Definite | Class::Indefinite));
        let inverted = comma.is_some_and(|comma| comma + 1 == at);
        if let (Some(comma), true, None) = (comma, content_before && (inverted || !content_after), that) {
            let end = (at + 1..tokens.end).find(|at| clauses.of(*at) == clause && sentence.is_comma(*at));
            clauses.reassign(comma + 1..end.unwrap_or(tokens.end), clause, reporting);
            continue;
        }
        let dated = sentence.timexes().iter().find(|t| t.tokens.start > at && t.tokens.start <= at + DATE_REACH);
        // "Ghana said talks would open Tuesday": a date behind another verb is what is said.
        let own = dated.filter(|timex| that.is_some() || !sentence.has_verb(at + 1..timex.tokens.start));
        let end = that.or(own.map(|timex| timex.tokens.end - 1)).unwrap_or(at) + 1;
        if joined {
            let content = clauses.open(Sort::Plain, None, None);
            clauses.reassign(end..tokens.end, clause, content);
        }
        clauses.reassign(begin..end, clause, reporting);
    }
}

/// Whether a word of reporting reports something here.
fn is_report(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    if !sentence.is(at, Class::Report) || !sentence.is_lower(at) {
        return false;
    }
    // "has until May to say whether" says nothing.
    let unsaid = sentence.is(at + 1, Class::Conditional) && sentence.follows(at, Class::To);
    // "which Iran says it needs"
    let aside = sentence.back(at, 3).any(|at| sentence.is_any(at, enum_set!(Class::That | Class::Relative)));
    // "the talks announced for May", "yet to be announced"
    let participle = sentence.is(at + 1, Class::For) || sentence.follows(at, Class::Passive);
    // "announced talks with Chad": what is announced is told.
    let object = sentence.ahead(at + 1, OBJECT_REACH - 1);
    let mut object = object.take_while(|at| !sentence.in_date(*at) && !sentence.is_capitalised(*at));
    let names_event = |at: usize| sentence.matches.iter().any(|found| found.tokens.start == at);
    let announces = sentence.is(at, Class::Announcing) && object.any(names_event);
    !(unsaid || aside || participle || announces)
}
