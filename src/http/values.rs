//! The types of parameters, with their error messages.

use super::day::{Day, exact_day};
use crate::event::Confidence;
use crate::store::{Cursor, Position, Since, SortKey};
use jiff::{
    Span, Timestamp,
    civil::{Date, DateTime},
    tz::TimeZone,
};
use serde::Deserialize;
use std::{fmt::Display, str::FromStr};
use strum::VariantArray;
use uuid::Uuid;

/// A time as FullCalendar sends it: a date, with or without a time and an offset.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(try_from = "String")]
pub(super) struct Moment(DateTime);

impl Moment {
    /// Returns the first date that ends after this time.
    pub(super) fn first_day(self) -> Date {
        self.0.date()
    }

    /// Returns the last date that starts before this time; `None` at the start of the calendar.
    pub(super) fn last_day_before(self) -> Option<Date> {
        self.0.checked_sub(Span::new().nanoseconds(1)).ok().map(DateTime::date)
    }
}

impl TryFrom<String> for Moment {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        // The client's own date: dates of events have no time zone.
        let civil = text.get(..19).or(text.get(..10)).and_then(|civil| civil.parse().ok());
        let moment = civil.filter(|moment: &DateTime| moment.year() >= 1).map(Self);
        moment.ok_or_else(|| format!("`{}` is not a timestamp such as 2022-01-31T00:00:00Z", shown(&text)))
    }
}

/// Names separated by commas, any of which match.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(try_from = "String")]
pub(super) struct Names(pub(super) Vec<String>);

impl TryFrom<String> for Names {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        let names: Vec<String> = text.split(',').map(|name| name.trim().to_owned()).collect();
        if names.iter().any(String::is_empty) { Err("a name is empty") } else { Ok(Self(names)) }
    }
}

/// Names of a closed list, separated by commas, any of which match.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(try_from = "String", bound = "T: FromStr + VariantArray + Display")]
pub(super) struct AnyOf<T>(pub(super) Vec<T>);

impl<T: FromStr + VariantArray + Display> TryFrom<String> for AnyOf<T> {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.split(',').map(named).collect::<Result<_, _>>().map(Self)
    }
}

/// One name of a closed list.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(try_from = "String", bound = "T: FromStr + VariantArray + Display")]
pub(super) struct OneOf<T>(pub(super) T);

impl<T: FromStr + VariantArray + Display> TryFrom<String> for OneOf<T> {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        named(&text).map(Self)
    }
}

/// Parses a name of a closed list; the error lists all names.
fn named<T: FromStr + VariantArray + Display>(name: &str) -> Result<T, String> {
    name.trim().parse().map_err(|_| {
        let known: Vec<String> = T::VARIANTS.iter().map(T::to_string).collect();
        format!("`{}` is not one of {}", shown(name), known.join(", "))
    })
}

/// A timestamp.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(try_from = "String")]
pub(super) struct Instant(pub(super) Timestamp);

impl TryFrom<String> for Instant {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        // An unescaped plus arrives as a blank.
        let instant = text.replacen(' ', "+", 1).parse().map(Self);
        instant.map_err(|_| format!("`{}` is not a timestamp such as 2022-01-05T09:00:00Z", shown(&text)))
    }
}

/// A timestamp; a date means its start, UTC.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(try_from = "String")]
pub(super) struct InstantOrDay(pub(super) Timestamp);

impl TryFrom<String> for InstantOrDay {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let midnight = exact_day(&text).and_then(|day| TimeZone::UTC.to_timestamp(day.into()).ok());
        let wrong = |error: String| format!("{error}, nor a date such as 2022-01-05");
        midnight.map_or_else(|| Instant::try_from(text).map(|at| at.0).map_err(wrong), Ok).map(Self)
    }
}

/// A date.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(try_from = "String")]
pub(super) struct CalendarDay(pub(super) Date);

impl TryFrom<String> for CalendarDay {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        exact_day(&text).map(Self).ok_or_else(|| format!("`{}` is not a date such as 2022-01-31", shown(&text)))
    }
}

/// A string that is not blank.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(try_from = "String")]
pub(super) struct Text(pub(super) String);

impl TryFrom<String> for Text {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        if text.trim().is_empty() { Err("is empty") } else { Ok(Self(text.trim().to_owned())) }
    }
}

/// The id of an article.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(try_from = "String")]
pub(super) struct ArticleId(pub(super) Uuid);

impl TryFrom<String> for ArticleId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Uuid::try_parse(&text).map(Self).map_err(|_| format!("`{}` is not the id of an article", shown(&text)))
    }
}

/// The id of an event.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(try_from = "String")]
pub(super) struct EventId(pub(super) Uuid);

impl TryFrom<String> for EventId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Uuid::try_parse(&text).map(Self).map_err(|_| format!("`{}` is not the id of an event", shown(&text)))
    }
}

/// A Boolean.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(try_from = "String")]
pub(super) struct Flag(pub(super) bool);

impl TryFrom<String> for Flag {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        text.parse().map(Self).map_err(|_| "must be true or false")
    }
}

/// A probability, from 0 to 1.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(try_from = "String")]
pub(super) struct Probability(pub(super) Confidence);

impl TryFrom<String> for Probability {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        text.parse().ok().and_then(Confidence::new).map(Self).ok_or("must be a number from 0 to 1, such as 0.8")
    }
}

/// The number of rows on a page.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(try_from = "String")]
pub(super) struct Limit(pub(super) u32);

impl Default for Limit {
    fn default() -> Self {
        Self(100)
    }
}

impl TryFrom<String> for Limit {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        text.parse().ok().filter(|limit| (1..=1000).contains(limit)).map(Self).ok_or("must be a number from 1 to 1000")
    }
}

/// The cursor of a list sorted by date.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(try_from = "String")]
pub(super) struct After(pub(super) Cursor);

impl TryFrom<String> for After {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        let cursor = text.parse().ok().filter(|cursor: &Cursor| matches!(cursor.key, SortKey::Day(_)));
        cursor.map(Self).ok_or("must be the `next_cursor` of a page")
    }
}

/// The cursor of a list sorted by timestamp.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(try_from = "String")]
pub(super) struct AfterInstant(pub(super) Cursor);

impl TryFrom<String> for AfterInstant {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        let cursor = text.parse().ok().filter(|cursor: &Cursor| matches!(cursor.key, SortKey::Instant(_)));
        cursor.map(Self).ok_or("must be the `next_cursor` of a page")
    }
}

/// The cursor of a list of events.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(try_from = "String")]
pub(super) enum EventsAfter {
    Row(Cursor),
    Changes(Position),
}

impl TryFrom<String> for EventsAfter {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        let row = || text.parse().map(Self::Row).ok();
        row().or_else(|| text.parse().map(Self::Changes).ok()).ok_or("must be the `next_cursor` of a page")
    }
}

/// The start of a list of changes.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(try_from = "String")]
pub(super) enum UpdatedSince {
    Since(Since),
    /// The start of this date.
    Day(Day),
}

impl UpdatedSince {
    /// Returns the start, if today is this date in this zone; `None` if it is outside the calendar.
    pub(super) fn resolve(self, today: Date, zone: &TimeZone) -> Option<Since> {
        match self {
            Self::Since(since) => Some(since),
            Self::Day(day) => zone.to_timestamp(day.first(today)?.into()).ok().map(Since::Instant),
        }
    }
}

impl TryFrom<String> for UpdatedSince {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let timestamp = || text.replacen(' ', "+", 1).parse().map(Since::Instant).ok();
        let since = text.parse().map(Since::Position).ok().or_else(timestamp);
        let day = || Day::try_from(text.clone()).ok().map(Self::Day);
        since.map(Self::Since).or_else(day).ok_or_else(|| {
            format!(
                "`{}` is not a timestamp such as 2022-01-05T09:00:00Z, a date such as 2022-01-05 or -7d, nor a \
                 `next_updated_since`",
                shown(&text)
            )
        })
    }
}

/// Returns a value, shortened to be quoted in an error.
fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}
