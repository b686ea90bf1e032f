//! Polling intervals and delays.

use jiff::SignedDuration;

/// The maximum delay before a retry.
pub const DAY: SignedDuration = SignedDuration::from_hours(24);

/// The minimum delay between two requests to a host.
pub const PAUSE: SignedDuration = SignedDuration::from_secs(2);

/// The delay before the first retry of an item; it doubles with each.
const FIRST_TRY: SignedDuration = SignedDuration::from_mins(10);

/// The polling interval of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usual(SignedDuration);

impl Usual {
    /// The minimum and maximum of a configured interval, in seconds.
    pub const BOUNDS: (u32, u32) = (60, 7 * 86_400);

    /// The configured interval in seconds; else the one stated by the feed in minutes, clamped to 5 minutes to one
    /// day; else 15 minutes.
    pub fn of(seconds: Option<u32>, minutes: Option<u32>) -> Self {
        let said = || SignedDuration::from_mins(minutes.unwrap_or(15).clamp(5, 24 * 60).into());
        Self(seconds.map_or_else(said, |seconds| SignedDuration::from_secs(seconds.into())))
    }

    /// The time between two requests.
    pub fn time(self) -> SignedDuration {
        self.0
    }
}

/// The delay after `failures` in a row: doubled with each, up to a day or the interval of the feed, whichever is
/// longer. `seed` adds up to a tenth, so that simultaneous failures are not retried simultaneously.
pub fn after_failure(usual: Usual, failures: u32, seed: u64) -> SignedDuration {
    let doubled = usual.0.checked_mul(1 << failures.min(16)).unwrap_or(DAY).min(DAY).max(usual.0);
    let more = i64::try_from(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 57).unwrap_or_default();
    doubled + SignedDuration::from_secs(doubled.as_secs() * more / 1280)
}

/// The delay before the next attempt at an item, after `tries` attempts.
pub fn next_try(tries: u32) -> SignedDuration {
    FIRST_TRY * (1 << tries.saturating_sub(1).min(7))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_enters_a_feed_outranks_what_it_says() {
        let usual = |seconds, minutes| Usual::of(seconds, minutes).time().as_secs();
        assert_eq!(usual(Some(60), Some(60)), 60);
        assert_eq!((usual(None, Some(60)), usual(None, Some(0)), usual(None, Some(u32::MAX))), (3600, 300, 86_400));
        assert_eq!(usual(None, None), 900);
    }

    #[test]
    fn each_failure_doubles_the_wait_up_to_a_day() {
        let usual = Usual::of(Some(900), None);
        for seed in [0, 1, 2, u64::MAX] {
            let wait = |failures| after_failure(usual, failures, seed).as_secs();
            assert!((1800..1980).contains(&wait(1)) && (3600..3960).contains(&wait(2)), "{}", wait(1));
            assert!((86_400..95_040).contains(&wait(10)) && (86_400..95_040).contains(&wait(u32::MAX)));
        }
        assert_ne!(after_failure(usual, 1, 1), after_failure(usual, 1, 2));
        let weekly = Usual::of(Some(7 * 86_400), None);
        assert!(after_failure(weekly, 1, 0) >= weekly.time());
    }
}
