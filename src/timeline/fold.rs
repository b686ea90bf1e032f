//! The fold: mentions in the order of publication in, the event's state out.

use super::title::title;
use crate::event::{EventState, Mention, Participant, Place, PreviousDate, Role, Status, When};
use jiff::{Timestamp, civil::Date};

/// A mention and when its article was published.
#[derive(Clone, Debug, PartialEq)]
pub struct Told<'a> {
    /// The day its article was published.
    pub published_on: Date,
    /// The instant, where it is known.
    pub published_at: Option<Timestamp>,
    /// What the article says.
    pub mention: &'a Mention,
}

/// The state of the event that `told` speak of, whatever their order; none where none of them makes an event (a
/// dated announcement or change).
///
/// The later published wins on status, kind and place; a date yields to a more precise one that fits it, and to one
/// of a mention that moves the event; participants add up.
pub fn fold(told: &[Told<'_>]) -> Option<EventState> {
    let mut told: Vec<&Told<'_>> = told.iter().collect();
    told.sort_by_key(|t| (t.published_on, t.published_at));
    let first = told.iter().position(|t| makes_an_event(t.mention))?;
    let first = told.remove(first).mention;
    let mut state = EventState {
        title: String::new(),
        kind: first.kind,
        status: first.status,
        when: first.when.clone()?,
        place: first.place.clone(),
        participants: Vec::new(),
        date_pending: first.date_pending,
        previous_dates: first.previous_dates.clone(),
    };
    // Not cloned: a party that a mention names twice takes part once, and the table takes it once.
    add_participants(&mut state.participants, &first.participants);
    for t in told {
        apply(&mut state, t.mention);
    }
    state.title = title(state.kind, &state.participants, state.place.as_ref());
    Some(state)
}

/// Whether a mention suffices for an event: a dated announcement or change.
pub fn makes_an_event(mention: &Mention) -> bool {
    mention.role != Role::Reports && mention.when.is_some()
}

fn apply(state: &mut EventState, mention: &Mention) {
    if let Some(when) = &mention.when {
        apply_date(state, when, mention);
    }
    state.status = match (mention.role, mention.status, state.status) {
        (Role::Reports, ..) => Status::Held,
        // A plain announcement does not restore what was called off or put off with no new day.
        (Role::Announces, _, Status::Cancelled) => Status::Cancelled,
        (Role::Announces, _, Status::Postponed) if state.date_pending => Status::Postponed,
        (Role::Changes | Role::Announces, said, _) => said,
    };
    // A new day is awaited only as long as the event is put off: not once it was called off, restored or held.
    state.date_pending &= state.status == Status::Postponed;
    state.place = better_place(state.place.take(), mention.place.as_ref());
    add_participants(&mut state.participants, &mention.participants);
}

fn apply_date(state: &mut EventState, when: &When, mention: &Mention) {
    if *when == state.when {
        state.date_pending = mention.date_pending;
        return;
    }
    let moved = mention.role == Role::Changes && !overlap(&state.when, when);
    let refined = when.precision < state.when.precision && overlap(&state.when, when);
    if moved {
        let previous = PreviousDate {
            starts_on: state.when.starts_on,
            ends_on: state.when.ends_on,
            edtf: state.when.edtf.clone(),
        };
        state.previous_dates.push(previous);
    }
    if moved || refined {
        state.when = when.clone();
        state.date_pending = mention.date_pending;
    }
}

/// Whether two dates share a day.
pub(super) fn overlap(a: &When, b: &When) -> bool {
    a.starts_on <= b.ends_on && b.starts_on <= a.ends_on
}

/// The later word on the place, unless it only names the country of a place already known.
fn better_place(known: Option<Place>, said: Option<&Place>) -> Option<Place> {
    match (known, said) {
        (Some(known), Some(said)) if is_country_of(said, &known) => Some(known),
        (_, Some(said)) => Some(said.clone()),
        (known, None) => known,
    }
}

fn is_country_of(said: &Place, known: &Place) -> bool {
    said.country == known.country && said.is_country()
}

/// Adds the parties that are not there yet.
fn add_participants(known: &mut Vec<Participant>, said: &[Participant]) {
    for participant in said {
        let same = |p: &Participant| p.kind == participant.kind && p.name == participant.name;
        if !known.iter().any(same) {
            known.push(participant.clone());
        }
    }
}
