//! The result of an extraction: the language, the event mentions and the date expressions.

use super::events::Unused;
use super::text::Document;
use super::time::{Period, Timex};
use crate::event::{Mention, Precision};
use jiff::civil::Date;
use serde::Serialize;
use strum::VariantArray;
use utoipa::ToSchema;

/// The most mentions that are taken of one article: storing more would keep others of the same events waiting for long. No article
/// written for readers has as many.
pub const MOST_MENTIONS: usize = 500;

/// The result of the extraction from an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extraction {
    /// The language of the text as an ISO 639-1 code; `None` if undetermined.
    pub language: Option<String>,
    /// The event mentions, one for each event.
    pub mentions: Vec<Mention>,
    /// All date expressions, in text order.
    pub dates: Vec<TimeExpression>,
    /// The date expressions without an event, in text order.
    pub unused_dates: Vec<UnusedDate>,
    /// Warnings for the client: an unsupported language, the number of dates without an event, and the like.
    pub warnings: Vec<String>,
}

/// A date expression without an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct UnusedDate {
    /// The character offset of its beginning.
    pub start: u32,
    /// The character offset after its end.
    pub end: u32,
    /// The expression as written.
    pub text: String,
    /// Why it has no event.
    pub reason: Unused,
}

/// Summarises the dates without an event by reason, for [`Extraction::warnings`]; `None` if every date has one.
pub fn warning_of(unused: &[UnusedDate]) -> Option<String> {
    let count = |reason: &Unused| unused.iter().filter(|date| date.reason == *reason).count();
    let counts = Unused::VARIANTS.iter().map(|reason| (reason, count(reason))).filter(|(_, count)| *count > 0);
    let counts: Vec<String> = counts.map(|(reason, count)| format!("{reason} {count}")).collect();
    let dates = if unused.len() == 1 { "1 date".to_owned() } else { format!("{} dates", unused.len()) };
    (!counts.is_empty()).then(|| format!("{dates} made no event: {}", counts.join(", ")))
}

/// A line for [`Extraction::warnings`] where an article has more mentions than are taken of it.
pub fn warning_of_mentions(count: usize) -> Option<String> {
    (count > MOST_MENTIONS)
        .then(|| format!("the article mentions {count} events, of which the first {MOST_MENTIONS} are kept; split it"))
}

/// A date expression in an article's text, in the terms of TIMEX3.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TimeExpression {
    /// The character offset of its beginning.
    pub start: u32,
    /// The character offset after its end.
    pub end: u32,
    /// The expression as written.
    pub text: String,
    /// The TIMEX3 type (DATE, TIME, DURATION or SET).
    #[serde(rename = "type")]
    pub timex_type: String,
    /// The TIMEX3 value.
    pub value: String,
    /// The first day, if it resolves to days.
    #[schema(value_type = Option<String>, format = Date)]
    pub starts_on: Option<Date>,
    /// The last day, inclusive.
    #[schema(value_type = Option<String>, format = Date)]
    pub ends_on: Option<Date>,
    /// The precision, if it resolves to days.
    pub precision: Option<Precision>,
    /// The days in Extended Date/Time Format, marked as approximate (`~`) or as ambiguous (`?`).
    pub edtf: Option<String>,
    /// Whether the date is approximate ("about", "around").
    pub approximate: bool,
    /// Whether another interpretation is as likely (03/04/2024).
    pub uncertain: bool,
    /// The TIMEX3 value of its anchor, the publication date or a date mentioned before.
    pub anchor: Option<String>,
    /// The name of the rule that matched.
    pub rule: String,
}

/// Converts a date expression to the public type.
pub fn time_expression(doc: &Document<'_>, timex: &Timex) -> TimeExpression {
    let quote = doc.quote(&doc.bytes(&timex.tokens));
    TimeExpression {
        start: quote.start,
        end: quote.end,
        text: quote.text,
        timex_type: <&str>::from(timex.timex_type).to_owned(),
        value: timex.value.clone(),
        starts_on: timex.period.as_ref().map(|period| period.first),
        ends_on: timex.period.as_ref().map(|period| period.last),
        precision: timex.period.as_ref().map(|period| period.precision),
        edtf: timex.period.as_ref().map(Period::edtf),
        approximate: timex.approximate,
        uncertain: timex.uncertain,
        anchor: timex.anchor.map(|period| period.value()),
        rule: timex.rule.to_owned(),
    }
}
