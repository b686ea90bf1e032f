//! Expressions that belong together: the ends of a span ("12–13 January", "from Monday to Friday") and the items of a
//! list ("3, 10 and 17 May"). Their days are in order, so what one leaves open the others tell.

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

/// How fine an expression is, where it may be one end of a span; both ends are alike.
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

/// Whether of two expressions side by side one tells what the other leaves open, or both are days: "in May and June 2024".
/// The feasts and months of a list may come in any order.
fn tell_each_other(first: &What, second: &What) -> bool {
    let is_day = |what: &What| matches!(what, What::Weekday { .. } | What::Yearly { name: Yearly::Day { .. }, .. });
    is_open(first) != is_open(second) || is_day(first) && is_day(second)
}

/// Whether a list of two names the later weekday first: "on Friday and Thursday" goes back.
fn goes_back(parts: &[Part]) -> bool {
    let weekday = |part: &Part| match part.meaning.what {
        What::Weekday { weekday, .. } => Some(weekday),
        _ => None,
    };
    parts.windows(2).any(|two| two[1].link == Some(Link::List) && weekday(&two[0]) > weekday(&two[1]))
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

/// The anchor of what stands beside an expression of these days.
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
