//! Composes the title of an event from its kind, participants and location.

use crate::event::{Kind, Participant, ParticipantKind, PartyCode, Place};

/// The number of participants that a title names.
const NAMED: usize = 4;

/// Returns a title such as "Japan–Australia talks in Lugano", "NATO summit in Brussels", "Visit of
/// Ana Rojas (Chile) to Peru" or "Vote in the Philippines".
pub fn title(kind: Kind, participants: &[Participant], place: Option<&Place>) -> String {
    let delegations = || participants.iter().filter(|p| p.kind != ParticipantKind::Person);
    if let (Kind::Visit, Some(place)) = (kind, place) {
        let guests = delegations().filter(|p| !is_country_of(p, place));
        let guests: Vec<String> = guests.map(|guest| visitor(guest, participants)).collect();
        if !guests.is_empty() {
            return format!("Visit of {} to {}", enumerated(&guests), in_prose(&place.name));
        }
    }
    let names: Vec<&str> = delegations().map(short_name).collect();
    let kind = capitalised(&kind.to_string());
    // "Vote in Peru" already names Peru.
    let own = delegations().count() == 1
        && place.is_some_and(|p| p.is_country() && delegations().all(|q| is_country_of(q, p)));
    let what = match names.as_slice() {
        [] => kind,
        _ if own => kind,
        names if names.len() <= NAMED => capitalised(&format!("{} {}", names.join("–"), kind.to_lowercase())),
        names => format!("{kind} of {}", enumerated(&names.iter().map(|name| in_prose(name)).collect::<Vec<_>>())),
    };
    match place {
        Some(place) => format!("{what} in {}", in_prose(&place.name)),
        None => what,
    }
}

/// Returns whether a participant is the country that a place lies in.
fn is_country_of(participant: &Participant, place: &Place) -> bool {
    participant.kind == ParticipantKind::Country && participant.code.is_some() && participant.code == place.country
}

/// Returns the only representative of a guest as "Ana Rojas (Chile)", else the name of the guest.
fn visitor(guest: &Participant, participants: &[Participant]) -> String {
    let party = PartyCode::of(guest, participants);
    let acts_for_guest = |p: &&Participant| {
        p.kind == ParticipantKind::Person && party.is_some() && PartyCode::of(p, participants) == party
    };
    let mut people = participants.iter().filter(acts_for_guest);
    match (people.next(), people.next()) {
        (Some(person), None) => format!("{} ({})", person.name, short_name(guest)),
        _ => in_prose(short_name(guest)),
    }
}

/// Returns a name with its article: "the Netherlands", "the United States", "the Czech Republic".
fn in_prose(name: &str) -> String {
    let plural =
        ["lands", "Islands", "Emirates", "States", "Philippines", "Maldives", "Bahamas", "Comoros", "Territories"];
    let article =
        name.starts_with("United ") || name.contains("Republic") || plural.iter().any(|end| name.ends_with(end));
    if article { format!("the {name}") } else { name.to_owned() }
}

/// Returns the acronym of an organisation, and the name of any other participant.
fn short_name(participant: &Participant) -> &str {
    match (participant.kind, &participant.code) {
        (ParticipantKind::Organization, Some(code)) => code,
        _ => &participant.name,
    }
}

/// Returns "Chile, Peru and Bolivia"; a longer list is cut to its first names and "others".
fn enumerated<S: AsRef<str>>(names: &[S]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.as_slice() {
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

    fn person(name: &str) -> Participant {
        Participant { kind: ParticipantKind::Person, name: name.to_owned(), code: None, represents: None }
    }

    fn place_of(country: &Participant) -> Place {
        Place { name: country.name.clone(), country: country.code.clone(), latitude: None, longitude: None }
    }

    fn place(name: &str, country: &str) -> Place {
        Place { name: name.to_owned(), country: Some(country.to_owned()), latitude: None, longitude: None }
    }

    #[test]
    fn titles_name_kind_participants_and_location() {
        let (chile, peru) = (country("Chile", "CL"), country("Peru", "PE"));
        let both = [chile.clone(), peru.clone()];
        assert_eq!(title(Kind::Talks, &both, Some(&place("Lugano", "CH"))), "Chile–Peru talks in Lugano");
        assert_eq!(title(Kind::Visit, &both, Some(&place("Lima", "PE"))), "Visit of Chile to Lima");
        assert_eq!(title(Kind::Call, &both, None), "Chile–Peru call");
        assert_eq!(title(Kind::Vote, &[], None), "Vote");
        assert_eq!(title(Kind::Vote, std::slice::from_ref(&peru), Some(&place_of(&peru))), "Vote in Peru");
        let (dutch, american) = (country("Netherlands", "NL"), country("United States", "US"));
        let rojas = Participant { represents: Some("CL".to_owned()), ..person("Ana Rojas") };
        let guests = [chile.clone(), rojas, dutch.clone()];
        assert_eq!(
            title(Kind::Visit, &guests, Some(&place_of(&dutch))),
            "Visit of Ana Rojas (Chile) to the Netherlands"
        );
        let visit = title(Kind::Visit, &[american.clone(), peru.clone()], Some(&place("Lima", "PE")));
        assert_eq!(visit, "Visit of the United States to Lima");
        assert_eq!(title(Kind::Talks, &[american, peru.clone()], None), "United States–Peru talks");
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
