//! Noun and prepositional phrases around a name: what governs it, what it modifies, what it is a part of.

use super::arguments;
use super::sentence::Sentence;
use super::triggers::{Argument, Form, Found, Match};
use crate::event::Kind;
use crate::extract::entities::{Entity, How, Office, Rank};
use crate::extract::lexicon::Class;
use enumset::enum_set;
use std::ops::Range;

/// How far before a name its preposition may stand, in tokens.
const REACH: usize = 9;
/// How far after an adjective or a name its noun may stand, in tokens.
const NOUN_REACH: usize = 6;
/// How many words an office may have.
const OFFICE_LENGTH: usize = 4;

/// What the preposition before a name makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Governor {
    /// It takes part: "with Norway".
    Party,
    /// It is where something happens: "in Oslo".
    Place,
    /// It is spoken of: "on Syria".
    Topic,
    /// It has another part in the event: "hosted by Oman", "the envoy to Oman", "on the sidelines of the UN's session".
    Outsider,
}

/// The preposition or the like that stands before a name in its clause; none for a subject or an object.
pub(super) fn governor(sentence: &Sentence<'_, '_>, name: &Entity) -> Option<Governor> {
    let clauses = sentence.clauses();
    let clause = clauses.of(name.tokens.start);
    let mut first = sentence.back(name.tokens.start, REACH).start;
    for at in (sentence.tokens.start..name.tokens.start).rev() {
        if at < first || clauses.of(at) != clause || sentence.in_date(at) {
            return None;
        }
        // "to" before a name is no sign of a verb.
        let to_name = sentence.is(at, Class::To) && name_of_phrase(sentence, at + 1).is_some();
        if sentence.is(at, Class::That) || sentence.is(at, Class::Modal) && !to_name {
            return None;
        }
        // "Algeria as well as Mauritania"
        let as_well =
            sentence.is(at, Class::As) && (sentence.is(at + 1, Class::Well) || sentence.follows(at, Class::Well));
        let joint = sentence.is_any(at, enum_set!(Class::Conjunction | Class::Disjunction));
        if as_well || joint || is_list_comma(sentence, at) {
            // A conjunct plays the part of the name that it is joined to.
            first = first.min(at.saturating_sub(REACH));
            continue;
        }
        if sentence.is_comma(at) {
            return None;
        }
        // "the port of Tripoli" is governed as "the port" is.
        if sentence.is(at, Class::Of) && sentence.follows(at, Class::Settlement) {
            continue;
        }
        if let Some(governor) = preposition(sentence, at) {
            return Some(governor);
        }
    }
    None
}

/// A comma between two names of a list, but not "in Lisbon, Chile and Norway will meet".
fn is_list_comma(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let is_town = |e: &Entity| e.place.is_some_and(|place| !sentence.is_country(place));
    let last = sentence.name_ending(at).filter(|_| sentence.is_comma(at));
    last.is_some_and(|last| {
        let next = sentence.name_starting(at + 1).filter(|next| is_town(last) && !is_town(next));
        next.is_none_or(|next| is_land_of_town(sentence, next))
    })
}

/// The name of the phrase that begins at a token, with or without an article.
fn name_of_phrase<'a>(sentence: &Sentence<'a, '_>, at: usize) -> Option<&'a Entity> {
    sentence.name_starting(at + usize::from(sentence.is(at, Class::Definite)))
}

/// What the preposition at a token makes of the name after it, by the words before it where those decide.
fn preposition(sentence: &Sentence<'_, '_>, at: usize) -> Option<Governor> {
    let follows = |class| sentence.follows(at, class);
    let office = || office_ending(sentence, at);
    let classes = sentence.classes(at);
    let outside = !classes.is_disjoint(Class::Of | Class::To) && follows(Class::Margin)
        || classes.contains(Class::By) && follows(Class::Mediating)
        || !classes.is_disjoint(Class::To | Class::For) && office().is_some_and(|office| office.rank == Rank::Envoy);
    if outside {
        return Some(Governor::Outsider);
    }
    // "the deadline for Chad to withdraw"
    if classes.contains(Class::For) && is_limit_before(sentence, at) {
        return Some(Governor::Party);
    }
    // "experts from Chad", but "from Oslo to Riga"
    if classes.contains(Class::From) {
        let people = |at: usize| {
            sentence.is_any(at, enum_set!(Class::Officials | Class::Conjunction)) || sentence.event_noun_at(at)
        };
        let acts = sentence.before(at).is_some_and(people) || office().is_some();
        return Some(if acts { Governor::Party } else { Governor::Topic });
    }
    let order = [
        (Class::PartyPreposition, Governor::Party),
        (Class::PlacePreposition, Governor::Place),
        (Class::TopicPreposition, Governor::Topic),
    ];
    let (_, governor) = order.into_iter().find(|(class, _)| classes.contains(*class))?;
    if governor == Governor::Topic && ends_a_verb(sentence, at) {
        // "will meet on Crete", but "takes over the presidency"
        return classes.contains(Class::SettingPreposition).then_some(Governor::Place);
    }
    Some(governor)
}

/// Whether a word for a deadline ends before a token.
fn is_limit_before(sentence: &Sentence<'_, '_>, end: usize) -> bool {
    let limit = |found: &Match| found.is(sentence.language.triggers, |_, trigger| trigger.kind == Kind::Deadline);
    sentence.matches.iter().any(|found| found.tokens.end == end && limit(found))
}

/// Whether a verb that names an event ends before or with the preposition at a token: "take over".
fn ends_a_verb(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    let verb = |form: Form| !matches!(form, Form::Noun | Form::Plural);
    sentence.matches.iter().any(|found| {
        (found.tokens.end == at || found.tokens.end == at + 1 && found.tokens.start < at)
            && found.is(sentence.language.triggers, |form, _| verb(form))
    })
}

/// The office whose words end before a token.
fn office_ending(sentence: &Sentence<'_, '_>, end: usize) -> Option<Office> {
    sentence.back(end, OFFICE_LENGTH).find_map(|first| {
        let (tokens, office) = sentence.language.names.office(sentence.article.text, first, sentence.tokens.end)?;
        (tokens.end == end).then_some(office)
    })
}

/// "talks on grain from Ukraine", "to discuss the border with Mali": a name within what the event is about. Those with whom it
/// is held are named after "with" or "between", and are none.
pub(super) fn is_of_topic(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let clauses = sentence.clauses();
    let clause = clauses.of(name.tokens.start);
    let ends = |at: usize| {
        sentence.in_date(at)
            || clauses.of(at) != clause
            || sentence.event_noun_at(at)
            || sentence.is(at, Class::With) && !sentence.follows(at, Class::Relation)
    };
    let mut before = sentence.back(name.tokens.start, REACH).rev().take_while(|at| !ends(*at));
    before.any(|at| sentence.is(at, Class::About) && !sentence.in_date(at + 1))
}

/// "Russian officials", "the Russians", "French-German talks": an adjective that stands for the state.
pub(super) fn stands_for_officials(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let next = name.tokens.end;
    // "the Russians", but not "the Swiss capital".
    let mut letters = sentence.article.text.token_text(next - 1).chars().rev();
    let plural = letters.next() == Some('s') && letters.next() != Some('s');
    let alone =
        !sentence.is_word(next) || sentence.is_any(next, enum_set!(Class::ListJoint | Class::Modal | Class::Finite));
    if plural || alone && sentence.follows(name.tokens.start, Class::Definite) {
        return true;
    }
    let passes = |at: usize| sentence.is(at, Class::ListJoint) || describes(sentence, at);
    let acts = |at: usize| sentence.is(at, Class::Officials) || sentence.office_at(at) || sentence.event_noun_at(at);
    sentence.ahead(next, NOUN_REACH).find(|at| acts(*at) || !passes(*at)).is_some_and(acts)
}

/// Whether a token is a word that may describe a noun: one that does nothing else in a sentence.
pub(super) fn describes(sentence: &Sentence<'_, '_>, at: usize) -> bool {
    sentence.is_word(at) && sentence.classes(at).is_empty()
}

/// "the United Nations Buffer Zone": the name is only part of that of something which is not known.
pub(super) fn is_in_longer_name(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let next = name.tokens.end;
    let known = sentence.name_starting(next).is_some() || sentence.event_noun_at(next) || sentence.in_date(next);
    sentence.is_capitalised(next) && !known && !sentence.office_at(next)
}

pub(super) fn is_possessive(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let end = name.tokens.end;
    sentence.is(end, Class::Possessive) || sentence.is_mark(end, '\'') || sentence.is_mark(end, '’')
}

/// Whether a name stands for nobody who acts: that of where a report was written, of a lake, of the country of a town, or the
/// nationality of one who acts for a body ("NATO's Norwegian secretary general").
pub(super) fn is_no_actor(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let start = name.tokens.start;
    let layout = &sentence.article.layout;
    let written = [layout.dateline(sentence.number), layout.label(sentence.number)];
    written.iter().any(|tokens| tokens.contains(&start))
        || is_landform(sentence, name)
        || is_land_of_town(sentence, name)
        || name.how == How::Demonym && sentence.follows(start, Class::Possessive)
}

/// "the Gulf of Oman", "Lake Chad".
fn is_landform(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let before = sentence.before(name.tokens.start);
    let head = before.map(|at| if sentence.is(at, Class::Of) { at.saturating_sub(1) } else { at });
    head.is_some_and(|at| sentence.is(at, Class::Landform) && sentence.is_capitalised(at))
}

/// "Pusan of South Korea", "Lima, Peru": the country where a town lies.
pub(super) fn is_land_of_town(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let Some(joint) = sentence.before_phrase(name.tokens.start) else { return false };
    // "Hyderabad in southern Pakistan"
    let joint = if describes(sentence, joint) && !sentence.in_name(joint) { joint.saturating_sub(1) } else { joint };
    let linked = sentence.is_any(joint, enum_set!(Class::Of | Class::In)) || sentence.is_comma(joint);
    let town = sentence.name_ending(joint).and_then(|e| e.place).filter(|place| !sentence.is_country(*place));
    // "Atlanta, Georgia, on 3 May", but not "in Lisbon, Chile and Norway will meet"
    let end = name.tokens.end;
    let enclosed = sentence.is_comma(joint)
        && sentence.is_comma(end)
        && !sentence.is(end + 1, Class::Conjunction)
        && sentence.name_starting(end + 1).is_none();
    let land = name.party.or_else(|| name.place.and_then(|place| sentence.country_of(place)));
    linked && land.is_some() && town.is_some_and(|town| enclosed || sentence.country_of(town) == land)
}

/// "hands over the presidency to Portugal": who takes it over.
pub(super) fn is_handed_to(sentence: &Sentence<'_, '_>, name: &Entity, found: &Found) -> bool {
    let to = sentence.before_phrase(name.tokens.start).is_some_and(|at| sentence.is(at, Class::To));
    let clauses = sentence.clauses();
    let same = clauses.of(name.tokens.start) == clauses.of(found.tokens.start);
    found.argument == Some(Argument::Office) && to && same && name.tokens.start >= found.tokens.end
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

/// The body whose own event a noun names: "the NATO summit", "a meeting of the Arab League", but not "the NATO-Russia
/// council".
pub(super) fn body_of<'a>(sentence: &Sentence<'a, '_>, noun: &Range<usize>) -> Option<&'a Entity> {
    let body = |e: &&Entity| e.party.is_some_and(|party| sentence.is_organisation(party));
    let paired = |e: &Entity| {
        let (before, after) = (e.tokens.start.saturating_sub(1), e.tokens.end);
        sentence.is(after, Class::Dash) && sentence.in_name(after + 1)
            || sentence.is(before, Class::Dash) && sentence.name_ending(before).is_some()
    };
    let of = |e: &Entity| sentence.is(noun.end, Class::Of) && sentence.before_phrase(e.tokens.start) == Some(noun.end);
    let holds = |e: &&Entity| {
        let within = e.tokens.contains(&noun.start) && e.tokens.len() > 1;
        !paired(e) && (within || event_named_by(sentence, e) == Some(noun.start)) || of(e)
    };
    sentence.entities.iter().filter(body).find(holds)
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

/// Whether a name is a person's, or that of the state or organisation of one: "the Finnish foreign minister", "the president
/// of Norway".
pub(super) fn is_person(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    let of = sentence.before_phrase(name.tokens.start).filter(|at| sentence.is(*at, Class::Of));
    name.person.is_some()
        || sentence.ahead(name.tokens.end, NOUN_REACH - 1).any(|at| sentence.office_at(at))
        || of.is_some_and(|of| office_ending(sentence, of).is_some())
}

/// "the talks", "the two-day visit".
pub(super) fn is_definite(sentence: &Sentence<'_, '_>, found: &Found) -> bool {
    found.is_noun() && sentence.back(found.tokens.start, 4).any(|at| sentence.is(at, Class::Definite))
}

/// "the summit hall", "the truce observation post": the noun only modifies another.
pub(super) fn is_modifier(sentence: &Sentence<'_, '_>, found: &Found) -> bool {
    let next = found.tokens.end;
    found.form == Form::Noun
        && sentence.is_lower(next)
        && sentence.classes(next).is_empty()
        && !sentence.has_verb(next..next + 1)
        && !sentence.in_date(next)
        && !sentence.event_noun_at(next)
}

/// The name that the relative clause of a token is about.
pub(super) fn antecedent_of<'a>(sentence: &Sentence<'a, '_>, at: usize) -> Option<&'a Entity> {
    arguments::antecedent(sentence, sentence.clauses().of(at))
}
