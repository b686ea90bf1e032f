//! The days that an event had before it was moved, or never had: as the text tells them, or as it tells by how much the new
//! ones differ.

use super::lexicon::{Cue, Syntax};
use super::moves::Change;
use super::scene::{Found, Scene};
use super::sightings::PHRASE_REACH;
use super::whereabouts::distance;
use crate::event::Precision;
use crate::extract::time::{Period, Timex};
use jiff::ToSpan;
use jiff::civil::Date;

impl Scene<'_, '_> {
    /// The days that a date gives an event, and those that it had before, where the date is the new one of an event that was
    /// moved or corrected, as far as they are told.
    pub fn days_told(
        &self,
        found: &Found,
        date: usize,
        change: Change,
        shift: Option<i32>,
    ) -> (Option<Period>, Option<Vec<Period>>) {
        let timex = &self.text.timexes[date];
        let moved = change == Change::Day;
        let mut period = self.days_from(timex, found, moved);
        // "postponed twice, will now be held on 15 May", but not its second day: "on 15 or 16 May"
        let other = self.before(timex.tokens.start).is_some_and(|at| self.word(at) == "or");
        // "has been postponed and will now be held on 15 May"
        let now = || self.holds_now(found) || self.is_now_in_date_clause(found, timex);
        let new = || (!other && now()).then(Vec::new);
        let mut before = if moved { self.days_before(timex).or_else(new) } else { None };
        match (period, shift, &mut before) {
            // "put off by a week to 12 May"
            (Some(days), Some(shift), Some(before)) => before.extend(shifted(&days, -shift)),
            // "put off by a week"
            (Some(days), Some(shift), None) => (period, before) = (shifted(&days, shift), Some(vec![days])),
            _ => {}
        }
        let former = self.former_days(found, date, period, change);
        if !former.is_empty() {
            before.get_or_insert_default().extend(former);
        }
        (period, before)
    }

    /// The days that the sentence says an event no longer has, or never had: "not on 10 March", "instead of 10 March", "a day
    /// later than first announced"; of what has been moved, "planned for 10 March", which may be over.
    fn former_days(&self, found: &Found, date: usize, period: Option<Period>, change: Change) -> Vec<Period> {
        let own = &self.text.timexes[date];
        let of_event = |other: &Timex| {
            let nearest = self.triggers.iter().min_by_key(|t| distance(&t.tokens, &other.tokens));
            other.tokens != own.tokens && nearest.is_some_and(|nearest| nearest.tokens == found.tokens)
        };
        let days = self.timexes.iter().filter(|other| of_event(other)).filter_map(|other| {
            if self.word(other.tokens.end) == "than" {
                return self.day_without(period?, other);
            }
            let told = other.period.filter(|days| days.precision == Precision::Day)?;
            let over = change == Change::Day && told.last < self.text.published && self.is_said_of_plan(other);
            let former = !self.is_former(own) && self.is_former(other);
            (self.is_contrasted(other) || over || former).then_some(told)
        });
        days.collect()
    }

    /// "planned for 10 March", "from 10 March", "originally on 10 March"
    pub fn is_said_of_plan(&self, timex: &Timex) -> bool {
        let Some(at) = self.before(timex.tokens.start) else { return false };
        let plan = |verb: usize| {
            let cue = self.reader.lexicon.cues.longest(self.text.doc.words_from(verb, at));
            cue.is_some_and(|(_, cues)| cues.iter().any(|cue| matches!(cue, Cue::Tentative | Cue::Confirmed)))
        };
        let planned =
            self.before(at).is_some_and(|verb| self.word(at) == "for" && plan(verb) || self.is(verb, Syntax::Former));
        self.word(at) == "from" || planned
    }

    /// "originally foreseen for 28 February", "first set for 28 February"
    pub fn is_former(&self, timex: &Timex) -> bool {
        let start = timex.tokens.start;
        let first = start.saturating_sub(PHRASE_REACH).max(self.sentence.tokens.start);
        let begins_cue = |at: usize| self.reader.lexicon.cues.begin_with(self.text.doc.tokens[at].word);
        (first..start).any(|at| self.is(at, Syntax::Former) || self.word(at) == "first" && begins_cue(at + 1))
    }

    /// The day that an event would have had without an offset: "on 11 March, a day later than announced".
    fn day_without(&self, period: Period, offset: &Timex) -> Option<Period> {
        let counted = offset.anchor.zip(offset.period).map(|(anchor, day)| (day.first - anchor.first).get_days());
        let later = || offset.tokens.clone().any(|at| self.word(at) == "later");
        let told = || Some(length(offset)? * if later() { 1 } else { -1 });
        shifted(&period, -counted.or_else(told)?)
    }

    /// By how many days a clause moves an event: "put off by a week", "brought forward by two days".
    pub fn shift_told(&self, clause: usize, cues: &[(usize, Cue)]) -> Option<i32> {
        let by = |timex: &&Timex| {
            let by = self.before(timex.tokens.start).is_some_and(|at| self.word(at) == "by");
            by && self.clauses.of(timex.tokens.start) == clause
        };
        let sign = cues.iter().find_map(|(_, cue)| match cue {
            Cue::Forward => Some(-1),
            Cue::Postponed | Cue::Extended => Some(1),
            _ => None,
        });
        // "by a day" is no date expression.
        let single = || {
            let mut tokens = self.clauses.tokens(clause);
            let at = tokens.find(|at| self.word(*at) == "by" && matches!(self.word(at + 1), "a" | "one"))?;
            (self.word(at + 2) == "day").then_some(1)
        };
        let days = self.timexes.iter().filter(by).find_map(length).or_else(single);
        Some(days? * sign?)
    }
}

/// The same days so many days later.
pub(super) fn shifted(period: &Period, days: i32) -> Option<Period> {
    let day = |day: Date| day.checked_add(days.days()).ok();
    let exact = period.precision == Precision::Day;
    exact.then(|| Some(Period::days(day(period.first)?, day(period.last)?))).flatten()
}

/// The days of a length of time in days or weeks.
fn length(timex: &Timex) -> Option<i32> {
    let count: i32 = timex.value.strip_prefix('P')?.strip_suffix(['D', 'W'])?.parse().ok()?;
    count.checked_mul(if timex.value.ends_with('W') { 7 } else { 1 })
}
