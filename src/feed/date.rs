//! Dates of items: RFC 3339 or RFC 2822, as feeds write them, with the day that it was where they were written.

use jiff::{
    Timestamp,
    civil::{Date, Time},
    fmt::{rfc2822, temporal},
    tz::Offset,
};

/// A weekday that does not fit the date is of no account.
const RFC_2822: rfc2822::DateTimeParser = rfc2822::DateTimeParser::new().relaxed_weekday(true);

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// When something was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Published {
    /// The instant.
    pub(super) at: Timestamp,
    /// The day by the clock of whoever wrote it.
    pub(super) on: Date,
}

/// The date that `text` is; none where it is none, or lies outside the years 1 to 9998.
pub(super) fn read(text: &str) -> Option<Published> {
    let published = rfc_3339(text.trim()).or_else(|| rfc_2822(text.trim()))?;
    (1..=9998).contains(&published.on.year()).then_some(published)
}

fn rfc_3339(text: &str) -> Option<Published> {
    let pieces = temporal::DateTimeParser::new().parse_pieces(text).ok()?;
    let offset = pieces.to_numeric_offset().unwrap_or(Offset::UTC);
    let moment = pieces.date().to_datetime(pieces.time().unwrap_or(Time::midnight()));
    Some(Published { at: offset.to_timestamp(moment).ok()?, on: pieces.date() })
}

fn rfc_2822(text: &str) -> Option<Published> {
    let zoned = RFC_2822.parse_zoned_datetime(usual(text)).ok()?;
    Some(Published { at: zoned.timestamp(), on: zoned.date() })
}

/// What feeds write otherwise: weekdays in any language, months in full, names of UTC.
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

    fn said(text: &str) -> Option<(String, String)> {
        read(text).map(|published| (published.at.to_string(), published.on.to_string()))
    }

    #[test]
    fn the_day_is_that_of_whoever_wrote_it() {
        let instant = "2023-03-04T23:30:00Z";
        for (text, at, on) in [
            ("2023-03-05T08:30:00+09:00", instant, "2023-03-05"),
            ("2023-03-05T08:30:00+0900", instant, "2023-03-05"),
            ("2023-03-04T23:30:00Z", instant, "2023-03-04"),
            ("2023-03-04", "2023-03-04T00:00:00Z", "2023-03-04"),
            ("Sun, 05 Mar 2023 08:30:00 +0900", instant, "2023-03-05"),
            ("Sunday, 5 March 2023 08:30:00 +0900", instant, "2023-03-05"),
            ("Wed, 05 Mar 2023 08:30:00 +0900", instant, "2023-03-05"),
            ("Sat, 04 Mar 2023 18:30:00 EST", instant, "2023-03-04"),
            ("Sat, 04 Mar 2023 23:30:00 UTC", instant, "2023-03-04"),
        ] {
            assert_eq!(said(text), Some((at.into(), on.into())), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "yesterday", "0000-01-01", "-000001-01-01T00:00:00Z", "32 Mar 2023 08:30:00 +0900"] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
