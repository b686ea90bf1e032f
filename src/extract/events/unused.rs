//! Dates that made no event, and the reasons.

use super::article::Article;
use super::candidate::Candidate;
use crate::event::Mention;
use crate::extract::time::{Span, Timex, TimexType};
use serde::Serialize;
use strum::{Display, VariantArray};
use utoipa::ToSchema;

/// Why a date made no event.
#[derive(Clone, Copy, Debug, Display, PartialEq, Eq, Serialize, ToSchema, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Unused {
    /// It is before the date of publication.
    Past,
    /// No trigger that it may date was found.
    NoEventWord,
    /// No participant was found for the events that it may date.
    NoParticipant,
    /// The score of every event that it may date is too low.
    BelowThreshold,
}

/// Returns the reason for each date of the article that would apply if the date makes no event, with its index.
pub(super) fn reasons(article: &Article<'_, '_>, candidates: &[Vec<Candidate>]) -> Vec<(usize, Unused)> {
    // Only the first expression of a span dates an event.
    let is_day = |timex: &Timex| {
        let closes = matches!(timex.span, Some(Span::Closes));
        timex.days().is_some() && timex.timex_type != TimexType::Set && !closes
    };
    let dates = article.dates.iter().enumerate().filter(|(_, timex)| is_day(timex));
    let reason = |timex: &Timex, at: usize| {
        if timex.days().is_some_and(|days| days.last < article.published) {
            return Unused::Past;
        }
        let mut own = candidates.iter().flatten().filter(|candidate| candidate.date == Some(at)).peekable();
        if own.peek().is_none() {
            return Unused::NoEventWord;
        }
        let has_participant = |candidate: &Candidate| candidate.participants.iter().any(|option| option.score > 0.0);
        if own.any(has_participant) { Unused::BelowThreshold } else { Unused::NoParticipant }
    };
    dates.map(|(at, timex)| (at, reason(timex, at))).collect()
}

/// Removes the dates whose days are in a mention.
pub(super) fn retain_unused(reasons: &mut Vec<(usize, Unused)>, dates: &[Timex], mentions: &[(Mention, f32)]) {
    reasons.retain(|(at, _)| {
        let Some(days) = dates[*at].days() else { return false };
        let has_days = |(mention, _): &(Mention, f32)| {
            let present = mention.when.iter().map(|when| (when.starts_on, when.ends_on));
            let former = mention.previous_dates.iter().map(|former| (former.starts_on, former.ends_on));
            present.chain(former).any(|(first, last)| first == days.first || last == days.last)
        };
        !mentions.iter().any(has_days)
    });
}
