//! The parties that publishers represent, from `data/world/sources.tsv`: by domain, or by name.

use super::gazetteer::{Gazetteer, How, PartyId};
use super::lists::Lists;
use super::spots::spot;
use crate::event::ParticipantKind;
use crate::extract::data::{DataFile, data_file};
use crate::extract::spelling::fold;
use crate::extract::text::Document;
use rustc_hash::{FxHashMap, FxHashSet};
use strum::EnumString;
use url::Url;

const SOURCES: DataFile = data_file!("world/sources.tsv");
/// The value that marks a name as unique to its publisher.
const ALONE: &str = "alone";
/// The end of a domain that stands for that of each country: "gov.*".
const EACH_COUNTRY: &str = ".*";
/// The article that begins some names of publishers.
const ARTICLE: &str = "The ";

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
enum SourceKind {
    ForeignMinistry,
    HeadOfState,
    HeadOfGovernment,
    Government,
    DefenceMinistry,
    Parliament,
    Body,
    StateMedia,
    Aggregator,
}

impl SourceKind {
    /// Whether it speaks for its party, rather than only reporting.
    fn speaks(self) -> bool {
        !matches!(self, Self::StateMedia | Self::Aggregator)
    }
}

/// The party for which a known publisher speaks.
#[derive(Clone, Copy, Debug)]
enum Voice {
    /// Its own party.
    Of(PartyId),
    /// None: it reports.
    Nobodys,
}

impl Voice {
    fn party(self) -> Option<PartyId> {
        match self {
            Self::Of(party) => Some(party),
            Self::Nobodys => None,
        }
    }
}

/// The known publishers.
#[derive(Debug, Default)]
pub struct Sources {
    /// By domain.
    domains: FxHashMap<&'static str, Voice>,
    /// The second-level domains under which the government of each country publishes.
    governments: FxHashSet<&'static str>,
    /// By folded name, for unique names.
    names: FxHashMap<String, Voice>,
    /// The folded names of institutions that many countries have.
    institutions: Vec<String>,
}

impl Sources {
    /// Loads the list.
    pub fn new(gazetteer: &Gazetteer) -> Self {
        let mut sources = Self::default();
        for row @ [domain, name, code, kind, alone] in SOURCES.rows::<5>() {
            if let Some(label) = domain.strip_suffix(EACH_COUNTRY) {
                sources.governments.insert(label);
                continue;
            }
            let kind: SourceKind = kind.parse().unwrap_or_else(|_| SOURCES.fault(&row, "no such kind"));
            let party = gazetteer.party_of(code).unwrap_or_else(|| SOURCES.fault(&row, "no such party"));
            let voice = if kind.speaks() { Voice::Of(party) } else { Voice::Nobodys };
            sources.domains.insert(domain, voice);
            if alone == ALONE {
                sources.names.insert(fold(name.strip_prefix(ARTICLE).unwrap_or(name)), voice);
            } else {
                sources.institutions.push(fold(name));
            }
        }
        sources.institutions.sort();
        sources.institutions.dedup();
        sources
    }

    /// The voice of the longest known domain that contains a host, else of the government under whose domain it is;
    /// `None` if there is none.
    fn of_host(&self, gazetteer: &Gazetteer, host: &str) -> Option<Voice> {
        let mut parts = std::iter::successors(Some(host), |rest| rest.split_once('.').map(|(_, rest)| rest));
        let government = || {
            let (rest, country) = host.rsplit_once('.')?;
            let label = rest.rsplit('.').next().filter(|label| self.governments.contains(label))?;
            Some(Voice::Of(gazetteer.country(&country.to_uppercase()).filter(|_| label != rest)?))
        };
        parts.find_map(|domain| self.domains.get(domain)).copied().or_else(government)
    }

    /// The party that an article's publisher represents, by the URL of the article and the name of its source. News
    /// agencies represent none, even state-owned ones.
    pub(super) fn party_of(
        &self,
        lists: Lists<'_>,
        url: Option<&str>,
        source: Option<&Document<'_>>,
    ) -> Option<PartyId> {
        let host = url.and_then(|url| Url::parse(url).ok()?.host_str().map(str::to_lowercase));
        let by_host = host.and_then(|host| self.of_host(lists.gazetteer, &host));
        by_host.map_or_else(|| source.and_then(|source| self.party_of_name(lists, source)), Voice::party)
    }

    /// The party of a name such as "The White House", "NATO", "Polish Ministry of Foreign Affairs" or "mfa.gov.pl".
    fn party_of_name(&self, lists: Lists<'_>, source: &Document<'_>) -> Option<PartyId> {
        let is_country = |party: PartyId| lists.gazetteer.parties[party].kind == ParticipantKind::Country;
        // "White House (press briefings)"
        let publisher = source.text.split(['(', ',', '|']).next().unwrap_or_default().trim();
        let name = fold(publisher.strip_prefix(ARTICLE).unwrap_or(publisher));
        if let Some(voice) = self.names.get(&name).copied().or_else(|| self.of_host(lists.gazetteer, &name)) {
            return voice.party();
        }
        let spots = spot(lists, source);
        if let [spot] = &spots[..]
            && spot.tokens == (0..source.tokens.len())
            && let [reading] = &*spot.readings
            && matches!(reading.how, How::Name | How::Body)
        {
            return reading.party.filter(|party| !is_country(*party));
        }
        let is_institution = |institution: &String| contains_words(&name, institution);
        let office = (0..source.tokens.len()).any(|at| lists.office_at(source, at, source.tokens.len()));
        if !office && !self.institutions.iter().any(is_institution) {
            return None;
        }
        let countries = spots.iter().flat_map(|spot| spot.readings.iter());
        let mut countries = countries.filter(|reading| reading.how != How::Place).filter_map(|reading| reading.party);
        let country = countries.next().filter(|party| is_country(*party))?;
        countries.all(|other| other == country).then_some(country)
    }
}

/// Whether `part` occurs in `text` at word boundaries.
fn contains_words(text: &str, part: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(part)
        .any(|(at, _)| !letter(text[..at].chars().next_back()) && !letter(text[at + part.len()..].chars().next()))
}
