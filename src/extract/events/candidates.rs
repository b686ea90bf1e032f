//! Candidates: every date that is not in the past with every trigger that it may date, and the signals of each pair.

use super::candidate::Candidate;
use super::date_scope::may_lie_ahead;
use super::event_signals::{self, Rivals};
use super::layout::Clocks;
use super::sentence::Sentence;
use super::signals::EventSignal;
use super::triggers::{Form, Found};
use super::{anaphora, decide, endings, modality, participants};
use crate::event::Kind;
use crate::extract::lexicon::Class;
use crate::extract::time::Form as DateForm;
use enumset::EnumSet;

/// How many sentences after an event a pronoun may refer to it.
const RESUME_REACH: usize = 2;
/// The longest agenda item without a trigger, in tokens after its label.
const LONGEST_ITEM: usize = 12;

/// Returns the candidates of a sentence.
pub(super) fn of_sentence(sentences: &[Sentence<'_, '_>], sentence: &Sentence<'_, '_>) -> Vec<Candidate> {
    let dates = dates(sentence);
    if dates.is_empty() {
        return vec![];
    }
    let (found, resumes) = named(sentences, sentence);
    let found = if found.is_empty() { item(sentence).into_iter().collect() } else { found };
    let triggers: Vec<&Found> = found.iter().collect();
    let rivals = Rivals { triggers: &triggers, dates: &dates };
    let of_trigger = |found: &&Found| {
        let modality = modality::read(sentence, found);
        let of_trigger = event_signals::of_trigger(sentence, found, &modality);
        let of_date = |&date: &usize| {
            let mut candidate = Candidate::of(sentence.number, (*found).clone(), modality.clone());
            (candidate.date, candidate.resumes) = (Some(date), resumes);
            let (origin, named) = candidate.named(sentences);
            let own_date = candidate.date.filter(|_| resumes.is_none());
            candidate.participants = participants::options(sentences, origin, named, own_date);
            let of_pronoun = if resumes.is_some() { EventSignal::Resumed.into() } else { EnumSet::empty() };
            let pair = (*found, of_trigger | of_pronoun);
            candidate.signals = event_signals::of_candidate(sentence, pair, date, rivals, &candidate.participants);
            decide::weigh(sentence, &mut candidate);
            candidate
        };
        dates.iter().map(of_date).collect::<Vec<_>>()
    };
    triggers.iter().flat_map(of_trigger).collect()
}

/// Returns the dates that may belong to events of a sentence: its own, or that of the heading above it.
fn dates(sentence: &Sentence<'_, '_>) -> Vec<usize> {
    let (layout, line) = (&sentence.article.layout, sentence.line());
    if line.is_heading {
        return vec![];
    }
    let heading = line.heading;
    let ahead = |date: &usize| {
        let timex = &sentence.article.dates[*date];
        let start = timex.tokens.start;
        // Clock times do not count under a heading, whose day they share, or at the beginning of a line of a live
        // report, where they state when it was posted.
        let of_day =
            heading.is_some() || layout.clocks == Clocks::Posted && sentence.article.text.tokens[start].new_line;
        let clock = timex.form == DateForm::Clock && of_day;
        // Under a heading "24 March", the date in "(to March 25)" is only an end.
        let ends = sentence.follows(start, Class::Until) || sentence.follows(start, Class::To);
        let ends = heading.is_some() && ends || endings::ends_another(sentence, *date);
        !clock && !ends && may_lie_ahead(sentence, timex)
    };
    let own: Vec<usize> = sentence.dates.clone().filter(ahead).collect();
    if own.is_empty() { heading.into_iter().collect() } else { own }
}

/// Returns the triggers of a sentence. If it has none and begins with a pronoun ("They are set for 14 May"), returns
/// the antecedent in the place of the pronoun, and the number of the sentence that has it.
pub(super) fn named(sentences: &[Sentence<'_, '_>], sentence: &Sentence<'_, '_>) -> (Vec<Found>, Option<usize>) {
    let own: Vec<Found> = sentence.triggers.iter().filter(|found| found.form != Form::Past).cloned().collect();
    if !own.is_empty() || !anaphora::begins_with_pronoun(sentence) {
        return (own, None);
    }
    let mut before = sentences[sentence.number.saturating_sub(RESUME_REACH)..sentence.number].iter().rev();
    let antecedent = before.find_map(|sentence| Some((sentence.number, last_named(sentence)?)));
    let first = sentence.tokens.start;
    let pronoun = |known: &Found| Found { tokens: first..first + 1, form: Form::Noun, ..known.clone() };
    (antecedent.iter().map(|(_, known)| pronoun(known)).collect(), antecedent.map(|(origin, _)| origin))
}

/// Returns the last trigger of a sentence, to which the next sentence may refer.
pub(super) fn last_named<'s>(sentence: &'s Sentence<'_, '_>) -> Option<&'s Found> {
    sentence.triggers.iter().rfind(|found| found.form != Form::Past && found.complete)
}

/// Returns a meeting for an agenda item that states only a body or officials beside a day and a place, as in "14-15
/// May: Brussels, NATO defence ministers".
fn item(sentence: &Sentence<'_, '_>) -> Option<Found> {
    let label = &sentence.line().label;
    let dated =
        sentence.line().heading.is_some() || sentence.timexes().iter().any(|timex| label.contains(&timex.tokens.start));
    let first = label.end;
    let rest = first..sentence.tokens.end;
    let short = !label.is_empty() && (1..=LONGEST_ITEM).contains(&rest.len()) && !sentence.has_verb(rest.clone());
    let body = sentence
        .entities
        .iter()
        .any(|e| rest.contains(&e.tokens.start) && e.party.is_some_and(|party| sentence.is_organisation(party)));
    let officials = rest.clone().any(|at| sentence.is(at, Class::Officials) || sentence.office_at(at));
    let meeting = || sentence.pack.triggers.noun_of(Kind::Meeting, first..first + 1);
    (dated && short && (body || officials)).then(meeting).flatten()
}
