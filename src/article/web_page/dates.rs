//! Parses dates of web pages.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    fmt::{rfc2822, strtime, temporal},
    tz::Offset,
};

/// The maximum length of a date, in bytes.
const LONGEST: usize = 64;

/// Non-standard formats, in the syntax of `strftime`. Ambiguous ones, such as 02/03/2023, are not included.
const FORMATS: [&str; 12] = [
    "%Y-%m-%d %H:%M:%S %z",
    "%Y-%m-%d %H:%M:%S %Q",
    "%Y-%m-%dT%H:%M:%S%.f%z",
    "%Y-%m-%dT%H:%M%z",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%B %d, %Y",
    "%b %d, %Y",
    "%d %B %Y",
    "%d %b %Y",
    "%a %b %d %H:%M:%S %z %Y",
];

/// The publication date stated by a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Published {
    /// The date, in the time zone in which the page states it.
    pub(super) on: Date,
    /// The timestamp; `None` if the page states no time or no time zone.
    pub(super) at: Option<Timestamp>,
    /// Whether the time zone is local rather than UTC.
    is_local: bool,
}

impl Published {
    fn new(time: DateTime, offset: Option<Offset>) -> Self {
        let at = offset.and_then(|offset| offset.to_timestamp(time).ok());
        Self { on: time.date(), at, is_local: offset.is_some_and(|offset| !offset.is_zero()) }
    }

    /// Parses a date; `None` if invalid, or a placeholder.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > LONGEST {
            return None;
        }
        let published = iso(text).or_else(|| mail(text)).or_else(|| other(text))?;
        // Databases export a missing date as their first day.
        let is_unset = published.on.year() <= 1 || published.at == Some(Timestamp::UNIX_EPOCH);
        (!is_unset).then_some(published)
    }

    /// Combines the dates of a page, the most reliable first. The first one determines the date, and the first
    /// timestamp on that date the time. If another date states the same timestamp in a local time zone, the date is
    /// the local one: most pages give UTC in metadata, and the newspaper's local time in the text.
    pub(super) fn of_all(dates: &[Self]) -> Option<Self> {
        let first = *dates.first()?;
        let timed = dates.iter().find(|date| date.on == first.on && date.at.is_some()).copied().unwrap_or(first);
        let local = dates.iter().find(|date| date.is_local && date.at.is_some() && date.at == timed.at).copied();
        Some(if timed.is_local { timed } else { local.unwrap_or(timed) })
    }

    /// The date of a known timestamp: as the page states it, if that is its date anywhere on earth, else in UTC.
    pub(super) fn day_of(at: Timestamp, page: Option<Self>) -> Date {
        let day = |hours| Offset::constant(hours).to_datetime(at).date();
        let told = page.map(|page| page.on).filter(|told| (day(-12)..=day(14)).contains(told));
        told.unwrap_or_else(|| day(0))
    }
}

/// Parses ISO 8601: a date, optionally with time, optionally with time zone.
fn iso(text: &str) -> Option<Published> {
    let pieces = temporal::DateTimeParser::new().parse_pieces(text).ok()?;
    let offset = pieces.time().and(pieces.to_numeric_offset());
    Some(Published::new(pieces.date().to_datetime(pieces.time().unwrap_or_default()), offset))
}

/// Parses the format of mail and HTTP: `Tue, 14 Feb 2023 09:00:00 +0100`.
fn mail(text: &str) -> Option<Published> {
    let zoned = rfc2822::DateTimeParser::new().parse_zoned_datetime(text).ok()?;
    Some(Published::new(zoned.datetime(), Some(zoned.offset())))
}

fn other(text: &str) -> Option<Published> {
    FORMATS.iter().find_map(|format| {
        let parsed = strtime::parse(format, text).ok()?;
        let time = parsed.to_time().unwrap_or_default();
        Some(Published::new(parsed.to_date().ok()?.to_datetime(time), parsed.offset()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, Option<String>)> {
        Published::parse(text).map(|date| (date.on.to_string(), date.at.map(|at| at.to_string())))
    }

    #[test]
    fn the_day_is_the_one_where_it_is_written() {
        let cases = [
            ("2023-02-14", "2023-02-14", None),
            (" 20230214 ", "2023-02-14", None),
            ("2023-02-14T09:00:00", "2023-02-14", None),
            ("2023-02-15T00:30:00+01:00", "2023-02-15", Some("2023-02-14T23:30:00Z")),
            ("2023-02-14T23:30:00.000Z", "2023-02-14", Some("2023-02-14T23:30:00Z")),
            ("2023-02-14T22:30-0500", "2023-02-14", Some("2023-02-15T03:30:00Z")),
            ("2023-02-14 22:30:00 -0500", "2023-02-14", Some("2023-02-15T03:30:00Z")),
            ("Tue, 14 Feb 2023 22:30:00 -0500", "2023-02-14", Some("2023-02-15T03:30:00Z")),
            ("Tue, 14 Feb 2023 22:30:00 GMT", "2023-02-14", Some("2023-02-14T22:30:00Z")),
            ("2023/02/14", "2023-02-14", None),
            ("February 14, 2023", "2023-02-14", None),
            ("14 Feb 2023", "2023-02-14", None),
        ];
        for (text, day, at) in cases {
            assert_eq!(read(text), Some((day.to_owned(), at.map(str::to_owned))), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_or_could_be_two_is_not_read() {
        let long = "2".repeat(1000);
        for text in
            ["", "soon", "02/03/2023", "2023-02-30", "2023", "0001-01-01T00:00:00", "1970-01-01T00:00:00Z", &long]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_surest_date_tells_the_day_and_the_others_its_time_and_place() {
        let all = |texts: &[&str]| {
            let dates: Vec<Published> = texts.iter().filter_map(|text| Published::parse(text)).collect();
            Published::of_all(&dates).map(|date| (date.on.to_string(), date.at.map(|at| at.to_string())))
        };
        let at = |day: &str, at: &str| Some((day.to_owned(), Some(at.to_owned())));
        assert_eq!(all(&["2023-02-14", "2023-02-14T09:00:00Z"]), at("2023-02-14", "2023-02-14T09:00:00Z"));
        assert_eq!(all(&["2023-02-14", "2023-02-15T09:00:00Z"]), Some(("2023-02-14".into(), None)));
        let tokyo = ["2023-02-14T23:30:00Z", "2023-02-15T08:30:00+09:00"];
        assert_eq!(all(&tokyo), at("2023-02-15", "2023-02-14T23:30:00Z"));
        assert_eq!(
            all(&["2023-02-14T23:30:00Z", "2023-02-16T08:30:00+09:00"]),
            at("2023-02-14", "2023-02-14T23:30:00Z")
        );
        assert_eq!(all(&[]), None);
    }
}
