//! Whether a word is used as a trigger takes it, and has beside it what it needs: a place to go to, an audience, a body.

use super::lexicon::{Need, Part, Syntax, Trigger};
use super::scene::Scene;
use crate::event::Kind;
use crate::extract::entities::{Entity, How};
use crate::extract::text::Shape;
use std::ops::Range;

/// How far after a verb its place or its audience may be named, in tokens.
const OBJECT_REACH: usize = 7;
/// How far before a verb its subject may be named, in tokens.
const SUBJECT_REACH: usize = 8;

impl<'a> Scene<'a, '_> {
    /// "Long Distance and Telephone Company": a capitalised word within a sentence; in a headline, after "to" or "will".
    fn is_of_a_name(&self, tokens: &Range<usize>) -> bool {
        let word = |at: usize| self.text.doc.tokens[at].is_word() && !self.is_in_date(at);
        let first = !(self.sentence.tokens.start..tokens.start).any(word);
        let opens = self.before(tokens.start).is_some_and(|at| !word(at) || self.is(at, Syntax::Modal));
        self.text.doc.tokens[tokens.start].shape == Shape::Title && !first && !opens
    }

    /// Whether the words are used as the trigger takes them, with what it needs beside them.
    pub fn names_an_event(&self, tokens: &Range<usize>, trigger: &Trigger) -> bool {
        let before = self.before(tokens.start);
        let after = |class| before.is_some_and(|before| self.is(before, class));
        // "all-round" is no round.
        let hyphened = self.text.doc.tokens[tokens.start].glued && before.is_some_and(|at| self.word(at) == "-");
        let lower_before = tokens.start >= 2 && self.word(tokens.start - 2).starts_with(char::is_lowercase);
        // "We call on all"
        let speaks = || after(Syntax::Subject) && !after(Syntax::Party) && !after(Syntax::Indefinite);
        let as_used = match trigger.part {
            // "agreed to talks", but "agreed to talk"
            Part::Noun => {
                !(after(Syntax::Modal) && !trigger.phrase.ends_with('s') || hyphened && lower_before || speaks())
            }
            Part::Verb => !(after(Syntax::Definite) || after(Syntax::Indefinite) || self.is_of_a_name(tokens)),
            Part::Participle => (tokens.start.saturating_sub(3)..tokens.start).any(|at| self.is(at, Syntax::Be)),
            // "was to have met"
            Part::Perfect => before.is_some_and(|have| {
                self.word(have) == "have" && self.before(have).is_some_and(|to| self.word(to) == "to")
            }),
        };
        let complete = match trigger.needs {
            None => true,
            // "is expected in Rome", but not "a meeting is expected in May in Rome"
            Some(Need::Place) => {
                let near = |goal: &Entity| {
                    !(trigger.phrase.ends_with(" in") || trigger.phrase.ends_with(" to"))
                        || goal.tokens.start <= tokens.end + 1
                };
                let event = trigger.phrase == "be in" && self.has_event_as_subject(tokens);
                !event && (self.goal(tokens).is_some_and(near) || self.goes_to_capital(tokens))
            }
            Some(Need::Limit) => self.is_limit(tokens),
            Some(Need::Body) => self.is_by_organisation(tokens),
            Some(Need::Sitting) => self.is_by_organisation(tokens) || self.has_subject(tokens, Syntax::Sitting),
            Some(Need::Term) => self.has_subject(tokens, Syntax::Term),
            Some(Need::Building) => self.has_object(tokens, Syntax::Building),
            Some(Need::Envoy) => {
                let goes = trigger.kind != Kind::Visit || self.goal(tokens).is_some();
                goes && (self.has_object(tokens, Syntax::Officials) || self.has_office_as_object(tokens))
            }
            Some(Need::Council) => self.has_organ_as_object(tokens) || self.has_object(tokens, Syntax::Sitting),
            Some(Need::Text) => self.has_object(tokens, Syntax::Text),
            Some(Need::Report) => self.has_object(tokens, Syntax::Document),
            Some(Need::Audience) => self.has_audience(tokens),
            Some(Need::Office) => self.is_about_an_office(tokens),
        };
        // The forum of "the Pacific Islands Forum" is no event.
        let in_name = trigger.kind == Kind::Conference
            && self.entities.iter().any(|e| {
                e.how == How::Name && e.party.is_some() && e.tokens.start < tokens.start && tokens.end <= e.tokens.end
            });
        as_used
            && complete
            && !in_name
            && !self.is_spoken_at_an_event(tokens, trigger)
            && !self.is_signed(tokens, trigger)
    }

    /// "The talks will be in Sucre": nobody goes there.
    fn has_event_as_subject(&self, tokens: &Range<usize>) -> bool {
        let clause = self.clauses.of(tokens.start);
        let mut before = self.clauses.tokens(clause).take_while(|at| *at < tokens.start);
        before.any(|at| self.noun_trigger_at(at) || self.word(at).eq_ignore_ascii_case("those"))
    }

    /// "will be in the Turkish capital"
    fn goes_to_capital(&self, tokens: &Range<usize>) -> bool {
        let near = tokens.end..self.sentence.tokens.end.min(tokens.end + OBJECT_REACH);
        let adjective = |at: usize| self.entities.iter().any(|e| e.how == How::Demonym && e.tokens.end == at);
        near.into_iter().any(|at| self.is(at, Syntax::Capital) && adjective(at))
    }

    /// Whether an organisation is the subject of a verb, and not of what the clause is about: "a vote of the IMF on the
    /// new rules".
    fn is_by_organisation(&self, tokens: &Range<usize>) -> bool {
        let subject = self.subject(tokens).filter(|e| e.party.is_some_and(|party| self.reader.is_organisation(party)));
        // "The agency will publish"
        let meant =
            || self.clauses.tokens(self.clauses.of(tokens.start)).any(|at| at < tokens.start && self.is_body_meant(at));
        meant()
            || self.is_body_resumed(tokens)
            || subject.is_some_and(|e| {
                e.tokens.end > tokens.start || !(e.tokens.end..tokens.start).any(|at| self.is(at, Syntax::About))
            })
    }

    /// Whether a word of a class stands soon before a verb.
    fn has_subject(&self, tokens: &Range<usize>, class: Syntax) -> bool {
        let first = tokens.start.saturating_sub(SUBJECT_REACH).max(self.sentence.tokens.start);
        (first..tokens.start).any(|at| self.is(at, class))
    }

    /// Whether a word of a class stands soon after a verb.
    fn has_object(&self, tokens: &Range<usize>, class: Syntax) -> bool {
        (tokens.end..self.sentence.tokens.end.min(tokens.end + OBJECT_REACH)).any(|at| self.is(at, class))
    }

    /// Whether an organ of an organisation is named soon after a verb.
    fn has_organ_as_object(&self, tokens: &Range<usize>) -> bool {
        let reach = tokens.end..tokens.end + OBJECT_REACH;
        self.entities.iter().any(|e| e.how == How::Body && reach.contains(&e.tokens.start))
    }

    /// Whether an office stands soon after a verb.
    fn has_office_as_object(&self, tokens: &Range<usize>) -> bool {
        let limit = self.sentence.tokens.end;
        (tokens.end..limit.min(tokens.end + OBJECT_REACH))
            .any(|at| self.reader.names.office_at(self.text.doc, at, limit))
    }

    /// "will ratify the convention": what is signed is no event of its own.
    fn is_signed(&self, tokens: &Range<usize>, trigger: &Trigger) -> bool {
        let first = tokens.start.saturating_sub(OBJECT_REACH).max(self.sentence.tokens.start);
        let signs = |at: usize| self.trigger_at(at, |t| t.kind == Kind::Signing && t.part != Part::Noun);
        trigger.kind == Kind::Conference && (first..tokens.start).any(signs)
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
        self.has_organ_as_object(tokens) || self.has_object(tokens, Syntax::Audience)
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
            self.before_phrase(e.tokens.start).is_some_and(|at| prepositions.contains(&self.word(at)))
        };
        // "will visit Valencia in Venezuela"
        let object = named.iter().find(|e| e.tokens.start == tokens.end && e.how != How::Demonym);
        let goal = object
            .or_else(|| named.iter().find(|e| follows(e, &["to"])))
            .or_else(|| named.iter().find(|e| follows(e, &["in"])));
        goal.or_else(|| named.iter().find(|e| !follows(e, &["of", "by", "from"]))).copied()
    }
}
