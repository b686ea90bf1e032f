//! Filters to add and to take out with one click, with the number of events that each leaves.

use super::super::names::is_country_coded;
use crate::{
    event::{Kind, ParticipantKind, PartyCode, Status},
    extract::Directory,
    formats::html::{Asked, Chip, ChipGroup, acronym, country, flag},
    store::{Facets, PartyCount, ValueCount},
};
use strum::VariantArray;

/// How many values of one filter are offered, those with the most events.
const MOST: usize = 10;

/// The groups of chips for a selection.
pub(super) fn chips(asked: &Asked, facets: &Facets, directory: &Directory) -> Vec<ChipGroup> {
    let parties = facets.participant.iter().map(|party| Value {
        name: name_of(party, directory),
        label: acronym(&party.code, &party.name).unwrap_or(&party.name).to_owned(),
        flag: flag(PartyCode { kind: party.kind, code: &party.code }),
        count: Some(party.count),
        vocabulary: None,
    });
    let groups = [
        group(asked, "filter-participants", "participant", parties.collect()),
        group(asked, "filter-kind", "kind", named("kind", &facets.kind, Kind::VARIANTS)),
        group(asked, "filter-status", "status", named("status", &facets.status, Status::VARIANTS)),
        group(asked, "filter-country", "country", countries(&facets.country)),
    ];
    groups.into_iter().filter(|group| !group.chips.is_empty()).collect()
}

/// Returns the value of the filter that selects a party: its code, with its kind where a country has the same code.
fn name_of(party: &PartyCount, directory: &Directory) -> String {
    let is_shared = party.kind == ParticipantKind::Organization
        && directory.parties_named(&party.code).any(|listed| is_country_coded(listed, &party.code));
    if is_shared { format!("{}:{}", party.kind, party.code) } else { party.code.clone() }
}

struct Value {
    name: String,
    label: String,
    flag: Option<String>,
    count: Option<u64>,
    vocabulary: Option<&'static str>,
}

fn named<T: ToString>(vocabulary: &'static str, counts: &[ValueCount], variants: &[T]) -> Vec<Value> {
    let value = |name: String| {
        let count = counts.iter().find(|counted| counted.value == name)?.count;
        Some(Value { label: name.clone(), name, flag: None, count: Some(count), vocabulary: Some(vocabulary) })
    };
    variants.iter().map(T::to_string).filter_map(value).collect()
}

fn countries(counts: &[ValueCount]) -> Vec<Value> {
    let value = |ValueCount { value: code, count }: &ValueCount| Value {
        name: code.clone(),
        label: country(code).unwrap_or(code).to_owned(),
        flag: flag(PartyCode { kind: ParticipantKind::Country, code }),
        count: Some(*count),
        vocabulary: None,
    };
    counts.iter().map(value).collect()
}

/// Those that are on first, though no event has them, then those that would narrow the selection.
fn group(asked: &Asked, label: &'static str, name: &'static str, values: Vec<Value>) -> ChipGroup {
    let (mut on, off): (Vec<Value>, Vec<Value>) = values.into_iter().partition(|value| asked.has(name, &value.name));
    let unknown = asked
        .all(name)
        .flat_map(|all| all.split(','))
        .map(str::trim)
        .filter(|one| !on.iter().any(|value| value.name.eq_ignore_ascii_case(one)));
    let shown = |one: &str| country(&one.to_uppercase()).unwrap_or(one).to_owned();
    let unknown: Vec<Value> = unknown
        .map(|one| Value { name: one.to_owned(), label: shown(one), flag: None, count: None, vocabulary: None })
        .collect();
    on.extend(unknown);
    let chip = |is_on: bool| {
        move |value: Value| Chip {
            href: asked.toggled(name, &value.name).url("/"),
            label: value.label,
            vocabulary: value.vocabulary,
            flag: value.flag,
            count: value.count,
            is_on,
        }
    };
    let chips = on.into_iter().map(chip(true)).chain(off.into_iter().take(MOST).map(chip(false)));
    ChipGroup { label, chips: chips.collect() }
}
