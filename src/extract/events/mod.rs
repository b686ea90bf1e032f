//! Extracts scheduled diplomatic events from an annotated text.
//!
//! `layout`, `clauses` and `triggers` (with `usage` and `arguments`) annotate; `phrases` and `anaphora` determine the
//! roles and antecedents of names and pronouns. `candidates` pairs every date that is not in the past with every
//! trigger; `participants` and `location` weigh who takes part and where; `modality` determines the status and
//! `date_scope` the days. `decide` accepts candidates by their score, `changes` settles moved dates, `merge` groups the
//! mentions of one event, and `mentions` makes the result, to which `details` (with `cues`, `naming` and `topic`) adds
//! name, topic, clock time, format and level. `held` extracts events that have taken place; `unused` states why a date
//! made no event.

mod anaphora;
mod arguments;
mod article;
mod binding;
mod blocks;
mod candidate;
mod candidates;
mod changes;
mod clause;
mod clauses;
mod cues;
mod date_scope;
mod decide;
mod details;
mod endings;
mod event_mention;
mod event_signals;
mod explain;
mod features;
mod held;
mod layout;
mod layout_source;
mod location;
mod mentions;
mod merge;
mod metonymy;
mod modality;
mod naming;
mod pack;
mod participants;
mod phrases;
mod proper_name;
mod sentence;
mod signals;
mod topic;
mod topic_phrase;
mod triggers;
mod undated;
mod unit;
mod units;
mod unused;
mod usage;
mod weights;

pub use article::Input;
pub use explain::{ExplainedCandidate, ExplainedFeatures, ExplainedOption, ExplainedPair, Signal};
pub use pack::EventPack;
pub use unused::Unused;

use crate::event::Mention;
use crate::extract::entities::Entities;
use crate::extract::lexicon::Lexicon;
use candidate::Candidate;
use event_mention::Cluster;
use sentence::Sentence;

/// The events that a text states.
#[derive(Debug)]
pub struct Found {
    /// The mention of each event with its highest score, ordered by date.
    pub mentions: Vec<(Mention, f32)>,
    /// The dates that made no event, as indices into those of the article, with the reason.
    pub unused: Vec<(usize, Unused)>,
}

/// Extracts the events of a text. If `explained` is given, it is set to all candidates.
pub fn find(
    pack: &EventPack,
    lexicon: &Lexicon,
    names: &Entities,
    input: Input<'_, '_>,
    explained: Option<&mut Vec<ExplainedCandidate>>,
) -> Found {
    let article = article::annotate(&pack.triggers, lexicon, input);
    let sentence = |number| {
        let mut sentence = Sentence::new(pack, names, &article, number);
        sentence.clauses = clauses::split(&sentence);
        sentence.triggers = usage::used(&sentence);
        sentence
    };
    let sentences: Vec<Sentence<'_, '_>> = (0..input.text.sentences.len()).map(sentence).collect();
    let candidates: Vec<Vec<Candidate>> =
        sentences.iter().map(|sentence| candidates::of_sentence(&sentences, sentence)).collect();
    let mut unused = unused::reasons(&article, &candidates);
    let explaining = explained.is_some();
    let all: Vec<Candidate> = if explaining { candidates.iter().flatten().cloned().collect() } else { vec![] };
    let (mut scheduled, mut undated, mut reported) = (Vec::new(), Vec::new(), Vec::new());
    for (sentence, candidates) in sentences.iter().zip(candidates) {
        let accepted = decide::decide(candidates);
        let mut dated: Vec<_> = accepted.into_iter().map(|candidate| binding::bind(&sentences, candidate)).collect();
        changes::settle_days(sentence, &mut dated);
        undated.extend(undated::of_sentence(&sentences, sentence, &dated));
        reported.extend(held::of_sentence(&sentences, sentence));
        scheduled.extend(dated);
    }
    if let Some(explained) = explained {
        *explained = explain::candidates(&sentences, &all, &scheduled);
    }
    scheduled.extend(undated);
    scheduled.sort_by_key(|mention| (mention.candidate.sentence, mention.candidate.date.is_none()));
    changes::remove_former_days(&mut scheduled);
    let clusters = [scheduled, reported].into_iter().flat_map(|mentions| {
        let (dated, undated): (Vec<_>, Vec<_>) = mentions.into_iter().partition(|mention| mention.period.is_some());
        let mut clusters = merge::cluster(&sentences, dated);
        undated::attach(&sentences, &mut clusters, undated);
        clusters
    });
    let mention = |mut cluster: Cluster| {
        cluster.extend();
        cluster.mentions.sort_by_key(|mention| mention.candidate.sentence);
        Some((mentions::mention(&sentences, &cluster)?, cluster.score()))
    };
    let mut mentions: Vec<(Mention, f32)> = clusters.filter_map(mention).collect();
    mentions.sort_by(|(a, _), (b, _)| {
        let key = |m: &Mention| (m.when.is_none(), m.when.as_ref().map(|w| (w.starts_on, w.ends_on)));
        key(a).cmp(&key(b)).then_with(|| a.participants.cmp(&b.participants))
    });
    unused::retain_unused(&mut unused, input.dates, &mentions);
    Found { mentions, unused }
}
