//! The extent of a proper name: the capitalised words before and after a noun that belong to it.

use super::sentence::Sentence;
use crate::extract::entities::Entity;
use crate::extract::lexicon::Class;
use crate::extract::text::Shape;
use std::ops::Range;

/// Whether words are the name of a party that is not an organisation.
pub(super) fn is_of_party(sentence: &Sentence<'_, '_>, words: &Range<usize>) -> bool {
    let known = |name: &&Entity| name.tokens.contains(&words.start);
    sentence.entities.iter().find(known).is_some_and(|name| name.party.is_some() && !sentence.is_body(name))
}

/// Returns the first token of the name that continues at a token.
pub(super) fn start(sentence: &Sentence<'_, '_>, from: usize) -> usize {
    let mut start = from;
    while let Some(before) = word_before(sentence, start) {
        start = before;
    }
    start
}

/// Returns the first token of the previous word if it belongs to the same name.
fn word_before(sentence: &Sentence<'_, '_>, start: usize) -> Option<usize> {
    let tokens = &sentence.article.text.tokens;
    let at = sentence.before(start)?;
    if is_name_word(sentence, at) {
        return Some(at);
    }
    let before = sentence.before(at);
    let named = |at: usize| is_name_word(sentence, at).then_some(at);
    if tokens[at].is_number() {
        // A number as in "G20" or "C5+1", or the year before a name.
        let glued = before.filter(|_| tokens[at].glued);
        let prefix = glued.and_then(|before| named(before).or_else(|| named(before.checked_sub(1)?)));
        let year = tokens[at].number.is_some_and(|number| (1900..2100).contains(&number));
        return prefix.or(year.then_some(at).filter(|_| !in_longer_date(sentence, at)));
    }
    // An ordinal, as in "8th".
    if tokens[at].glued && before.is_some_and(|before| tokens[before].is_number()) {
        return before;
    }
    let before = before?;
    let joined = tokens[at].glued || sentence.is(at, Class::Dash);
    let mark = !tokens[at].is_word() && joined && !sentence.is_comma(at) && !is_bracket(sentence, at);
    let owned = sentence.is(at, Class::Possessive) || sentence.is_mark(at, '’') || sentence.is_mark(at, '\'');
    if owned {
        return named(before).filter(|_| !is_of_party(sentence, &(before..start)));
    }
    if mark && tokens[at].glued && tokens[start].glued {
        return named(before);
    }
    if sentence.is_mark(at, ')') {
        let open = sentence.back(at, 4).rfind(|at| sentence.is_mark(*at, '('))?;
        return named(open.checked_sub(1)?);
    }
    let joins = sentence.is_any(at, Class::Of | Class::For | Class::Conjunction) || sentence.is_mark(at, '&');
    joins.then(|| named(before)).flatten().filter(|before| !is_of_party(sentence, &(*before..start)))
}

/// Returns the end of the name whose words so far end before a token, including an acronym in brackets and complements.
pub(super) fn end(sentence: &Sentence<'_, '_>, from: usize) -> usize {
    let tokens = &sentence.article.text.tokens;
    let mut end = from;
    loop {
        let acronym = sentence.is_mark(end, '(') && sentence.is_capitalised(end + 1);
        let close = sentence.ahead(end, 5).find(|at| sentence.is_mark(*at, ')')).filter(|_| acronym);
        let numbered = sentence.tokens.contains(&end) && tokens[end].is_number() && tokens[end].glued;
        end = if let Some(close) = close {
            close + 1
        } else if numbered {
            end + 1
        } else if let Some(last) = complement(sentence, end) {
            last
        } else {
            return end;
        };
    }
}

/// Returns the end of a capitalised complement of a name, as in "of the Americas", "for Media Freedom" or "to the
/// Convention".
fn complement(sentence: &Sentence<'_, '_>, at: usize) -> Option<usize> {
    let topic = sentence.is(at, Class::About) && !sentence.in_date(at + 1);
    let joins = topic || sentence.is_any(at, Class::Of | Class::For | Class::To);
    let first = at + 1 + usize::from(sentence.is(at + 1, Class::Definite));
    let party = |name: &Entity| {
        name.person.is_some() || sentence.is(at, Class::Of) && name.party.is_some() && !sentence.is_body(name)
    };
    let foreign = sentence.name_starting(first).is_some_and(party)
        || sentence.is(first, Class::OutsideName)
        || sentence.office_at(first);
    let place = sentence.is(at, Class::To) && sentence.name_starting(first).is_some_and(|name| name.place.is_some());
    let last = end_of_run(sentence, first);
    (joins && !foreign && !place && last > first).then_some(last)
}

/// Returns the end of the capitalised words that begin at a token.
pub(super) fn end_of_run(sentence: &Sentence<'_, '_>, first: usize) -> usize {
    let tokens = &sentence.article.text.tokens;
    let mut end = first;
    loop {
        if is_name_word(sentence, end) && !sentence.in_date(end) {
            end += 1;
            continue;
        }
        let inside = end > first && is_name_word(sentence, end + 1) && !sentence.in_date(end + 1);
        let glued =
            sentence.tokens.contains(&end) && tokens[end].glued && !tokens[end].is_word() && !sentence.is_comma(end);
        let joint = sentence.is_any(end, Class::Conjunction | Class::Of) || glued;
        if !(inside && joint) {
            return end;
        }
        end += 2;
    }
}

/// Whether a token is a capitalised word that may belong to a name.
fn is_name_word(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let acronym = sentence.tokens.contains(&at) && sentence.article.text.tokens[at].len() > 1 && is_upper(sentence, at);
    sentence.is_capitalised(at) && !sentence.in_date(at) && (acronym || !sentence.is(at, Class::OutsideName))
}

fn is_upper(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    sentence.article.text.tokens[at].shape == Shape::Upper
}

fn is_bracket(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    ['(', ')', '"', '“', '”'].iter().any(|mark| sentence.is_mark(at, *mark))
}

/// Whether a year belongs to a date with a month or a day.
fn in_longer_date(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    sentence.timexes().iter().any(|timex| timex.tokens.contains(&at) && timex.tokens.len() > 1)
}
