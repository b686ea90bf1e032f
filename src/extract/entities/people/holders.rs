//! People named beside an office: "Foreign Minister Anna Berg of Norway", "Anna Berg, Norway's foreign minister".

use super::Search;
use crate::extract::entities::Entity;
use crate::extract::entities::gazetteer::{How, PartyId};
use crate::extract::entities::name_words::NamePart;
use crate::extract::entities::offices::Office;
use crate::extract::text::{Shape, Token};
use crate::extract::words::WordId;
use std::ops::Range;

/// The longest name, in tokens.
const LONGEST_NAME: usize = 5;
/// How many words may stand between a party and the office: "Russian deputy prime and foreign minister".
const LINKS: usize = 3;

/// A person named beside their office.
#[derive(Debug)]
pub(super) struct Holder {
    /// The tokens of the name.
    pub name: Range<usize>,
    /// The office.
    pub office: Office,
    /// The party that the text gives the office.
    pub party: Option<PartyId>,
    /// The office is held no longer.
    pub former: bool,
}

impl Search<'_, '_> {
    /// Everybody who is named beside an office.
    pub(super) fn holders(&self) -> Vec<Holder> {
        let mut holders = Vec::new();
        for sentence in &self.doc.sentences {
            let Range { start, end } = sentence.tokens;
            let mut at = start;
            // The end of the office before: its words are of no name.
            let mut office_end = start;
            while at < end {
                let Some((tokens, office)) = self.names.offices.at(self.doc, at, end) else {
                    at += 1;
                    continue;
                };
                at = tokens.end;
                let party = self.party_before(&tokens, start).or_else(|| self.party_after(&tokens, end));
                let party = party.or_else(|| office.code.and_then(|code| self.names.gazetteer.party_of(code)));
                let after = (!office.plural).then(|| self.name_at(self.name_start(&tokens, end), end)).flatten();
                let floor = std::mem::replace(&mut office_end, tokens.end);
                // "Secretary of State Anna Berg, ministers of Peru": she has her office.
                let held = |name: &Range<usize>| office.plural && floor > start && name.start == floor;
                let before = || self.name_before(&tokens, floor).filter(|name| !held(name));
                let Some(name) = after.or_else(before) else { continue };
                // "President Anna Keller of Austria"
                let party = party.or_else(|| self.party_after(&name, end));
                at = at.max(name.end);
                let former = office.former || self.is_former(tokens.start, start);
                holders.push(Holder { name, office, party, former });
            }
        }
        holders.sort_by_key(|holder| holder.name.start);
        holders
    }

    /// Whether what begins at `at` is said to be no more: "the former US president", "the late King".
    pub(super) fn is_former(&self, at: usize, start: usize) -> bool {
        let before = (at.saturating_sub(LINKS + 1).max(start)..at).rev();
        let near = before.take_while(|at| {
            let token = &self.doc.tokens[*at];
            token.is_capitalised()
                || token.word == self.parts.hyphen
                || [NamePart::Link, NamePart::Former, NamePart::Possessive].iter().any(|part| self.is(*at, *part))
        });
        near.into_iter().any(|at| self.is(at, NamePart::Former))
    }

    /// The first known name that does not begin before token `at`.
    fn entity_from(&self, at: usize) -> Option<&Entity> {
        self.entities.get(self.entities.partition_point(|e| e.tokens.start < at))
    }

    /// The party named before an office, of two the one that owns it ("NATO's Norwegian secretary general"): "Russian foreign minister", "Russia's deputy foreign minister".
    fn party_before(&self, office: &Range<usize>, start: usize) -> Option<PartyId> {
        let next = self.entities.partition_point(|e| e.tokens.start < office.start);
        let entity = self.entities[..next].last().filter(|e| e.tokens.start >= start)?;
        let between = self.doc.tokens.get(entity.tokens.end..office.start)?;
        let links = |token: &Token| {
            token.is_capitalised()
                || self.parts.is(token.word, NamePart::Link)
                || token.word == WordId::UNKNOWN && token.is_word()
        };
        let owner = next.checked_sub(2).map(|at| &self.entities[at]).filter(|owner| {
            entity.how == How::Demonym
                && owner.tokens.end + 1 == entity.tokens.start
                && self.is(owner.tokens.end, NamePart::Possessive)
        });
        (between.len() <= LINKS && between.iter().all(links)).then_some(owner.unwrap_or(entity).party).flatten()
    }

    /// The party named after an office: "foreign minister of Russia", "president of the European Commission".
    fn party_after(&self, office: &Range<usize>, end: usize) -> Option<PartyId> {
        let of = office.end < end && self.is(office.end, NamePart::Of);
        let entity = self.entity_from(office.end).filter(|e| of && e.tokens.start <= office.end + LINKS)?;
        entity.party
    }

    /// Where the name of an office's holder may begin: right after it, or after "of Russia", and a comma.
    fn name_start(&self, office: &Range<usize>, end: usize) -> usize {
        let mut at = office.end;
        if at < end && self.is(at, NamePart::Of) {
            at = self.entity_from(at).filter(|e| e.tokens.start <= at + 2).map_or(at, |e| e.tokens.end);
        }
        at + usize::from(at < end && self.word(at) == self.parts.comma)
    }

    /// The name that begins at `at`: capitalised words, initials and particles.
    fn name_at(&self, at: usize, limit: usize) -> Option<Range<usize>> {
        let mut end = at;
        while end < limit && end - at < LONGEST_NAME {
            let token = &self.doc.tokens[end];
            let begins = token.shape == Shape::Title && !token.new_line;
            let goes_on = end > at && self.is_inside_name(end, limit);
            if !begins && !goes_on {
                break;
            }
            end += 1;
        }
        while end > at && !self.doc.tokens[end - 1].is_capitalised() {
            end -= 1;
        }
        let names_party = |e: &Entity| e.tokens.start == at && e.tokens.end >= end && e.how != How::Place;
        let party = self.entity_from(at).is_some_and(names_party);
        (end > at && !party && !self.is(at, NamePart::NoName)).then_some(at..end)
    }

    /// The name that ends before a comma and an office: "Jens Berg, NATO's secretary-general".
    fn name_before(&self, office: &Range<usize>, start: usize) -> Option<Range<usize>> {
        let window = office.start.saturating_sub(LINKS + 3).max(start);
        let comma = (window..office.start).rev().find(|at| self.word(*at) == self.parts.comma)?;
        let links = |at: usize| self.doc.tokens[at].shape != Shape::Lower || self.is(at, NamePart::Link);
        if !(comma + 1..office.start).all(links) {
            return None;
        }
        let mut from = comma;
        while from > start && comma - from < LONGEST_NAME {
            let begins = self.doc.tokens[from - 1].shape == Shape::Title;
            let goes_on = from < comma && self.is_inside_name(from - 1, comma);
            if !begins && !goes_on {
                break;
            }
            from -= 1;
        }
        let party = self.entity_from(from).is_some_and(|e| e.tokens.start < comma && e.how != How::Place);
        let begins_none = self.is(from, NamePart::NoName);
        (comma - from >= 2 && !party && !begins_none).then_some(from..comma)
    }

    /// A particle, an initial's full stop or a hyphen within a name.
    fn is_inside_name(&self, at: usize, limit: usize) -> bool {
        let token = &self.doc.tokens[at];
        if token.word == self.parts.full_stop {
            return token.glued && at > 0 && self.doc.tokens[at - 1].len() == 1;
        }
        let goes_on = self.doc.tokens[..limit].get(at + 1).is_some_and(Token::is_word);
        self.parts.is(token.word, NamePart::Particle) && goes_on
    }
}
