//! Reports: recent events that have taken place.
//!
//! They are extracted separately from scheduled events, so that neither changes the other.

use super::candidate::{Candidate, DateRole};
use super::clause::Sort;
use super::event_mention::EventMention;
use super::modality::{self, Change, Modality};
use super::sentence::Sentence;
use super::triggers::{Form, Found};
use super::{binding, date_scope, participants};
use crate::event::{Kind, Precision, Status};
use crate::extract::lexicon::Class;
use crate::extract::time::TimexType;
use enumset::enum_set;

/// How many days after its end an event is reported.
const RECENT: i32 = 60;
/// How far from its verb the noun of an event may be, in tokens.
const NOUN_REACH: usize = 6;

/// Returns the reports of a sentence, one per event.
pub(super) fn of_sentence(sentences: &[Sentence<'_, '_>], sentence: &Sentence<'_, '_>) -> Vec<EventMention> {
    let past = |form| matches!(form, Form::Past | Form::Participle);
    let own = sentence.triggers.iter().filter(|found| past(found.form) && found.complete);
    let own = own.filter(|found| found.kind != Kind::Deadline).map(|found| (found.tokens.start, found));
    let verbs = sentence.tokens.clone().filter(|at| sentence.is(*at, Class::Happened));
    let said = verbs.filter_map(|verb| Some((verb, noun_of(sentence, verb)?)));
    let mut reported: Vec<(usize, &Found)> = own.chain(said).collect();
    reported.sort_by_key(|(verb, found)| (*verb, found.is_noun()));
    let mut all: Vec<EventMention> = Vec::new();
    for (verb, found) in reported {
        let known = all.iter().any(|known| known.candidate.found.tokens == found.tokens);
        if !known && has_happened(sentence, verb) {
            all.extend(report(sentences, sentence, found, verb));
        }
    }
    all
}

/// Returns the noun of the event of a verb such as "took place": the object or, if there is none, the subject.
fn noun_of<'s>(sentence: &'s Sentence<'_, '_>, verb: usize) -> Option<&'s Found> {
    let clauses = &sentence.clauses;
    let of_clause = |found: &&Found| clauses.of(found.tokens.start) == clauses.of(verb);
    let nouns = sentence.triggers.iter().filter(|found| found.is_noun() && found.kind != Kind::Deadline);
    let mut nouns = nouns.filter(of_clause);
    let near = sentence.ahead(verb + 1, NOUN_REACH);
    let object = nouns.clone().find(|found| near.contains(&found.tokens.start));
    object.or_else(|| nouns.rfind(|found| found.tokens.end <= verb))
}

/// Whether a past form states a fact, as in "met" or "has met" but not in "may have met".
fn has_happened(sentence: &Sentence<'_, '_>, verb: usize) -> bool {
    let past = sentence.article.tenses.is_past(verb);
    let supposed = sentence.follows(verb, Class::Have) && sentence.is(verb.saturating_sub(2), Class::Modal);
    past && !supposed && sentence.clauses.sort_of(verb) == Sort::Plain
}

/// Returns the report of an event by its clause.
fn report(
    sentences: &[Sentence<'_, '_>],
    sentence: &Sentence<'_, '_>,
    found: &Found,
    verb: usize,
) -> Option<EventMention> {
    let clauses = &sentence.clauses;
    let clause = clauses.of(verb);
    let doubt = enum_set!(
        Class::Hedged | Class::Cancelled | Class::Postponed | Class::InDoubt | Class::Habitual | Class::Domestic
    );
    let mut dates = sentence.timexes().iter().filter(|timex| clauses.of(timex.tokens.start) == clause);
    let recurs = dates.any(|timex| timex.timex_type == TimexType::Set);
    if recurs || clauses.tokens(clause).any(|at| sentence.is_any(at, doubt)) || modality::read(sentence, found).denied {
        return None;
    }
    let date = date_of(sentence, found, verb);
    let days = date.and_then(|date| date_scope::with_days_beside(sentence, date, false));
    let is_old = |last: jiff::civil::Date| (sentence.article.published - last).get_days() > RECENT;
    if days.is_some_and(|days| is_old(days.last) || days.precision > Precision::Month) {
        return None;
    }
    let participants = participants::options(sentences, sentence, found, date);
    let modality = Modality { cues: vec![], status: Status::Held, change: Change::None, denied: false };
    let candidate = Candidate::of(sentence.number, found.clone(), modality);
    let mut mention = binding::bind(sentences, Candidate { date, participants, ..candidate });
    (mention.period, mention.lasts, mention.role) = (days, None, DateRole::Day);
    let alone = matches!(found.kind, Kind::Vote | Kind::Hearing | Kind::Address | Kind::Ceremony | Kind::Exercise);
    (mention.has_sides(sentence) || alone && !mention.participants.is_empty()).then_some(mention)
}

/// Returns the date of an event that took place: the nearest in its clause that is not in the future.
fn date_of(sentence: &Sentence<'_, '_>, found: &Found, verb: usize) -> Option<usize> {
    let clauses = &sentence.clauses;
    let own = [clauses.of(verb), clauses.of(found.tokens.start)];
    let start = |at: usize| sentence.article.dates[at].tokens.start;
    let fits = |at: &usize| {
        let days = sentence.article.dates[*at].days();
        let begun = days.is_some_and(|days| days.first <= sentence.article.published && !days.is_era());
        begun && own.contains(&clauses.of(start(*at)))
    };
    sentence.dates.clone().filter(fits).min_by_key(|at| start(*at).abs_diff(verb + 1))
}
