//! Who takes part in an event: every party that the article names is an option, with signals for and against it.

use super::anaphora::{self, Anaphor, acts};
use super::arguments;
use super::candidate::Participant;
use super::clause::Sort;
use super::date_scope::may_lie_ahead;
use super::phrases::{self, Governor};
use super::sentence::Sentence;
use super::signals::{ParticipantSignal, ParticipantSignal as S, Weights};
use super::triggers::Found;
use crate::event::Kind;
use crate::extract::entities::{Entity, How, PartyId};
use crate::extract::lexicon::Class;
use crate::extract::text::Shape;
use enumset::EnumSet;
use std::ops::Range;

/// How far from its trigger a name counts as near, and how far as far, in tokens.
const NEAR: usize = 4;
const FAR: usize = 14;

/// Every party that may take part in the event of a trigger which a date of the sentence dates, with its signals.
pub(super) fn options(
    weights: &Weights<ParticipantSignal>,
    sentences: &[Sentence<'_, '_>],
    sentence: &Sentence<'_, '_>,
    found: &Found,
    date: Option<usize>,
) -> Vec<Participant> {
    let mut options: Vec<Participant> = Vec::new();
    let signals = name_signals(sentence, found, date);
    for (name, signals) in sentence.entities.iter().zip(signals) {
        let Some(party) = name.party else { continue };
        let score = weights.sum(signals);
        for party in sentence.language.names.gazetteer.members_of(party) {
            add(&mut options, Participant { party, person: name.person, signals, score, at: Some(name.tokens.start) });
        }
    }
    let named = options.iter().filter(|option| option.score > 0.0).count();
    for (party, person, signals) in elsewhere(sentences, sentence, found, &options, named) {
        let known = options.iter().find(|option| option.party == party).map(|option| option.signals);
        let signals = signals | known.unwrap_or_default();
        add(&mut options, Participant { party, person, signals, score: weights.sum(signals), at: None });
    }
    options
}

/// Keeps the better of two options for one party.
fn add(options: &mut Vec<Participant>, new: Participant) {
    match options.iter_mut().find(|known| known.party == new.party) {
        Some(known) => {
            let person = known.person.or(new.person);
            if new.score > known.score {
                *known = Participant { at: known.at.or(new.at), ..new };
            }
            known.person = person;
        }
        None => options.push(new),
    }
}

/// The signals of each name of the sentence.
#[expect(clippy::too_many_lines, reason = "a line or two for each signal")]
fn name_signals(sentence: &Sentence<'_, '_>, found: &Found, date: Option<usize>) -> Vec<EnumSet<S>> {
    let body = if found.is_noun() { phrases::body_of(sentence, &found.tokens).and_then(|e| e.party) } else { None };
    let goal = arguments::goal(sentence, &found.tokens).map(|goal| goal.tokens.start);
    let acting = sentence.entities.iter().filter(|e| acts(sentence, e)).count();
    let said = |e: &&Entity| sentence.clauses().sort_of(e.tokens.start) == Sort::Reporting;
    let plain = sentence.entities.iter().filter(|e| acts(sentence, e) && !said(e)).count();
    let in_clause = |clause: usize| {
        let clauses = sentence.clauses();
        sentence.entities.iter().filter(|e| clauses.of(e.tokens.start) == clause && acts(sentence, e)).count()
    };
    // Those who act before the trigger in its clause.
    let own_clause = sentence.clauses().of(found.tokens.start);
    let subject = |e: &&Entity| {
        e.tokens.end <= found.tokens.start && sentence.clauses().of(e.tokens.start) == own_clause && acts(sentence, e)
    };
    let subjects = sentence.entities.iter().filter(subject).count();
    let of_all = |name: &Entity| {
        if name.party.is_none() {
            return EnumSet::empty();
        }
        let mut signals = signals_of_name(sentence, name);
        let mut set = |signal: S, holds: bool| {
            if holds {
                signals |= signal;
            }
        };
        let clauses = sentence.clauses();
        let date_at = date
            .map(|date| &sentence.article.dates[date].tokens)
            .filter(|tokens| sentence.tokens.contains(&tokens.start));
        let (own, other) = (clauses.of(found.tokens.start), clauses.of(name.tokens.start));
        let organisation = name.party.is_some_and(|party| sentence.is_organisation(party));
        let same = own == other;
        let shared = clauses.clauses[own].subject == Some(other) || clauses.clauses[other].subject == Some(own);
        let takes_up = |of: usize, head: usize| {
            clauses.clauses[of].relative.is_some_and(|pronoun| head + NEAR >= pronoun && head <= pronoun)
        };
        let relative = takes_up(own, name.tokens.end) || takes_up(other, found.tokens.end);
        let before = name.tokens.end <= found.tokens.start;
        let (from, to) =
            if before { (name.tokens.end, found.tokens.start) } else { (found.tokens.end, name.tokens.start) };
        let ungoverned = phrases::governor(sentence, name).is_none();
        let is_goal = goal == Some(name.tokens.start);
        let visit = found.kind == Kind::Visit;
        let placed = phrases::governor(sentence, name) == Some(Governor::Place) && name.place.is_some();
        set(S::SameClause, same);
        set(S::SharedSubject, !same && shared);
        let clause = &clauses.clauses[other];
        let opening = clauses.tokens(other).next().unwrap_or(name.tokens.start);
        set(
            S::InAside,
            !same
                && clause.parent == Some(own)
                && clause.relative.is_none()
                && !sentence.is(opening, Class::Subordinator),
        );
        set(S::InRelativeClause, !same && clause.relative.is_some() && !relative);
        set(S::InSubordinateClause, !same && sentence.is(opening, Class::Subordinator));
        set(S::RelativeClause, !same && relative);
        set(S::OtherClause, !same && !shared && !relative);
        set(S::OtherClauseBesideSubject, !same && !shared && !relative && subjects > 0);
        set(S::Before, before);
        set(S::After, !before);
        set(S::Near, to.saturating_sub(from) <= NEAR);
        set(S::Far, to.saturating_sub(from) > FAR);
        let names_event = organisation || phrases::is_paired(sentence, name) || name.how == How::Demonym;
        let overlaps = name.tokens.start < found.tokens.end && found.tokens.start < name.tokens.end;
        let named = phrases::event_named_by(sentence, name);
        set(S::NamesEvent, names_event && named == Some(found.tokens.start) || overlaps);
        let other_event = sentence.triggers().iter().find(|other| {
            let within = name.tokens.start < other.tokens.end && other.tokens.start < name.tokens.end;
            other.is_noun()
                && other.tokens != found.tokens
                && (within || organisation && named == Some(other.tokens.start))
        });
        let attended = other_event.is_some_and(|other| {
            other.tokens.start > found.tokens.start
                && clauses.of(other.tokens.start) == own
                && (found.is_verb() || found.kind == Kind::Visit)
        });
        set(S::OfAttendedEvent, attended);
        set(S::OfOtherEvent, other_event.is_some() && !attended && !overlaps);
        set(S::OrganisationAsSubject, organisation && before && ungoverned && same);
        set(S::OnlyNameOfClause, in_clause(own) == 1 && same);
        let paired = named == Some(found.tokens.start) || overlaps;
        set(
            S::BodyNamesEvent,
            organisation
                && (paired
                    || sentence.before_phrase(name.tokens.start) == Some(found.tokens.end)
                        && sentence.is(found.tokens.end, Class::Of)),
        );
        set(S::Visitor, visit && before && ungoverned);
        set(S::OtherOfVisit, visit && !before && !is_goal);
        let with = phrases::governor(sentence, name) == Some(Governor::Party);
        set(
            S::WithAfterMeeting,
            with && !before && found.kind.family() == Kind::Meeting.family() && !phrases::is_of_topic(sentence, name),
        );
        let two_sided = matches!(found.kind, Kind::Talks | Kind::Meeting | Kind::Call | Kind::Signing | Kind::Exercise);
        let says = clauses.sort_of(name.tokens.start) == Sort::Reporting;
        set(S::SpeakerBesideOne, says && two_sided && !organisation && plain == 1);
        set(S::SpeakerAlone, acting == 1 && sentence.clauses().sort_of(name.tokens.start) == Sort::Reporting);
        let body_acts = sentence.entities.iter().any(|e| {
            let body =
                e.tokens.start != name.tokens.start && e.party.is_some_and(|party| sentence.is_organisation(party));
            body && clauses.of(e.tokens.start) == other && acts(sentence, e)
        });
        set(S::PlaceBesideBody, placed && !visit && body_acts);
        let capital = name.how == How::Capital && !phrases::is_possessive(sentence, name);
        set(S::PlaceBeforeEvent, capital && acting > 1 && phrases::is_before_event(sentence, name));
        set(S::PlaceOfVote, placed && found.is_popular_vote() && same);
        set(S::HostByCapital, name.how == How::Capital && placed && !visit);
        set(S::UngovernedPlace, name.how == How::Capital && ungoverned);
        set(S::PersonAsSubject, name.person.is_some() && before && ungoverned && same);
        set(S::PersonAsObject, name.person.is_some() && !before && same);
        set(
            S::OfEvent,
            sentence.before_phrase(name.tokens.start) == Some(found.tokens.end)
                && sentence.is(found.tokens.end, Class::Of),
        );
        set(S::OtherBodysEvent, body.is_some() && body != name.party);
        set(S::Goal, is_goal);
        set(S::GoalOfVisit, is_goal && visit);
        set(S::PlaceOfMeeting, placed && !visit);
        set(S::SubjectOfVerb, found.is_verb() && before && ungoverned && same);
        set(S::ObjectOfVerb, found.is_verb() && !before && ungoverned && same && to.saturating_sub(from) <= NEAR);
        set(S::Attends, (from..to).any(|at| sentence.is(at, Class::Attending)) && before);
        let attended = clauses.clauses[other].relative.is_some_and(|pronoun| {
            phrases::is_head_of(sentence, &found.tokens, pronoun)
                && clauses.tokens(other).any(|at| sentence.is(at, Class::Attending))
        });
        set(S::AttendsInRelative, !same && attended);
        set(S::HandedTo, phrases::is_handed_to(sentence, name, found));
        set(S::AnotherEventBetween, (from..to).any(|at| sentence.event_noun_at(at)));
        let relative_date = date_at.map(|date| clauses.of(date.start)).filter(|clause| *clause != own);
        let dated_relative = relative_date.and_then(|clause| clauses.clauses[clause].relative);
        let told_there = relative_date.is_some_and(|clause| in_clause(clause) > 0);
        let heads = dated_relative.is_some_and(|pronoun| phrases::is_head_of(sentence, &found.tokens, pronoun));
        set(S::OutsideDatedRelative, heads && told_there && before && same);
        set(
            S::AnotherVerbBetween,
            sentence.triggers().iter().any(|other| other.is_verb() && (from..to).contains(&other.tokens.start)),
        );
        set(S::BeyondDate, date_at.is_some_and(|date| date.start >= found.tokens.end && name.tokens.start >= date.end));
        let second = date_at.is_some_and(|own| is_beyond_another_date(sentence, found, own, &name.tokens));
        set(S::SecondDate, second);
        set(S::OrganisationInPopularVote, found.is_popular_vote() && organisation);
        set(S::OnlyName, acting == 1);
        set(S::ManyNames, acting > 4);
        signals
    };
    sentence.entities.iter().map(of_all).collect()
}

/// Whether another date of the same clause stands between a name, unless it is of the subject, and the event's own.
pub(super) fn is_beyond_another_date(
    sentence: &Sentence<'_, '_>,
    found: &Found,
    own: &Range<usize>,
    name: &Range<usize>,
) -> bool {
    let clauses = sentence.clauses();
    let clause = clauses.of(own.start);
    let subject = sentence.triggers().iter().all(|other| name.end <= other.tokens.start) && found.is_verb();
    !subject
        && sentence.dates.clone().map(|at| &sentence.article.dates[at]).any(|other| {
            let between = |a: usize, b: usize| a <= other.tokens.start && other.tokens.end <= b;
            other.tokens.start != own.start
                && (between(own.end, name.start) || between(name.end, own.start))
                && clauses.of(other.tokens.start) == clause
                && may_lie_ahead(sentence, other)
        })
}

/// What the sentence says of a name, whatever the event.
fn signals_of_name(sentence: &Sentence<'_, '_>, name: &Entity) -> EnumSet<S> {
    let mut signals = EnumSet::empty();
    let mut set = |signal: S, holds: bool| {
        if holds {
            signals |= signal;
        }
    };
    let officials = name.how == How::Demonym && phrases::stands_for_officials(sentence, name);
    let layout = &sentence.article.layout;
    let start = name.tokens.start;
    let governor = phrases::governor(sentence, name);
    let sort = sentence.clauses().sort_of(start);
    set(S::Organisation, name.party.is_some_and(|party| sentence.is_organisation(party)));
    set(S::Person, name.person.is_some());
    set(S::Demonym, officials);
    set(S::BareDemonym, name.how == How::Demonym && !officials);
    set(S::Capital, name.how == How::Capital);
    set(S::Seat, name.how == How::Seat);
    set(S::Organ, name.how == How::Body);
    set(S::Possessive, phrases::is_possessive(sentence, name));
    set(S::HoldsOffice, phrases::is_person(sentence, name));
    set(S::GovernedAsParty, governor == Some(Governor::Party));
    set(S::GovernedAsPlace, governor == Some(Governor::Place));
    set(S::GovernedAsTopic, governor == Some(Governor::Topic));
    set(S::AfterOf, sentence.before_phrase(start).is_some_and(|at| sentence.is(at, Class::Of)));
    set(S::Ungoverned, governor.is_none());
    set(S::OfTopic, phrases::is_of_topic(sentence, name));
    set(S::Contrasted, phrases::is_contrasted(sentence, start));
    set(S::ListedMember, phrases::is_member(sentence, name));
    set(S::CompoundAdjective, phrases::is_compound_adjective(sentence, name));
    set(S::InLongerName, phrases::is_in_longer_name(sentence, name));
    set(S::Landform, phrases::is_landform(sentence, name));
    set(S::LandOfTown, phrases::is_land_of_town(sentence, name));
    set(S::Nationality, phrases::is_nationality(sentence, name));
    set(S::AccreditedTo, phrases::is_accredited_to(sentence, name));
    let capitals = sentence.article.text.tokens[name.tokens.start].shape == Shape::Upper
        && name.tokens.start == sentence.tokens.start;
    set(S::InCapitals, capitals && name.place.is_some());
    set(S::Venue, phrases::is_venue(sentence, name));
    set(S::InReport, sort == Sort::Reporting);
    set(S::InCondition, sort == Sort::Conditional);
    set(
        S::InDateline,
        layout.dateline(sentence.number).contains(&start) || layout.label(sentence.number).contains(&start),
    );
    set(
        S::Mediates,
        sentence
            .before_phrase(start)
            .is_some_and(|by| sentence.is(by, Class::By) && sentence.follows(by, Class::Mediating)),
    );
    set(S::ActsElsewhere, sentence.article.count_of(name.party) > 2);
    signals
}

/// Parties that other sentences name, with what ties them to the event. `named` of those of this sentence take part.
fn elsewhere(
    sentences: &[Sentence<'_, '_>],
    sentence: &Sentence<'_, '_>,
    found: &Found,
    here: &[Participant],
    named: usize,
) -> Vec<(PartyId, Option<usize>, EnumSet<S>)> {
    let mut options: Vec<(PartyId, Option<usize>, EnumSet<S>)> = Vec::new();
    let mut add = |party: PartyId, person: Option<usize>, signals: EnumSet<S>| match options
        .iter_mut()
        .find(|(known, ..)| *known == party)
    {
        Some((_, known, all)) => {
            *all |= signals;
            *known = known.or(person);
        }
        None => options.push((party, person, signals)),
    };
    let anaphor = anaphora::anaphor(sentence, found);
    let signal = match anaphor {
        Anaphor::Person(_) => S::ReferentOfPerson,
        Anaphor::Office(_) => S::ReferentOfOffice,
        Anaphor::Owner(_) => S::ReferentOfOwner,
        Anaphor::Body(_) | Anaphor::It => S::ReferentOfBody,
        Anaphor::Speaker | Anaphor::Author => S::ReferentOfSpeaker,
        Anaphor::Group(_) => S::ReferentOfGroup,
        Anaphor::None => S::ReferentOfEvent,
    };
    if named < 2 || anaphor != Anaphor::None {
        for (party, person) in anaphora::referents(sentences, sentence, found, anaphor) {
            let alone = anaphor != Anaphor::None || named == 0;
            let mut signals = if alone { EnumSet::from(signal) } else { EnumSet::empty() };
            if matches!(anaphor, Anaphor::Group(group) if group.count.is_some_and(|count| count > 1)) {
                signals |= S::ReferentOfCountedGroup;
            }
            if named == 0 {
                signals |= S::ReferentAlone;
            }
            add(party, person, signals);
        }
    }
    let article = sentence.article;
    let body = here.iter().any(|option| option.score > 0.0 && sentence.is_organisation(option.party));
    if named < 2 {
        let mut either = |party: Option<PartyId>, alone: Option<S>, beside_one: Option<S>| {
            // A body that meets is not joined by whom others name.
            let signal = if named == 0 { alone } else { beside_one.filter(|_| !body || party == article.source) };
            if let (Some(party), Some(signal)) = (party, signal) {
                add(party, None, EnumSet::from(signal));
            }
        };
        either(article.source, Some(S::SourceAlone), Some(S::SourceBesideOne));
        let near = |from: usize, to: usize| {
            sentences[sentence.number.saturating_sub(from)..sentence.number.saturating_sub(to)]
                .iter()
                .flat_map(anaphora::acting)
        };
        for (party, _) in near(1, 0) {
            either(Some(party), Some(S::SentenceBeforeAlone), Some(S::SentenceBeforeBesideOne));
        }
        for (party, _) in near(4, 1) {
            either(Some(party), Some(S::NearbyAlone), Some(S::NearbyBesideOne));
        }
        if let Some(next) = sentences.get(sentence.number + 1).filter(|_| named == 0) {
            for (party, _) in anaphora::acting(next) {
                either(Some(party), Some(S::NextSentenceAlone), None);
            }
        }
        for (party, _) in told_after(sentences, sentence, found) {
            either(Some(party), Some(S::ToldAfter), Some(S::ToldAfter));
        }
        let mut most = article.spoken_of.iter().map(|(party, _)| *party);
        either(most.next(), Some(S::MostNamedAlone), Some(S::MostNamedBesideOne));
        either(most.next(), Some(S::SecondMostAlone), None);
        for party in &article.in_title {
            either(Some(*party), Some(S::InTitleAlone), Some(S::InTitleBesideOne));
        }
        for (party, _) in sentences.first().filter(|_| named == 0).map(anaphora::acting).unwrap_or_default() {
            either(Some(party), Some(S::FirstSentenceAlone), None);
        }
    }
    // Of a visit, the country that it goes to is the host.
    let goal =
        arguments::goal(sentence, &found.tokens).and_then(|goal| goal.place).filter(|_| found.kind == Kind::Visit);
    if let Some(host) = goal.and_then(|place| sentence.country_of(place)) {
        add(host, None, if named == 0 { S::HostOfVisit.into() } else { S::HostOfVisit | S::HostBesideOne });
    }
    for (party, _, signals) in &mut options {
        let organisation = sentence.is_organisation(*party);
        *signals |= if organisation { S::Organisation.into() } else { EnumSet::empty() };
        if organisation && matches!(found.kind, Kind::Summit | Kind::Conference) {
            *signals |= S::OrganisationOfSummit;
        }
        if here.iter().all(|known| known.party != *party) {
            *signals |= S::Elsewhere;
        }
    }
    options
}

/// "It will bring together Oman and Qatar", "The talks will be between Oman and Qatar": those whom a sentence after that of an
/// event says of the same one, at least two.
fn told_after(sentences: &[Sentence<'_, '_>], sentence: &Sentence<'_, '_>, found: &Found) -> Vec<anaphora::Referent> {
    let last = sentences.len().min(sentence.number + 3);
    let same = |after: &&Sentence<'_, '_>| {
        let owner = after.is(after.tokens.start, Class::Owner);
        let alike = |noun: &Found| noun.kind.family() == found.kind.family() && phrases::is_definite(after, noun);
        let resumes = anaphora::begins_with_pronoun(after) || owner || after.triggers().iter().any(alike);
        after.dates.is_empty() && resumes
    };
    let after = sentences[sentence.number + 1..last].iter().filter(same).map(anaphora::acting);
    after.into_iter().find(|acting| acting.len() > 1).unwrap_or_default()
}
