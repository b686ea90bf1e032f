//! Candidates: every date that may lie ahead with every word that it may date, and what speaks for and against each pair.

use super::anaphora;
use super::candidate::{Candidate, Participant};
use super::date_scope::may_lie_ahead;
use super::decide;
use super::endings;
use super::event_signals::{self, Rivals};
use super::modality::{self, Modality};
use super::participants;
use super::sentence::Sentence;
use super::signals::EventSignal;
use super::triggers::{Form, Found};
use crate::event::Kind;
use crate::extract::lexicon::Class;
use enumset::{EnumSet, enum_set};

/// How many sentences after an event "it" may stand for it.
const RESUME_REACH: usize = 2;
/// How many tokens after its label an item has at most that names no event.
const LONGEST_ITEM: usize = 12;

/// The candidates of a sentence.
pub(super) fn of_sentence(sentences: &[Sentence<'_, '_>], sentence: &Sentence<'_, '_>) -> Vec<Candidate> {
    let layout = &sentence.article.layout;
    if layout.is_heading(sentence.number) {
        return vec![];
    }
    let ahead = |at: &usize| may_lie_ahead(sentence, &sentence.article.dates[*at]);
    let mut dates: Vec<usize> = sentence.dates.clone().filter(ahead).collect();
    let heading = layout.heading(sentence.number);
    // Under a heading "24 March", "(to March 25)" only ends it.
    let ends = |at: &usize| {
        let start = sentence.article.dates[*at].tokens.start;
        sentence.before(start).is_some_and(|at| sentence.is_any(at, enum_set!(Class::Until | Class::To)))
    };
    dates.retain(|at| (heading.is_none() || !ends(at)) && !endings::ends_another(sentences, sentence, *at));
    if dates.is_empty() {
        dates.extend(heading);
    }
    if dates.is_empty() {
        return vec![];
    }
    let triggers: Vec<&Found> = sentence.triggers().iter().filter(|found| found.form != Form::Past).collect();
    let unnamed = item(sentence).filter(|_| triggers.is_empty());
    let triggers: Vec<&Found> = triggers.into_iter().chain(&unnamed).collect();
    if triggers.is_empty() {
        return resumed(sentences, sentence, &dates);
    }
    let rivals = Rivals { triggers: &triggers, dates: &dates };
    let of_trigger = |found: &&Found| {
        let modality = modality::read(sentence, found);
        let of_trigger = event_signals::of_trigger(sentence, found, &modality);
        let of_date = |&date: &usize| {
            let participants = participants::options(sentence.language.who, sentences, sentence, found, Some(date));
            let signals = event_signals::of_candidate(sentence, (found, of_trigger), date, rivals, &participants);
            weighed(sentence, (found, &modality), date, participants, signals)
        };
        dates.iter().map(of_date).collect::<Vec<_>>()
    };
    triggers.iter().flat_map(of_trigger).collect()
}

/// A candidate with what its signals sum up to.
fn weighed(
    sentence: &Sentence<'_, '_>,
    (found, modality): (&Found, &Modality),
    date: usize,
    participants: Vec<Participant>,
    signals: EnumSet<EventSignal>,
) -> Candidate {
    let mut candidate = Candidate {
        sentence: sentence.number,
        found: found.clone(),
        date: Some(date),
        modality: modality.clone(),
        participants,
        signals,
        score: 0.0,
        binding: 0.0,
        resumes: None,
    };
    decide::weigh(sentence, &mut candidate);
    candidate
}

/// An item of an agenda that only names a body or officials beside a day and a place is a meeting of theirs: "14-15 May:
/// Brussels, NATO defence ministers".
fn item(sentence: &Sentence<'_, '_>) -> Option<Found> {
    let layout = &sentence.article.layout;
    let label = layout.label(sentence.number);
    let dated = layout.heading(sentence.number).is_some()
        || sentence.timexes().iter().any(|timex| label.contains(&timex.tokens.start));
    let first = label.end;
    let rest = first..sentence.tokens.end;
    let short = !label.is_empty() && (1..=LONGEST_ITEM).contains(&rest.len()) && !sentence.has_verb(rest.clone());
    let body = sentence
        .entities
        .iter()
        .any(|e| rest.contains(&e.tokens.start) && e.party.is_some_and(|party| sentence.is_organisation(party)));
    let officials = rest.clone().any(|at| sentence.is(at, Class::Officials) || sentence.office_at(at));
    let row = sentence.language.triggers.rows.iter().find(|row| row.kind == Kind::Meeting && row.argument.is_none())?;
    (dated && short && (body || officials)).then(|| Found {
        tokens: first..first + 1,
        form: Form::Noun,
        name: row.name,
        kind: row.kind,
        argument: None,
        weight: row.weight,
        complete: true,
    })
}

/// The event that a sentence names last, which the next may take up.
pub(super) fn last_named<'s>(sentence: &'s Sentence<'_, '_>) -> Option<&'s Found> {
    sentence.triggers().iter().rfind(|found| found.form != Form::Past && found.complete)
}

/// The candidates of a sentence that names no event but may take one up: "They are set for 14 May".
fn resumed(sentences: &[Sentence<'_, '_>], sentence: &Sentence<'_, '_>, dates: &[usize]) -> Vec<Candidate> {
    if !anaphora::begins_with_pronoun(sentence) {
        return vec![];
    }
    let mut before = sentences[sentence.number.saturating_sub(RESUME_REACH)..sentence.number].iter().rev();
    let Some((of, known)) = before.find_map(|of| Some((of, last_named(of)?))) else { return vec![] };
    let first = sentence.tokens.start;
    let found = Found { tokens: first..first + 1, form: Form::Noun, ..known.clone() };
    let modality = modality::read(sentence, &found);
    let of_trigger = event_signals::of_trigger(sentence, &found, &modality);
    let candidate = |&date: &usize| {
        let participants = participants::options(sentence.language.who, sentences, of, known, None);
        let rivals = Rivals { triggers: &[&found], dates };
        let signals = event_signals::of_candidate(sentence, (&found, of_trigger), date, rivals, &participants);
        let weighed = weighed(sentence, (&found, &modality), date, participants, signals | EventSignal::Resumed);
        Candidate { resumes: Some(of.number), ..weighed }
    };
    dates.iter().map(candidate).collect()
}
