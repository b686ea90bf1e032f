//! The names of states, organisations and places, and what each can refer to.

use crate::event::{ParticipantKind, Place};
use crate::extract::words::{Phrases, WordId};
use rustc_hash::{FxHashMap, FxHashSet};
use strum::EnumString;

/// The prefix of the code of an organisation in a data file if a country has the same code.
const ORGANISATION: &str = "org:";

/// A state or organisation, as an index into [`Gazetteer::parties`].
pub type PartyId = usize;
/// A place, as an index into [`Gazetteer::places`].
pub type PlaceId = usize;

/// A state or an organisation.
#[derive(Debug)]
pub struct Party {
    /// Country or organisation.
    pub kind: ParticipantKind,
    /// Its usual English name.
    pub name: &'static str,
    /// The ISO 3166-1 alpha-2 code of a state, the usual acronym of an organisation.
    pub code: &'static str,
}

/// How a name refers to its party or place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// By its name, acronym or a variant.
    Name,
    /// By the name of its people: "Russian".
    Demonym,
    /// By its capital.
    Capital,
    /// By the seat of its government: "the Kremlin".
    Seat,
    /// By one of its organs: "the Security Council".
    Body,
    /// As a place only.
    Place,
}

/// The followers that a word needs to refer to a group of states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "lowercase")]
pub enum Followers {
    /// Officials of the states, or a summit.
    Officials,
    /// Those, or the states themselves.
    Members,
}

/// A possible referent of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// How the name refers to it.
    pub how: How,
    /// The state or organisation.
    pub party: Option<PartyId>,
    /// The place.
    pub place: Option<PlaceId>,
    /// The required spelling, for names such as acronyms that must match exactly.
    pub exactly: Option<&'static str>,
    /// Whether the name can be written in lower case: "six world powers".
    pub small: bool,
    /// What must follow: "Gulf" refers to states in "Gulf leaders".
    pub before: Option<Followers>,
    /// Whether a number must follow: "COP28".
    pub numbered: bool,
    /// Whether the name of a small town is also a word: "Alliance, Ohio" is a place, "the Alliance" is not.
    pub word: bool,
}

impl Reading {
    pub(super) fn new(how: How, party: Option<PartyId>, place: Option<PlaceId>) -> Self {
        Self { how, party, place, exactly: None, small: false, before: None, numbered: false, word: false }
    }
}

/// A place, with the data that disambiguates it from others of the same name.
#[derive(Debug)]
pub struct Location {
    /// The place as shown in events.
    pub place: Place,
    /// The population; 0 if unknown.
    pub population: u32,
    /// The city of a building.
    pub city: Option<PlaceId>,
}

/// The gazetteer.
#[derive(Debug, Default)]
pub struct Gazetteer {
    /// States and organisations.
    pub parties: Vec<Party>,
    /// Places.
    pub places: Vec<Location>,
    /// Every name as written in the data files, with its possible referents.
    pub spellings: Vec<(&'static str, Reading)>,
    pub(super) names: Phrases<Reading>,
    /// The first words of the names that can be written in lower case.
    pub(super) small: FxHashSet<WordId>,
    pub(super) countries: FxHashMap<&'static str, PartyId>,
    pub(super) organisations: FxHashMap<&'static str, PartyId>,
    /// The participants of negotiation formats that are not organisations.
    pub(super) negotiators: FxHashMap<PartyId, Vec<PartyId>>,
    /// The member states of organisations.
    pub(super) members: FxHashMap<PartyId, Vec<PartyId>>,
    /// Each state as a place, with its capital.
    pub(super) lands: FxHashMap<PartyId, (PlaceId, Option<PlaceId>)>,
    /// The names of small towns that are also words.
    pub(super) town_words: FxHashSet<&'static str>,
}

impl Gazetteer {
    /// Whether a name can begin with this word in lower case.
    pub fn begins_small(&self, word: WordId) -> bool {
        self.small.contains(&word)
    }

    /// The names.
    pub fn names(&self) -> &Phrases<Reading> {
        &self.names
    }

    /// The party with a code of the data files. If a country and an organisation share the code, it is the country;
    /// the prefix [`ORGANISATION`] selects the organisation.
    pub fn party_of(&self, code: &str) -> Option<PartyId> {
        match code.strip_prefix(ORGANISATION) {
            Some(code) => self.organisation(code),
            None => self.country(code).or_else(|| self.organisation(code)),
        }
    }

    /// The country with an ISO 3166-1 alpha-2 code.
    pub fn country(&self, code: &str) -> Option<PartyId> {
        self.countries.get(code).copied()
    }

    /// The organisation with a code of `organisations.tsv`.
    pub fn organisation(&self, code: &str) -> Option<PartyId> {
        self.organisations.get(code).copied()
    }

    /// The country of a place.
    pub fn country_of(&self, place: PlaceId) -> Option<PartyId> {
        self.places[place].place.country.as_deref().and_then(|code| self.country(code))
    }

    /// The parties to which a name refers: the participants of a negotiation format ("six-party talks"), else the
    /// party itself.
    pub fn members_of(&self, party: PartyId) -> Vec<PartyId> {
        self.negotiators.get(&party).cloned().unwrap_or_else(|| vec![party])
    }

    /// The member states of an organisation whose members narrow down its places.
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

    pub fn is_organisation(&self, party: PartyId) -> bool {
        self.parties[party].kind == ParticipantKind::Organization
    }

    /// Whether a place is a whole country, or a region of the world.
    pub fn is_country(&self, place: PlaceId) -> bool {
        self.places[place].place.is_country()
    }
}
