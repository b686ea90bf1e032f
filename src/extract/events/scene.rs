//! One sentence with all that is known of it: its clauses, dates, names and the words that may name an event.

use super::clauses::{self, Clauses};
use super::lexicon::{Need, Part, Syntax, Trigger};
use super::roles::Role;
use super::{Reader, Text, layout};
use crate::event::Kind;
use crate::extract::names::{Entity, How};
use crate::extract::text::{Sentence, Shape, beginning_within, overlaps_any};
use crate::extract::time::Timex;
use std::ops::Range;

/// How far after a verb its place or its audience may be named, in tokens.
const OBJECT_REACH: usize = 7;

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
        let found = self.reader.lexicon.triggers.longest(self.text.doc.words_from(at, self.sentence.tokens.end));
        found.is_some_and(|(_, triggers)| triggers.iter().any(|t| t.part == Part::Noun))
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

    /// "Long Distance Telephone Company": a capitalised word between others.
    fn is_within_name(&self, tokens: &Range<usize>) -> bool {
        let title = |at: usize| self.sentence.tokens.contains(&at) && self.text.doc.tokens[at].shape == Shape::Title;
        let before = self.before(tokens.start).is_some_and(title);
        title(tokens.start) && before && title(tokens.end)
    }

    /// Whether the words are used as the trigger takes them, with what it needs beside them.
    fn names_an_event(&self, tokens: &Range<usize>, trigger: &Trigger) -> bool {
        let before = self.before(tokens.start);
        let after = |class| before.is_some_and(|before| self.is(before, class));
        // "all-round" is no round.
        let hyphened = self.text.doc.tokens[tokens.start].glued && before.is_some_and(|at| self.word(at) == "-");
        let lower_before = tokens.start >= 2 && self.word(tokens.start - 2).starts_with(char::is_lowercase);
        let as_used = match trigger.part {
            // "agreed to talks", but "agreed to talk"
            Part::Noun => !(after(Syntax::Modal) && !trigger.phrase.ends_with('s') || hyphened && lower_before),
            Part::Verb => !(after(Syntax::Definite) || after(Syntax::Indefinite) || self.is_within_name(tokens)),
            Part::Participle => (tokens.start.saturating_sub(3)..tokens.start).any(|at| self.is(at, Syntax::Be)),
            // "was to have met"
            Part::Perfect => before.is_some_and(|have| {
                self.word(have) == "have" && self.before(have).is_some_and(|to| self.word(to) == "to")
            }),
        };
        let by_organisation = || {
            let subject = self.subject(tokens);
            subject.is_some_and(|e| e.party.is_some_and(|party| self.reader.is_organisation(party)))
        };
        let complete = match trigger.needs {
            None => true,
            // "is expected in Rome", but not "a meeting is expected in May in Rome"
            Some(Need::Place) => self
                .goal(tokens)
                .is_some_and(|goal| !trigger.phrase.ends_with(" in") || goal.tokens.start <= tokens.end + 1),
            Some(Need::Limit) => self.is_limit(tokens),
            Some(Need::Body) => by_organisation(),
            Some(Need::Audience) => self.has_audience(tokens),
            Some(Need::Office) => self.is_about_an_office(tokens),
        };
        // The forum of "the Pacific Islands Forum" is no event.
        let in_name = trigger.kind == Kind::Conference
            && self.entities.iter().any(|e| {
                e.how == How::Name && e.party.is_some() && e.tokens.start < tokens.start && tokens.end <= e.tokens.end
            });
        as_used && complete && !in_name && !self.is_spoken_at_an_event(tokens, trigger)
    }

    /// "will address the meeting" speaks at an event; it is not one of its own.
    fn is_spoken_at_an_event(&self, tokens: &Range<usize>, trigger: &Trigger) -> bool {
        trigger.kind == Kind::Address
            && trigger.part == Part::Verb
            && self.is(tokens.end, Syntax::Definite)
            && (tokens.end + 1..self.sentence.tokens.end.min(tokens.end + 3)).any(|at| self.noun_trigger_at(at))
    }

    /// Whether those who are spoken to are named right after the verb.
    fn has_audience(&self, tokens: &Range<usize>) -> bool {
        let reach = tokens.end..self.sentence.tokens.end.min(tokens.end + OBJECT_REACH);
        let body = self.entities.iter().any(|e| reach.contains(&e.tokens.start) && e.how == How::Body);
        body || reach.into_iter().any(|at| self.is(at, Syntax::Audience))
    }

    /// "must leave by 5 May": a date follows, and a word before it in the clause binds someone.
    fn is_limit(&self, tokens: &Range<usize>) -> bool {
        let dated = self.timexes.iter().any(|timex| {
            let first = timex.tokens.start;
            (first == tokens.end || first == tokens.end + 1 && self.is(tokens.end, Syntax::Definite))
                || timex.tokens.contains(&tokens.start)
        });
        let clause = self.clauses.of(tokens.start);
        let mut before = self.clauses.tokens(clause).take_while(|at| *at < tokens.start);
        let mut parties = self.entities.iter().filter(|e| e.tokens.end <= tokens.start && e.party.is_some());
        let bound = parties.any(|e| self.clauses.of(e.tokens.start) == clause);
        dated && bound && before.any(|at| self.is(at, Syntax::Obliging) && !self.is_auxiliary(at, tokens.start))
    }

    /// "has met by": an auxiliary binds nobody; "has until" does.
    fn is_auxiliary(&self, at: usize, limit: usize) -> bool {
        matches!(self.word(at), "has" | "have") && at + 1 != limit
    }

    /// "takes over the presidency", "the new secretary general will be sworn in".
    fn is_about_an_office(&self, tokens: &Range<usize>) -> bool {
        let near = tokens.start.saturating_sub(OBJECT_REACH).max(self.sentence.tokens.start)
            ..self.sentence.tokens.end.min(tokens.end + OBJECT_REACH);
        near.into_iter().any(|at| {
            self.is(at, Syntax::Chair) || self.reader.names.office_at(self.text.doc, at, self.sentence.tokens.end)
        })
    }

    /// The nearest name before the verb in its clause; in a relative clause, the name before the pronoun.
    fn subject(&self, tokens: &Range<usize>) -> Option<&'a Entity> {
        let clause = self.clauses.of(tokens.start);
        let mut before = self.entities.iter().rev().filter(|e| e.tokens.end <= tokens.start);
        before
            .find(|e| self.clauses.of(e.tokens.start) == clause && self.governor(e) != Some(Syntax::Place))
            .or_else(|| self.antecedent(clause))
    }

    /// The name that a relative clause is about.
    pub fn antecedent(&self, clause: usize) -> Option<&'a Entity> {
        let pronoun = self.clauses.clauses[clause].relative?;
        let office = |at: usize| self.reader.names.office_at(self.text.doc, at, self.sentence.tokens.end);
        let passes = |at: usize| office(at) || matches!(self.word(at), "," | "'s" | "’s");
        // "Norway's foreign minister, who"
        let heads = |e: &&Entity| {
            let near = e.tokens.end + 2 >= pronoun;
            near || e.tokens.end + OBJECT_REACH >= pronoun && (e.tokens.end..pronoun).all(passes)
        };
        self.entities.iter().rev().find(|e| e.tokens.end <= pronoun).filter(heads)
    }

    /// Where someone goes: the place named soon after a verb of travel, in its clause.
    pub fn goal(&self, tokens: &Range<usize>) -> Option<&'a Entity> {
        let clause = self.clauses.of(tokens.start);
        let reach = tokens.end..tokens.end + OBJECT_REACH;
        let named = self.entities.iter().filter(|e| reach.contains(&e.tokens.start) && e.place.is_some());
        let named: Vec<&Entity> = named.filter(|e| self.clauses.of(e.tokens.start) == clause).collect();
        // "the trip of Ghana's minister to Kigali" goes to Kigali.
        let follows = |e: &Entity, prepositions: &[&str]| {
            let before = self.before(e.tokens.start);
            let at = before.filter(|at| self.is(*at, Syntax::Definite)).and_then(|at| self.before(at)).or(before);
            at.is_some_and(|at| prepositions.contains(&self.word(at)))
        };
        let goal = named.iter().find(|e| follows(e, &["to"])).or_else(|| named.iter().find(|e| follows(e, &["in"])));
        goal.or_else(|| named.iter().find(|e| !follows(e, &["of", "by", "from"]))).copied()
    }
}
