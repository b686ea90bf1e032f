//! Mentions of events without a date: they add a place, a length or a change to an event that is dated elsewhere in the
//! article, or say of one that other articles date that it is off, back on, held elsewhere or held as known.

use super::candidate::Candidate;
use super::event_mention::{Cluster, EventMention};
use super::modality::{self, Change};
use super::phrases;
use super::sentence::Sentence;
use super::signals::PlaceSignal;
use super::triggers::{Form, Found};
use super::{anaphora, binding, candidates, participants};
use crate::event::{Precision, Status};
use crate::extract::lexicon::Class;
use crate::extract::tense::Tense;
use crate::extract::time::Period;
use jiff::ToSpan;

/// For how many days a change is news.
const NEWS: i32 = 7;
/// How many sentences after an event "it" may stand for it.
const RESUME_REACH: usize = 2;

/// What a sentence says of events that it does not date, where it dates some (`dated`) or none.
pub(super) fn of_sentence(
    sentences: &[Sentence<'_, '_>],
    sentence: &Sentence<'_, '_>,
    dated: &[EventMention],
) -> Vec<EventMention> {
    if sentence.matches.is_empty() {
        return if dated.is_empty() { resumed(sentences, sentence).into_iter().collect() } else { vec![] };
    }
    let clauses = sentence.clauses();
    let triggers = sentence.triggers().iter().filter(|found| found.form != Form::Past && found.complete);
    let told = triggers.filter_map(|found| {
        let apart = |known: &EventMention| {
            let other = &known.candidate.found;
            other.tokens.start < found.tokens.start && clauses.of(other.tokens.start) != clauses.of(found.tokens.start)
        };
        // In a sentence that dates an event, what is named there without a date is not another one, but for "…, but the
        // trip was called off".
        let another = phrases::is_definite(sentence, found) && dated.iter().all(apart);
        if !dated.is_empty() && !another {
            return None;
        }
        let told = telling(sentences, sentence, found)?;
        let changed = told.candidate.modality.change != Change::None;
        let wanted = changed || dated.is_empty() && told.definite;
        (wanted && !(changed && is_long_over(sentence, found))).then_some(told)
    });
    told.collect()
}

fn telling(sentences: &[Sentence<'_, '_>], sentence: &Sentence<'_, '_>, found: &Found) -> Option<EventMention> {
    let modality = modality::read(sentence, found);
    let clauses = sentence.clauses();
    let tense = sentence.article.tenses.around(&clauses.stretch(found.tokens.start), &found.tokens);
    let ahead = modality.change != Change::None || modality.has(Class::Confirmed);
    let past = tense == Tense::Past && !(found.is_noun() && ahead) && found.form != Form::Present;
    if modality.denied || past {
        return None;
    }
    let options = participants::options(sentence.language.who, sentences, sentence, found, None);
    let named = options.into_iter().filter(|option| option.at.is_some()).collect();
    let mut told = binding::bind(sentences, Candidate::of(sentence.number, found.clone(), modality, named));
    // It adds the place that its own sentence names, not that of the event before it, which may be another.
    told.place = told.place.filter(|place| !place.signals.contains(PlaceSignal::SentenceBefore));
    Some(told)
}

/// What a sentence that names no event says of the one before: "It has been put off", "They will be held in Oslo".
fn resumed(sentences: &[Sentence<'_, '_>], sentence: &Sentence<'_, '_>) -> Option<EventMention> {
    if !anaphora::begins_with_pronoun(sentence) {
        return None;
    }
    let mut before = sentences[sentence.number.saturating_sub(RESUME_REACH)..sentence.number].iter().rev();
    let (of, known) = before.find_map(|of| Some((of, candidates::last_named(of)?)))?;
    let first = sentence.tokens.start;
    let found = Found { tokens: first..first + 1, form: Form::Noun, ..known.clone() };
    let modality = modality::read(sentence, &found);
    let held = sentence.tokens.clone().any(|at| sentence.is(at, Class::Holding));
    let options = participants::options(sentence.language.who, sentences, of, known, None);
    let candidate = Candidate::of(sentence.number, found, modality, options);
    let mut told = binding::bind(sentences, Candidate { resumes: Some(of.number), ..candidate });
    told.place = told.place.filter(|_| held);
    let changed = told.candidate.modality.change != Change::None;
    (!told.candidate.modality.denied && (changed || told.place.is_some() || told.lasts.is_some())).then_some(told)
}

/// "The talks in March were called off", "was cancelled last year": a change to what is past, unlike "was cancelled on
/// Tuesday".
fn is_long_over(sentence: &Sentence<'_, '_>, found: &Found) -> bool {
    let clauses = sentence.clauses();
    let clause = clauses.of(found.tokens.start);
    let published = sentence.article.published;
    let own = sentence.timexes().iter().filter(|timex| clauses.of(timex.tokens.start) == clause);
    own.filter_map(|timex| Some((timex, timex.days()?))).any(|(timex, days)| {
        let beside = timex.tokens.start.abs_diff(found.tokens.end) <= 2;
        days.last < published && (beside || (published - days.last).get_days() > NEWS)
    })
}

/// Gives each telling without a date to the one event that it fits; of several, to the only one of its own kind. Gives back
/// those that none takes.
pub(super) fn attach(groups: &mut [Cluster], undated: Vec<EventMention>) -> Vec<EventMention> {
    let mut left = Vec::new();
    for told in undated {
        // Who names nobody may mean any.
        let fits = |at: &usize| groups[*at].may_be(&told);
        let meant: Vec<usize> = (0..groups.len()).filter(fits).collect();
        let kind = |at: &&usize| {
            groups[**at].mentions.iter().any(|known| known.candidate.found.kind == told.candidate.found.kind)
        };
        let of_its_kind: Vec<usize> = meant.iter().filter(kind).copied().collect();
        match (&of_its_kind[..], &meant[..]) {
            ([only], _) | ([], [only]) => groups[*only].mentions.push(told),
            _ => left.push(told),
        }
    }
    left
}

/// What is said of events that the article does not date, each with what is said of it, in the order of the text.
pub(super) fn changes(sentences: &[Sentence<'_, '_>], left: Vec<EventMention>) -> Vec<Cluster> {
    let mut events: Vec<Cluster> = Vec::new();
    for mut told in left {
        let sentence = &sentences[told.candidate.sentence];
        let off = told.candidate.modality.status.is_off();
        // "Zambia said the trip would be rescheduled": the one told before.
        let told_before = |known: &Cluster| {
            let first = &known.mentions[0];
            let parties = first.parties();
            let known = told.parties().iter().all(|party| parties.contains(party));
            known && off && first.candidate.modality.status.is_off() && first.is_of_family(&told)
        };
        if let Some(known) = events.iter_mut().rfind(|known| told_before(known)) {
            told.candidate.modality.change = Change::Other;
            known.mentions.push(told);
            continue;
        }
        complete(sentences, sentence, &mut told);
        let changed =
            told.candidate.modality.change != Change::None && told.candidate.modality.status == Status::Confirmed;
        if off || changed && !is_wished(sentence, &told) || tells_known_event(sentence, &told) {
            told.candidate.modality.change = Change::Other;
            events.push(Cluster { mentions: vec![told], period: None });
        }
    }
    events
}

/// Gives a telling that names nobody those whom its sentence or one before it names.
fn complete(sentences: &[Sentence<'_, '_>], sentence: &Sentence<'_, '_>, told: &mut EventMention) {
    let lacks = told.participants.is_empty()
        || told.participants.len() == 1 && !sentence.is_organisation(told.participants[0].party);
    if !lacks {
        return;
    }
    let options = participants::options(sentence.language.who, sentences, sentence, &told.candidate.found, None);
    for option in options.into_iter().filter(|option| option.score > 0.0) {
        if told.participants.iter().all(|known| known.party != option.party) {
            told.participants.push(option);
        }
    }
}

/// "The talks between Chile and Peru will take place in Quito": what the text takes for known will be held, with parties and
/// a place that it names.
fn tells_known_event(sentence: &Sentence<'_, '_>, told: &EventMention) -> bool {
    let found = &told.candidate.found;
    let clauses = sentence.clauses();
    let after = || clauses.tokens(clauses.of(found.tokens.start)).filter(|at| *at >= found.tokens.end);
    let will = after().any(|at| sentence.article.tenses.is_future(at));
    let held = will && after().any(|at| sentence.is(at, Class::Holding));
    let parties = told.parties();
    let named = parties.len() > 1 || parties.iter().any(|party| sentence.is_organisation(*party));
    let certain = told.candidate.modality.status == Status::Confirmed && !told.candidate.modality.cues.is_empty();
    told.definite && certain && named && held && told.place.is_some()
}

/// "called for the talks to be moved to Quito": nobody says that they have been.
fn is_wished(sentence: &Sentence<'_, '_>, told: &EventMention) -> bool {
    let clauses = sentence.clauses();
    let mut tokens = clauses.tokens(clauses.of(told.candidate.found.tokens.start));
    tokens.any(|at| {
        let infinitive = sentence.is(at, Class::To) && sentence.is(at + 1, Class::Be);
        let plan = sentence.follows(at, Class::Passive);
        infinitive && !plan && !told.candidate.modality.has(Class::Confirmed)
    })
}

/// Makes an event of one day as long as it is told to last, and ends it where its end is told.
pub(super) fn extend(group: &mut Cluster) {
    let Some(period) = group.period else { return };
    let one_day = period.precision == Precision::Day && period.first == period.last;
    let days = group.mentions.iter().find_map(|told| told.lasts).filter(|_| one_day);
    let last = days.and_then(|days| period.first.checked_add((days - 1).days()).ok());
    if let Some(last) = last {
        group.period = Some(Period::days(period.first, last));
    }
}
