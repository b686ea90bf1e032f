//! What one clause tells of one event: its trigger, date, parties, place and standing.

use super::clauses::{self, Clauses, Sort};
use super::lexicon::{Cue, Need, Part, Syntax, Trigger};
use super::roles::{Role, role};
use super::{Reader, Text};
use crate::event::{Kind, Status};
use crate::extract::names::{Entity, How, PartyId, PlaceId};
use crate::extract::tense::Tense;
use crate::extract::text::Sentence;
use crate::extract::time::{Timex, TimexType};
use std::ops::Range;

/// A party that takes part: a state, an organisation, or a person who acts for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Actor {
    /// The state or organisation.
    pub party: Option<PartyId>,
    /// The person.
    pub person: Option<usize>,
}

/// What one clause tells of one event.
#[derive(Clone, Debug)]
pub struct Sighting {
    /// The sentence.
    pub sentence: usize,
    /// The kind that its trigger names.
    pub kind: Kind,
    /// The date, as a place in the text's time expressions.
    pub timex: Option<usize>,
    /// Who takes part, in the order of the text.
    pub actors: Vec<Actor>,
    /// Where it is held.
    pub place: Option<PlaceId>,
    /// How sure it is.
    pub status: Status,
    /// It is spoken of as known: "the talks".
    pub definite: bool,
    /// The clause says nothing of its standing beyond naming it.
    pub bare: bool,
    /// The name of the rule.
    pub rule: String,
}

/// A trigger in a sentence.
#[derive(Clone, Debug)]
struct Found {
    tokens: Range<usize>,
    trigger: Trigger,
}

/// How much nearer a date before its trigger must be than one after it, in tokens.
const AGAINST_ORDER: usize = 4;

/// The sightings of one sentence.
pub fn in_sentence(reader: &Reader, text: &Text<'_, '_>, number: usize) -> Vec<Sighting> {
    let sentence = &text.doc.sentences[number];
    let first = text.timexes.partition_point(|t| t.tokens.start < sentence.tokens.start);
    let last = text.timexes.partition_point(|t| t.tokens.start < sentence.tokens.end);
    let timexes = &text.timexes[first..last];
    let from = text.named.entities.partition_point(|e| e.tokens.start < sentence.tokens.start);
    let to = text.named.entities.partition_point(|e| e.tokens.start < sentence.tokens.end);
    let scene = Scene {
        reader,
        text,
        sentence,
        number,
        timexes,
        first_timex: first,
        entities: &text.named.entities[from..to],
        clauses: clauses::split(text.doc, sentence, &reader.lexicon, reader.tenses, timexes),
    };
    scene.sightings()
}

/// One sentence and all that is known of it.
struct Scene<'a, 't> {
    reader: &'a Reader<'a>,
    text: &'a Text<'a, 't>,
    sentence: &'a Sentence,
    number: usize,
    timexes: &'a [Timex],
    first_timex: usize,
    entities: &'a [Entity],
    clauses: Clauses,
}

impl Scene<'_, '_> {
    fn sightings(&self) -> Vec<Sighting> {
        let triggers = self.triggers();
        let mut dated: Vec<Vec<usize>> = vec![Vec::new(); triggers.len()];
        for (at, timex) in self.timexes.iter().enumerate() {
            if let Some(trigger) = self.is_ahead(timex).then(|| self.trigger_of(timex, &triggers)).flatten() {
                dated[trigger].push(at);
            }
        }
        let mut sightings = Vec::new();
        for (found, dates) in triggers.iter().zip(dated) {
            let dates: Vec<Option<usize>> =
                if dates.is_empty() { vec![None] } else { dates.into_iter().map(Some).collect() };
            sightings.extend(dates.into_iter().filter_map(|date| self.sighting(found, date)));
        }
        // One clause with several triggers and one date tells of one event; the dated one speaks for the others.
        let has_date = sightings.iter().any(|s| s.timex.is_some());
        sightings.retain(|s| s.timex.is_some() || s.definite && !has_date);
        sightings
    }

    /// The triggers of the sentence in clauses that tell something.
    fn triggers(&self) -> Vec<Found> {
        let (doc, lexicon) = (self.text.doc, &self.reader.lexicon);
        let mut found = Vec::new();
        let mut at = self.sentence.tokens.start;
        while at < self.sentence.tokens.end {
            let matched = lexicon.triggers.longest(doc.words_from(at, self.sentence.tokens.end));
            let in_timex = self.timexes.iter().any(|t| t.tokens.contains(&at));
            let Some((length, triggers)) = matched.filter(|_| !in_timex) else {
                at += 1;
                continue;
            };
            let tokens = at..at + length;
            at = tokens.end;
            if self.clauses.clauses[self.clauses.of(tokens.start)].sort != Sort::Plain {
                continue;
            }
            let trigger = triggers.iter().find(|trigger| self.names_an_event(&tokens, trigger));
            found.extend(trigger.map(|trigger| Found { tokens, trigger: *trigger }));
        }
        found
    }

    /// Whether the word is used as the trigger takes it: a verb as a verb, with what it needs beside it.
    fn names_an_event(&self, tokens: &Range<usize>, trigger: &Trigger) -> bool {
        let doc = self.text.doc;
        let before = tokens.start.checked_sub(1).filter(|at| *at >= self.sentence.tokens.start);
        let word_before = before.map_or("", |at| doc.token_text(at));
        let determined = matches!(word_before, "the" | "The" | "a" | "A" | "an" | "its" | "their" | "his" | "her" | "this" | "next" | "'s" | "’s");
        let as_used = match trigger.part {
            Part::Noun => !(matches!(word_before, "to" | "will" | "would" | "may" | "not")),
            Part::Verb => !determined && doc.tokens[tokens.start].shape != crate::extract::text::Shape::Upper,
            Part::Participle => self.follows_be(tokens.start),
        };
        let fits = match trigger.needs {
            None => true,
            Some(Need::Place) => self.goes_to(tokens).is_some(),
            Some(Need::Body) => self.subject(tokens).is_some_and(|e| e.party.is_some_and(|p| self.reader.is_organisation(p))),
            Some(Need::Court) => self.subject(tokens).is_some_and(|e| e.how == How::Body || e.party.is_some_and(|p| self.reader.is_organisation(p))),
            Some(Need::Audience) => self.has_audience(tokens),
            Some(Need::Office) => self.reader.names.office_near(doc, tokens.end, self.sentence.tokens.end),
        };
        as_used && fits && !self.audience_is_an_event(tokens, trigger)
    }

    /// "will address the meeting" speaks at an event; it is not one of its own.
    fn audience_is_an_event(&self, tokens: &Range<usize>, trigger: &Trigger) -> bool {
        let limit = self.sentence.tokens.end.min(tokens.end + 3);
        trigger.kind == Kind::Address && trigger.part == Part::Verb
            && self.text.doc.token_text(tokens.end.min(limit - 1)) == "the"
            && (tokens.end..limit).any(|at| {
                let found = self.reader.lexicon.triggers.longest(self.text.doc.words_from(at, limit));
                found.is_some_and(|(_, t)| t.iter().any(|t| t.part == Part::Noun))
            })
    }

    /// Whether those who are spoken to are named right after the verb.
    fn has_audience(&self, tokens: &Range<usize>) -> bool {
        let limit = self.sentence.tokens.end.min(tokens.end + 7);
        let body = self.entities.iter().any(|e| (tokens.end..limit).contains(&e.tokens.start) && e.how == How::Body);
        body || (tokens.end..limit).any(|at| self.reader.lexicon.is(self.text.doc.tokens[at].word, Syntax::Audience))
    }

    fn follows_be(&self, at: usize) -> bool {
        let first = at.saturating_sub(3).max(self.sentence.tokens.start);
        (first..at).any(|i| matches!(self.text.doc.token_text(i), "be" | "is" | "are" | "being"))
    }

    /// The nearest name before the verb in its clause; for a relative clause, the name before the pronoun.
    fn subject(&self, tokens: &Range<usize>) -> Option<&Entity> {
        let clause = self.clauses.of(tokens.start);
        let own = self.entities.iter().rev().find(|e| e.tokens.end <= tokens.start && self.clauses.of(e.tokens.start) == clause);
        own.or_else(|| self.antecedent(clause))
    }

    fn antecedent(&self, clause: usize) -> Option<&Entity> {
        let pronoun = self.clauses.clauses[clause].relative?;
        self.entities.iter().rev().find(|e| e.tokens.end <= pronoun && e.tokens.end + 2 >= pronoun)
    }

    /// Where someone goes: the place named right after a verb of travel.
    fn goes_to(&self, tokens: &Range<usize>) -> Option<&Entity> {
        let clause = self.clauses.of(tokens.start);
        self.entities.iter().find(|e| {
            e.tokens.start >= tokens.end
                && e.tokens.start <= tokens.end + 6
                && e.place.is_some()
                && self.clauses.of(e.tokens.start) == clause
        })
    }

    /// Whether a date may be that of an event ahead.
    fn is_ahead(&self, timex: &Timex) -> bool {
        let clause = &self.clauses.clauses[self.clauses.of(timex.tokens.start)];
        let Some(period) = &timex.period else { return false };
        let calendar = matches!(timex.timex_type, TimexType::Date | TimexType::Time);
        let not_yet_over = match timex.tense {
            Tense::Past => period.first > self.text.published,
            _ => period.last >= self.text.published,
        };
        calendar && not_yet_over && clause.sort == Sort::Plain
    }

    /// The trigger that a date belongs to: the nearest in its clause, else the nearest in the clause before.
    fn trigger_of(&self, timex: &Timex, triggers: &[Found]) -> Option<usize> {
        let clause = self.clauses.of(timex.tokens.start);
        let distance = |found: &Found| {
            if found.tokens.end <= timex.tokens.start {
                timex.tokens.start - found.tokens.end
            } else {
                found.tokens.start.saturating_sub(timex.tokens.end) + AGAINST_ORDER
            }
        };
        let nearest = |same: bool| {
            let fits = |found: &Found| {
                let of = self.clauses.of(found.tokens.start);
                if same { of == clause } else { of + 1 == clause && self.clauses.clauses[clause].relative.is_none() }
            };
            triggers.iter().enumerate().filter(|(_, f)| fits(f)).min_by_key(|(_, f)| distance(f)).map(|(at, _)| at)
        };
        nearest(true).or_else(|| nearest(false))
    }

    fn sighting(&self, found: &Found, date: Option<usize>) -> Option<Sighting> {
        let clause = self.clauses.of(found.tokens.start);
        let cues = self.cues(clause);
        if cues.iter().any(|(_, cue)| matches!(cue, Cue::Conditional | Cue::Commemorating)) {
            return None;
        }
        let status = status_of(&cues, &found.tokens)?;
        let tense = self.reader.tenses.around(self.text.doc, &self.sentence.tokens, &found.tokens);
        if found.trigger.part != Part::Noun && tense == Tense::Past {
            return None;
        }
        let roles: Vec<(usize, Role)> = self
            .entities
            .iter()
            .enumerate()
            .filter(|(_, e)| self.clauses.of(e.tokens.start) == clause)
            .map(|(at, e)| (at, self.role_of(e)))
            .collect();
        let place = self.place(found, &roles);
        let mut actors: Vec<Actor> = Vec::new();
        let mut add = |entity: &Entity| {
            let actor = Actor { party: entity.party, person: entity.person };
            if (actor.party.is_some() || actor.person.is_some()) && !actors.contains(&actor) {
                actors.push(actor);
            }
        };
        let has_subject = roles.iter().any(|(at, r)| *r == Role::Party && self.entities[*at].tokens.end <= found.tokens.start);
        if let Some(antecedent) = self.antecedent(clause).filter(|_| !has_subject) {
            add(antecedent);
        }
        roles.iter().filter(|(_, r)| *r == Role::Party).for_each(|(at, _)| add(&self.entities[*at]));
        // A visit is also the affair of the country that is visited.
        if found.trigger.kind == Kind::Visit {
            let host = place.and_then(|place| self.reader.names.gazetteer.country_of(place));
            let host = host.map(|party| Actor { party: Some(party), person: None });
            actors.extend(host.filter(|host| !actors.iter().any(|a| a.party == host.party)));
        }
        let before = found.tokens.start.checked_sub(1).filter(|at| *at >= self.sentence.tokens.start);
        let definite = found.trigger.part == Part::Noun && self.is_definite(before, found.tokens.start);
        Some(Sighting {
            sentence: self.number,
            kind: found.trigger.kind,
            timex: date.map(|at| at + self.first_timex),
            actors,
            place,
            status,
            definite,
            bare: cues.is_empty(),
            rule: format!("{} {}", found.trigger.part, found.trigger.phrase),
        })
    }

    /// "the talks", "the two-day visit".
    fn is_definite(&self, before: Option<usize>, trigger: usize) -> bool {
        let Some(before) = before else { return false };
        let first = before.saturating_sub(3).max(self.sentence.tokens.start);
        (first..trigger).any(|at| matches!(self.text.doc.token_text(at), "the" | "The" | "this" | "This" | "his" | "her" | "their"))
    }

    fn role_of(&self, entity: &Entity) -> Role {
        role(
            self.text.doc,
            &self.sentence.tokens,
            entity,
            self.entities,
            &self.clauses,
            &self.reader.lexicon,
            self.reader.tenses,
            self.reader.names,
        )
    }

    /// The place nearest to the trigger, a city before a country; for a journey, where it goes.
    fn place(&self, found: &Found, roles: &[(usize, Role)]) -> Option<PlaceId> {
        if found.trigger.kind == Kind::Visit {
            if let Some(goal) = self.goes_to(&found.tokens) {
                return goal.place;
            }
        }
        let places = roles.iter().filter(|(_, role)| *role == Role::Place).map(|(at, _)| &self.entities[*at]);
        places
            .min_by_key(|e| {
                let country = matches!(e.how, How::Name);
                let after = e.tokens.start >= found.tokens.end;
                let distance = if after { e.tokens.start - found.tokens.end } else { found.tokens.start.abs_diff(e.tokens.end) + 6 };
                (country, distance)
            })
            .and_then(|e| e.place)
    }

    /// The cues of a clause and where they stand.
    fn cues(&self, clause: usize) -> Vec<(usize, Cue)> {
        let doc = self.text.doc;
        self.clauses
            .tokens(clause)
            .filter_map(|at| {
                let (_, cues) = self.reader.lexicon.cues.longest(doc.words_from(at, self.sentence.tokens.end))?;
                cues.first().map(|cue| (at, *cue))
            })
            .collect()
    }
}

/// The standing that the cues of a clause give to the event at `trigger`; none where they deny it.
fn status_of(cues: &[(usize, Cue)], trigger: &Range<usize>) -> Option<Status> {
    let has = |wanted: Cue| cues.iter().any(|(_, cue)| *cue == wanted);
    if has(Cue::Cancelled) {
        return Some(Status::Cancelled);
    }
    if has(Cue::Postponed) {
        return Some(Status::Postponed);
    }
    if has(Cue::Negative) {
        return None;
    }
    let nearest = cues
        .iter()
        .filter(|(_, cue)| matches!(cue, Cue::Tentative | Cue::Confirmed))
        .min_by_key(|(at, _)| at.abs_diff(trigger.start));
    Some(match nearest {
        Some((_, Cue::Tentative)) => Status::Tentative,
        _ => Status::Confirmed,
    })
}
