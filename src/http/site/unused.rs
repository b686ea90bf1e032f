//! Why a date made no event, in words.

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
            Unused::Past => "It lies before the day of publication.",
            Unused::NoEventWord => "No word beside it names an event.",
            Unused::NoParticipant => "No state, organisation or person is known to take part in what it may date.",
            Unused::BelowThreshold => "What speaks for an event on that day does not outweigh what speaks against it.",
        },
    };
    dates.iter().map(mark).collect()
}
