//! What all that is asked for has in common: the time, what an answer means, and when the host may be asked again.

use crate::{
    feed::{PAUSE, Robots},
    outbound::{Answer, Error},
};
use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

/// The time, as it goes on from that which was told.
pub(super) struct Clock {
    told: Timestamp,
    since: Instant,
}

impl Clock {
    pub(super) fn at(told: Timestamp) -> Self {
        Self { told, since: Instant::now() }
    }

    pub(super) fn now(&self) -> Timestamp {
        let passed = SignedDuration::try_from(self.since.elapsed()).unwrap_or_default();
        self.told.checked_add(passed).unwrap_or(self.told)
    }
}

/// What came of asking.
pub(super) enum Heard {
    /// An answer of success, or that nothing changed.
    Answer(Box<Answer>),
    /// Nothing now; it may be otherwise after a while, or after the time that the host told.
    NotNow(String, Option<SignedDuration>),
    /// Nothing, and asking again soon will not change that.
    Never(Refusal, String),
}

/// Why asking again soon would change nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It may not be asked for: its address, or one that it redirects to, is not public, or none of the web.
    NotOurs,
    /// It redirects too often, or without a location.
    LeadsNowhere,
    /// It is larger than what is read.
    TooLarge,
    /// It is gone for ever.
    Gone,
    /// The host says so, by a status of 4xx or one that is unknown.
    Refused,
}

impl Heard {
    pub(super) fn of(asked: Result<Answer, Error>, clock: &Clock) -> Self {
        match asked {
            Ok(answer) => Self::of_answer(answer, clock),
            Err(error) => {
                let problem = error.to_string();
                match error {
                    Error::TimedOut | Error::Unreachable(_) | Error::SetUp(_) => Self::NotNow(problem, None),
                    Error::NotPublic(_) | Error::NotHttp(_) | Error::Credentials => {
                        Self::Never(Refusal::NotOurs, problem)
                    }
                    Error::RedirectToNowhere | Error::TooManyRedirects => Self::Never(Refusal::LeadsNowhere, problem),
                    Error::TooLarge { .. } => Self::Never(Refusal::TooLarge, problem),
                }
            }
        }
    }

    fn of_answer(answer: Answer, clock: &Clock) -> Self {
        let status = answer.status;
        let problem = format!("it answered {status}");
        let wait = answer.retry_after(clock.now());
        match status.as_u16() {
            200..300 | 304 => Self::Answer(answer.into()),
            408 | 425 | 429 | 500..600 => Self::NotNow(problem, wait),
            410 => Self::Never(Refusal::Gone, problem),
            _ => Self::Never(Refusal::Refused, problem),
        }
    }

    /// When the host may be asked again.
    pub(super) fn host_free_at(&self, robots: Option<&Robots>, clock: &Clock) -> Timestamp {
        let told = if let Self::NotNow(_, told) = self { *told } else { None };
        let asked_for = robots.map(Robots::delay).unwrap_or_default();
        clock.now() + PAUSE.max(asked_for).max(told.unwrap_or_default())
    }
}
