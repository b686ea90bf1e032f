//! Expressions that belong together: the ends of a span ("12–13 January", "from Monday to Friday") and the items of a
//! list ("3, 10 and 17 May"). Their days are in order, so what one leaves open the others tell.

use super::calendar::Period;
use super::context::Anchor;
use super::meaning::{OfYear, What, WhichWeekday};
use super::resolve::{Resolved, resolve};
use super::rules::{Link, Match, Part, Rules};
use super::{Span, Timex};
use crate::event::Precision;
use crate::extract::tense::Tense;
use crate::extract::text::Document;
use std::ops::Range;

/// Expressions in the order of the text, each linked to the one before.
#[derive(Debug)]
pub(super) struct Chain {
    pub parts: Vec<Part>,
    pub rule: &'static str,
}

impl Chain {
    /// The tokens from its first expression to its last.
    pub fn tokens(&self) -> Range<usize> {
        let ends = |part: &Part| part.tokens.clone();
        self.parts.first().map_or(0, |first| ends(first).start)..self.parts.last().map_or(0, |last| ends(last).end)
    }
}

/// The matches of a sentence, those joined that one word or dash links.
pub(super) fn join(rules: &Rules, doc: &Document<'_>, matches: Vec<Match>) -> Vec<Chain> {
    let mut chains: Vec<Chain> = Vec::new();
    for Match { mut parts, rule, tokens } in matches {
        let Some(first) = parts.first_mut().filter(|first| may_be_linked(&first.meaning.what)) else {
            chains.extend((!parts.is_empty()).then_some(Chain { parts, rule }));
            continue;
        };
        if let Some(chain) = chains.last_mut() {
            let before = chain.tokens();
            let linked = || rules.link_between(doc, &before, &tokens);
            let fits = chain.parts.last().is_some_and(|last| may_be_linked(&last.meaning.what));
            if let Some(link) = Some(()).filter(|()| fits).and_then(|()| linked()) {
                first.link = Some(link);
                chain.parts.append(&mut parts);
                continue;
            }
        }
        chains.push(Chain { parts, rule });
    }
    chains
}

/// Whether an expression may be one end of a span.
fn may_be_linked(what: &What) -> bool {
    matches!(
        what,
        What::Yearly { .. }
            | What::Fixed(_)
            | What::Weekday { .. }
            | What::DayOfMonth { .. }
            | What::Near { .. }
            | What::Slashed { .. }
    )
}

/// Whether an expression leaves open which of several days it is.
fn is_open(what: &What) -> bool {
    match what {
        What::Yearly { year, .. } => *year == OfYear::Bare,
        What::Weekday { which, .. } => *which == WhichWeekday::Bare,
        What::DayOfMonth { month, .. } => month.is_none(),
        _ => false,
    }
}

/// Resolves the expressions of a chain: first one that leaves nothing open, else the last of what is past and the first
/// of what is ahead; the others are the next on or after the one before them, or the last before the one behind them.
pub(super) fn resolve_chain(chain: &Chain, anchor: &Anchor<'_>) -> Vec<Option<Resolved>> {
    let parts = &chain.parts;
    if let [from, to] = &parts[..]
        && to.link == Some(Link::Move)
    {
        let old = Anchor { tense: Tense::Unknown, ..anchor.clone() };
        let new = Anchor { tense: Tense::Future, firm: false, ..anchor.clone() };
        return vec![resolve(&from.meaning, &old), resolve(&to.meaning, &new)];
    }
    let past = anchor.tense == Tense::Past;
    let told = parts.iter().position(|part| !is_open(&part.meaning.what));
    let pivot = told.unwrap_or(if past { parts.len() - 1 } else { 0 });
    let mut resolved: Vec<Option<Resolved>> = vec![None; parts.len()];
    resolved[pivot] = resolve(&parts[pivot].meaning, anchor);
    let days = |resolved: &Option<Resolved>| resolved.as_ref().and_then(|r| r.period.clone());
    for at in pivot + 1..parts.len() {
        resolved[at] = match days(&resolved[at - 1]).filter(|_| is_open(&parts[at].meaning.what)) {
            Some(before) => resolve(&parts[at].meaning, &beside(anchor, &before, Tense::Future)),
            None => resolve(&parts[at].meaning, anchor),
        };
    }
    for at in (0..pivot).rev() {
        resolved[at] = match days(&resolved[at + 1]).filter(|_| is_open(&parts[at].meaning.what)) {
            Some(after) => resolve(&parts[at].meaning, &beside(anchor, &after, Tense::Past)),
            None => resolve(&parts[at].meaning, anchor),
        };
    }
    resolved
}

/// The anchor of what stands beside an expression of these days.
fn beside<'a>(anchor: &Anchor<'a>, days: &Period, tense: Tense) -> Anchor<'a> {
    let published = if tense == Tense::Past { days.last } else { days.first };
    Anchor { published, tense, firm: true, passage: None, in_sentence: &[], in_text: &[], ..anchor.clone() }
}

/// Marks the ends of spans: two expressions that a dash or the like links, or two days side by side.
pub(super) fn mark_spans(parts: &[Part], timexes: &mut [Timex]) {
    for at in 1..timexes.len() {
        let (before, after) = (&timexes[at - 1], &timexes[at]);
        let (Some(first), Some(last), None) = (&before.period, &after.period, &before.span) else { continue };
        let side_by_side = || {
            let days = first.precision == Precision::Day && last.precision == Precision::Day;
            days && first.last.tomorrow().ok() == Some(last.first) && timexes.len() == 2
        };
        let spans = parts[at].link == Some(Link::Span) || parts[at].link == Some(Link::List) && side_by_side();
        let Some(whole) = Period::between(first, last).filter(|_| spans) else { continue };
        let tokens = before.tokens.start..after.tokens.end;
        timexes[at - 1].span = Some(Span::Opens(tokens, whole));
        timexes[at].span = Some(Span::Closes);
    }
}
