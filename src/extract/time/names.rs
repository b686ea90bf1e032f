//! Time words that are part of a name: of a work, a newspaper, a programme or a person.

use super::class::{Capture, Class};
use crate::extract::text::{Document, Shape};
use std::ops::Range;

/// The maximum number of tokens of a title.
const LONGEST_TITLE: usize = 9;

/// Whether `tokens` are part of a name: in a title in quotation marks, with unexpected capitals ("USA Today"), or the
/// name of a person ("Sunday Okafor").
pub(super) fn is_part_of_a_name(
    doc: &Document<'_>,
    sentence: &Range<usize>,
    tokens: &Range<usize>,
    captures: &[Capture],
) -> bool {
    is_in_a_title(doc, sentence, tokens)
        || has_a_capital_too_many(doc, sentence, tokens, captures)
        || is_a_first_name(doc, sentence, tokens, captures)
}

/// "60 Minutes", “Friday Night Lights”: in quotation marks, with all longer words capitalised.
fn is_in_a_title(doc: &Document<'_>, sentence: &Range<usize>, tokens: &Range<usize>) -> bool {
    let is_quote = |at: &usize| matches!(doc.token_text(*at), "\"" | "“" | "”" | "'" | "‘" | "’" | "`");
    let first = tokens.start.saturating_sub(LONGEST_TITLE).max(sentence.start);
    let Some(open) = (first..tokens.start).rev().find(is_quote) else { return false };
    let last = (tokens.end + LONGEST_TITLE).min(sentence.end);
    let Some(close) = (tokens.end..last).find(is_quote) else { return false };
    let title = open + 1..close;
    let written_as_title = title.clone().all(|at| {
        let token = &doc.tokens[at];
        token.shape != Shape::Lower || token.len() <= 3 || doc.token_text(at).starts_with('\'')
    });
    // A short quotation ends in a comma or a full stop: "Tomorrow," he said.
    let spoken = matches!(doc.token_text(close - 1), "," | "." | "?" | "!");
    title.len() <= LONGEST_TITLE && written_as_title && !spoken
}

/// Whether a word is capitalised that is normally lower-case: any but the names of months, weekdays and feasts.
fn has_a_capital_too_many(
    doc: &Document<'_>,
    sentence: &Range<usize>,
    tokens: &Range<usize>,
    captures: &[Capture],
) -> bool {
    let proper = [
        Class::Month,
        Class::SafeMonth,
        Class::Weekday,
        Class::Weekdays,
        Class::ShortDay,
        Class::Feast,
        Class::Ordinal,
        Class::Zone,
        Class::Era,
        Class::HalfDay,
        Class::Clock,
        Class::Capital,
    ];
    // "Spring 2022"
    let has_year = captures.iter().any(|capture| matches!(capture.class, Class::Year | Class::ModernYear));
    let is_proper =
        |at: usize| captures.iter().any(|capture| proper.contains(&capture.class) && capture.tokens.contains(&at));
    // "the 20th Century", but "Twentieth Century Fox"
    let of_century = |at: usize| {
        let own = |capture: &Capture| capture.class == Class::Century && capture.tokens.contains(&at);
        captures.iter().any(own) && doc.tokens[..sentence.end].get(at + 1).is_none_or(|next| !next.is_capitalised())
    };
    let opens = |at: usize| at == sentence.start || !doc.tokens[at - 1].is_word() && !doc.tokens[at - 1].is_number();
    let hyphened = |at: usize| at > sentence.start && matches!(doc.token_text(at - 1), "-" | "‑");
    !has_year
        && tokens.clone().any(|at| {
            let token = &doc.tokens[at];
            token.shape == Shape::Title
                && token.len() > 1
                && !is_proper(at)
                && !of_century(at)
                && (!opens(at) || hyphened(at))
        })
}

/// "Sunday Okafor denied": a weekday or a month at the beginning of a sentence, followed by a name and a verb.
fn is_a_first_name(doc: &Document<'_>, sentence: &Range<usize>, tokens: &Range<usize>, captures: &[Capture]) -> bool {
    let alone = matches!(captures, [Capture { class: Class::Weekday | Class::SafeMonth | Class::Month, .. }]);
    let next = |after: usize| doc.tokens[..sentence.end].get(tokens.end + after);
    alone
        && tokens.start == sentence.start
        && next(0).is_some_and(|token| token.shape == Shape::Title)
        && next(1).is_none_or(|token| token.shape == Shape::Lower || !token.is_word())
}
