//! The names that the world's states, organisations and places go by, and what each may stand for.

use crate::event::{ParticipantKind, Place};
use crate::extract::words::{Phrases, WordId};
use rustc_hash::{FxHashMap, FxHashSet};
use strum::EnumString;

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

/// What must follow a word for it to stand for a group of states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "lowercase")]
pub enum Followers {
    /// Those who act for the states, or their summit.
    Officials,
    /// The same, or the states themselves.
    Members,
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
    /// The name of a small town is a word as well: "Alliance, Ohio" is a place, "the Alliance" none.
    pub word: bool,
}

impl Reading {
    pub(super) fn new(how: How, party: Option<PartyId>, place: Option<PlaceId>) -> Self {
        Self { how, party, place, exactly: None, small: false, before: None, numbered: false, word: false }
    }
}

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
    pub(super) names: Phrases<Reading>,
    /// The first words of the names that may begin with a small letter.
    pub(super) small: FxHashSet<WordId>,
    pub(super) countries: FxHashMap<&'static str, PartyId>,
    pub(super) organisations: FxHashMap<&'static str, PartyId>,
    /// Who negotiates in the formats of talks that are no bodies of their own.
    pub(super) negotiators: FxHashMap<PartyId, Vec<PartyId>>,
    /// The members of organisations.
    pub(super) members: FxHashMap<PartyId, Vec<PartyId>>,
    /// Each state as a place, and its capital.
    pub(super) lands: FxHashMap<PartyId, (PlaceId, Option<PlaceId>)>,
    /// The names of small towns that are words as well.
    pub(super) town_words: FxHashSet<&'static str>,
}

impl Gazetteer {
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

    pub fn is_organisation(&self, party: PartyId) -> bool {
        self.parties[party].kind == ParticipantKind::Organization
    }

    /// Whether a place is a whole country, or a part of the world.
    pub fn is_country(&self, place: PlaceId) -> bool {
        self.places[place].place.is_country()
    }
}
