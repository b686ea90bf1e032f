//! Sentences cut into clauses, so that what one clause tells is not taken for another's: "talks on 7 March in
//! Lugano, where they met in June", "he said on Tuesday that …".

use super::lexicon::{Lexicon, Part, Syntax};
use super::{Text, layout};
use crate::extract::tense::Tense;
use crate::extract::text::{Sentence, Shape, overlaps_any};
use crate::extract::time::Timex;
use std::ops::Range;

/// What a clause is to its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// It tells something.
    Plain,
    /// It says who says so.
    Reporting,
    /// It tells of what may never be.
    Conditional,
}

/// A clause of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    /// What it is to its sentence.
    pub sort: Sort,
    /// The token of the relative pronoun that opens it.
    pub relative: Option<usize>,
    /// The clause that it interrupts or goes on from, as a place in [`Clauses::clauses`].
    pub parent: Option<usize>,
    /// The clause whose subject is its own, too: "will meet in May and will sign …".
    pub subject: Option<usize>,
}

/// The clauses of one sentence.
#[derive(Debug)]
pub(super) struct Clauses {
    first_token: usize,
    of_token: Vec<usize>,
    /// The clauses in the order of their beginnings.
    pub clauses: Vec<Clause>,
}

impl Clauses {
    /// The clause of a token of the sentence.
    pub fn of(&self, token: usize) -> usize {
        self.of_token[token - self.first_token]
    }

    /// What the clause of a token is to the sentence.
    pub fn sort_of(&self, token: usize) -> Sort {
        self.clauses[self.of(token)].sort
    }

    /// The tokens around `token` that belong to its clause without a break.
    pub fn stretch(&self, token: usize) -> Range<usize> {
        let at = token - self.first_token;
        let same = |clause: &&usize| **clause == self.of_token[at];
        let before = self.of_token[..at].iter().rev().take_while(same).count();
        let after = self.of_token[at..].iter().take_while(same).count();
        token - before..token + after
    }

    /// The tokens of a clause in order.
    pub fn tokens(&self, clause: usize) -> impl DoubleEndedIterator<Item = usize> {
        self.of_token.iter().enumerate().filter(move |(_, c)| **c == clause).map(|(at, _)| at + self.first_token)
    }

    fn set(&mut self, tokens: Range<usize>, from: usize, to: usize) {
        for at in tokens {
            let clause = &mut self.of_token[at - self.first_token];
            if *clause == from {
                *clause = to;
            }
        }
    }

    fn open(&mut self, sort: Sort, relative: Option<usize>, parent: Option<usize>) -> usize {
        self.clauses.push(Clause { sort, relative, parent, subject: None });
        self.clauses.len() - 1
    }
}

/// Cuts a sentence.
pub(super) fn split(text: &Text<'_, '_>, sentence: &Sentence, lexicon: &Lexicon, timexes: &[Timex]) -> Clauses {
    let doc = text.doc;
    let tokens = sentence.tokens.clone();
    let mut clauses =
        Clauses { first_token: tokens.start, of_token: Vec::with_capacity(tokens.len()), clauses: vec![] };
    let mut current = clauses.open(Sort::Plain, None, None);
    let in_timex = |at: usize| overlaps_any(timexes, |timex| &timex.tokens, &(at..at + 1));
    // "said that …, and that …"
    let goes_on_reporting =
        |at: usize| doc.tokens[at].word == lexicon.that && at > tokens.start && doc.token_text(at - 1) == "and";
    let mut asides = asides(text, &tokens).into_iter().peekable();
    // The aside that is being read: its clause, the one it interrupts, and its last token.
    let mut aside: Option<(usize, usize, usize)> = None;
    let coordination = Coordination { text, lexicon, tokens: &tokens, timexes };
    let mut opening = coordination.event_of_opening();
    let mut verb_seen = false;
    let mut opened_at = tokens.start;
    for at in tokens.clone() {
        let word = doc.tokens[at].word;
        let word_text = doc.token_text(at);
        let before = current;
        let opens = |class| lexicon.is(word, class) && !in_timex(at);
        if (opens(Syntax::Relative) || coordination.that_takes_up(at)) && at > tokens.start {
            current = clauses.open(Sort::Plain, Some(at), Some(current));
        } else if verb_seen
            && clauses.clauses[current].relative.is_some_and(|pronoun| coordination.word(pronoun) != "whom")
            && coordination.is_another_verb(at)
        {
            // "the talks that Chad is to hold in May have been put off", but "among those whom he will meet are …"
            let parent = clauses.clauses[current]
                .parent
                .filter(|parent| !clauses.tokens(*parent).any(|token| text.tenses.tell(token..token + 1)));
            current = parent.unwrap_or(current);
        } else if opens(Syntax::Conditional) || at == tokens.start && matches!(word_text, "Should" | "Were") {
            current = clauses.open(Sort::Conditional, None, Some(current));
        } else if opens(Syntax::Subordinator) && at > tokens.start {
            current = clauses.open(Sort::Plain, None, Some(current));
        } else if word_text == ";" || goes_on_reporting(at) {
            current = clauses.open(Sort::Plain, None, None);
        } else if at > tokens.start
            && current == 0
            && opening.take_if(|_| word_text == ",").is_some_and(|event| event < at)
            && coordination.after(at).is_some_and(|joined| joined == Coordinated::Clause)
        {
            // "After talks with Japan on 17 May, China will …"
            current = clauses.open(Sort::Plain, None, None);
            clauses.clauses[0].subject = Some(current);
        } else if verb_seen && clauses.clauses[current].sort == Sort::Plain && !in_timex(at) {
            match coordination.after(at) {
                Some(Coordinated::Clause) => current = clauses.open(Sort::Plain, None, None),
                Some(Coordinated::Verb) if clauses.clauses[current].relative.is_none() => {
                    let subject = clauses.clauses[current].subject.unwrap_or(current);
                    current = clauses.open(Sort::Plain, None, None);
                    clauses.clauses[current].subject = Some(subject);
                }
                _ => {}
            }
        } else if let Some(found) = asides.next_if(|found| found.start <= at) {
            current = clauses.open(Sort::Plain, None, Some(current));
            aside = Some((current, before, found.end - 1));
        }
        if current != before {
            opened_at = at;
            verb_seen = false;
        }
        clauses.of_token.push(current);
        // What follows "says" or "that" is another clause, whatever it is joined with.
        verb_seen = match () {
            () if word == lexicon.that || opens(Syntax::Report) => false,
            () => verb_seen || coordination.is_finite(at),
        };
        if let Some((_, interrupted, _)) = aside.filter(|(_, _, last)| *last == at) {
            (current, aside) = (interrupted, None);
            opened_at = clauses.tokens(current).next().unwrap_or(at);
            continue;
        }
        if in_timex(at) {
            continue;
        }
        // A comma may end several: "which have had none since May, will meet".
        while let Some(parent) = clauses.clauses[current].parent {
            if aside.is_some_and(|(clause, ..)| clause == current) {
                break;
            }
            let has_verb = text.tenses.tell(opened_at..at);
            let is_relative = clauses.clauses[current].relative.is_some();
            let parent_has_verb = clauses.tokens(parent).any(|token| text.tenses.tell(token..token + 1));
            let closes = match word_text {
                // What follows a relative clause goes on with the clause that it interrupts, if that lacks its verb; a
                // phrase without a verb ("after a silence,") is no clause.
                "," if is_relative => {
                    !parent_has_verb && (has_verb || text.tenses.tell(at + 1..tokens.end.min(at + 2)))
                }
                "," if clauses.clauses[current].sort == Sort::Conditional => true,
                "," => !(has_verb || at + 1 < tokens.end && lexicon.is(doc.tokens[at + 1].word, Syntax::Relative)),
                _ => false,
            };
            if !closes {
                break;
            }
            current = parent;
            opened_at = clauses.tokens(current).next().unwrap_or(at);
        }
    }
    mark_reporting(text, &tokens, lexicon, timexes, &mut clauses);
    clauses
}

/// What "and" or a comma joins to a clause that has its verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coordinated {
    /// Another clause with a subject of its own: "…, and its minister will go to Rome".
    Clause,
    /// Another verb of the same subject: "… and will go to Rome".
    Verb,
}

/// A sentence in which to look for what is joined.
struct Coordination<'a, 't> {
    text: &'a Text<'a, 't>,
    lexicon: &'a Lexicon,
    tokens: &'a Range<usize>,
    timexes: &'a [Timex],
}

/// How far before "that" who says so may stand, in tokens.
const REPORT_REACH: usize = 8;

/// How far after "announced" what is announced may be named, in tokens.
const OBJECT_REACH: usize = 5;

/// The longest subject of a joined clause, in tokens.
const SUBJECT_REACH: usize = 12;

/// The longest one that no article begins.
const BARE_SUBJECT_REACH: usize = 6;

impl Coordination<'_, '_> {
    fn is(&self, at: usize, class: Syntax) -> bool {
        self.tokens.contains(&at) && self.lexicon.is(self.text.doc.tokens[at].word, class)
    }

    fn word(&self, at: usize) -> &str {
        if self.tokens.contains(&at) { self.text.doc.token_text(at) } else { "" }
    }

    /// The noun of an event in the phrase that a preposition opens the sentence with, which a comma ends.
    fn event_of_opening(&self) -> Option<usize> {
        let first = layout::dateline(self.text.doc, self.tokens).end;
        let opens = [Syntax::Setting, Syntax::Subordinator, Syntax::Opening].iter().any(|class| self.is(first, *class));
        let mut phrase = (first..self.tokens.end).take_while(|at| self.word(*at) != "," && !self.is_finite(*at));
        // "Having visited Oslo, …"
        let having = self.word(first) == "Having";
        if opens { phrase.find(|at| having || self.is_event_noun(*at)) } else { None }
    }

    /// Whether a token is a finite verb beyond doubt.
    fn is_finite(&self, at: usize) -> bool {
        // "May" may be a month.
        let in_date = overlaps_any(self.timexes, |timex| &timex.tokens, &(at..at + 1));
        let verb = || self.text.tenses.is_present(at) && !self.is_event_noun(at);
        self.tokens.contains(&at) && !in_date && (self.is(at, Syntax::Finite) || verb())
    }

    /// "the talks that": no content of what is said, but a relative clause.
    fn that_takes_up(&self, at: usize) -> bool {
        let said = (at.saturating_sub(REPORT_REACH).max(self.tokens.start)..at).any(|at| self.is(at, Syntax::Report));
        let before = at.checked_sub(1).filter(|before| self.tokens.contains(before));
        self.text.doc.tokens[at].word == self.lexicon.that && !said && before.is_some_and(|at| self.is_event_noun(at))
    }

    /// A finite verb that is no part of the one before it: "is to have", "will have been".
    fn is_another_verb(&self, at: usize) -> bool {
        let before = at.checked_sub(1).filter(|before| self.tokens.contains(before));
        let goes_on =
            |at: usize| self.is_finite(at) || self.is(at, Syntax::Modal) || matches!(self.word(at), "and" | "or");
        self.is(at, Syntax::Finite) && self.is_finite(at) && !before.is_some_and(goes_on)
    }

    fn is_event_noun(&self, at: usize) -> bool {
        let words = self.text.doc.words_from(at, self.tokens.end);
        self.lexicon.triggers.longest(words).is_some_and(|(_, found)| found.iter().any(|t| t.part == Part::Noun))
    }

    /// What the comma or the conjunction at a token joins.
    fn after(&self, at: usize) -> Option<Coordinated> {
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
        let both = self.word(at) == "," && joins(at + 1);
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
fn asides(text: &Text<'_, '_>, tokens: &Range<usize>) -> Vec<Range<usize>> {
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

/// Sets apart who says so and when: "A spokesman said on Tuesday that …", "…, officials said on Monday."
fn mark_reporting(
    text: &Text<'_, '_>,
    tokens: &Range<usize>,
    lexicon: &Lexicon,
    timexes: &[Timex],
    clauses: &mut Clauses,
) {
    let doc = text.doc;
    for at in tokens.clone() {
        let clause = clauses.of(at);
        let says = doc.tokens[at].shape == Shape::Lower && lexicon.is(doc.tokens[at].word, Syntax::Report);
        // "which Iran says it needs"
        let aside = (at.saturating_sub(3).max(tokens.start)..at)
            .any(|i| doc.tokens[i].word == lexicon.that || lexicon.is(doc.tokens[i].word, Syntax::Relative));
        // "the talks announced for May", "yet to be announced"
        let next = if at + 1 < tokens.end { doc.token_text(at + 1) } else { "" };
        let participle = next == "for" || at > tokens.start && doc.token_text(at - 1) == "be";
        // "announced talks with Chad": what is announced is told.
        let limit = tokens.end.min(at + OBJECT_REACH);
        let names_event = |from: usize| lexicon.triggers.longest(doc.words_from(from, limit)).is_some();
        let dated = |at: usize| overlaps_any(timexes, |timex| &timex.tokens, &(at..at + 1));
        let object = (at + 1..limit).take_while(|at| !dated(*at) && !doc.tokens[*at].is_capitalised());
        let announces = lexicon.is(doc.tokens[at].word, Syntax::Announcing) && object.into_iter().any(names_event);
        if !says || aside || participle || announces || clauses.clauses[clause].sort != Sort::Plain {
            continue;
        }
        let begin = clauses.tokens(clause).next().unwrap_or(at);
        let ends_content = |i: &usize| matches!(doc.token_text(*i), "," | "\"" | "”");
        let comma = clauses.tokens(clause).rev().filter(|i| *i < at && *i + 14 > at).find(ends_content);
        let content_before = comma.is_some_and(|comma| {
            let content = begin..comma;
            text.tenses.around(&content, &(comma..comma)) != Tense::Unknown
        });
        let reporting = clauses.open(Sort::Reporting, None, None);
        let that = (at + 1..tokens.end.min(at + 10)).find(|i| doc.tokens[*i].word == lexicon.that);
        // "…, and diplomats say a meeting could be held": what is said comes after.
        let next = doc.tokens[..tokens.end].get(at + 1).map(|token| token.word);
        let content_after = text.tenses.tell(at + 1..tokens.end)
            && next.is_some_and(|word| lexicon.is(word, Syntax::Definite) || lexicon.is(word, Syntax::Indefinite));
        let inverted = comma.is_some_and(|comma| comma + 1 == at);
        if let (Some(comma), true, None) = (comma, content_before && (inverted || !content_after), that) {
            let end = (at + 1..tokens.end).find(|i| clauses.of(*i) == clause && doc.tokens[*i].word == lexicon.comma);
            clauses.set(comma + 1..end.unwrap_or(tokens.end), clause, reporting);
            continue;
        }
        let dated = timexes.iter().find(|t| t.tokens.start > at && t.tokens.start <= at + 5).map(|t| t.tokens.end - 1);
        let end = that.or(dated).unwrap_or(at) + 1;
        clauses.set(begin..end, clause, reporting);
    }
}
