//! Trains the decisions in order, as each depends on the previous ones, and evaluates them on unseen articles.

use crate::align::{Decision, Example, examples};
use crate::bounds::Bounds;
use crate::corpus::{CASES, Corpus, Labelled};
use crate::score::{Found, Score, score};
use crate::settings::Settings;
use crate::weights::{Files, Learned, Weights, learn};
use daybook::extract::{Extractor, fingerprint};
use daybook::timeline::events_of_article;
use std::collections::BTreeMap;
use std::num::NonZero;

/// The decisions in the order of training. Participants are trained twice: first those that the sentence names first,
/// then those that others name.
const ORDER: [Decision; 6] = [
    Decision::Participant,
    Decision::Participant,
    Decision::Binding,
    Decision::Event,
    Decision::Place,
    Decision::Merge,
];

/// The number of folds of the cross-validation.
const FOLDS: usize = 5;

pub fn set(extractor: &mut Extractor, files: &Files) {
    extractor.set_weights(Box::leak(files.signals.clone().into_boxed_str()), &files.models());
}

/// The examples of a decision in the given articles, under the current weights.
pub fn all_examples(extractor: &Extractor, corpus: &Corpus, articles: &[usize], decision: Decision) -> Vec<Example> {
    let of = |at: &usize| {
        let labelled = &corpus.articles[*at];
        examples(decision, *at, labelled, &extractor.explain(&labelled.article))
    };
    articles.iter().flat_map(of).collect()
}

/// Trains every decision on the given articles.
pub fn train(
    extractor: &mut Extractor,
    corpus: &Corpus,
    articles: &[usize],
    settings: &Settings,
    bounds: &Bounds,
) -> Weights {
    let mut weights = settings.kept.clone();
    for decision in ORDER {
        weights.0.entry(decision).or_insert_with(|| Learned { bias: -0.01, ..Learned::default() });
    }
    for decision in ORDER.into_iter().filter(|decision| !settings.kept.0.contains_key(decision)) {
        set(extractor, &weights.files((Decision::Event, 0.0), |_| String::new(), &[]));
        let examples = all_examples(extractor, corpus, articles, decision);
        weights.0.insert(decision, learn(decision, &examples, settings, bounds));
    }
    weights
}

/// The fit of a decision to unseen examples: their weight, the mean loss and the share of correct ones.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fit {
    pub weight: f64,
    pub loss: f64,
    pub right: f64,
}

/// The results on unseen articles.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    /// By shift of the bias of the event decision, in the order of `SHIFTS`, and by corpus.
    pub scores: Vec<Vec<Score>>,
    /// The scores of the events accepted at the lowest threshold, and whether they are correct.
    pub sums: Vec<(f32, bool)>,
    /// By decision and corpus.
    pub fits: BTreeMap<(Decision, usize), Fit>,
}

/// The shift of the bias for the lowest threshold.
const GENEROUS: f64 = 2.0;
/// The shifts of the bias of the event decision among which the best F1 is sought.
pub const SHIFTS: [f64; 13] = [-0.6, -0.4, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0];

/// Scores the events of the given articles, by corpus.
pub fn measure(extractor: &Extractor, corpus: &Corpus, articles: &[usize]) -> Vec<Score> {
    let mut scores = vec![Score::default(); corpus.names.len()];
    for labelled in articles.iter().map(|at| &corpus.articles[*at]) {
        scores[labelled.corpus] += score(&labelled.events, &found(extractor, labelled).0).0;
    }
    scores
}

/// The mentions of an article that create events, and their scores.
fn found(extractor: &Extractor, labelled: &Labelled) -> (Vec<Found>, Vec<f32>) {
    let makes_event = |mention: &_| !events_of_article(std::slice::from_ref(mention)).is_empty();
    let events = extractor.scored(&labelled.article).into_iter().filter(|(mention, _)| makes_event(mention));
    events.map(|(mention, sum)| (Found::new(mention), sum)).unzip()
}

/// The scores of the events of the given articles, without `shift`, and whether they are correct.
fn sums(extractor: &Extractor, corpus: &Corpus, articles: &[usize], shift: f64) -> Vec<(f32, bool)> {
    let mut sums = Vec::new();
    for labelled in articles.iter().map(|at| &corpus.articles[*at]).filter(|l| corpus.names[l.corpus] != CASES) {
        let (events, found_sums) = found(extractor, labelled);
        let right = score(&labelled.events, &events).1;
        sums.extend(found_sums.into_iter().zip(right).filter_map(|(sum, right)| Some((sum - shift as f32, right?))));
    }
    sums
}

/// Trains on some articles, and evaluates on others.
pub fn validate(
    extractor: &mut Extractor,
    corpus: &Corpus,
    (seen, unseen): (&[usize], &[usize]),
    settings: &Settings,
    bounds: &Bounds,
) -> Measured {
    let weights = train(extractor, corpus, seen, settings, bounds);
    let mut measured = Measured::default();
    for shift in SHIFTS {
        set(extractor, &weights.files((Decision::Event, shift), |_| String::new(), &[]));
        measured.scores.push(measure(extractor, corpus, unseen));
    }
    set(extractor, &weights.files((Decision::Event, GENEROUS), |_| String::new(), &[]));
    measured.sums = sums(extractor, corpus, unseen, GENEROUS);
    set(extractor, &weights.files((Decision::Event, 0.0), |_| String::new(), &[]));
    for decision in &ORDER[1..] {
        for example in all_examples(extractor, corpus, unseen, *decision) {
            let fit = measured.fits.entry((*decision, corpus.articles[example.article].corpus)).or_default();
            let signed = f64::from(if example.right { example.sum } else { -example.sum });
            fit.weight += example.weight;
            fit.loss += example.weight * (-signed).exp().ln_1p();
            fit.right += if signed > 0.0 { example.weight } else { 0.0 };
        }
    }
    measured
}

/// The order in which articles are assigned to folds: reproducible, and mixed.
fn dealt(corpus: &Corpus) -> Vec<usize> {
    let mut order: Vec<usize> = (0..corpus.articles.len()).collect();
    let key = |at: &usize| {
        let hash = fingerprint(corpus.articles[*at].id.as_bytes());
        (corpus.articles[*at].corpus, hash ^ hash >> 29, *at)
    };
    order.sort_by_key(key);
    order
}

fn folds(corpus: &Corpus) -> Vec<Vec<usize>> {
    let mut folds = vec![Vec::new(); FOLDS];
    for (place, at) in dealt(corpus).into_iter().enumerate() {
        folds[place % FOLDS].push(at);
    }
    folds
}

/// The articles of all folds but one; at most `most` from the news corpora.
fn others(corpus: &Corpus, folds: &[Vec<usize>], fold: usize, most: Option<usize>) -> Vec<usize> {
    let all = folds.iter().enumerate().filter(|(at, _)| *at != fold).flat_map(|(_, fold)| fold).copied();
    let is_case = |at: &usize| corpus.names[corpus.articles[*at].corpus] == CASES;
    let (cases, news): (Vec<usize>, Vec<usize>) = all.partition(is_case);
    let most = most.map_or(news.len(), |most| most.min(news.len()));
    // Evenly spaced, so that a subset is as mixed as the whole.
    (0..most).map(|at| news[at * news.len() / most]).chain(cases).collect()
}

/// Cross-validates: evaluates every article with weights trained on the other folds, with at most `most` articles from
/// the news corpora.
pub fn cross_validate(corpus: &Corpus, settings: &Settings, bounds: &Bounds, most: Option<usize>) -> Measured {
    let folds = folds(corpus);
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(FOLDS);
    let run = |thread: usize| -> Vec<(usize, Measured)> {
        let mut extractor = Extractor::new();
        let own = (0..FOLDS).filter(|fold| fold % threads == thread);
        own.map(|fold| {
            let seen = others(corpus, &folds, fold, most);
            (fold, validate(&mut extractor, corpus, (&seen, &folds[fold]), settings, bounds))
        })
        .collect()
    };
    let mut measured: Vec<(usize, Measured)> = std::thread::scope(|scope| {
        let run = &run;
        let threads: Vec<_> = (0..threads).map(|thread| scope.spawn(move || run(thread))).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a fold is validated")).collect()
    });
    measured.sort_by_key(|(fold, _)| *fold);
    let mut all =
        Measured { scores: vec![vec![Score::default(); corpus.names.len()]; SHIFTS.len()], ..Measured::default() };
    for (_, part) in measured {
        for (all, part) in all.scores.iter_mut().zip(part.scores) {
            all.iter_mut().zip(part).for_each(|(all, part)| *all += part);
        }
        all.sums.extend(part.sums);
        for (key, part) in part.fits {
            let fit = all.fits.entry(key).or_default();
            *fit = Fit { weight: fit.weight + part.weight, loss: fit.loss + part.loss, right: fit.right + part.right };
        }
    }
    all
}
