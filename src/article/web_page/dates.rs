//! Dates as pages write them.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    fmt::{rfc2822, strtime, temporal},
    tz::Offset,
};

/// What is too long to be a date, in bytes.
const LONGEST: usize = 64;

/// Ways of writing that no standard names, in `strftime`'s words. What may be read in two ways, as 02/03/2023, is not read.
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

/// When something was published, as far as its page tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Published {
    /// The day, in the zone that the page writes it in.
    pub(super) on: Date,
    /// The instant; none where the page tells no time, or not of which zone.
    pub(super) at: Option<Timestamp>,
    /// Whether the zone is one of a place, and not merely the one in which computers keep time.
    is_local: bool,
}

impl Published {
    fn new(time: DateTime, offset: Option<Offset>) -> Self {
        let at = offset.and_then(|offset| offset.to_timestamp(time).ok());
        Self { on: time.date(), at, is_local: offset.is_some_and(|offset| !offset.is_zero()) }
    }

    /// What a date says; none where it is none, or one that stands for none.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > LONGEST {
            return None;
        }
        let published = iso(text).or_else(|| mail(text)).or_else(|| other(text))?;
        // Databases that hold no date give their first day.
        let is_unset = published.on.year() <= 1 || published.at == Some(Timestamp::UNIX_EPOCH);
        (!is_unset).then_some(published)
    }

    /// What all the dates of a page come to, the most reliable first. The first states the day. The instant is the first on that day, and
    /// where another says the same instant in the time of a place, the day is the one there: most pages tell programs the time of
    /// Greenwich, and readers that of the paper.
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

/// ISO 8601: a day, with a time or without, and that with a zone or without.
fn iso(text: &str) -> Option<Published> {
    let pieces = temporal::DateTimeParser::new().parse_pieces(text).ok()?;
    let offset = pieces.time().and(pieces.to_numeric_offset());
    Some(Published::new(pieces.date().to_datetime(pieces.time().unwrap_or_default()), offset))
}

/// As mail and HTTP write it: `Tue, 14 Feb 2023 09:00:00 +0100`.
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
