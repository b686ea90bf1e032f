//! What joins the clauses of a sentence: commas, conjunctions, "that", brackets and dashes.

use super::lexicon::{Cue, Lexicon, Part, Syntax};
use super::{Text, layout};
use crate::extract::text::overlaps_any;
use crate::extract::time::Timex;
use std::ops::Range;

/// What "and" or a comma joins to a clause that has its verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coordinated {
    /// Another clause with a subject of its own: "…, and its minister will go to Rome".
    Clause,
    /// Another verb of the same subject: "… and will go to Rome".
    Verb,
}

/// A sentence in which to look for what is joined.
pub(super) struct Coordination<'a, 't> {
    pub text: &'a Text<'a, 't>,
    pub lexicon: &'a Lexicon,
    pub tokens: &'a Range<usize>,
    pub timexes: &'a [Timex],
}

/// How far before "that" who says so may stand, in tokens.
const REPORT_REACH: usize = 8;

/// How far before "until" the word may stand that binds someone, in tokens.
const LIMIT_REACH: usize = 4;

/// The longest subject of a joined clause, in tokens.
const SUBJECT_REACH: usize = 12;

/// The longest one that no article begins.
const BARE_SUBJECT_REACH: usize = 6;

impl Coordination<'_, '_> {
    fn is(&self, at: usize, class: Syntax) -> bool {
        self.tokens.contains(&at) && self.lexicon.is(self.text.doc.tokens[at].word, class)
    }

    pub fn word(&self, at: usize) -> &str {
        if self.tokens.contains(&at) { self.text.doc.token_text(at) } else { "" }
    }

    /// The noun of an event in the phrase that a preposition opens the sentence with, which a comma ends.
    pub fn event_of_opening(&self) -> Option<usize> {
        let first = layout::dateline(self.text.doc, self.tokens).end;
        let opens = [Syntax::Setting, Syntax::Subordinator, Syntax::Opening].iter().any(|class| self.is(first, *class));
        let mut phrase = (first..self.tokens.end).take_while(|at| self.word(*at) != "," && !self.is_finite(*at));
        // "Having visited Oslo, …", "Back from Oslo, …"
        let having = matches!(self.word(first), "Having" | "Back");
        if opens { phrase.find(|at| having || self.is_event_noun(*at)) } else { None }
    }

    /// Whether a token is a finite verb beyond doubt.
    pub fn is_finite(&self, at: usize) -> bool {
        // "May" may be a month.
        let in_date = overlaps_any(self.timexes, |timex| &timex.tokens, &(at..at + 1));
        let verb = || self.text.tenses.is_present(at) && !self.is_event_noun(at);
        self.tokens.contains(&at) && !in_date && (self.is(at, Syntax::Finite) || verb())
    }

    /// "the talks that": no content of what is said, but a relative clause.
    pub fn that_takes_up(&self, at: usize) -> bool {
        if self.text.doc.tokens[at].word != self.lexicon.that {
            return false;
        }
        let said = (at.saturating_sub(REPORT_REACH).max(self.tokens.start)..at).any(|at| self.is(at, Syntax::Report));
        let before = at.checked_sub(1).filter(|before| self.tokens.contains(before));
        !said && before.is_some_and(|at| self.is_event_noun(at) || self.is(at, Syntax::Text))
    }

    /// "has given Iran until 15 August", "were put off until 15 August": no clause follows.
    pub fn is_limit(&self, at: usize) -> bool {
        let moves = |at: usize| {
            let cue = self.lexicon.cues.longest(self.text.doc.words_from(at, self.tokens.end));
            cue.is_some_and(|(_, cues)| matches!(cues, [Cue::Postponed | Cue::Extended, ..]))
        };
        let mut before = at.saturating_sub(LIMIT_REACH).max(self.tokens.start)..at;
        let binds = before.any(|at| self.is(at, Syntax::Obliging) || moves(at));
        binds && self.timexes.binary_search_by_key(&(at + 1), |timex| timex.tokens.start).is_ok()
    }

    /// A finite verb that is no part of the one before it: "is to have", "will have been".
    pub fn is_another_verb(&self, at: usize) -> bool {
        let before = at.checked_sub(1).filter(|before| self.tokens.contains(before));
        let goes_on =
            |at: usize| self.is_finite(at) || self.is(at, Syntax::Modal) || matches!(self.word(at), "and" | "or");
        self.is(at, Syntax::Finite) && self.is_finite(at) && !before.is_some_and(goes_on)
    }

    fn is_event_noun(&self, at: usize) -> bool {
        let words = self.text.doc.words_from(at, self.tokens.end);
        self.lexicon.has_trigger(words, |trigger| trigger.part == Part::Noun)
    }

    /// What the comma or the conjunction at a token joins.
    pub fn after(&self, at: usize) -> Option<Coordinated> {
        let joins = |at: usize| matches!(self.word(at), "and" | "but");
        if !(joins(at) || self.word(at) == ",") {
            return None;
        }
        let mut first = at + 1 + usize::from(!joins(at) && joins(at + 1));
        if joins(first - 1) && self.is(first, Syntax::Finite) {
            return Some(Coordinated::Verb);
        }
        // "and on 16 April a referendum will be held"
        let dated = |at: usize| self.timexes.binary_search_by_key(&at, |timex| timex.tokens.start).ok();
        let prepositional = usize::from(self.is(first, Syntax::Setting));
        first = dated(first + prepositional).map_or(first, |timex| self.timexes[timex].tokens.end);
        let begins = [Syntax::Definite, Syntax::Indefinite, Syntax::Pronoun, Syntax::Subject];
        let capitalised = |at: usize| self.tokens.contains(&at) && self.text.doc.tokens[at].is_capitalised();
        let begins_phrase = capitalised(first) || begins.iter().any(|class| self.is(first, *class));
        // ", and diplomats say": a comma and a conjunction join what begins in any way.
        let after_comma = at > self.tokens.start && self.word(at - 1) == ",";
        let both = self.word(at) == "," && joins(at + 1) || joins(at) && after_comma;
        if !begins_phrase && !both {
            return None;
        }
        let stops = [Syntax::Relative, Syntax::Subordinator, Syntax::Conditional];
        let reach = if begins_phrase { SUBJECT_REACH } else { BARE_SUBJECT_REACH };
        let mut reach = first + 1..self.tokens.end.min(first + reach);
        let says = |at: usize| both && self.is(at, Syntax::Report);
        let ends = |at: &usize| {
            matches!(self.word(*at), "," | ";" | "to" | "that") || stops.iter().any(|class| self.is(*at, *class))
        };
        let end = reach.find(|at| ends(at) || self.is_finite(*at) || self.is(*at, Syntax::Report))?;
        ((self.is_finite(end) || says(end)) && !ends(&end)).then_some(Coordinated::Clause)
    }
}

/// What a sentence puts in brackets or between two dashes that stand apart.
pub(super) fn asides(text: &Text<'_, '_>, tokens: &Range<usize>) -> Vec<Range<usize>> {
    let doc = text.doc;
    let word = |at: usize| if tokens.contains(&at) { doc.token_text(at) } else { "" };
    let apart = |at: usize| !doc.tokens[at].glued;
    // Two hyphens make a dash, too.
    let dash = |at: usize| match word(at) {
        "—" | "–" | "-" if apart(at) => Some(at + 1 + usize::from(word(at + 1) == "-")),
        "—" => Some(at + 1),
        _ => None,
    };
    let last_bracket = tokens.clone().rev().find(|at| word(*at) == ")");
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = layout::dateline(doc, tokens).end;
    while at < tokens.end {
        let end = match dash(at) {
            Some(end) => (end..tokens.end).find_map(dash),
            None if word(at) == "(" && Some(at) < last_bracket => {
                (at..tokens.end).find(|end| word(*end) == ")").map(|end| end + 1)
            }
            None => None,
        };
        // "the big three -- Britain, France and Germany -- will meet": a phrase without a verb belongs to the clause, but
        // for the members of a party that is named.
        let entities = &text.named.entities;
        let before = entities[..entities.partition_point(|e| e.tokens.start < at)].last();
        let members = before.is_some_and(|e| e.tokens.end == at && e.party.is_some());
        found.extend(end.map(|end| at..end).filter(|aside| members || text.tenses.tell(aside.clone())));
        // Of those within another, only the outer one counts.
        at = end.unwrap_or(at + 1);
    }
    found
}
