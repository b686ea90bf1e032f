//! The topic of an event: what follows a cue such as "on", "to discuss" or "aimed at" in the sentence that announces
//! the event, its purpose ("to strengthen ties"), or what the following sentences say will be discussed.

use super::cues::Cue;
use super::event_mention::{Cluster, EventMention};
use super::naming::single_line;
use super::phrases;
use super::sentence::Sentence;
use super::topic_phrase::{QUOTES, is_noun_here, phrase};
use super::triggers::Found;
use crate::event::Kind;
use crate::extract::entities::PlaceId;
use crate::extract::lexicon::Class;
use std::ops::Range;

/// How many sentences after an announcement may state the topic.
const SENTENCES: usize = 5;
/// How many sentences before an announcement the same trigger may state the topic.
const NEAR: usize = 2;
/// How many sentences before an announcement talks may state the topic of talks.
const EARLIER: usize = 12;
/// The longest subject of a sentence that states an aim, in tokens.
const SUBJECT: usize = 12;
/// How far after "consult" its "on" may be, in tokens.
const CONSULTED: usize = 10;

/// Returns the topic of an event as the article words it.
pub(super) fn topic<'s>(
    sentences: &'s [Sentence<'_, '_>],
    cluster: &'s Cluster,
    place: Option<PlaceId>,
) -> Option<String> {
    let own = |mention: &'s EventMention| {
        let (sentence, found) = mention.candidate.named(sentences);
        let here = &sentences[mention.candidate.sentence];
        // A sentence without a date is entirely about the event that it refers to, so the search starts at its
        // beginning.
        let first = |sentence: &Sentence<'_, '_>, found: &Found| match found.is_noun() {
            _ if mention.candidate.date.is_none() => sentence.tokens.start,
            true => found.tokens.end,
            false => found.tokens.start,
        };
        let own = &mention.candidate.found;
        let named = of_sentence(sentence, found, first(sentence, found), place);
        named.or_else(|| of_sentence(here, own, first(here, own), place))
    };
    let stated = cluster.mentions.iter().filter_map(own);
    let later = cluster.mentions.iter().filter_map(|mention| following_topic(sentences, mention, place));
    let mut all = stated
        .chain(later)
        .chain(cluster.mentions.iter().filter_map(|mention| earlier_topic(sentences, mention, place)));
    let (sentence, words) = all.next()?;
    Some(single_line(sentence, &words))
}

/// A topic: the sentence that states it and its tokens.
type Topic<'s, 'a, 't> = (&'s Sentence<'a, 't>, Range<usize>);

/// Returns the topic that a sentence states, preferably after `first`, the end of the words that name the event.
fn of_sentence<'s, 'a, 't>(
    sentence: &'s Sentence<'a, 't>,
    found: &Found,
    first: usize,
    place: Option<PlaceId>,
) -> Option<Topic<'s, 'a, 't>> {
    let mut starts = [
        after_cue(sentence, first..sentence.tokens.end),
        complement_start(sentence, found),
        purpose_start(sentence, found),
        object_start(sentence, found),
    ];
    starts.sort_unstable();
    let after = starts.into_iter().flatten().find_map(|start| phrase(sentence, start, sentence.tokens.end, place));
    let words = after.or_else(|| preceding_topic(sentence, found, place)).or_else(|| subject_topic(sentence, place))?;
    Some((sentence, words))
}

/// Returns the topic that an earlier sentence states for the same event, as in "Talks on fisheries have stalled. They
/// resume on 3 May".
fn earlier_topic<'s, 'a, 't>(
    sentences: &'s [Sentence<'a, 't>],
    mention: &EventMention,
    place: Option<PlaceId>,
) -> Option<Topic<'s, 'a, 't>> {
    let found = &mention.candidate.found;
    let same = |other: &Found| other.is_noun() && other.name == found.name;
    sentences[..mention.candidate.sentence].iter().rev().take(EARLIER).enumerate().find_map(|(distance, sentence)| {
        let near = |other: &&Found| is_talks(found) && is_talks(other) || distance < NEAR && same(other);
        let mut talks = sentence.triggers.iter().filter(near);
        let words =
            talks.find_map(|talks| phrase(sentence, complement_start(sentence, talks)?, sentence.tokens.end, place))?;
        Some((sentence, words))
    })
}

/// Returns the token where the topic begins after a cue within `tokens`, as in "to discuss trade", "aimed at trade" or
/// "consult with partners on trade".
fn after_cue(sentence: &Sentence<'_, '_>, tokens: Range<usize>) -> Option<usize> {
    let mut at = tokens.start;
    while at < tokens.end {
        let (cues, length) = sentence.cues(at);
        let start = at + length;
        // The event is not its own topic, as in "will address a meeting".
        let article = sentence.is_any(start, Class::Definite | Class::Indefinite);
        let event = article && sentence.event_noun_at(start + 1);
        let open = start < tokens.end && !is_noun_here(sentence, at) && !event;
        if open && !cues.is_disjoint(Cue::Discussing | Cue::Aim) {
            return Some(start);
        }
        // The topic includes the "to" of "in order to end the war".
        if open && cues.contains(Cue::Purpose) {
            return Some(start - 1);
        }
        let mut with = sentence.ahead(start, CONSULTED).filter(|_| open && cues.contains(Cue::Consulting));
        let about = with.find(|at| sentence.is(*at, Class::About) && !is_no_topic(sentence, *at));
        if let Some(about) = about {
            return Some(about + 1);
        }
        at = start;
    }
    None
}

/// Whether the preposition at a token introduces no topic, as in "on Monday" or "on the sidelines".
fn is_no_topic(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let next = at + 1 + usize::from(sentence.is(at + 1, Class::Definite));
    sentence.in_date(at)
        || sentence.in_date(next)
        || sentence.is(next, Class::Margin)
        || sentence.cues(at).0.contains(Cue::NoTopic)
}

/// Returns the token where the complement of the trigger begins, as in "talks on trade" or "a vote in Oslo on the
/// budget".
fn complement_start(sentence: &Sentence<'_, '_>, found: &Found) -> Option<usize> {
    let noun = |at: usize| sentence.matches.iter().any(|found| found.is_noun() && found.tokens.end == at);
    let stretch = sentence.clauses.stretch(found.tokens.start);
    let takes_of = matches!(found.kind, Kind::Signing | Kind::Ceremony | Kind::Deadline | Kind::Hearing);
    if takes_of && found.is_noun() && sentence.is(found.tokens.end, Class::Of) {
        return Some(found.tokens.end + 1);
    }
    (found.tokens.end..stretch.end).find_map(|at| {
        let about = sentence.is(at, Class::About) && !is_no_topic(sentence, at);
        let visit = found.kind == Kind::Visit;
        let attached = if visit {
            at > found.tokens.end && noun(at)
        } else {
            at == found.tokens.end || ends_argument(sentence, at)
        };
        (about && attached).then_some(at + 1)
    })
}

/// Returns the token where the object of the verb begins if it is the topic, as in "will sign a trade agreement" or
/// "will announce new sanctions".
fn object_start(sentence: &Sentence<'_, '_>, found: &Found) -> Option<usize> {
    let end = found.tokens.end;
    let acts = found.is_verb() && matches!(found.kind, Kind::Signing | Kind::Address);
    let object = sentence.is_any(end, Class::Definite | Class::Indefinite) || phrases::describes(sentence, end);
    (acts && object && !sentence.event_noun_at(end) && !sentence.event_noun_at(end + 1)).then_some(end)
}

/// Whether an argument of the event (a date, a name, an apposition) ends before a token.
fn ends_argument(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    sentence.before(at).is_some_and(|before| {
        sentence.in_date(before)
            || sentence.in_name(before)
            || sentence.is_comma(before)
            || sentence.matches.iter().any(|found| found.is_noun() && found.tokens.end == at)
            || sentence.official_at(before)
    })
}

/// Returns the token where a purpose begins, as in "will visit Oslo on 3 May to strengthen ties".
fn purpose_start(sentence: &Sentence<'_, '_>, found: &Found) -> Option<usize> {
    let cue = |at: usize| sentence.cues(at);
    let presence = Cue::Attending | Cue::Consulting | Cue::Discussing;
    (found.tokens.end..sentence.tokens.end).find(|&at| {
        let nominal = Class::Definite | Class::Indefinite | Class::Owner | Class::Speaker;
        let quoted = usize::from(QUOTES.iter().any(|mark| sentence.is_mark(at + 1, *mark)));
        let verb =
            sentence.is(at, Class::To) && sentence.is_lower(at + 1 + quoted) && !sentence.is_any(at + 1, nominal);
        let free = verb && cue(at + 1).0.is_disjoint(presence) && sentence.name_starting(at + 1).is_none();
        let attached = at == found.tokens.end || ends_argument(sentence, at);
        free && attached && !sentence.in_date(at)
    })
}

fn is_talks(found: &Found) -> bool {
    found.is_noun() && found.kind == Kind::Talks
}

/// Returns a topic that precedes the words that name the event, as in "to discuss trade at a meeting".
fn preceding_topic(sentence: &Sentence<'_, '_>, found: &Found, place: Option<PlaceId>) -> Option<Range<usize>> {
    let stretch = sentence.clauses.stretch(found.tokens.start);
    let about = |at: &usize| sentence.is(*at, Class::About) && !is_no_topic(sentence, *at);
    let about = (stretch.start..found.tokens.start).find(about).map(|at| at + 1);
    let start = after_cue(sentence, stretch.start..found.tokens.start).or(about)?;
    let settings = Class::SettingPreposition | Class::PlacePreposition | Class::In;
    let preposition = (start..found.tokens.start).rfind(|at| sentence.is_any(*at, settings));
    phrase(sentence, start, preposition?, place)
}

/// Returns the subject of a clause such as "Trade will top the agenda".
fn subject_topic(sentence: &Sentence<'_, '_>, place: Option<PlaceId>) -> Option<Range<usize>> {
    let tops = |at: &usize| sentence.cues(*at).0.contains(Cue::Dominating);
    let cue = sentence.tokens.clone().find(tops)?;
    let start = sentence.clauses.stretch(cue).start;
    let verb = (start..cue).find(|at| sentence.has_verb(*at..at + 1))?;
    phrase(sentence, start, verb, place)
}

/// Returns the topic that the sentences after an announcement state, as in "They will discuss trade".
fn following_topic<'s, 'a, 't>(
    sentences: &'s [Sentence<'a, 't>],
    mention: &EventMention,
    place: Option<PlaceId>,
) -> Option<Topic<'s, 'a, 't>> {
    let first = mention.candidate.sentence + 1;
    let next = sentences.get(first..(first + SENTENCES).min(sentences.len()))?;
    let topic = |(sentence, start): (&'s Sentence<'a, 't>, usize)| {
        Some((sentence, phrase(sentence, start, sentence.tokens.end, place)?))
    };
    let mut discussed = next.iter().filter_map(|sentence| {
        let start = after_cue(sentence, sentence.tokens.clone())?;
        let ahead = |at: usize| sentence.is_any(at, Class::Modal | Class::Will | Class::Tentative);
        (sentence.tokens.start..start).any(ahead).then_some((sentence, start))
    });
    let dominating = next.iter().find_map(|sentence| Some((sentence, subject_topic(sentence, place)?)));
    let mut aims =
        next.iter().filter_map(|sentence| Some((sentence, aim_start(sentence, mention.candidate.found.kind)?)));
    discussed.find_map(topic).or(dominating).or_else(|| aims.find_map(topic))
}

/// Returns the token where the aim begins in a sentence such as "The visit will strengthen ties".
fn aim_start(sentence: &Sentence<'_, '_>, kind: Kind) -> Option<usize> {
    let will = sentence.ahead(sentence.tokens.start, SUBJECT).find(|at| sentence.is(*at, Class::Will))?;
    let event = |found: &&Found| found.is_noun() && found.kind.family() == kind.family();
    let subject = sentence.triggers.iter().find(event).filter(|found| found.tokens.end <= will)?;
    let verb = will + 1;
    let presence = Cue::Attending | Cue::Consulting | Cue::Discussing;
    let acts = sentence.is_lower(verb) && sentence.classes(verb).is_disjoint(Class::Be | Class::Have | Class::Negative);
    let free = sentence.cues(verb).0.is_disjoint(presence);
    (acts && free && sentence.back(subject.tokens.start, 4).any(|at| sentence.is(at, Class::Definite))).then_some(verb)
}
