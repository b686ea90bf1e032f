//! Blocks of labelled fields, each of which states one event, as advisories and invitations have them: "WHAT: …", "WHO: …",
//! "WHEN: …", "WHERE: …", with the label before its text or on the line above it.

use super::layout_source::{Source, is_day_to_come};
use crate::extract::entities::PlaceId;
use crate::extract::lexicon::Class;
use crate::extract::text::beginning_within;
use enumset::{EnumSet, enum_set};
use std::ops::Range;

/// The labels of fields.
const FIELDS: EnumSet<Class> =
    enum_set!(Class::EventField | Class::PartiesField | Class::DateField | Class::PlaceField);
/// The longest label of a field that says nothing of an event ("FOR MORE INFORMATION:"), in tokens.
const LONGEST_LABEL: usize = 6;

/// A block of fields.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// The sentences that name the event.
    pub event: Vec<usize>,
    /// Those that say who takes part.
    pub parties: Vec<usize>,
    /// Its first day, as a place in the text's dates.
    pub date: Option<usize>,
    pub place: Option<PlaceId>,
    /// The sentences of all other fields, and the labels on lines of their own.
    pub rest: Vec<usize>,
}

/// What a line begins with.
enum Label {
    /// The name of a field.
    Field(Class),
    /// That of another, which says nothing of an event.
    Other,
}

/// The blocks of a text that name an event and its day.
pub(super) fn read(source: Source<'_, '_>) -> Vec<Block> {
    let Source { text, .. } = source;
    let mut blocks: Vec<Block> = Vec::new();
    let mut seen: EnumSet<Class> = EnumSet::empty();
    // The field that a sentence is of, and whether its label has a line to itself.
    let mut field: Option<(Class, bool)> = None;
    for (number, sentence) in text.sentences.iter().enumerate() {
        let tokens = &sentence.tokens;
        let opens_line = text.tokens[tokens.start].new_line;
        match opens_line.then(|| label(source, tokens)).flatten() {
            Some((Label::Other, _)) => field = None,
            Some((Label::Field(class), label)) => {
                // A field that comes again begins another block.
                let again = seen.contains(class) && field.is_none_or(|(before, _)| before != class);
                if blocks.is_empty() || again {
                    blocks.push(Block::default());
                    seen = EnumSet::empty();
                }
                seen |= class;
                let alone = label.end == tokens.end;
                field = Some((class, alone));
                if alone {
                    blocks.last_mut().into_iter().for_each(|block| block.rest.push(number));
                    continue;
                }
            }
            // The text of a field ends with its line, or before the next empty line where the label stands above it.
            None if opens_line && (!field.is_some_and(|(_, above)| above) || text.follows_blank_line(tokens.start)) => {
                field = None;
            }
            None => {}
        }
        if let (Some((class, _)), Some(block)) = (field, blocks.last_mut()) {
            block.add(source, class, number);
        }
    }
    blocks.retain(|block| !block.event.is_empty() && block.date.is_some());
    blocks
}

impl Block {
    /// Adds a sentence of a field.
    fn add(&mut self, source: Source<'_, '_>, field: Class, number: usize) {
        let Source { text, dates, named, published, .. } = source;
        let tokens = &text.sentences[number].tokens;
        match field {
            Class::EventField => return self.event.push(number),
            Class::PartiesField => self.parties.push(number),
            Class::DateField => {
                let mut days = beginning_within(dates, |timex| &timex.tokens, tokens);
                self.date = self.date.or_else(|| days.find(|at| is_day_to_come(&dates[*at], published)));
            }
            _ => {
                let entities = &named.entities[beginning_within(&named.entities, |e| &e.tokens, tokens)];
                // "Lima, Peru": the town, which stands first, of a hall the last name.
                let town = entities.iter().rev().find_map(|e| e.place.filter(|_| e.party.is_none()));
                self.place = self.place.or(town).or_else(|| entities.iter().find_map(|e| e.place));
            }
        }
        self.rest.push(number);
    }
}

/// The label that a line begins with, up to its colon; of a field, it may also be all that the line has.
fn label(source: Source<'_, '_>, line: &Range<usize>) -> Option<(Label, Range<usize>)> {
    let Source { text, classes, .. } = source;
    // "1. What:", "* WHAT:"
    let first = line.clone().find(|at| text.tokens[*at].is_word())?;
    let capital = text.tokens[first].is_capitalised();
    let field = (classes[first] & FIELDS).into_iter().next().filter(|_| capital);
    let colon = |at: usize| at < line.end && text.token_text(at) == ":";
    match field {
        Some(field) if colon(first + 1) => return Some((Label::Field(field), line.start..first + 2)),
        Some(field) if first + 1 == line.end => return Some((Label::Field(field), line.clone())),
        _ => {}
    }
    let end = (first + 1..line.end.min(first + LONGEST_LABEL)).find(|at| colon(*at))?;
    Some((Label::Other, line.start..end + 1))
}

/// The tokens of the labels of fields, which name nobody: "WHO".
pub(super) fn label_tokens(source: Source<'_, '_>) -> Vec<usize> {
    let lines = source.text.sentences.iter().map(|sentence| &sentence.tokens);
    let lines = lines.filter(|tokens| source.text.tokens[tokens.start].new_line);
    lines
        .filter_map(|line| label(source, line))
        .filter(|(label, _)| matches!(label, Label::Field(_)))
        .flat_map(|(_, tokens)| tokens)
        .collect()
}
