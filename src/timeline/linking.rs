//! Links mentions to events. Each way in which a mention may refer to an event is a rule with a
//! name and a score; the highest score wins.

use super::{
    dates::{contains, days, has_superseded_date, moves, names_days_of, narrows, overlap},
    participants::codes,
    reach::{meet, period_of_mention, period_of_state, undated_period},
};
use crate::event::{EventState, Kind, Mention, ParticipantKind, Place, Precision, Role, Status, When};
use jiff::civil::Date;
use strum::{Display, EnumString};

/// The distance within which two places are the same, such as a city and a venue in it, in
/// kilometres.
const NEAR: f64 = 30.0;

/// The longest span of an event that a mention of one of its days is linked to, in days.
const LONGEST_SPAN: i32 = 7;

/// The rule that links an entry to an event, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Display, EnumString)]
#[strum(serialize_all = "lowercase")]
pub enum LinkRule {
    /// The entry created the event.
    #[strum(serialize = "created")]
    Created,
    /// A person linked it.
    #[strum(serialize = "correction")]
    Corrected,
    /// The dates are the same.
    #[strum(serialize = "same_dates")]
    SameDates,
    /// The mention states that the event was moved from its present date.
    #[strum(serialize = "names_previous_date")]
    MovedFrom,
    /// The mention begins on the same day as the event, or reports on one of its days.
    #[strum(serialize = "day_of_span")]
    DayOfSpan,
    /// Both dates are exact, and one lies within the other: "9–10 January", "10 January".
    #[strum(serialize = "within_span")]
    WithinSpan,
    /// The mention announces a date that the event had before it was moved.
    #[strum(serialize = "superseded_date")]
    SupersededDate,
    /// The exact date of the mention lies within the coarse date of the event.
    #[strum(serialize = "refines_date")]
    Refines,
    /// The exact date of the event lies within the coarse date of the mention.
    #[strum(serialize = "coarser_date")]
    Coarser,
    /// Both dates are coarse and overlap.
    #[strum(serialize = "overlapping_periods")]
    Overlaps,
    /// The mention moves the only event that it can refer to.
    #[strum(serialize = "moved")]
    Moved,
    /// The mention gives a date to the only event that it can refer to, whose date is pending.
    #[strum(serialize = "new_date")]
    NewDate,
    /// The mention has no date, and it can refer to only one event.
    #[strum(serialize = "undated")]
    Undated,
}

impl LinkRule {
    /// Returns the score: exact dates rank above coarse ones, and stated links above inferred ones.
    pub const fn score(self) -> u8 {
        match self {
            Self::Created | Self::Corrected => 100,
            Self::SameDates => 90,
            Self::MovedFrom => 85,
            Self::DayOfSpan => 80,
            Self::WithinSpan => 77,
            Self::SupersededDate => 75,
            Self::Refines => 70,
            Self::Coarser => 65,
            Self::Overlaps => 60,
            Self::Moved => 50,
            Self::NewDate => 45,
            Self::Undated => 40,
        }
    }

    /// Returns whether the rule requires that no second event matches, as no date distinguishes
    /// them.
    pub(super) const fn needs_unique_match(self) -> bool {
        matches!(self, Self::Moved | Self::NewDate | Self::Undated)
    }

    /// Returns whether the mention identifies the date of the event exactly, by its date or its
    /// previous date.
    pub(super) const fn identifies_date(self) -> bool {
        matches!(self, Self::SameDates | Self::MovedFrom)
    }
}

/// Returns the rule that links a mention to an event; `None` if it does not refer to that event.
pub fn link_rule(state: &EventState, mention: &Mention, published_on: Date) -> Option<LinkRule> {
    // Cheapest comparison first: most events that a mention is compared with differ in these.
    if state.kind.family() != mention.kind.family()
        || !meet(period_of_mention(mention, published_on), period_of_state(state))
    {
        return None;
    }
    let (known, stated) = (codes(&state.participants), codes(&mention.participants));
    let common = stated.iter().filter(|code| known.contains(code)).count();
    if common == 0 {
        return None;
    }
    let rule = match &mention.when {
        Some(when) => date_rule(state, mention, when, published_on),
        None => accepts_undated(state, mention, published_on).then_some(LinkRule::Undated),
    }?;
    let is_subset = stated.len() == common || known.len() == common && rule != LinkRule::Undated;
    // On the same dates at the same place, two lists of participants that differ a little are one
    // disputed list.
    let differ_little = rule == LinkRule::SameDates && common >= 2 && 2 * common >= known.len().max(stated.len());
    let same_place = is_same_place(state.place.as_ref(), mention.place.as_ref());
    let participants_agree = is_subset || differ_little && same_place;
    // "The call between Chile and Peru is cancelled" does not change a call of which only Chile is
    // known.
    let is_addressed = mention.role != Role::Changes
        || stated.len() == common
        || !rule.needs_unique_match() && (common >= 2 || same_place);
    let same_participants = stated.len() == common && known.len() == common;
    let has_support = if rule == LinkRule::WithinSpan {
        same_participants && state.kind == mention.kind && (common >= 2 || same_place)
    } else {
        let same_body = same_participants && known.iter().all(|party| party.kind == ParticipantKind::Organization);
        common >= 2 || is_corroborated(state, mention, rule, same_participants, same_body)
    };
    (participants_agree && is_addressed && places_agree(state, mention, rule) && has_support).then_some(rule)
}

/// Returns the rule that the dates allow.
fn date_rule(state: &EventState, mention: &Mention, when: &When, published_on: Date) -> Option<LinkRule> {
    let exact = |when: &When| when.precision == Precision::Day;
    let is_ahead = state.when.ends_on >= published_on;
    let day_of_span =
        state.when.starts_on == when.starts_on || mention.role == Role::Reports && overlap(&state.when, when);
    if days(&state.when) == days(when) {
        return Some(LinkRule::SameDates);
    }
    let names_date = |previous| names_days_of(previous, &state.when) || narrows(previous, &state.when);
    if mention.previous_dates.iter().any(names_date) {
        return Some(LinkRule::MovedFrom);
    }
    if has_superseded_date(state, mention) {
        return Some(LinkRule::SupersededDate);
    }
    match (exact(&state.when), exact(when)) {
        (true, true) if day_of_span => Some(LinkRule::DayOfSpan),
        (true, true) if mention.role != Role::Changes && is_within_span(&state.when, when) => {
            Some(LinkRule::WithinSpan)
        }
        (false, true) if overlap(&state.when, when) => Some(LinkRule::Refines),
        (true, false) if overlap(&state.when, when) => Some(LinkRule::Coarser),
        (false, false) if overlap(&state.when, when) => Some(LinkRule::Overlaps),
        _ if !moves(state, mention) => None,
        _ if state.date_pending => Some(LinkRule::NewDate),
        _ => {
            // An event cannot be postponed to an earlier date.
            let later = mention.status != Status::Postponed || state.when.starts_on < when.starts_on;
            (is_ahead && later && mention.previous_dates.is_empty()).then_some(LinkRule::Moved)
        }
    }
}

/// Returns whether one of two exact dates is part of the other, and that one is short.
fn is_within_span(a: &When, b: &When) -> bool {
    let is_short = |when: &When| (when.ends_on - when.starts_on).get_days() < LONGEST_SPAN;
    contains(a, b) && is_short(a) || contains(b, a) && is_short(b)
}

/// Returns whether a mention without a date can refer to an event: a future one or, if it is a
/// report, a recent one.
fn accepts_undated(state: &EventState, mention: &Mention, published_on: Date) -> bool {
    let (first, last) = undated_period(mention, published_on);
    let in_period = match mention.role {
        Role::Reports => state.when.starts_on <= last && first <= state.when.ends_on,
        _ => state.when.ends_on >= first && state.when.starts_on <= last || state.date_pending,
    };
    // Only reports refer to an event that was held.
    in_period && (state.status != Status::Held || mention.role == Role::Reports)
}

/// Returns whether the participants and the kind support the link, beyond one common participant.
/// Exact dates need the same kind (`meeting` matches any), the same city or, on the same dates, the
/// same organisations and no other participants. A coarse date needs the same kind, or all
/// participants and a matching kind. An inferred link needs all participants and a matching kind.
fn is_corroborated(
    state: &EventState,
    mention: &Mention,
    rule: LinkRule,
    same_participants: bool,
    same_body: bool,
) -> bool {
    let same_kind = state.kind == mention.kind;
    let kinds_match = same_kind || [state.kind, mention.kind].contains(&Kind::Meeting);
    match rule {
        LinkRule::Refines | LinkRule::Coarser | LinkRule::Overlaps => same_kind || same_participants && kinds_match,
        LinkRule::Moved | LinkRule::NewDate => same_participants && kinds_match,
        LinkRule::SameDates if same_body => true,
        _ => kinds_match || is_same_place(state.place.as_ref(), mention.place.as_ref()),
    }
}

/// Returns whether the places are compatible, or the mention states that the place was changed.
fn places_agree(state: &EventState, mention: &Mention, rule: LinkRule) -> bool {
    let (Some(a), Some(b)) = (&state.place, &mention.place) else { return true };
    let changed = mention.role == Role::Changes
        && mention.status == Status::Confirmed
        && (rule.identifies_date() || rule == LinkRule::Undated);
    changed || are_compatible(a, b)
}

/// Returns whether two events may be the same: their places are compatible, and the participants of
/// one are a subset of the other's, or one of them has a single participant so far.
pub(super) fn may_be_same_event(a: &EventState, b: &EventState) -> bool {
    let (x, y) = (codes(&a.participants), codes(&b.participants));
    let (fewer, more) = if x.len() <= y.len() { (&x, &y) } else { (&y, &x) };
    let participants_agree = fewer.len() == 1 || fewer.iter().all(|code| more.contains(code));
    let places_agree = a.place.as_ref().zip(b.place.as_ref()).is_none_or(|(a, b)| are_compatible(a, b));
    participants_agree && places_agree
}

/// Returns whether two places may be the same: one city, or a country and a place in it.
fn are_compatible(a: &Place, b: &Place) -> bool {
    (a.is_country() || b.is_country()) && a.country == b.country || is_same_place(Some(a), Some(b))
}

/// Returns whether both places are known and are one city, possibly under two names (Pusan, Busan),
/// or a venue in it.
fn is_same_place(a: Option<&Place>, b: Option<&Place>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return false };
    let points = a.latitude.zip(a.longitude).zip(b.latitude.zip(b.longitude));
    let near = points.is_some_and(|(a, b)| kilometres(a, b) <= NEAR) && a.country == b.country;
    a.name == b.name && !a.is_country() || near
}

/// Returns the great-circle distance between two points in degrees (haversine formula, mean radius
/// of the Earth).
fn kilometres((lat_a, lon_a): (f64, f64), (lat_b, lon_b): (f64, f64)) -> f64 {
    let half = |a: f64, b: f64| ((a - b).to_radians() / 2.0).sin().powi(2);
    let h = half(lat_a, lat_b) + lat_a.to_radians().cos() * lat_b.to_radians().cos() * half(lon_a, lon_b);
    2.0 * 6371.0 * h.sqrt().asin()
}
