//! Common to all requests of the watcher: the time, the meaning of a response, and when the host
//! may be requested again.

use crate::{
    feed::{PAUSE, Robots},
    outbound::{Answer, Error},
};
use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

/// The time: that of the start of the turn, plus the time elapsed since.
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

/// The outcome of a request.
pub(super) enum Heard {
    /// A response with success, or 304 (Not Modified).
    Answer(Box<Answer>),
    /// A temporary failure, with the pause that the host requests.
    NotNow(String, Option<SignedDuration>),
    /// A permanent failure.
    Never(Refusal, String),
}

/// Why a failure is permanent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The URL, or one that it redirects to, is not HTTP(S) or not public.
    NotOurs,
    /// It redirects too often, or without a location.
    LeadsNowhere,
    /// The response exceeds the maximum size.
    TooLarge,
    /// The host returned 410 (Gone).
    Gone,
    /// The host returned another status of 4xx, or an unknown one.
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

    /// Returns when the host may be requested again.
    pub(super) fn host_free_at(&self, robots: Option<&Robots>, clock: &Clock) -> Timestamp {
        let told = if let Self::NotNow(_, told) = self { *told } else { None };
        let asked_for = robots.map(Robots::delay).unwrap_or_default();
        clock.now() + PAUSE.max(asked_for).max(told.unwrap_or_default())
    }
}
