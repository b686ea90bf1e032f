//! Keyset pages: a page ends with the key of its last row, and the next one begins after it.

use jiff::{civil::Date, fmt::strtime};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// Where a page ended: the day and the id of its last row. Written with letters and digits only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The day that the list is sorted by.
    pub day: Date,
    /// Tells apart the rows of one day.
    pub id: Uuid,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// The rows of this page.
    pub items: Vec<T>,
    /// Where the next page goes on; none on the last one.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// The page of up to `limit` rows from `rows`, which were asked for one beyond it to know whether there are more.
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
        write!(f, "{}{}", self.day.strftime("%Y%m%d"), self.id.simple())
    }
}

impl FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (day, id) = text.split_at_checked(8).ok_or(())?;
        if !text.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(());
        }
        let day = strtime::parse("%Y%m%d", day).and_then(|day| day.to_date()).map_err(drop)?;
        let id = Uuid::try_parse(id).map_err(drop)?;
        Ok(Self { day, id })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_cursor_survives_being_written() {
        let cursor = Cursor { day: date(2023, 3, 7), id: Uuid::from_u128(7) };
        let text = cursor.to_string();
        assert!(text.bytes().all(|b| b.is_ascii_alphanumeric()));
        assert_eq!(text.parse(), Ok(cursor));
    }

    #[test]
    fn what_is_no_cursor_is_refused() {
        for text in ["", "x", "20220110", "2022011000000000", "20221310", "é0000000", "99999999\u{e9}"] {
            assert_eq!(text.parse::<Cursor>(), Err(()), "{text}");
        }
    }
}
