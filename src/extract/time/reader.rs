//! Recognises the expressions of a text in order, and tracks what they count from.

use super::chain::{Chain, join, mark_spans, resolve_chain};
use super::class::{Class, ClassSet};
use super::context::Anchor;
use super::feasts::Feasts;
use super::meaning::{From, Meaning, OfYear, What, Yearly};
use super::passage::{counts_from_publication, goes_on, moves_clock, stands_alone};
use super::resolve::Resolved;
use super::rules::{Match, Part, Rules};
use super::{Anchoring, Form, Period, Timex, TimexType};
use crate::event::Precision;
use crate::extract::tense::{Tense, Tenses};
use crate::extract::text::{Document, Sentence, Shape, Token};
use crate::extract::words::Words;
use jiff::civil::Date;
use std::ops::Range;

/// The recogniser of date expressions.
#[derive(Debug)]
pub struct Time {
    feasts: Feasts,
    rules: Rules,
}

/// How far before "in ten years" an ordinal makes it a past duration, in tokens.
const ORDINAL_REACH: usize = 12;

/// The maximum number of words of a noun with its attributes.
const NOUN_PHRASE: usize = 3;

/// How far before "in 100 days" a verb of ability makes it a duration, in tokens.
const ABLE_REACH: usize = 6;

/// Properties of a text as a whole.
struct Habits {
    /// Whether the text is historical: its years are in the past, and hardly any expression is relative to
    /// publication.
    history: bool,
    /// Whether the text writes the month before the day; `None` if undetermined.
    month_first: Option<bool>,
}

impl Time {
    /// Loads the words, rules and named days, and interns their words.
    pub fn new(words: &mut Words) -> Self {
        let feasts = Feasts::read();
        let rules = Rules::new(words, &feasts);
        Self { feasts, rules }
    }

    /// Returns the date expressions of `doc` in order, resolved.
    pub fn find(&self, doc: &Document<'_>, tenses: &Tenses, published: Date) -> Vec<Timex> {
        let possible = self.rules.possible_classes(doc);
        let sentences: Vec<(&Sentence, Vec<Chain>)> = doc
            .sentences
            .iter()
            .map(|sentence| (sentence, self.chains(doc, &possible, &sentence.tokens)))
            .filter(|(_, chains)| !chains.is_empty())
            .collect();
        let habits = self.habits(doc, sentences.iter().flat_map(|(_, chains)| chains), published);
        let mut found: Vec<Timex> = Vec::new();
        let mut passage: Option<Period> = None;
        let mut before_christ = None;
        // The future day that last opened a line.
        let mut listed: Option<Date> = None;
        let mut last_end = 0;
        for (sentence, chains) in &sentences {
            let breaks = last_end..sentence.tokens.start + 1;
            if !habits.history && breaks.into_iter().any(|at| doc.tokens[at].new_line) {
                passage = None;
                before_christ = None;
            }
            last_end = sentence.tokens.end;
            let of_sentence = found.len();
            for (at, chain) in chains.iter().enumerate() {
                let (mut tense, mut firm) = self.tense(doc, tenses, &sentence.tokens, chain);
                if self.is_length(doc, &sentence.tokens, chain) {
                    (tense, firm) = (Tense::Past, true);
                }
                let (in_text, in_sentence) = found.split_at(of_sentence);
                let opens_line = doc.tokens[chain.tokens().start].new_line;
                let prospective = passage.is_some() && tenses.is_prospective(&sentence.tokens, &chain.tokens());
                let anchor = Anchor {
                    feasts: &self.feasts,
                    published,
                    tense,
                    firm,
                    prospective,
                    history: habits.history,
                    passage: passage.as_ref(),
                    before_christ,
                    month_first: habits.month_first,
                    listed_after: listed.filter(|_| opens_line),
                    in_sentence,
                    in_text,
                };
                // A quarter mentioned before takes precedence over the one computed from the day, as fiscal years
                // vary.
                let next = chains.get(at + 1).filter(|_| anchor.quarter().is_none());
                let ended = next.and_then(|next| self.quarter_ended(doc, chain, next));
                let chain = ended.as_ref().unwrap_or(chain);
                let resolved = resolve_chain(chain, &anchor);
                let mut timexes = Vec::with_capacity(chain.parts.len());
                let mut parts = Vec::with_capacity(chain.parts.len());
                for (part, resolved) in chain.parts.iter().zip(resolved) {
                    let Some(resolved) = resolved else { continue };
                    let mut timex = timex(part, resolved, tense, chain.rule);
                    // "a day later than planned": a counterfactual date.
                    let next = doc.tokens[..sentence.tokens.end].get(part.tokens.end);
                    timex.counts &= next.is_none_or(|_| !self.is(doc, part.tokens.end, Class::Compared));
                    let adverbial = stands_alone(&self.rules, doc, &sentence.tokens, part);
                    let begins = habits.history || adverbial && tense != Tense::Present;
                    if passage.is_none()
                        || moves_clock(&self.rules, doc, tenses, &sentence.tokens, part, passage, &timex)
                    {
                        passage = goes_on(passage, part, &timex, published, begins);
                    }
                    match part.meaning.what {
                        What::BeforeChrist(year) => (passage, before_christ) = (None, Some(year)),
                        _ if passage.is_some() => before_christ = None,
                        _ => {}
                    }
                    if matches!(part.meaning.what, What::FromEvent { .. }) && timex.timex_type == TimexType::Duration {
                        // The event is not part of a duration.
                        let after = |at: &usize| self.is(doc, *at, Class::After);
                        timex.tokens.end = timex.tokens.clone().find(after).unwrap_or(timex.tokens.end);
                    }
                    timexes.push(timex);
                    parts.push(part.clone());
                }
                mark_spans(&parts, &mut timexes);
                if opens_line && let Some(day) = timexes.first().and_then(|timex| timex.period) {
                    let ahead = day.precision == Precision::Day && day.first >= published;
                    listed = ahead.then_some(day.first);
                }
                if let [first, _] = &timexes[..]
                    && first.span.is_some()
                    && passage.is_some()
                {
                    // After a span, the passage continues from its beginning.
                    passage = first.period;
                }
                found.extend(timexes);
            }
        }
        found
    }

    /// "The quarter ended 31 July": the quarter with most of the three months before that day.
    fn quarter_ended(&self, doc: &Document<'_>, chain: &Chain, next: &Chain) -> Option<Chain> {
        let [part] = &chain.parts[..] else { return None };
        let What::Yearly { name: Yearly::Day { month, .. }, year, .. } = next.parts.first()?.meaning.what else {
            return None;
        };
        let what = What::LatestQuarter { year: None };
        let ended = part.tokens.end + 1 == next.tokens().start && self.is(doc, part.tokens.end, Class::Ended);
        if part.meaning.what != what || !ended {
            return None;
        }
        // Its middle month is the previous one.
        let quarter = if month == 1 { 4 } else { (month - 2) / 3 + 1 };
        let what = What::Yearly { name: Yearly::Quarter(quarter), year, edge: None, weekday: None };
        let part = Part { meaning: Meaning { what, ..part.meaning.clone() }, ..part.clone() };
        Some(Chain { parts: vec![part], rule: chain.rule })
    }

    fn is(&self, doc: &Document<'_>, at: usize, class: Class) -> bool {
        self.rules.class_of(doc, at, class).is_some()
    }

    /// The chains of a sentence, not yet resolved.
    fn chains(&self, doc: &Document<'_>, possible: &[ClassSet], sentence: &Range<usize>) -> Vec<Chain> {
        let mut matches = Vec::new();
        let mut at = sentence.start;
        while at < sentence.end {
            let last_end = matches.last().map_or(sentence.start, |last: &Match| last.tokens.end);
            match self.rules.longest(doc, possible, sentence, at, last_end) {
                Some(found) => {
                    at = found.tokens.end;
                    matches.push(found);
                }
                None => at += 1,
            }
        }
        join(&self.rules, doc, matches)
    }

    fn habits<'a>(&self, doc: &Document<'_>, chains: impl Iterator<Item = &'a Chain>, published: Date) -> Habits {
        let (mut behind, mut near, mut month_first, mut day_first) = (0, 0, 0, 0);
        for part in chains.flat_map(|chain| &chain.parts) {
            match &part.meaning.what {
                What::Fixed(period) if period.last.year() < published.year() => behind += 1,
                What::Yearly { year: OfYear::Given(year), .. } if *year < published.year() => behind += 1,
                what if counts_from_publication(what) => near += 1,
                What::Fixed(_) | What::Yearly { year: OfYear::Given(_), .. } => near += 1,
                _ => {}
            }
            let named = match &part.meaning.what {
                What::Beside { base, .. } => base,
                what => what,
            };
            match named {
                What::Yearly { name: Yearly::Day { .. }, .. } => {
                    let month = |at: &usize| self.rules.class_of(doc, *at, Class::Month).is_some();
                    let month = part.tokens.clone().find(month);
                    let number = part.tokens.clone().find(|at| doc.tokens[*at].is_number());
                    if let (Some(month), Some(number)) = (month, number) {
                        *(if month < number { &mut month_first } else { &mut day_first }) += 1;
                    }
                }
                What::Slashed { first: 13.., .. } => day_first += 1,
                What::Slashed { second: 13.., .. } => month_first += 1,
                _ => {}
            }
        }
        let month_first = (month_first != day_first).then_some(month_first > day_first);
        let history = if near == 0 { behind > 0 } else { behind >= 3 && behind > 2 * near };
        Habits { history, month_first }
    }

    /// Whether an expression that looks like an offset into the future is a duration: "The first visit in ten years",
    /// "could be built in 100 days".
    fn is_length(&self, doc: &Document<'_>, sentence: &Range<usize>, chain: &Chain) -> bool {
        let ahead = matches!(chain.parts[0].meaning.what, What::Offset { count: 1.., from: From::Publication, .. });
        let end = chain.tokens().start;
        let has = |reach: usize, class| {
            (end.saturating_sub(reach).max(sentence.start)..end).any(|at| self.is(doc, at, class))
        };
        let ranks = || {
            let first = end.saturating_sub(ORDINAL_REACH).max(sentence.start);
            (first..end).any(|at| self.rules.class_of(doc, at, Class::Ordinal).is_some_and(|n| n > 0))
        };
        ahead && (ranks() || has(2, Class::Accomplished) && has(ABLE_REACH, Class::Able))
    }

    /// Whether an expression begins direct speech, so that the verb of saying does not determine its tense: she said:
    /// "On the 2nd."
    fn opens_speech(&self, doc: &Document<'_>, sentence: &Range<usize>, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).filter(|at| *at > sentence.start);
        (1..=3)
            .filter_map(before)
            .any(|quote| self.is(doc, quote, Class::Quote) && self.is(doc, quote - 1, Class::Introduces))
    }

    /// The tense of an expression, from its clause and the neighbouring words, and whether it is certain.
    fn tense(&self, doc: &Document<'_>, tenses: &Tenses, sentence: &Range<usize>, chain: &Chain) -> (Tense, bool) {
        let tokens = &chain.tokens();
        if self.opens_speech(doc, sentence, tokens.start) {
            return (Tense::Unknown, false);
        }
        let tense = tenses.around(sentence, tokens);
        let firm = tenses.is_firm(sentence, tokens);
        let class_at = |at: Option<usize>, class| {
            at.filter(|at| sentence.contains(at)).and_then(|at| self.rules.class_of(doc, at, class))
        };
        let before = tokens.start.checked_sub(1);
        // "ahead of Friday", "as of Friday"
        let lean = match class_at(before, Class::Lean) {
            Some(0) => class_at(tokens.start.checked_sub(2), Class::Lean).or(Some(0)),
            lean => lean,
        };
        if class_at(Some(tokens.end), Class::Possessive).is_some() {
            let ahead = lean.is_some_and(|lean| lean > 0);
            let over = class_at(Some(tokens.end + 1), Class::Over).is_some();
            return match tense {
                // "a revision to December's figures"
                Tense::Past if over && lean == Some(1) => (Tense::Past, false),
                _ if ahead => (Tense::Future, true),
                Tense::Future if !over => (Tense::Future, firm),
                _ => (Tense::Past, false),
            };
        }
        // "a 14 January deadline": the tense of the clause does not apply to the day.
        let attribute = class_at(before, Class::Determiner).is_some()
            && doc.tokens[..sentence.end].get(tokens.end).is_some_and(Token::is_word)
            && class_at(Some(tokens.end), Class::Prep).is_none();
        // "the Oct. 23 sniper shooting"
        let lower = |at: &usize| sentence.contains(at) && doc.tokens[*at].shape == Shape::Lower;
        let mut noun_phrase = (tokens.end..tokens.end + NOUN_PHRASE).take_while(lower);
        if attribute && noun_phrase.any(|at| self.is(doc, at, Class::Over)) {
            return (Tense::Past, false);
        }
        match chain.parts[0].meaning.what {
            What::Yearly { name: Yearly::Day { .. }, .. } if attribute => return (Tense::Unknown, false),
            What::Yearly { .. } if attribute && tense != Tense::Past => return (Tense::Unknown, false),
            _ => {}
        }
        match lean {
            Some(lean) if lean < -1 => (Tense::Past, true),
            Some(lean) if lean > 1 => (Tense::Future, true),
            Some(1) if tense == Tense::Past && self.rules.is_prolonged(doc, tokens.start) => (Tense::Future, false),
            Some(_) => (tense, false),
            _ => (tense, firm),
        }
    }
}

fn timex(part: &Part, resolved: Resolved, tense: Tense, rule: &'static str) -> Timex {
    let Resolved { timex_type, value, period, clock, anchor, uncertain, counts } = resolved;
    let Meaning { what, time, approximate } = &part.meaning;
    Timex {
        tokens: part.tokens.clone(),
        timex_type,
        value,
        period,
        clock,
        span: None,
        tense,
        approximate: *approximate,
        uncertain,
        anchor,
        form: Form::of(what, *time),
        anchoring: Anchoring::of(what),
        unit: what.unit(),
        rule,
        counts,
    }
}
