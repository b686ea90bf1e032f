//! The proper name of an event: capitalised words around the noun that names it ("the Strategic Security Dialogue"), the
//! organisation or the body before it ("the NATO summit"), or what somebody attends ("will attend the Ocean Forum").

use super::cues::Cue;
use super::event_mention::{Cluster, EventMention};
use super::phrases;
use super::sentence::Sentence;
use super::triggers::Found;
use crate::event::Kind;
use crate::extract::entities::Entity;
use crate::extract::lexicon::Class;
use enumset::{EnumSet, enum_set};
use std::ops::Range;

/// How many tokens a name may have.
const LONGEST: usize = 24;

/// Words that are no part of a name, though a sentence or a heading may write them with a capital.
const OUTSIDE: EnumSet<Class> = enum_set!(
    Class::Definite
        | Class::Indefinite
        | Class::With
        | Class::From
        | Class::By
        | Class::In
        | Class::As
        | Class::That
        | Class::Conjunction
        | Class::Disjunction
        | Class::Relative
        | Class::Where
        | Class::Subordinator
        | Class::Conditional
        | Class::Question
        | Class::Subject
        | Class::Pronoun
        | Class::Speaker
        | Class::PlacePreposition
        | Class::TopicPreposition
        | Class::SettingPreposition
        | Class::Finite
        | Class::Modal
        | Class::Be
        | Class::Have
        | Class::Report
        | Class::Attending
        | Class::Hosting
);

/// The name that an article gives to an event: the longest, so that "the NATO summit" is one with "the 2030 NATO Summit".
pub(super) fn name(sentences: &[Sentence<'_, '_>], group: &Cluster) -> Option<String> {
    let dated = group.mentions.iter().any(|told| told.candidate.date.is_some());
    let counts = |told: &&EventMention| !dated || told.candidate.date.is_some() || told.candidate.found.is_noun();
    let named = group.mentions.iter().filter(counts).filter_map(|told| named(sentences, told));
    let (sentence, tokens) = named.min_by_key(|(_, tokens)| std::cmp::Reverse(tokens.len()))?;
    let name = written(sentence, &tokens);
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect())
}

/// The words of the text, in one line.
pub(super) fn written(sentence: &Sentence<'_, '_>, tokens: &Range<usize>) -> String {
    let text = sentence.article.text;
    let words: Vec<&str> = text.text[text.bytes(tokens)].split_whitespace().collect();
    words.join(" ")
}

/// The words that name the event of a mention.
fn named<'s, 'a, 't>(
    sentences: &'s [Sentence<'a, 't>],
    told: &'s EventMention,
) -> Option<(&'s Sentence<'a, 't>, Range<usize>)> {
    let (sentence, found) = told.candidate.named(sentences);
    let vote = found.kind == Kind::Vote;
    let tokens = match found.is_noun() {
        true if found.kind == Kind::Visit => {
            around(sentence, &found.tokens, false).or_else(|| attended(sentence, &found.tokens))
        }
        true => around(sentence, &found.tokens, vote).or_else(|| repeated(sentence, found)),
        false => attended(sentence, &found.tokens),
    };
    Some((sentence, tokens.filter(|tokens| tokens.len() <= LONGEST)?))
}

/// "a forum on Monday, the Ocean Forum": the name that the sentence gives to the same noun elsewhere.
fn repeated(sentence: &Sentence<'_, '_>, found: &Found) -> Option<Range<usize>> {
    let same = sentence.triggers.iter().filter(|other| other.name == found.name && other.tokens != found.tokens);
    let mut same = same.filter(|other| sentence.is_capitalised(other.tokens.start));
    same.find_map(|other| around(sentence, &other.tokens, false))
}

/// The event that a clause with a verb names: what somebody attends or hosts, or what opens.
fn attended(sentence: &Sentence<'_, '_>, verb: &Range<usize>) -> Option<Range<usize>> {
    let own = |at: usize| sentence.in_same_clause(verb.start, at);
    // "pay a State Visit", "hold a session of the Lake Committee"
    let object = (verb.len() > 1).then(|| around(sentence, &(verb.end - 1..verb.end), false)).flatten();
    if object.is_some() {
        return object;
    }
    let nouns = || sentence.matches.iter().filter(|found| found.is_noun()).map(|found| &found.tokens);
    let after = nouns().filter(|noun| noun.start >= verb.end && own(noun.start));
    let before = nouns().rfind(|noun| noun.end <= verb.start && own(noun.start));
    // "the Ocean Forum, which Fiji will host"
    let relative = sentence.clauses.all[sentence.clauses.of(verb.start)].relative;
    let named = relative.and_then(|pronoun| nouns().rfind(|noun| noun.end <= pronoun));
    let mut all = after.chain(before).chain(named);
    let event = all.find_map(|noun| around(sentence, noun, false));
    event.or_else(|| hosted(sentence, verb, relative)).or_else(|| body_before(sentence, relative.unwrap_or(verb.start)))
}

/// "the Task Force will convene": the body that sits.
fn body_before(sentence: &Sentence<'_, '_>, end: usize) -> Option<Range<usize>> {
    let own = |at: &usize| sentence.in_same_clause(end.saturating_sub(1), *at);
    (sentence.tokens.start..end).rev().take_while(own).find_map(|at| {
        let (cues, length) = sentence.cues(at);
        let start = start(sentence, at);
        let named = cues.contains(Cue::Standing) && sentence.is_capitalised(at) && start < at;
        named.then(|| start..self::end(sentence, at + length))
    })
}

/// "hosts the G20 in 2030": an organisation stands for the meeting of its members.
fn hosted(sentence: &Sentence<'_, '_>, verb: &Range<usize>, relative: Option<usize>) -> Option<Range<usize>> {
    let hosts = sentence.ahead(verb.start, 4).find(|at| sentence.is(*at, Class::Hosting))?;
    let before = relative.and_then(|pronoun| {
        let comma = pronoun.checked_sub(1).filter(|at| sentence.is_comma(*at));
        sentence.name_ending(comma.unwrap_or(pronoun))
    });
    let name = before.or_else(|| sentence.name_of_phrase(hosts + 1)).filter(|name| sentence.is_body(name))?;
    Some(name.tokens.clone())
}

/// The proper name around a noun, if it has one.
fn around(sentence: &Sentence<'_, '_>, noun: &Range<usize>, vote: bool) -> Option<Range<usize>> {
    let capitalised = noun.clone().all(|at| !sentence.is_word(at) || sentence.is_capitalised(at));
    let start = start(sentence, noun.start);
    let cue = |at: usize| sentence.cues(at).0;
    if capitalised {
        // "the Trilateral Fishing Committee"
        let run = end_of_run(sentence, noun.end);
        let known = run > noun.end && !cue(run - 1).is_disjoint(Cue::Standing | Cue::Series);
        let end = end(sentence, if known { run } else { noun.end });
        let numbered = end > noun.end && sentence.article.text.tokens[noun.end].is_number();
        let words = (start..end).filter(|at| sentence.is_capitalised(*at)).count();
        return (words > 1 || numbered).then_some(start..end);
    }
    if cue(noun.start).contains(Cue::Series) {
        // "the NATO summit", "the Munich security conference", but not "the Geneva conference"
        let named = start..noun.end;
        let words = (start..noun.start).filter(|at| sentence.is_capitalised(*at)).count();
        // "the Fiji–Samoa dialogue"
        let joined = cue(noun.start).contains(Cue::Standing) && (start..noun.start).any(|at| !sentence.is_word(at));
        let proper = words > 1 && (joined || !is_of_party(sentence, &(start..noun.start)));
        let body = phrases::body_of(sentence, noun).filter(|name| name.tokens.start < noun.start);
        return body.map(|name| name.tokens.start..noun.end).or(proper.then_some(named));
    }
    if vote {
        return (start < noun.start).then_some(start..noun.end);
    }
    // "a session of the Joint Economic Committee"
    if sentence.is(noun.end, Class::Of) {
        let first = noun.end + 1 + usize::from(sentence.is(noun.end + 1, Class::Definite));
        let mut last = end_of_run(sentence, first);
        // "of the Fiji–Samoa dialogue"
        if last > first && cue(last).contains(Cue::Series) {
            last += 1;
        }
        let sits = last > first + 1 && cue(last - 1).contains(Cue::Standing);
        return sits.then(|| noun.start..end(sentence, last));
    }
    // "the Joint Economic Committee meeting", "the Gulf Council leaders' meeting"
    let sits = start + 1 < noun.start && (start..noun.start).any(|at| cue(at).contains(Cue::Standing));
    let leaders = leaders_before(sentence, noun.start);
    let first = self::start(sentence, leaders);
    let body =
        || sentence.entities.iter().any(|name| sentence.is_body(name) && (first..leaders).contains(&name.tokens.start));
    let led = (leaders < noun.start || cue(noun.start).contains(Cue::Ministers)) && first < leaders && body();
    (sits || led).then_some(first.min(start)..noun.end)
}

/// The first token of the words for leaders or ministers before a noun: "leaders' meeting".
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

/// Whether words are the name of a party or a place that is no organisation.
fn is_of_party(sentence: &Sentence<'_, '_>, words: &Range<usize>) -> bool {
    let known = |name: &&Entity| name.tokens.contains(&words.start);
    sentence.entities.iter().find(known).is_some_and(|name| name.party.is_some() && !sentence.is_body(name))
}

/// Where the name begins that goes on at a token.
fn start(sentence: &Sentence<'_, '_>, from: usize) -> usize {
    let mut start = from;
    while let Some(before) = word_before(sentence, start) {
        start = before;
    }
    start
}

/// The first token of the word before a token that is of the same name.
fn word_before(sentence: &Sentence<'_, '_>, start: usize) -> Option<usize> {
    let tokens = &sentence.article.text.tokens;
    let at = sentence.before(start)?;
    if is_name_word(sentence, at) {
        return Some(at);
    }
    let before = sentence.before(at);
    let named = |at: usize| is_name_word(sentence, at).then_some(at);
    if tokens[at].is_number() {
        // "G20", "C5+1", and the year before a name
        let glued = before.filter(|_| tokens[at].glued);
        let prefix = glued.and_then(|before| named(before).or_else(|| named(before.checked_sub(1)?)));
        let year = tokens[at].number.is_some_and(|number| (1900..2100).contains(&number));
        return prefix.or(year.then_some(at).filter(|_| !in_longer_date(sentence, at)));
    }
    // "8th"
    if tokens[at].glued && before.is_some_and(|before| tokens[before].is_number()) {
        return before;
    }
    let before = before?;
    let joined = tokens[at].glued || sentence.is(at, Class::Dash);
    let mark = !tokens[at].is_word() && joined && !sentence.is_comma(at) && !is_bracket(sentence, at);
    let owned = sentence.is(at, Class::Possessive) || sentence.is_mark(at, '’') || sentence.is_mark(at, '\'');
    if owned {
        return named(before).filter(|_| !is_of_party(sentence, &(before..start)));
    }
    if mark && tokens[at].glued && tokens[start].glued {
        return named(before).or_else(|| word_before(sentence, at));
    }
    if sentence.is_mark(at, ')') {
        let open = sentence.back(at, 4).rfind(|at| sentence.is_mark(*at, '('))?;
        return named(open.checked_sub(1)?);
    }
    let joins = sentence.is_any(at, Class::Of | Class::For | Class::Conjunction) || sentence.is_mark(at, '&');
    let free =
        |at: usize| !sentence.is(at, Class::Conjunction) || !sentence.in_name(before) && !sentence.in_name(start);
    let noun = |at: usize| sentence.event_noun_at(at);
    (joins && free(at))
        .then(|| named(before))
        .flatten()
        .filter(|before| !noun(*before) && !is_of_party(sentence, &(*before..start)))
}

/// Where the name ends that begins before a token: after its acronym in brackets, its year and what it is of or for.
fn end(sentence: &Sentence<'_, '_>, from: usize) -> usize {
    let tokens = &sentence.article.text.tokens;
    let mut end = from;
    loop {
        let acronym = sentence.is_mark(end, '(') && sentence.is_capitalised(end + 1);
        let close = sentence.ahead(end, 5).find(|at| sentence.is_mark(*at, ')')).filter(|_| acronym);
        let numbered = sentence.tokens.contains(&end) && tokens[end].is_number() && tokens[end].glued;
        let year = sentence.tokens.contains(&end) && tokens[end].number.is_some_and(|n| (1900..2100).contains(&n));
        end = if let Some(close) = close {
            close + 1
        } else if numbered || year && !in_longer_date(sentence, end) {
            end + 1
        } else if let Some(last) = complement(sentence, end) {
            last
        } else {
            return end;
        };
    }
}

/// The end of "of the Americas", "for Media Freedom", "to the Convention": a capitalised complement of a name.
fn complement(sentence: &Sentence<'_, '_>, at: usize) -> Option<usize> {
    let topic = sentence.is(at, Class::About) && !sentence.in_date(at + 1);
    let joins = topic || sentence.is_any(at, Class::Of | Class::For | Class::To);
    let first = at + 1 + usize::from(sentence.is(at + 1, Class::Definite));
    let party = |name: &Entity| {
        name.person.is_some() || sentence.is(at, Class::Of) && name.party.is_some() && !sentence.is_body(name)
    };
    let foreign = sentence.name_starting(first).is_some_and(party)
        || sentence.is_any(first, OUTSIDE)
        || sentence.office_at(first);
    let place = sentence.is(at, Class::To) && sentence.name_starting(first).is_some_and(|name| name.place.is_some());
    let last = end_of_run(sentence, first);
    (joins && !foreign && !place && last > first).then_some(last)
}

/// The end of the capitalised words that begin at a token.
fn end_of_run(sentence: &Sentence<'_, '_>, first: usize) -> usize {
    let tokens = &sentence.article.text.tokens;
    let mut end = first;
    loop {
        if is_name_word(sentence, end) && !sentence.in_date(end) {
            end += 1;
            continue;
        }
        let inside = end > first && is_name_word(sentence, end + 1) && !sentence.in_date(end + 1);
        let glued =
            sentence.tokens.contains(&end) && tokens[end].glued && !tokens[end].is_word() && !sentence.is_comma(end);
        let joint = sentence.is_any(end, Class::Conjunction | Class::Of) || glued;
        if !(inside && joint) {
            return end;
        }
        end += 2;
    }
}

/// Whether a token is a capitalised word that may be of a name.
fn is_name_word(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let acronym = sentence.tokens.contains(&at) && sentence.article.text.tokens[at].len() > 1 && is_upper(sentence, at);
    let person = || sentence.entities.iter().any(|name| name.person.is_some() && name.tokens.contains(&at));
    sentence.is_capitalised(at) && !sentence.in_date(at) && (acronym || !sentence.is_any(at, OUTSIDE)) && !person()
}

fn is_upper(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    sentence.article.text.tokens[at].shape == crate::extract::text::Shape::Upper
}

fn is_bracket(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    ['(', ')', '"', '“', '”'].iter().any(|mark| sentence.is_mark(at, *mark))
}

/// Whether a year is of a date with a month or a day.
fn in_longer_date(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    sentence.timexes().iter().any(|timex| timex.tokens.contains(&at) && timex.tokens.len() > 1)
}
