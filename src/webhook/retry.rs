//! The schedule of retries.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// The pauses after each failure, which the Standard Webhooks specification suggests; the last one
/// repeats.
const PAUSES: [SignedDuration; 9] = [
    SignedDuration::from_secs(5),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(5),
    SignedDuration::from_hours(10),
    SignedDuration::from_hours(14),
    SignedDuration::from_hours(20),
    LONGEST,
];

/// The maximum pause, even if the receiver requests a longer one.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// The period of failures after which a webhook is disabled.
const PATIENCE: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Returns when to retry a webhook that has failed `failures` times in a row, first at `since` and
/// last at `now`; `None` if it is to be disabled. `asked` is the pause that the receiver requests.
pub fn again(
    webhook: Uuid,
    failures: u32,
    since: Timestamp,
    now: Timestamp,
    asked: Option<SignedDuration>,
) -> Option<Timestamp> {
    let last = after(since, PATIENCE);
    if now >= last {
        return None;
    }
    let at = usize::try_from(failures).unwrap_or(usize::MAX).saturating_sub(1).min(PAUSES.len() - 1);
    // Jitter of up to a tenth by webhook, so that those that failed together do not retry together.
    let part = i32::from(webhook.as_bytes()[15]);
    let pause = PAUSES[at] + PAUSES[at] * part / 2560;
    let pause = pause.max(asked.unwrap_or_default().min(LONGEST));
    Some(after(now, pause).min(last))
}

fn after(instant: Timestamp, pause: SignedDuration) -> Timestamp {
    instant.checked_add(pause).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn pauses_grow_until_a_week_is_over() {
        let first = at("2023-03-05T12:00:00Z");
        let (mut now, mut failures, mut times) = (first, 0, Vec::new());
        while let Some(next) = again(Uuid::nil(), failures + 1, first, now, None) {
            failures += 1;
            times.push(next.duration_since(first).as_secs());
            now = next;
        }
        assert_eq!(times[..4], [5, 305, 2105, 9305]);
        assert_eq!(times.last(), Some(&604_800));
        assert_eq!(failures, 13);
        // Others come a little later.
        let later = again(Uuid::max(), 2, first, first, None).unwrap();
        assert!(later > at("2023-03-05T12:05:00Z") && later < at("2023-03-05T12:05:31Z"));
    }

    #[test]
    fn a_receiver_may_ask_for_more_time_but_not_for_ever() {
        let now = at("2023-03-05T12:00:00Z");
        let next = |seconds| again(Uuid::nil(), 1, now, now, Some(SignedDuration::from_secs(seconds))).unwrap();
        assert_eq!(next(3600), at("2023-03-05T13:00:00Z"));
        assert_eq!(next(99_999_999), at("2023-03-06T12:00:00Z"));
        assert_eq!(next(1), at("2023-03-05T12:00:05Z"));
    }
}
