//! The extent of a topic, from its first word to where it ends, and whether the words can be a topic at all.

use super::cues::Cue;
use super::sentence::Sentence;
use crate::extract::entities::PlaceId;
use crate::extract::lexicon::Class;
use enumset::{EnumSet, enum_set};
use std::ops::Range;

/// How far after a comma the last item of a list may be, in tokens.
const LIST: usize = 20;
/// The longest topic, in tokens.
const LONGEST: usize = 32;

/// Opening quotation marks.
pub(super) const QUOTES: [char; 2] = ['"', '“'];

/// The classes of words that do not begin an item of a list.
const END: EnumSet<Class> = enum_set!(
    Class::Relative | Class::Where | Class::Subordinator | Class::Report | Class::Definite | Class::Indefinite
);

/// Returns the tokens of the topic that begins at a token. A date, the place of the event, a participant or another
/// clause ends it.
pub(super) fn phrase(
    sentence: &Sentence<'_, '_>,
    start: usize,
    limit: usize,
    place: Option<PlaceId>,
) -> Option<Range<usize>> {
    let mut start = start;
    // Introductory words are skipped, as in "discuss ways to end the war".
    loop {
        let (cues, length) = sentence.cues(start);
        start += if cues.contains(Cue::Vague) {
            length
        } else if sentence.is_any(start, Class::The | Class::About | Class::Will | Class::Be)
            || sentence.is_comma(start)
        {
            1
        } else {
            break;
        };
    }
    let is_question = sentence.is_any(start, Class::Question | Class::Conditional);
    let limit = (start + LONGEST).min(limit);
    let mut end = (start..limit).find(|at| ends(sentence, *at, start, is_question, place)).unwrap_or(limit);
    while end > start && !is_content(sentence, end - 1) {
        end -= 1;
    }
    (end > start && is_topic(sentence, &(start..end))).then_some(start..end)
}

/// Whether words can be a topic, unlike "these", "our talks", "an agreement", "tomorrow" or "in Oslo".
fn is_topic(sentence: &Sentence<'_, '_>, words: &Range<usize>) -> bool {
    let (start, last) = (words.start, words.end - 1);
    let outside = Class::In | Class::PlacePreposition | Class::For | Class::With | Class::Here;
    let refers = Class::Subject | Class::Pronoun | Class::Anaphor;
    let opens = sentence.is(start, Class::To) || !sentence.is_any(start, outside | refers);
    let own = words.len() == 1 || sentence.is_any(start, Class::Owner | Class::Speaker | Class::Possessive);
    let event = words.len() <= 2 && own && sentence.event_noun_at(last);
    let timex = sentence.timexes().iter().find(|timex| timex.tokens.contains(&start));
    let dated = timex.is_some_and(|timex| !sentence.is(timex.tokens.end, Class::Of));
    let content = |at: usize| sentence.is_word(at) && is_content(sentence, at);
    opens && !event && !dated && words.clone().any(content)
}

/// Whether a topic ends before a token.
fn ends(sentence: &Sentence<'_, '_>, at: usize, start: usize, is_question: bool, place: Option<PlaceId>) -> bool {
    let mark = [';', ':', '–', '—', '(', '.', '"', '”'].iter().any(|mark| sentence.is_mark(at, *mark));
    let apart = mark && !quoted(sentence, start, at);
    // A participle is not a finite verb, as in "the threat posed by drones" or "crimes associated with trade".
    let reduced = sentence.is_any(at + 1, Class::By | Class::With);
    let verb = !is_question && at > start && sentence.has_verb(at..at + 1) && !reduced && !sentence.is(at, Class::To);
    let there = |name: usize| place.is_some() && sentence.name_of_phrase(name).and_then(|name| name.place) == place;
    let here = sentence.is_any(at, Class::PlacePreposition | Class::In) && there(at + 1);
    let party =
        sentence.is(at, Class::With) && sentence.name_of_phrase(at + 1).is_some_and(|name| name.party.is_some());
    let joins = sentence.is(at, Class::Conjunction);
    let infinitive = sentence.is(start, Class::To);
    let aims = at > start && sentence.cues(at).0.contains(Cue::Aim);
    let presence = Cue::Attending | Cue::Consulting | Cue::Discussing;
    // A verb of taking part begins another clause, as in "to discuss trade and attend", except in a list, as in "including trade,
    // energy, and addressing droughts".
    let listed = at > start && sentence.is_comma(at - 1);
    let acts = !listed && !sentence.cues(at + 1).0.is_disjoint(presence) && !is_noun_here(sentence, at + 1);
    let joined = joins && acts && !infinitive && !is_question;
    let comma = sentence.is_comma(at) && !list_continues(sentence, at, start);
    // A duration can begin a topic, as in "mark 100 years of relations".
    let length = sentence.timexes().iter().any(|timex| timex.tokens.contains(&start) && timex.tokens.contains(&at));
    sentence.in_date(at) && !length || apart || verb || here || party || comma || joined || aims
}

/// Whether a token opens a quotation at the beginning of the topic, as in "to “improve ties”".
fn quoted(sentence: &Sentence<'_, '_>, start: usize, at: usize) -> bool {
    at == start + 1 && QUOTES.iter().any(|quote| sentence.is_mark(at, *quote))
}

/// Whether a list continues after a comma, as in "trade, security and climate change".
fn list_continues(sentence: &Sentence<'_, '_>, comma: usize, start: usize) -> bool {
    let verb = |at: &usize| sentence.has_verb(*at..at + 1) && !sentence.is(*at, Class::To);
    let end = sentence.ahead(comma + 1, LIST).find(verb).unwrap_or(comma + LIST);
    let rest = comma + 1..end.min(sentence.tokens.end);
    let joint = rest.clone().find(|at| sentence.is(*at, Class::Conjunction));
    // The last item has a comma before "and", as in "trade, the Arctic, and security".
    if joint.is_some_and(|joint| sentence.is_comma(joint - 1) && joint > comma + 1) {
        return comma > start;
    }
    let own = comma > start && !sentence.is_any(comma + 1, END);
    own && joint.is_some_and(|joint| sentence.is_lower(comma + 1) && joint < rest.end)
}

/// Whether a token may be the last of a topic.
fn is_content(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let text = &sentence.article.text.tokens[at];
    (text.is_word() || text.is_number()) && (sentence.is_capitalised(at) || !sentence.is(at, Class::Link))
}

/// Whether a word at a token is a noun and not a verb of discussing, as in "the address" or "a review".
pub(super) fn is_noun_here(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let nominal = Class::Definite | Class::Indefinite | Class::Possessive | Class::Of;
    sentence.before(at).is_some_and(|before| sentence.is_any(before, nominal) && !sentence.is(before, Class::That))
}
