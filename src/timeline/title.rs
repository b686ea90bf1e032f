//! The title that a person would write for an event.

use crate::event::{Kind, Participant, ParticipantKind, Place};

/// "Russia–United States talks in Geneva", "NATO summit in Brussels".
pub fn title(kind: Kind, participants: &[Participant], place: Option<&Place>) -> String {
    let parties: Vec<&str> = participants
        .iter()
        .filter(|p| p.kind != ParticipantKind::Person)
        .map(|p| match p.kind {
            ParticipantKind::Organization => p.code.as_deref().unwrap_or(&p.name),
            _ => p.name.as_str(),
        })
        .collect();
    let what = kind.to_string();
    let subject = match parties.as_slice() {
        [] => capitalised(&what),
        [party] => format!("{party} {what}"),
        [a, b, c, d, rest @ ..] if !rest.is_empty() => format!("{what} of {a}, {b}, {c}, {d} and others"),
        parties => format!("{} {what}", parties.join("–")),
    };
    match place {
        Some(place) => format!("{} in {}", capitalised(&subject), place.name),
        None => capitalised(&subject),
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
