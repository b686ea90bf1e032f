//! Dates as parameters: exact, a month or a year, a timestamp, or one that moves with time.

use jiff::{
    Span, Timestamp, ToSpan,
    civil::{Date, DateTime},
    tz::TimeZone,
};
use serde::Deserialize;

/// A date, a period or a date that moves with time.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(try_from = "String")]
pub(super) enum Day {
    /// A period, from its first to its last date: `2026-12` is the whole month.
    Within(Date, Date),
    /// This number of units after today.
    Relative(i32, Unit),
}

/// The unit of an offset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

impl Day {
    /// Returns the first date; `None` if it is outside the calendar.
    pub(super) fn first(self, today: Date) -> Option<Date> {
        self.bounds(today).map(|(first, _)| first)
    }

    /// Returns the last date; `None` if it is outside the calendar.
    pub(super) fn last(self, today: Date) -> Option<Date> {
        self.bounds(today).map(|(_, last)| last)
    }

    /// Returns whether it moves with time.
    pub(super) fn moves(self) -> bool {
        matches!(self, Self::Relative(..))
    }

    fn bounds(self, today: Date) -> Option<(Date, Date)> {
        let (first, last) = match self {
            Self::Within(first, last) => (first, last),
            Self::Relative(count, unit) => {
                let span = match unit {
                    Unit::Day => Span::new().try_days(count),
                    Unit::Week => Span::new().try_weeks(count),
                    Unit::Month => Span::new().try_months(count),
                    Unit::Year => Span::new().try_years(count),
                };
                let day = today.checked_add(span.ok()?).ok()?;
                (day, day)
            }
        };
        (first.year() >= 1).then_some((first, last))
    }
}

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let day = |date: Date| Self::Within(date, date);
        let found = match &*text {
            "today" => Some(Self::Relative(0, Unit::Day)),
            "tomorrow" => Some(Self::Relative(1, Unit::Day)),
            "yesterday" => Some(Self::Relative(-1, Unit::Day)),
            _ => exact_day(&text)
                .map(day)
                .or_else(|| relative(&text))
                .or_else(|| period(&text))
                .or_else(|| day_of_timestamp(&text).map(day)),
        };
        found.ok_or_else(|| {
            format!(
                "`{text:.40}` is not a date (2022-01-31, 2022-01, 2022), a timestamp, `today`, `tomorrow`, or an offset such as \
                 `-7d`, `+1w`, `+3m` or `+1y`"
            )
        })
    }
}

/// Parses a date such as `2022-01-31`.
pub(super) fn exact_day(text: &str) -> Option<Date> {
    let is_plain = text.len() == 10 && text.starts_with(|c: char| c.is_ascii_digit());
    Date::strptime("%Y-%m-%d", text).ok().filter(|day| is_plain && day.year() >= 1)
}

fn relative(text: &str) -> Option<Day> {
    let unit = match text.chars().last()? {
        'd' => Unit::Day,
        'w' => Unit::Week,
        'm' => Unit::Month,
        'y' => Unit::Year,
        _ => return None,
    };
    // An unescaped plus arrives as a blank.
    let number = text[..text.len() - 1].replacen(' ', "+", 1);
    let count = number.starts_with(['+', '-']).then(|| number.parse().ok()).flatten()?;
    Some(Day::Relative(count, unit))
}

/// Parses a year or a month: `2022`, `2022-01`.
fn period(text: &str) -> Option<Day> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let (first, length) = match text.len() {
        4 => (exact_day(&format!("{text}-01-01")), 1.year()),
        7 => (exact_day(&format!("{text}-01")), 1.month()),
        _ => return None,
    };
    let first = first.filter(|_| is_plain)?;
    Some(Day::Within(first, first.checked_add(length).ok()?.yesterday().ok()?))
}

/// Returns the date of a timestamp in the client's own offset.
fn day_of_timestamp(text: &str) -> Option<Date> {
    let is_timestamp = text.get(10..11) == Some("T") && text.replacen(' ', "+", 1).parse::<Timestamp>().is_ok();
    let civil: DateTime = text.get(..19).filter(|_| is_timestamp)?.parse().ok()?;
    Some(civil.date()).filter(|date| date.year() >= 1)
}

/// The time zone of today.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(try_from = "String")]
pub(super) struct Zone(pub(super) TimeZone);

impl TryFrom<String> for Zone {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let unknown = |_| format!("`{text:.40}` is not a time zone such as Europe/Paris");
        TimeZone::get(&text).map(Self).map_err(unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn day(text: &str) -> Day {
        Day::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn days_may_move_with_time() {
        let day = |text: &str| day(text).first(date(2022, 1, 10));
        assert_eq!(day("2022-02-28"), Some(date(2022, 2, 28)));
        assert_eq!(day("today"), Some(date(2022, 1, 10)));
        assert_eq!(day("tomorrow"), Some(date(2022, 1, 11)));
        assert_eq!(day("yesterday"), Some(date(2022, 1, 9)));
        assert_eq!(day("-7d"), Some(date(2022, 1, 3)));
        assert_eq!(day("+90d"), Some(date(2022, 4, 10)));
        assert_eq!(day("+1w"), Some(date(2022, 1, 17)));
        assert_eq!(day("-1m"), Some(date(2021, 12, 10)));
        assert_eq!(day("+1y"), Some(date(2023, 1, 10)));
        assert_eq!(day(" 90d"), day("+90d"));
        assert_eq!(day("+2147483647d"), None);
        assert_eq!(day("-1000000d"), None);
    }

    #[test]
    fn a_month_a_year_and_a_timestamp_are_dates() {
        let bounds = |text: &str| (day(text).first(Date::MIN), day(text).last(Date::MIN));
        assert_eq!(bounds("2022-02"), (Some(date(2022, 2, 1)), Some(date(2022, 2, 28))));
        assert_eq!(bounds("2022"), (Some(date(2022, 1, 1)), Some(date(2022, 12, 31))));
        assert_eq!(bounds("2022-02-03T23:30:00-05:00"), (Some(date(2022, 2, 3)), Some(date(2022, 2, 3))));
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "",
            "2022-02-30",
            "20220101",
            "2022-1-1",
            "-002022-01",
            "0000-01-01",
            "7d",
            "+d",
            "soon",
            "++1d",
            "2022-13",
            "0000",
            "+1h",
            "é",
            "2022-01-31T25:00:00Z",
        ] {
            assert!(Day::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
