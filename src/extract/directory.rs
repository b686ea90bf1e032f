//! A directory of the gazetteer: the states, organisations and places to which a name in a query can refer.

use super::Extractor;
use super::entities::{How, Reading};
use super::spelling::{begins, fold};
use crate::event::{ParticipantKind, PartyCode, Place};

/// A state or an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListedParty {
    /// Country or organisation.
    pub kind: ParticipantKind,
    /// The usual English name.
    pub name: &'static str,
    /// The ISO 3166-1 alpha-2 code of a state, the usual acronym of an organisation.
    pub code: &'static str,
}

impl ListedParty {
    /// Returns the code with its kind.
    pub fn party_code(self) -> PartyCode<'static> {
        PartyCode { kind: self.kind, code: self.code }
    }
}

/// The gazetteer, indexed by folded name.
#[derive(Debug)]
pub struct Directory {
    /// Sorted.
    parties: Vec<(String, ListedParty)>,
    /// Sorted.
    places: Vec<(String, Place)>,
}

impl Directory {
    /// Builds the directory of the names known to `extractor`.
    pub fn of(extractor: &Extractor) -> Self {
        let gazetteer = &extractor.names.gazetteer;
        let (mut parties, mut places) = (Vec::new(), Vec::new());
        for (name, Reading { how, party, place, .. }) in &gazetteer.spellings {
            let folded = fold(name);
            if let Some(place) = place.filter(|_| *how != How::Seat) {
                places.push((folded.clone(), gazetteer.places[place].place.clone()));
            }
            if let Some(party) = party {
                let party = &gazetteer.parties[*party];
                parties.push((folded, ListedParty { kind: party.kind, name: party.name, code: party.code }));
            }
        }
        for party in &gazetteer.parties {
            let listed = ListedParty { kind: party.kind, name: party.name, code: party.code };
            parties.push((fold(party.code), listed));
        }
        parties.sort_by(|a, b| (&a.0, a.1.party_code()).cmp(&(&b.0, b.1.party_code())));
        parties.dedup();
        places.sort_by(|a, b| (&a.0, &a.1.name, &a.1.country).cmp(&(&b.0, &b.1.name, &b.1.country)));
        places.dedup();
        Self { parties, places }
    }

    /// Returns the states and organisations with a name, acronym, demonym, capital or seat of government.
    pub fn parties_named(&self, name: &str) -> impl Iterator<Item = ListedParty> {
        let name = fold(name);
        let first = self.parties.partition_point(|(known, _)| *known < name);
        self.parties[first..].iter().take_while(move |(known, _)| *known == name).map(|(_, party)| *party)
    }

    /// Returns the states and organisations with a name in which a word begins with `prefix`.
    pub fn parties_beginning(&self, prefix: &str) -> impl Iterator<Item = ListedParty> {
        let prefix = fold(prefix);
        self.parties.iter().filter(move |(known, _)| begins(known, &prefix)).map(|(_, party)| *party)
    }

    /// Returns the places with a name.
    pub fn places_named(&self, name: &str) -> impl Iterator<Item = &Place> {
        let name = fold(name);
        let first = self.places.partition_point(|(known, _)| *known < name);
        self.places[first..].iter().take_while(move |(known, _)| *known == name).map(|(_, place)| place)
    }

    /// Returns the usual names of the places with a name in which a word begins with `prefix`.
    pub fn places_beginning(&self, prefix: &str) -> impl Iterator<Item = &str> {
        let prefix = fold(prefix);
        self.places.iter().filter(move |(known, _)| begins(known, &prefix)).map(|(_, place)| &*place.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(parties: impl Iterator<Item = ListedParty>) -> Vec<&'static str> {
        parties.map(|party| party.code).collect()
    }

    #[test]
    fn a_name_may_be_typed_in_many_ways() {
        let directory = Directory::of(&Extractor::new());
        for (typed, code) in [
            ("RU", "RU"),
            ("russia", "RU"),
            ("Russian", "RU"),
            ("the  Kremlin".trim_start_matches("the "), "RU"),
            ("COTE D'IVOIRE", "CI"),
            ("Côte d’Ivoire", "CI"),
            ("nato", "NATO"),
        ] {
            assert_eq!(codes(directory.parties_named(typed)), [code], "{typed}");
        }
        assert_eq!(codes(directory.parties_named("Atlantis")), [""; 0]);
        assert!(directory.places_named("KIEV").any(|place| place.name == "Kyiv"));
        assert!(directory.places_named("Lódz").any(|place| place.name == "Łódź"));
    }

    #[test]
    fn a_name_begins_with_each_of_its_words() {
        let directory = Directory::of(&Extractor::new());
        assert!(codes(directory.parties_beginning("kreml")).contains(&"RU"));
        assert!(codes(directory.parties_beginning("stat")).contains(&"US"));
        assert!(!codes(directory.parties_beginning("tates")).contains(&"US"));
        assert!(directory.places_beginning("evia").any(|name| name == "Évian-les-Bains"));
    }
}
