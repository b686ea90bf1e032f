//! Reach: the blocking keys of record linkage. They limit which events a mention is compared with.

use super::participants::codes;
use crate::event::{EventState, Kind, Mention, Role};
use jiff::{Span, ToSpan, civil::Date};
use serde::Serialize;

/// How far ahead an event may lie that a mention refers to without a date, in days.
const AHEAD: i64 = 366;

/// How long ago an event may be that a report refers to without a date, in days.
const BEHIND: i64 = 31;

/// The longest reach, in days.
const LONGEST: i64 = 3660;

/// The participants and the period of an event, or of the events that a mention may refer to. A
/// mention can be linked only to an event whose reach meets its own, so the store loads no others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reach {
    /// The family of kinds, the code of a participant and the quarter of a year
    /// (`meeting:JP:2023-1`); sorted, unique.
    pub keys: Vec<String>,
    /// The first date.
    pub first: Date,
    /// The last date.
    pub last: Date,
}

impl Reach {
    /// Returns the reach of an event: its dates, its previous dates and, while its date is pending,
    /// the year after.
    pub fn of_state(state: &EventState) -> Self {
        let previous = state.previous_dates.iter().flat_map(|p| [p.starts_on, p.ends_on]);
        let pending = state.date_pending.then(|| later(state.when.ends_on, AHEAD));
        let all = previous.chain(pending).chain([state.when.starts_on, state.when.ends_on]);
        Self::new(state.kind.family(), &codes(&state.participants), all)
    }

    /// Returns the reach of a mention: its dates, the previous dates that it states and, unless
    /// these identify the date of the event, the period that a mention without a date covers.
    pub fn of_mention(mention: &Mention, published_on: Date) -> Self {
        let stated = mention.when.iter().flat_map(|when| [when.starts_on, when.ends_on]);
        let previous = mention.previous_dates.iter().flat_map(|p| [p.starts_on, p.ends_on]);
        let (first, last) = undated_period(mention, published_on);
        let has_event_date =
            mention.when.is_some() && (mention.role != Role::Changes || !mention.previous_dates.is_empty());
        let anywhere = [first, last].into_iter().filter(|_| !has_event_date);
        Self::new(mention.kind.family(), &codes(&mention.participants), stated.chain(previous).chain(anywhere))
    }

    fn new(family: Kind, codes: &[&str], days: impl Iterator<Item = Date> + Clone) -> Self {
        let first = days.clone().min().unwrap_or(Date::MIN);
        // An event that lasts for decades is indexed by its first years.
        let last = days.max().unwrap_or(Date::MIN).min(later(first, LONGEST));
        let quarter = |day: Date| i32::from(day.year()) * 4 + i32::from((day.month() - 1) / 3);
        let quarters = quarter(first)..=quarter(last);
        let key = |code: &&str, quarter: i32| {
            format!("{family}:{code}:{}-{}", quarter.div_euclid(4), quarter.rem_euclid(4) + 1)
        };
        let mut keys: Vec<String> =
            codes.iter().flat_map(|code| quarters.clone().map(move |quarter| key(code, quarter))).collect();
        keys.sort_unstable();
        keys.dedup();
        Self { keys, first, last }
    }

    /// Returns whether both share a key and a date.
    pub fn meets(&self, other: &Self) -> bool {
        self.first <= other.last
            && other.first <= self.last
            && self.keys.iter().any(|key| other.keys.binary_search(key).is_ok())
    }
}

/// Returns the first and last date on which an event may take place that a mention without a date
/// refers to.
pub(super) fn undated_period(mention: &Mention, published_on: Date) -> (Date, Date) {
    match mention.role {
        Role::Reports => (later(published_on, -BEHIND), published_on),
        _ => (published_on, later(published_on, AHEAD)),
    }
}

/// Returns the date so many days later, within the limits of the calendar.
fn later(day: Date, days: i64) -> Date {
    let span: Span = days.days();
    day.saturating_add(span)
}
