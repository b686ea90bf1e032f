//! `Retry-After`: when a server permits the next request (RFC 9110, 10.2.3).

use super::Answer;
use jiff::{SignedDuration, Timestamp, fmt::rfc2822::DateTimeParser};
use reqwest::header::RETRY_AFTER;

/// The maximum delay; longer ones are shortened.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

impl Answer {
    /// The delay from `now` that the server demands, at most a day; `None` if there is none.
    pub fn retry_after(&self, now: Timestamp) -> Option<SignedDuration> {
        read(self.headers.get(RETRY_AFTER)?.to_str().ok()?.trim(), now)
    }
}

/// Parses a number of seconds, or a date.
fn read(value: &str, now: Timestamp) -> Option<SignedDuration> {
    let seconds = || value.parse::<u64>().ok().map(|seconds| i64::try_from(seconds).unwrap_or(i64::MAX));
    let date = || DateTimeParser::new().parse_timestamp(value).ok().map(|at| at.duration_since(now));
    let wait = seconds().map(SignedDuration::from_secs).or_else(date);
    wait.map(|wait| wait.clamp(SignedDuration::ZERO, LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_seconds_or_a_date_and_at_most_a_day() {
        let now = "2023-03-05T12:00:00Z".parse().unwrap();
        let wait = |value| read(value, now).map(|time| time.as_secs());
        assert_eq!((wait("120"), wait("99999999999")), (Some(120), Some(86_400)));
        assert_eq!(wait("Sun, 05 Mar 2023 12:01:00 GMT"), Some(60));
        assert_eq!(wait("Sun, 05 Mar 2023 11:00:00 GMT"), Some(0));
        assert_eq!((wait("soon"), wait("-5")), (None, None));
    }
}
