//! The proper name of an event: capitalised words around its noun ("the Strategic Security Dialogue"), the organisation
//! or body before the noun ("the NATO summit"), or the event that participants attend ("will attend the Ocean Forum").

use super::cues::Cue;
use super::event_mention::{Cluster, EventMention};
use super::phrases;
use super::proper_name::{self, end, end_of_run, is_of_party, start};
use super::sentence::Sentence;
use super::triggers::Found;
use crate::event::Kind;
use crate::extract::lexicon::Class;
use std::ops::Range;

/// The longest name, in tokens.
const LONGEST: usize = 24;

/// Returns the longest name that an article gives to an event, so that "the NATO summit" and "the 2030 NATO Summit" are
/// one.
pub(super) fn name(sentences: &[Sentence<'_, '_>], cluster: &Cluster) -> Option<String> {
    let dated = cluster.mentions.iter().any(|mention| mention.candidate.date.is_some());
    let counts =
        |mention: &&EventMention| !dated || mention.candidate.date.is_some() || mention.candidate.found.is_noun();
    let named = cluster.mentions.iter().filter(counts).filter_map(|mention| naming_tokens(sentences, mention));
    let (sentence, tokens) = named.min_by_key(|(_, tokens)| std::cmp::Reverse(tokens.len()))?;
    let name = single_line(sentence, &tokens);
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect())
}

/// Returns the text of some tokens on one line.
pub(super) fn single_line(sentence: &Sentence<'_, '_>, tokens: &Range<usize>) -> String {
    let text = sentence.article.text;
    let words: Vec<&str> = text.text[text.bytes(tokens)].split_whitespace().collect();
    words.join(" ")
}

/// Returns the sentence and the tokens that name the event of a mention.
fn naming_tokens<'s, 'a, 't>(
    sentences: &'s [Sentence<'a, 't>],
    mention: &'s EventMention,
) -> Option<(&'s Sentence<'a, 't>, Range<usize>)> {
    let (sentence, found) = mention.candidate.named(sentences);
    let vote = found.kind == Kind::Vote;
    let tokens = if found.is_noun() {
        name_around(sentence, &found.tokens, vote).or_else(|| repeated_name(sentence, found))
    } else {
        name_in_clause(sentence, &found.tokens)
    };
    Some((sentence, tokens.filter(|tokens| tokens.len() <= LONGEST)?))
}

/// Whether a noun has a proper name of its own.
pub(super) fn has_name(sentence: &Sentence<'_, '_>, noun: &Found) -> bool {
    noun.is_noun() && name_around(sentence, &noun.tokens, false).is_some()
}

/// Returns the name that the sentence gives to the same noun elsewhere, as in "a forum on Monday, the Ocean Forum".
fn repeated_name(sentence: &Sentence<'_, '_>, found: &Found) -> Option<Range<usize>> {
    let same = sentence.triggers.iter().filter(|other| other.name == found.name && other.tokens != found.tokens);
    let mut same = same.filter(|other| sentence.is_capitalised(other.tokens.start));
    same.find_map(|other| name_around(sentence, &other.tokens, false))
}

/// Returns the name of the event in the clause of a verb: what participants attend or host, or what opens.
fn name_in_clause(sentence: &Sentence<'_, '_>, verb: &Range<usize>) -> Option<Range<usize>> {
    let own = |at: usize| sentence.in_same_clause(verb.start, at);
    // The object of a phrasal trigger, as in "pay a State Visit" or "hold a session of the Lake Committee".
    let object = (verb.len() > 1).then(|| name_around(sentence, &(verb.end - 1..verb.end), false)).flatten();
    if object.is_some() {
        return object;
    }
    let nouns = || sentence.matches.iter().filter(|found| found.is_noun()).map(|found| &found.tokens);
    let mut after = nouns().filter(|noun| noun.start >= verb.end && own(noun.start));
    // The antecedent of a relative clause, as in "the Ocean Forum, which Fiji will host".
    let relative = sentence.clauses.all[sentence.clauses.of(verb.start)].relative;
    let named = relative.and_then(|pronoun| nouns().rfind(|noun| noun.end <= pronoun));
    let event = |noun: &Range<usize>| name_around(sentence, noun, false);
    // An organisation as subject is a participant and not an event, as in "the Pacific Islands Forum will discuss".
    let sits = |name: &Range<usize>| sentence.entities.iter().any(|e| e.tokens == *name);
    let body = || body_before(sentence, relative.unwrap_or(verb.start)).filter(|name| !sits(name));
    after
        .find_map(event)
        .or_else(|| named.and_then(event))
        .or_else(|| hosted_body(sentence, verb, relative))
        .or_else(body)
}

/// Returns the name of the body that meets, as in "the Task Force will convene".
fn body_before(sentence: &Sentence<'_, '_>, end: usize) -> Option<Range<usize>> {
    let own = |at: &usize| sentence.in_same_clause(end.saturating_sub(1), *at);
    (sentence.tokens.start..end).rev().take_while(own).find_map(|at| {
        let (cues, length) = sentence.cues(at);
        let start = start(sentence, at);
        let named = cues.contains(Cue::Standing) && sentence.is_capitalised(at) && start < at;
        named.then(|| start..proper_name::end(sentence, at + length))
    })
}

/// Returns the name of an organisation that stands for its meeting, as in "hosts the G20 in 2030".
fn hosted_body(sentence: &Sentence<'_, '_>, verb: &Range<usize>, relative: Option<usize>) -> Option<Range<usize>> {
    let hosts = sentence.ahead(verb.start, 4).find(|at| sentence.is(*at, Class::Hosting))?;
    let before = relative.and_then(|pronoun| {
        let comma = pronoun.checked_sub(1).filter(|at| sentence.is_comma(*at));
        sentence.name_ending(comma.unwrap_or(pronoun))
    });
    let name = before.or_else(|| sentence.name_of_phrase(hosts + 1)).filter(|name| sentence.is_body(name))?;
    Some(name.tokens.clone())
}

/// Returns the proper name that contains a noun.
fn name_around(sentence: &Sentence<'_, '_>, noun: &Range<usize>, vote: bool) -> Option<Range<usize>> {
    let capitalised = noun.clone().all(|at| !sentence.is_word(at) || sentence.is_capitalised(at));
    let start = start(sentence, noun.start);
    let cue = |at: usize| sentence.cues(at).0;
    if capitalised {
        // The name continues after the noun, as in "the Trilateral Fishing Committee".
        let run = end_of_run(sentence, noun.end);
        let known = run > noun.end && !cue(run - 1).is_disjoint(Cue::Standing | Cue::Series);
        let end = end(sentence, if known { run } else { noun.end });
        let numbered = end > noun.end && sentence.article.text.tokens[noun.end].is_number();
        let words = (start..end).filter(|at| sentence.is_capitalised(*at)).count();
        return (words > 1 || numbered).then_some(start..end);
    }
    if cue(noun.start).contains(Cue::Series) {
        // A noun of a series needs an organisation or several capitalised words before it, as in "the NATO summit" or
        // "the Munich security conference", but not "the Geneva conference".
        let named = start..noun.end;
        let words = (start..noun.start).filter(|at| sentence.is_capitalised(*at)).count();
        let proper = words > 1 && !is_of_party(sentence, &(start..noun.start));
        let body = phrases::body_of(sentence, noun).filter(|name| name.tokens.start < noun.start);
        return body.map(|name| name.tokens.start..noun.end).or(proper.then_some(named));
    }
    if vote {
        return (start < noun.start).then_some(start..noun.end);
    }
    // The body follows "of", as in "a session of the Joint Economic Committee".
    if sentence.is(noun.end, Class::Of) {
        let first = noun.end + 1 + usize::from(sentence.is(noun.end + 1, Class::Definite));
        let last = end_of_run(sentence, first);
        let sits = last > first + 1 && cue(last - 1).contains(Cue::Standing);
        return sits.then(|| noun.start..end(sentence, last));
    }
    // The body precedes the noun, as in "the Joint Economic Committee meeting" or "the Gulf Council leaders' meeting".
    let sits = start + 1 < noun.start && (start..noun.start).any(|at| cue(at).contains(Cue::Standing));
    let leaders = leaders_before(sentence, noun.start);
    let first = proper_name::start(sentence, leaders);
    let body =
        || sentence.entities.iter().any(|name| sentence.is_body(name) && (first..leaders).contains(&name.tokens.start));
    let led = (leaders < noun.start || cue(noun.start).contains(Cue::Ministers)) && first < leaders && body();
    (sits || led).then_some(first.min(start)..noun.end)
}

/// Returns the first token of the words for leaders or ministers before a noun, as in "leaders' meeting", or the noun
/// itself.
fn leaders_before(sentence: &Sentence<'_, '_>, noun: usize) -> usize {
    let owned =
        |at: usize| ['\'', '’'].iter().any(|mark| sentence.is_mark(at, *mark)) || sentence.is(at, Class::Possessive);
    let official = |at: usize| sentence.is(at, Class::Leaders) || sentence.cues(at).0.contains(Cue::Ministers);
    let near = sentence.back(noun, 4);
    let first = near
        .clone()
        .find(|at| official(*at) && (*at..noun).skip(1).all(|at| official(at) || owned(at) || sentence.is_lower(at)));
    first.unwrap_or(noun)
}
