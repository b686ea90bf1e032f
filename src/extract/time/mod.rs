//! Time in news: which expressions of a text speak of time, and which days they mean.
//!
//! The rules are `data/lang/en/date_rules.tsv`. They are made of `class`es: `words` has those of `data/lang/en/lexicon.tsv`, `numbers`
//! those of digits, and `classes` reads all; `pattern` reads the rules, `graph` joins and `rules` matches them, `maker` says what their
//! `captures` mean (`meaning`). `chain` joins the ends of spans, `reader` keeps track of what was spoken of (`context`,
//! `passage`), `resolve`, `days` and `yearly` say which days are meant. `calendar` knows periods, `count` counts on from
//! them, `in_year` finds those that come every year, `feasts` are named days. What comes of it is a `timex`; `form` and
//! `anchoring` say what sort of expression it is and how it got its days, for those who count it anew from an event.

mod anchoring;
mod calendar;
mod captures;
mod chain;
mod class;
mod classes;
mod context;
mod count;
mod days;
mod feasts;
mod form;
mod graph;
mod in_year;
mod maker;
mod meaning;
mod names;
mod numbers;
mod passage;
mod pattern;
mod reader;
mod resolve;
mod rules;
mod timex;
mod words;
mod yearly;

pub use anchoring::Anchoring;
pub use calendar::Period;
pub use form::Form;
pub use reader::Time;
pub use timex::{Span, Timex, TimexType};
