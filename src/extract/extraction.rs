//! What is read from an article: the language, the mentions of events, and the date expressions.

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

/// What was read from one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extraction {
    /// The text's language as an ISO 639-1 code; none where it has none.
    pub language: Option<String>,
    /// What the article says of events, one mention for each.
    pub mentions: Vec<Mention>,
    /// Every date expression, in the order of the text.
    pub dates: Vec<TimeExpression>,
    /// The dates that made no event, in the order of the text.
    pub unused_dates: Vec<UnusedDate>,
    /// What the client should know: a language that is not read yet, how many dates made no event, and the like.
    pub warnings: Vec<String>,
}

/// A date that made no event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct UnusedDate {
    /// First character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// The expression as it stands.
    pub text: String,
    /// Why it made none.
    pub reason: Unused,
}

/// A line that counts dates without an event by reason, for [`Extraction::warnings`]; `None` where every date made one.
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

/// A date expression in an article's text, after TIMEX3.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TimeExpression {
    /// First character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// The expression as it stands.
    pub text: String,
    /// DATE, TIME, DURATION or SET.
    #[serde(rename = "type")]
    pub timex_type: String,
    /// The TIMEX3 value.
    pub value: String,
    /// First day, where it resolves to days.
    #[schema(value_type = Option<String>, format = Date)]
    pub starts_on: Option<Date>,
    /// Last day, inclusive.
    #[schema(value_type = Option<String>, format = Date)]
    pub ends_on: Option<Date>,
    /// The period that its days make up, where it resolves to days.
    pub precision: Option<Precision>,
    /// The same days in Extended Date/Time Format: `~` where they are approximate, `?` where another reading is as likely.
    pub edtf: Option<String>,
    /// "about", "around": it is not meant exactly.
    pub approximate: bool,
    /// Another reading is as likely: 03/04/2024.
    pub uncertain: bool,
    /// The TIMEX3 value of the date that it was counted from: the day of publication or one spoken of before.
    pub anchor: Option<String>,
    /// The name of the rule that read it.
    pub rule: String,
}

/// A date expression as the outside sees it.
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
