//! The use of triggers: whether words are used in one of their forms as triggers, with their usual argument.

use super::arguments;
use super::metonymy;
use super::sentence::Sentence;
use super::triggers::{Argument, Form, Found, Match, Trigger};
use crate::event::Kind;
use crate::extract::lexicon::Class;
use std::ops::Range;

/// How far before a verb its subject may be, in tokens.
const SUBJECT_REACH: usize = 8;
/// How far from "leaders" the name of their body may be, in tokens.
const BODY_REACH: usize = 3;

/// Returns the triggers of a sentence as they are used in it. If several rows have the form, the first whose argument
/// is present applies, or the first that does not require one.
pub(super) fn used(sentence: &Sentence<'_, '_>) -> Vec<Found> {
    let used = |Match { tokens, uses }: &Match| {
        let fits = |form: Form| !sentence.in_date(tokens.start) && is_used(sentence, tokens, form);
        let fitting = uses.iter().filter(|(form, _)| fits(*form)).map(|(form, row)| {
            let Trigger { name, kind, argument, weight } = sentence.pack.triggers.rows[*row];
            let complete = argument.is_none_or(|argument| arguments::has(sentence, tokens, argument));
            Found { tokens: tokens.clone(), form: *form, name, kind, argument, weight, complete }
        });
        let needed = |found: &Found| matches!(found.argument, Some(Argument::Word(_)));
        let fitting: Vec<Found> = fitting.filter(|found| found.complete || !needed(found)).collect();
        fitting.iter().find(|found| found.complete).or(fitting.first()).cloned()
    };
    let mut all: Vec<Found> = sentence.matches.iter().filter_map(used).collect();
    let apart = |meeting: &Found| all.iter().all(|found| !meeting.tokens.contains(&found.tokens.start));
    let meetings: Vec<Found> = metonymy::meetings(sentence).into_iter().filter(apart).collect();
    all.extend(meetings);
    all.sort_by_key(|found| found.tokens.start);
    all
}

/// Whether words are used in a form: as a noun, a finite verb or a participle.
fn is_used(sentence: &Sentence<'_, '_>, tokens: &Range<usize>, form: Form) -> bool {
    let at = tokens.start;
    let follows = |class| sentence.follows(at, class);
    match form {
        // "agreed to talks", but not "agreed to talk".
        Form::Noun => !follows(Class::Modal),
        Form::Plural => true,
        // "heads of government" is not a verb.
        Form::Present if tokens.len() == 1 && sentence.is(tokens.end, Class::Of) => false,
        Form::Present | Form::Gerund => !follows(Class::Definite) && !follows(Class::Indefinite),
        // "will be received", "was to have met".
        Form::Participle => {
            let be = sentence.back(at, 3).any(|at| sentence.is(at, Class::Be));
            let have = sentence.before(at).filter(|at| sentence.is(*at, Class::Have));
            be || have.is_some_and(|have| sentence.follows(have, Class::To))
        }
        Form::Past => sentence.article.tenses.is_past(at),
    }
}

/// Returns the kind of an event: that of its trigger, but a summit if the leaders of a body meet.
pub(super) fn kind(sentence: &Sentence<'_, '_>, found: &Found) -> Kind {
    let summit = found.kind == Kind::Meeting && (is_of_leaders(sentence, found) || hosts_body(sentence, found));
    if summit { Kind::Summit } else { found.kind }
}

/// Whether the participants are the leaders of a body that is named beside them, as in "NATO leaders will meet" or "the
/// meeting of ASEAN heads of government".
fn is_of_leaders(sentence: &Sentence<'_, '_>, found: &Found) -> bool {
    let body = |at: usize| {
        let beside = at.saturating_sub(BODY_REACH)..at + 1 + BODY_REACH;
        let near = |tokens: &Range<usize>| tokens.start < beside.end && beside.start < tokens.end;
        sentence.entities.iter().any(|e| near(&e.tokens) && sentence.is_body(e))
    };
    let near = sentence.back(found.tokens.start, SUBJECT_REACH).start..found.tokens.end + BODY_REACH;
    let mut leaders = near.filter(|at| sentence.is(*at, Class::Leaders));
    leaders.any(|at| sentence.in_same_clause(at, found.tokens.start) && body(at))
}

/// Whether a body itself is the object, as in "hosts the G20", which denotes its summit.
fn hosts_body(sentence: &Sentence<'_, '_>, found: &Found) -> bool {
    let name = sentence.name_of_phrase(found.tokens.end);
    sentence.is(found.tokens.start, Class::Hosting) && name.is_some_and(|name| sentence.is_body(name))
}
