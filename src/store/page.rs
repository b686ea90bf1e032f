//! Keyset pagination: a page ends with the key of its last row, and the next one starts after it.

use jiff::{Timestamp, civil::Date, fmt::strtime};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// A cursor: the key and the id of the last row of a page. Serialized with letters, digits and `-`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The sort key.
    pub key: SortKey,
    /// The id, which distinguishes rows with the same key.
    pub id: Uuid,
}

/// A sort key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortKey {
    /// A date.
    Day(Date),
    /// A timestamp, to the microsecond.
    Instant(Timestamp),
}

impl Cursor {
    /// Returns the cursor after a row of a list sorted by date.
    pub(super) fn by_day(day: Date, id: Uuid) -> Self {
        Self { key: SortKey::Day(day), id }
    }

    /// Returns the cursor after a row of a list sorted by timestamp.
    pub(super) fn by_instant(at: Timestamp, id: Uuid) -> Self {
        Self { key: SortKey::Instant(at), id }
    }

    pub(super) fn day(self) -> Option<Date> {
        if let SortKey::Day(day) = self.key { Some(day) } else { None }
    }

    pub(super) fn instant(self) -> Option<Timestamp> {
        if let SortKey::Instant(at) = self.key { Some(at) } else { None }
    }
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// The rows of this page.
    pub items: Vec<T>,
    /// The cursor of the next page; `None` on the last one.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// Returns a page of up to `limit` rows. `rows` may have one more, which shows that another
    /// page follows.
    pub(super) fn cut(mut rows: Vec<T>, limit: u32, cursor: impl Fn(&T) -> Cursor) -> Self {
        let limit = limit as usize;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(cursor);
        Self { items: rows, next }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.id.simple();
        match self.key {
            SortKey::Day(day) => write!(f, "{}{id}", day.strftime("%Y%m%d")),
            SortKey::Instant(at) => write!(f, "at{}-{id}", at.as_microsecond()),
        }
    }
}

impl FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if !text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return Err(());
        }
        let (key, id) = if let Some(text) = text.strip_prefix("at") {
            let (at, id) = text.rsplit_once('-').ok_or(())?;
            let at = at.parse().ok().and_then(|at| Timestamp::from_microsecond(at).ok());
            (SortKey::Instant(at.ok_or(())?), id)
        } else {
            let (day, id) = text.split_at_checked(8).ok_or(())?;
            (SortKey::Day(strtime::parse("%Y%m%d", day).and_then(|day| day.to_date()).map_err(drop)?), id)
        };
        Ok(Self { key, id: Uuid::try_parse(id).map_err(drop)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_cursor_survives_being_written() {
        let id = Uuid::from_u128(7);
        let early = Timestamp::from_microsecond(-7).unwrap();
        for cursor in [Cursor::by_day(date(2023, 3, 7), id), Cursor::by_instant(early, id)] {
            let text = cursor.to_string();
            assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
            assert_eq!(text.parse(), Ok(cursor));
        }
    }

    #[test]
    fn what_is_no_cursor_is_refused() {
        for text in ["", "x", "20220110", "2022011000000000", "20221310", "é0000000", "99999999\u{e9}", "at-", "at12"]
        {
            assert_eq!(text.parse::<Cursor>(), Err(()), "{text}");
        }
    }
}
