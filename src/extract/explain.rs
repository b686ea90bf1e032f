//! Explains an extraction: the dates, names, candidates and mentions of every sentence.

use super::entities::{Entity, Gazetteer, How, Named};
use super::events::{ExplainedCandidate, Unused};
use super::extraction::{TimeExpression, time_expression};
use super::text::{Document, beginning_within};
use super::time::{Span, Timex};
use crate::event::{Confidence, Kind, Mention, Quote, Role};
use serde::Serialize;
use std::ops::Range;
use utoipa::ToSchema;

/// The intermediate results of an extraction.
pub struct Reading<'t> {
    pub text: Document<'t>,
    pub timexes: Vec<Timex>,
    pub named: Named,
    /// The event mentions, each with its score.
    pub mentions: Vec<(Mention, f32)>,
    /// The dates without an event, by index, and why.
    pub unused: Vec<(usize, Unused)>,
}

/// A sentence with the dates, names, candidates and events found in it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ExplainedSentence {
    /// The sentence.
    pub sentence: Quote,
    /// The date expressions.
    pub dates: Vec<ExplainedDate>,
    /// The states, organisations, people and places that it names.
    pub names: Vec<ExplainedName>,
    /// Every pair of a possibly future date and a trigger, with its score.
    pub candidates: Vec<ExplainedCandidate>,
    /// The event mentions.
    pub events: Vec<ExplainedEvent>,
}

/// A date expression, with its tense and why it has no event.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ExplainedDate {
    /// The expression.
    #[serde(flatten)]
    pub date: TimeExpression,
    /// The tense of its clause: past, present, future or unknown.
    pub tense: &'static str,
    /// Why it has no event; absent if it has one, or if it ends the span of one.
    pub no_event: Option<String>,
}

/// A name and its referent.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ExplainedName {
    /// The name as written.
    #[serde(flatten)]
    pub name: Quote,
    /// The kind of name: name, demonym, capital, seat, body or place.
    pub how: &'static str,
    /// The code of the state or organisation to which it can refer.
    pub party: Option<&'static str>,
    /// The place to which it can refer.
    pub place: Option<String>,
    /// The person.
    pub person: Option<String>,
}

/// An event mention in a sentence.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ExplainedEvent {
    /// The kind of the event.
    pub kind: Kind,
    /// The first day of the event, if the article states it.
    #[schema(value_type = Option<String>, format = Date)]
    pub starts_on: Option<jiff::civil::Date>,
    /// Whether the sentence announces, changes or reports the event.
    pub role: Role,
    /// The trigger and the strongest signals, as codes.
    pub rule: Vec<String>,
    /// The probability that the sentence announces the event; absent if it only changes or reports one.
    pub confidence: Option<Confidence>,
}

/// Returns the findings of every sentence of an article, in order.
pub fn sentences(
    read: &Reading<'_>,
    gazetteer: &Gazetteer,
    candidates: Vec<ExplainedCandidate>,
) -> Vec<ExplainedSentence> {
    let mut candidates = candidates.into_iter().peekable();
    let mut of_sentence = |tokens: &Range<usize>| {
        let sentence = read.text.quote(&read.text.bytes(tokens));
        let own = |candidate: &ExplainedCandidate| candidate.trigger.start < sentence.end;
        let own: Vec<ExplainedCandidate> = std::iter::from_fn(|| candidates.next_if(own)).collect();
        let dates = beginning_within(&read.timexes, |timex| &timex.tokens, tokens);
        let names = beginning_within(&read.named.entities, |entity| &entity.tokens, tokens);
        ExplainedSentence {
            dates: dates.map(|at| date(read, at, &own)).collect(),
            names: read.named.entities[names].iter().map(|entity| name(read, gazetteer, entity)).collect(),
            events: events(read, &sentence),
            candidates: own,
            sentence,
        }
    };
    read.text.sentences.iter().map(|sentence| of_sentence(&sentence.tokens)).collect()
}

fn date(read: &Reading<'_>, at: usize, candidates: &[ExplainedCandidate]) -> ExplainedDate {
    let timex = &read.timexes[at];
    let own = || candidates.iter().filter(|candidate| candidate.date == Some(at));
    let best = own().max_by(|a, b| a.binding.total_cmp(&b.binding));
    let no_event = match best {
        Some(best) if best.accepted.is_some() => None,
        Some(best) => Some(format!("\"{}\" weighs {:.1}", best.trigger.text, best.score)),
        None => Some("it may not lie ahead, or no word beside it names an event".to_owned()),
    };
    // Only the first expression of a span dates an event.
    let no_event = no_event.filter(|_| !matches!(timex.span, Some(Span::Closes)));
    ExplainedDate { date: time_expression(&read.text, timex), tense: timex.tense.into(), no_event }
}

fn name(read: &Reading<'_>, gazetteer: &Gazetteer, entity: &Entity) -> ExplainedName {
    ExplainedName {
        name: read.text.quote(&read.text.bytes(&entity.tokens)),
        how: match entity.how {
            How::Name => "name",
            How::Demonym => "demonym",
            How::Capital => "capital",
            How::Seat => "seat",
            How::Body => "body",
            How::Place => "place",
        },
        party: entity.party.map(|party| gazetteer.parties[party].code),
        place: entity.place.map(|place| gazetteer.places[place].place.name.clone()),
        person: entity.person.map(|person| read.named.people[person].name.clone()),
    }
}

fn events(read: &Reading<'_>, sentence: &Quote) -> Vec<ExplainedEvent> {
    let told = read.mentions.iter().flat_map(|(mention, _)| mention.statements.iter().map(move |said| (mention, said)));
    let here = told.filter(|(_, statement)| statement.sentence.start == sentence.start);
    here.map(|(mention, statement)| ExplainedEvent {
        kind: mention.kind,
        starts_on: mention.when.as_ref().map(|when| when.starts_on),
        role: statement.role,
        rule: statement.rule.clone(),
        confidence: statement.confidence,
    })
    .collect()
}
