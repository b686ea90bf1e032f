//! An article with its annotations: classes of words, tenses, dates, names and layout.

use super::blocks;
use super::layout::{self, Layout};
use super::layout_source;
use super::triggers::Triggers;
use crate::event::Kind;
use crate::extract::entities::{Entity, Named, PartyId, PlaceId};
use crate::extract::lexicon::{Class, Lexicon};
use crate::extract::tense::Tenses;
use crate::extract::text::Document;
use crate::extract::time::Timex;
use enumset::EnumSet;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::cell::OnceCell;

/// An article with its annotations.
#[derive(Debug)]
pub(super) struct Article<'a, 't> {
    pub text: &'a Document<'t>,
    pub classes: Vec<EnumSet<Class>>,
    pub tenses: &'a Tenses,
    pub dates: &'a [Timex],
    /// The names, except those that are labels of fields ("WHO: …").
    pub named: Cow<'a, Named>,
    pub published: Date,
    pub layout: Layout,
    /// The parties that are named with their counts, most frequent first.
    pub party_counts: Vec<(PartyId, usize)>,
    /// The parties that the title names.
    pub title_parties: Vec<PartyId>,
    /// The places that the title names.
    pub title_places: Vec<PlaceId>,
    /// The kinds of events that the title names.
    pub title_kinds: Vec<Kind>,
    /// The party that the publisher represents.
    pub source: Option<PartyId>,
    /// The only town that the article names in plain clauses; computed on first use.
    pub only_town: OnceCell<Option<(PlaceId, usize)>>,
    /// The places named beside nouns of events, each with the kind of the event; computed on first use.
    pub noun_places: OnceCell<Vec<(Kind, PlaceId)>>,
}

impl Article<'_, '_> {
    /// Returns how often a party is named.
    pub fn count_of(&self, party: Option<PartyId>) -> usize {
        party
            .and_then(|party| self.party_counts.iter().find(|(known, _)| *known == party))
            .map_or(0, |(_, count)| *count)
    }
}

/// The input of the extraction of events.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a, 't> {
    /// The text.
    pub text: &'a Document<'t>,
    /// The tenses of its clauses.
    pub tenses: &'a Tenses,
    /// Its date expressions.
    pub dates: &'a [Timex],
    /// Its names.
    pub named: &'a Named,
    /// The date of publication.
    pub published: Date,
    /// The title with its names.
    pub title: Option<(&'a Document<'t>, &'a Named)>,
    /// The party that the publisher represents.
    pub source: Option<PartyId>,
}

/// Annotates an article.
pub(super) fn annotate<'a, 't>(triggers: &Triggers, lexicon: &Lexicon, input: Input<'a, 't>) -> Article<'a, 't> {
    let Input { text, tenses, dates, named, published, title, source } = input;
    let title_parties = title.iter().flat_map(|(_, named)| &named.entities).filter_map(|entity| entity.party).collect();
    let title_places = title.iter().flat_map(|(_, named)| &named.entities).filter_map(|entity| entity.place).collect();
    let title_kinds = title.iter().flat_map(|(title, _)| triggers.kinds(title)).collect();
    let classes = lexicon.classes(text);
    let layout_input = layout_source::Source { text, classes: &classes, dates, named, published, triggers };
    let labels = blocks::label_tokens(layout_input);
    let is_label = |entity: &Entity| labels.contains(&entity.tokens.start);
    let mut named = Cow::Borrowed(named);
    if named.entities.iter().any(is_label) {
        named.to_mut().entities.retain(|entity| !is_label(entity));
    }
    let layout = layout::read(layout_source::Source { named: &named, ..layout_input });
    let party_counts = count(named.entities.iter().filter_map(|entity| entity.party));
    Article {
        text,
        classes,
        tenses,
        dates,
        named,
        published,
        layout,
        party_counts,
        title_parties,
        title_places,
        title_kinds,
        source,
        only_town: OnceCell::new(),
        noun_places: OnceCell::new(),
    }
}

/// Counts identifiers of parties or places; returns the most frequent first, and the first of equals.
pub(super) fn count(named: impl Iterator<Item = usize>) -> Vec<(usize, usize)> {
    let mut counts: FxHashMap<usize, (usize, usize)> = FxHashMap::default();
    for (at, id) in named.enumerate() {
        counts.entry(id).or_insert((0, at)).0 += 1;
    }
    let mut counts: Vec<(usize, (usize, usize))> = counts.into_iter().collect();
    counts.sort_by_key(|(_, (count, first))| (std::cmp::Reverse(*count), *first));
    counts.into_iter().map(|(id, (count, _))| (id, count)).collect()
}
