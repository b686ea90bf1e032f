//! Who says so and when, set apart from what is said: "A spokesman said on Tuesday that …", "…, officials said on Monday."

use super::clause::{Clauses, Sort};
use super::sentence::Sentence;
use crate::extract::lexicon::Class;
use crate::extract::tense::Tense;

/// How far before "said" the comma may stand that ends what was said, in tokens.
const REPORT_REACH: usize = 13;
/// How far after "announced" what is announced may be named, in tokens.
const OBJECT_REACH: usize = 4;
/// How far after "said" its "that" may stand, in tokens.
const THAT_REACH: usize = 9;
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
        let begin = clauses.tokens(clause).next().unwrap_or(at);
        let ends_content = |at: &usize| [',', '"', '”'].iter().any(|mark| sentence.is_mark(*at, *mark));
        let comma = (sentence.back(at, REPORT_REACH).start.max(begin)..at).rev().find(ends_content);
        let tense = |comma: usize| sentence.article.tenses.around(&(begin..comma), &(comma..comma));
        let content_before = comma.filter(|comma| tense(*comma) != Tense::Unknown);
        // "…, her office said, confirming that": not what it said.
        let goes_on = |at: &usize| content_before.is_none() || !sentence.is_comma(*at);
        let mut after = sentence.ahead(at + 1, THAT_REACH).take_while(goes_on);
        let that = after.find(|at| sentence.is(*at, Class::That));
        let reporting = clauses.open(Sort::Reporting, None, None);
        if let (Some(comma), None) = (content_before, that) {
            let end = (at + 1..tokens.end).find(|at| clauses.of(*at) == clause && sentence.is_comma(*at));
            clauses.reassign(comma + 1..end.unwrap_or(tokens.end), clause, reporting);
            continue;
        }
        let dated = sentence.timexes().iter().find(|t| t.tokens.start > at && t.tokens.start <= at + DATE_REACH);
        // "Ghana said talks would open Tuesday": a date behind another verb is what is said.
        let own = dated.filter(|timex| that.is_some() || !sentence.has_verb(at + 1..timex.tokens.start));
        let end = that.or(own.map(|timex| timex.tokens.end - 1)).unwrap_or(at) + 1;
        clauses.reassign(begin..end, clause, reporting);
    }
}

/// Whether a reporting verb introduces reported speech. It does not where its object is the event ("announced talks with Chad").
fn is_report(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let object = sentence.ahead(at + 1, OBJECT_REACH);
    let mut object = object.take_while(|at| !sentence.in_date(*at) && !sentence.is_capitalised(*at));
    let names_event = |at: usize| sentence.matches.iter().any(|found| found.tokens.start == at);
    let announces = sentence.is(at, Class::Announcing) && object.any(names_event);
    sentence.is(at, Class::Report) && sentence.is_lower(at) && !announces
}
