//! Dates of feed items: RFC 3339 or RFC 2822, with the date in the time zone of the feed.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    fmt::{rfc2822, temporal},
    tz::Offset,
};

/// Ignores a weekday that does not match the date.
const RFC_2822: rfc2822::DateTimeParser = rfc2822::DateTimeParser::new().relaxed_weekday(true);

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The publication time of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Published {
    /// The timestamp; midnight UTC if the feed states no time or no time zone.
    pub(super) at: Timestamp,
    /// The date in the time zone in which it is written; `None` for UTC, which is rarely the publisher's.
    pub(super) on: Option<Date>,
    /// Whether the feed states the time.
    pub(super) has_time: bool,
}

/// Parses a date; `None` if `text` is none, or is outside the years 1 to 9998.
pub(super) fn read(text: &str) -> Option<Published> {
    let (moment, offset) = rfc_3339(text.trim()).or_else(|| rfc_2822(text.trim()))?;
    let day = moment.date();
    let at = offset.unwrap_or(Offset::UTC).to_timestamp(if offset.is_some() { moment } else { day.into() }).ok()?;
    let on = (offset != Some(Offset::UTC)).then_some(day);
    (1..=9998).contains(&day.year()).then_some(Published { at, on, has_time: offset.is_some() })
}

/// Date and time with the offset from UTC; `None` if the time or the time zone is missing.
type Moment = (DateTime, Option<Offset>);

fn rfc_3339(text: &str) -> Option<Moment> {
    let pieces = temporal::DateTimeParser::new().parse_pieces(text).ok()?;
    let offset = pieces.time().and(pieces.to_numeric_offset());
    Some((pieces.date().to_datetime(pieces.time().unwrap_or_default()), offset))
}

fn rfc_2822(text: &str) -> Option<Moment> {
    let zoned = RFC_2822.parse_zoned_datetime(usual(text)).ok()?;
    Some((zoned.datetime(), Some(zoned.offset())))
}

/// Normalises deviations from the standard: weekdays in any language, months in full, names of UTC.
fn usual(text: &str) -> String {
    let text = text.split_once(", ").map_or(text, |(_weekday, rest)| rest);
    let words = text.split_whitespace().map(|word| match word {
        "UTC" | "Z" => "+0000",
        _ => MONTHS.into_iter().find(|month| word.starts_with(month)).unwrap_or(word),
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::read;

    fn said(text: &str) -> Option<(Option<String>, Option<String>)> {
        let instant = |at: jiff::Timestamp| at.to_string();
        read(text).map(|said| (said.has_time.then(|| instant(said.at)), said.on.map(|on| on.to_string())))
    }

    #[test]
    fn the_day_is_that_of_whoever_wrote_it() {
        let instant = Some("2023-03-04T23:30:00Z");
        for (text, at, on) in [
            ("2023-03-05T08:30:00+09:00", instant, Some("2023-03-05")),
            ("2023-03-05T08:30:00+0900", instant, Some("2023-03-05")),
            ("2023-03-04T23:30:00Z", instant, None),
            ("2023-03-04T23:30:00+00:00", instant, None),
            ("2023-03-04T23:30:00", None, Some("2023-03-04")),
            ("2023-03-04", None, Some("2023-03-04")),
            ("Sun, 05 Mar 2023 08:30:00 +0900", instant, Some("2023-03-05")),
            ("Sunday, 5 March 2023 08:30:00 +0900", instant, Some("2023-03-05")),
            ("Wed, 05 Mar 2023 08:30:00 +0900", instant, Some("2023-03-05")),
            ("Sat, 04 Mar 2023 18:30:00 EST", instant, Some("2023-03-04")),
            ("Sat, 04 Mar 2023 23:30:00 UTC", instant, None),
            ("Sat, 04 Mar 2023 23:30:00 GMT", instant, None),
        ] {
            assert_eq!(said(text), Some((at.map(str::to_owned), on.map(str::to_owned))), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "yesterday", "0000-01-01", "-000001-01-01T00:00:00Z", "32 Mar 2023 08:30:00 +0900"] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
