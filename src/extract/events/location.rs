//! The location of an event: every place that the article names is an option, with signals for and against it. No
//! location is a possible answer too.

use super::candidate::{Location, Participant};
use super::clause::Sort;
use super::phrases::{self, Governor};
use super::sentence::Sentence;
use super::signals::{PlaceSignal as S, holding};
use super::triggers::Found;
use super::{anaphora, arguments, article};
use crate::event::{Kind, Place};
use crate::extract::entities::{Entity, How, PartyId, PlaceId};
use crate::extract::lexicon::Class;
use crate::extract::time::Timex;
use enumset::{EnumSet, enum_set};
use std::ops::Range;

/// How far before a place a verb of moving ("moved to Lima") may be, in tokens.
const MOVE_REACH: usize = 14;
/// How far from the noun of an event a place still counts as beside it, in tokens.
const NOUN_REACH: usize = 8;
/// The most tokens between two phrases that count as adjacent: room for a preposition and an article.
const BESIDE: usize = 3;
/// The classes of words that may be between two adjacent phrases.
const LINK: EnumSet<Class> =
    enum_set!(Class::SettingPreposition | Class::PlacePreposition | Class::Definite | Class::In);

/// Returns every place where the event of a trigger may be held, with its signals and score. A call has no place.
pub(super) fn options(
    sentences: &[Sentence<'_, '_>],
    sentence: &Sentence<'_, '_>,
    found: &Found,
    date: Option<usize>,
    participants: &[Participant],
) -> Vec<Location> {
    if found.kind == Kind::Call {
        return vec![];
    }
    let weights = &sentence.pack.place;
    let mut options: Vec<(PlaceId, EnumSet<S>)> = Vec::new();
    for (place, signals) in named(sentence, found, date, participants) {
        match options.iter_mut().find(|(known, _)| *known == place) {
            // If several names denote one place, the one with the highest score counts.
            Some((_, known)) if weights.sum(signals) > weights.sum(*known) => *known = signals,
            Some(_) => {}
            None => options.push((place, signals)),
        }
    }
    let town = options.iter().any(|(place, _)| !sentence.is_country(*place));
    for (place, signal) in elsewhere(sentences, sentence, found, participants) {
        match options.iter_mut().find(|(known, _)| *known == place) {
            Some((_, known)) => *known |= signal,
            None => options.push((place, signal.into())),
        }
    }
    let location = |(place, signals)| {
        let country = sentence.is_country(place);
        let of_place = holding([
            (S::Country, country),
            (S::BesideTown, country && town),
            (S::OfDeadline, found.kind == Kind::Deadline),
        ]);
        let signals = of_place | signals;
        Location { place, signals, score: weights.sum(signals) }
    };
    options.into_iter().map(location).collect()
}

/// Returns the places that the sentence names, with the signals of each name.
fn named(
    sentence: &Sentence<'_, '_>,
    found: &Found,
    date: Option<usize>,
    participants: &[Participant],
) -> Vec<(PlaceId, EnumSet<S>)> {
    let clauses = &sentence.clauses;
    let line = sentence.line();
    let places = || sentence.entities.iter().filter_map(|e| Some((e, e.place?)));
    let first = places().next().map(|(_, place)| place);
    let alone = places().all(|(_, place)| Some(place) == first);
    let goal = arguments::goal(sentence, &found.tokens);
    let tour = tour(sentence, found).filter(|tour| found.kind == Kind::Visit && tour.len() > 1);
    let own_date = date.map(|date| &sentence.article.dates[date].tokens);
    let own_date = own_date.filter(|tokens| sentence.tokens.contains(&tokens.start));
    let dates = sentence.timexes().iter().filter(|timex| timex.days().is_some()).map(|timex| &timex.tokens);
    let of_name = |(name, place): (&Entity, PlaceId)| {
        let start = name.tokens.start;
        let clause = clauses.of(start);
        let governor = phrases::governor(sentence, name);
        let to = sentence.before_phrase(start).is_some_and(|at| sentence.is(at, Class::To));
        let moved = |at| sentence.is_any(at, enum_set!(Class::Moved | Class::Shifted | Class::Shifting));
        let over = |timex: &Timex| {
            let past = timex.days().is_some_and(|days| days.last < sentence.article.published);
            past && clauses.of(timex.tokens.start) == clause && clauses.of(found.tokens.start) != clause
        };
        let beside = |tokens: &Range<usize>| {
            let gap = if name.tokens.end <= tokens.start { name.tokens.end..tokens.start } else { tokens.end..start };
            gap.len() <= BESIDE && gap.into_iter().all(|at| !sentence.is_word(at) || sentence.is_any(at, LINK))
        };
        let takes_part = |option: &Participant| option.score > 0.0 && option.at == Some(start);
        let located = matches!(governor, None | Some(Governor::Place));
        let signals = holding([
            (S::Capital, name.how == How::Capital && governor == Some(Governor::Place)),
            (S::TakesPart, governor != Some(Governor::Place) && participants.iter().any(takes_part)),
            (S::GovernedAsPlace, governor == Some(Governor::Place)),
            (S::Ungoverned, governor.is_none()),
            (S::OfTopic, phrases::is_of_topic(sentence, name)),
            (S::Contrasted, phrases::is_contrasted(sentence, start)),
            (S::NamesEvent, phrases::event_named_by(sentence, name) == Some(found.tokens.start)),
            (S::LandOfTown, phrases::is_country_of_town(sentence, name)),
            (S::Venue, phrases::is_venue(sentence, name)),
            (S::InDateline, line.dateline.contains(&start)),
            (S::InLabel, line.label.contains(&start)),
            (S::OnlyPlace, alone),
            (S::SameClause, clauses.of(found.tokens.start) == clause),
            (S::Goal, goal.is_some_and(|goal| goal.tokens == name.tokens)),
            (S::OneOfTour, tour.as_ref().is_some_and(|tour| tour.contains(&place))),
            (S::MovedTo, to && sentence.back(start, MOVE_REACH).any(moved)),
            (S::BesideTrigger, located && start >= found.tokens.end && beside(&found.tokens)),
            (S::BesideDate, located && own_date.is_some_and(beside)),
            (S::BesideAnotherDate, own_date.is_some_and(|own| !beside(own)) && dates.clone().any(beside)),
            (S::BeyondDate, own_date.is_some_and(|date| date.start >= found.tokens.end && start >= date.end)),
            (S::OverBefore, sentence.timexes().iter().any(over)),
        ]);
        (place, signals)
    };
    places().filter(|(name, _)| name.person.is_none()).map(of_name).collect()
}

/// Returns the destinations of one journey if the sentence lists them, as in "a tour of Fiji, Tonga and Samoa".
pub(super) fn tour(sentence: &Sentence<'_, '_>, found: &Found) -> Option<Vec<PlaceId>> {
    let goal = arguments::goal(sentence, &found.tokens)?;
    let mut end = goal.tokens.start;
    let mut places: Vec<PlaceId> = Vec::new();
    for name in sentence.entities.iter().filter(|e| e.tokens.start >= goal.tokens.start) {
        if name.tokens.start > end && !sentence.is_list_between(end, name.tokens.start) {
            break;
        }
        places.extend(name.place.filter(|_| !phrases::is_country_of_town(sentence, name)));
        end = name.tokens.end;
    }
    Some(places)
}

/// Returns places that the sentence refers to without naming them, or that the title or other sentences name, each with
/// the signal that connects it to the event.
fn elsewhere(
    sentences: &[Sentence<'_, '_>],
    sentence: &Sentence<'_, '_>,
    found: &Found,
    participants: &[Participant],
) -> Vec<(PlaceId, S)> {
    let article = sentence.article;
    let gazetteer = &sentence.names.gazetteer;
    // A sentence that opens a line continues the previous one only if it refers back to it; list items are independent.
    let resumes = phrases::is_definite(sentence, found) || anaphora::begins_with_pronoun(sentence);
    let goes_on = !sentence.opens_line() || resumes && !sentence.line().is_item;
    let before = sentence.number.checked_sub(1).filter(|_| goes_on);
    let before = before.map(|before| &sentences[before]);
    let located = before.and_then(|before| before.entities.iter().find(|name| is_located(before, name))?.place);
    let beside =
        article.noun_places.get_or_init(|| beside_nouns(sentences)).iter().filter(|(kind, _)| *kind == found.kind);
    let beside = article::count(beside.map(|(_, place)| *place)).first().map(|(place, _)| *place);
    let taking: Vec<_> = participants.iter().filter(|option| option.score > 0.0).map(|option| option.party).collect();
    let home = |party: PartyId| gazetteer.place_of(party);
    let source = article.source.filter(|source| !taking.contains(source));
    let visited = source.filter(|_| found.kind == Kind::Visit && !taking.is_empty()).and_then(home);
    let taking_part = participants.iter().filter(|option| option.score > 0.0);
    let electorate = taking_part.max_by(|a, b| a.score.total_cmp(&b.score)).filter(|_| found.kind == Kind::Vote);
    let voters = electorate.and_then(|option| home(option.party));
    // A town does not count if its sentence names other participants only: it is the place of another event.
    let names_only_others = |sentence: &Sentence<'_, '_>| {
        let mut parties = sentence.entities.iter().filter_map(|name| name.party).peekable();
        parties.peek().is_some() && !parties.any(|party| taking.contains(&party))
    };
    let only_town = *article.only_town.get_or_init(|| only_town(sentences));
    let only_town =
        only_town.filter(|(_, number)| *number == sentence.number || !names_only_others(&sentences[*number]));
    let options = [
        (place_meant(sentence, found), S::PlaceMeant),
        (sentence.line().place, S::HeadingPlace),
        (located, S::SentenceBefore),
        (article.layout.written_in, S::WrittenIn),
        (beside, S::BesideItsNoun),
        (only_town.map(|(town, _)| town), S::OnlyTown),
        (voters, S::HomeOfVoters),
        (visited, S::HostOfVisit),
        (host(sentence, found, participants).and_then(home), S::HomeOfHost),
    ];
    let in_title = article.title_places.iter().map(|place| (Some(*place), S::InTitle));
    options.into_iter().chain(in_title).filter_map(|(place, signal)| Some((place?, signal))).collect()
}

/// Whether the name is governed by a preposition of place, as in "in Lugano".
fn is_located(sentence: &Sentence<'_, '_>, name: &Entity) -> bool {
    name.place.is_some()
        && name.person.is_none()
        && phrases::governor(sentence, name) == Some(Governor::Place)
        && !phrases::is_possessive(sentence, name)
}

/// Returns the host, as in "Chile will host" or "is welcomed by Chile".
fn host(sentence: &Sentence<'_, '_>, found: &Found, participants: &[Participant]) -> Option<PartyId> {
    let clauses = &sentence.clauses;
    let verb = clauses.tokens(clauses.of(found.tokens.start)).find(|at| sentence.is(*at, Class::Receiving))?;
    if sentence.is(verb + 1, Class::By) {
        return sentence.entities.iter().find(|e| e.tokens.start > verb)?.party;
    }
    let taking = participants.iter().filter(|option| option.score > 0.0);
    let before = taking.filter(|option| option.at.is_some_and(|at| at < verb)).max_by_key(|option| option.at);
    before.map(|option| option.party)
}

/// Resolves a reference to a place that the clause does not name: "the Swiss capital", "here".
fn place_meant(sentence: &Sentence<'_, '_>, found: &Found) -> Option<PlaceId> {
    let gazetteer = &sentence.names.gazetteer;
    let clauses = &sentence.clauses;
    let clause = clauses.of(found.tokens.start);
    clauses.tokens(clause).find_map(|at| {
        if sentence.is(at, Class::Capital) {
            let adjective = |e: &&Entity| e.how == How::Demonym && e.tokens.end <= at && e.tokens.end + 2 >= at;
            let country = sentence.entities.iter().rev().find(adjective)?.party?;
            return gazetteer.capital_of(country);
        }
        sentence.article.layout.written_in.filter(|_| sentence.is(at, Class::Here))
    })
}

/// Returns the only town that the article names in plain clauses (reporting clauses do not count), with the number of
/// the first sentence that names it.
fn only_town(sentences: &[Sentence<'_, '_>]) -> Option<(PlaceId, usize)> {
    let mut towns = sentences.iter().flat_map(|sentence| {
        let plain = |e: &&Entity| e.person.is_none() && sentence.clauses.sort_of(e.tokens.start) == Sort::Plain;
        let places = sentence.entities.iter().filter(plain).filter_map(|e| Some((e.place?, sentence.number)));
        places.filter(|(place, _)| !sentence.is_country(*place))
    });
    let first = towns.next()?;
    towns.all(|(town, _)| town == first.0).then_some(first)
}

/// Returns the places named beside nouns of events, each with the kind of the event: "the summit in Doha", "in Doha to
/// attend the summit".
fn beside_nouns(sentences: &[Sentence<'_, '_>]) -> Vec<(Kind, PlaceId)> {
    let of_sentence = |sentence: &Sentence<'_, '_>| {
        let clauses = &sentence.clauses;
        let nouns = sentence.triggers.iter().filter(|found| found.is_noun());
        let beside = |found: &Found| {
            let (end, clause) = (found.tokens.end, clauses.of(found.tokens.start));
            let near = |e: &&Entity| e.tokens.start.abs_diff(end) <= NOUN_REACH && clauses.of(e.tokens.start) == clause;
            let place = sentence.entities.iter().filter(near).find(|e| is_located(sentence, e))?.place?;
            Some((found.kind, place))
        };
        nouns.filter_map(beside).collect::<Vec<_>>()
    };
    sentences.iter().flat_map(of_sentence).collect()
}

/// Returns a place for output: a building is replaced by its city if the text names the city. The name is spelled as in
/// the sentence or, failing that, as elsewhere in the text.
pub(super) fn shown(sentence: &Sentence<'_, '_>, place: PlaceId) -> Place {
    let places = &sentence.names.gazetteer.places;
    let article = sentence.article;
    let spellings = |place: PlaceId| {
        let all = sentence.entities.iter().chain(&article.named.entities);
        let named = all.filter(move |e| e.place == Some(place) && e.person.is_none());
        named.map(|e| &article.text.text[article.text.bytes(&e.tokens)])
    };
    let city = places[place].city.filter(|city| spellings(*city).next().is_some());
    let place = city.unwrap_or(place);
    let mut shown = places[place].place.clone();
    let spelled = spellings(place).next();
    if let Some(name) = spelled.filter(|_| !shown.is_country()) {
        shown.name = in_small_letters(name);
    }
    shown
}

/// Converts a name in capitals throughout to title case, and line breaks to spaces.
fn in_small_letters(name: &str) -> String {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().any(char::is_lowercase) {
        return name;
    }
    let mut inside = false;
    let letters = name.chars().map(|letter| {
        let letter = if inside { letter.to_lowercase().next().unwrap_or(letter) } else { letter };
        inside = letter.is_alphabetic();
        letter
    });
    letters.collect()
}
