//! Countries by their code, as pages name them.

use crate::event::Place;
use std::{collections::HashMap, sync::LazyLock};

/// Names by ISO 3166-1 alpha-2.
static NAMES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("../../../data/world/countries.tsv").lines();
    let mut columns = lines.filter(|line| !line.starts_with('#')).map(|line| line.split('\t'));
    columns.by_ref().filter_map(|mut columns| columns.next().zip(columns.next())).collect()
});

/// The usual English name of a country.
pub fn country(code: &str) -> Option<&'static str> {
    NAMES.get(code).copied()
}

/// Where an event is held, with the name of the country: "Lugano, Switzerland".
pub(super) fn place_in_full(place: &Place) -> String {
    let name = place.country.as_deref().map(|code| country(code).unwrap_or(code));
    match name {
        Some(country) if !place.is_country() && country != place.name => format!("{}, {country}", place.name),
        _ => place.name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_city_that_is_a_country_is_named_once() {
        let place = |name: &str, country: &str| {
            let place =
                Place { name: name.into(), country: Some(country.into()), latitude: Some(1.3), longitude: Some(103.8) };
            place_in_full(&place)
        };
        assert_eq!(place("Lugano", "CH"), "Lugano, Switzerland");
        assert_eq!(place("Singapore", "SG"), "Singapore");
        assert_eq!(place("Nowhere", "ZZ"), "Nowhere, ZZ");
    }
}
