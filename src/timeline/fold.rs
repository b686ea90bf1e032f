//! The fold: what is said of one event, in the order of publication, makes its state.

use super::{
    correction::Amendment,
    order::{Entry, Said, makes_an_event},
    title::title,
};
use crate::event::{EventState, Kind, Mention, Participant, Place, Precision, PreviousDate, Role, Status, When};
use std::collections::BTreeSet;

/// An event's state while entries are added to it.
#[derive(Clone, Debug)]
pub(super) struct Folding<'a> {
    /// What the articles make of it.
    said: EventState,
    /// The title that a person entered it with.
    titled: Option<&'a String>,
    amendments: Vec<&'a Amendment>,
    /// Who spoke last of its status, of its place, of its parties.
    status_by: &'a Entry,
    place_by: &'a Entry,
}

/// A field on which an entry contradicts another source that spoke before.
pub(super) type Disputed = Vec<&'static str>;

impl<'a> Folding<'a> {
    /// The state that entries in their order make; none where none of them makes an event.
    pub(super) fn of(entries: impl IntoIterator<Item = &'a Entry>) -> Option<Self> {
        let mut entries: Vec<&Entry> = entries.into_iter().collect();
        let first = entries.iter().position(|entry| entry.makes_an_event())?;
        let mut folding = Self::begin(entries.remove(first))?;
        for entry in entries {
            folding.add(entry);
        }
        Some(folding)
    }

    /// The state that one entry makes alone; none where it makes no event.
    pub(super) fn begin(entry: &'a Entry) -> Option<Self> {
        let said = match (entry.created(), entry.mention()) {
            (Some(state), _) => state.clone(),
            (None, Some(mention)) => state_of(mention)?,
            (None, None) => return None,
        };
        let titled = entry.created().filter(|state| state.title != made_title(state)).map(|state| &state.title);
        Some(Self { said, titled, amendments: Vec::new(), status_by: entry, place_by: entry })
    }

    /// Adds the next entry; gives the fields on which it contradicts another source.
    pub(super) fn add(&mut self, entry: &'a Entry) -> Disputed {
        match &entry.said {
            Said::Mention { mention, .. } => self.apply(entry, mention),
            Said::Correction(correction) => {
                self.amendments.extend(correction.amendment());
                Disputed::new()
            }
        }
    }

    /// The state to be shown: what the articles say, as far as no person has put it right.
    pub(super) fn state(&self) -> EventState {
        let mut state = self.said.clone();
        for amendment in &self.amendments {
            amendment.amend(&mut state);
        }
        let given = self.amendments.iter().rev().find_map(|amendment| amendment.title.as_ref());
        state.title = match given.or(self.titled) {
            Some(title) => title.clone(),
            None => made_title(&state),
        };
        state
    }

    fn apply(&mut self, entry: &'a Entry, mention: &Mention) -> Disputed {
        let mut disputed = Disputed::new();
        let contradicts = |known: &Entry| mention.role != Role::Changes && !known.same_voice(entry);
        if !is_of_a_void_day(&self.said, mention) {
            apply_date(&mut self.said, mention);
            let status = if mention.role == Role::Reports { Status::Held } else { mention.status };
            if is_step_back(&self.said, status) && contradicts(self.status_by) {
                disputed.push("status");
            }
            self.said.status = status;
            self.said.date_pending = status == Status::Postponed && mention.date_pending;
            self.status_by = entry;
        }
        if mention.kind != Kind::Meeting {
            self.said.kind = mention.kind;
        }
        if let Some(place) = mention.place.as_ref().filter(|place| !tells_less(place, self.said.place.as_ref())) {
            let known = self.said.place.as_ref();
            let other = known.is_some_and(|known| known.name != place.name && !tells_less(known, Some(place)));
            if other && contradicts(self.place_by) {
                disputed.push("place");
            }
            self.said.place = Some(place.clone());
            self.place_by = entry;
        }
        if disagree(&self.said.participants, &mention.participants) {
            disputed.push("participants");
            keep_agreed(&mut self.said.participants, &mention.participants);
        }
        add_participants(&mut self.said.participants, &mention.participants);
        disputed
    }
}

/// The title that the other fields make.
fn made_title(state: &EventState) -> String {
    title(state.kind, &state.participants, state.place.as_ref())
}

/// The state that one mention makes alone; none where it does not suffice for an event.
pub(super) fn state_of(mention: &Mention) -> Option<EventState> {
    let mut participants = Vec::new();
    // Not cloned: a party that a mention names twice takes part once, and the table takes it once.
    add_participants(&mut participants, &mention.participants);
    Some(EventState {
        title: title(mention.kind, &participants, mention.place.as_ref()),
        kind: mention.kind,
        status: mention.status,
        when: mention.when.clone().filter(|_| makes_an_event(mention))?,
        place: mention.place.clone(),
        participants,
        date_pending: mention.date_pending,
        previous_dates: mention.previous_dates.clone(),
    })
}

/// Whether a mention gives another exact day to an event of an exact day, or the first one after its day became void.
pub(super) fn moves(state: &EventState, mention: &Mention) -> bool {
    let Some(when) = &mention.when else { return false };
    let gives_a_day = !mention.date_pending && mention.status != Status::Cancelled && mention.role != Role::Reports;
    let changes = mention.role == Role::Changes || state.date_pending;
    let other = if when.precision == Precision::Day && state.when.precision == Precision::Day {
        days(when) != days(&state.when)
    } else {
        !overlap(when, &state.when)
    };
    gives_a_day && changes && other
}

/// Whether a mention repeats a day that the event had before it was moved: it has not heard of the move.
pub(super) fn is_of_a_void_day(state: &EventState, mention: &Mention) -> bool {
    let Some(when) = mention.when.as_ref().filter(|when| days(when) != days(&state.when)) else { return false };
    mention.role != Role::Reports && is_previous(&state.previous_dates, when) && mention.previous_dates.is_empty()
}

fn apply_date(state: &mut EventState, mention: &Mention) {
    let moved = moves(state, mention);
    for previous in &mention.previous_dates {
        // "instead of 3 June" names the days that it had by the first of them.
        let is_known = moved && names_days_of(previous, &state.when);
        if !is_known && !state.previous_dates.contains(previous) {
            state.previous_dates.push(previous.clone());
        }
    }
    let Some(when) = &mention.when else { return };
    if days(when) == days(&state.when) {
        state.when.starts_at = when.starts_at.or(state.when.starts_at);
        return;
    }
    if moved && !is_previous(&state.previous_dates, &state.when) {
        let (starts_on, ends_on) = days(&state.when);
        state.previous_dates.push(PreviousDate { starts_on, ends_on, edtf: state.when.edtf.clone() });
    }
    // "In May", and later "in late May".
    let is_part = when.precision == state.when.precision
        && when.precision != Precision::Day
        && state.when.starts_on <= when.starts_on
        && when.ends_on <= state.when.ends_on;
    let refined = is_part || when.precision < state.when.precision && overlap(&state.when, when);
    // "on 12 March", and later "on 12 and 13 March".
    let lasts_longer = when.precision == Precision::Day
        && state.when.precision == Precision::Day
        && when.starts_on == state.when.starts_on
        && when.ends_on > state.when.ends_on;
    if moved || refined || lasts_longer {
        state.when = when.clone();
        state.previous_dates.retain(|previous| (previous.starts_on, previous.ends_on) != days(when));
    }
}

/// First and last day.
pub(super) fn days(when: &When) -> (jiff::civil::Date, jiff::civil::Date) {
    (when.starts_on, when.ends_on)
}

/// Whether two dates share a day.
pub(super) fn overlap(a: &When, b: &When) -> bool {
    a.starts_on <= b.ends_on && b.starts_on <= a.ends_on
}

/// Whether the days that a mention says an event had are those that it has, or the first of them.
pub(super) fn names_days_of(previous: &PreviousDate, when: &When) -> bool {
    previous.starts_on == when.starts_on && [when.starts_on, when.ends_on].contains(&previous.ends_on)
}

fn is_previous(previous: &[PreviousDate], when: &When) -> bool {
    previous.iter().any(|previous| (previous.starts_on, previous.ends_on) == days(when))
}

/// Whether a status takes back what was said, rather than saying what has come of it.
fn is_step_back(state: &EventState, status: Status) -> bool {
    match (state.status, status) {
        (a, b) if a == b => false,
        (Status::Tentative, _) | (Status::Confirmed, Status::Held) => false,
        (Status::Postponed, Status::Confirmed | Status::Held) => state.date_pending,
        _ => true,
    }
}

/// Whether a place only names the country of one that is known.
fn tells_less(place: &Place, known: Option<&Place>) -> bool {
    place.is_country() && known.is_some_and(|known| place.country == known.country)
}

/// What a party is told by.
fn is_same(a: &Participant, b: &Participant) -> bool {
    a.kind == b.kind && a.name == b.name
}

/// The codes of the parties that take part or that somebody acts for, each once.
pub(super) fn codes(participants: &[Participant]) -> Vec<&str> {
    let codes: BTreeSet<&str> =
        participants.iter().filter_map(|p| p.code.as_deref().or(p.represents.as_deref())).collect();
    codes.into_iter().collect()
}

/// Whether two lists that have a party in common each name one that the other does not.
fn disagree(a: &[Participant], b: &[Participant]) -> bool {
    let (a, b) = (codes(a), codes(b));
    let beyond = |a: &[&str], b: &[&str]| a.iter().any(|code| !b.contains(code));
    a.iter().any(|code| b.contains(code)) && beyond(&a, &b) && beyond(&b, &a)
}

/// Keeps the parties, and who acts for them, that the later word names as well.
fn keep_agreed(known: &mut Vec<Participant>, said: &[Participant]) {
    let said = codes(said);
    known.retain(|p| p.code.as_deref().or(p.represents.as_deref()).is_none_or(|code| said.contains(&code)));
}

/// Adds the parties that are not there yet.
fn add_participants(known: &mut Vec<Participant>, said: &[Participant]) {
    for participant in said {
        if !known.iter().any(|known| is_same(known, participant)) {
            known.push(participant.clone());
        }
    }
}
