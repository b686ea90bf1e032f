//! Noun and prepositional phrases around a name: what governs it, what it modifies, what it is a part of.

use super::arguments;
use super::sentence::Sentence;
use super::triggers::{Argument, Form, Found};
use crate::event::Kind;
use crate::extract::entities::{Entity, How, Rank};
use crate::extract::lexicon::Class;
use enumset::{EnumSet, enum_set};
use std::ops::Range;

/// How far before a name its preposition may stand, in tokens.
const REACH: usize = 9;
/// How far after an adjective or a name its noun may stand, in tokens.
const NOUN_REACH: usize = 6;
/// How far before a preposition the word may stand that decides what it means, in tokens.
const CONTEXT_REACH: usize = 5;

/// What the preposition before a name makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Governor {
    /// It takes part: "with Norway".
    Party,
    /// It is where something happens: "in Oslo".
    Place,
    /// It is spoken of: "on Syria".
    Topic,
}

/// What may not describe a noun, as it divides or orders a sentence.
const ORDERING: EnumSet<Class> = enum_set!(
    Class::Relative
        | Class::Subordinator
        | Class::Conditional
        | Class::Report
        | Class::PartyPreposition
        | Class::PlacePreposition
        | Class::TopicPreposition
        | Class::SettingPreposition
        | Class::Modal
        | Class::Be
        | Class::Finite
        | Class::Definite
        | Class::Indefinite
        | Class::Pronoun
        | Class::Subject
        | Class::About
        | Class::Here
        | Class::There
        | Class::Hosting
        | Class::Officials
);

/// The preposition or the like that stands before a name in its clause; none for a subject or an object.
pub(super) fn governor(sentence: &Sentence<'_, '_>, name: &Entity) -> Option<Governor> {
    let clauses = sentence.clauses();
    let clause = clauses.of(name.tokens.start);
    let mut first = name.tokens.start.saturating_sub(REACH).max(sentence.tokens.start);
    for at in (sentence.tokens.start..name.tokens.start).rev() {
        if at < first || clauses.of(at) != clause || sentence.in_date(at) {
            return None;
        }
        // "to" before a name is no sign of a verb.
        let begins_name =
            |at: usize| sentence.name_starting(at + usize::from(sentence.is(at, Class::Definite))).is_some();
        if sentence.is(at, Class::Modal) && !(sentence.is(at, Class::To) && begins_name(at + 1)) {
            return None;
        }
        let joint = enum_set!(Class::Conjunction | Class::Disjunction);
        let comma = sentence.is_comma(at);
        if sentence.is(at, Class::Well)
            || sentence.is(at, Class::As) && (sentence.is(at + 1, Class::Well) || sentence.follows(at, Class::Well))
        {
            // "Algeria as well as Mauritania"
            continue;
        }
        if sentence.is_any(at, joint) || sentence.is_mark(at, '/') || comma && sentence.name_ending(at).is_some() {
            // A conjunct plays the part of the name that it is joined to.
            first = first.min(at.saturating_sub(REACH));
            continue;
        }
        if comma {
            return None;
        }
        // "the port of Tripoli" is governed as "the port" is.
        if sentence.is(at, Class::Of) && sentence.follows(at, Class::Settlement) {
            continue;
        }
        if let Some(governor) = preposition(sentence, at) {
            // "takes over the presidency": the verb's own.
            return Some(governor).filter(|governor| *governor != Governor::Topic || !ends_a_verb(sentence, at));
        }
    }
    None
}

/// What the preposition at a token makes of the name after it, by the words before it where those decide.
fn preposition(sentence: &Sentence<'_, '_>, at: usize) -> Option<Governor> {
    let before = sentence.before(at);
    let follows = |class| sentence.follows(at, class);
    let near = || sentence.back(at, CONTEXT_REACH);
    // "on the sidelines of the forum"; "hosted by Oman": a mediator takes no part; "instead of in Havana"
    if sentence.is(at, Class::Of) && follows(Class::Margin)
        || sentence.is(at, Class::By) && follows(Class::Mediating)
        || sentence.is(at, Class::PlacePreposition) && follows(Class::Contrast)
    {
        return Some(Governor::Topic);
    }
    if sentence.is(at, Class::For) {
        if near().any(|at| sentence.is(at, Class::Departing)) {
            // "left for Geneva"
            return Some(Governor::Place);
        }
        if follows(Class::Officials) || before.is_some_and(|at| is_kind_at(sentence, at, Kind::Deadline)) {
            // "negotiators for the Argentines", "the deadline for Chad to withdraw"
            return Some(Governor::Party);
        }
    }
    // "experts from Chad", but "from Oslo to Riga"
    if sentence.is(at, Class::From) {
        let people =
            |at: usize| sentence.is(at, Class::Officials) || sentence.event_noun_at(at) || is_of_office(sentence, at);
        let acts = before.is_some_and(|at| people(at) || sentence.is(at, Class::Conjunction));
        return Some(if acts { Governor::Party } else { Governor::Topic });
    }
    let classes = sentence.classes(at);
    if classes.contains(Class::PartyPreposition) {
        Some(Governor::Party)
    } else if classes.contains(Class::PlacePreposition) {
        Some(Governor::Place)
    } else if classes.contains(Class::TopicPreposition) {
        // "will meet on Crete"
        let verb = before.is_some_and(|at| ends_a_verb(sentence, at + 1));
        Some(if verb && classes.contains(Class::SettingPreposition) { Governor::Place } else { Governor::Topic })
    } else {
        None
    }
}

/// Whether a verb that names an event ends before or with the preposition at a token: "take over".
fn ends_a_verb(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let verb = |form: Form| !matches!(form, Form::Noun | Form::Plural);
    let ends = |end: usize| {
        sentence.matches.iter().any(|found| {
            found.tokens.end == end
                && found.is(sentence.language.triggers, |form, _| verb(form))
                && found.tokens.start < at
        })
    };
    ends(at) || ends(at + 1)
}

fn is_of_office(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    sentence.back(at + 1, 4).any(|first| {
        let office = sentence.language.names.office(sentence.article.text, first, sentence.tokens.end);
        office.is_some_and(|(tokens, _)| tokens.end == at + 1)
    })
}

fn is_kind_at(sentence: &Sentence<'_, '_>, at: usize, kind: Kind) -> bool {
    let fits = |found: &super::triggers::Match| {
        found.tokens.end == at + 1 && found.is(sentence.language.triggers, |_, trigger| trigger.kind == kind)
    };
    sentence.matches.iter().any(fits)
}

/// "talks on grain from Ukraine", "to discuss the drought in Mali": a name within what the event is about. Those with whom
/// it is held are named after "with" or "between", and are none.
pub(super) fn is_of_topic(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let clauses = sentence.clauses();
    let clause = clauses.of(name.tokens.start);
    for at in sentence.back(name.tokens.start, REACH).rev() {
        if sentence.is(at, Class::With) {
            // "talks on the border dispute with Chad"
            let relation = sentence.follows(at, Class::Relation);
            let about = |at: usize| sentence.is(at, Class::About) && !sentence.in_date(at + 1);
            return relation && sentence.back(at, REACH).rev().take_while(|at| !sentence.event_noun_at(*at)).any(about);
        }
        let ends = sentence.in_date(at) || clauses.of(at) != clause || sentence.event_noun_at(at);
        if ends || sentence.is_comma(at) || sentence.is(at, Class::By) {
            return false;
        }
        if sentence.is(at, Class::About) && !sentence.in_date(at + 1) && !ends_a_verb(sentence, at) {
            return true;
        }
    }
    false
}

/// "Russian officials", "the Russians", "French-German talks": an adjective that stands for the state.
pub(super) fn stands_for_officials(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let next = name.tokens.end;
    let text = sentence.article.text;
    let last = text.token_text(next - 1);
    let article = sentence.follows(name.tokens.start, Class::Definite);
    let orders = enum_set!(
        Class::Modal
            | Class::Be
            | Class::PartyPreposition
            | Class::PlacePreposition
            | Class::TopicPreposition
            | Class::SettingPreposition
    );
    let noun_follows = sentence.is_word(next) && !sentence.is_any(next, orders) && !sentence.in_date(next);
    // "the Russians", but not "the Swiss".
    let mut letters = last.chars().rev();
    let plural = letters.next() == Some('s') && letters.next() != Some('s');
    let joined = sentence.is(next, Class::ListJoint);
    if plural
        || article && sentence.is_comma(next) && sentence.is(next + 1, Class::Definite)
        || article && !noun_follows && !joined
    {
        return true;
    }
    for at in sentence.ahead(next, NOUN_REACH) {
        if sentence.is(at, Class::Settlement) {
            return false;
        }
        let acts = sentence.is(at, Class::Officials) || sentence.office_at(at) || sentence.event_noun_at(at);
        if acts || sentence.name_starting(at).is_some() {
            return true;
        }
        if !sentence.is(at, Class::ListJoint) && !describes(sentence, at) {
            return false;
        }
    }
    false
}

/// Whether a token is a word that may describe a noun.
pub(super) fn describes(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    sentence.is_word(at) && !sentence.is_any(at, ORDERING)
}

/// "U.S.-led", "pro-Moscow", but not "a US-led exercise": who leads it takes part.
pub(super) fn is_compound_adjective(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let tokens = &sentence.article.text.tokens;
    let glued = |hyphen: usize, other: usize| {
        sentence.is_mark(hyphen, '-') && tokens[hyphen].glued && sentence.is_lower(other) && tokens[hyphen + 1].glued
    };
    let (start, end) = (name.tokens.start, name.tokens.end);
    let leads = sentence.is(end + 1, Class::Led) && sentence.ahead(end + 2, 3).any(|at| sentence.event_noun_at(at));
    !leads && (glued(end, end + 1) || start >= 2 && glued(start - 1, start - 2))
}

/// "the United Nations Buffer Zone": the name is only part of that of something which is not known.
pub(super) fn is_in_longer_name(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let next = name.tokens.end;
    let known = sentence.name_starting(next).is_some() || sentence.event_noun_at(next) || sentence.in_date(next);
    sentence.is_capitalised(next) && !known && !sentence.office_at(next)
}

pub(super) fn is_possessive(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    sentence.is(name.tokens.end, Class::Possessive)
        || sentence.is_mark(name.tokens.end, '\'')
        || sentence.is_mark(name.tokens.end, '’')
}

/// "the Gulf of Oman", "Lake Chad".
pub(super) fn is_landform(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let before = sentence.before(name.tokens.start);
    let head = before.map(|at| if sentence.is(at, Class::Of) { at.saturating_sub(1) } else { at });
    head.is_some_and(|at| sentence.is(at, Class::Landform) && sentence.is_capitalised(at))
}

/// "Pusan of South Korea", "Lima, Peru": the country where a town lies.
pub(super) fn is_land_of_town(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let Some(joint) = sentence.before_phrase(name.tokens.start) else { return false };
    // "Hyderabad in southern Pakistan"
    let joint = if describes(sentence, joint) && !sentence.in_name(joint) { joint.saturating_sub(1) } else { joint };
    let linked = sentence.is(joint, Class::Of) || sentence.is_comma(joint) || sentence.is(joint, Class::In);
    let town = sentence.name_ending(joint).and_then(|e| e.place).filter(|place| !sentence.is_country(*place));
    // "Atlanta, Georgia", but not "in Lisbon, Chile and Norway will …"
    let end = name.tokens.end;
    let listed = sentence.is(end, Class::Conjunction) && sentence.name_starting(end + 1).is_some();
    let province = !listed
        && sentence.is_comma(joint)
        && name.how == How::Name
        && name.place.is_some_and(|place| sentence.is_country(place));
    // "London, Ontario, on 3 May", but not "Paris, Berlin, and Rome"
    let enclosed = sentence.is_comma(joint)
        && sentence.is_comma(end)
        && !sentence.is(end + 1, Class::Conjunction)
        && sentence.name_starting(end + 1).is_none();
    // "Honolulu, Hawaii"
    let land = name.party.or_else(|| name.place.and_then(|place| sentence.country_of(place)));
    linked
        && town.is_some_and(|town| {
            land.is_some() && (sentence.country_of(town) == land || province || enclosed && name.party.is_none())
        })
}

/// "NATO's Norwegian secretary general", "the Argentine head of the IAEA": they act for the body.
pub(super) fn is_nationality(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let office = sentence.language.names.office(sentence.article.text, name.tokens.end, sentence.tokens.end);
    let of = office.filter(|(office, _)| sentence.is(office.end, Class::Of)).map(|(office, _)| office.end + 1);
    let body =
        of.and_then(|at| sentence.name_starting(at).or_else(|| sentence.name_starting(at + 1))).and_then(|e| e.party);
    if name.how == How::Demonym && body.is_some_and(|party| sentence.is_organisation(party)) {
        return true;
    }
    let apostrophe = sentence.before(name.tokens.start).filter(|at| sentence.is(*at, Class::Possessive));
    let owner = apostrophe.and_then(|at| sentence.name_ending(at)).and_then(|e| e.party);
    name.how == How::Demonym && owner.is_some_and(|party| sentence.is_organisation(party))
}

/// "the US ambassador to Japan", "the UN envoy for Yemen": where an office is held, which takes no part.
pub(super) fn is_accredited_to(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let preposition =
        sentence.before_phrase(name.tokens.start).filter(|at| sentence.is_any(*at, enum_set!(Class::To | Class::For)));
    let envoy = |at: usize| {
        sentence.back(at, 4).any(|first| {
            let office = sentence.language.names.office(sentence.article.text, first, sentence.tokens.end);
            office.is_some_and(|(tokens, office)| tokens.end == at && office.rank == Rank::Envoy)
        })
    };
    preposition.is_some_and(envoy)
}

/// "hands over the presidency to Portugal": who takes it over.
pub(super) fn is_handed_to(sentence: &Sentence<'_, '_>, name: &Entity, found: &Found) -> bool {
    let to = sentence.before_phrase(name.tokens.start).is_some_and(|at| sentence.is(at, Class::To));
    let clauses = sentence.clauses();
    let same = clauses.of(name.tokens.start) == clauses.of(found.tokens.start);
    found.argument == Some(Argument::Office) && to && same && name.tokens.start >= found.tokens.end
}

/// "G20 leaders, among them those of Brazil": a member of what is named already.
pub(super) fn is_member(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let comma = |at: &usize| sentence.is_comma(*at) && sentence.name_ending(*at).is_none();
    let mut before = sentence.back(name.tokens.start, REACH).rev().take_while(|at| !comma(at));
    before.any(|at| sentence.is(at, Class::Among) && sentence.is(at + 1, Class::Those))
}

/// Whether what begins at a token is said to be otherwise: "not on 24 August", "instead of in Lima".
pub(super) fn is_contrasted(sentence: &Sentence<'_, '_>, start: usize) -> bool {
    let preposition = sentence.before(start).filter(|at| sentence.is(*at, Class::SettingPreposition));
    let until = preposition.is_some_and(|at| sentence.is_any(at, enum_set!(Class::Until | Class::Sequence)));
    let before = preposition.map_or_else(|| sentence.before(start), |at| sentence.before(at));
    let joint = before.filter(|at| sentence.is_any(*at, enum_set!(Class::Of | Class::Than)));
    let instead = joint.is_some_and(|at| sentence.follows(at, Class::Contrast));
    // "a day later than planned"
    let compared = sentence
        .timexes()
        .iter()
        .any(|timex| timex.tokens.start == start && sentence.is(timex.tokens.end, Class::Than));
    (compared || instead || before.is_some_and(|at| sentence.is(at, Class::Contrast))) && !until
}

/// The event's noun in whose phrase a name stands: "the EU leaders' summit", "the China-Africa forum".
pub(super) fn event_named_by(sentence: &Sentence<'_, '_>, name: &Entity) -> Option<usize> {
    let noun = sentence.ahead(name.tokens.end, NOUN_REACH).find(|at| sentence.event_noun_at(*at))?;
    let inside = |at: usize| {
        let describes = describes(sentence, at) && !sentence.has_verb(at..at + 1);
        let mark = !sentence.is_word(at) && !sentence.is_comma(at) && !sentence.is_mark(at, '.');
        sentence.is_capitalised(at) || describes || mark || sentence.is(at, Class::Possessive)
    };
    (name.tokens.end..noun).all(inside).then_some(noun)
}

/// "Franco-German", "the China-Africa forum": a name that a dash joins to another.
pub(super) fn is_paired(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let dash = |at: usize| sentence.is_mark(at, '-') || sentence.is_mark(at, '–');
    let joined = |at: usize| sentence.article.text.tokens[at].glued;
    let after = name.tokens.end;
    dash(after) && joined(after) && sentence.name_starting(after + 1).is_some()
        || sentence
            .before(name.tokens.start)
            .is_some_and(|at| dash(at) && joined(at) && sentence.name_ending(at).is_some())
}

/// The body whose own event a noun names: "the NATO summit", "a meeting of the Arab League".
pub(super) fn body_of<'a>(sentence: &Sentence<'a, '_>, noun: &Range<usize>) -> Option<&'a Entity> {
    let body = |e: &&Entity| e.party.is_some_and(|party| sentence.is_organisation(party)) && !is_paired(sentence, e);
    let holds = |e: &&Entity| e.tokens.contains(&noun.start) && e.tokens.len() > 1;
    let before = |e: &&Entity| event_named_by(sentence, e) == Some(noun.start);
    let of = |e: &&Entity| sentence.before_phrase(e.tokens.start) == Some(noun.end) && sentence.is(noun.end, Class::Of);
    sentence.entities.iter().filter(body).find(|e| holds(e) || before(e) || of(e))
}

/// "the Vienna talks".
pub(super) fn is_before_event(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    sentence.ahead(name.tokens.end, 2).any(|at| sentence.event_noun_at(at))
}

/// Whether a relative pronoun takes up a noun before it, with nothing between but what belongs to that: "the visit to Oslo,
/// which", "the talks between Chad and Niger, which".
pub(super) fn is_head_of(sentence: &Sentence<'_, '_>, noun: &Range<usize>, pronoun: usize) -> bool {
    let finite = |at: usize| sentence.is(at, Class::Finite) || sentence.article.tenses.is_present(at);
    let belongs = |at: usize| sentence.in_name(at) || !finite(at) && !sentence.event_noun_at(at);
    let near = noun.end + 2 >= pronoun;
    noun.end <= pronoun && (near || noun.end + 2 * NOUN_REACH >= pronoun && (noun.end..pronoun).all(belongs))
}

/// "Hamburg will host a meeting of …": the town or state that only lends the room.
pub(super) fn is_venue(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let Some(verb) = sentence.ahead(name.tokens.end, NOUN_REACH).find(|at| sentence.is(*at, Class::Hosting)) else {
        return false;
    };
    let plain = (name.tokens.end..verb).all(|at| !sentence.in_name(at));
    name.place.is_some()
        && name.person.is_none()
        && plain
        && sentence.ahead(verb + 1, NOUN_REACH).any(|at| sentence.event_noun_at(at))
}

/// Whether a name is a person's, or that of the state or organisation of one: "the Finnish foreign minister".
pub(super) fn is_person(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let office = sentence.ahead(name.tokens.end, NOUN_REACH - 1).any(|at| sentence.office_at(at));
    // "the president of Norway"
    let of = sentence.before_phrase(name.tokens.start).filter(|at| sentence.is(*at, Class::Of));
    let held = of.is_some_and(|of| of > sentence.tokens.start && is_of_office(sentence, of - 1));
    name.person.is_some() || office || held
}

/// "the talks", "the two-day visit".
pub(super) fn is_definite(sentence: &Sentence<'_, '_>, found: &Found) -> bool {
    found.is_noun() && sentence.back(found.tokens.start, 4).any(|at| sentence.is(at, Class::Definite))
}

/// "the summit hall", "the truce observation post": the noun only modifies another.
pub(super) fn is_modifier(sentence: &Sentence<'_, '_>, found: &Found) -> bool {
    let next = found.tokens.end;
    let noun = found.form == Form::Noun && sentence.is_lower(next) && describes(sentence, next);
    noun && sentence.classes(next).is_empty()
        && !sentence.has_verb(next..next + 1)
        && !sentence.in_date(next)
        && !sentence.event_noun_at(next)
}

/// The name that the relative clause of a token is about.
pub(super) fn antecedent_of<'a>(sentence: &Sentence<'a, '_>, at: usize) -> Option<&'a Entity> {
    arguments::antecedent(sentence, sentence.clauses().of(at))
}
