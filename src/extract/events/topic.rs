//! The topic of an event: what follows "on", "to discuss" or "aimed at" in the sentence that announces it, the purpose that
//! it has ("to strengthen ties"), or what the sentences after it say will be discussed.

use super::cues::Cue;
use super::event_mention::{Cluster, EventMention};
use super::naming::written;
use super::phrases;
use super::sentence::Sentence;
use super::triggers::Found;
use crate::event::Kind;
use crate::extract::entities::PlaceId;
use crate::extract::lexicon::Class;
use crate::extract::time::Timex;
use enumset::{EnumSet, enum_set};
use std::ops::Range;

/// How many sentences after an announcement may say what the event is about.
const SENTENCES: usize = 5;
/// How many sentences before an announcement may say so.
const EARLIER: usize = 12;
/// How many tokens the subject of an aim may have.
const SUBJECT: usize = 12;
/// How far after "consult" its "on" may stand, in tokens.
const CONSULTED: usize = 10;
/// How many cues of a sentence are tried.
const CUES: usize = 3;
/// How far after a comma the last item of a list may stand, in tokens.
const LIST: usize = 20;
/// How many tokens a topic may have.
const LONGEST: usize = 32;
/// Fewer tokens than these may say little.
const VAGUE: usize = 8;

/// What ends a topic.
const END: EnumSet<Class> = enum_set!(Class::Relative | Class::Where | Class::Subordinator | Class::Report);

/// What an article says an event is about.
pub(super) fn topic<'s>(
    sentences: &'s [Sentence<'_, '_>],
    group: &'s Cluster,
    place: Option<PlaceId>,
) -> Option<String> {
    let own = |told: &'s EventMention| {
        let (sentence, found) = told.candidate.named(sentences);
        let here = &sentences[told.candidate.sentence];
        // A sentence without a date takes the event up, and all of it is about that.
        let first = |of: &Sentence<'_, '_>, found: &Found| match found.is_noun() {
            _ if told.candidate.date.is_none() => of.tokens.start,
            true => found.tokens.end,
            false => found.tokens.start,
        };
        let own = &told.candidate.found;
        let named = of_sentence(sentence, found, first(sentence, found), place);
        named.or_else(|| of_sentence(here, own, first(here, own), place))
    };
    let stated = group.mentions.iter().filter_map(own);
    let later = group.mentions.iter().filter_map(|told| after(sentences, told, place));
    let mut all = stated.chain(later).chain(group.mentions.iter().filter_map(|told| earlier(sentences, told, place)));
    let first = all.next()?;
    let clear = |(sentence, words): &Topic<'_, '_, '_>| !is_vague(sentence, words);
    let best = if clear(&first) { None } else { all.find(clear) };
    let (sentence, words) = best.unwrap_or(first);
    Some(written(sentence, &words))
}

/// A topic: its words, and the sentence that states it.
type Topic<'s, 'a, 't> = (&'s Sentence<'a, 't>, Range<usize>);

/// What a sentence says after the words that name the event, else before them.
fn of_sentence<'s, 'a, 't>(
    sentence: &'s Sentence<'a, 't>,
    found: &Found,
    first: usize,
    place: Option<PlaceId>,
) -> Option<Topic<'s, 'a, 't>> {
    let cues = std::iter::successors(after_cue(sentence, first..sentence.tokens.end), |start| {
        after_cue(sentence, *start..sentence.tokens.end).filter(|next| next > start)
    });
    let others = [subject(sentence, found), purpose(sentence, found), signed(sentence, found)];
    let mut starts: Vec<usize> = cues.take(CUES).chain(others.into_iter().flatten()).collect();
    starts.sort_unstable();
    let after = starts.into_iter().find_map(|start| phrase(sentence, start, sentence.tokens.end, place));
    let words = after.or_else(|| before(sentence, found, place)).or_else(|| dominating(sentence, place))?;
    Some((sentence, words))
}

/// "Talks on fisheries have stalled. They resume on 3 May": what the article says of the same talks before.
fn earlier<'s, 'a, 't>(
    sentences: &'s [Sentence<'a, 't>],
    told: &EventMention,
    place: Option<PlaceId>,
) -> Option<Topic<'s, 'a, 't>> {
    let found = &told.candidate.found;
    let same = |other: &&Found| other.is_noun() && found.kind == Kind::Talks && other.kind == Kind::Talks;
    sentences[..told.candidate.sentence].iter().rev().take(EARLIER).find_map(|sentence| {
        let mut talks = sentence.triggers.iter().filter(same);
        let words = talks.find_map(|talks| phrase(sentence, subject(sentence, talks)?, sentence.tokens.end, place))?;
        Some((sentence, words))
    })
}

/// Where the topic begins after a cue among some tokens: "to discuss trade", "aimed at trade", "consult with partners on trade".
fn after_cue(sentence: &Sentence<'_, '_>, tokens: Range<usize>) -> Option<usize> {
    let mut at = tokens.start;
    while at < tokens.end {
        let (cues, length) = sentence.cues(at);
        let start = at + length;
        // "will address a meeting"
        let article = sentence.is_any(start, Class::Definite | Class::Indefinite);
        let event = article && is_event(sentence, start + 1);
        let open = start < tokens.end && !is_noun_here(sentence, at) && !event;
        if open && !cues.is_disjoint(Cue::Discussing | Cue::Aim) {
            return Some(start);
        }
        // With its "to": "in order to end the war".
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

/// Whether a noun for an event stands at a token, and not before another noun: "bilateral relations".
fn is_event(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let describes = |end: usize| phrases::describes(sentence, end) && sentence.is_lower(end);
    sentence.matches.iter().any(|found| found.is_noun() && found.tokens.start == at && !describes(found.tokens.end))
}

/// "the address", "a review": a noun, and no word for discussing.
fn is_noun_here(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let nominal = Class::Definite | Class::Indefinite | Class::Possessive | Class::Of;
    sentence.before(at).is_some_and(|before| sentence.is_any(before, nominal) && !sentence.is(before, Class::That))
}

/// "on Monday", "on the sidelines": a preposition before what is no topic.
fn is_no_topic(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let next = at + 1 + usize::from(sentence.is(at + 1, Class::Definite));
    sentence.in_date(at)
        || sentence.in_date(next)
        || sentence.is(next, Class::Margin)
        || sentence.cues(at).0.contains(Cue::NoTopic)
}

/// "talks on trade", "a vote in Oslo on the budget": where the complement of the trigger begins.
fn subject(sentence: &Sentence<'_, '_>, found: &Found) -> Option<usize> {
    let noun = |at: usize| sentence.matches.iter().any(|found| found.is_noun() && found.tokens.end == at);
    let stretch = sentence.clauses.stretch(found.tokens.start);
    let signs = found.kind == Kind::Signing;
    let of = matches!(found.kind, Kind::Signing | Kind::Ceremony | Kind::Deadline | Kind::Hearing);
    if of && found.is_noun() && sentence.is(found.tokens.end, Class::Of) {
        return Some(found.tokens.end + 1);
    }
    (found.tokens.end..stretch.end).find_map(|at| {
        let about = sentence.is(at, Class::About) && !is_no_topic(sentence, at);
        let visit = found.kind == Kind::Visit;
        let attached = if visit {
            at > found.tokens.end && noun(at)
        } else {
            signs || at == found.tokens.end || ends_argument(sentence, at)
        };
        (about && attached).then_some(at + 1)
    })
}

/// "will sign a trade agreement", "will announce new sanctions": where the object begins that is the topic.
fn signed(sentence: &Sentence<'_, '_>, found: &Found) -> Option<usize> {
    let end = found.tokens.end;
    let acts = found.is_verb() && matches!(found.kind, Kind::Signing | Kind::Address);
    let object = sentence.is_any(end, Class::Definite | Class::Indefinite) || phrases::describes(sentence, end);
    (acts && object && !is_event(sentence, end) && !is_event(sentence, end + 1)).then_some(end)
}

/// Whether an argument of the event ends before a token: its date, a name, an aside.
fn ends_argument(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    sentence.before(at).is_some_and(|before| {
        sentence.in_date(before)
            || sentence.in_name(before)
            || sentence.is_comma(before)
            || sentence.is_mark(before, ')')
            || sentence.is_capitalised(before)
            || sentence.matches.iter().any(|found| found.is_noun() && found.tokens.end == at)
            || sentence.official_at(before)
    })
}

/// "will visit Oslo on 3 May to strengthen ties": where the purpose begins.
fn purpose(sentence: &Sentence<'_, '_>, found: &Found) -> Option<usize> {
    let cue = |at: usize| sentence.cues(at);
    let presence = Cue::Attending | Cue::Consulting | Cue::Discussing;
    // "to meet partners to strengthen ties"
    let mut engaged = false;
    (found.tokens.end..sentence.tokens.end).find(|&at| {
        let nominal = Class::Definite | Class::Indefinite | Class::Owner | Class::Speaker;
        let quoted = usize::from(['"', '“'].iter().any(|mark| sentence.is_mark(at + 1, *mark)));
        let verb =
            sentence.is(at, Class::To) && sentence.is_lower(at + 1 + quoted) && !sentence.is_any(at + 1, nominal);
        engaged |= verb && !cue(at + 1).0.is_disjoint(presence);
        let free = verb && cue(at + 1).0.is_disjoint(presence) && sentence.name_starting(at + 1).is_none();
        let attached = engaged || at == found.tokens.end || ends_argument(sentence, at);
        free && attached && !sentence.in_date(at)
    })
}

/// "to discuss trade at a meeting": what stands before the words that name the event.
fn before(sentence: &Sentence<'_, '_>, found: &Found, place: Option<PlaceId>) -> Option<Range<usize>> {
    let stretch = sentence.clauses.stretch(found.tokens.start);
    let start = after_cue(sentence, stretch.start..found.tokens.start)?;
    let settings = Class::SettingPreposition | Class::PlacePreposition | Class::In;
    let preposition = (start..found.tokens.start).rfind(|at| sentence.is_any(*at, settings));
    phrase(sentence, start, preposition?, place)
}

/// "Trade will top the agenda": the subject of a clause that says so.
fn dominating(sentence: &Sentence<'_, '_>, place: Option<PlaceId>) -> Option<Range<usize>> {
    let tops = |at: &usize| sentence.cues(*at).0.contains(Cue::Dominating);
    let cue = sentence.tokens.clone().find(tops)?;
    let start = sentence.clauses.stretch(cue).start;
    let verb = (start..cue).find(|at| sentence.has_verb(*at..at + 1))?;
    phrase(sentence, start, verb, place)
}

/// "They will discuss trade": what the sentences after an announcement say.
fn after<'s, 'a, 't>(
    sentences: &'s [Sentence<'a, 't>],
    told: &EventMention,
    place: Option<PlaceId>,
) -> Option<Topic<'s, 'a, 't>> {
    let first = told.candidate.sentence + 1;
    let next = sentences.get(first..(first + SENTENCES).min(sentences.len()))?;
    let entry = |sentence: &Sentence<'_, '_>| sentence.article.layout.entry(sentence.number);
    let own = entry(&sentences[told.candidate.sentence]);
    // A sentence with another date is about another event.
    let other =
        |timex: &Timex| timex.period.zip(told.period).is_some_and(|(a, b)| a.last < b.first || b.last < a.first);
    let own_entry = || next.iter().take_while(|sentence| entry(sentence) == own);
    let next = || own_entry().filter(|sentence| !sentence.timexes().iter().any(other));
    let topic = |(sentence, start): (&'s Sentence<'a, 't>, usize)| {
        Some((sentence, phrase(sentence, start, sentence.tokens.end, place)?))
    };
    let discussed = next().filter_map(|sentence| {
        let start = after_cue(sentence, sentence.tokens.clone())?;
        let ahead = |at: usize| sentence.is_any(at, Class::Modal | Class::Will | Class::Tentative);
        (sentence.tokens.start..start).any(ahead).then_some((sentence, start))
    });
    let dominating = next().find_map(|sentence| Some((sentence, dominating(sentence, place)?)));
    let aims = next().filter_map(|sentence| Some((sentence, aim(sentence, told.candidate.found.kind)?)));
    discussed.filter_map(topic).next().or(dominating).or_else(|| aims.filter_map(topic).next())
}

/// "The visit will strengthen ties": where the aim begins.
fn aim(sentence: &Sentence<'_, '_>, kind: Kind) -> Option<usize> {
    let will = sentence.ahead(sentence.tokens.start, SUBJECT).find(|at| sentence.is(*at, Class::Will))?;
    let event = |found: &&Found| found.is_noun() && found.kind.family() == kind.family();
    let subject = sentence.triggers.iter().find(event).filter(|found| found.tokens.end <= will)?;
    let verb = will + 1;
    let presence = Cue::Attending | Cue::Consulting | Cue::Discussing;
    let acts = sentence.is_lower(verb) && sentence.classes(verb).is_disjoint(Class::Be | Class::Have | Class::Negative);
    let free = sentence.cues(verb).0.is_disjoint(presence);
    (acts && free && sentence.back(subject.tokens.start, 4).any(|at| sentence.is(at, Class::Definite))).then_some(verb)
}

/// The words of a topic from a token on, up to what is not of it: a date, a place, who takes part, another clause.
fn phrase(sentence: &Sentence<'_, '_>, start: usize, limit: usize, place: Option<PlaceId>) -> Option<Range<usize>> {
    let mut start = start;
    // "discuss ways to end the war"
    loop {
        let (cues, length) = sentence.cues(start);
        let name = sentence.is(start, Class::With).then(|| person_after(sentence, start)).flatten();
        start += if cues.contains(Cue::Vague) {
            length
        } else if let Some(end) = name {
            end - start
        } else if sentence.is_any(start, Class::The | Class::About | Class::Will | Class::Be)
            || sentence.is_comma(start)
        {
            1
        } else {
            break;
        };
    }
    let asked = sentence.is_any(start, Class::Question | Class::Conditional);
    let clause = sentence.clauses.of(start.min(sentence.tokens.end - 1));
    let limit = (start + LONGEST).min(limit);
    let mut end = (start..limit).find(|at| ends(sentence, *at, start, asked, clause, place)).unwrap_or(limit);
    while end > start && !is_content(sentence, end - 1) {
        end -= 1;
    }
    (end > start && is_topic(sentence, &(start..end))).then_some(start..end)
}

/// Whether words may be a topic: not "these", "our talks", "an agreement", "tomorrow" or "in Oslo".
fn is_topic(sentence: &Sentence<'_, '_>, words: &Range<usize>) -> bool {
    let (start, last) = (words.start, words.end - 1);
    let outside = Class::In | Class::PlacePreposition | Class::For | Class::With | Class::Here;
    let refers = Class::Subject | Class::Pronoun | Class::Anaphor;
    let opens = sentence.is(start, Class::To) || !sentence.is_any(start, outside | refers);
    let own = words.len() == 1 || sentence.is_any(start, Class::Owner | Class::Speaker | Class::Possessive);
    let event = words.len() <= 2 && own && sentence.event_noun_at(last);
    let bare = words.len() <= 2 && sentence.is(start, Class::Indefinite);
    let timex = sentence.timexes().iter().find(|timex| timex.tokens.contains(&start));
    let dated = timex.is_some_and(|timex| !sentence.is(timex.tokens.end, Class::Of));
    let person = sentence
        .name_starting(start)
        .is_some_and(|name| name.person.is_some() && !sentence.is(name.tokens.end, Class::Possessive));
    let office = sentence.is_capitalised(start) && sentence.office_at(start);
    let content = |at: usize| sentence.is_word(at) && is_content(sentence, at) && !sentence.is(at, Class::Abbreviation);
    opens && !event && !bare && !dated && !person && !office && words.clone().any(content)
}

/// Whether a topic says little: "a range of issues".
fn is_vague(sentence: &Sentence<'_, '_>, words: &Range<usize>) -> bool {
    words.len() < VAGUE && sentence.cues(words.end - 1).0.contains(Cue::Issue)
}

/// "discuss with the minister ways to": where the name after "with" ends.
fn person_after(sentence: &Sentence<'_, '_>, with: usize) -> Option<usize> {
    let names = sentence.ahead(with + 1, 6).rev().find_map(|at| sentence.name_starting(at));
    names.map(|name| name.tokens.end)
}

/// Whether a topic ends before a token.
fn ends(
    sentence: &Sentence<'_, '_>,
    at: usize,
    start: usize,
    asked: bool,
    clause: usize,
    place: Option<PlaceId>,
) -> bool {
    let mark = [';', ':', '–', '—', '(', '.', '"', '”'].iter().any(|mark| sentence.is_mark(at, *mark));
    let apart = mark && !(sentence.article.text.tokens[at].glued && sentence.is(at, Class::Dash));
    let verb = !asked && at > start && sentence.has_verb(at..at + 1) && !sentence.is(at, Class::To);
    let there = |name: usize| place.is_some() && sentence.name_of_phrase(name).and_then(|name| name.place) == place;
    let here = sentence.is_any(at, Class::PlacePreposition | Class::In) && there(at + 1);
    let party =
        sentence.is(at, Class::With) && sentence.name_of_phrase(at + 1).is_some_and(|name| name.party.is_some());
    let joins = sentence.is(at, Class::Conjunction);
    let subject = joins
        && !asked
        && sentence.is_any(at + 1, Class::Subject | Class::Pronoun)
        && sentence.has_verb(at + 2..(at + 5).min(sentence.tokens.end));
    // "trade and reaffirm our commitment"
    let determined = sentence.is_any(at + 2, Class::Definite | Class::Indefinite | Class::Speaker);
    let plain = sentence.is_lower(at + 1) && sentence.classes(at + 1).is_empty();
    let infinitive = sentence.is(start, Class::To);
    let aims = at > start && sentence.cues(at).0.contains(Cue::Aim);
    let as_they = sentence.is(at, Class::As) && sentence.is_any(at + 1, Class::Subject | Class::Pronoun);
    let presence = Cue::Attending | Cue::Consulting | Cue::Discussing;
    let acts = !sentence.cues(at + 1).0.is_disjoint(presence) && !is_noun_here(sentence, at + 1);
    let joined = joins && (plain && determined || acts) && !infinitive && !asked;
    let other = at > start && !asked && (sentence.is_any(at, END) || sentence.clauses.of(at) != clause);
    let comma = sentence.is_comma(at) && !goes_on(sentence, at, start);
    // "mark 100 years of relations"
    let length = sentence.timexes().iter().any(|timex| timex.tokens.contains(&start) && timex.tokens.contains(&at));
    sentence.in_date(at) && !length
        || apart
        || verb
        || here
        || party
        || other
        || comma
        || subject
        || joined
        || aims
        || as_they
}

/// Whether a list goes on after a comma: "trade, security and climate change".
fn goes_on(sentence: &Sentence<'_, '_>, comma: usize, start: usize) -> bool {
    if sentence.cues(comma + 1).0.contains(Cue::Including) {
        return true;
    }
    let verb = |at: &usize| sentence.has_verb(*at..at + 1) && !sentence.is(*at, Class::To);
    let end = sentence.ahead(comma + 1, LIST).find(verb).unwrap_or(comma + LIST);
    let rest = comma + 1..end.min(sentence.tokens.end);
    let joint = rest.clone().find(|at| sentence.is(*at, Class::Conjunction));
    let subject = |at: usize| sentence.is_any(at + 1, Class::Subject | Class::Pronoun);
    let joint = joint.filter(|at| !subject(*at));
    // "trade, the Arctic, and security"
    if joint.is_some_and(|joint| sentence.is_comma(joint - 1) && joint > comma + 1) {
        return comma > start;
    }
    let own = comma > start && !sentence.is_any(comma + 1, END | Class::Definite | Class::Indefinite);
    own && joint.is_some_and(|joint| sentence.is_lower(comma + 1) && joint < rest.end)
}

/// Whether a token may end a topic.
fn is_content(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let joins = Class::PartyPreposition | Class::PlacePreposition | Class::TopicPreposition | Class::SettingPreposition;
    let links = joins
        | Class::Relative
        | Class::That
        | Class::Subject
        | Class::Conjunction
        | Class::Disjunction
        | Class::Definite
        | Class::Indefinite
        | Class::Of
        | Class::To;
    let text = &sentence.article.text.tokens[at];
    (text.is_word() || text.is_number()) && (sentence.is_capitalised(at) || !sentence.is_any(at, links))
}
