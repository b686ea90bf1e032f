//! Blocks of labelled fields, as in advisories and invitations: "WHAT: …", "WHO: …", "WHEN: …", "WHERE: …". A block
//! states one event; a label precedes its text or is on the line above it.

use super::layout_source::{Source, is_day_to_come};
use crate::extract::entities::PlaceId;
use crate::extract::lexicon::Class;
use crate::extract::text::beginning_within;
use enumset::{EnumSet, enum_set};
use std::ops::Range;

/// The classes of labels.
const FIELDS: EnumSet<Class> =
    enum_set!(Class::EventField | Class::PartiesField | Class::DateField | Class::PlaceField);
/// The longest label of an unknown field ("FOR MORE INFORMATION:"), in tokens.
const LONGEST_LABEL: usize = 6;

/// A block of fields. Sentences are indices into those of the text.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// The sentences that name the event.
    pub event: Vec<usize>,
    /// The sentences that name participants.
    pub parties: Vec<usize>,
    /// The first day, as an index into the dates of the text.
    pub date: Option<usize>,
    pub place: Option<PlaceId>,
    /// The sentences of all other fields, and labels on lines of their own.
    pub rest: Vec<usize>,
}

/// The label of a line.
enum Label {
    /// A known field.
    Field(Class),
    /// An unknown field, which is ignored.
    Other,
}

/// Returns the blocks of a text that state an event and its day.
pub(super) fn read(source: Source<'_, '_>) -> Vec<Block> {
    let Source { text, .. } = source;
    let mut blocks: Vec<Block> = Vec::new();
    let mut seen: EnumSet<Class> = EnumSet::empty();
    // The field of the current sentence, and whether its label is on a line of its own.
    let mut field: Option<(Class, bool)> = None;
    for (number, sentence) in text.sentences.iter().enumerate() {
        let tokens = &sentence.tokens;
        let opens_line = text.tokens[tokens.start].new_line;
        match opens_line.then(|| label(source, tokens)).flatten() {
            Some((Label::Other, _)) => field = None,
            Some((Label::Field(class), label)) => {
                // A repeated field begins another block.
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
            // A field ends with its line, or, if its label is on the line above, at the next blank line.
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
                // The town comes first in "Lima, Peru"; a venue comes before its town.
                let town = entities.iter().rev().find_map(|e| e.place.filter(|_| e.party.is_none()));
                self.place = self.place.or(town).or_else(|| entities.iter().find_map(|e| e.place));
            }
        }
        self.rest.push(number);
    }
}

/// Returns the label of a line, up to its colon. The label of a known field may be the entire line.
fn label(source: Source<'_, '_>, line: &Range<usize>) -> Option<(Label, Range<usize>)> {
    let Source { text, classes, .. } = source;
    // Markers may precede a label, as in "1. What:" or "* WHAT:".
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

/// Returns the tokens of the labels of fields. They are not names: "WHO" is not the organisation.
pub(super) fn label_tokens(source: Source<'_, '_>) -> Vec<usize> {
    let lines = source.text.sentences.iter().map(|sentence| &sentence.tokens);
    let lines = lines.filter(|tokens| source.text.tokens[tokens.start].new_line);
    lines
        .filter_map(|line| label(source, line))
        .filter(|(label, _)| matches!(label, Label::Field(_)))
        .flat_map(|(_, tokens)| tokens)
        .collect()
}
