//! Chains of expressions: the ends of a span ("12–13 January", "from Monday to Friday") and the items of a list ("3,
//! 10 and 17 May"). The days of a chain are in order, so that each expression completes the others.

use super::calendar::Period;
use super::context::Anchor;
use super::meaning::{OfYear, What, WhichWeekday, Yearly};
use super::resolve::{Resolved, resolve};
use super::rules::{Link, Match, Part, Rules};
use super::timex::{Span, Timex};
use crate::event::Precision;
use crate::extract::tense::Tense;
use crate::extract::text::Document;
use std::ops::Range;

/// Expressions in text order, each linked to the previous one.
#[derive(Debug)]
pub(super) struct Chain {
    pub parts: Vec<Part>,
    pub rule: &'static str,
}

impl Chain {
    /// The tokens from the first expression to the last.
    pub fn tokens(&self) -> Range<usize> {
        let ends = |part: &Part| part.tokens.clone();
        self.parts.first().map_or(0, |first| ends(first).start)..self.parts.last().map_or(0, |last| ends(last).end)
    }
}

/// Groups the matches of a sentence into chains: neighbours linked by a single word or dash belong together.
pub(super) fn join(rules: &Rules, doc: &Document<'_>, matches: Vec<Match>) -> Vec<Chain> {
    let mut chains: Vec<Chain> = Vec::new();
    for Match { mut parts, rule, tokens } in matches {
        let Some(first) = parts.first_mut() else { continue };
        let before = chains.last_mut().filter(|chain| {
            let last = chain.parts.last().and_then(|last| grain(&last.meaning.what));
            last.is_some() && last == grain(&first.meaning.what)
        });
        let linked = before.and_then(|chain| {
            let link = rules.link_between(doc, &chain.tokens(), &tokens)?;
            let last = &chain.parts.last()?.meaning.what;
            (link != Link::List || tell_each_other(last, &first.meaning.what)).then_some((link, chain))
        });
        match linked {
            Some((link, chain)) => {
                first.link = Some(link);
                chain.parts.append(&mut parts);
            }
            None => chains.push(Chain { parts, rule }),
        }
    }
    chains
}

/// The precision of an expression that can be one end of a span; both ends have the same.
fn grain(what: &What) -> Option<Precision> {
    Some(match what {
        What::Yearly { name, .. } => match name {
            Yearly::Day { .. }
            | Yearly::NthWeekday { .. }
            | Yearly::NthWeekend { .. }
            | Yearly::LastDay { .. }
            | Yearly::Feast(_) => Precision::Day,
            Yearly::Week(_) | Yearly::NthWeek { .. } => Precision::Week,
            Yearly::Month(_) | Yearly::HalfOfMonth { .. } | Yearly::Fortnight { .. } => Precision::Month,
            Yearly::Quarter(_) | Yearly::Half(_) => Precision::Quarter,
            Yearly::Season(_) => Precision::Season,
        },
        What::Weekday { .. } | What::DayOfMonth { .. } | What::Near { .. } | What::Slashed { .. } => Precision::Day,
        What::Fixed(period) => period.precision,
        _ => return None,
    })
}

/// Whether two neighbouring expressions belong together: one completes the other, or both are days ("in May and June
/// 2024"). The feasts and months of a list can be in any order.
fn tell_each_other(first: &What, second: &What) -> bool {
    let is_day = |what: &What| matches!(what, What::Weekday { .. } | What::Yearly { name: Yearly::Day { .. }, .. });
    is_open(first) != is_open(second) || is_day(first) && is_day(second)
}

/// Whether two consecutive weekdays of a list are in reverse order: "on Friday and Thursday".
fn goes_back(parts: &[Part]) -> bool {
    let weekday = |part: &Part| match part.meaning.what {
        What::Weekday { weekday, .. } => Some(weekday),
        _ => None,
    };
    parts.windows(2).any(|two| two[1].link == Some(Link::List) && weekday(&two[0]) > weekday(&two[1]))
}

/// Whether an expression is ambiguous between several days.
fn is_open(what: &What) -> bool {
    match what {
        What::Yearly { year, .. } => *year == OfYear::Bare,
        What::Weekday { which, .. } => *which == WhichWeekday::Bare,
        What::DayOfMonth { month, .. } => month.is_none(),
        _ => false,
    }
}

/// Resolves the expressions of a chain. It starts with an unambiguous expression if there is one, else with the last
/// if the chain is in the past, or the first if it is in the future. Each later ambiguous expression is the next
/// occurrence on or after its predecessor, each earlier one the last occurrence on or before its successor.
pub(super) fn resolve_chain(chain: &Chain, anchor: &Anchor<'_>) -> Vec<Option<Resolved>> {
    let parts = &chain.parts;
    if let [from, to] = &parts[..]
        && to.link == Some(Link::Move)
    {
        let old = Anchor { tense: Tense::Unknown, ..anchor.clone() };
        let new = Anchor { tense: Tense::Future, firm: false, ..anchor.clone() };
        return vec![resolve(&from.meaning, &old), resolve(&to.meaning, &new)];
    }
    if goes_back(parts) {
        return parts.iter().map(|part| resolve(&part.meaning, anchor)).collect();
    }
    let past = anchor.tense == Tense::Past;
    let told = parts.iter().position(|part| !is_open(&part.meaning.what));
    let pivot = told.unwrap_or(if past { parts.len() - 1 } else { 0 });
    let mut resolved: Vec<Option<Resolved>> = vec![None; parts.len()];
    resolved[pivot] = resolve(&parts[pivot].meaning, anchor);
    let days = |resolved: &Option<Resolved>| resolved.as_ref().and_then(|r| r.period);
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

/// The anchor of an expression next to one with these days.
fn beside<'a>(anchor: &Anchor<'a>, days: &Period, tense: Tense) -> Anchor<'a> {
    let published = if tense == Tense::Past { days.last } else { days.first };
    Anchor {
        published,
        tense,
        firm: true,
        prospective: false,
        passage: None,
        before_christ: None,
        in_sentence: &[],
        in_text: &[],
        ..anchor.clone()
    }
}

/// Marks the ends of spans: two expressions linked by a dash or a similar token, or two consecutive days.
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
