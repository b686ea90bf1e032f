//! Time in news: which expressions of a text speak of time, and which days they mean.
//!
//! The rules are `data/time/rules.tsv` over the word classes of `data/time/words.tsv`; `rules` matches them,
//! `maker` says what a match means (`meaning`), `resolve` which days that is, `calendar` knows periods.

mod calendar;
mod classes;
mod maker;
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
use rules::{Match, Rules};
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
    /// The span that it opens or closes: "12" and "13 January" in "12–13 January".
    pub span: Option<Span>,
    /// The tense of its clause.
    pub tense: Tense,
    /// The rule that read it.
    pub rule: &'static str,
}

/// A span of days that two expressions tell together.
#[derive(Clone, Debug)]
pub enum Span {
    /// The expression that it begins with: the tokens of both, and the days from one to the other.
    Opens(Range<usize>, Period),
    /// The expression that it ends with.
    Closes,
}

impl Timex {
    /// The days that an event has which is dated so: the whole span where it opens one.
    pub fn days(&self) -> Option<&Period> {
        match &self.span {
            Some(Span::Opens(_, period)) => Some(period),
            Some(Span::Closes) => None,
            None => self.period.as_ref(),
        }
    }

    /// The tokens of the expression that dates an event so.
    pub fn expression(&self) -> &Range<usize> {
        match &self.span {
            Some(Span::Opens(tokens, _)) => tokens,
            _ => &self.tokens,
        }
    }
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
                let tense = tenses.around(&sentence.tokens, &matched.tokens);
                let reference = in_sentence.reference(tense).or_else(|| in_text.reference(tense));
                let anchor = Anchor { published, tense, reference };
                let expressions = self.expressions(doc, matched, &anchor);
                for period in expressions.iter().filter_map(|timex| timex.days()) {
                    in_sentence.remember(period, tense, published);
                }
                found.extend(expressions);
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

    /// What a match tells: one expression, or the two of a span of days; none where it makes no date.
    fn expressions(&self, doc: &Document<'_>, matched: Match, anchor: &Anchor<'_>) -> Vec<Timex> {
        let Match { tokens, meaning: Some(meaning), rule } = matched else { return Vec::new() };
        let one = |tokens: Range<usize>, resolved: Resolved, span| {
            let Resolved { timex_type, value, period } = resolved;
            Timex { tokens, timex_type, value, period, span, tense: anchor.tense, rule }
        };
        let Some((first, last)) = resolve::ends(&meaning, anchor) else {
            let resolved = resolve(&meaning, anchor).filter(Resolved::lies_in_our_era);
            return resolved.map(|resolved| one(tokens, resolved, None)).into_iter().collect();
        };
        let Some(border) = self.rules.border(doc, &tokens) else { return Vec::new() };
        let span = (first <= last).then(|| Period::days(first, last));
        let (opens, closes) = match span {
            Some(period) => (Some(Span::Opens(tokens.clone(), period)), Some(Span::Closes)),
            None => (None, None),
        };
        let [first, last] = [first, last].map(|day| Resolved::date(Period::day(day)));
        vec![one(tokens.start..border, first, opens), one(border + 1..tokens.end, last, closes)]
    }
}
