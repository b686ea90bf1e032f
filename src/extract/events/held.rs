//! What an article reports: events that have taken place, of late.
//!
//! They are read apart from those ahead, so that neither changes the other.

use super::candidate::{Candidate, DateRole};
use super::clause::Sort;
use super::event_mention::{Cluster, EventMention};
use super::modality::{self, Change, Modality};
use super::sentence::Sentence;
use super::signals::{MergeSignal, Weights};
use super::triggers::{Form, Found};
use super::{binding, merge, participants, phrases};
use crate::event::{Kind, Precision, Status};
use crate::extract::lexicon::Class;
use crate::extract::time::{Period, TimexType};
use enumset::enum_set;
use std::ops::Range;

/// For how many days what took place is news.
const RECENT: i32 = 60;
/// How many sentences back a date may stand that makes a passage history.
const PASSAGE_REACH: usize = 2;
/// How far from its verb the noun of an event may stand, in tokens.
const NOUN_REACH: usize = 6;

/// What a sentence reports, one for each event.
pub(super) fn of_sentence(sentences: &[Sentence<'_, '_>], sentence: &Sentence<'_, '_>) -> Vec<EventMention> {
    let mut all: Vec<EventMention> = Vec::new();
    let own = sentence
        .triggers()
        .iter()
        .filter(|found| matches!(found.form, Form::Past | Form::Participle) && found.complete);
    let own = own.filter(|found| found.kind != Kind::Deadline).map(|found| (found.tokens.clone(), found.clone()));
    let said = sentence.tokens.clone().filter(|at| sentence.is(*at, Class::Happened));
    let said = said.filter_map(|at| Some((at..at + 1, noun_of(sentence, &(at..at + 1))?)));
    let mut reported: Vec<(Range<usize>, Found)> = own.chain(said).collect();
    reported.sort_by_key(|(verb, found)| (verb.start, found.is_noun()));
    for (verb, found) in reported {
        let past = sentence.article.tenses.is_past(verb.start) && !sentence.in_date(verb.start);
        if !past || !has_happened(sentence, &verb) {
            continue;
        }
        if all.iter().all(|known| known.candidate.found.tokens != found.tokens) {
            all.extend(report(sentences, sentence, &found, &verb));
        }
    }
    all
}

/// The noun of the event that a verb is said of: its object, where it has one, else its subject.
fn noun_of(sentence: &Sentence<'_, '_>, verb: &Range<usize>) -> Option<Found> {
    let clauses = sentence.clauses();
    let clause = clauses.of(verb.start);
    let passive = sentence.follows(verb.start, Class::Passive);
    let nouns = || sentence.triggers().iter().filter(|found| found.is_noun() && found.kind != Kind::Deadline);
    let in_clause = |found: &&Found| clauses.of(found.tokens.start) == clause;
    let near = verb.end..verb.end + NOUN_REACH;
    let object = nouns().filter(in_clause).find(|found| near.contains(&found.tokens.start));
    let subject = || nouns().filter(in_clause).rfind(|found| found.tokens.end <= verb.start);
    let pronoun = clauses.clauses[clause].relative;
    let takes_up = |found: &&Found| pronoun.is_some_and(|pronoun| phrases::is_head_of(&found.tokens, pronoun));
    object.filter(|_| !passive).or_else(subject).or_else(|| nouns().rfind(takes_up)).cloned()
}

/// Whether a past form says what has happened: "met", "has met", but not "may have met".
fn has_happened(sentence: &Sentence<'_, '_>, verb: &Range<usize>) -> bool {
    let at = verb.start;
    let have = sentence.before(at).filter(|at| sentence.is(*at, Class::Have));
    let supposed = have.is_some_and(|at| sentence.follows(at, Class::Modal));
    sentence.clauses().sort_of(at) == Sort::Plain && sentence.is_lower(at) && !supposed
}

/// What a clause reports of an event.
fn report(
    sentences: &[Sentence<'_, '_>],
    sentence: &Sentence<'_, '_>,
    found: &Found,
    verb: &Range<usize>,
) -> Option<EventMention> {
    let clauses = sentence.clauses();
    let clause = clauses.of(verb.start);
    let doubt = enum_set!(
        Class::Hedged | Class::Cancelled | Class::Postponed | Class::InDoubt | Class::Habitual | Class::Domestic
    );
    let again =
        sentence.timexes().iter().any(|t| t.timex_type == TimexType::Set && clauses.of(t.tokens.start) == clause);
    if again || clauses.tokens(clause).any(|at| sentence.is_any(at, doubt)) || modality::read(sentence, found).denied {
        return None;
    }
    let date = date_of(sentence, found, verb);
    let days = date.and_then(|date| super::date_scope::with_days_beside(sentence, date, false));
    let old = |days: &Period| (sentence.article.published - days.last).get_days() > RECENT;
    let news = match days {
        Some(days) => !old(&days) && days.precision <= Precision::Month,
        None => !is_of_history(sentence),
    };
    if !news {
        return None;
    }
    let options = participants::options(sentence.language.who, sentences, sentence, found, date);
    let modality = Modality { cues: vec![], status: Status::Held, change: Change::None, denied: false };
    let candidate = Candidate::of(sentence.number, found.clone(), modality, options);
    let mut told = binding::bind(sentences, Candidate { date, ..candidate });
    (told.period, told.lasts, told.role) = (days, None, DateRole::Start);
    has_participants(sentence, &told).then_some(told)
}

/// Whether as many are named as take part in such an event: two, or a body with its members.
fn has_participants(sentence: &Sentence<'_, '_>, told: &EventMention) -> bool {
    let parties = told.parties();
    let kind = told.candidate.found.kind;
    let alone = matches!(kind, Kind::Vote | Kind::Hearing | Kind::Address | Kind::Ceremony | Kind::Exercise);
    parties.len() > 1 || parties.iter().any(|party| alone || sentence.is_organisation(*party))
}

/// The date on which an event took place: the nearest of its clause that is not ahead.
fn date_of(sentence: &Sentence<'_, '_>, found: &Found, verb: &Range<usize>) -> Option<usize> {
    let clauses = sentence.clauses();
    let own = [clauses.of(verb.start), clauses.of(found.tokens.start)];
    let fits = |at: &usize| {
        let timex = &sentence.article.dates[*at];
        let start = timex.tokens.start;
        let told = timex.days().is_some_and(|days| days.first <= sentence.article.published && !days.is_era());
        told && own.contains(&clauses.of(start))
    };
    sentence.dates.clone().filter(fits).min_by_key(|at| sentence.article.dates[*at].tokens.start.abs_diff(verb.end))
}

/// Whether what a sentence tells without a date lies further back, as the last date of the lines before it does.
fn is_of_history(sentence: &Sentence<'_, '_>) -> bool {
    let text = sentence.article.text;
    let mut start = sentence.tokens.start;
    for before in text.sentences[..sentence.number].iter().rev().take(PASSAGE_REACH) {
        if text.tokens[start].new_line {
            break;
        }
        start = before.tokens.start;
    }
    let passage = start..sentence.tokens.start;
    let dates = sentence.article.dates.iter().filter(|timex| passage.contains(&timex.tokens.start));
    let last = dates.filter_map(|timex| timex.period).next_back();
    last.is_some_and(|days| (sentence.article.published - days.last).get_days() > RECENT)
}

/// What the article reports and does not also announce.
pub(super) fn not_announced(
    weights: &Weights<MergeSignal>,
    sentences: &[Sentence<'_, '_>],
    announced: &[Cluster],
    held: Vec<EventMention>,
) -> Vec<Cluster> {
    let (dated, undated): (Vec<EventMention>, Vec<EventMention>) =
        held.into_iter().partition(|told| told.period.is_some());
    let mut groups = merge::cluster(weights, sentences, dated);
    let same = |group: &Cluster, known: &Cluster| {
        let pairs = group.mentions.iter().flat_map(|a| known.mentions.iter().map(move |b| (a, b)));
        pairs.into_iter().any(|(a, b)| b.period.is_some() && weights.sum(merge::signals(sentences, b, a)) > 0.0)
    };
    groups.retain(|group| !announced.iter().any(|known| same(group, known)));
    for told in undated {
        match groups.iter_mut().find(|known| known.mentions[0].may_be(&told)) {
            Some(known) => known.mentions.push(told),
            None => groups.push(Cluster { period: None, mentions: vec![told] }),
        }
    }
    groups
}
