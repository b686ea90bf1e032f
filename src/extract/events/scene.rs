//! One sentence with all that is known of it: its clauses, dates, names and the words that may name an event.

use super::clauses::{self, Clauses, Sort};
use super::lexicon::{Need, Part, Syntax, Trigger};
use super::roles::Role;
use super::{Reader, Text, layout};
use crate::extract::entities::Entity;
use crate::extract::text::{Sentence, beginning_within, overlaps_any};
use crate::extract::time::Timex;
use std::ops::Range;

/// A sentence and all that is known of it.
pub(super) struct Scene<'a, 't> {
    pub reader: &'a Reader<'a>,
    pub text: &'a Text<'a, 't>,
    /// The sentence's place in the text.
    pub number: usize,
    pub sentence: &'a Sentence,
    /// Its date expressions; the first is number `first_timex` of the text's.
    pub timexes: &'a [Timex],
    pub first_timex: usize,
    pub entities: &'a [Entity],
    pub clauses: Clauses,
    /// The tokens of a dateline at its head: "GENEVA, March 6 (Agency) –".
    pub dateline: Range<usize>,
    /// The tokens of a label that names the place at the head of a line: "- Brussels:".
    pub label: Range<usize>,
    /// The day of the agenda that the sentence is an item of, as a place in the text's time expressions.
    pub heading: Option<usize>,
    /// The words that name events, in order.
    pub triggers: Vec<Found>,
    /// The part that each of its names plays.
    pub roles: Vec<Role>,
}

/// A trigger in a sentence.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub tokens: Range<usize>,
    pub trigger: Trigger,
}

impl<'a, 't> Scene<'a, 't> {
    pub fn of(reader: &'a Reader<'a>, text: &'a Text<'a, 't>, number: usize) -> Self {
        let sentence = &text.doc.sentences[number];
        let timexes = beginning_within(text.timexes, |timex| &timex.tokens, &sentence.tokens);
        let entities = beginning_within(&text.named.entities, |entity| &entity.tokens, &sentence.tokens);
        let (first_timex, timexes) = (timexes.start, &text.timexes[timexes]);
        let entities = &text.named.entities[entities];
        let mut scene = Self {
            reader,
            text,
            number,
            sentence,
            timexes,
            first_timex,
            entities,
            clauses: clauses::split(text, sentence, reader.lexicon, timexes),
            dateline: layout::dateline(text.doc, &sentence.tokens),
            label: layout::label(text.doc, &sentence.tokens, entities, timexes),
            heading: text.headings[number],
            triggers: vec![],
            roles: vec![],
        };
        scene.triggers = scene.find_triggers();
        scene.roles = entities.iter().map(|entity| scene.role(entity)).collect();
        scene
    }

    /// The names of the sentence, each with the part that it plays.
    pub fn named(&self) -> impl Iterator<Item = (&'a Entity, Role)> {
        self.entities.iter().zip(self.roles.iter().copied())
    }

    /// The names of the parties that say so, where the sentence tells who does.
    pub fn speakers(&self) -> impl Iterator<Item = &'a Entity> {
        let says = |e: &Entity| e.party.is_some() && self.clauses.sort_of(e.tokens.start) == Sort::Reporting;
        self.named().filter(move |(e, role)| *role == Role::Party && says(e)).map(|(entity, _)| entity)
    }

    /// The word at a token of the sentence; empty outside of it.
    pub fn word(&self, at: usize) -> &'t str {
        if self.sentence.tokens.contains(&at) { self.text.doc.token_text(at) } else { "" }
    }

    /// The tokens of a clause in order, after those of the subject that it shares with another.
    pub fn tokens_of(&self, clause: usize) -> impl Iterator<Item = usize> {
        let shared = self.clauses.clauses[clause].subject;
        let subject = shared.map(|of| self.clauses.tokens(of).take_while(|at| !self.text.tenses.tell(*at..*at + 1)));
        subject.into_iter().flatten().chain(self.clauses.tokens(clause))
    }

    /// Whether a name is of a clause, or of the subject that it shares with another.
    pub fn is_of_clause(&self, entity: &Entity, clause: usize) -> bool {
        let own = self.clauses.of(entity.tokens.start);
        let is_subject = || {
            let mut before = self.clauses.tokens(own).take_while(|at| *at < entity.tokens.start);
            !before.any(|at| self.text.tenses.tell(at..at + 1))
        };
        own == clause || self.clauses.clauses[clause].subject == Some(own) && is_subject()
    }

    /// The token before the phrase that begins at a token: before its article, where it has one.
    pub fn before_phrase(&self, at: usize) -> Option<usize> {
        let before = self.before(at)?;
        if self.is(before, Syntax::Definite) { self.before(before) } else { Some(before) }
    }

    /// The token before, in the sentence.
    pub fn before(&self, at: usize) -> Option<usize> {
        at.checked_sub(1).filter(|at| *at >= self.sentence.tokens.start)
    }

    /// Whether a word does this in the sentence.
    pub fn is(&self, at: usize, class: Syntax) -> bool {
        self.sentence.tokens.contains(&at) && self.reader.lexicon.is(self.text.doc.tokens[at].word, class)
    }

    /// Whether a token is of a date expression.
    pub fn is_in_date(&self, at: usize) -> bool {
        overlaps_any(self.timexes, |timex| &timex.tokens, &(at..at + 1))
    }

    /// Whether a token is of a name.
    pub fn is_in_name(&self, at: usize) -> bool {
        overlaps_any(self.entities, |entity| &entity.tokens, &(at..at + 1))
    }

    /// Whether a noun that names events begins at a token.
    pub fn noun_trigger_at(&self, at: usize) -> bool {
        self.trigger_at(at, |trigger| trigger.part == Part::Noun)
    }

    /// Whether a word or a phrase that names events so begins at a token.
    pub fn trigger_at(&self, at: usize, fits: impl Fn(&Trigger) -> bool) -> bool {
        self.reader.lexicon.has_trigger(self.text.doc.words_from(at, self.sentence.tokens.end), fits)
    }

    fn find_triggers(&self) -> Vec<Found> {
        let mut found = Vec::new();
        let mut at = self.sentence.tokens.start;
        while at < self.sentence.tokens.end {
            let words = self.text.doc.words_from(at, self.sentence.tokens.end);
            // "until" may be of the date.
            let in_date = self.is_in_date(at);
            let limits = |triggers: &[Trigger]| triggers.iter().all(|trigger| trigger.needs == Some(Need::Limit));
            let matched = self.reader.lexicon.triggers.longest(words).filter(|(_, found)| !in_date || limits(found));
            let Some((length, triggers)) = matched else {
                at += 1;
                continue;
            };
            let tokens = at..at + length;
            at = tokens.end;
            let trigger = triggers.iter().find(|trigger| self.names_an_event(&tokens, trigger));
            found.extend(trigger.map(|trigger| Found { tokens, trigger: *trigger }));
        }
        // "agreed to hold talks by 5 May" names talks, and no deadline.
        let limit = |found: &Found| found.trigger.needs == Some(Need::Limit);
        let clause = |found: &Found| self.clauses.of(found.tokens.start);
        let named: Vec<usize> = found.iter().filter(|found| !limit(found)).map(clause).collect();
        found.retain(|found| !limit(found) || !named.contains(&clause(found)));
        found
    }
}
