//! Places that are not in the gazetteer, recognised by their context: a capitalised name after "in" or "to".

use super::entity::Entity;
use super::gazetteer::How;
use super::lists::Lists;
use super::name_words::NamePart;
use crate::extract::text::{Document, Shape, Token, overlaps_any};
use crate::extract::time::Timex;
use crate::extract::words::WordId;
use std::ops::Range;

/// The maximum length of the name of such a place, in tokens.
const LONGEST: usize = 4;

/// Adds the places that only their context identifies to `entities`, which remain in order.
pub(super) fn add_unlisted_places(lists: Lists<'_>, doc: &Document<'_>, timexes: &[Timex], entities: &mut Vec<Entity>) {
    let mut found: Vec<Entity> = Vec::new();
    for sentence in &doc.sentences {
        let mut at = sentence.tokens.start + 1;
        while at < sentence.tokens.end {
            let name = unlisted_place(lists, doc, at, sentence.tokens.end);
            let claims = |tokens: &Range<usize>| {
                overlaps_any(entities, |e| &e.tokens, tokens) || overlaps_any(timexes, |t| &t.tokens, tokens)
            };
            // "Prevention of Violence in Conflict": the preposition is part of a title.
            let in_title = |name: &Range<usize>| {
                let before = name.start.saturating_sub(2);
                doc.tokens[before].is_capitalised() && before > sentence.tokens.start && !claims(&(before..before + 1))
            };
            let name = name.filter(|name| !claims(name) && !in_title(name));
            at = name.as_ref().map_or(at + 1, |name| name.end);
            found.extend(name.map(|name| Entity { unlisted: true, ..Entity::named(name, How::Place) }));
        }
    }
    if !found.is_empty() {
        entities.append(&mut found);
        entities.sort_by_key(|entity| entity.tokens.start);
    }
}

/// The name of an unlisted place that begins at token `at`, recognised by the preceding words.
fn unlisted_place(lists: Lists<'_>, doc: &Document<'_>, at: usize, limit: usize) -> Option<Range<usize>> {
    let is = |at: usize, part| lists.parts.is(doc.tokens[at].word, part);
    let begins = doc.tokens[at].shape == Shape::Title
        && (is(at - 1, NamePart::Within) || is(at - 1, NamePart::Toward))
        && !is(at, NamePart::NoName)
        && !is(at, NamePart::Title)
        && !lists.office_at(doc, at, limit);
    if !begins {
        return None;
    }
    let goes_on = |at: usize| {
        let token = &doc.tokens[at];
        let particle = is(at, NamePart::Particle) && doc.tokens[..limit].get(at + 1).is_some_and(Token::is_capitalised);
        !token.new_line && (token.shape == Shape::Title || particle)
    };
    let end = (at + 1..limit.min(at + LONGEST)).find(|at| !goes_on(*at)).unwrap_or(limit.min(at + LONGEST));
    // "in Parliament" is a known word, "to Anna's house" has an owner.
    let unknown = (at..end).any(|at| doc.tokens[at].word == WordId::UNKNOWN);
    let owner = end < limit && is(end, NamePart::Possessive);
    (unknown && !owner).then_some(at..end)
}
