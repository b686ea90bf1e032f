//! Loads the data files of the gazetteer.

use super::names::{Followers, Gazetteer, How, Location, Party, PartyId, PlaceId, Reading};
use crate::event::{ParticipantKind, Place};
use crate::extract::data::{DataFile, data_file, list};
use crate::extract::text;
use crate::extract::words::Words;
use rustc_hash::{FxHashMap, FxHashSet};
use strum::EnumString;

/// The population assumed for a region, which outranks a smaller city of the same name: most news about Bali is not
/// about Bāli in India. Chosen on the corpora.
const PEOPLE_OF_A_REGION: u32 = 400_000;

const COUNTRIES: DataFile = data_file!("world/countries.tsv");
const ORGANISATIONS: DataFile = data_file!("world/organisations.tsv");
const NEGOTIATIONS: DataFile = data_file!("world/negotiations.tsv");
const MEMBERSHIPS: DataFile = data_file!("world/memberships.tsv");
const CITIES: DataFile = data_file!("world/cities.tsv");
const CITY_NAMES: DataFile = data_file!("world/city_names.tsv");
const REGIONS: DataFile = data_file!("world/regions.tsv");
const WORLD_REGIONS: DataFile = data_file!("world/world_regions.tsv");
const MEETING_PLACES: DataFile = data_file!("world/meeting_places.tsv");
const TOWN_WORDS: DataFile = data_file!("lang/en/words_that_are_towns.tsv");
const COLLECTIVES: DataFile = data_file!("lang/en/collectives.tsv");

/// The placeholder for the number in the name of a series: `COP#`.
const NUMBER: char = '#';

/// How the code of an organisation is used as an acronym.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "lowercase")]
enum Acronym {
    /// As a name of the organisation.
    #[strum(serialize = "")]
    Name,
    /// Not as a name in texts.
    Label,
    /// Not by itself, as it has another frequent sense.
    Ambiguous,
}

/// Loads the data files, and interns their words.
pub fn read(words: &mut Words) -> Gazetteer {
    let town_words = TOWN_WORDS.rows::<1>().map(|[name]| name).collect();
    let mut reader = Reader(Gazetteer { town_words, ..Gazetteer::default() });
    let mut cities = reader.read_cities();
    let others = reader.read_other_places(&cities);
    reader.read_countries(words, &mut cities, &others);
    reader.name_cities(words, &cities);
    reader.name_other_places(words, &others);
    reader.read_organisations(words);
    reader.read_negotiations();
    reader.read_collectives(words);
    reader.0
}

/// The gazetteer under construction.
struct Reader(Gazetteer);

impl Reader {
    fn add_name(&mut self, words: &mut Words, name: &'static str, reading: Reading) {
        // A name in capitals throughout is an acronym.
        let (name, numbered) = name.strip_suffix(NUMBER).map_or((name, false), |series| (series, true));
        let acronym = name.len() <= 8 && name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase);
        let small = name.starts_with(char::is_lowercase);
        let word = reading.how == How::Place && self.0.town_words.contains(name);
        let reading = Reading { exactly: acronym.then_some(name), small, numbered, word, ..reading };
        let phrase = text::phrase(words, name);
        if small {
            self.0.small.extend(phrase.first());
        }
        self.0.names.insert(&phrase, reading);
        self.0.spellings.push((name, reading));
    }

    fn add_party(&mut self, kind: ParticipantKind, name: &'static str, code: &'static str) -> PartyId {
        self.0.parties.push(Party { kind, name, code });
        let id = self.0.parties.len() - 1;
        match kind {
            ParticipantKind::Organization => self.0.organisations.insert(code, id),
            ParticipantKind::Country | ParticipantKind::Person => self.0.countries.insert(code, id),
        };
        id
    }

    fn add_place(&mut self, place: Place, population: u32) -> PlaceId {
        self.0.places.push(Location { place, population, city: None });
        self.0.places.len() - 1
    }

    /// The cities by name and country; the largest, if a country has several of a name.
    fn read_cities(&mut self) -> Cities {
        let mut cities = Cities::default();
        for row @ [name, country, latitude, longitude, population, _region, other] in CITIES.rows::<7>() {
            let population = population.parse().unwrap_or_else(|_| CITIES.fault(&row, "no population"));
            let place = point(CITIES, &row, name, country, latitude, longitude);
            let id = self.add_place(place, population);
            for name in std::iter::once(name).chain(list(other)) {
                cities.names.push((name, id));
                let known = cities.by_name.entry((name, country)).or_insert(id);
                if self.0.places[*known].population < population {
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
            self.0.lands.insert(party, (place, city));
            if let Some(city) = city {
                capital.clone_into(&mut self.0.places[city].place.name);
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

    /// Regions and meeting places.
    fn read_other_places(&mut self, cities: &Cities) -> Vec<OtherPlace> {
        let regions = REGIONS.rows::<6>().map(|row @ [name, aliases, country, latitude, longitude, _kind]| {
            (name, aliases, country, "", point(REGIONS, &row, name, country, latitude, longitude))
        });
        let shared = WORLD_REGIONS.rows::<2>().map(|[name, aliases]| {
            (name, aliases, "", "", Place { name: name.to_owned(), country: None, latitude: None, longitude: None })
        });
        let meeting_places =
            MEETING_PLACES.rows::<7>().map(|row @ [name, aliases, country, city, latitude, longitude, _kind]| {
                (name, aliases, country, city, point(MEETING_PLACES, &row, name, country, latitude, longitude))
            });
        let mut places = Vec::new();
        for (name, aliases, country, city, place) in regions.chain(shared).chain(meeting_places) {
            // A row without a city is a region.
            let id = self.add_place(place, if city.is_empty() { PEOPLE_OF_A_REGION } else { 0 });
            self.0.places[id].city = cities.by_name.get(&(city, country)).copied();
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
        self.0.negotiators = self.read_members(NEGOTIATIONS);
        self.0.members = self.read_members(MEMBERSHIPS);
    }

    fn read_members(&self, file: DataFile) -> FxHashMap<PartyId, Vec<PartyId>> {
        let rows = file.rows::<2>().map(|row @ [whole, members]| {
            let party = |code| self.0.party_of(code).unwrap_or_else(|| file.fault(&row, "no such party"));
            (party(whole), list(members).map(party).collect())
        });
        rows.collect()
    }

    fn read_collectives(&mut self, words: &mut Words) {
        for row @ [phrase, before, code] in COLLECTIVES.rows::<3>() {
            let party = |code| self.0.party_of(code).unwrap_or_else(|| COLLECTIVES.fault(&row, "no such party"));
            let party = Some(code).filter(|code| !code.is_empty()).map(party);
            let followers =
                |before: &str| before.parse().unwrap_or_else(|_| COLLECTIVES.fault(&row, "no such followers"));
            let before: Option<Followers> = Some(before).filter(|before| !before.is_empty()).map(followers);
            let how = if before.is_some() { How::Demonym } else { How::Name };
            self.add_name(words, phrase, Reading { before, ..Reading::new(how, party, None) });
        }
    }

    fn read_organisations(&mut self, words: &mut Words) {
        for row @ [code, name, aliases, bodies, _adjectives, _seat, _kind, acronym] in ORGANISATIONS.rows::<8>() {
            let party = self.add_party(ParticipantKind::Organization, name, code);
            let reading = |how| Reading::new(how, Some(party), None);
            let acronym: Acronym = acronym.parse().unwrap_or_else(|_| ORGANISATIONS.fault(&row, "no such acronym"));
            let code = (acronym != Acronym::Label).then_some(code);
            for name in std::iter::once(name).chain(code).chain(list(aliases)) {
                self.add_name(words, name, reading(How::Name));
            }
            for name in list(bodies) {
                self.add_name(words, name, reading(How::Body));
            }
        }
    }
}

/// A region or a meeting place while the files are loaded.
struct OtherPlace {
    names: Vec<&'static str>,
    country: &'static str,
    id: PlaceId,
}

/// The cities while the files are loaded.
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
