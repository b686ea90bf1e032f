//! People: a name beside an office ("Russian Deputy Foreign Minister Sergei Ryabkov", "Jens Stoltenberg, NATO's
//! secretary-general"), and later the surname alone.

use super::gazetteer::How;
use super::offices::Rank;
use super::{Entity, Names};
use crate::extract::text::{Document, Shape};
use crate::extract::words::WordId;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A person and the party that they act for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name as the text gives it in full.
    pub name: String,
    /// How high their office is.
    pub rank: Rank,
    /// The party that they act for, as a place in the gazetteer's parties.
    pub represents: Option<usize>,
}

/// The longest name, in words.
const LONGEST_NAME: usize = 5;

/// Finds the people and adds them to `entities`, whose order is kept.
pub(super) fn find(doc: &Document<'_>, names: &Names, entities: &mut Vec<Entity>) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    let mut by_surname: FxHashMap<&str, usize> = FxHashMap::default();
    let mut found: Vec<Entity> = Vec::new();
    for (number, sentence) in doc.sentences.iter().enumerate() {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let Some((tokens, office)) = names.offices.at(doc, at, sentence.tokens.end) else {
                at += 1;
                continue;
            };
            at = tokens.end;
            let party = party_before(doc, entities, &tokens)
                .or_else(|| party_after(doc, entities, &tokens))
                .or_else(|| office.code.and_then(|code| names.gazetteer.party_of(code)));
            let name = name_at(doc, entities, name_start(doc, entities, &tokens, sentence.tokens.end), sentence.tokens.end)
                .filter(|_| !office.plural)
                .or_else(|| name_before(doc, entities, &tokens, sentence.tokens.start));
            let Some(name) = name else { continue };
            at = at.max(name.end);
            let full = doc.text[doc.bytes(&name)].to_owned();
            let surname = doc.token_text(name.end - 1);
            let person = *by_surname.entry(surname).or_insert_with(|| {
                people.push(Person { name: full.clone(), rank: office.rank, represents: None });
                people.len() - 1
            });
            if people[person].represents.is_none() {
                people[person].represents = party;
            }
            found.push(entity(name, number, person));
        }
    }
    add_surnames(doc, entities, &by_surname, &mut found);
    for entity in &mut found {
        entity.party = entity.person.and_then(|person| people[person].represents);
    }
    entities.retain(|known| !found.iter().any(|person| overlap(&person.tokens, &known.tokens)));
    entities.append(&mut found);
    entities.sort_by_key(|entity| entity.tokens.start);
    people
}

/// Where the surname stands alone, or with another given name.
fn add_surnames(doc: &Document<'_>, entities: &[Entity], by_surname: &FxHashMap<&str, usize>, found: &mut Vec<Entity>) {
    if by_surname.is_empty() {
        return;
    }
    let known: Vec<Range<usize>> = found.iter().map(|entity| entity.tokens.clone()).collect();
    for (number, sentence) in doc.sentences.iter().enumerate() {
        for at in sentence.tokens.clone() {
            if !doc.tokens[at].is_capitalised() {
                continue;
            }
            let Some(&person) = by_surname.get(doc.token_text(at)) else { continue };
            let tokens = at..at + 1;
            let taken = known.iter().any(|name| overlap(name, &tokens))
                || entities.iter().any(|e| e.tokens.len() > 1 && overlap(&e.tokens, &tokens));
            if !taken {
                found.push(entity(tokens, number, person));
            }
        }
    }
}

fn entity(tokens: Range<usize>, sentence: usize, person: usize) -> Entity {
    Entity { tokens, sentence, how: How::Name, party: None, place: None, person: Some(person) }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The party named before an office: "Russian [deputy] foreign minister", "Russia's foreign minister".
fn party_before(doc: &Document<'_>, entities: &[Entity], office: &Range<usize>) -> Option<usize> {
    let before = entities.partition_point(|e| e.tokens.start < office.start);
    let entity = entities[..before].last()?;
    let between = doc.tokens.get(entity.tokens.end..office.start)?;
    let near = between.len() <= 3 && between.iter().all(|t| t.is_word() || t.shape == Shape::Punctuation && t.glued);
    let possessive = between.first().is_none_or(|t| t.glued) || between.iter().all(Token::is_word_like);
    let separates = between.iter().any(|t| matches!(&doc.text[t.start as usize..t.end as usize], "and" | "," | "in" | "to" | "with" | "by" | "that" | "as" | "for" | "on" | "the"));
    (near && possessive && !separates).then_some(entity.party).flatten()
}

use crate::extract::text::Token;

impl Token {
    /// Whether it is a word that may stand between a party and an office.
    fn is_word_like(&self) -> bool {
        self.is_word()
    }
}

/// The party named after an office: "foreign minister of Russia", "president of the European Commission".
fn party_after(doc: &Document<'_>, entities: &[Entity], office: &Range<usize>) -> Option<usize> {
    let next = entities.partition_point(|e| e.tokens.start < office.end);
    let entity = entities.get(next)?;
    let between = office.end..entity.tokens.start;
    let of = between.len() <= 3 && doc.tokens.get(office.end).is_some_and(|_| doc.token_text(office.end) == "of");
    of.then_some(entity.party).flatten()
}

/// Where the name may begin: right after the office, or after "of Russia", and a comma.
fn name_start(doc: &Document<'_>, entities: &[Entity], office: &Range<usize>, limit: usize) -> usize {
    let mut at = office.end;
    if at < limit && doc.token_text(at) == "of" {
        let next = entities.partition_point(|e| e.tokens.start < at);
        if let Some(entity) = entities.get(next).filter(|e| e.tokens.start <= at + 2) {
            at = entity.tokens.end;
        }
    }
    let comma = at < limit && doc.token_text(at) == ",";
    at + usize::from(comma)
}

/// The name that begins at `at`: capitalised words, initials and particles.
fn name_at(doc: &Document<'_>, entities: &[Entity], at: usize, limit: usize) -> Option<Range<usize>> {
    let mut end = at;
    while end < limit && end - at < LONGEST_NAME {
        let token = &doc.tokens[end];
        let inner = end > at && is_inside_name(doc, end, limit);
        if !(token.shape == Shape::Title && !token.new_line || inner) {
            break;
        }
        end += 1;
    }
    // A name does not end in a particle or a full stop, and a party's name is none.
    while end > at && !doc.tokens[end - 1].is_capitalised() {
        end -= 1;
    }
    let party = |e: &Entity| e.tokens.start == at && matches!(e.how, How::Name | How::Demonym | How::Body | How::Seat);
    let is_party = entities.iter().any(|e| party(e) && e.tokens.end >= end);
    let ordinary = end == at + 1 && doc.tokens[at].word != WordId::UNKNOWN && doc.tokens[at].shape != Shape::Title;
    (end > at && !is_party && !ordinary && !is_function_word(doc, at)).then_some(at..end)
}

/// The name that ends before "," and an office with its party: "Jens Stoltenberg, NATO's secretary-general".
fn name_before(doc: &Document<'_>, entities: &[Entity], office: &Range<usize>, start: usize) -> Option<Range<usize>> {
    let window = office.start.saturating_sub(6).max(start);
    let comma = (window..office.start).rev().find(|at| doc.token_text(*at) == ",")?;
    let between = &doc.tokens[comma + 1..office.start];
    if between.iter().any(|t| t.shape == Shape::Lower && !matches!(&doc.text[t.start as usize..t.end as usize], "the" | "a" | "'s" | "’s" | "new" | "deputy")) {
        return None;
    }
    let mut from = comma;
    while from > start && comma - from < LONGEST_NAME {
        let token = &doc.tokens[from - 1];
        if !(token.shape == Shape::Title || from < comma && is_inside_name(doc, from - 1, comma)) {
            break;
        }
        from -= 1;
    }
    let party = entities.iter().any(|e| overlap(&e.tokens, &(from..comma)) && e.how != How::Place && e.how != How::Capital);
    (comma - from >= 2 && !party && !is_function_word(doc, from)).then_some(from..comma)
}

/// A particle, an initial's full stop or a hyphen within a name.
fn is_inside_name(doc: &Document<'_>, at: usize, limit: usize) -> bool {
    const PARTICLES: [&str; 22] = [
        "al", "bin", "bint", "ibn", "de", "da", "do", "dos", "del", "di", "la", "le", "van", "von", "der", "den", "el",
        "ben", "abu", "-", "‑", "du",
    ];
    let text = doc.token_text(at);
    if text == "." {
        return doc.tokens[at].glued && doc.tokens[at - 1].len() == 1;
    }
    PARTICLES.contains(&text) && doc.tokens[..limit].get(at + 1).is_some_and(Token::is_word)
}

fn is_function_word(doc: &Document<'_>, at: usize) -> bool {
    matches!(
        doc.token_text(at),
        "The" | "A" | "In" | "On" | "At" | "But" | "And" | "He" | "She" | "It" | "They" | "We" | "I" | "For" | "As" | "Who" | "After" | "Before"
    )
}
