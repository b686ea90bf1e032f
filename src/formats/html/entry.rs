//! An event as pages list it.

use super::{
    super::{Language, periods::clock, words},
    countries::place_in_full,
    quote::{Origin, Quoted, quoted, quoted_from},
};
use crate::event::{
    Confidence, Event, EventState, ExtractedEvent, Kind, Participant, ParticipantKind, PartyCode, Precision, Status,
};
use jiff::civil::Date;
use std::collections::HashSet;

/// From which confidence on an event is shown without it.
const SURE: f64 = 0.7;

/// How many sentences a list shows of an event; its own page shows all.
const SENTENCES: usize = 3;

/// An event in a list.
pub(super) struct Entry<'a> {
    pub(super) id: String,
    pub(super) href: String,
    pub(super) title: &'a str,
    pub(super) kind: Kind,
    pub(super) status: Status,
    /// Whether nothing takes place on its dates.
    pub(super) is_off: bool,
    pub(super) standing: String,
    /// The clock time.
    pub(super) time: Option<String>,
    /// The days, where they are not the one under which it stands.
    pub(super) when: Option<String>,
    /// The days that it had before.
    pub(super) was: Option<String>,
    pub(super) place: Option<String>,
    pub(super) parties: Vec<Party<'a>>,
    pub(super) sources: usize,
    /// The confidence, where it is low.
    pub(super) doubt: Option<String>,
    pub(super) quotes: Vec<Quoted<'a>>,
}

/// Who takes part, with a flag.
pub(super) struct Party<'a> {
    pub(super) flag: Option<String>,
    pub(super) name: &'a str,
    /// The acronym by which an organisation is better known than by its long name.
    pub(super) acronym: Option<&'a str>,
    pub(super) of: Option<&'a str>,
}

/// An event in a list; `as_of` is kept in its link.
pub(super) fn entry(event: &Event, as_of: Option<Date>, language: Language) -> Entry<'_> {
    let evidence = event.evidence.as_deref().unwrap_or_default();
    let said_by: HashSet<&str> = evidence.iter().filter_map(|evidence| evidence.article.source.as_deref()).collect();
    let id = event.id.to_string();
    let href = address(&id, as_of);
    // Articles may have no source; each is at least one voice.
    let sources = said_by.len().max(1);
    let quotes = evidence.iter().take(SENTENCES).map(|evidence| quoted(evidence, language)).collect();
    Entry { sources, quotes, ..shown(&event.state, event.confidence, id, href, language) }
}

/// An event of an article that is not stored, the `at`th of those that it makes: it has no page.
pub(super) fn extracted_entry<'a>(
    event: &'a ExtractedEvent,
    at: usize,
    origin: Origin<'a>,
    language: Language,
) -> Entry<'a> {
    let quotes =
        event.evidence.iter().take(SENTENCES).map(|statement| quoted_from(origin, statement, language)).collect();
    Entry { quotes, ..shown(&event.state, event.confidence, at.to_string(), format!("#e-{at}"), language) }
}

/// A state as an entry of one source, without quotes.
fn shown(state: &EventState, confidence: Confidence, id: String, href: String, language: Language) -> Entry<'_> {
    let is_one_day = state.when.precision == Precision::Day && state.when.starts_on == state.when.ends_on;
    Entry {
        href,
        id,
        title: &state.title,
        kind: state.kind,
        status: state.status,
        is_off: state.is_off(),
        standing: words::standing(state, language),
        time: clock(&state.when)
            .map(|at| language.with("time-utc", [("time", at.strftime("%H:%M").to_string().into())])),
        when: (!is_one_day || state.date_pending).then(|| words::when(state, language)),
        was: words::was(state, language),
        place: state.place.as_ref().map(place_in_full),
        parties: parties(state),
        sources: 1,
        doubt: doubt(confidence, language),
        quotes: Vec::new(),
    }
}

/// A confidence that is too low to be left unsaid.
pub(super) fn doubt(confidence: Confidence, language: Language) -> Option<String> {
    (confidence.value() < SURE).then(|| words::percent(confidence, language))
}

/// The page of an event.
pub(super) fn address(id: &str, as_of: Option<Date>) -> String {
    match as_of {
        Some(day) => format!("/events/{id}?as_of={day}"),
        None => format!("/events/{id}"),
    }
}

/// Who takes part.
pub(super) fn parties(state: &EventState) -> Vec<Party<'_>> {
    state.participants.iter().map(|participant| party(participant, &state.participants)).collect()
}

fn party<'a>(participant: &'a Participant, all: &'a [Participant]) -> Party<'a> {
    Party {
        flag: PartyCode::of(participant, all).and_then(flag),
        name: &participant.name,
        acronym: participant.code.as_deref().and_then(|code| acronym(code, &participant.name)),
        of: participant.represents.as_deref(),
    }
}

/// The code of a party whose name is too long for a list.
pub fn acronym<'a>(code: &'a str, name: &str) -> Option<&'a str> {
    const LONG: usize = 20;
    (name.chars().count() > LONG && code.len() > 2).then_some(code)
}

/// The flag of a country, and of the two organisations that have one in Unicode, as regional indicators.
pub fn flag(party: PartyCode<'_>) -> Option<String> {
    const REGIONAL_A: u32 = 0x1F1E6;
    let PartyCode { kind, code } = party;
    let has_flag = match kind {
        ParticipantKind::Country => code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()),
        ParticipantKind::Organization => ["EU", "UN"].contains(&code),
        ParticipantKind::Person => false,
    };
    let indicator = |byte: u8| char::from_u32(REGIONAL_A + u32::from(byte - b'A'));
    has_flag.then(|| code.bytes().filter_map(indicator).collect())
}
