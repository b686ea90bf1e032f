//! Finds the names of the gazetteer in a text, each with its possible referents.

use super::collectives::are_followed;
use super::gazetteer::{How, Reading};
use super::lists::Lists;
use super::name_words::NamePart;
use crate::extract::text::{Document, Shape, Token};
use crate::extract::words::WordId;
use std::borrow::Cow;
use std::ops::Range;

/// The maximum length of the number of a series, in digits.
const DIGITS: usize = 3;

/// A name found in the text, with its possible referents.
#[derive(Debug)]
pub(super) struct Spot<'g> {
    /// The tokens of the name.
    pub tokens: Range<usize>,
    /// The possible referents; at least one.
    pub readings: Cow<'g, [Reading]>,
}

/// Returns the longest name at each position, with its possible referents.
pub(super) fn spot<'g>(lists: Lists<'g>, doc: &Document<'_>) -> Vec<Spot<'g>> {
    let mut spots = Vec::new();
    for sentence in &doc.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let token = &doc.tokens[at];
            let may_begin =
                token.is_capitalised() || token.shape == Shape::Number || lists.gazetteer.begins_small(token.word);
            let longest = may_begin
                .then(|| lists.gazetteer.names().longest(doc.words_from(at, sentence.tokens.end)))
                .flatten()
                .filter(|(length, readings)| readings.iter().any(|r| written_so(doc, &(at..at + length), r)));
            let Some((length, readings)) = longest else {
                at += 1;
                continue;
            };
            let tokens = at..at + length;
            let fit = fitting(lists, doc, &tokens, sentence.tokens.end, readings);
            let number =
                if fit.iter().any(|r| r.numbered) { number_after(doc, &tokens, sentence.tokens.end) } else { 0 };
            let tokens = at..tokens.end + number;
            at = tokens.end;
            let other = goes_on_as_another_name(lists, doc, &tokens, sentence.tokens.end, readings)
                || is_surname(doc, &tokens, sentence.tokens.start, readings)
                || is_organ_of_another(lists, doc, &tokens, sentence.tokens.start, &fit);
            if !other && !fit.is_empty() {
                spots.push(Spot { tokens, readings: fit });
            }
        }
    }
    spots
}

/// The referents that are possible in this context.
fn fitting<'g>(
    lists: Lists<'_>,
    doc: &Document<'_>,
    tokens: &Range<usize>,
    limit: usize,
    readings: &'g [Reading],
) -> Cow<'g, [Reading]> {
    let fits = |reading: &Reading| {
        let named = reading.party.is_some() || reading.place.is_some();
        let followed = reading.before.is_none_or(|needed| are_followed(lists, doc, tokens.end, limit, needed));
        let numbered = !reading.numbered || number_after(doc, tokens, limit) > 0;
        let placed = !reading.word || has_land_after(lists, doc, tokens.end, limit);
        named && followed && numbered && placed && written_so(doc, tokens, reading)
    };
    if readings.iter().all(fits) {
        return Cow::Borrowed(readings);
    }
    readings.iter().filter(|reading| fits(reading)).copied().collect()
}

/// Whether the country or province of a town follows: "Alliance, Ohio".
fn has_land_after(lists: Lists<'_>, doc: &Document<'_>, at: usize, limit: usize) -> bool {
    let [comma, land, ..] = &doc.tokens[at..limit] else { return false };
    comma.word == lists.parts.comma && land.is_capitalised() && lists.gazetteer.names().begin_with(land.word)
}

/// Whether the name of a country or city is only the beginning of another one ("Jordan Smith", "Moscow State
/// University", "British Airways"): an unknown capitalised word follows.
fn goes_on_as_another_name(
    lists: Lists<'_>,
    doc: &Document<'_>,
    tokens: &Range<usize>,
    limit: usize,
    readings: &[Reading],
) -> bool {
    let organisation =
        |r: &Reading| matches!(r.how, How::Body) || r.party.is_some() && r.place.is_none() && r.how == How::Name;
    let next = tokens.end;
    if next >= limit || readings.iter().any(organisation) {
        return false;
    }
    let token = &doc.tokens[next];
    let follows = token.shape == Shape::Title && !token.new_line && !token.glued;
    follows
        && doc.tokens[tokens.start].shape != Shape::Upper
        && token.word == WordId::UNKNOWN
        && lists.offices.at(doc, next, limit).is_none()
}

/// The number of tokens of the number after a name: "COP28", "COP-30".
fn number_after(doc: &Document<'_>, tokens: &Range<usize>, limit: usize) -> usize {
    let after = &doc.tokens[tokens.end..limit];
    let is_number = |token: &Token| token.shape == Shape::Number && token.len() <= DIGITS;
    match after {
        [number, ..] if is_number(number) => 1,
        [hyphen, number, ..] if hyphen.glued && number.glued && !hyphen.is_word() && is_number(number) => 2,
        _ => 0,
    }
}

/// Whether the name is written as its referent requires.
fn written_so(doc: &Document<'_>, tokens: &Range<usize>, reading: &Reading) -> bool {
    match reading.exactly {
        Some(name) => &doc.text[doc.bytes(tokens)] == name,
        None => reading.small || doc.tokens[tokens.start].is_capitalised(),
    }
}

/// Whether the name of a country or city follows an unknown word, like a surname ("Jeannie Lebanon").
fn is_surname(doc: &Document<'_>, tokens: &Range<usize>, first: usize, readings: &[Reading]) -> bool {
    let country = readings.iter().all(|r| matches!(r.how, How::Name | How::Capital | How::Place) && r.place.is_some());
    let before = tokens.start.checked_sub(1).filter(|at| *at > first).map(|at| &doc.tokens[at]);
    country && before.is_some_and(|token| token.shape == Shape::Title && token.word == WordId::UNKNOWN)
}

/// Whether the organ belongs to another owner, named by a capitalised word before it ("the National Security Council",
/// "the Russian Security Council"); words that begin no name do not count ("Special European Council").
fn is_organ_of_another(
    lists: Lists<'_>,
    doc: &Document<'_>,
    tokens: &Range<usize>,
    first: usize,
    readings: &[Reading],
) -> bool {
    let before = tokens.start.checked_sub(1).filter(|at| *at > first).map(|at| &doc.tokens[at]);
    let names =
        |token: &Token| token.is_capitalised() && !token.new_line && !lists.parts.is(token.word, NamePart::NoName);
    let qualified = before.is_some_and(names);
    qualified && doc.tokens[tokens.start].shape == Shape::Title && readings.iter().all(|r| r.how == How::Body)
}
