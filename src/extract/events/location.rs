//! Where an event is held: every place that the article names is an option, with signals for and against it, and so is
//! none.

use super::arguments;
use super::candidate::{Location, Participant};
use super::clause::Sort;
use super::participants;
use super::phrases::{self, Governor};
use super::sentence::Sentence;
use super::signals::{PlaceSignal, PlaceSignal as S, Weights};
use super::triggers::Found;
use crate::event::{Kind, Place};
use crate::extract::entities::{Entity, How, PlaceId};
use crate::extract::lexicon::Class;
use enumset::{EnumSet, enum_set};

/// How far from its trigger a place counts as near, and how far as far, in tokens.
const NEAR: usize = 6;
const FAR: usize = 14;
/// How many sentences from that of an event its venue may be told.
const VENUE_REACH: usize = 4;
/// How many sentences back the town may be named that "there" or "the city" means.
const TOWN_REACH: usize = 3;

/// Every place where the event of a trigger may be held, with its signals.
pub(super) fn options(
    weights: &Weights<PlaceSignal>,
    sentences: &[Sentence<'_, '_>],
    sentence: &Sentence<'_, '_>,
    found: &Found,
    date: Option<usize>,
    participants: &[Participant],
) -> Vec<Location> {
    let mut options: Vec<(PlaceId, EnumSet<S>)> = Vec::new();
    let mut add = |place: PlaceId, signals: EnumSet<S>| {
        match options.iter_mut().find(|(known, _)| *known == place) {
            // Of two names of one place, the one that counts more.
            Some((_, known)) => {
                if weights.sum(signals) > weights.sum(*known) {
                    *known = signals;
                }
            }
            None => options.push((place, signals)),
        }
    };
    let places = || sentence.entities.iter().filter_map(|e| Some((e, e.place?)));
    let only = places().map(|(_, place)| place).collect::<Vec<_>>();
    let alone = only.iter().all(|place| Some(place) == only.first());
    for (name, place) in places().filter(|(name, _)| name.person.is_none()) {
        let mut signals = of_name(sentence, found, date, name, place);
        if alone {
            signals |= S::OnlyPlace;
        }
        add(place, signals);
    }
    for (place, signal) in elsewhere(sentences, sentence, found, participants) {
        match options.iter_mut().find(|(known, _)| *known == place) {
            Some((_, known)) => *known |= signal,
            None => options.push((place, signal | S::Elsewhere)),
        }
    }
    let town = options.iter().any(|(place, signals)| !sentence.is_country(*place) && !signals.contains(S::Elsewhere));
    let whole = |(place, signals): (PlaceId, EnumSet<S>)| {
        let country = sentence.is_country(place);
        let home = sentence.country_of(place);
        let takes_part = participants.iter().any(|option| option.score > 0.0 && Some(option.party) == home);
        let visitor = participants
            .iter()
            .filter(|option| option.score > 0.0)
            .min_by_key(|option| option.at.unwrap_or(usize::MAX));
        let holding = [
            (S::Country, country),
            (S::Town, !country),
            (S::BesideTown, country && town),
            (S::OfCall, found.kind == Kind::Call),
            (S::OfDeadline, found.kind == Kind::Deadline),
            (S::OfVote, found.kind == Kind::Vote),
            (S::OfVisit, found.kind == Kind::Visit),
            (S::CountryOfParticipant, takes_part),
            (
                S::CountryOfVisitor,
                found.kind == Kind::Visit && visitor.is_some_and(|visitor| Some(visitor.party) == home),
            ),
        ];
        let signals = holding.into_iter().filter(|(_, holds)| *holds).fold(signals, |all, (signal, _)| all | signal);
        Location { place, signals, score: weights.sum(signals) }
    };
    options.into_iter().map(whole).collect()
}

/// What the sentence says of a place that it names.
fn of_name(
    sentence: &Sentence<'_, '_>,
    found: &Found,
    date: Option<usize>,
    name: &Entity,
    place: PlaceId,
) -> EnumSet<S> {
    let mut signals = EnumSet::empty();
    let mut set = |signal: S, holds: bool| {
        if holds {
            signals |= signal;
        }
    };
    let clauses = sentence.clauses();
    let (own, other) = (clauses.of(found.tokens.start), clauses.of(name.tokens.start));
    let start = name.tokens.start;
    let governor = phrases::governor(sentence, name);
    let layout = &sentence.article.layout;
    let before_phrase = sentence.before_phrase(start);
    let is_before = |class| before_phrase.is_some_and(|at| sentence.is(at, class));
    let goal = arguments::goal(sentence, &found.tokens);
    let is_goal = goal.is_some_and(|goal| goal.tokens == name.tokens);
    let visit = found.kind == Kind::Visit;
    let before = name.tokens.end <= found.tokens.start;
    let (from, to) = if before { (name.tokens.end, found.tokens.start) } else { (found.tokens.end, start) };
    let apart = to.saturating_sub(from);
    let over = |timex: &crate::extract::time::Timex| {
        clauses.of(timex.tokens.start) == other
            && timex.days().is_some_and(|days| days.last < sentence.article.published)
    };
    let moved = sentence
        .back(start, FAR)
        .any(|at| sentence.is_any(at, enum_set!(Class::Moved | Class::Shifted | Class::Shifting)));
    let instead = sentence.is(name.tokens.end, Class::Instead) && !sentence.is(name.tokens.end + 1, Class::Of);
    set(S::Capital, name.how == How::Capital);
    set(S::Demonym, name.how == How::Demonym);
    set(S::Organ, matches!(name.how, How::Body | How::Seat));
    set(S::GovernedAsPlace, governor == Some(Governor::Place));
    set(S::GovernedAsParty, governor == Some(Governor::Party));
    set(S::GovernedAsTopic, governor == Some(Governor::Topic));
    set(S::Ungoverned, governor.is_none());
    set(S::AfterOf, is_before(Class::Of));
    set(S::Possessive, phrases::is_possessive(sentence, name));
    set(S::OfTopic, phrases::is_of_topic(sentence, name));
    set(S::Contrasted, phrases::is_contrasted(sentence, start));
    set(S::Stretched, is_before(Class::Extent));
    set(S::BeforeEvent, phrases::is_before_event(sentence, name) && !phrases::is_possessive(sentence, name));
    set(S::NamesEvent, phrases::event_named_by(sentence, name) == Some(found.tokens.start));
    set(S::LandOfTown, phrases::is_land_of_town(sentence, name));
    set(S::Venue, phrases::is_venue(sentence, name));
    set(S::InReport, clauses.sort_of(start) == Sort::Reporting);
    set(S::InDateline, layout.dateline(sentence.number).contains(&start));
    set(S::InLabel, layout.label(sentence.number).contains(&start));
    set(S::InLongerName, phrases::is_in_longer_name(sentence, name));
    set(S::Bracketed, sentence.before(start).is_some_and(|at| sentence.is_mark(at, '(')));
    set(S::HoldsOffice, phrases::is_person(sentence, name));
    set(S::SameClause, own == other);
    set(
        S::SharedSubject,
        own != other && (clauses.clauses[own].subject == Some(other) || clauses.clauses[other].subject == Some(own)),
    );
    set(S::OtherClause, own != other);
    set(S::Before, before);
    set(S::After, !before);
    set(S::Near, apart <= NEAR);
    set(S::Far, apart > FAR);
    set(S::Goal, is_goal);
    set(S::GoalOfVisit, is_goal && visit);
    set(S::OneOfTour, visit && tour(sentence, found).is_some_and(|tour| tour.len() > 1 && tour.contains(&place)));
    set(S::MovedTo, is_before(Class::To) && moved || instead);
    set(S::HandedTo, phrases::is_handed_to(sentence, name, found));
    set(S::AnotherEventBetween, (from..to).any(|at| sentence.event_noun_at(at)));
    let own_date =
        date.map(|date| &sentence.article.dates[date].tokens).filter(|tokens| sentence.tokens.contains(&tokens.start));
    set(
        S::SecondDate,
        own_date.is_some_and(|own| participants::is_beyond_another_date(sentence, found, own, &name.tokens)),
    );
    set(S::BeyondDate, own_date.is_some_and(|date| date.start >= found.tokens.end && start >= date.end));
    set(
        S::AnotherVerbBetween,
        sentence.triggers().iter().any(|other| other.is_verb() && (from..to).contains(&other.tokens.start)),
    );
    set(S::OverBefore, sentence.timexes().iter().any(over));
    signals
}

/// The places that one journey goes to, where they are told in a list: "a tour of Fiji, Tonga and Samoa".
pub(super) fn tour(sentence: &Sentence<'_, '_>, found: &Found) -> Option<Vec<PlaceId>> {
    let goal = arguments::goal(sentence, &found.tokens)?;
    let mut end = goal.tokens.start;
    let mut places: Vec<PlaceId> = Vec::new();
    for name in sentence.entities.iter().filter(|e| e.tokens.start >= goal.tokens.start) {
        if name.tokens.start > end && !sentence.is_list_between(end, name.tokens.start) {
            break;
        }
        // "Atlanta, Georgia": what comes after a town says where it lies.
        let lies = places.last().is_some_and(|town| {
            !sentence.is_country(*town)
                && sentence.country_of(*town) == name.place.and_then(|place| sentence.country_of(place))
        });
        places.extend(name.place.filter(|_| !lies));
        end = name.tokens.end;
    }
    Some(places)
}

/// Places that the sentence means or that others name, with what ties them to the event.
fn elsewhere(
    sentences: &[Sentence<'_, '_>],
    sentence: &Sentence<'_, '_>,
    found: &Found,
    participants: &[Participant],
) -> Vec<(PlaceId, EnumSet<S>)> {
    let article = sentence.article;
    let gazetteer = &sentence.language.names.gazetteer;
    let mut options: Vec<(PlaceId, EnumSet<S>)> = Vec::new();
    let mut add = |place: Option<PlaceId>, signal: S| {
        if let Some(place) = place {
            match options.iter_mut().find(|(known, _)| *known == place) {
                Some((_, known)) => *known |= signal,
                None => options.push((place, signal.into())),
            }
        }
    };
    add(place_meant(sentence, found), S::PlaceMeant);
    add(article.layout.place(sentence.number), S::HeadingPlace);
    let located = |sentence: &Sentence<'_, '_>| {
        let placed = |e: &&Entity| {
            phrases::governor(sentence, e) == Some(Governor::Place) && !phrases::is_possessive(sentence, e)
        };
        sentence.entities.iter().filter(|e| e.person.is_none() && e.place.is_some()).find(placed).and_then(|e| e.place)
    };
    add(sentence.number.checked_sub(1).and_then(|before| located(&sentences[before])), S::SentenceBefore);
    add(sentences.get(sentence.number + 1).and_then(located), S::SentenceAfter);
    let first = sentence.number.saturating_sub(VENUE_REACH);
    let last = (sentence.number + VENUE_REACH + 1).min(sentences.len());
    add(sentences[first..last].iter().find_map(venue), S::VenueNearby);
    let beside = article.beside.get_or_init(|| beside_nouns(sentences));
    let beside = beside.iter().find(|(kind, _)| *kind == found.kind);
    add(beside.map(|(_, place)| *place), S::BesideItsNoun);
    add(article.layout.written_in, S::WrittenIn);
    add(*article.only_town.get_or_init(|| only_town(sentences)), S::OnlyTown);
    let taking: Vec<_> = participants.iter().filter(|option| option.score > 0.0).map(|option| option.party).collect();
    if let [party] = taking[..] {
        add(gazetteer.seat_of(party), S::SeatOfBody);
        if found.kind == Kind::Vote {
            add(gazetteer.place_of(party), S::HomeOfVoters);
        }
    }
    if found.kind == Kind::Visit
        && let [_, host] = taking[..]
    {
        add(gazetteer.place_of(host), S::HostOfVisit);
    }
    options
}

/// A place that the clause does not name: "the Swiss capital", "the Swiss city", "here", "there", "Geneva, where they will
/// meet".
fn place_meant(sentence: &Sentence<'_, '_>, found: &Found) -> Option<PlaceId> {
    let gazetteer = &sentence.language.names.gazetteer;
    let clauses = sentence.clauses();
    let clause = clauses.of(found.tokens.start);
    let by_words = clauses.tokens(clause).find_map(|at| {
        if sentence.is(at, Class::Settlement) {
            let adjective = |e: &&Entity| e.how == How::Demonym && e.tokens.end <= at && e.tokens.end + 2 >= at;
            let country = sentence.entities.iter().rev().find(adjective)?.party?;
            let capital = sentence.is(at, Class::Capital);
            return if capital { gazetteer.capital_of(country) } else { town_before(sentence, at, Some(country)) };
        }
        if sentence.is(at, Class::There) {
            // "there will be talks" names no place.
            return if sentence.has_verb(at + 1..(at + 2).min(sentence.tokens.end)) {
                None
            } else {
                town_before(sentence, at, None)
            };
        }
        if sentence.is(at, Class::Here) { sentence.article.here } else { None }
    });
    let where_told = || {
        clauses.clauses[clause].relative.filter(|at| sentence.is(*at, Class::Where))?;
        phrases::antecedent_of(sentence, found.tokens.start)?.place
    };
    by_words.or_else(where_told)
}

/// The town that the text named last before a token, a few sentences back at most; of a country, where one is asked for.
fn town_before(sentence: &Sentence<'_, '_>, at: usize, country: Option<usize>) -> Option<PlaceId> {
    let text = sentence.article.text;
    let first = text.sentences[sentence.number.saturating_sub(TOWN_REACH)].tokens.start;
    let names = &sentence.article.named.entities;
    let before = names[..names.partition_point(|e| e.tokens.start < at)].iter().rev();
    let near = before.take_while(|e| e.tokens.start >= first);
    let mut towns = near.filter_map(|e| e.place).filter(|place| !sentence.is_country(*place));
    towns.find(|town| country.is_none() || sentence.country_of(*town) == country)
}

/// The town that a sentence says is the venue of what is spoken of ("The venue will be Lugano."), or all that it names
/// ("Hofburg, Vienna.").
fn venue(sentence: &Sentence<'_, '_>) -> Option<PlaceId> {
    let noun = sentence.tokens.clone().find(|at| sentence.is(*at, Class::Venue));
    if let Some(noun) = noun {
        return sentence.entities.iter().find(|e| e.tokens.start > noun && e.place.is_some())?.place;
    }
    let in_place = |at: usize| sentence.entities.iter().any(|e| e.place.is_some() && e.tokens.contains(&at));
    let silent = |at: usize| !sentence.is_word(at) && !sentence.article.text.tokens[at].is_number();
    let bare = sentence.tokens.len() <= FAR && sentence.tokens.clone().all(|at| silent(at) || in_place(at));
    if bare { sentence.entities.first()?.place } else { None }
}

/// The only town where the sentences place anything, outside of what says who says so.
fn only_town(sentences: &[Sentence<'_, '_>]) -> Option<PlaceId> {
    let mut towns = sentences.iter().flat_map(|sentence| {
        let plain = |e: &&Entity| {
            let town = e.place.is_some_and(|place| !sentence.is_country(place)) && e.person.is_none();
            town && sentence.clauses().sort_of(e.tokens.start) == Sort::Plain
        };
        sentence.entities.iter().filter(plain).filter_map(|e| e.place)
    });
    let first = towns.next();
    first.filter(|first| towns.all(|town| town == *first))
}

/// For each kind, the place named most beside its nouns: "the summit in Doha", "in Doha to attend the summit".
fn beside_nouns(sentences: &[Sentence<'_, '_>]) -> Vec<(Kind, PlaceId)> {
    let mut counts: Vec<(Kind, PlaceId, usize)> = Vec::new();
    for sentence in sentences.iter().filter(|sentence| !sentence.entities.is_empty() && !sentence.matches.is_empty()) {
        for found in sentence.triggers().iter().filter(|found| found.is_noun()) {
            let clauses = sentence.clauses();
            let beside = |e: &&Entity| {
                let close = e.tokens.start.abs_diff(found.tokens.end) <= NEAR + 2;
                let one = clauses.of(e.tokens.start) == clauses.of(found.tokens.start);
                e.place.is_some()
                    && e.person.is_none()
                    && close
                    && one
                    && phrases::governor(sentence, e) == Some(Governor::Place)
            };
            let Some(place) = sentence.entities.iter().filter(beside).find_map(|e| e.place) else { continue };
            match counts.iter_mut().find(|(kind, known, _)| *kind == found.kind && *known == place) {
                Some((.., count)) => *count += 1,
                None => counts.push((found.kind, place, 1)),
            }
        }
    }
    counts.sort_by_key(|(.., count)| std::cmp::Reverse(*count));
    let mut most: Vec<(Kind, PlaceId)> = Vec::new();
    for (kind, place, _) in counts {
        if most.iter().all(|(known, _)| *known != kind) {
            most.push((kind, place));
        }
    }
    most
}

/// A place as the text shows it: of a building, its city where the text names that; under the name that the text uses.
pub(super) fn shown(sentence: &Sentence<'_, '_>, place: PlaceId) -> Place {
    let places = &sentence.language.names.gazetteer.places;
    let article = sentence.article;
    let spellings = |place: PlaceId| {
        let named = article.named.entities.iter().filter(move |e| e.place == Some(place) && e.person.is_none());
        named.map(|e| &article.text.text[article.text.bytes(&e.tokens)])
    };
    let city = places[place].city.filter(|city| spellings(*city).next().is_some());
    let place = city.unwrap_or(place);
    let mut shown = places[place].place.clone();
    // Its usual name, else one that is not in capitals throughout, else the first.
    let merit = |name: &&str| (*name == shown.name, name.chars().any(char::is_lowercase));
    let spelled = spellings(place).reduce(|best, name| if merit(&name) > merit(&best) { name } else { best });
    if let Some(name) = spelled.filter(|_| !shown.is_country()) {
        shown.name = in_small_letters(name);
    }
    shown
}

/// A name in capitals throughout as it is written elsewhere; line breaks in it as spaces.
fn in_small_letters(name: &str) -> String {
    let words = name.split_whitespace().map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(String::from).unwrap_or_default();
        if word.chars().any(char::is_lowercase) { word.to_owned() } else { first + &letters.as_str().to_lowercase() }
    });
    words.collect::<Vec<_>>().join(" ")
}
