//! How triggers are used: whether the words stand in a sentence as a form does, with what they usually have beside them.

use super::arguments;
use super::phrases::is_head_of;
use super::sentence::Sentence;
use super::triggers::{Argument, Form, Found, Match, Trigger};
use crate::event::Kind;
use crate::extract::lexicon::Class;
use crate::extract::text::Shape;
use enumset::enum_set;
use std::ops::Range;

/// How far after a verb of signing the text that is signed may stand, in tokens.
const SIGNED_REACH: usize = 7;
/// "will address the meeting": who does speaks at an event, which is not one of its own.
fn is_spoken_at_an_event(sentence: &Sentence<'_, '_>, found: &Found) -> bool {
    let object = sentence.ahead(found.tokens.end, 3).any(|at| sentence.event_noun_at(at));
    found.kind == Kind::Address && found.is_verb() && sentence.is(found.tokens.end, Class::Definite) && object
}

/// How far after a verb the noun of the event may stand that it leads to, in tokens: "will send an envoy to Oslo for talks".
const PURPOSE_REACH: usize = 9;

/// The kind of an event that a verb names, which may be that of a noun: "will gather for a summit", "will attend the
/// funeral", "an exercise in which they take part".
pub(super) fn kind(sentence: &Sentence<'_, '_>, found: &Found) -> Kind {
    let leads = found.kind == Kind::Meeting || found.argument == Some(Argument::Envoy);
    if found.is_noun() || !leads {
        return found.kind;
    }
    let clauses = sentence.clauses();
    let clause = clauses.of(found.tokens.start);
    let attends = found.argument == Some(Argument::Council);
    let purpose = |noun: &&Found| {
        let for_it =
            sentence.back(noun.tokens.start, 5).any(|at| at >= found.tokens.end && sentence.is(at, Class::For));
        let after = noun.tokens.start >= found.tokens.end && noun.tokens.start < found.tokens.end + PURPOSE_REACH;
        let object = (found.tokens.end..noun.tokens.start).all(|at| {
            !sentence.is_any(at, enum_set!(Class::SettingPreposition | Class::PlacePreposition | Class::With))
        });
        noun.is_noun()
            && after
            && clauses.of(noun.tokens.start) == clause
            && (for_it || object && (attends || sentence.is(found.tokens.start, Class::Hosting)))
    };
    let head = || {
        let pronoun = clauses.clauses[clause].relative.filter(|_| attends)?;
        sentence.triggers().iter().rfind(|noun| noun.is_noun() && is_head_of(sentence, &noun.tokens, pronoun))
    };
    sentence.triggers().iter().find(purpose).or_else(head).map_or(found.kind, |noun| noun.kind)
}

/// The triggers of a sentence as they are used in it.
pub(super) fn used(sentence: &Sentence<'_, '_>) -> Vec<Found> {
    let rows = &sentence.language.triggers.rows;
    let mut found: Vec<Found> = Vec::new();
    for Match { tokens, uses } in &sentence.matches {
        let fits = |form: Form, trigger: &Trigger| {
            // "until" may be of the date.
            let dated = sentence.in_date(tokens.start) && trigger.argument != Some(Argument::Limit);
            !dated && is_used(sentence, tokens, form)
        };
        let mut fitting = uses.iter().filter(|(form, row)| fits(*form, &rows[*row])).map(|(form, row)| {
            let Trigger { name, kind, argument, weight } = rows[*row];
            let complete = argument.is_none_or(|argument| arguments::has(sentence, tokens, argument, kind));
            Found { tokens: tokens.clone(), form: *form, name, kind, argument, weight, complete }
        });
        let first = fitting.next();
        let Some(first) = first else { continue };
        let complete = if first.complete { None } else { fitting.find(|other| other.complete) };
        found.extend([complete.unwrap_or(first)].into_iter().filter(|found| found.complete || !found.is_limit()));
    }
    // "agreed to hold talks by 5 May" names talks, and no deadline.
    let clauses = sentence.clauses();
    let clause = |found: &Found| clauses.of(found.tokens.start);
    let named: Vec<usize> = found.iter().filter(|found| !found.is_limit() && found.complete).map(clause).collect();
    found.retain(|found| !found.is_limit() || !named.contains(&clause(found)));
    // "The visit, which ends on 5 May": the verb says something of the event that a noun names.
    let nouns: Vec<Range<usize>> =
        found.iter().filter(|found| found.is_noun()).map(|found| found.tokens.clone()).collect();
    let said_of = |verb: &Found| {
        let own = clause(verb);
        let pronoun = clauses.clauses[own].relative;
        nouns.iter().any(|noun| {
            let subject = noun.end <= verb.tokens.start && clauses.of(noun.start) == own;
            subject || pronoun.is_some_and(|pronoun| is_head_of(sentence, noun, pronoun))
        })
    };
    // "will ratify the convention": what is signed is no event of its own.
    let signs: Vec<usize> =
        found.iter().filter(|f| f.kind == Kind::Signing && f.is_verb()).map(|f| f.tokens.end).collect();
    let signed = |f: &Found| {
        f.kind == Kind::Conference
            && f.is_noun()
            && signs.iter().any(|end| (*end..end + SIGNED_REACH).contains(&f.tokens.start))
    };
    found.retain(|found| !signed(found) && !is_spoken_at_an_event(sentence, found));
    let begins_or_ends = |found: &Found| matches!(found.argument, Some(Argument::Term | Argument::Building));
    found.retain(|found| found.complete || !begins_or_ends(found) || !said_of(found));
    found
}

/// Whether words stand in the sentence as a form does: a noun, a finite verb, a participle.
fn is_used(sentence: &Sentence<'_, '_>, tokens: &Range<usize>, form: Form) -> bool {
    let text = sentence.article.text;
    let at = tokens.start;
    let follows = |class| sentence.follows(at, class);
    match form {
        Form::Noun | Form::Plural => {
            // "agreed to talks", but "agreed to talk"
            let infinitive = follows(Class::Modal) && form == Form::Noun;
            // "all-round" is no round.
            let hyphened = text.tokens[at].glued && follows(Class::Dash);
            let compound = hyphened && at >= 2 && sentence.is_lower(at - 2);
            // "We call on all"
            let other = enum_set!(Class::PartyPreposition | Class::Indefinite);
            let speaks = follows(Class::Subject) && sentence.before(at).is_some_and(|at| !sentence.is_any(at, other));
            !(infinitive || compound || speaks)
        }
        Form::Present | Form::Gerund => {
            !(follows(Class::Definite) || follows(Class::Indefinite) || is_of_name(sentence, tokens))
        }
        // "will be received", "was to have met"
        Form::Participle => {
            let be = sentence.back(at, 3).any(|at| sentence.is(at, Class::Be));
            be || is_perfect_infinitive(sentence, at)
        }
        Form::Past => sentence.article.tenses.is_past(at),
    }
}

/// "was to have met"
pub(super) fn is_perfect_infinitive(sentence: &Sentence<'_, '_>, participle: usize) -> bool {
    let have = sentence.before(participle).filter(|at| sentence.is(*at, Class::Have));
    have.is_some_and(|have| sentence.follows(have, Class::To))
}

/// "Long Distance and Telephone Company": a capitalised word within a sentence; in a headline, after "to" or "will".
fn is_of_name(sentence: &Sentence<'_, '_>, tokens: &Range<usize>) -> bool {
    let word = |at: usize| sentence.is_word(at) && !sentence.in_date(at);
    let first = !(sentence.tokens.start..tokens.start).any(word);
    let opens = sentence.before(tokens.start).is_some_and(|at| !word(at) || sentence.is(at, Class::Modal));
    sentence.article.text.tokens[tokens.start].shape == Shape::Title && !first && !opens
}
