//! Which sightings of an article are of one event: "talks on 7 March", "the talks will take place in Lugano".
//!
//! Dated sightings come first, the exact before the coarse, so that nothing hangs on the order of the sentences;
//! then those without a date join the one event that they fit.

use super::dating::LONGEST;
use super::moves::Change;
use super::parties::Actor;
use super::sequels::Sequel;
use super::sightings::Sighting;
use super::spoken::Meant;
use crate::event::{Kind, Precision, Status};
use crate::extract::entities::{Gazetteer, PlaceId};
use crate::extract::time::Period;
use jiff::ToSpan;
use rustc_hash::FxHashSet;

/// The sightings of one event.
#[derive(Debug)]
pub(super) struct Group<'a> {
    /// Its sightings in the order of the text.
    pub sightings: Vec<&'a Sighting>,
    /// Its days.
    pub period: Period,
    /// The kinds that its dated sightings name, each once; all of one family.
    kinds: Vec<Kind>,
    /// Who takes part by its dated sightings, each once.
    actors: Vec<Actor>,
    /// Where its dated sightings place it.
    place: Option<PlaceId>,
}

impl<'a> Group<'a> {
    fn of(sighting: &'a Sighting, period: Period) -> Self {
        let mut group = Self { sightings: vec![], period, kinds: vec![], actors: vec![], place: None };
        group.add(sighting);
        group
    }

    fn add(&mut self, sighting: &'a Sighting) {
        self.sightings.push(sighting);
        if sighting.timex.is_none() {
            return;
        }
        if !self.kinds.contains(&sighting.kind) {
            self.kinds.push(sighting.kind);
        }
        for actor in &sighting.actors {
            if !self.actors.contains(actor) {
                self.actors.push(*actor);
            }
        }
        self.place = self.place.or(sighting.place);
    }

    /// The kind that its first dated sighting in the text names; a meeting that is a summit anywhere is one.
    pub fn kind(&self) -> Kind {
        if self.is_of_family(Kind::Summit) && self.sightings.iter().any(|s| s.kind == Kind::Summit) {
            return Kind::Summit;
        }
        let first = self.sightings.iter().find(|s| s.timex.is_some());
        first.or(self.sightings.first()).map_or(Kind::Meeting, |s| s.kind)
    }

    fn is_of_family(&self, kind: Kind) -> bool {
        self.kinds.first().is_some_and(|known| known.family() == kind.family())
    }

    fn accepts(&self, sighting: &Sighting, period: &Period, gazetteer: &Gazetteer) -> bool {
        self.is_of_family(sighting.kind)
            && days_agree(&self.period, period)
            && (sighting.sequel != Sequel::Another || self.period == *period)
            && actors_agree(&self.actors, &sighting.actors)
            && self.place_agrees(sighting, period, gazetteer)
            && self.is_tour() == is_tour(sighting)
    }

    /// The same place, or, where one of the two days is coarse, a country that holds the other.
    fn place_agrees(&self, sighting: &Sighting, period: &Period, gazetteer: &Gazetteer) -> bool {
        let (Some(known), Some(told)) = (self.place, sighting.place) else { return true };
        let coarse = self.period.precision != period.precision;
        let holds = gazetteer.is_country(known) != gazetteer.is_country(told);
        known == told || coarse && holds && gazetteer.country_of(known) == gazetteer.country_of(told)
    }

    /// Whether a sighting tells the last day of it: "the visit will end on 10 May".
    fn ends_with(&self, sighting: &Sighting, last: &Period) -> bool {
        let exact = self.period.precision == Precision::Day && last.precision == Precision::Day;
        let days = (last.last - self.period.first).get_days();
        let meant = actors_agree(&self.actors, &sighting.actors) || sighting.meant == Meant::Event;
        sighting.sequel == Sequel::End
            && exact
            && (0..=LONGEST).contains(&i64::from(days))
            && self.is_of_family(sighting.kind)
            && meant
    }

    /// Makes an event of one day as long as it is told to last.
    fn extend(&mut self) {
        let one_day = self.period.precision == Precision::Day && self.period.first == self.period.last;
        let days = self.sightings.iter().find_map(|s| s.lasts).filter(|_| one_day);
        if let Some(last) = days.and_then(|days| self.period.first.checked_add((days - 1).days()).ok()) {
            self.period = Period::days(self.period.first, last);
        }
    }

    /// Whether another group is of the same event.
    pub fn is_same(&self, other: &Self, gazetteer: &Gazetteer) -> bool {
        other.sightings.iter().any(|s| self.accepts(s, &other.period, gazetteer))
    }

    fn is_tour(&self) -> bool {
        self.sightings.iter().any(|s| is_tour(s))
    }

    /// Whether a sighting without a date may be of it.
    pub fn may_be_meant(&self, sighting: &Sighting) -> bool {
        self.is_of_family(sighting.kind) && (sighting.actors.is_empty() || actors_agree(&self.actors, &sighting.actors))
    }

    /// Who takes part, each once, in the order of the text; only what dated sightings say.
    pub fn actors(&self) -> Vec<Actor> {
        let mut actors = self.actors.clone();
        // Who holds the event tells who takes part: "the APEC summit", later "the summit in Hanoi, Vietnam said".
        let of_body = |s: &&&Sighting| s.timex.is_some() && s.is_of_body;
        if self.sightings.iter().any(|s| of_body(&s)) {
            let told: Vec<Actor> = self.sightings.iter().filter(of_body).flat_map(|s| s.actors.clone()).collect();
            actors.retain(|actor| told.contains(actor));
        }
        let named = self.sightings.iter().filter(|s| s.timex.is_some()).flat_map(|s| &s.actors);
        actors.sort_by_cached_key(|actor| named.clone().position(|a| a == actor));
        actors
    }

    /// Where it is held: where it has been moved to, else what a dated sighting says before what others say, a city before a
    /// country.
    pub fn place(&self, is_country: impl Fn(PlaceId) -> bool) -> Option<PlaceId> {
        let places = self.sightings.iter().filter_map(|s| {
            let place = s.place?;
            Some((place, (is_country(place), s.change != Change::Other, s.timex.is_none())))
        });
        places.min_by_key(|(_, rank)| *rank).map(|(place, _)| place)
    }

    /// Its sightings, one for each sentence: of several, one that names a date.
    pub fn one_for_each_sentence(&self) -> impl Iterator<Item = &'a Sighting> {
        let sentences = self.sightings.chunk_by(|a, b| a.sentence == b.sentence);
        sentences.filter_map(|of_one| of_one.iter().find(|s| s.timex.is_some()).or(of_one.first()).copied())
    }
}

/// A tour of several countries is no visit to one of them.
fn is_tour(sighting: &Sighting) -> bool {
    sighting.hosts.len() > 1
}

/// The events of an article.
pub(super) fn group<'s>(sightings: &'s [Sighting], gazetteer: &Gazetteer) -> Vec<Group<'s>> {
    let mut dated: Vec<(&Sighting, Period)> = sightings.iter().filter_map(|s| Some((s, s.period?))).collect();
    dated.sort_by_key(|(s, period)| {
        // Of exact dates those of several days come first, which single ones may be of.
        let days = (period.last - period.first).get_days();
        let days = if period.precision == Precision::Day { -days } else { days };
        (s.sequel == Sequel::End, period.precision, days, s.actors.is_empty(), s.sentence)
    });
    let mut groups: Vec<Group<'s>> = Vec::new();
    for (sighting, period) in dated {
        // "The tour will last until 25 May" ends the tour, and no visit on it.
        let tour = sighting.found.trigger.phrase == "tour";
        let begun = groups.iter_mut().filter(|group| group.ends_with(sighting, &period));
        if let Some(begun) = begun.min_by_key(|group| tour && !group.is_tour()) {
            begun.period = Period::days(begun.period.first, period.last);
            begun.add(sighting);
            continue;
        }
        let accepting = || groups.iter().enumerate().filter(|(_, group)| group.accepts(sighting, &period, gazetteer));
        let same_kind = accepting().find(|(_, group)| group.kinds.contains(&sighting.kind));
        match same_kind.or_else(|| accepting().next()).map(|(at, _)| at) {
            Some(at) => groups[at].add(sighting),
            None => groups.push(Group::of(sighting, period)),
        }
    }
    for sighting in sightings.iter().filter(|s| s.timex.is_none()) {
        attach(&mut groups, sighting);
    }
    for group in &mut groups {
        group.extend();
    }
    for group in &mut groups {
        group.sightings.sort_by_key(|s| s.sentence);
    }
    groups
}

/// The sightings that none of the article's dated events takes.
pub(super) fn without_event<'s>(groups: &[Group<'_>], sightings: &'s [Sighting]) -> impl Iterator<Item = &'s Sighting> {
    let told = groups.iter().flat_map(|group| &group.sightings);
    let told: FxHashSet<*const Sighting> = told.map(|sighting| std::ptr::from_ref(*sighting)).collect();
    sightings.iter().filter(move |s| s.timex.is_none() && !told.contains(&std::ptr::from_ref(*s)))
}

/// The sightings that none of the article's dated events takes, put together by event.
pub(super) fn undated(groups: &[Group<'_>], sightings: &[Sighting]) -> Vec<Vec<Sighting>> {
    let mut events: Vec<Vec<Sighting>> = Vec::new();
    for sighting in without_event(groups, sightings) {
        let same = |known: &Sighting| {
            known.kind.family() == sighting.kind.family() && actors_agree(&known.actors, &sighting.actors)
        };
        match events.iter_mut().find(|of_event| of_event.first().is_some_and(same)) {
            Some(of_event) => of_event.push(sighting.clone()),
            None => events.push(vec![sighting.clone()]),
        }
    }
    events
}

/// Gives a sighting without a date to the one event that it fits; of several, to the only one of its own kind.
fn attach<'a>(groups: &mut [Group<'a>], sighting: &'a Sighting) {
    let meant: Vec<usize> = (0..groups.len()).filter(|at| groups[*at].may_be_meant(sighting)).collect();
    let of_its_kind: Vec<usize> =
        meant.iter().copied().filter(|at| groups[*at].kinds.contains(&sighting.kind)).collect();
    match (&of_its_kind[..], &meant[..]) {
        ([only], _) | ([], [only]) => groups[*only].add(sighting),
        _ => {}
    }
}

/// Exact days are equal, or one is of the several that an event takes; a coarse date agrees with what it holds.
fn days_agree(known: &Period, said: &Period) -> bool {
    if said.precision == Precision::Day && known.precision == Precision::Day {
        let within = |a: &Period, b: &Period| b.first <= a.first && a.last <= b.last && a.first == a.last;
        return (known.first, known.last) == (said.first, said.last) || within(said, known) || within(known, said);
    }
    known.first <= said.last && said.first <= known.last
}

/// One names no more than the other does, or there is nothing to compare.
pub(super) fn actors_agree(a: &[Actor], b: &[Actor]) -> bool {
    let parties = |actors: &[Actor]| -> Vec<usize> { actors.iter().filter_map(|a| a.party).collect() };
    let (a, b) = (parties(a), parties(b));
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    few.iter().all(|party| many.contains(party))
}

/// The standing that the sightings of an event give it: what calls it off or puts it off speaks last; else certainty
/// outweighs expectation.
pub(super) fn status(sightings: &[&Sighting]) -> Status {
    let has = |status| sightings.iter().any(|s| s.status == status);
    if has(Status::Held) {
        Status::Held
    } else if has(Status::Cancelled) {
        Status::Cancelled
    } else if has(Status::Postponed) {
        Status::Postponed
    } else if sightings.iter().any(|s| s.status == Status::Confirmed && (s.timex.is_some() || s.says_status)) {
        Status::Confirmed
    } else {
        Status::Tentative
    }
}
