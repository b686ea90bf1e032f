//! Events: what an article says of scheduled diplomatic events.
//!
//! A sentence: `layout` finds datelines and agendas, `clauses` cuts it, at what `coordination` and `reporting` find; `scene`
//! holds it with the words that may name an event, which `needs` allows.
//!
//! A clause: `roles` says what part a name plays, by its `governors` and `noun_phrases`; `dating` which date is an event's,
//! `portions` what belongs to each of several days, `parties` who takes part, `whereabouts` where, `standing` how sure it
//! is, `moves` what it changes of a known event, `former` which days that had; `sightings` brings that together.
//!
//! An article: `spoken` and `referents` find whom a clause means that names nobody, `antecedents` gives them to it;
//! `sequels` are what later sentences add, `new_days` says which day of a moved event holds, `coreference` which sightings
//! are of one event, `elsewhere` where that is held if they do not say; `mentions` are what comes of it, for what has no date
//! of what `undated` finds. `reports` reads apart from them what has taken place.

mod antecedents;
mod clauses;
mod coordination;
mod coreference;
mod dating;
mod elsewhere;
mod former;
mod governors;
mod layout;
mod lexicon;
mod mentions;
mod moves;
mod needs;
mod new_days;
mod noun_phrases;
mod parties;
mod portions;
mod referents;
mod reporting;
mod reports;
mod roles;
mod scene;
mod sequels;
mod sightings;
mod spoken;
mod standing;
mod undated;
mod whereabouts;

pub use lexicon::Lexicon;
pub use sightings::NoEvent;

use crate::event::{Kind, Mention, ParticipantKind};
use crate::extract::entities::{Entities, Named, PartyId, PlaceId};
use crate::extract::tense::Tenses;
use crate::extract::text::Document;
use crate::extract::time::Timex;
use elsewhere::Elsewhere;
use jiff::civil::Date;
use lexicon::Trigger;
use mentions::{mention, undated as undated_mention};
use rustc_hash::FxHashMap;
use scene::Scene;
use sightings::Sighting;

/// What reading events needs to know of the world and of the language.
#[derive(Debug)]
pub struct Reader<'a> {
    /// The words of events.
    pub lexicon: &'a Lexicon,
    /// The names.
    pub names: &'a Entities,
}

impl Reader<'_> {
    fn is_organisation(&self, party: PartyId) -> bool {
        self.names.gazetteer.parties[party].kind == ParticipantKind::Organization
    }
}

/// A text and what was found in it.
#[derive(Debug)]
pub struct Text<'a, 't> {
    /// The text.
    pub doc: &'a Document<'t>,
    /// The tenses of its clauses.
    pub tenses: &'a Tenses,
    /// Its date expressions.
    pub timexes: &'a [Timex],
    /// Its names.
    pub named: &'a Named,
    /// The day it was published.
    pub published: Date,
    /// For each sentence, the day of the agenda that it is an item of, as a place in `timexes`.
    headings: Vec<Option<usize>>,
    /// The parties that are named, and how often, the most frequent first.
    spoken_of: Vec<(PartyId, usize)>,
    /// The town of the dateline: where the report was written.
    written_in: Option<PlaceId>,
    /// What "here" means: that town, else the town named most in the country that is spoken of most, else that country.
    here: Option<PlaceId>,
}

impl<'a, 't> Text<'a, 't> {
    /// A text and what was found in it, published on a day.
    pub fn new(
        reader: &Reader<'_>,
        doc: &'a Document<'t>,
        tenses: &'a Tenses,
        timexes: &'a [Timex],
        named: &'a Named,
        published: Date,
    ) -> Self {
        let mut text = Self {
            doc,
            tenses,
            timexes,
            named,
            published,
            headings: layout::headings(doc, timexes, published),
            spoken_of: count(named.entities.iter().filter_map(|entity| entity.party)),
            written_in: layout::written_in(doc, named),
            here: None,
        };
        text.here = text.written_in.or_else(|| text.spoken_from(reader));
        text
    }

    /// The town named most in the country that the text speaks of most, else that country.
    fn spoken_from(&self, reader: &Reader<'_>) -> Option<PlaceId> {
        let gazetteer = &reader.names.gazetteer;
        let country = self.country_spoken_of_most(reader, None)?;
        let places = self.named.entities.iter().filter_map(|entity| entity.place);
        let within = |place: &PlaceId| gazetteer.country_of(*place) == Some(country) && !gazetteer.is_country(*place);
        count(places.filter(within)).first().map(|(town, _)| *town).or_else(|| gazetteer.place_of(country))
    }

    /// The country that the text speaks of most besides one, where it does so more than once or speaks of no other.
    fn country_spoken_of_most(&self, reader: &Reader<'_>, besides: Option<PartyId>) -> Option<PartyId> {
        let fits = |party: PartyId| Some(party) != besides && !reader.is_organisation(party);
        let mut countries = self.spoken_of.iter().filter(|(party, _)| fits(*party));
        let (most, count) = countries.next()?;
        (*count > 1 || countries.next().is_none()).then_some(*most)
    }
}

/// How many sentences after an event "it" may stand for it.
const SEQUEL_REACH: usize = 2;

/// Parties or places and how often each occurs, the most frequent first, else the first.
fn count(named: impl Iterator<Item = usize>) -> Vec<(usize, usize)> {
    let mut counts: FxHashMap<usize, (usize, usize)> = FxHashMap::default();
    for (at, id) in named.enumerate() {
        counts.entry(id).or_insert((0, at)).0 += 1;
    }
    let mut counts: Vec<(usize, (usize, usize))> = counts.into_iter().collect();
    counts.sort_by_key(|(_, (count, first))| (std::cmp::Reverse(*count), *first));
    counts.into_iter().map(|(id, (count, _))| (id, count)).collect()
}

/// What the text says of events, in the order of their dates; and why its other dates made none, by their places in the
/// text's time expressions.
pub fn find(reader: &Reader<'_>, text: &Text<'_, '_>) -> (Vec<Mention>, Vec<(usize, NoEvent)>) {
    let (mut sightings, mut undated): (Vec<Sighting>, Vec<(usize, NoEvent)>) = Default::default();
    let scenes: Vec<Scene<'_, '_>> =
        (0..text.doc.sentences.len()).map(|number| Scene::of(reader, text, number)).collect();
    for scene in &scenes {
        let (mut found, others) = scene.sightings();
        let known = sightings.last().filter(|known: &&Sighting| known.sentence + SEQUEL_REACH >= scene.number);
        found.extend(known.filter(|_| found.is_empty()).and_then(|known| scene.goes_on_from(known)));
        sightings.extend(found);
        undated.extend(others);
    }
    tell_rounds_apart(&scenes, &mut sightings);
    undated.extend(antecedents::fill(reader, &scenes, &mut sightings));
    new_days::settle(&mut sightings);
    let groups = coreference::group(&sightings, &reader.names.gazetteer);
    let mut elsewhere = Elsewhere::new(reader, text, &scenes, &groups);
    let mut mentions = Vec::new();
    for group in &groups {
        match mention(reader, text, group, &mut elsewhere) {
            Some(mention) => mentions.push(mention),
            None => undated.extend(group.sightings.iter().filter_map(|s| Some((s.timex?, NoEvent::Nobody)))),
        }
    }
    let changes = undated::changes(&scenes, &groups, &sightings);
    mentions.extend(changes.iter().filter_map(|of_event| undated_mention(reader, text, of_event)));
    mentions.extend(reports::find(reader, text, &scenes, &groups, &mut elsewhere));
    mentions.sort_by(|a, b| {
        let key = |m: &Mention| (m.when.is_none(), m.when.as_ref().map(|w| (w.starts_on, w.ends_on)));
        key(a).cmp(&key(b)).then_with(|| a.participants.cmp(&b.participants))
    });
    undated.sort_unstable_by_key(|(at, _)| *at);
    (mentions, undated)
}

/// Where a text speaks of elections more than of talks, "the second round" is one of voting.
fn tell_rounds_apart(scenes: &[Scene<'_, '_>], sightings: &mut [Sighting]) {
    let is_round = |trigger: &Trigger| trigger.phrase == "round";
    let triggers = || scenes.iter().flat_map(|scene| &scene.triggers).map(|found| &found.trigger);
    let votes = triggers().filter(|trigger| trigger.is_popular_vote()).count();
    let talks = triggers().filter(|trigger| trigger.kind == Kind::Talks && !is_round(trigger)).count();
    for sighting in sightings.iter_mut().filter(|s| votes > talks && is_round(&s.found.trigger)) {
        sighting.kind = Kind::Vote;
        sighting.found.trigger.kind = Kind::Vote;
    }
}
