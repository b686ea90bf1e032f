//! How a text is laid out: datelines, and agendas in which a day stands over what happens on it.

use crate::event::Precision;
use crate::extract::entities::{Entity, Named, PlaceId};
use crate::extract::text::{Document, Shape};
use crate::extract::time::{Timex, TimexType};
use jiff::civil::Date;
use std::ops::Range;

/// The longest dateline, in tokens.
const LONGEST_DATELINE: usize = 16;
/// The longest label at the head of a line, in tokens.
const LONGEST_LABEL: usize = 12;
/// The longest heading of a day, in tokens besides the date.
const LONGEST_HEADING: usize = 3;

/// The tokens of the dateline that a sentence begins with ("GENEVA, March 6 (Agency) –"); none where it has none. It ends
/// with a dash that stands apart, and before it everything is written with capitals, in brackets or in digits.
pub(super) fn dateline(doc: &Document<'_>, sentence: &Range<usize>) -> Range<usize> {
    let none = sentence.start..sentence.start;
    if sentence.is_empty() || !doc.tokens[sentence.start].new_line {
        return none;
    }
    // "* ULAN BATOR — …"
    let bullet = usize::from(matches!(doc.token_text(sentence.start), "*" | "•" | "-" | "–") && sentence.len() > 1);
    let first = &doc.tokens[sentence.start + bullet];
    let limit = sentence.end.min(sentence.start + LONGEST_DATELINE);
    if !first.is_capitalised() {
        return none;
    }
    let dash = |at: &usize| matches!(doc.token_text(*at), "—" | "–" | "-") && !doc.tokens[*at].glued;
    let Some(dash) = (sentence.start + 1 + bullet..limit).find(dash) else { return none };
    let is_head = |at: usize| {
        let token = &doc.tokens[at];
        token.shape != Shape::Lower || doc.token_text(at).len() <= 2
    };
    let bracketed = (sentence.start..dash).any(|at| doc.token_text(at) == "(");
    // "Bern, 1.3.2007 -"
    let dated = doc.token_text(sentence.start + bullet + 1) == ","
        && (sentence.start..dash).any(|at| doc.tokens[at].is_number());
    let written_so = first.shape == Shape::Upper || bracketed || dated;
    if !written_so || !(sentence.start..dash).all(is_head) {
        return none;
    }
    // Two hyphens make a dash, too.
    let end = dash + 1 + usize::from(dash + 1 < sentence.end && doc.token_text(dash + 1) == "-");
    sentence.start..end
}

/// The tokens of a label that names a place at the head of a line, up to its colon ("- Brussels: ministers meet", "Monday
/// 9 October - Nairobi: …"); none where it has none.
pub(super) fn label(
    doc: &Document<'_>,
    sentence: &Range<usize>,
    entities: &[Entity],
    timexes: &[Timex],
) -> Range<usize> {
    let none = sentence.start..sentence.start;
    if !doc.tokens[sentence.start].new_line {
        return none;
    }
    let limit = sentence.end.min(sentence.start + LONGEST_LABEL);
    let Some(colon) = (sentence.start..limit).find(|at| doc.token_text(*at) == ":") else { return none };
    let in_date = |at: usize| timexes.iter().any(|timex| timex.tokens.contains(&at));
    let in_place = |at: usize| entities.iter().any(|e| e.place.is_some() && e.tokens.contains(&at));
    let bare = |at: usize| !doc.tokens[at].is_word() && !doc.tokens[at].is_number();
    let place = (sentence.start..colon).any(in_place);
    if place && (sentence.start..colon).all(|at| in_place(at) || in_date(at) || bare(at)) {
        return sentence.start..colon + 1;
    }
    none
}

/// For each sentence, the day of the agenda that it is an item of, as a place in `timexes`: that of the last line that
/// holds nothing but a day after that of publication, which stands at the head of a letter.
pub(super) fn headings(doc: &Document<'_>, timexes: &[Timex], published: Date) -> Vec<Option<usize>> {
    let mut current: Option<usize> = None;
    // The day that a line begins with: "Monday 3 May: Japan and Chile hold talks. The ministers sign …"
    let mut of_line: Option<usize> = None;
    let mut headings = Vec::with_capacity(doc.sentences.len());
    for sentence in &doc.sentences {
        let next = timexes.partition_point(|timex| timex.tokens.start < sentence.tokens.start);
        let heads = timexes.get(next).is_some_and(|timex| {
            let is_day = timex.timex_type == TimexType::Date
                && timex.period.as_ref().is_some_and(|p| p.precision == Precision::Day && p.first > published);
            let others = sentence.tokens.len().saturating_sub(timex.tokens.len());
            let within = timex.tokens.end <= sentence.tokens.end;
            is_day && within && others <= LONGEST_HEADING && doc.tokens[sentence.tokens.start].new_line
        });
        let opens_line = doc.tokens[sentence.tokens.start].new_line;
        let labels = timexes.get(next).filter(|timex| {
            let is_day = timex.period.as_ref().is_some_and(|p| p.precision == Precision::Day && p.first > published);
            let end = timex.tokens.end;
            is_day
                && timex.tokens.start == sentence.tokens.start
                && end < sentence.tokens.end
                && doc.token_text(end) == ":"
        });
        if opens_line {
            of_line = labels.map(|_| next);
        }
        if heads {
            current = Some(next);
            headings.push(None);
        } else {
            // An item of an agenda is a line of its own.
            current = current.filter(|_| opens_line);
            headings.push(current.or(of_line.filter(|_| !opens_line)));
        }
    }
    headings
}

/// The town of the first dateline of a text.
pub(super) fn written_in(doc: &Document<'_>, named: &Named) -> Option<PlaceId> {
    let dateline = doc.sentences.iter().map(|s| dateline(doc, &s.tokens)).find(|tokens| !tokens.is_empty())?;
    named.entities.iter().find(|e| dateline.contains(&e.tokens.start) && e.place.is_some())?.place
}
