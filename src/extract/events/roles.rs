//! What part a name plays in its clause: a party, the place, or what it is about.

use super::clauses::Clauses;
use super::lexicon::{Lexicon, Part, Syntax};
use crate::extract::names::{Entity, How, Names};
use crate::extract::tense::Tenses;
use crate::extract::text::{Document, Shape};
use std::ops::Range;

/// What part a name plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It takes part.
    Party,
    /// It is where the event is held, or where someone goes.
    Place,
    /// It is spoken of.
    Other,
}

/// How far before a name its preposition may stand, in tokens.
const REACH: usize = 9;

/// The part that `entity` plays in its clause.
pub fn role(
    doc: &Document<'_>,
    sentence: &Range<usize>,
    entity: &Entity,
    entities: &[Entity],
    clauses: &Clauses,
    lexicon: &Lexicon,
    tenses: &Tenses,
    names: &Names,
) -> Role {
    if entity.how == How::Demonym && !stands_for_officials(doc, sentence, entity, entities, lexicon, names) {
        return Role::Other;
    }
    if is_compound_adjective(doc, sentence, entity) {
        return Role::Other;
    }
    if entity.how == How::Place {
        return if is_before_trigger(doc, sentence, entity, lexicon) { Role::Place } else { place_role(doc, sentence, entity, entities, clauses, lexicon) };
    }
    match governor(doc, sentence, entity, entities, clauses, lexicon) {
        Some(Syntax::Place) if entity.place.is_some() && !is_possessive(doc, sentence, entity) => Role::Place,
        Some(Syntax::Topic) => Role::Other,
        Some(_) => Role::Party,
        None => {
            let _ = tenses;
            Role::Party
        }
    }
}

fn place_role(doc: &Document<'_>, sentence: &Range<usize>, entity: &Entity, entities: &[Entity], clauses: &Clauses, lexicon: &Lexicon) -> Role {
    match governor(doc, sentence, entity, entities, clauses, lexicon) {
        Some(Syntax::Place) => Role::Place,
        _ => Role::Other,
    }
}

/// The preposition or the like that stands before a name in its clause; none for a subject or an object.
fn governor(
    doc: &Document<'_>,
    sentence: &Range<usize>,
    entity: &Entity,
    entities: &[Entity],
    clauses: &Clauses,
    lexicon: &Lexicon,
) -> Option<Syntax> {
    let clause = clauses.of(entity.tokens.start);
    let first = entity.tokens.start.saturating_sub(REACH).max(sentence.start);
    for at in (first..entity.tokens.start).rev() {
        if clauses.of(at) != clause {
            return None;
        }
        let token = &doc.tokens[at];
        let text = doc.token_text(at);
        // A conjunct plays the part of the name that it is joined to.
        if matches!(text, "," | "and" | "or" | "&" | "/") {
            let joined = entities.iter().any(|e| e.tokens.end == at || e.tokens.end + 1 == at && doc.token_text(at - 1) == ",");
            if joined || text == "and" { continue } else { return None };
        }
        let class = lexicon.syntax(token.word).iter().find(|c| matches!(c, Syntax::Party | Syntax::Place | Syntax::Topic));
        if let Some(class) = class {
            return Some(*class);
        }
        if text == "will" || text == "would" || text == "said" {
            return None;
        }
    }
    None
}

/// "Russian officials", "the Russians", "French-German talks": an adjective that stands for the state.
fn stands_for_officials(doc: &Document<'_>, sentence: &Range<usize>, entity: &Entity, entities: &[Entity], lexicon: &Lexicon, names: &Names) -> bool {
    let mut at = entity.tokens.end;
    if doc.token_text(entity.tokens.end - 1).ends_with('s') {
        return true;
    }
    for _ in 0..5 {
        if at >= sentence.end {
            return false;
        }
        let person_or_party = entities.iter().any(|e| e.tokens.start == at);
        let office = names.office_at(doc, at, sentence.end);
        let trigger = lexicon.triggers.longest(doc.words_from(at, sentence.end)).is_some_and(|(_, ts)| ts.iter().any(|t| t.part == Part::Noun));
        if person_or_party || office || trigger {
            return true;
        }
        let token = &doc.tokens[at];
        let passes = token.is_word() && lexicon.syntax(token.word).is_empty() || matches!(doc.token_text(at), "-" | "–" | "," | "and");
        if !passes {
            return false;
        }
        at += 1;
    }
    false
}

/// "U.S.-led", "Moscow-based".
fn is_compound_adjective(doc: &Document<'_>, sentence: &Range<usize>, entity: &Entity) -> bool {
    let end = entity.tokens.end;
    let followed = end + 1 < sentence.end
        && matches!(doc.token_text(end), "-" | "‑")
        && doc.tokens[end].glued
        && doc.tokens[end + 1].glued
        && doc.tokens[end + 1].shape == Shape::Lower;
    let pro = entity.tokens.start >= sentence.start + 2
        && doc.token_text(entity.tokens.start - 1) == "-"
        && doc.tokens[entity.tokens.start].glued
        && doc.tokens[entity.tokens.start - 2].shape == Shape::Lower;
    followed || pro
}

fn is_possessive(doc: &Document<'_>, sentence: &Range<usize>, entity: &Entity) -> bool {
    entity.tokens.end < sentence.end && matches!(doc.token_text(entity.tokens.end), "'s" | "’s")
}

/// "the Geneva talks".
fn is_before_trigger(doc: &Document<'_>, sentence: &Range<usize>, entity: &Entity, lexicon: &Lexicon) -> bool {
    (entity.tokens.end..sentence.end.min(entity.tokens.end + 2)).any(|at| {
        lexicon
            .triggers
            .longest(doc.words_from(at, sentence.end))
            .is_some_and(|(_, triggers)| triggers.iter().any(|t| t.part == Part::Noun))
    })
}
