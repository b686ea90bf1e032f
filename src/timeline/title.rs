//! The title that a person would write for an event.

use crate::event::{Kind, Participant, ParticipantKind, Place};

/// How many parties a title names.
const NAMED: usize = 4;

/// "Japan–Australia talks in Lugano", "NATO summit in Brussels", "Visit of Chile to Peru".
pub fn title(kind: Kind, participants: &[Participant], place: Option<&Place>) -> String {
    let parties = || participants.iter().filter(|p| p.kind != ParticipantKind::Person);
    if let (Kind::Visit, Some(place)) = (kind, place) {
        let host = place.country.as_deref();
        let guests: Vec<&str> = parties().filter(|p| p.code.as_deref() != host).map(short_name).collect();
        if !guests.is_empty() {
            return format!("Visit of {} to {}", enumerated(&guests), place.name);
        }
    }
    let names: Vec<&str> = parties().map(short_name).collect();
    let what = match names.as_slice() {
        [] => capitalised(&kind.to_string()),
        names if names.len() <= NAMED => capitalised(&format!("{} {kind}", names.join("–"))),
        names => format!("{} of {}", capitalised(&kind.to_string()), enumerated(names)),
    };
    match place {
        Some(place) => format!("{what} in {}", place.name),
        None => what,
    }
}

/// A country's name; an organisation's acronym.
fn short_name(participant: &Participant) -> &str {
    match (participant.kind, &participant.code) {
        (ParticipantKind::Organization, Some(code)) => code,
        _ => &participant.name,
    }
}

/// "Chile, Peru and Bolivia"; of more than a title holds, the first and "others".
fn enumerated(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [name] => (*name).to_owned(),
        [first @ .., last] if names.len() <= NAMED => format!("{} and {last}", first.join(", ")),
        names => format!("{} and others", names[..NAMED].join(", ")),
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn country(name: &str, code: &str) -> Participant {
        let code = Some(code.to_owned());
        Participant { kind: ParticipantKind::Country, name: name.to_owned(), code, represents: None }
    }

    fn place(name: &str, country: &str) -> Place {
        Place { name: name.to_owned(), country: Some(country.to_owned()), latitude: None, longitude: None }
    }

    #[test]
    fn titles_read_as_a_person_would_write_them() {
        let (chile, peru) = (country("Chile", "CL"), country("Peru", "PE"));
        let both = [chile.clone(), peru.clone()];
        assert_eq!(title(Kind::Talks, &both, Some(&place("Lugano", "CH"))), "Chile–Peru talks in Lugano");
        assert_eq!(title(Kind::Visit, &both, Some(&place("Lima", "PE"))), "Visit of Chile to Lima");
        assert_eq!(title(Kind::Call, &both, None), "Chile–Peru call");
        assert_eq!(title(Kind::Vote, &[], None), "Vote");
        let nato = Participant {
            kind: ParticipantKind::Organization,
            name: "North Atlantic Treaty Organization".to_owned(),
            code: Some("NATO".to_owned()),
            represents: None,
        };
        assert_eq!(title(Kind::Summit, &[nato], Some(&place("Brussels", "BE"))), "NATO summit in Brussels");
        let many: Vec<Participant> = ["A", "B", "C", "D", "E"].map(|n| country(n, n)).to_vec();
        assert_eq!(title(Kind::Talks, &many, None), "Talks of A, B, C, D and others");
    }
}
