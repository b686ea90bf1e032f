//! Time in news: which expressions of a text speak of time, and which days they mean.
//!
//! The rules are `data/time/rules.tsv` over the word classes of `data/time/words.tsv`; `rules` matches them,
//! `meaning` says what a match means, `resolve` which days that is, `calendar` knows periods.

mod calendar;
mod classes;
mod meaning;
mod resolve;
mod rules;

pub use calendar::Period;
pub use resolve::TimexType;

use crate::extract::tense::{Tense, Tenses};
use crate::extract::text::Document;
use crate::extract::words::Words;
use classes::Classes;
use jiff::civil::Date;
use resolve::{Anchor, Resolved, resolve};
use rules::Rules;
use std::ops::Range;

/// A date expression, resolved.
#[derive(Clone, Debug)]
pub struct Timex {
    /// The tokens it covers.
    pub tokens: Range<usize>,
    /// DATE, TIME, DURATION or SET.
    pub timex_type: TimexType,
    /// The TIMEX3 value.
    pub value: String,
    /// Its days, where it has any.
    pub period: Option<Period>,
    /// The tense of its clause.
    pub tense: Tense,
    /// The rule that read it.
    pub rule: &'static str,
}

/// The reader of date expressions.
#[derive(Debug)]
pub struct Time {
    classes: Classes,
    rules: Rules,
}

/// The dates that later expressions count from.
#[derive(Default)]
struct Spoken {
    last: Option<Period>,
    last_ahead: Option<Period>,
}

impl Spoken {
    fn reference(&self, tense: Tense) -> Option<&Period> {
        match tense {
            Tense::Past => self.last.as_ref(),
            _ => self.last_ahead.as_ref().or(self.last.as_ref()),
        }
    }

    fn remember(&mut self, period: &Period, tense: Tense, published: Date) {
        if tense != Tense::Past && period.last >= published {
            self.last_ahead = Some(period.clone());
        }
        self.last = Some(period.clone());
    }
}

impl Time {
    /// Reads the words and rules, making their words known.
    pub fn new(words: &mut Words) -> Self {
        Self { classes: Classes::new(words), rules: Rules::new(words) }
    }

    /// The date expressions of `doc` in order.
    pub fn find(&self, doc: &Document<'_>, tenses: &Tenses, published: Date) -> Vec<Timex> {
        let mut found = Vec::new();
        let mut in_text = Spoken::default();
        for sentence in &doc.sentences {
            let mut in_sentence = Spoken::default();
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end {
                let Some(matched) = self.rules.longest(&self.classes, doc, at, sentence.tokens.end) else {
                    at += 1;
                    continue;
                };
                at = matched.tokens.end;
                let tense = tenses.around(doc, &sentence.tokens, &matched.tokens);
                let reference = in_sentence.reference(tense).or_else(|| in_text.reference(tense));
                let anchor = Anchor { published, tense, reference, month_first: false };
                let Some(Resolved { timex_type, value, period }) = resolve(&matched.meaning, &anchor) else { continue };
                if let Some(period) = &period {
                    in_sentence.remember(period, tense, published);
                }
                found.push(Timex { tokens: matched.tokens, timex_type, value, period, tense, rule: matched.rule });
            }
            if let Some(last) = in_sentence.last {
                in_text.last = Some(last);
            }
            if let Some(ahead) = in_sentence.last_ahead {
                in_text.last_ahead = Some(ahead);
            }
        }
        found
    }
}
