//! People named next to an office: "Foreign Minister Anna Berg of Norway", "Anna Berg, Norway's foreign minister".

use super::search::Search;
use crate::extract::entities::entity::Entity;
use crate::extract::entities::gazetteer::{How, PartyId};
use crate::extract::entities::name_words::NamePart;
use crate::extract::entities::offices::Office;
use crate::extract::text::{Shape, Token};
use crate::extract::words::WordId;
use std::ops::Range;

/// The maximum length of a name, in tokens.
const LONGEST_NAME: usize = 5;
/// How many words can stand between a party and the office: "Russian deputy prime and foreign minister".
const LINKS: usize = 3;

/// A person named next to their office.
#[derive(Debug)]
pub(super) struct Holder {
    /// The tokens of the name.
    pub name: Range<usize>,
    /// The office.
    pub office: Office,
    /// The party of the office, if the text names it.
    pub party: Option<PartyId>,
    /// Whether the holder has left the office.
    pub former: bool,
}

/// Returns all people named next to an office.
pub(super) fn holders(search: &Search<'_, '_>) -> Vec<Holder> {
    let mut holders = Vec::new();
    for sentence in &search.doc.sentences {
        let Range { start, end } = sentence.tokens;
        let mut at = start;
        // The end of the previous office: its words are not part of a name.
        let mut office_end = start;
        while at < end {
            let Some((tokens, office)) = search.lists.offices.at(search.doc, at, end) else {
                at += 1;
                continue;
            };
            at = tokens.end;
            let party = party_before(search, &tokens, start).or_else(|| party_after(search, &tokens, end));
            let party = party.or_else(|| office.code.and_then(|code| search.lists.gazetteer.party_of(code)));
            let after = (!office.plural).then(|| name_at(search, name_start(search, &tokens, end), end)).flatten();
            let floor = std::mem::replace(&mut office_end, tokens.end);
            // "Secretary of State Anna Berg, ministers of Peru": she already has an office.
            let held = |name: &Range<usize>| office.plural && floor > start && name.start == floor;
            let before = || name_before(search, &tokens, floor).filter(|name| !held(name));
            let Some(name) = after.or_else(before) else { continue };
            // "President Anna Keller of Austria"
            let party = party.or_else(|| party_after(search, &name, end));
            at = at.max(name.end);
            let former = office.former || is_former(search, tokens.start, start);
            holders.push(Holder { name, office, party, former });
        }
    }
    holders.sort_by_key(|holder| holder.name.start);
    holders
}

/// Whether the office or person at `at` is a former one: "the former US president", "the late King".
pub(super) fn is_former(search: &Search<'_, '_>, at: usize, start: usize) -> bool {
    let before = (at.saturating_sub(LINKS + 1).max(start)..at).rev();
    let near = before.take_while(|at| {
        let token = &search.doc.tokens[*at];
        token.is_capitalised()
            || token.word == search.lists.parts.hyphen
            || [NamePart::Link, NamePart::Former, NamePart::Possessive].iter().any(|part| search.is(*at, *part))
    });
    near.into_iter().any(|at| search.is(at, NamePart::Former))
}

/// The first entity that begins at or after token `at`.
fn entity_from<'a>(search: &Search<'a, '_>, at: usize) -> Option<&'a Entity> {
    search.entities.get(search.entities.partition_point(|e| e.tokens.start < at))
}

/// The party named before an office: "Russian foreign minister", "Russia's deputy foreign minister"; of two, the owner
/// of the office ("NATO's Norwegian secretary general").
fn party_before(search: &Search<'_, '_>, office: &Range<usize>, start: usize) -> Option<PartyId> {
    let next = search.entities.partition_point(|e| e.tokens.start < office.start);
    let entity = search.entities[..next].last().filter(|e| e.tokens.start >= start)?;
    let between = search.doc.tokens.get(entity.tokens.end..office.start)?;
    let links = |token: &Token| {
        token.is_capitalised()
            || search.lists.parts.is(token.word, NamePart::Link)
            || token.word == WordId::UNKNOWN && token.is_word()
    };
    let owner = next.checked_sub(2).map(|at| &search.entities[at]).filter(|owner| {
        entity.how == How::Demonym
            && owner.tokens.end + 1 == entity.tokens.start
            && search.is(owner.tokens.end, NamePart::Possessive)
    });
    (between.len() <= LINKS && between.iter().all(links)).then_some(owner.unwrap_or(entity).party).flatten()
}

/// The party named after an office: "foreign minister of Russia", "president of the European Commission".
fn party_after(search: &Search<'_, '_>, office: &Range<usize>, end: usize) -> Option<PartyId> {
    let of = office.end < end && search.is(office.end, NamePart::Of);
    let entity = entity_from(search, office.end).filter(|e| of && e.tokens.start <= office.end + LINKS)?;
    entity.party
}

/// Where the name of the holder of an office can begin: right after it, or after "of Russia" and a comma.
fn name_start(search: &Search<'_, '_>, office: &Range<usize>, end: usize) -> usize {
    let mut at = office.end;
    if at < end && search.is(at, NamePart::Of) {
        at = entity_from(search, at).filter(|e| e.tokens.start <= at + 2).map_or(at, |e| e.tokens.end);
    }
    at + usize::from(at < end && search.word(at) == search.lists.parts.comma)
}

/// The name that begins at `at`: capitalised words, initials and particles.
fn name_at(search: &Search<'_, '_>, at: usize, limit: usize) -> Option<Range<usize>> {
    let mut end = at;
    while end < limit && end - at < LONGEST_NAME {
        let token = &search.doc.tokens[end];
        let begins = token.shape == Shape::Title && !token.new_line;
        let goes_on = end > at && is_inside_name(search, end, limit);
        if !begins && !goes_on {
            break;
        }
        end += 1;
    }
    while end > at && !search.doc.tokens[end - 1].is_capitalised() {
        end -= 1;
    }
    let names_party = |e: &Entity| e.tokens.start == at && e.tokens.end >= end && e.how != How::Place;
    let party = entity_from(search, at).is_some_and(names_party);
    (end > at && !party && !search.is(at, NamePart::NoName)).then_some(at..end)
}

/// The name that ends before a comma and an office: "Jens Berg, NATO's secretary-general".
fn name_before(search: &Search<'_, '_>, office: &Range<usize>, start: usize) -> Option<Range<usize>> {
    let window = office.start.saturating_sub(LINKS + 3).max(start);
    let comma = (window..office.start).rev().find(|at| search.word(*at) == search.lists.parts.comma)?;
    let links = |at: usize| search.doc.tokens[at].shape != Shape::Lower || search.is(at, NamePart::Link);
    if !(comma + 1..office.start).all(links) {
        return None;
    }
    let mut from = comma;
    while from > start && comma - from < LONGEST_NAME {
        let begins = search.doc.tokens[from - 1].shape == Shape::Title;
        let goes_on = from < comma && is_inside_name(search, from - 1, comma);
        if !begins && !goes_on {
            break;
        }
        from -= 1;
    }
    let party = entity_from(search, from).is_some_and(|e| e.tokens.start < comma && e.how != How::Place);
    let begins_none = search.is(from, NamePart::NoName);
    (comma - from >= 2 && !party && !begins_none).then_some(from..comma)
}

/// Whether a token is a particle, the full stop of an initial or a hyphen within a name.
fn is_inside_name(search: &Search<'_, '_>, at: usize, limit: usize) -> bool {
    let token = &search.doc.tokens[at];
    if token.word == search.lists.parts.full_stop {
        return token.glued && at > 0 && search.doc.tokens[at - 1].len() == 1;
    }
    let goes_on = search.doc.tokens[..limit].get(at + 1).is_some_and(Token::is_word);
    search.lists.parts.is(token.word, NamePart::Particle) && goes_on
}
