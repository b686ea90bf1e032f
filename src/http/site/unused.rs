//! Why a date made no event, as the message that says it.

use crate::{
    extract::{Unused, UnusedDate},
    formats::html::UnusedMark,
};

/// The dates of an article that made no event, as its page marks them.
pub(super) fn marks(dates: &[UnusedDate]) -> Vec<UnusedMark> {
    let mark = |date: &UnusedDate| UnusedMark {
        start: date.start,
        end: date.end,
        text: date.text.clone(),
        why: match date.reason {
            Unused::Past => "unused-past",
            Unused::NoEventWord => "unused-no-event-word",
            Unused::NoParticipant => "unused-no-participant",
            Unused::BelowThreshold => "unused-below-threshold",
        },
    };
    dates.iter().map(mark).collect()
}
