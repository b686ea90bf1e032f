//! Names and codes as a person types them, turned into what the store compares.

use crate::{
    event::{Participant, ParticipantKind, Place},
    extract::{Directory, ListedParty},
};

/// Returns the keys of the participants that a name or code stands for: `RU`, `Kremlin`, `Ana
/// Rojas`. A code shared by a country and an organisation means the country; `organization:AU` is
/// the African Union.
pub(super) fn participant_keys(typed: &str, directory: &Directory) -> Vec<String> {
    let (kind, name) = with_kind(typed);
    let found = parties(kind, name, directory);
    let codes = found.iter().map(|party| party.party_code().key());
    // A client may have created a participant that is in no gazetteer, with a name or code of its
    // own.
    let unlisted = match kind {
        Some(kind) => vec![format!("{kind}:{name}"), name.to_owned()],
        None if found.is_empty() => vec![name.to_owned(), format!("country:{name}"), format!("organization:{name}")],
        None => vec![name.to_owned()],
    };
    codes.chain(unlisted).collect()
}

/// Returns whether the gazetteers know a participant by a name or code.
pub(super) fn is_listed(typed: &str, directory: &Directory) -> bool {
    let (kind, name) = with_kind(typed);
    !parties(kind, name, directory).is_empty()
}

/// Returns the codes of the countries that a name or code stands for; `None` if it stands for none.
pub(super) fn country_codes(typed: &str, directory: &Directory) -> Option<Vec<String>> {
    let mut found = parties(Some(ParticipantKind::Country), typed, directory);
    if found.iter().any(|party| is_country_coded(*party, typed)) {
        found.retain(|party| is_country_coded(*party, typed));
    }
    if found.is_empty() {
        // A client may have created a place in a country that is in no gazetteer.
        let is_code = typed.len() == 2 && typed.bytes().all(|b| b.is_ascii_alphabetic());
        return is_code.then(|| vec![typed.to_ascii_uppercase()]);
    }
    Some(found.iter().map(|party| party.code.to_owned()).collect())
}

/// Splits `organization:AU` into the kind and what follows it.
fn with_kind(typed: &str) -> (Option<ParticipantKind>, &str) {
    let split = typed.split_once(':').and_then(|(kind, name)| Some((kind.trim().parse().ok()?, name.trim())));
    split.map_or((None, typed), |(kind, name)| (Some(kind), name))
}

/// Returns the states and organisations that a name stands for; for a shared code, the state.
fn parties(kind: Option<ParticipantKind>, name: &str, directory: &Directory) -> Vec<ListedParty> {
    let mut found: Vec<ListedParty> = directory.parties_named(name).collect();
    match kind {
        Some(kind) => found.retain(|party| party.kind == kind),
        None if found.iter().any(|party| is_country_coded(*party, name)) => {
            found.retain(|party| is_country_coded(*party, name));
        }
        None => {}
    }
    found
}

/// Returns whether a party is the country of a code, whatever its case.
pub(super) fn is_country_coded(party: ListedParty, code: &str) -> bool {
    party.kind == ParticipantKind::Country && party.code.eq_ignore_ascii_case(code)
}

/// Returns the state or organisation that a name or code stands for.
///
/// # Errors
/// Fails if it stands for none or for several, which the message lists.
pub(super) fn participant(typed: &str, directory: &Directory) -> Result<Participant, String> {
    let (kind, name) = with_kind(typed.trim());
    match parties(kind, name, directory).as_slice() {
        [] => Err(format!(
            "`{typed}` is not the name of a state or an organisation; give an object with `kind`, `name` and `code`"
        )),
        [party] => Ok(Participant {
            kind: party.kind,
            name: party.name.to_owned(),
            code: Some(party.code.to_owned()),
            represents: None,
        }),
        several => {
            let known: Vec<String> =
                several.iter().map(|party| format!("{} ({})", party.party_code().key(), party.name)).collect();
            Err(format!("`{typed}` is ambiguous; give one of {}", known.join(", ")))
        }
    }
}

/// Returns the place that a name stands for, perhaps followed by its country: `Vienna`, `Vienna, Austria`.
///
/// # Errors
/// Fails if it stands for none or for several, which the message lists.
pub(super) fn place(typed: &str, directory: &Directory) -> Result<Place, String> {
    let typed = typed.trim();
    let mut found: Vec<&Place> = directory.places_named(typed).collect();
    if let (true, Some((name, country))) = (found.is_empty(), typed.rsplit_once(',')) {
        let countries = parties(Some(ParticipantKind::Country), country.trim(), directory);
        let is_there = |place: &&Place| countries.iter().any(|country| place.country.as_deref() == Some(country.code));
        found = directory.places_named(name.trim()).filter(is_there).collect();
    }
    match found.as_slice() {
        [] => Err(format!("`{typed}` is not the name of a known place; give an object with `name` and `country`")),
        [place] => Ok((*place).clone()),
        several => {
            let known: Vec<String> = several
                .iter()
                .map(|place| format!("\"{}, {}\"", place.name, place.country.as_deref().unwrap_or_default()))
                .collect();
            Err(format!("`{typed}` is ambiguous; give one of {}", known.join(", ")))
        }
    }
}
