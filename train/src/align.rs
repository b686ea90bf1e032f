//! Derives training examples: compares the candidates, participants, places and pairs of an explanation with the
//! labels of its article.

use crate::corpus::{Label, Labelled};
use crate::score::{code, wanted};
use daybook::extract::{ExplainedCandidate, ExplainedOption, ExplainedSentence, Signal};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A learned decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    Participant,
    Binding,
    Event,
    Place,
    Merge,
}

impl Decision {
    /// All decisions, in the order in which they are made.
    pub const ALL: [Self; 5] = [Self::Participant, Self::Binding, Self::Event, Self::Place, Self::Merge];

    /// The name in `signals.tsv` and of the model file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Participant => "participant",
            Self::Binding => "binding",
            Self::Event => "event",
            Self::Place => "place",
            Self::Merge => "merge",
        }
    }
}

/// A training example: a decision in an article, and the correct result. For a comparison of two candidates, signals
/// of the better one alone have the value 1, those of the other alone −1.
#[derive(Clone, Debug)]
pub struct Example {
    pub signals: Vec<(String, f32)>,
    pub features: Vec<(u32, f32)>,
    pub right: bool,
    pub weight: f64,
    /// The score under the current weights; positive for yes.
    pub sum: f32,
    /// The index of the article in the corpus.
    pub article: usize,
}

/// How many characters of the sentence of a label are compared.
const BEGINNING: usize = 25;
/// The weights of less certain examples.
const ELSEWHERE: f64 = 0.5;
const COPY: f64 = 0.3;
/// A candidate whose date belongs to another trigger is decided by the binding, and is less informative.
const OTHER_TRIGGER: f64 = 0.1;

/// A candidate with its sentence.
#[derive(Clone, Copy)]
struct Seen<'a> {
    sentence: &'a ExplainedSentence,
    candidate: &'a ExplainedCandidate,
}

impl Seen<'_> {
    fn days(&self) -> Option<(Date, Date)> {
        self.candidate.starts_on.zip(self.candidate.ends_on)
    }

    fn fits(&self, label: &Label) -> bool {
        self.days().is_some_and(|(first, last)| {
            if label.loose {
                first <= label.end && label.start <= last
            } else {
                (first, last) == (label.start, label.end)
            }
        })
    }

    fn is_of_kind(&self, label: &Label) -> bool {
        label.kinds.contains(&self.candidate.kind)
    }

    fn is_of_family(&self, label: &Label) -> bool {
        label.kinds.iter().any(|kind| kind.family() == self.candidate.kind.family())
    }

    fn is_trigger_of(&self, label: &Label) -> bool {
        let trigger = self.candidate.trigger.text.to_lowercase();
        label.trigger.as_ref().is_some_and(|of_label| of_label.to_lowercase().contains(&trigger))
    }

    fn is_in_sentence_of(&self, label: &Label) -> bool {
        label.sentence.as_ref().is_some_and(|sentence| {
            let beginning: String = sentence.chars().take(BEGINNING).collect();
            self.sentence.sentence.text.contains(&beginning)
        })
    }

    fn codes(&self, holds: impl Fn(&ExplainedOption) -> bool) -> BTreeSet<String> {
        self.candidate.participants.iter().filter(|option| holds(option)).map(option_code).collect()
    }
}

fn option_code(option: &ExplainedOption) -> String {
    code(&option.name, option.organisation)
}

/// The examples of a decision in one article.
pub fn examples(decision: Decision, at: usize, labelled: &Labelled, explained: &[ExplainedSentence]) -> Vec<Example> {
    let all: Vec<Seen<'_>> = explained
        .iter()
        .flat_map(|sentence| sentence.candidates.iter().map(move |candidate| Seen { sentence, candidate }))
        .collect();
    let mut examples = match decision {
        Decision::Participant | Decision::Place => of_options(decision, &labelled.events, &all),
        Decision::Binding => of_binding(&labelled.events, &all),
        Decision::Event => of_events(&labelled.events, &all),
        Decision::Merge => of_pairs(&labelled.events, &all),
    };
    for example in &mut examples {
        example.article = at;
        example.weight *= labelled.weight;
    }
    examples
}

fn example(signals: &[Signal], features: &[u32], sum: f32, right: bool, weight: f64) -> Example {
    Example {
        signals: signals.iter().map(|signal| (signal.name.clone(), 1.0)).collect(),
        features: features.iter().map(|hash| (*hash, 1.0)).collect(),
        right,
        weight,
        sum,
        article: 0,
    }
}

/// The candidates by date, in text order; those of a date by binding score, the best first.
fn by_date<'a>(all: &[Seen<'a>]) -> Vec<Vec<Seen<'a>>> {
    let mut groups: Vec<Vec<Seen<'a>>> = Vec::new();
    for seen in all {
        let same = |group: &&mut Vec<Seen<'a>>| {
            group[0].candidate.date == seen.candidate.date && std::ptr::eq(group[0].sentence, seen.sentence)
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(*seen),
            None => groups.push(vec![*seen]),
        }
    }
    for group in &mut groups {
        group.sort_by(|a, b| b.candidate.binding.total_cmp(&a.candidate.binding));
    }
    groups
}

fn of_events(labels: &[Label], all: &[Seen<'_>]) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut add = |seen: &Seen<'_>, right, weight| {
        if weight > 0.0 {
            examples.push(example(
                &seen.candidate.signals,
                &seen.candidate.features.hashes,
                seen.candidate.score,
                right,
                weight,
            ));
        }
    };
    for group in by_date(all) {
        let fitting: Vec<&Label> = labels.iter().filter(|label| group.iter().any(|seen| seen.fits(label))).collect();
        if fitting.is_empty() {
            for (at, seen) in group.iter().enumerate() {
                add(seen, false, if at == 0 { 1.0 } else { OTHER_TRIGGER });
            }
            continue;
        }
        let codes: BTreeSet<String> = group.iter().flat_map(|seen| seen.codes(|_| true)).collect();
        let sure =
            |label: &&&Label| !label.optional && (label.parties.is_empty() || !wanted(label).is_disjoint(&codes));
        let sure: Vec<&Label> = fitting.iter().filter(sure).copied().collect();
        if sure.is_empty() {
            continue;
        }
        let here = fitting.iter().any(|label| label.trigger.is_none() || group[0].is_in_sentence_of(label));
        let is_good = |seen: &Seen<'_>| {
            sure.iter().any(|label| seen.fits(label) && (seen.is_trigger_of(label) || seen.is_of_kind(label)))
        };
        let certain = if here { 1.0 } else { ELSEWHERE };
        match group.iter().position(is_good) {
            Some(best) => {
                add(&group[best], true, certain);
                for seen in group.iter().filter(|seen| !is_good(seen)) {
                    add(seen, false, if here { OTHER_TRIGGER } else { 0.0 });
                }
            }
            None => {
                let fits = |seen: &Seen<'_>| sure.iter().any(|label| seen.fits(label) && seen.is_of_family(label));
                add(&group[group.iter().position(fits).unwrap_or_default()], true, ELSEWHERE);
            }
        }
    }
    examples
}

fn of_binding(labels: &[Label], all: &[Seen<'_>]) -> Vec<Example> {
    let mut examples = Vec::new();
    for group in by_date(all).into_iter().filter(|group| group.len() > 1) {
        let here = |label: &&Label| {
            group.iter().any(|seen| seen.fits(label)) && (label.sentence.is_none() || group[0].is_in_sentence_of(label))
        };
        let here: Vec<&Label> = labels.iter().filter(here).collect();
        let named = |seen: &Seen<'_>| here.iter().any(|label| seen.is_trigger_of(label));
        let of_kind = |seen: &Seen<'_>| here.iter().any(|label| seen.is_of_kind(label));
        let by_name = group.iter().any(named);
        let (good, bad): (Vec<&Seen<'_>>, Vec<&Seen<'_>>) =
            group.iter().partition(|seen| if by_name { named(seen) } else { of_kind(seen) });
        for better in good.iter().take(2) {
            for worse in &bad {
                examples.push(difference(better.candidate, worse.candidate, 2.0 / bad.len() as f64));
            }
        }
    }
    examples
}

/// The difference of the signals and features of two candidates.
fn difference(better: &ExplainedCandidate, worse: &ExplainedCandidate, weight: f64) -> Example {
    let mut signals: BTreeMap<&String, f32> = BTreeMap::new();
    let mut features: BTreeMap<u32, f32> = BTreeMap::new();
    for (candidate, sign) in [(better, 1.0), (worse, -1.0)] {
        candidate.signals.iter().for_each(|signal| *signals.entry(&signal.name).or_default() += sign);
        candidate.features.hashes.iter().for_each(|hash| *features.entry(*hash).or_default() += sign);
    }
    Example {
        signals: signals.into_iter().filter(|(_, v)| *v != 0.0).map(|(name, v)| (name.clone(), v)).collect(),
        features: features.into_iter().filter(|(_, v)| *v != 0.0).collect(),
        right: true,
        weight,
        sum: better.binding - worse.binding,
        article: 0,
    }
}

/// Examples from the participants and places of candidates that match a label.
fn of_options(decision: Decision, labels: &[Label], all: &[Seen<'_>]) -> Vec<Example> {
    let mut examples = Vec::new();
    for seen in all {
        let fits = |label: &&Label| seen.fits(label) && (seen.is_of_family(label) || seen.is_trigger_of(label));
        let mut best: Vec<&Label> = labels.iter().filter(fits).collect();
        keep(&mut best, |label| seen.is_trigger_of(label));
        let here = keep(&mut best, |label| seen.is_in_sentence_of(label));
        let codes = seen.codes(|_| true);
        let shared = |label: &&&Label| wanted(label).intersection(&codes).count();
        let Some(label) = best.iter().rev().max_by_key(shared) else { continue };
        if decision == Decision::Place {
            if label.country.is_some() || label.place.is_some() || label.trigger.is_none() {
                let options = seen.candidate.places.iter();
                examples.extend(
                    options.map(|place| example(&place.signals, &[], place.score, is_place_of(place, label), 1.0)),
                );
            }
            continue;
        }
        let wanted = wanted(label);
        let weight = if here || label.sentence.is_none() { 1.0 } else { ELSEWHERE };
        // The scoring of the corpora does not count the host country as a spurious participant, whereas the cases
        // state the exact participants.
        let host = |option: &&ExplainedOption| {
            let code = option_code(option);
            label.sentence.is_none() || wanted.contains(&code) || label.country.as_ref() != Some(&code)
        };
        let options = seen.candidate.participants.iter().filter(host);
        examples.extend(
            options.map(|option| {
                example(&option.signals, &[], option.score, wanted.contains(&option_code(option)), weight)
            }),
        );
    }
    examples
}

fn is_place_of(option: &ExplainedOption, label: &Label) -> bool {
    let name = option.name.to_lowercase();
    (label.country.is_some() || label.place.is_some())
        && label.country.as_ref().is_none_or(|country| option.country.as_ref() == Some(country))
        && label.place.as_ref().is_none_or(|place| name.contains(&place.to_lowercase()))
}

/// Keeps the labels for which `holds` is true, if there are any; returns whether there are.
fn keep(labels: &mut Vec<&Label>, holds: impl Fn(&Label) -> bool) -> bool {
    let any = labels.iter().any(|label| holds(label));
    labels.retain(|label| !any || holds(label));
    any
}

/// Examples from pairs of accepted candidates that match labels.
fn of_pairs(labels: &[Label], all: &[Seen<'_>]) -> Vec<Example> {
    let mut accepted: Vec<&Seen<'_>> = all.iter().filter(|seen| seen.candidate.accepted.is_some()).collect();
    accepted.sort_by_key(|seen| seen.candidate.accepted);
    let mut examples = Vec::new();
    for seen in &accepted {
        for pair in &seen.candidate.pairs {
            let Some(other) = accepted.iter().find(|other| other.candidate.accepted == Some(pair.with)) else {
                continue;
            };
            let (a, b) = (labels_of(labels, other), labels_of(labels, seen));
            let mut add = |right, weight| examples.push(example(&pair.signals, &[], pair.score, right, weight));
            if a.is_empty() || b.is_empty() {
                // A duplicate, on the same days, of a candidate with a label: better merged than spurious.
                if (!a.is_empty() || !b.is_empty()) && seen.days() == other.days() {
                    add(true, COPY);
                }
            } else if a.len() == 1 && b.len() == 1 {
                add(a == b, 1.0);
            } else if !a.is_disjoint(&b) {
                add(true, ELSEWHERE);
            }
        }
    }
    examples
}

/// The indexes of the labels that an accepted candidate can match.
fn labels_of(labels: &[Label], seen: &Seen<'_>) -> BTreeSet<usize> {
    let codes = seen.codes(|option| option.score > 0.0);
    let fits = |label: &Label| seen.fits(label) && (label.parties.is_empty() || !wanted(label).is_disjoint(&codes));
    let all: BTreeSet<usize> = (0..labels.len()).filter(|at| fits(&labels[*at])).collect();
    let tests: [&dyn Fn(&Label) -> bool; 4] = [
        &|label| seen.is_in_sentence_of(label) && seen.is_trigger_of(label),
        &|label| seen.is_in_sentence_of(label) && seen.is_of_family(label),
        &|label| seen.is_of_kind(label),
        &|label| seen.is_of_family(label),
    ];
    let best = tests.iter().map(|test| all.iter().copied().filter(|at| test(&labels[*at])).collect::<BTreeSet<_>>());
    best.into_iter().find(|found| !found.is_empty()).unwrap_or(all)
}
