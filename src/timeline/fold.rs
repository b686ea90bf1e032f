//! Folds the entries of one event, in the order of publication, into its state. Later entries win
//! on status and location, a move or a more precise date replaces the date, participants
//! accumulate, and amendments by people override the articles.

use super::{
    correction::Amendment,
    dates::{apply_date, has_superseded_date},
    details::DetailsFold,
    entry::{Content, Entry, creates_event},
    participants::{add_missing, disagree, retain_common},
    title::title,
};
use crate::event::{Confidence, Editorial, EventState, Kind, Mention, Place, Role, Status};

/// The state of an event while entries are added.
#[derive(Clone, Debug)]
pub(super) struct StateFold<'a> {
    /// The state without amendments.
    unamended: EventState,
    /// The title that the creator of the event gave, if it differs from the derived one.
    given_title: Option<&'a String>,
    amendments: Vec<&'a Amendment>,
    /// The confidence of the details.
    details: DetailsFold,
    /// The entry that last stated the status.
    status_from: &'a Entry,
    /// The entry that last stated the location.
    place_from: &'a Entry,
}

/// The fields in which an entry contradicts an earlier one of another source.
pub(super) type DisputedFields = Vec<&'static str>;

impl<'a> StateFold<'a> {
    /// Folds entries, which must be in order. Returns `None` if none of them can create an event.
    pub(super) fn of(entries: impl IntoIterator<Item = &'a Entry>) -> Option<Self> {
        let mut entries: Vec<&Entry> = entries.into_iter().collect();
        let first = entries.iter().position(|entry| entry.creates_event())?;
        let mut fold = Self::of_first(entries.remove(first))?;
        for entry in entries {
            fold.add(entry);
        }
        Some(fold)
    }

    /// Starts with the state that one entry creates. Returns `None` if it cannot create an event.
    fn of_first(entry: &'a Entry) -> Option<Self> {
        let unamended = match (entry.created_state(), entry.mention()) {
            (Some(state), _) => state.clone(),
            (None, Some(mention)) => state_of(mention)?,
            (None, None) => return None,
        };
        let created = entry.created_state().filter(|state| state.title != derived_title(state));
        let given_title = created.map(|state| &state.title);
        let confidence = entry.mention().map_or(Some(Confidence::CERTAIN), Mention::confidence);
        let details = DetailsFold::of(&unamended.details, confidence.unwrap_or(Confidence::NONE));
        Some(Self { unamended, given_title, amendments: Vec::new(), details, status_from: entry, place_from: entry })
    }

    /// Adds the next entry and returns the fields in which it contradicts another source.
    pub(super) fn add(&mut self, entry: &'a Entry) -> DisputedFields {
        match &entry.content {
            Content::Mention { mention, .. } => self.add_mention(entry, mention),
            Content::Correction(correction) => {
                self.amendments.extend(correction.amendment());
                DisputedFields::new()
            }
        }
    }

    /// Returns the state with all amendments applied.
    pub(super) fn state(&self) -> EventState {
        let mut state = self.unamended.clone();
        for amendment in &self.amendments {
            amendment.apply_to(&mut state);
        }
        // With a time zone, the clock time is in `starts_at`.
        state.details.local_time = state.details.local_time.filter(|_| state.when.starts_at.is_none());
        // The last amendment of the title applies; if it removes the title, the creator's title is
        // removed as well.
        let amended_title = self.amendments.iter().rev().find_map(|amendment| amendment.title.as_ref());
        let given_title = amended_title.map_or(self.given_title, Option::as_ref);
        state.title = given_title.cloned().unwrap_or_else(|| derived_title(&state));
        state
    }

    fn add_mention(&mut self, entry: &'a Entry, mention: &Mention) -> DisputedFields {
        let mut disputed = DisputedFields::new();
        let contradicts = |known: &Entry| mention.role != Role::Changes && !known.has_source_of(entry);
        let state = &mut self.unamended;
        let began = state.when.starts_on;
        if !has_superseded_date(state, mention) {
            apply_date(state, mention);
            let status = if mention.role == Role::Reports { Status::Held } else { mention.status };
            if reverts(state, status) && contradicts(self.status_from) {
                disputed.push("status");
            }
            state.status = status;
            state.date_pending = status == Status::Postponed && mention.date_pending;
            self.status_from = entry;
        }
        if mention.kind != Kind::Meeting {
            state.kind = mention.kind;
        }
        if let Some(place) = mention.place.as_ref().filter(|place| !is_less_precise(place, state.place.as_ref())) {
            let known = state.place.as_ref();
            let differs = known.is_some_and(|known| known.name != place.name && !is_less_precise(known, Some(place)));
            if differs && contradicts(self.place_from) {
                disputed.push("place");
            }
            state.place = Some(place.clone());
            self.place_from = entry;
        }
        if disagree(&state.participants, &mention.participants) {
            disputed.push("participants");
            retain_common(&mut state.participants, &mention.participants);
        }
        add_missing(&mut state.participants, &mention.participants);
        self.details.add_mention(state, mention, began);
        disputed
    }
}

/// Returns the state that a mention creates on its own; `None` if it cannot create an event.
pub(super) fn state_of(mention: &Mention) -> Option<EventState> {
    // A mention may name a participant twice; the state lists each once.
    let mut participants = Vec::new();
    add_missing(&mut participants, &mention.participants);
    let mut state = EventState {
        title: String::new(),
        kind: mention.kind,
        status: mention.status,
        when: mention.when.clone().filter(|_| creates_event(mention))?,
        place: mention.place.clone(),
        participants,
        date_pending: mention.date_pending,
        previous_dates: mention.previous_dates.clone(),
        details: mention.details.clone(),
        editorial: Editorial::default(),
    };
    state.title = derived_title(&state);
    Some(state)
}

/// Returns the name of the event, else a title composed of kind, participants and place. A visit
/// does not take the name of the summit that it is made for.
fn derived_title(state: &EventState) -> String {
    let name = state.details.name.clone().filter(|_| state.kind != Kind::Visit);
    name.unwrap_or_else(|| title(state.kind, &state.participants, state.place.as_ref()))
}

/// Returns whether a status revokes the known one, instead of being a possible next step.
fn reverts(state: &EventState, status: Status) -> bool {
    match (state.status, status) {
        (a, b) if a == b => false,
        (Status::Tentative, _) | (Status::Confirmed, Status::Held) => false,
        (Status::Postponed, Status::Confirmed | Status::Held) => state.date_pending,
        _ => true,
    }
}

/// Returns whether a place is only the country of the known place.
fn is_less_precise(place: &Place, known: Option<&Place>) -> bool {
    place.is_country() && known.is_some_and(|known| place.country == known.country)
}
