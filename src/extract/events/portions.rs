//! A clause that tells of several days, cut into what belongs to each: "talks with Japan in Tokyo on 3 June and with
//! Korea in Seoul on 5 June", "NATO will meet on 12 January and the OSCE the following day".

use super::lexicon::Part;
use super::roles::Role;
use super::scene::{Found, Scene};
use crate::event::Kind;
use crate::extract::entities::{Entity, How};
use std::ops::Range;

/// A day of a clause and the trigger that it dates.
struct Day {
    /// The tokens of the date; of a list of dates, those of all.
    tokens: Range<usize>,
    /// The place of the trigger among those of the sentence.
    trigger: usize,
}

impl Scene<'_, '_> {
    /// The names of a clause that belong to one of its dates, each with its part; all of them where it has one date.
    /// `dated` holds the triggers and dates of the sentence.
    pub fn portion(&self, trigger: usize, date: Option<usize>, dated: &[(usize, usize)]) -> Vec<(&Entity, Role)> {
        let found = &self.triggers[trigger];
        let clause = self.clauses.of(found.tokens.start);
        let relative = date.and_then(|date| self.relative_of(&self.triggers[trigger].tokens, date));
        let named = relative.map_or_else(|| self.named_in(clause), |relative| self.named_around(found, relative));
        let days = self.days_of(clause, dated);
        let at = date.map(|date| self.text.timexes[date].tokens.start);
        let Some(day) = at.and_then(|at| days.iter().position(|day| day.tokens.contains(&at))) else { return named };
        if days.len() < 2 {
            return named;
        }
        let segment = self.segment(day, &days, found, &named);
        let within = |range: &Range<usize>, e: &Entity| range.contains(&e.tokens.start);
        let party = |role: Role| role == Role::Party;
        let verb = self.clauses.tokens(clause).find(|at| self.text.tenses.tell(*at..*at + 1));
        let subject = verb.filter(|verb| *verb <= found.tokens.start).map_or(0..0, |verb| 0..verb);
        let first = self.segment(0, &days, found, &named);
        let has_object =
            named.iter().any(|(e, r)| party(*r) && within(&first, e) && e.tokens.start >= found.tokens.end);
        // A name without a preposition is another subject where the first part has no object.
        let is_subject = |e: &Entity| self.governor(e).is_none() && !matches!(e.how, How::Capital | How::Place);
        let other_subject = day > 0
            && !has_object
            && found.trigger.kind != Kind::Visit
            && named.iter().any(|(e, r)| party(*r) && within(&segment, e) && is_subject(e));
        let alone = !named.iter().any(|(e, r)| party(*r) && within(&segment, e));
        let shared = found.trigger.part == Part::Noun && alone && days[0].trigger == days[day].trigger;
        let belongs = |(e, role): &(&Entity, Role)| {
            within(&segment, e)
                || party(*role) && within(&subject, e) && !other_subject
                || party(*role) && within(&first, e) && shared
        };
        named.into_iter().filter(belongs).collect()
    }

    /// The days that a clause tells, in order; a list of dates is one.
    fn days_of(&self, clause: usize, dated: &[(usize, usize)]) -> Vec<Day> {
        let mut days: Vec<Day> = Vec::new();
        let in_clause = |trigger: usize| self.clauses.of(self.triggers[trigger].tokens.start) == clause;
        let tokens = |date: usize| &self.text.timexes[date].tokens;
        let own = dated.iter().filter(|(trigger, date)| {
            in_clause(*trigger)
                && self.sentence.tokens.contains(&tokens(*date).start)
                && self.clauses.of(tokens(*date).start) == clause
        });
        let mut own: Vec<(usize, usize)> = own.copied().collect();
        own.sort_by_key(|(_, date)| *date);
        for (trigger, date) in own {
            let tokens = tokens(date).clone();
            match days.last_mut() {
                Some(last) if self.is_list_between(last.tokens.end, tokens.start) => last.tokens.end = tokens.end,
                _ => days.push(Day { tokens, trigger }),
            }
        }
        days
    }

    /// Whether nothing but what joins the items of a list stands between two tokens.
    pub fn is_list_between(&self, from: usize, to: usize) -> bool {
        (from..to).all(|at| matches!(self.word(at), "," | "and" | "or" | "on" | "to" | "-" | "–" | "through"))
            && from < to
    }

    /// The relative clause that takes up an event's noun and holds its date.
    fn relative_of(&self, noun: &Range<usize>, date: usize) -> Option<usize> {
        let at = self.text.timexes[date].tokens.start;
        let clause = self.sentence.tokens.contains(&at).then(|| self.clauses.of(at))?;
        let pronoun = self.clauses.clauses[clause].relative.filter(|_| clause != self.clauses.of(noun.start))?;
        self.is_head_of(noun, pronoun).then_some(clause)
    }

    /// The names of the relative clause that tells of an event, and of what it hangs on: "Oslo welcomed the talks with Chad
    /// that Niger will hold" tells nothing of Oslo.
    fn named_around(&self, found: &Found, relative: usize) -> Vec<(&Entity, Role)> {
        let within = |e: &Entity| self.clauses.of(e.tokens.start) == relative;
        let subject = self.named().any(|(e, role)| within(e) && role == Role::Party);
        let clause = self.clauses.of(found.tokens.start);
        let mut named = self.named_in(clause);
        named.retain(|(e, _)| !subject || e.tokens.end >= found.tokens.start);
        named.extend(self.named().filter(|(e, _)| within(e)));
        named
    }

    /// The names of a clause, and of the subject that it shares: of the phrase that opens a sentence only where it names
    /// fewer than two parties itself.
    pub fn named_in(&self, clause: usize) -> Vec<(&Entity, Role)> {
        let own = |entity: &Entity| self.clauses.of(entity.tokens.start) == clause;
        let parties = self.named().filter(|(e, role)| own(e) && *role == Role::Party).count();
        let opens = self.clauses.clauses[clause].subject.is_some_and(|of| of > clause);
        self.named().filter(|(e, _)| own(e) || self.is_of_clause(e, clause) && !(opens && parties > 1)).collect()
    }

    /// The tokens that belong to a day.
    fn segment(&self, day: usize, days: &[Day], found: &Found, named: &[(&Entity, Role)]) -> Range<usize> {
        let all = &self.sentence.tokens;
        let start = if day == 0 { all.start } else { self.border(day - 1, days, found, named) };
        start..if day + 1 == days.len() { all.end } else { self.border(day, days, found, named) }
    }

    /// Where what belongs to the next day begins. Of one event, after a day where names stand before it ("in Tokyo on 3
    /// June"), at the next where they stand after it ("on 3 June in Tokyo"); of two, where the second is joined on.
    fn border(&self, day: usize, days: &[Day], found: &Found, named: &[(&Entity, Role)]) -> usize {
        let (this, next) = (&days[day], &days[day + 1]);
        let noun = self.triggers[next.trigger].tokens.start;
        if this.trigger != next.trigger && noun > this.tokens.end {
            let joins = |at: &usize| matches!(self.word(*at), "," | "and" | "but" | "while");
            return (this.tokens.end..noun).rev().find(joins).unwrap_or(this.tokens.end);
        }
        let (first, last) = (&days[0].tokens, &days[days.len() - 1].tokens);
        let told =
            |range: Range<usize>| named.iter().any(|(e, role)| *role != Role::Other && range.contains(&e.tokens.start));
        let follows = first.start < found.tokens.start
            || told(last.end..self.sentence.tokens.end) && !told(found.tokens.end..first.start);
        if follows { next.tokens.start } else { this.tokens.end }
    }
}
