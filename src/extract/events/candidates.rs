//! Candidates: every date that may lie ahead with every word that it may date, and what speaks for and against each pair.

use super::anaphora;
use super::candidate::{Candidate, Participant};
use super::clause::Sort;
use super::date_scope::{distance, may_lie_ahead};
use super::decide;
use super::endings;
use super::modality::{self, Modality};
use super::participants;
use super::phrases;
use super::sentence::Sentence;
use super::signals::EventSignal as S;
use super::triggers::{Form, Found};
use crate::event::{Kind, Precision, Status};
use crate::extract::lexicon::Class;
use crate::extract::tense::Tense;
use crate::extract::time::Form as DateForm;
use enumset::{EnumSet, enum_set};

/// How many sentences after an event "it" may stand for it.
const RESUME_REACH: usize = 2;
/// Distances in tokens.
const ADJACENT: usize = 2;
const NEAR: usize = 6;
const FAR: usize = 14;
const VERY_FAR: usize = 25;
/// How many days ahead is far.
const FAR_AHEAD: i32 = 400;
/// How many tokens after its label an item has at most that names no event.
const LONGEST_ITEM: usize = 12;
/// How many tokens a long sentence has.
const LONG: usize = 45;

/// The candidates of a sentence.
pub(super) fn of_sentence(sentences: &[Sentence<'_, '_>], sentence: &Sentence<'_, '_>) -> Vec<Candidate> {
    let layout = &sentence.article.layout;
    if layout.is_heading(sentence.number) {
        return vec![];
    }
    let ahead = |at: &usize| {
        let timex = &sentence.article.dates[*at];
        // The time at the head of a line of a live report says when it was posted.
        let stamp = layout.is_live
            && timex.form == DateForm::Clock
            && sentence.article.text.tokens[timex.tokens.start].new_line;
        !stamp && may_lie_ahead(sentence, timex)
    };
    let mut dates: Vec<usize> = sentence.dates.clone().filter(ahead).collect();
    let heading = layout.heading(sentence.number);
    // Under a heading "24 March", "(to March 25)" only ends it.
    let ends = |at: &usize| {
        let start = sentence.article.dates[*at].tokens.start;
        sentence.before(start).is_some_and(|at| sentence.is_any(at, enum_set!(Class::Until | Class::To)))
    };
    dates.retain(|at| (heading.is_none() || !ends(at)) && !endings::ends_another(sentences, sentence, *at));
    if dates.is_empty() {
        dates.extend(heading);
    }
    if dates.is_empty() {
        return vec![];
    }
    let triggers: Vec<&Found> = sentence.triggers().iter().filter(|found| found.form != Form::Past).collect();
    let unnamed = item(sentence).filter(|_| triggers.is_empty());
    let triggers: Vec<&Found> = triggers.into_iter().chain(&unnamed).collect();
    if triggers.is_empty() {
        return resumed(sentences, sentence, &dates);
    }
    let mut candidates = Vec::new();
    for found in &triggers {
        let modality = modality::read(sentence, found);
        let of_trigger = trigger_signals(sentence, found, &modality);
        for &date in &dates {
            let participants = participants::options(sentence.language.who, sentences, sentence, found, Some(date));
            let signals = of_trigger
                | date_signals(sentence, date)
                | pair_signals(sentence, found, date, &triggers, &dates)
                | who_signals(sentence, found, &participants);
            let signals = signals | joint_signals(signals);
            let (found, modality) = ((*found).clone(), modality.clone());
            let mut candidate = Candidate {
                sentence: sentence.number,
                found,
                date: Some(date),
                modality,
                participants,
                signals,
                score: 0.0,
                binding: 0.0,
                resumes: None,
            };
            decide::weigh(sentence, &mut candidate);
            candidates.push(candidate);
        }
    }
    candidates
}

/// An item of an agenda that only names a body or officials beside a day and a place is a meeting of theirs: "14-15 May:
/// Brussels, NATO defence ministers".
fn item(sentence: &Sentence<'_, '_>) -> Option<Found> {
    let layout = &sentence.article.layout;
    let label = layout.label(sentence.number);
    let dated = layout.heading(sentence.number).is_some()
        || sentence.timexes().iter().any(|timex| label.contains(&timex.tokens.start));
    let first = label.end;
    let rest = first..sentence.tokens.end;
    let short = !label.is_empty() && (1..=LONGEST_ITEM).contains(&rest.len()) && !sentence.has_verb(rest.clone());
    let body = sentence
        .entities
        .iter()
        .any(|e| rest.contains(&e.tokens.start) && e.party.is_some_and(|party| sentence.is_organisation(party)));
    let officials = rest.clone().any(|at| sentence.is(at, Class::Officials) || sentence.office_at(at));
    let row = sentence.language.triggers.rows.iter().find(|row| row.kind == Kind::Meeting && row.argument.is_none())?;
    (dated && short && (body || officials)).then(|| Found {
        tokens: first..first + 1,
        form: Form::Noun,
        name: row.name,
        kind: row.kind,
        argument: None,
        weight: row.weight,
        complete: true,
    })
}

/// The event that a sentence names last, which the next may take up.
pub(super) fn last_named<'s>(sentence: &'s Sentence<'_, '_>) -> Option<&'s Found> {
    sentence.triggers().iter().rfind(|found| found.form != Form::Past && found.complete && !found.is_limit())
}

/// The candidates of a sentence that names no event but may take one up: "They are set for 14 May".
fn resumed(sentences: &[Sentence<'_, '_>], sentence: &Sentence<'_, '_>, dates: &[usize]) -> Vec<Candidate> {
    if !anaphora::begins_with_pronoun(sentence) {
        return vec![];
    }
    let mut before = sentences[sentence.number.saturating_sub(RESUME_REACH)..sentence.number].iter().rev();
    let Some((of, known)) = before.find_map(|of| Some((of, last_named(of)?))) else { return vec![] };
    let first = sentence.tokens.start;
    let found = Found { tokens: first..first + 1, form: Form::Noun, ..known.clone() };
    let modality = modality::read(sentence, &found);
    let plan = enum_set!(Class::Holding | Class::Expectation | Class::Confirmed | Class::Tentative);
    let planned = sentence.tokens.clone().any(|at| sentence.is_any(at, plan));
    let of_trigger = trigger_signals(sentence, &found, &modality)
        | S::Resumed
        | if planned { S::ResumedPlan.into() } else { EnumSet::empty() };
    let candidate = |&date: &usize| {
        let participants = participants::options(sentence.language.who, sentences, of, known, None);
        let signals = of_trigger
            | date_signals(sentence, date)
            | pair_signals(sentence, &found, date, &[&found], dates)
            | who_signals(sentence, &found, &participants);
        let signals = signals | joint_signals(signals);
        let (found, modality) = (found.clone(), modality.clone());
        let mut candidate = Candidate {
            sentence: sentence.number,
            found,
            date: Some(date),
            modality,
            participants,
            signals,
            score: 0.0,
            binding: 0.0,
            resumes: Some(of.number),
        };
        decide::weigh(sentence, &mut candidate);
        candidate
    };
    dates.iter().map(candidate).collect()
}

/// A set of signals, each where it holds.
fn signals(holding: &[(S, bool)]) -> EnumSet<S> {
    holding.iter().filter(|(_, holds)| *holds).map(|(signal, _)| *signal).collect()
}

fn of_kind(kind: Kind) -> S {
    match kind {
        Kind::Talks => S::Talks,
        Kind::Meeting => S::Meeting,
        Kind::Summit => S::Summit,
        Kind::Conference => S::Conference,
        Kind::Visit => S::Visit,
        Kind::Call => S::Call,
        Kind::Signing => S::Signing,
        Kind::Vote => S::Vote,
        Kind::Hearing => S::Hearing,
        Kind::Address => S::Address,
        Kind::Ceremony => S::Ceremony,
        Kind::Deadline => S::Deadline,
        Kind::Exercise => S::Exercise,
    }
}

/// What a trigger and its clause say.
fn trigger_signals(sentence: &Sentence<'_, '_>, found: &Found, modality: &Modality) -> EnumSet<S> {
    let clauses = sentence.clauses();
    let (start, noun) = (found.tokens.start, found.is_noun());
    let clause = clauses.of(start);
    let stretch = clauses.stretch(start);
    let in_clause = |class: Class| clauses.tokens(clause).any(|at| sentence.is(at, class));
    let tense = sentence.article.tenses.around(&stretch, &found.tokens);
    let sort = clauses.sort_of(start);
    let conditions = clauses.clauses.iter().any(|clause| clause.sort == Sort::Conditional);
    let opening = clauses.tokens(clause).next().unwrap_or(start);
    let past = tense == Tense::Past;
    let near = |reach: usize, class: Class| sentence.back(start, reach).any(|at| sentence.is(at, class));
    signals(&[
        (of_kind(found.kind), true),
        (S::Noun, noun),
        (S::Plural, found.form == Form::Plural),
        (S::Gerund, found.form == Form::Gerund),
        (S::Participle, found.form == Form::Participle),
        (S::ArgumentThere, found.argument.is_some() && found.complete),
        (S::ArgumentMissing, found.argument.is_some() && !found.complete),
        (S::Capitalised, sentence.is_capitalised(start) && start > sentence.tokens.start),
        (S::Definite, phrases::is_definite(sentence, found)),
        (S::Indefinite, noun && near(4, Class::Indefinite)),
        (S::Presupposed, modality::is_presupposed(sentence, found)),
        (S::AfterSequence, noun && near(5, Class::Sequence)),
        (S::Modifier, phrases::is_modifier(sentence, found)),
        (S::Domestic, sentence.tokens.clone().any(|at| sentence.is(at, Class::Domestic))),
        (S::TriggerInReport, sort == Sort::Reporting),
        (S::TriggerInCondition, sort == Sort::Conditional),
        (S::Subordinate, sentence.is(opening, Class::Subordinator) || clauses.clauses[clause].relative.is_some()),
        (
            S::Will,
            clauses.tokens(clause).any(|at| at < start && sentence.is(at, Class::Will))
                || noun && in_clause(Class::Will),
        ),
        (S::PastNoun, past && noun),
        (S::PastVerb, past && !noun),
        (S::PresentVerb, tense == Tense::Present && !noun),
        (S::PresentNoun, tense == Tense::Present && noun),
        (S::Future, tense == Tense::Future),
        (S::Unfulfilled, tense == Tense::Unfulfilled),
        (S::NoTense, tense == Tense::Unknown),
        (S::Tentative, modality.has(Class::Tentative)),
        (S::Hedged, modality.has(Class::Hedged)),
        (S::Planned, modality.has(Class::Confirmed)),
        (S::Denied, modality.denied),
        (S::Off, matches!(modality.status, Status::Postponed | Status::Cancelled)),
        (S::Hypothetical, conditions && stretch.clone().any(|at| sentence.is(at, Class::Hypothetical))),
        (S::Habitual, in_clause(Class::Habitual)),
        (S::LongAgo, in_clause(Class::LongAgo)),
        (S::Commemorated, near(5, Class::Commemorating)),
        (S::InTitle, sentence.article.title_kinds.iter().any(|kind| kind.family() == found.kind.family())),
        (S::Attended, noun && sentence.back(start, 8).any(|at| sentence.is(at, Class::Attending))),
        (S::Quoted, sentence.tokens.clone().any(|at| sentence.is(at, Class::Speaker))),
        (S::LongSentence, sentence.tokens.len() > LONG),
        (S::PlaceNamed, sentence.entities.iter().any(|e| e.place.is_some() && clauses.of(e.tokens.start) == clause)),
        (
            S::OfficialNamed,
            clauses.tokens(clause).any(|at| sentence.is(at, Class::Officials) || sentence.office_at(at)),
        ),
    ])
}

/// What a date says.
fn date_signals(sentence: &Sentence<'_, '_>, date: usize) -> EnumSet<S> {
    let timex = &sentence.article.dates[date];
    let Some(days) = timex.days() else { return EnumSet::empty() };
    let start = timex.tokens.start;
    let published = sentence.article.published;
    let year = days.precision == Precision::Year;
    let here = sentence.tokens.contains(&start);
    let sort = if here { sentence.clauses().sort_of(start) } else { Sort::Plain };
    let span = days.first != days.last && days.precision == Precision::Day;
    let follows = |class| sentence.follows(start, class);
    let clock_only = timex.form == DateForm::Clock && days.first == published;
    let opens = here && start == sentence.tokens.start && sentence.opens_line();
    // "put off until 26 March"
    let movers = enum_set!(Class::Postponed | Class::Extended | Class::Shifted);
    let moved = sentence.back(start, FAR).any(|at| sentence.is_any(at, movers));
    let moved_to =
        moved && sentence.before(start).is_some_and(|at| sentence.is_any(at, enum_set!(Class::To | Class::Until)));
    let report = sentence.back(start, 3).any(|at| sentence.is(at, Class::Report));
    signals(&[
        (S::OneDay, days.precision == Precision::Day && !span),
        (S::SeveralDays, span),
        (S::Week, days.precision == Precision::Week),
        (S::Month, days.precision == Precision::Month),
        (S::Season, matches!(days.precision, Precision::Season | Precision::Quarter)),
        (S::Year, year),
        (S::Today, days.first == published && !year),
        (S::Begun, days.first < published),
        (S::FarAhead, (days.first - published).get_days() > FAR_AHEAD),
        (S::DateInPast, timex.tense == Tense::Past),
        (S::DateInPresent, timex.tense == Tense::Present),
        (S::DateInFuture, timex.tense == Tense::Future),
        (S::DateWithoutTense, timex.tense == Tense::Unknown),
        (S::DateInReport, sort == Sort::Reporting),
        (S::DateAfterReport, here && report),
        (S::DateInCondition, sort == Sort::Conditional),
        (S::Attribute, year && timex.anchor.is_none() && follows(Class::Definite)),
        (S::Owner, sentence.is(timex.tokens.end, Class::Possessive)),
        (
            S::Contrasted,
            here && (phrases::is_contrasted(sentence, start) || sentence.is(timex.tokens.end, Class::Than)),
        ),
        (S::ClockOnly, clock_only && !opens),
        (S::LineStamp, clock_only && opens),
        (S::Since, follows(Class::Offset) || follows(Class::Sequence)),
        (S::Until, follows(Class::Limit) && !moved),
        (S::MovedTo, here && moved_to),
        (S::BareYear, year && timex.tokens.len() == 1),
        (S::CountedFromEvent, timex.anchor.is_some_and(|anchor| anchor.first != published)),
        (S::BareWeekday, timex.form == DateForm::Weekday),
        (S::MonthName, timex.form == DateForm::Month),
        (S::DayOfMonth, timex.form == DateForm::DayOfMonth),
        (S::Heading, !here),
        (S::Former, here && sentence.back(start, NEAR).any(|at| sentence.is(at, Class::Former))),
    ])
}

/// What several signals say together.
fn joint_signals(all: EnumSet<S>) -> EnumSet<S> {
    let planned = !all.is_disjoint(S::Will | S::Planned | S::Future | S::Tentative | S::Unfulfilled);
    let past = !all.is_disjoint(S::PastNoun | S::PastVerb);
    let coarse = !all.is_disjoint(S::Week | S::Month | S::Season | S::Year);
    signals(&[
        (S::TodayUnplanned, all.contains(S::Today) && !planned),
        (S::PeriodUnplanned, coarse && !planned),
        (S::PastThroughout, past && all.contains(S::DateInPast) && !planned),
        (S::PresentToday, all.contains(S::Today) && !all.is_disjoint(S::PresentVerb | S::PresentNoun)),
        (S::VisitWithoutGoal, all.contains(S::Visit) && all.contains(S::Noun) && !all.contains(S::PlaceNamed)),
    ])
}

/// How a date stands to a trigger.
fn pair_signals(
    sentence: &Sentence<'_, '_>,
    found: &Found,
    date: usize,
    triggers: &[&Found],
    dates: &[usize],
) -> EnumSet<S> {
    let tokens = &sentence.article.dates[date].tokens;
    if !sentence.tokens.contains(&tokens.start) {
        let nearest = triggers.first().is_some_and(|first| first.tokens == found.tokens);
        return signals(&[(S::NearestTrigger, nearest), (S::NearestDate, true)]);
    }
    let clauses = sentence.clauses();
    let (own, other) = (clauses.of(found.tokens.start), clauses.of(tokens.start));
    let apart = distance(sentence, found, date);
    let date_first = tokens.end <= found.tokens.start;
    let (from, to) = if date_first { (tokens.end, found.tokens.start) } else { (found.tokens.end, tokens.start) };
    let between = |at: usize| (from..to).contains(&at);
    let takes_up =
        |pronoun: Option<usize>| pronoun.is_some_and(|pronoun| phrases::is_head_of(sentence, &found.tokens, pronoun));
    let relative = own != other
        && (takes_up(clauses.clauses[other].relative)
            || clauses.clauses[own].relative.is_some() && clauses.clauses[own].parent == Some(other));
    let shared = clauses.clauses[other].subject == Some(own) || clauses.clauses[own].subject == Some(other);
    let other_verb = clauses.tokens(other).any(|at| sentence.has_verb(at..at + 1));
    let link = enum_set!(Class::SettingPreposition | Class::Of | Class::In | Class::For);
    let attached = found.is_noun() && apart <= ADJACENT && (from..to).all(|at| date_first || sentence.is_any(at, link));
    let nearer = |other: &&&Found| other.tokens != found.tokens && distance(sentence, other, date) < apart;
    let joined = date_first && found.is_verb() && sentence.follows(found.tokens.start, Class::Conjunction);
    let verbs = (from..to).any(|at| sentence.is(at, Class::Finite) && !sentence.in_date(at));
    signals(&[
        (S::SameClause, own == other),
        (S::SharedSubject, own != other && shared),
        (S::RelativeClause, relative),
        (S::OtherClause, own != other && !shared && !relative),
        (S::DateInOtherRelative, own != other && !relative && clauses.clauses[other].relative.is_some() && other_verb),
        (S::Attached, attached),
        (S::NearestTrigger, triggers.iter().all(|other| !nearer(&other))),
        (S::NearestDate, dates.iter().all(|other| *other == date || distance(sentence, found, *other) >= apart)),
        (S::OnlyDateOfSentence, dates.len() == 1),
        (S::Adjacent, apart <= ADJACENT),
        (S::Near, apart > ADJACENT && apart <= NEAR),
        (S::Far, apart > FAR),
        (S::VeryFar, apart > VERY_FAR),
        (S::DateFirst, date_first),
        (S::TriggerBetween, triggers.iter().any(|other| between(other.tokens.start))),
        (S::VerbBetween, verbs),
        (S::CommaBetween, (from..to).any(|at| sentence.is_comma(at))),
        (S::VerbJoinedOn, joined),
    ])
}

/// What those who may take part say.
fn who_signals(sentence: &Sentence<'_, '_>, found: &Found, participants: &[Participant]) -> EnumSet<S> {
    let taking: Vec<&Participant> = participants.iter().filter(|option| option.score > 0.0).collect();
    let organisation = |option: &&&Participant| sentence.is_organisation(option.party);
    let named = taking.iter().filter(|option| option.at.is_some()).count();
    let host = super::arguments::goal(sentence, &found.tokens).and_then(|goal| sentence.country_of(goal.place?));
    let source = sentence.article.source;
    signals(&[
        (S::NobodyNamed, named == 0),
        (S::OneNamed, named == 1),
        (S::SeveralNamed, named > 1),
        (S::NobodyTakesPart, taking.is_empty()),
        (S::OneTakesPart, taking.len() == 1),
        (S::SeveralTakePart, taking.len() > 1),
        (S::BodyTakesPart, taking.iter().filter(organisation).count() > 0),
        (S::PersonTakesPart, taking.iter().any(|option| option.person.is_some())),
        (S::HostAlone, host.is_some() && taking.iter().all(|option| Some(option.party) == host)),
        (S::SourceTakesPart, source.is_some() && taking.iter().any(|option| Some(option.party) == source)),
    ])
}
