//! What every request to a host has in common: the time, what its response means, and when the host permits the next one.

use crate::{
    feed::{PAUSE, Robots},
    outbound::{Answer, Error},
};
use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

/// The time: it passes from a given timestamp on.
#[derive(Debug)]
pub struct Clock {
    told: Timestamp,
    since: Instant,
}

impl Clock {
    /// Starts at this time.
    pub fn at(told: Timestamp) -> Self {
        Self { told, since: Instant::now() }
    }

    /// The current time.
    pub fn now(&self) -> Timestamp {
        let passed = SignedDuration::try_from(self.since.elapsed()).unwrap_or_default();
        self.told.checked_add(passed).unwrap_or(self.told)
    }
}

/// The outcome of a request.
#[derive(Debug)]
pub enum Heard {
    /// A response of success, or that nothing changed.
    Answer(Box<Answer>),
    /// None now; a retry may succeed after a while, or after the time that the host states.
    NotNow(String, Option<SignedDuration>),
    /// None, and a retry will not change that soon.
    Never(Refusal, String),
}

/// Why a retry would not succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The URL, or one that it redirects to, is not public, or is not an http or https URL.
    NotOurs,
    /// It redirects too often, or without a location.
    LeadsNowhere,
    /// The response exceeds the maximum size.
    TooLarge,
    /// It is permanently deleted.
    Gone,
    /// The host returned another status of 4xx, or an unknown one.
    Refused,
}

impl Heard {
    /// Classifies the result of a request.
    pub fn of(asked: Result<Answer, Error>, clock: &Clock) -> Self {
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

    /// When the host permits the next request.
    pub fn host_free_at(&self, robots: Option<&Robots>, clock: &Clock) -> Timestamp {
        let told = if let Self::NotNow(_, told) = self { *told } else { None };
        let asked_for = robots.map(Robots::delay).unwrap_or_default();
        clock.now() + PAUSE.max(asked_for).max(told.unwrap_or_default())
    }
}
