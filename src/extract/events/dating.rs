//! Which date belongs to which event, and the days that an event takes from it.

use super::clauses::Sort;
use super::lexicon::{Need, Part, Syntax};
use super::scene::{Found, Scene};
use super::sightings::{NoEvent, PHRASE_REACH};
use super::whereabouts::distance;
use crate::event::Precision;
use crate::extract::tense::Tense;
use crate::extract::time::{Period, Timex, TimexType};
use jiff::ToSpan;
use std::ops::Range;

/// How far before a date the word may stand that joins it to another, in tokens.
const JOIN_REACH: usize = 8;

/// How far after its noun the relative pronoun that takes it up may stand, in tokens.
const HEAD_REACH: usize = 12;

/// How far from its trigger a bare year may stand, in tokens.
const YEAR_REACH: usize = 6;

/// For how many days a change is news.
const NEWS: i32 = 7;

/// The longest event that a number of days may tell.
pub(super) const LONGEST: i64 = 60;

/// The days that a length of time has: of "three-day", 3; none where it is none of an event.
pub(super) fn days_told(timex: &Timex) -> Option<i64> {
    let days: i64 = timex.value.strip_prefix('P')?.strip_suffix('D')?.parse().ok()?;
    (2..=LONGEST).contains(&days).then_some(days)
}

impl Scene<'_, '_> {
    /// Of the dates that share a trigger, those that are not joined ("on Monday and again on Friday") are not all its own:
    /// the nearest is.
    pub fn drop_uncoordinated(&self, dated: &mut Vec<(usize, usize)>, undated: &mut Vec<(usize, NoEvent)>) {
        let tokens = |date: usize| &self.text.timexes[date].tokens;
        let joined = |(trigger, date): (usize, usize)| {
            self.joins_a_date(tokens(date).start) || self.is_joined_to_next(trigger, date, dated)
        };
        let shared = |trigger: usize| dated.iter().filter(|(t, _)| *t == trigger).count() > 1;
        let nearest = |trigger: usize| {
            let own = dated.iter().filter(|(t, _)| *t == trigger);
            // "foreseen for 4 May, will now be held on 9 May"
            let void = |date: usize| !self.is_now(self.clauses.of(tokens(date).start));
            let apart = |date: usize| distance(&self.triggers[trigger].tokens, tokens(date));
            own.min_by_key(|(_, date)| (void(*date), self.is_former(&self.text.timexes[*date]), apart(*date)))
                .map(|(_, date)| *date)
        };
        let loose: Vec<usize> =
            dated.iter().filter(|(t, _)| shared(*t)).filter(|d| !joined(**d)).map(|(t, _)| *t).collect();
        let agrees = |trigger: usize, date: usize| {
            let period = |date: usize| self.text.timexes[date].days();
            let (own, of_nearest) = (period(date), nearest(trigger).and_then(period));
            own.zip(of_nearest).is_some_and(|(a, b)| a.first <= b.last && b.first <= a.last)
        };
        let (kept, dropped): (Vec<_>, Vec<_>) =
            dated.iter().partition(|(t, date)| !loose.contains(t) || agrees(*t, *date));
        undated.extend(dropped.into_iter().map(|(_, date)| (date, NoEvent::NoTrigger)));
        *dated = kept;
    }

    /// Whether a word before a date joins it to another ("on Monday and, in Rome, on Friday"), with nothing between that
    /// tells anything else.
    fn joins_a_date(&self, date: usize) -> bool {
        self.joins(date, |at| self.is(at, Syntax::Joining))
    }

    fn joins(&self, date: usize, joint: impl Fn(usize) -> bool) -> bool {
        let first = date.saturating_sub(JOIN_REACH).max(self.sentence.tokens.start);
        let mut before = (first..date).rev();
        let passes = |at: &usize| {
            let classes =
                [Syntax::Setting, Syntax::Place, Syntax::Party, Syntax::Definite, Syntax::Officials, Syntax::Ending];
            let office = || self.reader.names.office_at(self.text.doc, *at, self.sentence.tokens.end);
            self.is_in_name(*at) || classes.iter().any(|class| self.is(*at, *class)) || office()
        };
        before.find(|at| joint(*at) || !passes(at)).is_some_and(joint)
    }

    /// Whether a clause tells what holds now, after a change: "will now take place".
    pub fn is_now(&self, clause: usize) -> bool {
        self.clauses.tokens(clause).any(|at| matches!(self.word(at), "now" | "instead"))
    }

    /// Whether the date that follows one of the same trigger is joined to it, if by the commas of a list.
    fn is_joined_to_next(&self, trigger: usize, date: usize, dated: &[(usize, usize)]) -> bool {
        let start = |date: usize| self.text.timexes[date].tokens.start;
        let mut later: Vec<usize> = dated.iter().filter(|(t, _)| *t == trigger).map(|(_, d)| start(*d)).collect();
        later.retain(|other| *other > start(date));
        later.sort_unstable();
        let last = later.iter().position(|other| self.joins_a_date(*other));
        last.is_some_and(|last| later[..last].iter().all(|other| self.joins(*other, |at| self.word(at) == ",")))
    }

    /// The trigger that a date belongs to. A noun right beside it takes it in any clause ("before the summit on 5 May");
    /// others only where the clause neither reports nor supposes.
    pub fn dated_by(&self, timex: &Timex) -> Result<usize, NoEvent> {
        let period = timex.days().filter(|period| timex.timex_type != TimexType::Set && !period.is_era());
        let period = period.ok_or(NoEvent::NoDays)?;
        // "Stations will open at eight": an hour of no day that is told.
        let untold = timex.rule == "clock" && self.heading.is_none() && period.first == self.text.published;
        if untold && !self.is_item() {
            return Err(NoEvent::NoDays);
        }
        // "this year's forum", but "later this year"
        let own = |at: usize| matches!(self.word(at), "'s" | "’s");
        if period.precision == Precision::Year && period.first <= self.text.published && own(timex.tokens.end) {
            return Err(NoEvent::NoDays);
        }
        // "17:40 – Residents say": when a line of a live report was written.
        let first = &self.text.doc.tokens[timex.tokens.start];
        let clock = timex.tokens.start == self.sentence.tokens.start && first.new_line && timex.anchor.is_some();
        let of_line = timex.timex_type == TimexType::Time && clock && timex.clock.is_some() && first.is_number();
        let of_line = of_line && timex.tokens.clone().all(|at| !self.text.doc.tokens[at].is_capitalised());
        if self.dateline.contains(&timex.tokens.start) || of_line {
            return Err(NoEvent::OfReport);
        }
        if self.is_contrasted(timex) {
            return Err(NoEvent::Denied);
        }
        let attached = self.triggers.iter().position(|found| self.is_attached(timex, found));
        let ahead = match timex.tense {
            Tense::Past => period.first > self.text.published,
            _ => period.last >= self.text.published,
        };
        match (attached, self.clauses.sort_of(timex.tokens.start)) {
            _ if !ahead => Err(NoEvent::Over),
            (None, _) if self.is_attribute(timex) => Err(NoEvent::Attribute),
            (Some(trigger), _) => Ok(trigger),
            (None, Sort::Plain) => {
                let near = |trigger: &usize| !self.is_far_year(timex, &self.triggers[*trigger]);
                self.trigger_of(timex).filter(near).ok_or(NoEvent::NoTrigger)
            }
            (None, Sort::Reporting) => Err(NoEvent::OfReport),
            (None, Sort::Conditional) => Err(NoEvent::Conditional),
        }
    }

    /// The days of an event that begins on a day and lasts for some ("a three-day visit", "lasts two days"), or until
    /// another ("on 22 March (until 23 March)").
    pub fn days_from(&self, timex: &Timex, found: &Found, put_off: bool) -> Option<Period> {
        let days = self.with_days_beside(timex, *timex.days()?, put_off);
        // "by the end of June" is its last day.
        if found.trigger.needs == Some(Need::Limit) {
            return Some(Period::days(days.last, days.last));
        }
        if put_off && self.void_day(timex).is_some() {
            return Some(Period::days(days.last, days.last));
        }
        if days.precision != Precision::Day || days.first != days.last {
            return Some(days);
        }
        let ends = self.timexes.iter().filter(|other| other.tokens.start != timex.tokens.start).find_map(|other| {
            let before = self.before(other.tokens.start);
            let length = days_told(other);
            let describes = self.triggers.iter().any(|noun| {
                let same = noun.trigger.kind.family() == found.trigger.kind.family();
                let close =
                    other.tokens.end <= noun.tokens.start && other.tokens.end + PHRASE_REACH > noun.tokens.start;
                same && close && noun.trigger.part == Part::Noun
            });
            let lasts = before.is_some_and(|at| self.is(at, Syntax::Lasting));
            let bracket = |at: usize| self.before(at).is_some_and(|at| self.word(at) == "(");
            let until =
                !put_off && before.is_some_and(|at| self.is(at, Syntax::Until) || self.word(at) == "to" && bracket(at));
            match (length, &other.period) {
                // "two days before the meeting" is no length.
                (Some(_), None) if self.is(other.tokens.end, Syntax::Offset) => None,
                (Some(length), None) if describes || lasts => days.first.checked_add((length - 1).days()).ok(),
                (None, Some(last)) if until && last.precision == Precision::Day => {
                    // "on Thursday …, until Saturday": the one after.
                    let week = if other.rule == "weekday" && last.last < days.first { 7 } else { 0 };
                    last.last.checked_add(week.days()).ok()
                }
                _ => None,
            }
        });
        Some(ends.filter(|last| *last > days.first).map_or(days, |last| Period::days(days.first, last)))
    }

    /// The days of a list that follow one another: "on 21, 22 and 23 August", but not "put off from 21 to 22 August".
    pub fn with_days_beside(&self, timex: &Timex, days: Period, put_off: bool) -> Period {
        let Some(at) = self.timexes.iter().position(|other| other.tokens.start == timex.tokens.start) else {
            return days;
        };
        let day = |timex: &Timex| {
            timex.days().filter(|p| p.precision == Precision::Day && !self.is_contrasted(timex)).copied()
        };
        let beside = |a: &Timex, b: &Timex| {
            let mut between = a.tokens.end..b.tokens.start;
            self.is_list_between(between.start, between.end) && !(put_off && between.any(|at| self.word(at) == "to"))
        };
        let (mut first, mut last) = (days.first, days.last);
        if days.precision != Precision::Day {
            return days;
        }
        for pair in self.timexes[at..].windows(2) {
            match day(&pair[1]).filter(|next| last.tomorrow().ok() == Some(next.first) && beside(&pair[0], &pair[1])) {
                Some(next) => last = next.last,
                None => break,
            }
        }
        for pair in self.timexes[..=at].windows(2).rev() {
            match day(&pair[0]).filter(|next| next.last.tomorrow().ok() == Some(first) && beside(&pair[0], &pair[1])) {
                Some(next) => first = next.first,
                None => break,
            }
        }
        if (first, last) == (days.first, days.last) { days } else { Period::days(first, last) }
    }

    /// "at the meeting, ministers promised to reach the goals in 2030": a bare year far from the trigger is that of
    /// something else.
    fn is_far_year(&self, timex: &Timex, found: &Found) -> bool {
        let year = timex.days().is_some_and(|period| period.precision == Precision::Year) && timex.anchor.is_none();
        let year = year && timex.tokens.len() == 1;
        let within = self.before(timex.tokens.start).is_some_and(|at| self.word(at).eq_ignore_ascii_case("in"));
        year && (!within || distance(&found.tokens, &timex.tokens) > YEAR_REACH)
    }

    /// "not on 24 August", "a day earlier than planned": a day that is told to be another.
    pub fn is_contrasted(&self, timex: &Timex) -> bool {
        self.is_in_contrast(timex.tokens.start) || self.word(timex.tokens.end) == "than"
    }

    /// "the 2007 budget": a year that only describes.
    fn is_attribute(&self, timex: &Timex) -> bool {
        let year = timex.days().is_some_and(|period| period.precision == Precision::Year);
        let described = self.before(timex.tokens.start).is_some_and(|at| self.is(at, Syntax::Definite));
        year && timex.timex_type == TimexType::Date && described && timex.anchor.is_none()
    }

    /// "the summit on 5 May", "the 5 May summit".
    pub fn is_attached(&self, timex: &Timex, found: &Found) -> bool {
        let (date, noun) = (&timex.tokens, &found.tokens);
        let before = noun.end < date.start && date.start - noun.end <= 2;
        let links = (noun.end..date.start).all(|at| self.is(at, Syntax::Setting) || self.word(at) == "of");
        let behind = noun.start >= date.end && noun.start - date.end <= 1;
        // "gave 21 July as the date of the talks"
        let named = noun.start > date.end
            && noun.start - date.end <= JOIN_REACH
            && self.word(date.end) == "as"
            && (date.end..noun.start).any(|at| matches!(self.word(at), "date" | "day"));
        found.trigger.part == Part::Noun && (before && links || behind || named)
    }

    /// "The talks in March were called off", "was cancelled last year": a change to what is past, unlike "was cancelled on
    /// Tuesday".
    pub fn is_long_over(&self, found: &Found) -> bool {
        let clause = self.clauses.of(found.tokens.start);
        let published = self.text.published;
        self.timexes.iter().filter(|timex| self.clauses.of(timex.tokens.start) == clause).any(|timex| {
            let over = timex.days().filter(|days| days.last < published);
            over.is_some_and(|days| self.is_attached(timex, found) || (published - days.last).get_days() > NEWS)
        })
    }

    /// The trigger that a date belongs to: the nearest in its clause, else the nearest in the clause before, unless
    /// the date is in a clause about something else.
    fn trigger_of(&self, timex: &Timex) -> Option<usize> {
        let clause = self.clauses.of(timex.tokens.start);
        // "will sign it on 21 May and meet him": a verb that is joined on has its own date.
        let joined_on = |found: &Found| {
            let after = found.tokens.start >= timex.tokens.end && found.trigger.part == Part::Verb;
            after && self.before(found.tokens.start).is_some_and(|at| matches!(self.word(at), "and" | "but"))
        };
        let nearest = |fits: &dyn Fn(usize) -> bool| {
            let plain = |found: &Found| self.clauses.sort_of(found.tokens.start) == Sort::Plain;
            let fitting =
                self.triggers.iter().enumerate().filter(|(_, f)| plain(f) && fits(self.clauses.of(f.tokens.start)));
            fitting.min_by_key(|(_, f)| (joined_on(f), distance(&f.tokens, &timex.tokens))).map(|(at, _)| at)
        };
        let relative = self.clauses.clauses[clause].relative;
        // "the talks, which will open on 5 May"
        let taken_up = || {
            let pronoun = relative?;
            let head = |f: &Found| f.trigger.part == Part::Noun && self.is_head_of(&f.tokens, pronoun);
            self.triggers.iter().rposition(head)
        };
        let subject = self.clauses.clauses[clause].subject;
        // A clause with its own verb tells something else.
        let told = self.clauses.tokens(clause).any(|at| self.text.tenses.tell(at..at + 1));
        // "On Monday, after months of silence, the two will meet"
        let first = timex.tokens.start <= self.sentence.tokens.start + 2;
        nearest(&|of| of == clause)
            .or_else(taken_up)
            .or_else(|| nearest(&|of| relative.is_none() && !told && of + 1 == clause || subject == Some(of)))
            .or_else(|| nearest(&|of| first && of > clause))
    }

    /// Whether a relative pronoun takes up a noun before it, with nothing between but what belongs to that: "the visit to
    /// Oslo, which", "the talks between Chad and Niger, which".
    pub fn is_head_of(&self, noun: &Range<usize>, pronoun: usize) -> bool {
        let finite = |at: usize| self.is(at, Syntax::Finite) || self.text.tenses.is_present(at);
        let belongs = |at: usize| self.is_in_name(at) || !finite(at) && !self.noun_trigger_at(at);
        let near = noun.end + 2 >= pronoun;
        noun.end <= pronoun && (near || noun.end + HEAD_REACH >= pronoun && (noun.end..pronoun).all(belongs))
    }
}
