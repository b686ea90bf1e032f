//! What a sentence adds to an event that is known: "It has been called off", "They will now take place on 8 May", "The
//! visit will end on 10 May", "The round is to last four days".

use super::clauses::Sort;
use super::dating::days_told;
use super::lexicon::{Cue, Part, Syntax};
use super::moves::{Change, change_of};
use super::roles::Role;
use super::scene::{Found, Scene};
use super::sightings::Sighting;
use super::standing::status_of;
use crate::event::Precision;
use crate::extract::time::{Timex, TimexType};

/// How a sighting goes on from what is told of its event elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sequel {
    /// It tells the event by itself.
    None,
    /// It tells what holds now, after a change: "will now take place".
    Change,
    /// It tells of one more: "another round", "a further meeting".
    Another,
    /// Its date holds no longer: "was originally set for 3 May".
    Former,
    /// Its date is the last of the event's: "will end on 10 May".
    End,
}

/// How far before a date the verb may stand that makes it the end of an event, in tokens.
const END_REACH: usize = 4;
/// How far before a noun the word may stand that makes it one more, in tokens.
pub(super) const ANOTHER_REACH: usize = 3;

impl Scene<'_, '_> {
    /// How a clause goes on from what is told of its event elsewhere.
    pub fn sequel(&self, found: &Found, date: Option<usize>) -> Sequel {
        let noun = found.trigger.part == Part::Noun;
        let start = found.tokens.start;
        let ends = date.is_some_and(|date| {
            let at = self.text.timexes[date].tokens.start;
            let before = at.saturating_sub(END_REACH).max(self.sentence.tokens.start)..at;
            let lasts = |at: usize| self.is(at, Syntax::Lasting) && self.is(at + 1, Syntax::Until);
            before.into_iter().any(|at| self.is(at, Syntax::Ending) || lasts(at))
        });
        if date.is_some_and(|date| self.is_former(&self.text.timexes[date])) {
            Sequel::Former
        } else if noun && ends {
            Sequel::End
        } else if noun && (start.saturating_sub(ANOTHER_REACH)..start).any(|at| self.is(at, Syntax::Another)) {
            Sequel::Another
        } else if self.is_now(self.clauses.of(start)) {
            Sequel::Change
        } else {
            Sequel::None
        }
    }

    /// The length of an event in days that the sentence tells: "will last three days".
    pub fn length_told(&self) -> Option<i64> {
        let lasting = |timex: &&Timex| {
            let (first, end) = (timex.tokens.start, timex.tokens.end);
            let lasts = (first.saturating_sub(2)..first).any(|at| self.is(at, Syntax::Lasting));
            // "the four-day meeting"
            let definite = self.before(first).is_some_and(|at| self.is(at, Syntax::Definite));
            lasts || definite && (end..end + 2).any(|at| self.noun_trigger_at(at))
        };
        self.timexes.iter().filter(lasting).find_map(days_told)
    }

    /// "It was scheduled for 17 May"
    fn was_planned(&self, timex: &Timex) -> bool {
        let first = self.sentence.tokens.start;
        let was = (first..timex.tokens.start).any(|at| matches!(self.word(at), "was" | "were" | "had"));
        let exact = timex.days().is_some_and(|days| days.precision == Precision::Day);
        was && exact && self.is_said_of_plan(timex) && self.clauses.sort_of(timex.tokens.start) == Sort::Plain
    }

    /// The day that an event had which is put off or called off, its own where no other is told.
    fn day_it_had(&self, known: &Sighting, planned: usize) -> Option<Sighting> {
        let days = self.timexes[planned].days().copied();
        let told = Sighting {
            sentence: self.number,
            found: Found { tokens: self.sentence.tokens.start..self.sentence.tokens.start + 1, ..known.found.clone() },
            ..known.clone()
        };
        match known.timex {
            _ if !known.status.is_off() && known.change != Change::Day => None,
            Some(_) => Some(Sighting { timex: None, period: None, before: days.map(|days| vec![days]), ..told }),
            None if days.is_some_and(|days| days.first >= self.text.published) => {
                Some(Sighting { timex: Some(planned + self.first_timex), period: days, before: None, ..told })
            }
            None => None,
        }
    }

    /// What a sentence that names no event tells of the one before: "It has been put off", "They will be held in Oslo".
    pub fn goes_on_from(&self, known: &Sighting) -> Option<Sighting> {
        let first = self.sentence.tokens.start;
        if !self.triggers.is_empty() || !self.is(first, Syntax::Subject) && !self.is(first, Syntax::Anaphor) {
            return None;
        }
        let cues: Vec<(usize, Cue)> =
            self.cues().into_iter().filter(|(at, _)| self.clauses.sort_of(*at) == Sort::Plain).collect();
        let status = status_of(&cues, &(first..first), true)?;
        if let Some(planned) = self.timexes.iter().position(|timex| self.was_planned(timex)) {
            return self.day_it_had(known, planned);
        }
        let change = change_of(&cues, status);
        let undone = change != Change::None;
        let held = self.sentence.tokens.clone().any(|at| self.is(at, Syntax::Holding));
        let ahead = |timex: &&Timex| {
            let day = timex
                .days()
                .is_some_and(|period| period.precision == Precision::Day && period.last >= self.text.published);
            day && timex.timex_type != TimexType::Set && self.clauses.sort_of(timex.tokens.start) == Sort::Plain
        };
        let date = self.timexes.iter().rfind(ahead).filter(|_| held || undone);
        let place = self.named().find(|(_, role)| *role == Role::Place).and_then(|(entity, _)| entity.place);
        let place = place.filter(|_| held);
        let lasts = self.length_told();
        if date.is_none() && place.is_none() && lasts.is_none() && !undone {
            return None;
        }
        let timex = date.and_then(|date| self.timexes.iter().position(|other| other.tokens == date.tokens));
        Some(Sighting {
            sentence: self.number,
            found: Found { tokens: first..first + 1, trigger: known.found.trigger },
            sequel: if undone || self.is_now(self.clauses.of(first)) { Sequel::Change } else { Sequel::None },
            lasts,
            change,
            before: (date.is_some() && undone).then(Vec::new),
            shift: self.shift_told(self.clauses.of(first), &cues),
            timex: timex.map(|at| at + self.first_timex),
            period: date.and_then(|date| date.days().copied()),
            place,
            status,
            says_status: !cues.is_empty(),
            ..known.clone()
        })
    }
}
