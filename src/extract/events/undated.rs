//! Mentions of events without a date. They add a place, a duration or a change to an event that the article dates
//! elsewhere, or state that an event known from other articles is cancelled, restored, held elsewhere or unchanged.

use super::candidate::Candidate;
use super::event_mention::{Cluster, EventMention};
use super::modality::{self, Change};
use super::sentence::Sentence;
use super::signals::PlaceSignal;
use super::triggers::Found;
use super::{binding, candidates, participants, phrases};
use crate::event::Status;
use crate::extract::lexicon::Class;
use crate::extract::tense::Tense;

/// Returns the mentions of a sentence without a date; `dated` are its mentions with one.
pub(super) fn of_sentence(
    sentences: &[Sentence<'_, '_>],
    sentence: &Sentence<'_, '_>,
    dated: &[EventMention],
) -> Vec<EventMention> {
    let clauses = &sentence.clauses;
    let (named, resumes) = candidates::named(sentences, sentence);
    // If the sentence dates an event, other triggers refer to the same event, unless they are in a later clause, as in
    // "…, but the trip was called off".
    let apart = |known: &EventMention, found: &Found| {
        let other = known.candidate.found.tokens.start;
        other < found.tokens.start && clauses.of(other) != clauses.of(found.tokens.start)
    };
    let is_eligible = |found: &Found| {
        let another = phrases::is_definite(sentence, found) && dated.iter().all(|known| apart(known, found));
        found.complete && (dated.is_empty() || another)
    };
    let mentions = named.into_iter().filter(is_eligible).filter_map(|found| {
        let mention = undated_mention(sentences, sentence, found, resumes)?;
        let changed = mention.candidate.modality.change != Change::None;
        (changed || dated.is_empty() && mention.definite).then_some(mention)
    });
    mentions.collect()
}

fn undated_mention(
    sentences: &[Sentence<'_, '_>],
    sentence: &Sentence<'_, '_>,
    found: Found,
    resumes: Option<usize>,
) -> Option<EventMention> {
    let modality = modality::read(sentence, &found);
    let clauses = &sentence.clauses;
    let tense = sentence.article.tenses.around(&clauses.stretch(found.tokens.start), &found.tokens);
    let ahead = modality.change != Change::None || modality.has(Class::Confirmed);
    let past = tense == Tense::Past && !(found.is_noun() && ahead);
    if modality.denied || past {
        return None;
    }
    let mut candidate = Candidate { resumes, ..Candidate::of(sentence.number, found, modality) };
    let (origin, named) = candidate.named(sentences);
    let mut options = participants::options(sentences, origin, named, None);
    options.retain(|option| option.at.is_some());
    candidate.participants = options;
    let mut mention = binding::bind(sentences, candidate);
    // A pronoun or the previous sentence may supply a place of another event, so only a place in the sentence itself
    // counts.
    mention.place =
        mention.place.filter(|place| resumes.is_none() && !place.signals.contains(PlaceSignal::SentenceBefore));
    Some(mention)
}

/// Assigns each mention without a date to the only event that fits it or, if several do, to the only one of the same
/// kind. Of the rest, those about events that other articles date become clusters of their own.
pub(super) fn attach(sentences: &[Sentence<'_, '_>], groups: &mut Vec<Cluster>, undated: Vec<EventMention>) {
    for mut mention in undated {
        let kind = mention.candidate.found.kind;
        let of_kind = |at: &&usize| groups[**at].mentions.iter().any(|known| known.candidate.found.kind == kind);
        // A mention without participants fits any event.
        let fitting: Vec<usize> = (0..groups.len()).filter(|at| groups[*at].may_be(&mention)).collect();
        let of_its_kind: Vec<usize> = fitting.iter().filter(of_kind).copied().collect();
        if let ([only], _) | ([], [only]) = (&of_its_kind[..], &fitting[..]) {
            groups[*only].mentions.push(mention);
        } else if is_about_known_event(sentences, &mention) {
            mention.candidate.modality.change = Change::Other;
            groups.push(Cluster { mentions: vec![mention], period: None });
        }
    }
}

/// Whether a mention is about an event that other articles may date: it took place, or is cancelled, postponed,
/// restored or moved, or is confirmed with named participants and a place.
fn is_about_known_event(sentences: &[Sentence<'_, '_>], mention: &EventMention) -> bool {
    let sentence = &sentences[mention.candidate.sentence];
    let Candidate { modality, found, .. } = &mention.candidate;
    let confirmed = modality.status == Status::Confirmed;
    let known = mention.definite && mention.has_sides(sentence) && mention.place.is_some() && !modality.cues.is_empty();
    modality.status.is_off()
        || modality.status == Status::Held
        || confirmed && modality.change != Change::None
        || confirmed && known && modality::will_be_held(sentence, found)
}
