//! The names that the world's states, organisations and places go by, from the data files.

use super::collectives::{self, Followers};
use crate::event::{ParticipantKind, Place};
use crate::extract::data::{DataFile, data_file, list};
use crate::extract::text;
use crate::extract::words::{Phrases, WordId, Words};
use rustc_hash::{FxHashMap, FxHashSet};

const COUNTRIES: DataFile = data_file!("world/countries.tsv");
const ORGANISATIONS: DataFile = data_file!("world/organisations.tsv");
const NEGOTIATIONS: DataFile = data_file!("world/negotiations.tsv");
const MEMBERSHIPS: DataFile = data_file!("world/memberships.tsv");
const CITIES: DataFile = data_file!("world/cities.tsv");
const CITY_NAMES: DataFile = data_file!("world/city_names.tsv");
const REGIONS: DataFile = data_file!("world/regions.tsv");
const MEETING_PLACES: DataFile = data_file!("world/meeting_places.tsv");

/// What stands before the code of an organisation in a data file where a country has the same code.
const ORGANISATION: &str = "org:";

/// A state or organisation, as a place in [`Gazetteer::parties`].
pub type PartyId = usize;
/// A place, as a place in [`Gazetteer::places`].
pub type PlaceId = usize;

/// A state or an organisation.
#[derive(Debug)]
pub struct Party {
    /// Country or organisation.
    pub kind: ParticipantKind,
    /// Its usual English name.
    pub name: &'static str,
    /// ISO 3166-1 alpha-2, or the usual acronym.
    pub code: &'static str,
}

/// How a name names its party or place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// By its name, acronym or a variant.
    Name,
    /// By what its people are called: "Russian".
    Demonym,
    /// By its capital.
    Capital,
    /// By its government's seat: "the Kremlin".
    Seat,
    /// By one of its organs: "the Security Council".
    Body,
    /// As a place only.
    Place,
}

/// One thing that a name may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// How the name names it.
    pub how: How,
    /// The party it may stand for.
    pub party: Option<PartyId>,
    /// The place it may stand for.
    pub place: Option<PlaceId>,
    /// The name must be written exactly so, as acronyms must.
    pub exactly: Option<&'static str>,
    /// The name may begin with a small letter: "six world powers".
    pub small: bool,
    /// What must follow: "Gulf" is a party in "Gulf leaders".
    pub before: Option<Followers>,
    /// A number follows: "COP28".
    pub numbered: bool,
}

impl Reading {
    fn new(how: How, party: Option<PartyId>, place: Option<PlaceId>) -> Self {
        Self { how, party, place, exactly: None, small: false, before: None, numbered: false }
    }
}

/// What stands for the number in the name of a series: `COP#`.
const NUMBER: char = '#';

/// A place and what is needed to choose among its namesakes.
#[derive(Debug)]
pub struct Location {
    /// The place as events show it.
    pub place: Place,
    /// People who live there; 0 where unknown.
    pub population: u32,
    /// Of a building, the city it stands in.
    pub city: Option<PlaceId>,
}

/// The gazetteer.
#[derive(Debug, Default)]
pub struct Gazetteer {
    /// States and organisations.
    pub parties: Vec<Party>,
    /// Places.
    pub places: Vec<Location>,
    /// Every name as it is written, with what it may stand for.
    pub spellings: Vec<(&'static str, Reading)>,
    names: Phrases<Reading>,
    /// The first words of the names that may begin with a small letter.
    small: FxHashSet<WordId>,
    countries: FxHashMap<&'static str, PartyId>,
    organisations: FxHashMap<&'static str, PartyId>,
    /// Who negotiates in the formats of talks that are no bodies of their own.
    negotiators: FxHashMap<PartyId, Vec<PartyId>>,
    /// The members of organisations.
    members: FxHashMap<PartyId, Vec<PartyId>>,
    /// Each state as a place, and its capital.
    lands: FxHashMap<PartyId, (PlaceId, Option<PlaceId>)>,
    /// The cities where organisations have their seats.
    seats: FxHashMap<PartyId, PlaceId>,
}

impl Gazetteer {
    /// Reads the data files, making their words known.
    pub fn new(words: &mut Words) -> Self {
        let mut gazetteer = Self::default();
        let mut cities = gazetteer.read_cities();
        let others = gazetteer.read_other_places(&cities);
        gazetteer.read_countries(words, &mut cities, &others);
        gazetteer.name_cities(words, &cities);
        gazetteer.name_other_places(words, &others);
        gazetteer.read_organisations(words, &cities);
        gazetteer.read_negotiations();
        gazetteer.read_collectives(words);
        gazetteer
    }

    /// Whether a name may begin with this word in small letters.
    pub fn begins_small(&self, word: WordId) -> bool {
        self.small.contains(&word)
    }

    /// The names.
    pub fn names(&self) -> &Phrases<Reading> {
        &self.names
    }

    /// The party of a code as the data files write it: of a code that a country and an organisation share, the country,
    /// and with [`ORGANISATION`] before it the organisation.
    pub fn party_of(&self, code: &str) -> Option<PartyId> {
        match code.strip_prefix(ORGANISATION) {
            Some(code) => self.organisation(code),
            None => self.country(code).or_else(|| self.organisation(code)),
        }
    }

    /// The country of an ISO 3166-1 alpha-2 code.
    pub fn country(&self, code: &str) -> Option<PartyId> {
        self.countries.get(code).copied()
    }

    /// The organisation of a code of `organisations.tsv`.
    pub fn organisation(&self, code: &str) -> Option<PartyId> {
        self.organisations.get(code).copied()
    }

    /// The country that a place lies in.
    pub fn country_of(&self, place: PlaceId) -> Option<PartyId> {
        self.places[place].place.country.as_deref().and_then(|code| self.country(code))
    }

    /// The parties that a name stands for: those who negotiate in a format of talks ("six-party talks"), else itself.
    pub fn members_of(&self, party: PartyId) -> Vec<PartyId> {
        self.negotiators.get(&party).cloned().unwrap_or_else(|| vec![party])
    }

    /// The states that are members of an organisation, where that tells something of its places.
    pub fn member_states(&self, organisation: PartyId) -> &[PartyId] {
        self.members.get(&organisation).map_or(&[], Vec::as_slice)
    }

    /// A state as a place.
    pub fn place_of(&self, country: PartyId) -> Option<PlaceId> {
        self.lands.get(&country).map(|(place, _)| *place)
    }

    /// The capital of a state.
    pub fn capital_of(&self, country: PartyId) -> Option<PlaceId> {
        self.lands.get(&country).and_then(|(_, capital)| *capital)
    }

    /// The city where an organisation has its seat.
    pub fn seat_of(&self, organisation: PartyId) -> Option<PlaceId> {
        self.seats.get(&organisation).copied()
    }

    /// Whether a place is a whole country.
    pub fn is_country(&self, place: PlaceId) -> bool {
        self.places[place].place.is_country()
    }

    fn add_name(&mut self, words: &mut Words, name: &'static str, reading: Reading) {
        // What is written in capitals throughout is an acronym.
        let (name, numbered) = name.strip_suffix(NUMBER).map_or((name, false), |series| (series, true));
        let acronym = name.len() <= 8 && name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase);
        let small = name.starts_with(char::is_lowercase);
        let reading = Reading { exactly: acronym.then_some(name), small, numbered, ..reading };
        let phrase = text::phrase(words, name);
        if small {
            self.small.extend(phrase.first());
        }
        self.names.insert(&phrase, reading);
        self.spellings.push((name, reading));
    }

    fn add_party(&mut self, kind: ParticipantKind, name: &'static str, code: &'static str) -> PartyId {
        self.parties.push(Party { kind, name, code });
        let id = self.parties.len() - 1;
        match kind {
            ParticipantKind::Organization => self.organisations.insert(code, id),
            ParticipantKind::Country | ParticipantKind::Person => self.countries.insert(code, id),
        };
        id
    }

    fn add_place(&mut self, place: Place, population: u32) -> PlaceId {
        self.places.push(Location { place, population, city: None });
        self.places.len() - 1
    }

    /// The cities by name and country, the largest of namesakes in one country.
    fn read_cities(&mut self) -> Cities {
        let mut cities = Cities::default();
        for row @ [name, country, latitude, longitude, population, _region, other] in CITIES.rows::<7>() {
            let population = population.parse().unwrap_or_else(|_| CITIES.fault(&row, "no population"));
            let place = point(CITIES, &row, name, country, latitude, longitude);
            let id = self.add_place(place, population);
            for name in std::iter::once(name).chain(list(other)) {
                cities.names.push((name, id));
                let known = cities.by_name.entry((name, country)).or_insert(id);
                if self.places[*known].population < population {
                    *known = id;
                }
            }
        }
        for row @ [variant, name, country] in CITY_NAMES.rows::<3>() {
            let Some(&id) = cities.by_name.get(&(name, country)) else { CITY_NAMES.fault(&row, "no such city") };
            cities.by_name.entry((variant, country)).or_insert(id);
            cities.names.push((variant, id));
        }
        cities
    }

    fn read_countries(&mut self, words: &mut Words, cities: &mut Cities, others: &[OtherPlace]) {
        for [code, name, aliases, demonyms, combining, capital, capital_aliases, seats, official] in
            COUNTRIES.rows::<9>()
        {
            let party = self.add_party(ParticipantKind::Country, name, code);
            let place =
                Place { name: name.to_owned(), country: Some(code.to_owned()), latitude: None, longitude: None };
            let place = self.add_place(place, 0);
            let reading = |how, place| Reading::new(how, Some(party), place);
            for name in std::iter::once(name).chain(list(aliases)).chain(list(official)) {
                self.add_name(words, name, reading(How::Name, Some(place)));
            }
            for name in list(demonyms).chain(list(combining)) {
                self.add_name(words, name, reading(How::Demonym, None));
            }
            let spellings: Vec<_> = std::iter::once(capital).chain(list(capital_aliases)).collect();
            let city = spellings.iter().find_map(|name| cities.by_name.get(&(*name, code))).copied();
            self.lands.insert(party, (place, city));
            if let Some(city) = city {
                capital.clone_into(&mut self.places[city].place.name);
            }
            for name in spellings.into_iter().filter(|name| !name.is_empty()) {
                self.add_name(words, name, reading(How::Capital, city));
                cities.named_as_capital.insert((name, city));
            }
            for name in list(seats) {
                let city = cities.by_name.get(&(name, code)).copied();
                let is_seat = |other: &&OtherPlace| other.names.contains(&name) && other.country == code;
                let place = city.or_else(|| others.iter().find(is_seat).map(|other| other.id));
                self.add_name(words, name, reading(How::Seat, place));
                cities.named_as_capital.insert((name, city));
            }
        }
    }

    fn name_cities(&mut self, words: &mut Words, cities: &Cities) {
        for &(name, id) in &cities.names {
            if !cities.named_as_capital.contains(&(name, Some(id))) {
                self.add_name(words, name, Reading::new(How::Place, None, Some(id)));
            }
        }
    }

    /// Regions and the places where diplomacy meets.
    fn read_other_places(&mut self, cities: &Cities) -> Vec<OtherPlace> {
        let regions = REGIONS.rows::<6>().map(|row @ [name, aliases, country, latitude, longitude, _kind]| {
            (name, aliases, country, "", point(REGIONS, &row, name, country, latitude, longitude))
        });
        let meeting_places =
            MEETING_PLACES.rows::<7>().map(|row @ [name, aliases, country, city, latitude, longitude, _kind]| {
                (name, aliases, country, city, point(MEETING_PLACES, &row, name, country, latitude, longitude))
            });
        let mut places = Vec::new();
        for (name, aliases, country, city, place) in regions.chain(meeting_places) {
            let id = self.add_place(place, 0);
            self.places[id].city = cities.by_name.get(&(city, country)).copied();
            places.push(OtherPlace { names: std::iter::once(name).chain(list(aliases)).collect(), country, id });
        }
        places
    }

    fn name_other_places(&mut self, words: &mut Words, others: &[OtherPlace]) {
        for OtherPlace { names, id, .. } in others {
            let reading = Reading::new(How::Place, None, Some(*id));
            for name in names {
                self.add_name(words, name, reading);
            }
        }
    }

    fn read_negotiations(&mut self) {
        self.negotiators = self.read_members(NEGOTIATIONS);
        self.members = self.read_members(MEMBERSHIPS);
    }

    fn read_members(&self, file: DataFile) -> FxHashMap<PartyId, Vec<PartyId>> {
        let rows = file.rows::<2>().map(|row @ [whole, members]| {
            let party = |code| self.party_of(code).unwrap_or_else(|| file.fault(&row, "no such party"));
            (party(whole), list(members).map(party).collect())
        });
        rows.collect()
    }

    fn read_collectives(&mut self, words: &mut Words) {
        for collective in collectives::rows() {
            let party = collective.code.map(|code| self.party_of(code).expect("a test holds the codes"));
            let how = if collective.before.is_some() { How::Demonym } else { How::Name };
            self.add_name(
                words,
                collective.phrase,
                Reading { before: collective.before, ..Reading::new(how, party, None) },
            );
        }
    }

    fn read_organisations(&mut self, words: &mut Words, cities: &Cities) {
        for [code, name, aliases, bodies, _adjectives, seat, _kind, acronym] in ORGANISATIONS.rows::<8>() {
            let party = self.add_party(ParticipantKind::Organization, name, code);
            let city = seat.strip_suffix(')').and_then(|seat| seat.split_once(" ("));
            if let Some(city) = city.and_then(|city| cities.by_name.get(&city)) {
                self.seats.insert(party, *city);
            }
            let reading = |how| Reading::new(how, Some(party), None);
            let code = (acronym != "label").then_some(code);
            for name in std::iter::once(name).chain(code).chain(list(aliases)) {
                self.add_name(words, name, reading(How::Name));
            }
            for name in list(bodies) {
                self.add_name(words, name, reading(How::Body));
            }
        }
    }
}

/// A region or a place where diplomacy meets, while the files are read.
struct OtherPlace {
    names: Vec<&'static str>,
    country: &'static str,
    id: PlaceId,
}

/// The cities while the files are read.
#[derive(Default)]
struct Cities {
    names: Vec<(&'static str, PlaceId)>,
    by_name: FxHashMap<(&'static str, &'static str), PlaceId>,
    named_as_capital: FxHashSet<(&'static str, Option<PlaceId>)>,
}

fn point(file: DataFile, row: &[&str], name: &str, country: &str, latitude: &str, longitude: &str) -> Place {
    let degrees = |cell: &str| cell.parse().unwrap_or_else(|_| file.fault(row, "no coordinates"));
    Place {
        name: name.to_owned(),
        country: Some(country.to_owned()),
        latitude: Some(degrees(latitude)),
        longitude: Some(degrees(longitude)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_and_an_organisation_may_share_a_code() {
        let gazetteer = Gazetteer::new(&mut Words::default());
        let named = |code| gazetteer.party_of(code).map(|party| gazetteer.parties[party].name);
        assert_eq!(named("AU"), Some("Australia"));
        assert_eq!(named("org:AU"), Some("African Union"));
        assert_eq!(named("org:FR"), None);
        assert_eq!(named("NATO"), named("org:NATO"));
        assert!(gazetteer.country("NATO").is_none() && gazetteer.organisation("FR").is_none());
    }
}
