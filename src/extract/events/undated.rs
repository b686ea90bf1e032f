//! Mentions of events without a date: they add a place, a length or a change to an event that is dated elsewhere in the
//! article, or say of one that other articles date that it is off, back on, held elsewhere or held as known.

use super::candidate::Candidate;
use super::event_mention::{Cluster, EventMention};
use super::modality::{self, Change};
use super::sentence::Sentence;
use super::signals::PlaceSignal;
use super::triggers::{Form, Found};
use super::{binding, candidates, participants, phrases};
use crate::event::Status;
use crate::extract::lexicon::Class;
use crate::extract::tense::Tense;

/// What a sentence says of events that it does not date, where it dates some (`dated`) or none.
pub(super) fn of_sentence(
    sentences: &[Sentence<'_, '_>],
    sentence: &Sentence<'_, '_>,
    dated: &[EventMention],
) -> Vec<EventMention> {
    let clauses = &sentence.clauses;
    let (named, resumes) = candidates::named(sentences, sentence);
    // In a sentence that dates an event, what is named there without a date is not another one, but for "…, but the trip
    // was called off".
    let apart = |known: &EventMention, found: &Found| {
        let other = known.candidate.found.tokens.start;
        other < found.tokens.start && clauses.of(other) != clauses.of(found.tokens.start)
    };
    let may_be_meant = |found: &Found| {
        let another = phrases::is_definite(sentence, found) && dated.iter().all(|known| apart(known, found));
        found.complete && (dated.is_empty() || another)
    };
    let told = named.into_iter().filter(may_be_meant).filter_map(|found| {
        let told = telling(sentences, sentence, found, resumes)?;
        let changed = told.candidate.modality.change != Change::None;
        (changed || dated.is_empty() && told.definite).then_some(told)
    });
    told.collect()
}

fn telling(
    sentences: &[Sentence<'_, '_>],
    sentence: &Sentence<'_, '_>,
    found: Found,
    resumes: Option<usize>,
) -> Option<EventMention> {
    let modality = modality::read(sentence, &found);
    let clauses = &sentence.clauses;
    let tense = sentence.article.tenses.around(&clauses.stretch(found.tokens.start), &found.tokens);
    let ahead = modality.change != Change::None || modality.has(Class::Confirmed);
    let past = tense == Tense::Past && !(found.is_noun() && ahead) && found.form != Form::Present;
    if modality.denied || past {
        return None;
    }
    let mut candidate = Candidate { resumes, ..Candidate::of(sentence.number, found, modality) };
    let (of, named) = candidate.named(sentences);
    let mut options = participants::options(sentences, of, named, None);
    options.retain(|option| option.at.is_some());
    candidate.participants = options;
    let mut told = binding::bind(sentences, candidate);
    // It adds the place that its own sentence names, not that of the event before it, which may be another.
    told.place = told.place.filter(|place| resumes.is_none() && !place.signals.contains(PlaceSignal::SentenceBefore));
    Some(told)
}

/// Gives each mention without a date to the one event that it fits; of several, to the only one of its own kind. Of what is
/// left, what concerns events that other articles date makes events, which others may be of.
pub(super) fn attach(sentences: &[Sentence<'_, '_>], groups: &mut Vec<Cluster>, undated: Vec<EventMention>) {
    for mut told in undated {
        let kind = told.candidate.found.kind;
        let of_kind = |at: &&usize| groups[**at].mentions.iter().any(|known| known.candidate.found.kind == kind);
        // Who names nobody may mean any.
        let meant: Vec<usize> = (0..groups.len()).filter(|at| groups[*at].may_be(&told)).collect();
        let of_its_kind: Vec<usize> = meant.iter().filter(of_kind).copied().collect();
        if let ([only], _) | ([], [only]) = (&of_its_kind[..], &meant[..]) {
            groups[*only].mentions.push(told);
        } else if tells_of_known(sentences, &told) {
            told.candidate.modality.change = Change::Other;
            groups.push(Cluster { mentions: vec![told], period: None });
        }
    }
}

/// Whether what is said of an event that the article does not date concerns one that others may: it took place, is off, back
/// on or held elsewhere, or will be held as known with parties and a place that are named.
fn tells_of_known(sentences: &[Sentence<'_, '_>], told: &EventMention) -> bool {
    let sentence = &sentences[told.candidate.sentence];
    let Candidate { modality, found, .. } = &told.candidate;
    let confirmed = modality.status == Status::Confirmed;
    let known = told.definite && told.has_sides(sentence) && told.place.is_some() && !modality.cues.is_empty();
    modality.status.is_off()
        || modality.status == Status::Held
        || confirmed && modality.change != Change::None
        || confirmed && known && modality::will_be_held(sentence, found)
}
