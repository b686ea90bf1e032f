//! Reach: the blocking keys of record linkage, which limit the events that a mention is compared
//! with.

use super::participants::codes;
use crate::event::{EventState, Kind, Mention, PartyCode, Role};
use jiff::{Span, ToSpan, civil::Date};
use sha2::{Digest, Sha256};
use std::ops::RangeInclusive;

/// How far in the future an event may lie that a mention without a date refers to, in days.
const AHEAD: i64 = 366;

/// How far in the past an event may lie that a report without a date refers to, in days.
const BEHIND: i64 = 31;

/// The radius of the weeks around a publication, in days.
const AROUND: i64 = 31;

/// The longest reach, in days.
const LONGEST: i64 = 3660;

/// The longest period that is indexed by weeks instead of quarters, in days.
const INDEXED_BY_WEEKS: i32 = 31;

/// The participants and the period of an event, or of the events that a mention may refer to. A
/// mention can be linked only to an event whose reach meets its own, so the store loads no others.
///
/// The store indexes each reach by [`Self::keys`] and finds candidates by [`Self::sought_keys`].
/// Two linked lists of participants share two codes, or one of them has a single code. So each
/// reach is indexed by its pairs of codes and by each code. A list of several codes looks up
/// single-code lists under a key of their own, apart from the many lists that contain that code
/// among others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// The first date.
    pub first: Date,
    /// The last date.
    pub last: Date,
    family: Kind,
    /// Codes with their kinds, sorted and unique.
    codes: Vec<String>,
}

/// The unit of time that a key names.
#[derive(Clone, Copy)]
enum Unit {
    Week,
    Quarter,
}

impl Reach {
    /// Returns the reach of an event.
    pub fn of_state(state: &EventState) -> Self {
        Self::new(state.kind, &codes(&state.participants), period_of_state(state))
    }

    /// Returns the reach of a mention.
    pub fn of_mention(mention: &Mention, published_on: Date) -> Self {
        Self::new(mention.kind, &codes(&mention.participants), period_of_mention(mention, published_on))
    }

    /// Returns the reach of the dates that a mention states; `None` if it states none.
    /// [`Self::of_mention`] covers more for an open mention.
    pub fn of_stated_dates(mention: &Mention) -> Option<Self> {
        let mut dates = stated_dates(mention).peekable();
        dates.peek()?;
        Some(Self::new(mention.kind, &codes(&mention.participants), span(stated_dates(mention))))
    }

    /// Returns the part of the reach of an open mention that contains most events it may refer to:
    /// the weeks before and after its publication.
    #[must_use]
    pub fn in_weeks_around(&self, published_on: Date) -> Self {
        let first = self.first.max(later(published_on, -AROUND)).min(self.last);
        let last = self.last.min(later(published_on, AROUND)).max(first);
        Self { first, last, ..self.clone() }
    }

    fn new(kind: Kind, codes: &[PartyCode<'_>], (first, last): (Date, Date)) -> Self {
        Self { first, last, family: kind.family(), codes: codes.iter().map(|code| code.key()).collect() }
    }

    /// Returns the keys under which it is indexed: for each week or quarter of the period, the
    /// pairs of codes, each code, and a marked key if there is only one code.
    pub fn keys(&self) -> Vec<i64> {
        let lone = if let [code] = &*self.codes { Some(lone(code)) } else { None };
        let participants: Vec<String> = self.pairs().chain(self.codes.iter().cloned()).chain(lone).collect();
        let unit = if self.is_indexed_by_weeks() { Unit::Week } else { Unit::Quarter };
        self.hashed(&participants, &[unit])
    }

    /// Returns the keys under which matching reaches are indexed.
    pub fn sought_keys(&self) -> Vec<i64> {
        let participants: Vec<String> = if let [code] = &*self.codes {
            vec![code.clone()]
        } else {
            self.pairs().chain(self.codes.iter().map(|code| lone(code))).collect()
        };
        self.hashed(&participants, &[Unit::Week, Unit::Quarter])
    }

    /// Returns keys such that any two reaches that meet share one: each code in each quarter.
    pub fn shared_keys(&self) -> Vec<i64> {
        self.hashed(&self.codes, &[Unit::Quarter])
    }

    /// Returns whether both share a family of kinds, a code and a date.
    pub fn meets(&self, other: &Self) -> bool {
        self.family == other.family
            && meet((self.first, self.last), (other.first, other.last))
            && self.codes.iter().any(|code| other.codes.binary_search(code).is_ok())
    }

    fn is_indexed_by_weeks(&self) -> bool {
        (self.last - self.first).get_days() <= INDEXED_BY_WEEKS
    }

    fn pairs(&self) -> impl Iterator<Item = String> {
        let later = |(at, a): (usize, &String)| -> Vec<String> {
            self.codes[at + 1..].iter().map(|b| format!("{a} {b}")).collect()
        };
        self.codes.iter().enumerate().flat_map(later)
    }

    fn hashed(&self, participants: &[String], units: &[Unit]) -> Vec<i64> {
        let mut keys = Vec::new();
        for unit in units {
            for period in unit.periods(self.first, self.last) {
                keys.extend(participants.iter().map(|who| key(&format!("{}:{who}:{unit}:{period}", self.family))));
            }
        }
        keys
    }
}

impl Unit {
    fn periods(self, first: Date, last: Date) -> RangeInclusive<i32> {
        let number = |day: Date| match self {
            Self::Week => (day - FIRST_DAY).get_days().div_euclid(7),
            Self::Quarter => i32::from(day.year()) * 4 + i32::from((day.month() - 1) / 3),
        };
        number(first)..=number(last)
    }
}

impl std::fmt::Display for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Week => "week",
            Self::Quarter => "quarter",
        })
    }
}

/// The origin of week numbers.
const FIRST_DAY: Date = Date::constant(1970, 1, 1);

/// Returns the key of a code that is the only one of its list.
fn lone(code: &str) -> String {
    format!("{code} alone")
}

/// Returns the first eight bytes of the SHA-256 hash. Keys are stored, so they must not depend on
/// the version of Rust or PostgreSQL. A collision only causes one needless comparison.
fn key(text: &str) -> i64 {
    let hash: [u8; 32] = Sha256::digest(text).into();
    hash[..8].iter().fold(0, |key, byte| key << 8 | i64::from(*byte))
}

/// Returns the period in which an event can be referred to: its dates, its previous dates and,
/// while its date is pending, the year after.
pub(super) fn period_of_state(state: &EventState) -> (Date, Date) {
    let previous = state.previous_dates.iter().flat_map(|p| [p.starts_on, p.ends_on]);
    let pending = state.date_pending.then(|| later(state.when.ends_on, AHEAD));
    span(previous.chain(pending).chain([state.when.starts_on, state.when.ends_on]))
}

/// Returns the period of the events that a mention may refer to: its dates and the previous dates
/// that it states; for an open mention, also [`undated_period`].
pub(super) fn period_of_mention(mention: &Mention, published_on: Date) -> (Date, Date) {
    let anywhere = is_open(mention).then(|| undated_period(mention, published_on));
    span(stated_dates(mention).chain(anywhere.into_iter().flat_map(|(first, last)| [first, last])))
}

/// Returns whether a mention may refer to an event without stating its date: it has no date, or
/// only a new one.
pub fn is_open(mention: &Mention) -> bool {
    mention.when.is_none() || mention.role == Role::Changes && mention.previous_dates.is_empty()
}

/// Returns the first and last dates that a mention states: its own and the previous ones.
fn stated_dates(mention: &Mention) -> impl Iterator<Item = Date> + Clone {
    let stated = mention.when.iter().flat_map(|when| [when.starts_on, when.ends_on]);
    stated.chain(mention.previous_dates.iter().flat_map(|p| [p.starts_on, p.ends_on]))
}

/// Returns whether two periods share a date.
pub(super) fn meet(a: (Date, Date), b: (Date, Date)) -> bool {
    a.0 <= b.1 && b.0 <= a.1
}

/// Returns the first and last date of the events that a mention without a date may refer to.
pub(super) fn undated_period(mention: &Mention, published_on: Date) -> (Date, Date) {
    match mention.role {
        Role::Reports => (later(published_on, -BEHIND), published_on),
        _ => (published_on, later(published_on, AHEAD)),
    }
}

/// Returns the first and last of some dates. An event that lasts for decades is compared by its
/// first ten years only.
fn span(days: impl Iterator<Item = Date> + Clone) -> (Date, Date) {
    let first = days.clone().min().unwrap_or(Date::MIN);
    let last = days.max().unwrap_or(Date::MIN);
    let is_long = (last - first).get_days() > i32::try_from(LONGEST).unwrap_or(i32::MAX);
    (first, if is_long { later(first, LONGEST) } else { last })
}

/// Returns the date `days` later, clamped to the limits of the calendar.
fn later(day: Date, days: i64) -> Date {
    let span: Span = days.days();
    day.saturating_add(span)
}
