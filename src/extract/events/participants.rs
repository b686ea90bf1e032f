//! The participants of an event: every party that the article names is an option, with signals for and against it.

use super::anaphora::{self, Referent, acts};
use super::candidate::Participant;
use super::date_scope::may_lie_ahead;
use super::phrases::{self, Governor};
use super::sentence::Sentence;
use super::signals::{ParticipantSignal as S, holding};
use super::triggers::Found;
use crate::event::Kind;
use crate::extract::entities::{Entity, How, PartyId};
use crate::extract::lexicon::Class;
use crate::extract::time::Timex;
use enumset::EnumSet;
use std::ops::Range;

/// The largest distance from the trigger at which a name counts as near, and the largest before it counts as far, in
/// tokens.
const NEAR: usize = 4;
const FAR: usize = 14;
/// How many sentences after the event's own may add participants.
const AFTER: usize = 2;

/// Returns every party that may take part in the event of a trigger, with its signals and score. `date` is the date of
/// the candidate, an index into the dates of the article.
pub(super) fn options(
    sentences: &[Sentence<'_, '_>],
    sentence: &Sentence<'_, '_>,
    found: &Found,
    date: Option<usize>,
) -> Vec<Participant> {
    let weights = &sentence.pack.who;
    let mut options: Vec<Participant> = Vec::new();
    for (name, signals) in sentence.entities.iter().zip(name_signals(sentence, found, date)) {
        let Some(party) = name.party else { continue };
        let score = weights.sum(signals);
        for party in sentence.names.gazetteer.members_of(party) {
            add(&mut options, Participant { party, person: name.person, signals, score, at: Some(name.tokens.start) });
        }
    }
    let named = options.iter().filter(|option| option.score > 0.0).count();
    for (signal, (party, person)) in named_elsewhere(sentences, sentence, found, &options, named) {
        let at = options.iter().position(|option| option.party == party).unwrap_or_else(|| {
            let signals = if named == 0 { S::Elsewhere.into() } else { S::Elsewhere | S::BesideOne };
            options.push(Participant { party, person, signals, score: 0.0, at: None });
            options.len() - 1
        });
        options[at].signals |= signal;
        options[at].score = weights.sum(options[at].signals);
    }
    options
}

/// Adds an option, or keeps the better of two options for one party.
fn add(options: &mut Vec<Participant>, new: Participant) {
    match options.iter_mut().find(|known| known.party == new.party) {
        Some(known) if new.score > known.score => *known = new,
        Some(_) => {}
        None => options.push(new),
    }
}

/// Returns the signals of each name of the sentence, in the order of the names.
fn name_signals(sentence: &Sentence<'_, '_>, found: &Found, date: Option<usize>) -> Vec<EnumSet<S>> {
    let clauses = &sentence.clauses;
    let own = clauses.of(found.tokens.start);
    let date_at =
        date.map(|date| &sentence.article.dates[date].tokens).filter(|tokens| sentence.tokens.contains(&tokens.start));
    let visit = found.kind == Kind::Visit;
    let body = if found.is_noun() { phrases::body_of(sentence, &found.tokens).and_then(|e| e.party) } else { None };
    let acting: Vec<&Entity> = sentence.entities.iter().filter(|e| acts(sentence, e)).collect();
    let has_subject = acting.iter().any(|e| e.tokens.end <= found.tokens.start && clauses.of(e.tokens.start) == own);
    let of_name = |name: &Entity| {
        let Some(party) = name.party else { return EnumSet::empty() };
        let other = clauses.of(name.tokens.start);
        let same = own == other;
        let before = name.tokens.end <= found.tokens.start;
        let (from, to) = if before {
            (name.tokens.end, found.tokens.start)
        } else {
            (found.tokens.end, phrases::list_start(sentence, name))
        };
        let apart = to.saturating_sub(from);
        let governor = phrases::governor(sentence, name);
        let is_subject = before && same && governor.is_none();
        let organisation = sentence.is_organisation(party);
        let refers_back = |clause: usize, head: usize| {
            clauses.all[clause].relative.is_some_and(|pronoun| head + NEAR >= pronoun && head <= pronoun)
        };
        let clause = &clauses.all[other];
        let linked = refers_back(own, name.tokens.end) || refers_back(other, found.tokens.end);
        // A relative clause on the event names participants, as in "the talks that Chad will hold with Niger", unless
        // its verb is one of mediation, as in "the talks, which Oman helped to arrange".
        let names_participants = |pronoun: usize| {
            phrases::is_head_of(&found.tokens, pronoun)
                && !clauses.tokens(other).any(|at| sentence.is(at, Class::Mediating))
        };
        let names_event = phrases::event_named_by(sentence, name) == Some(found.tokens.start);
        // The place of the event, as in "talks in Warsaw" or "the Warsaw talks".
        let of_place = names_event && name.how == How::Capital;
        let placed = of_place || governor == Some(Governor::Place) && name.place.is_some();
        let body_acts = || {
            acting.iter().any(|e| {
                e.tokens.start != name.tokens.start
                    && clauses.of(e.tokens.start) == other
                    && e.party.is_some_and(|party| sentence.is_organisation(party))
            })
        };
        // Subjects that do not take part: "Sweden has criticised the talks", "Malta will host the OSCE's council".
        let criticises = found.is_noun() && (from..to).any(|at| sentence.is(at, Class::Mediating));
        let is_only_venue = (body.is_some() || acting.len() > 2) && phrases::is_venue(sentence, name);
        let of_event = holding([
            (S::Outsider, is_subject && (criticises || is_only_venue)),
            (S::SameClause, same),
            (S::InAside, !same && clause.parent.is_some() && !clause.relative.is_some_and(names_participants)),
            (S::OtherClauseBesideSubject, !same && !linked && has_subject),
            (S::Before, before),
            (S::Near, apart <= NEAR),
            (S::Far, apart > FAR),
            (S::OrganisationInPopularVote, organisation && found.is_popular_vote()),
            (S::PlaceOfVote, placed && same && found.is_popular_vote()),
            (S::PlaceOfMeeting, placed && !visit),
            (S::PlaceBesideBody, placed && !visit && body_acts()),
            (S::PersonAsSubject, is_subject && name.person.is_some()),
            (S::SubjectOfVerb, is_subject && found.is_verb()),
            (S::Visitor, visit && before && governor.is_none()),
            (S::GoalOfVisit, visit && !before && placed),
            (
                S::BeyondDate,
                date_at.is_some_and(|date| date.start >= found.tokens.end && name.tokens.start >= date.end),
            ),
            (S::SecondDate, date_at.is_some_and(|own| is_beyond_another_date(sentence, found, own, &name.tokens))),
            (S::OnlyName, acting.len() == 1),
        ]);
        signals_of_name(sentence, name, governor) | of_event
    };
    sentence.entities.iter().map(of_name).collect()
}

/// Whether another date than the event's own is between that date and the name, so that the name belongs to the other
/// date. A subject of all verbs of the sentence never does.
fn is_beyond_another_date(sentence: &Sentence<'_, '_>, found: &Found, own: &Range<usize>, name: &Range<usize>) -> bool {
    let is_subject = found.is_verb() && sentence.triggers.iter().all(|other| name.end <= other.tokens.start);
    let between = |date: &Range<usize>| {
        own.end <= date.start && date.end <= name.start || name.end <= date.start && date.end <= own.start
    };
    // In a list, a date right after a name belongs to that name, as in "with Chad on 3 May, with Mali on 5 May".
    let date_after = |name: &Range<usize>| {
        let joins = |at: usize| !sentence.is_comma(at) && !sentence.is(at, Class::Modal);
        let mut dates = sentence.timexes().iter().map(|timex| &timex.tokens);
        dates.find(|date| (name.end..name.end + 3).contains(&date.start) && (name.end..date.start).all(joins))
    };
    let listed = date_after(name).is_some_and(|date| date != own)
        && sentence.entities.iter().any(|e| date_after(&e.tokens) == Some(own));
    // In "Wednesday, 11 am", both expressions denote the same day.
    let own_day = sentence.timexes().iter().find(|timex| timex.tokens == *own).and_then(|timex| timex.days());
    let mut others = sentence.timexes().iter().filter(|other| between(&other.tokens) && may_lie_ahead(sentence, other));
    // Dates that do not separate: those in a relative clause and former ones, as in "talks, which were to open on 3
    // May, will open on 5 May" or "moved from 3 May to 5 May".
    let clauses = &sentence.clauses;
    let aside = |other: &Timex| {
        let clause = clauses.of(other.tokens.start);
        let relative = clauses.all[clause].relative.is_some() && clause != clauses.of(own.start);
        relative || sentence.follows(other.tokens.start, Class::From)
    };
    !is_subject && (listed || others.any(|other| other.days() != own_day && !aside(other)))
}

/// Returns the signals of a name that do not depend on the event.
fn signals_of_name(sentence: &Sentence<'_, '_>, name: &Entity, governor: Option<Governor>) -> EnumSet<S> {
    let start = name.tokens.start;
    let demonym = name.how == How::Demonym;
    let officials = demonym && phrases::stands_for_officials(sentence, name);
    holding([
        (S::Person, name.person.is_some()),
        (S::Demonym, officials),
        (S::BareDemonym, demonym && !officials),
        (S::Capital, name.how == How::Capital),
        (S::Organ, name.how == How::Body),
        (S::GovernedAsParty, governor == Some(Governor::Party)),
        (S::GovernedAsPlace, governor == Some(Governor::Place)),
        (S::GovernedAsTopic, governor == Some(Governor::Topic)),
        (S::Ungoverned, governor.is_none()),
        (S::OfTopic, phrases::is_of_topic(sentence, name)),
        (S::Outsider, governor == Some(Governor::Outsider) || phrases::is_contrasted(sentence, start)),
        (S::NoActor, phrases::is_no_actor(sentence, name)),
        (S::ActsElsewhere, sentence.article.count_of(name.party) > 2),
    ])
}

/// Returns the parties that other sentences or the article's metadata name, each with the signal that connects it to
/// the event. `here` are the options of this sentence, of which `named` take part.
fn named_elsewhere(
    sentences: &[Sentence<'_, '_>],
    sentence: &Sentence<'_, '_>,
    found: &Found,
    here: &[Participant],
    named: usize,
) -> Vec<(S, Referent)> {
    let mut all: Vec<(S, Referent)> = Vec::new();
    let mut add_all = |signal: S, referents: Vec<Referent>| all.extend(referents.into_iter().map(|one| (signal, one)));
    let speaker = anaphora::speaker(sentences, sentence, found);
    let referents = if speaker.is_some() { vec![] } else { anaphora::referents(sentences, sentence, found) };
    add_all(S::Speaks, speaker.into_iter().collect());
    add_all(S::Referent, referents);
    let block = sentence.article.layout.block(sentence.number);
    let stated =
        block.into_iter().flat_map(|block| &block.parties).flat_map(|number| anaphora::acting(&sentences[*number]));
    add_all(S::InBlock, stated.collect());
    if named > 1 {
        return all;
    }
    let (article, before) = (sentence.article, &sentences[..sentence.number]);
    let bare = |parties: &[PartyId]| parties.iter().map(|party| (*party, None)).collect();
    add_all(S::Source, bare(article.source.as_slice()));
    // If an organisation meets, participants from other sentences are not added.
    if !here.iter().any(|option| option.score > 0.0 && sentence.is_organisation(option.party)) {
        let most: Vec<PartyId> = article.party_counts.iter().take(2).map(|(party, _)| *party).collect();
        let last = sentences[sentence.context(1)..sentence.number].last();
        add_all(S::SentenceBefore, last.map(anaphora::acting).unwrap_or_default());
        add_all(S::ToldAfter, stated_after(sentences, sentence, found));
        add_all(S::InTitle, bare(&article.title_parties));
        add_all(S::MostNamed, bare(&most[..most.len().min(1)]));
        if named == 0 {
            let is_only_venue = |option: &Participant| option.signals.contains(S::PlaceOfMeeting);
            let apart = |party: &&PartyId| !here.iter().any(|option| option.party == **party && is_only_venue(option));
            add_all(S::SecondMost, most.get(1).filter(apart).map(|party| (*party, None)).into_iter().collect());
            add_all(S::FirstSentence, before.first().map(anaphora::acting).unwrap_or_default());
        }
    }
    all
}

/// Returns the participants that a following sentence states for the same event, if it names at least two: "It will
/// bring together Oman and Qatar", "The talks will be between Oman and Qatar".
fn stated_after(sentences: &[Sentence<'_, '_>], sentence: &Sentence<'_, '_>, found: &Found) -> Vec<Referent> {
    let same = |after: &&Sentence<'_, '_>| {
        let owner = after.is(after.tokens.start, Class::Owner);
        let alike = |noun: &Found| noun.kind.family() == found.kind.family() && phrases::is_definite(after, noun);
        let resumes = anaphora::begins_with_pronoun(after) || owner || after.triggers.iter().any(alike);
        after.dates.is_empty() && resumes
    };
    let after = sentences[sentence.number + 1..].iter().take(AFTER).filter(same).map(anaphora::acting);
    after.into_iter().find(|acting| acting.len() > 1).unwrap_or_default()
}
