//! The noun and prepositional phrases around a name: what governs the name, what it modifies, and which longer name
//! contains it.

use super::sentence::Sentence;
use super::triggers::Found;
use crate::event::Kind;
use crate::extract::entities::{Entity, Office, Rank};
use crate::extract::lexicon::Class;
use crate::extract::time::Timex;
use enumset::enum_set;
use std::ops::Range;

/// How far before a name its preposition may be, in tokens.
const REACH: usize = 12;
/// How far after an adjective or a name its noun may be, in tokens.
const NOUN_REACH: usize = 6;
/// The longest office, in words.
const OFFICE_LENGTH: usize = 4;

/// The role that the preposition before a name assigns to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Governor {
    /// It takes part, as in "with Norway".
    Party,
    /// It is where something takes place, as in "in Oslo".
    Place,
    /// It is the subject of discussion, as in "on Syria".
    Topic,
    /// It has another role, as in "hosted by Oman", "the envoy to Oman" or "on the sidelines of the UN's session".
    Outsider,
}

/// Returns the role that the preposition before a name, or before the list that contains the name, assigns to it. A
/// subject or an object has none.
pub(super) fn governor(sentence: &Sentence<'_, '_>, name: &Entity) -> Option<Governor> {
    for at in sentence.back(name.tokens.start, REACH).rev() {
        // "to" before a name does not mark an infinitive.
        let verb =
            sentence.is(at, Class::Modal) && !(sentence.is(at, Class::To) && sentence.name_of_phrase(at + 1).is_some());
        if verb || sentence.in_date(at) {
            return None;
        }
        // A conjunct has the role of the first name of its list.
        let joins = sentence.is_any(at, enum_set!(Class::Conjunction | Class::Disjunction));
        if joins || sentence.is_comma(at) && sentence.name_ending(at).is_some() || names_town(sentence, at) {
            continue;
        }
        if sentence.is_comma(at) || sentence.is(at, Class::That) {
            return None;
        }
        if let Some(governor) = preposition(sentence, at) {
            return Some(governor);
        }
    }
    None
}

/// Whether the "of" at a token introduces the name of a town, as in "in the Saudi city of Jeddah" but not in "in Lima,
/// the capital of Peru".
fn names_town(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let town = |at| sentence.is(at, Class::Settlement) && !sentence.is(at, Class::Capital);
    sentence.is(at, Class::Of) && sentence.before(at).is_some_and(town)
}

/// Returns the role that the preposition at a token assigns to the name after it; the word before the preposition can
/// decide.
fn preposition(sentence: &Sentence<'_, '_>, at: usize) -> Option<Governor> {
    let classes = sentence.classes(at);
    let follows = |class| sentence.follows(at, class);
    if !classes.is_disjoint(Class::Of | Class::To) && follows(Class::Margin)
        || classes.contains(Class::By) && follows(Class::Mediating)
        || !classes.is_disjoint(Class::To | Class::For)
            && office_ending(sentence, at).is_some_and(|office| office.rank == Rank::Envoy)
    {
        return Some(Governor::Outsider);
    }
    // After a deadline, "for" introduces the participant, as in "the deadline for Chad to withdraw".
    let limit = |row: usize| sentence.pack.triggers.rows[row].kind == Kind::Deadline;
    let ends_here = sentence.matches.iter().filter(|found| found.tokens.end == at);
    if classes.contains(Class::For) && ends_here.flat_map(|found| &found.uses).any(|(_, row)| limit(*row)) {
        return Some(Governor::Party);
    }
    // "from" introduces a participant after words for people, as in "experts from Chad", but not in "from Oslo to
    // Riga".
    if classes.contains(Class::From) {
        let people = follows(Class::Officials) || follows(Class::Conjunction);
        return Some(if people { Governor::Party } else { Governor::Topic });
    }
    // After a verb, a preposition of topic introduces a place, as in "will meet on Crete" or "sets out for Canada".
    let ends = |tokens: &Range<usize>| tokens.end == at || tokens.end == at + 1;
    let after_verb = || sentence.matches.iter().any(|found| ends(&found.tokens) && !found.is_noun());
    match classes {
        _ if classes.contains(Class::PartyPreposition) => Some(Governor::Party),
        _ if classes.contains(Class::PlacePreposition) => Some(Governor::Place),
        _ if !classes.contains(Class::TopicPreposition) => None,
        _ if after_verb() => Some(Governor::Place),
        _ => Some(Governor::Topic),
    }
}

/// Returns the token where the list that contains a name begins: at "Chad" for "Niger" in "Chad, Gabon and Niger".
pub(super) fn list_start(sentence: &Sentence<'_, '_>, name: &Entity) -> usize {
    let before = sentence.entities.iter().rev().skip_while(|e| e.tokens.start >= name.tokens.start);
    before.fold(
        name.tokens.start,
        |start, e| {
            if sentence.is_list_between(e.tokens.end, start) { e.tokens.start } else { start }
        },
    )
}

/// Returns the office whose words end before a token.
fn office_ending(sentence: &Sentence<'_, '_>, end: usize) -> Option<Office> {
    let before = sentence.back(end, OFFICE_LENGTH);
    let office = |first| sentence.names.office(sentence.article.text, first, sentence.tokens.end);
    before.filter_map(office).find(|(tokens, _)| tokens.end == end).map(|(_, office)| office)
}

/// Whether a name is part of the topic, as in "talks on grain from Ukraine" or "to discuss the border with Mali". Names
/// after "with" or "between" denote participants.
pub(super) fn is_of_topic(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let ends = |at: usize| {
        let with = sentence.is(at, Class::With) && !sentence.follows(at, Class::Relation);
        with || sentence.is(at, Class::By) || sentence.in_date(at)
    };
    let mut before = sentence.back(name.tokens.start, REACH).rev().take_while(|at| !ends(*at));
    before.any(|at| sentence.is(at, Class::About))
}

/// Whether an adjective stands for the officials of a state, as in "Russian officials", "the Russians will" or
/// "French-German talks".
pub(super) fn stands_for_officials(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let next = name.tokens.end;
    let last = enum_set!(Class::ListJoint | Class::Modal | Class::Finite);
    if sentence.follows(name.tokens.start, Class::Definite) && (!sentence.is_word(next) || sentence.is_any(next, last))
    {
        return true;
    }
    // Other adjectives may be between, as in "Thai and Cambodian border talks".
    let passes = |at: usize| sentence.is_any(at, Class::ListJoint | Class::Relation) || describes(sentence, at);
    let acts = |at: usize| sentence.official_at(at) || sentence.event_noun_at(at);
    sentence.ahead(next, NOUN_REACH).find(|at| acts(*at) || !passes(*at)).is_some_and(acts)
}

/// Whether a token may be an attribute of a noun: a word without a class in the lexicon.
pub(super) fn describes(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    sentence.is_word(at) && sentence.classes(at).is_empty()
}

/// Whether a name is only part of an unknown longer name, as in "the United Nations Buffer Zone".
pub(super) fn is_in_longer_name(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let next = name.tokens.end;
    let known = sentence.name_starting(next).is_some() || sentence.event_noun_at(next) || sentence.in_date(next);
    sentence.is_capitalised(next) && !known && !sentence.office_at(next)
}

pub(super) fn is_possessive(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    sentence.is(name.tokens.end, Class::Possessive)
}

/// Whether a name cannot denote a participant because it belongs to a dateline or a label, or is the country of a town.
pub(super) fn is_no_actor(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let line = sentence.line();
    [&line.dateline, &line.label].into_iter().any(|tokens| tokens.contains(&name.tokens.start))
        || is_country_of_town(sentence, name)
}

/// Whether a name is the country of the town before it, as in "Pusan of South Korea" or "Lima, Peru".
pub(super) fn is_country_of_town(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let Some(joint) = sentence.before_phrase(name.tokens.start) else { return false };
    let linked = sentence.is_any(joint, enum_set!(Class::Of | Class::In)) || sentence.is_comma(joint);
    let town = sentence.name_ending(joint).and_then(|e| e.place).filter(|place| !sentence.is_country(*place));
    let country = name.party.or_else(|| name.place.and_then(|place| sentence.country_of(place)));
    // Commas enclose a country ("Atlanta, Georgia, on 3 May") but also separate the items of lists ("in Lisbon, Chile,
    // Norway and Mali will meet", "to Oslo, Warsaw, and Riga").
    let end = name.tokens.end;
    let next = end + 1 + usize::from(sentence.is(end + 1, Class::Conjunction));
    let enclosed = sentence.is_comma(joint) && sentence.is_comma(end) && sentence.name_starting(next).is_none();
    linked && country.is_some() && town.is_some_and(|town| enclosed || sentence.country_of(town) == country)
}

/// Whether the phrase at a token is negated or compared, as in "not on 24 August", "instead of in Lima" or "a day later
/// than planned".
pub(super) fn is_contrasted(sentence: &Sentence<'_, '_>, start: usize) -> bool {
    let preposition = sentence.before(start).filter(|at| sentence.is(*at, Class::SettingPreposition));
    let first = preposition.unwrap_or(start);
    let joint = sentence.before(first).filter(|at| sentence.is_any(*at, enum_set!(Class::Of | Class::Than)));
    let compared = |timex: &Timex| timex.tokens.start == start && sentence.is(timex.tokens.end, Class::Than);
    sentence.follows(joint.unwrap_or(first), Class::Contrast) || sentence.timexes().iter().any(compared)
}

/// Returns the token of the noun of an event whose phrase contains a name, as in "the China-Africa forum".
pub(super) fn event_named_by(sentence: &Sentence<'_, '_>, name: &Entity) -> Option<usize> {
    let noun = sentence.ahead(name.tokens.end, NOUN_REACH).find(|at| sentence.event_noun_at(*at))?;
    (name.tokens.end..noun).all(|at| describes(sentence, at)).then_some(noun)
}

/// Returns the organisation whose own event a noun names, as in "the NATO summit".
pub(super) fn body_of<'a>(sentence: &Sentence<'a, '_>, noun: &Range<usize>) -> Option<&'a Entity> {
    let names = |e: &Entity| e.tokens.contains(&noun.start) || event_named_by(sentence, e) == Some(noun.start);
    sentence.entities.iter().find(|e| sentence.is_body(e) && names(e))
}

/// Whether a noun may be the antecedent of a relative pronoun, as in "the talks between Chad and Niger, which".
pub(super) fn is_head_of(noun: &Range<usize>, pronoun: usize) -> bool {
    (noun.end..=noun.end + 2 * NOUN_REACH).contains(&pronoun)
}

/// Whether a name is only the venue, as in "Hamburg will host".
pub(super) fn is_venue(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let mut after = sentence.ahead(name.tokens.end, NOUN_REACH).take_while(|at| !sentence.in_name(*at));
    name.place.is_some() && name.person.is_none() && after.any(|at| sentence.is(at, Class::Hosting))
}

/// Whether a name denotes a person, or a state or an organisation represented by one, as in "the Finnish foreign
/// minister" or "the president of Norway".
pub(super) fn is_person(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let preposition = sentence.before_phrase(name.tokens.start).filter(|at| sentence.is(*at, Class::Of));
    name.person.is_some()
        || sentence.ahead(name.tokens.end, NOUN_REACH).any(|at| sentence.office_at(at))
        || preposition.is_some_and(|at| office_ending(sentence, at).is_some())
}

/// Whether a noun is definite, as in "the talks" or "the two-day visit".
pub(super) fn is_definite(sentence: &Sentence<'_, '_>, found: &Found) -> bool {
    found.is_noun() && sentence.back(found.tokens.start, 4).any(|at| sentence.is(at, Class::Definite))
}
