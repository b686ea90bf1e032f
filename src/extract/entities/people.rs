//! People: a name beside an office ("Foreign Minister Anna Berg of Norway", "Anna Berg, Norway's foreign minister"),
//! and later the surname alone.

use super::gazetteer::{How, PartyId};
use super::{Entities, Entity};
use crate::extract::data::{DataFile, data_file};
use crate::extract::text::{Document, Shape, Token, overlaps_any};
use crate::extract::words::{WordId, Words};
use rustc_hash::FxHashMap;
use std::ops::Range;
use strum::EnumString;

const NAME_PARTS: DataFile = data_file!("lang/en/name_parts.tsv");

/// A person and the party that they act for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name as the text gives it in full.
    pub name: String,
    /// The party that they act for.
    pub represents: Option<PartyId>,
}

/// What a word is to a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumString)]
#[strum(serialize_all = "kebab-case")]
enum NamePart {
    /// It stands inside one: "van", "al".
    Particle,
    /// It begins none: "The".
    NoName,
    /// It stands between a party and an office: "the", "deputy".
    Link,
}

/// The words inside and around names.
#[derive(Debug)]
pub struct Lists {
    parts: FxHashMap<WordId, Vec<NamePart>>,
    of: WordId,
    comma: WordId,
    full_stop: WordId,
}

impl Lists {
    /// Reads the list, making its words known.
    pub fn new(words: &mut Words) -> Self {
        let mut parts: FxHashMap<WordId, Vec<NamePart>> = FxHashMap::default();
        for row @ [word, part] in NAME_PARTS.rows::<2>() {
            let part = part.parse().unwrap_or_else(|_| NAME_PARTS.fault(&row, "no such part"));
            parts.entry(words.intern(word)).or_default().push(part);
        }
        let [of, comma, full_stop] = ["of", ",", "."].map(|word| words.intern(word));
        Self { parts, of, comma, full_stop }
    }

    fn is(&self, word: WordId, part: NamePart) -> bool {
        self.parts.get(&word).is_some_and(|parts| parts.contains(&part))
    }
}

/// The longest name, in tokens.
const LONGEST_NAME: usize = 5;
/// How many words may stand between a party and the office: "Russian deputy prime and foreign minister".
const LINKS: usize = 3;

/// Finds the people of `doc` and adds them to `entities`, whose order is kept.
pub(super) fn find(doc: &Document<'_>, names: &Entities, entities: &mut Vec<Entity>) -> Vec<Person> {
    let search = Search { doc, lists: &names.people, entities };
    let mut people: Vec<Person> = Vec::new();
    let mut by_surname: FxHashMap<&str, usize> = FxHashMap::default();
    let mut found: Vec<Entity> = Vec::new();
    for sentence in &doc.sentences {
        let Range { start, end } = sentence.tokens;
        let mut at = start;
        while at < end {
            let Some((office, meaning)) = names.offices.at(doc, at, end) else {
                at += 1;
                continue;
            };
            at = office.end;
            let party = search.party_before(&office, start).or_else(|| search.party_after(&office, end));
            let party = party.or_else(|| meaning.code.and_then(|code| names.gazetteer.party_of(code)));
            let after = (!meaning.plural).then(|| search.name_at(search.name_start(&office, end), end)).flatten();
            let Some(name) = after.or_else(|| search.name_before(&office, start)) else { continue };
            // "President Anna Keller of Austria"
            let party = party.or_else(|| search.party_after(&name, end));
            at = at.max(name.end);
            let person = *by_surname.entry(doc.token_text(name.end - 1)).or_insert_with(|| {
                people.push(Person { name: doc.text[doc.bytes(&name)].to_owned(), represents: None });
                people.len() - 1
            });
            people[person].represents = people[person].represents.or(party);
            found.push(entity(name, person));
        }
    }
    found.sort_by_key(|entity| entity.tokens.start);
    // Where the family's name comes first, as in China, that one stands alone later.
    for entity in found.iter().filter(|entity| entity.tokens.len() > 1) {
        let first = entity.tokens.start;
        if let (Some(person), WordId::UNKNOWN) = (entity.person, search.word(first)) {
            by_surname.entry(doc.token_text(first)).or_insert(person);
        }
    }
    let surnames = search.surnames(&by_surname, &found);
    found.extend(surnames);
    found.sort_by_key(|entity| entity.tokens.start);
    for entity in &mut found {
        entity.party = entity.person.and_then(|person| people[person].represents);
    }
    entities.retain(|known| !overlaps_any(&found, |person| &person.tokens, &known.tokens));
    entities.append(&mut found);
    entities.sort_by_key(|entity| entity.tokens.start);
    people
}

fn entity(tokens: Range<usize>, person: usize) -> Entity {
    Entity { tokens, how: How::Name, party: None, place: None, person: Some(person) }
}

/// A search for people in a text whose other names are known.
struct Search<'a, 't> {
    doc: &'a Document<'t>,
    lists: &'a Lists,
    entities: &'a [Entity],
}

impl Search<'_, '_> {
    fn word(&self, at: usize) -> WordId {
        self.doc.tokens[at].word
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
                || self.lists.is(token.word, NamePart::Link)
                || token.word == WordId::UNKNOWN && token.is_word()
        };
        let owner = next.checked_sub(2).map(|at| &self.entities[at]).filter(|owner| {
            let apostrophe = entity.tokens.start.checked_sub(1).map(|at| self.doc.token_text(at));
            entity.how == How::Demonym
                && owner.tokens.end + 1 == entity.tokens.start
                && matches!(apostrophe, Some("'s" | "’s"))
        });
        (between.len() <= LINKS && between.iter().all(links)).then_some(owner.unwrap_or(entity).party).flatten()
    }

    /// The party named after an office: "foreign minister of Russia", "president of the European Commission".
    fn party_after(&self, office: &Range<usize>, end: usize) -> Option<PartyId> {
        let of = office.end < end && self.word(office.end) == self.lists.of;
        let entity = self.entity_from(office.end).filter(|e| of && e.tokens.start <= office.end + LINKS)?;
        entity.party
    }

    /// Where the name of an office's holder may begin: right after it, or after "of Russia", and a comma.
    fn name_start(&self, office: &Range<usize>, end: usize) -> usize {
        let mut at = office.end;
        if at < end && self.word(at) == self.lists.of {
            at = self.entity_from(at).filter(|e| e.tokens.start <= at + 2).map_or(at, |e| e.tokens.end);
        }
        at + usize::from(at < end && self.word(at) == self.lists.comma)
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
        (end > at && !party && !self.lists.is(self.word(at), NamePart::NoName)).then_some(at..end)
    }

    /// The name that ends before a comma and an office: "Jens Berg, NATO's secretary-general".
    fn name_before(&self, office: &Range<usize>, start: usize) -> Option<Range<usize>> {
        let window = office.start.saturating_sub(LINKS + 3).max(start);
        let comma = (window..office.start).rev().find(|at| self.word(*at) == self.lists.comma)?;
        let links =
            |at: usize| self.doc.tokens[at].shape != Shape::Lower || self.lists.is(self.word(at), NamePart::Link);
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
        let begins_none = self.lists.is(self.word(from), NamePart::NoName);
        (comma - from >= 2 && !party && !begins_none).then_some(from..comma)
    }

    /// A particle, an initial's full stop or a hyphen within a name.
    fn is_inside_name(&self, at: usize, limit: usize) -> bool {
        let token = &self.doc.tokens[at];
        if token.word == self.lists.full_stop {
            return token.glued && at > 0 && self.doc.tokens[at - 1].len() == 1;
        }
        let goes_on = self.doc.tokens[..limit].get(at + 1).is_some_and(Token::is_word);
        self.lists.is(token.word, NamePart::Particle) && goes_on
    }

    /// Where a known surname stands by itself. `found` are the people already found, in order.
    fn surnames(&self, by_surname: &FxHashMap<&str, usize>, found: &[Entity]) -> Vec<Entity> {
        if by_surname.is_empty() {
            return Vec::new();
        }
        let longer: Vec<Entity> = self.entities.iter().filter(|e| e.tokens.len() > 1).cloned().collect();
        let capitalised = (0..self.doc.tokens.len()).filter(|at| self.doc.tokens[*at].is_capitalised());
        capitalised
            .filter(|at| [found, &longer].iter().all(|known| !overlaps_any(known, |e| &e.tokens, &(*at..at + 1))))
            .filter_map(|at| by_surname.get(self.doc.token_text(at)).map(|person| entity(at..at + 1, *person)))
            .collect()
    }
}
