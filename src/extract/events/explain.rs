//! Why dates made events or none: every candidate with its signals, their weights and sums.

use super::candidate::{Candidate, Location, Participant};
use super::event_mention::EventMention;
use super::features::Feature;
use super::sentence::Sentence;
use super::weights::Weights;
use super::{date_scope, features, location, merge};
use crate::event::{Kind, Quote, Status};
use enumset::{EnumSet, EnumSetTypeWithRepr};
use jiff::civil::Date;
use serde::Serialize;
use strum::VariantNames;
use utoipa::ToSchema;

/// A signal and its weight.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Signal {
    /// Its name; `trigger:talks` for the word itself.
    #[schema(example = "same-clause")]
    pub name: String,
    /// What it adds to the sum.
    pub weight: f32,
}

/// What weighed in a decision beside its signals.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct ExplainedFeatures {
    /// The features that weighed most, by class and words.
    pub strongest: Vec<Signal>,
    /// The hashes of all, which models are trained on.
    #[serde(skip)]
    pub hashes: Vec<u32>,
}

/// A participant or a place that was weighed for a candidate.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ExplainedOption {
    /// The code of the participant, or the name of the place.
    pub name: String,
    /// For a place, its country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// It is an organisation.
    pub organisation: bool,
    /// The sum of the weights and of what the decision begins with; above zero it counts.
    pub score: f32,
    /// What spoke for and against it.
    pub signals: Vec<Signal>,
}

/// An earlier candidate of the article that this one was compared with.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ExplainedPair {
    /// The place of the other among the accepted candidates of the article.
    pub with: usize,
    /// Above zero, both are of one event.
    pub score: f32,
    /// What spoke for and against it.
    pub signals: Vec<Signal>,
}

/// A date and a word that it may date, with what spoke for and against an event.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ExplainedCandidate {
    /// The word or phrase that names the event, or the pronoun that takes it up.
    pub trigger: Quote,
    /// The name of its row among the triggers.
    pub name: String,
    /// The kind of event that it names.
    pub kind: Kind,
    /// How sure the event would be.
    pub status: Status,
    /// The place of the date among those of the article.
    pub date: Option<usize>,
    /// The first of the days that it would have.
    #[schema(value_type = Option<String>, format = Date)]
    pub starts_on: Option<Date>,
    /// The last.
    #[schema(value_type = Option<String>, format = Date)]
    pub ends_on: Option<Date>,
    /// The sum of the weights and of what the decision begins with; above zero it is an event.
    pub score: f32,
    /// How much the date belongs to this word rather than to others; the highest counts.
    pub binding: f32,
    /// Its place among the accepted candidates of the article, where it was accepted.
    pub accepted: Option<usize>,
    /// What spoke for and against it.
    pub signals: Vec<Signal>,
    /// What the words around it weighed.
    pub features: ExplainedFeatures,
    /// Who may take part.
    pub participants: Vec<ExplainedOption>,
    /// Where it may be held.
    pub places: Vec<ExplainedOption>,
    /// Which accepted candidates before it it was compared with.
    pub pairs: Vec<ExplainedPair>,
}

/// Every candidate of an article, in the order of the text. `accepted` are those that made mentions.
pub(super) fn candidates(
    sentences: &[Sentence<'_, '_>],
    all: &[Candidate],
    accepted: &[EventMention],
) -> Vec<ExplainedCandidate> {
    all.iter().map(|candidate| explained(sentences, candidate, accepted)).collect()
}

fn explained(sentences: &[Sentence<'_, '_>], candidate: &Candidate, accepted: &[EventMention]) -> ExplainedCandidate {
    let sentence = &sentences[candidate.sentence];
    let (pack, text) = (sentence.pack, sentence.article.text);
    let (of, found) = candidate.named(sentences);
    let places = location::options(sentences, of, found, candidate.date, &candidate.participants);
    let days = candidate.date.and_then(|date| date_scope::days(sentence, &candidate.found, date, false));
    let same = |told: &EventMention| {
        let other = &told.candidate;
        (other.sentence, other.date, &other.found.tokens)
            == (candidate.sentence, candidate.date, &candidate.found.tokens)
    };
    let own = accepted.iter().position(same);
    let pair = |with: usize, own: usize| {
        let signals = merge::signals(sentences, &accepted[with], &accepted[own]);
        ExplainedPair { with, score: pack.merge.sum(signals), signals: weighed(&pack.merge, signals) }
    };
    let mut signals = weighed(&pack.event, candidate.signals);
    signals.push(Signal { name: format!("trigger:{}", candidate.found.name), weight: candidate.found.weight });
    ExplainedCandidate {
        trigger: text.quote(&text.bytes(&candidate.found.tokens)),
        name: candidate.found.name.to_owned(),
        kind: candidate.found.kind,
        status: candidate.modality.status,
        date: candidate.date,
        starts_on: days.map(|days| days.first),
        ends_on: days.map(|days| days.last),
        score: candidate.score,
        binding: candidate.binding,
        accepted: own,
        signals,
        features: explained_features(sentence, candidate),
        participants: candidate.participants.iter().map(|option| participant(sentence, option)).collect(),
        places: places.iter().map(|option| place(sentence, option)).collect(),
        pairs: own.map_or(vec![], |own| (0..own).map(|with| pair(with, own)).collect()),
    }
}

fn participant(sentence: &Sentence<'_, '_>, option: &Participant) -> ExplainedOption {
    ExplainedOption {
        name: sentence.names.gazetteer.parties[option.party].code.to_owned(),
        country: None,
        organisation: sentence.is_organisation(option.party),
        score: option.score,
        signals: weighed(&sentence.pack.who, option.signals),
    }
}

fn place(sentence: &Sentence<'_, '_>, option: &Location) -> ExplainedOption {
    let place = &sentence.names.gazetteer.places[option.place].place;
    ExplainedOption {
        name: place.name.clone(),
        country: place.country.clone(),
        organisation: false,
        score: option.score,
        signals: weighed(&sentence.pack.place, option.signals),
    }
}

fn weighed<S: EnumSetTypeWithRepr<Repr = u128> + VariantNames>(
    weights: &Weights<S>,
    signals: EnumSet<S>,
) -> Vec<Signal> {
    weights.named(signals).into_iter().map(|(name, weight)| Signal { name: name.to_owned(), weight }).collect()
}

/// How many features are shown.
const STRONGEST: usize = 5;

fn explained_features(sentence: &Sentence<'_, '_>, candidate: &Candidate) -> ExplainedFeatures {
    let mut features: Vec<Feature> = Vec::new();
    features::of_candidate(sentence, candidate, &mut |feature| features.push(feature));
    let hashes = features.iter().map(|feature| feature.hash).collect();
    let model = &sentence.pack.event_model;
    let weighed = features.iter().map(|feature| (model.weight(feature.hash), feature));
    let mut weighed: Vec<(f32, &Feature)> = weighed.filter(|(weight, _)| *weight != 0.0).collect();
    weighed.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    let strongest = weighed.into_iter().take(STRONGEST);
    let signal = |(weight, feature): (f32, &Feature)| Signal { name: feature.name(sentence), weight };
    ExplainedFeatures { strongest: strongest.map(signal).collect(), hashes }
}
