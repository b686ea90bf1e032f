//! Comparisons and updates of an event's date: moves, refinements and previous dates.

use crate::event::{EventState, Mention, Precision, PreviousDate, Role, Status, When};
use jiff::civil::Date;

/// Returns the first and the last date of a period.
pub(super) fn days(when: &When) -> (Date, Date) {
    (when.starts_on, when.ends_on)
}

/// Returns whether two periods overlap.
pub(super) fn overlap(a: &When, b: &When) -> bool {
    a.starts_on <= b.ends_on && b.starts_on <= a.ends_on
}

/// Returns whether `whole` is longer than `part` and contains all its days.
pub(super) fn contains(whole: &When, part: &When) -> bool {
    whole.starts_on <= part.starts_on && part.ends_on <= whole.ends_on && days(whole) != days(part)
}

/// Returns whether a previous date that a mention states is the date of an event, or its first day.
pub(super) fn names_days_of(previous: &PreviousDate, when: &When) -> bool {
    previous.starts_on == when.starts_on && [when.starts_on, when.ends_on].contains(&previous.ends_on)
}

/// Returns whether a previous date that a mention states lies within the coarse date of an event:
/// "late November", then "had been set for 30 November".
pub(super) fn narrows(previous: &PreviousDate, when: &When) -> bool {
    when.precision != Precision::Day && when.starts_on <= previous.starts_on && previous.ends_on <= when.ends_on
}

/// Returns whether a mention moves an event: it changes an exact date to another one, or it gives a
/// new date to an event whose date is pending.
pub(super) fn moves(state: &EventState, mention: &Mention) -> bool {
    let Some(when) = &mention.when else { return false };
    let gives_date = !mention.date_pending && mention.status != Status::Cancelled && mention.role != Role::Reports;
    let changes = mention.role == Role::Changes || state.date_pending;
    let differs = if when.precision == Precision::Day && state.when.precision == Precision::Day {
        days(when) != days(&state.when)
    } else {
        !overlap(when, &state.when)
    };
    gives_date && changes && differs
}

/// Returns whether a mention repeats a date that the event had before it was moved, because its
/// author does not know of the move.
pub(super) fn has_superseded_date(state: &EventState, mention: &Mention) -> bool {
    let Some(when) = mention.when.as_ref().filter(|when| days(when) != days(&state.when)) else { return false };
    mention.role != Role::Reports && is_previous(&state.previous_dates, when) && mention.previous_dates.is_empty()
}

/// Updates the date and the previous dates of an event with those of a mention.
pub(super) fn apply_date(state: &mut EventState, mention: &Mention) {
    let moved = moves(state, mention);
    for previous in &mention.previous_dates {
        // "instead of 3 June" may name only the first day of the current date.
        let is_current = moved && names_days_of(previous, &state.when);
        if !is_current && !state.previous_dates.contains(previous) {
            state.previous_dates.push(previous.clone());
        }
    }
    let Some(when) = &mention.when else { return };
    if days(when) == days(&state.when) {
        state.when.starts_at = when.starts_at.or(state.when.starts_at);
        return;
    }
    let is_narrowed = mention.previous_dates.iter().any(|previous| narrows(previous, &state.when));
    if moved && !is_narrowed && !is_previous(&state.previous_dates, &state.when) {
        let (starts_on, ends_on) = days(&state.when);
        state.previous_dates.push(PreviousDate { starts_on, ends_on, edtf: state.when.edtf.clone() });
    }
    if moved || refines(when, &state.when) || extends(when, &state.when) {
        state.when = when.clone();
        state.previous_dates.retain(|previous| (previous.starts_on, previous.ends_on) != days(when));
    }
}

/// Returns whether `new` is more precise than `known`: "in May", then "in late May" or "on 28 May".
fn refines(new: &When, known: &When) -> bool {
    let is_part = new.precision == known.precision
        && new.precision != Precision::Day
        && known.starts_on <= new.starts_on
        && new.ends_on <= known.ends_on;
    is_part || new.precision < known.precision && overlap(known, new)
}

/// Returns whether `new` adds days to `known`: "on 12 March", then "on 12 and 13 March".
fn extends(new: &When, known: &When) -> bool {
    new.precision == Precision::Day && known.precision == Precision::Day && contains(new, known)
}

fn is_previous(previous: &[PreviousDate], when: &When) -> bool {
    previous.iter().any(|previous| (previous.starts_on, previous.ends_on) == days(when))
}
