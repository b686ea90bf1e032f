//! Explanations: every candidate with its signals, their weights and scores.

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
    /// The name of the signal, or `trigger:` and the name of the trigger.
    #[schema(example = "same-clause")]
    pub name: String,
    /// The weight, which is added to the score.
    pub weight: f32,
}

/// The features that the models weigh in addition to the signals.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct ExplainedFeatures {
    /// The features with the highest absolute weights, by class and words.
    pub strongest: Vec<Signal>,
    /// The hashes of all features, on which models are trained.
    #[serde(skip)]
    pub hashes: Vec<u32>,
}

/// A participant or a place that was weighed for a candidate.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ExplainedOption {
    /// The code of the participant, or the name of the place.
    pub name: String,
    /// The country of a place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Whether the participant is an organisation.
    pub organisation: bool,
    /// The sum of the bias and the weights; accepted if positive.
    pub score: f32,
    /// The signals with their weights.
    pub signals: Vec<Signal>,
}

/// An earlier accepted candidate of the article, compared with this one.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ExplainedPair {
    /// The index of the other among the accepted candidates of the article.
    pub with: usize,
    /// The sum of the bias and the weights; if positive, both mention one event.
    pub score: f32,
    /// The signals with their weights.
    pub signals: Vec<Signal>,
}

/// A date and a trigger that it may date, with the signals for and against an event.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ExplainedCandidate {
    /// The word or phrase that names the event, or the pronoun that refers to it.
    pub trigger: Quote,
    /// The name of the trigger.
    pub name: String,
    /// The kind of the event.
    pub kind: Kind,
    /// The status of the event.
    pub status: Status,
    /// The index of the date among those of the article.
    pub date: Option<usize>,
    /// The first day of the event.
    #[schema(value_type = Option<String>, format = Date)]
    pub starts_on: Option<Date>,
    /// The last day of the event.
    #[schema(value_type = Option<String>, format = Date)]
    pub ends_on: Option<Date>,
    /// The sum of the bias and the weights; an event if positive.
    pub score: f32,
    /// How strongly the date belongs to this trigger; the highest of its candidates is chosen.
    pub binding: f32,
    /// The index among the accepted candidates of the article; absent if rejected.
    pub accepted: Option<usize>,
    /// The signals with their weights.
    pub signals: Vec<Signal>,
    /// The features of the words around trigger and date.
    pub features: ExplainedFeatures,
    /// The possible participants.
    pub participants: Vec<ExplainedOption>,
    /// The possible locations.
    pub places: Vec<ExplainedOption>,
    /// The comparisons with earlier accepted candidates.
    pub pairs: Vec<ExplainedPair>,
}

/// Returns every candidate of an article in the order of the text. `accepted` are the mentions of those that were
/// accepted.
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
    let (origin, found) = candidate.named(sentences);
    let places = location::options(sentences, origin, found, candidate.date, &candidate.participants);
    let days = candidate.date.and_then(|date| date_scope::days(sentence, date, false));
    let same = |mention: &EventMention| {
        let other = &mention.candidate;
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

/// How many features are listed.
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
