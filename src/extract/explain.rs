//! Why an article was read so: for every sentence the dates, names and events found in it, and the rule behind each.

use super::entities::{Entity, How};
use super::text::beginning_within;
use super::{Read, TimeExpression, time_expression};
use crate::event::{Kind, Quote, Role};
use serde::Serialize;
use std::ops::Range;
use utoipa::ToSchema;

/// What was found in one sentence.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ExplainedSentence {
    /// The sentence.
    pub sentence: Quote,
    /// Its date expressions.
    pub dates: Vec<ExplainedDate>,
    /// The parties, people and places that it names.
    pub names: Vec<ExplainedName>,
    /// What it says of events.
    pub events: Vec<ExplainedEvent>,
}

/// A date expression and how it was taken.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ExplainedDate {
    /// The expression.
    #[serde(flatten)]
    pub date: TimeExpression,
    /// The tense that it is spoken of in: past, present, future or unknown.
    pub tense: &'static str,
    /// Why it made no event; nothing where it made one, or is the end of a span that did.
    pub no_event: Option<String>,
}

/// A name and what it stands for.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ExplainedName {
    /// The name as it stands.
    #[serde(flatten)]
    pub name: Quote,
    /// What sort of name it is: name, demonym, capital, seat, body or place.
    pub how: &'static str,
    /// The code of the party that it may stand for.
    pub party: Option<&'static str>,
    /// The place that it may stand for.
    pub place: Option<String>,
    /// The person.
    pub person: Option<String>,
}

/// What a sentence says of an event.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ExplainedEvent {
    /// The kind of the event.
    pub kind: Kind,
    /// The first day of the event, where the article tells it.
    #[schema(value_type = Option<String>, format = Date)]
    pub starts_on: Option<jiff::civil::Date>,
    /// What the sentence does to it.
    pub role: Role,
    /// The rule that read the sentence.
    pub rule: String,
}

/// What was read in every sentence of an article, in order.
pub(super) fn sentences(read: &Read<'_, '_>) -> Vec<ExplainedSentence> {
    let of_sentence = |tokens: &Range<usize>| ExplainedSentence {
        sentence: read.doc.quote(&read.doc.bytes(tokens)),
        dates: beginning_within(&read.timexes, |timex| &timex.tokens, tokens).map(|at| date(read, at)).collect(),
        names: beginning_within(&read.named.entities, |entity| &entity.tokens, tokens)
            .map(|at| name(read, &read.named.entities[at]))
            .collect(),
        events: events(read, tokens),
    };
    read.doc.sentences.iter().map(|sentence| of_sentence(&sentence.tokens)).collect()
}

fn date(read: &Read<'_, '_>, at: usize) -> ExplainedDate {
    let timex = &read.timexes[at];
    let no_event = None;
    ExplainedDate { date: time_expression(&read.doc, timex), tense: timex.tense.into(), no_event }
}

fn name(read: &Read<'_, '_>, entity: &Entity) -> ExplainedName {
    let gazetteer = &read.extractor.names.gazetteer;
    ExplainedName {
        name: read.doc.quote(&read.doc.bytes(&entity.tokens)),
        how: match entity.how {
            How::Name => "name",
            How::Demonym => "demonym",
            How::Capital => "capital",
            How::Seat => "seat",
            How::Body => "body",
            How::Place if entity.unlisted => "unlisted place",
            How::Place => "place",
        },
        party: entity.party.map(|party| gazetteer.parties[party].code),
        place: entity.place.map(|place| gazetteer.places[place].place.name.clone()),
        person: entity.person.map(|person| read.named.people[person].name.clone()),
    }
}

fn events(read: &Read<'_, '_>, tokens: &Range<usize>) -> Vec<ExplainedEvent> {
    let sentence = read.doc.quote(&read.doc.bytes(tokens));
    let told = read.mentions.iter().flat_map(|mention| mention.statements.iter().map(move |said| (mention, said)));
    let here = told.filter(|(_, statement)| statement.sentence.start == sentence.start);
    here.map(|(mention, statement)| ExplainedEvent {
        kind: mention.kind,
        starts_on: mention.when.as_ref().map(|when| when.starts_on),
        role: statement.role,
        rule: statement.rule.clone(),
    })
    .collect()
}
