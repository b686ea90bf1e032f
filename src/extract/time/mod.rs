//! Date expressions: recognises the TIMEX3 expressions of a text and resolves them to days.
//!
//! Two dates anchor an expression: the publication date, and the reference date, which is the date mentioned last. In
//! a historical passage, the narrative date that the passage has reached takes the place of the publication date.
//!
//! The rules are in `data/lang/en/date_rules.tsv`. Their patterns consist of words and `class`es: `words` has the
//! classes of `data/lang/en/lexicon.tsv`, `numbers` those made of digits, and `classes` reads both. `pattern` parses
//! the rules, `graph` merges and `rules` matches them, and `maker` converts their `captures` into a `meaning`. `chain`
//! joins the ends of spans, `reader` tracks the dates mentioned (`context`, `passage`), and `resolve`, `days` and
//! `yearly` find the days. `calendar` defines periods, `count` their arithmetic, `in_year` the yearly names and
//! `feasts` the named days. The result is a `timex`; its `form` and `anchoring` allow its days to be recomputed from
//! an event as anchor.

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
