//! Who says so and when, set apart from what is said.

use super::Text;
use super::clauses::{Clauses, Sort};
use super::lexicon::{Lexicon, Syntax};
use crate::extract::tense::Tense;
use crate::extract::text::{Shape, overlaps_any};
use crate::extract::time::Timex;
use std::ops::Range;

/// How far before "said" the comma may stand that ends what was said, in tokens.
const REPORT_REACH: usize = 13;

/// How far after "announced" what is announced may be named, in tokens.
const OBJECT_REACH: usize = 5;

/// Sets apart who says so and when: "A spokesman said on Tuesday that …", "…, officials said on Monday."
pub(super) fn mark_reporting(
    text: &Text<'_, '_>,
    tokens: &Range<usize>,
    lexicon: &Lexicon,
    timexes: &[Timex],
    clauses: &mut Clauses,
) {
    let doc = text.doc;
    for at in tokens.clone() {
        let clause = clauses.of(at);
        // "has until May to say whether" says nothing.
        let unsaid =
            doc.tokens[..tokens.end].get(at + 1).is_some_and(|next| lexicon.is(next.word, Syntax::Conditional));
        let infinitive = unsaid && at > tokens.start && doc.token_text(at - 1) == "to";
        let says =
            doc.tokens[at].shape == Shape::Lower && lexicon.is(doc.tokens[at].word, Syntax::Report) && !infinitive;
        if !says || clauses.clauses[clause].sort != Sort::Plain {
            continue;
        }
        // "which Iran says it needs"
        let aside = (at.saturating_sub(3).max(tokens.start)..at)
            .any(|i| doc.tokens[i].word == lexicon.that || lexicon.is(doc.tokens[i].word, Syntax::Relative));
        // "the talks announced for May", "yet to be announced"
        let next = if at + 1 < tokens.end { doc.token_text(at + 1) } else { "" };
        let participle = next == "for" || at > tokens.start && lexicon.is(doc.tokens[at - 1].word, Syntax::Passive);
        // "announced talks with Chad": what is announced is told.
        let limit = tokens.end.min(at + OBJECT_REACH);
        let names_event = |from: usize| lexicon.triggers.longest(doc.words_from(from, limit)).is_some();
        let dated = |at: usize| overlaps_any(timexes, |timex| &timex.tokens, &(at..at + 1));
        let object = (at + 1..limit).take_while(|at| !dated(*at) && !doc.tokens[*at].is_capitalised());
        let announces = lexicon.is(doc.tokens[at].word, Syntax::Announcing) && object.into_iter().any(names_event);
        if aside || participle || announces {
            continue;
        }
        // "will meet in May and said that": what goes before is told.
        let joined = at > tokens.start && matches!(doc.token_text(at - 1), "and" | "but");
        let begin = clauses.tokens(clause).next().filter(|_| !joined).unwrap_or(at);
        let ends_content = |i: &usize| matches!(doc.token_text(*i), "," | "\"" | "”");
        let comma = (at.saturating_sub(REPORT_REACH).max(begin)..at).rev().find(ends_content);
        let content_before = comma.is_some_and(|comma| {
            let content = begin..comma;
            text.tenses.around(&content, &(comma..comma)) != Tense::Unknown
        });
        let reporting = clauses.open(Sort::Reporting, None, None);
        // "…, her office said, confirming that": not what it said.
        let mut after =
            (at + 1..tokens.end.min(at + 10)).take_while(|i| !(content_before && doc.tokens[*i].word == lexicon.comma));
        let that = after.find(|i| doc.tokens[*i].word == lexicon.that);
        // "…, and diplomats say a meeting could be held": what is said comes after.
        let next = doc.tokens[..tokens.end].get(at + 1).map(|token| token.word);
        let content_after = text.tenses.tell(at + 1..tokens.end)
            && next.is_some_and(|word| lexicon.is(word, Syntax::Definite) || lexicon.is(word, Syntax::Indefinite));
        let inverted = comma.is_some_and(|comma| comma + 1 == at);
        if let (Some(comma), true, None) = (comma, content_before && (inverted || !content_after), that) {
            let end = (at + 1..tokens.end).find(|i| clauses.of(*i) == clause && doc.tokens[*i].word == lexicon.comma);
            clauses.set(comma + 1..end.unwrap_or(tokens.end), clause, reporting);
            continue;
        }
        let dated = timexes.iter().find(|t| t.tokens.start > at && t.tokens.start <= at + 5).map(|t| t.tokens.end - 1);
        let end = that.or(dated).unwrap_or(at) + 1;
        if joined {
            let content = clauses.open(Sort::Plain, None, None);
            clauses.set(end..tokens.end, clause, content);
        }
        clauses.set(begin..end, clause, reporting);
    }
}
