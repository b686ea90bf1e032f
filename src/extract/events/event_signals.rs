//! Signals for and against a candidate's being an event: those of the trigger and its clause, of the date, of the
//! relation between both, and of the participants.

use super::arguments;
use super::candidate::Participant;
use super::clause::Sort;
use super::date_scope::distance;
use super::layout::Clocks;
use super::modality::{self, Modality};
use super::phrases;
use super::sentence::Sentence;
use super::signals::{EventSignal as S, holding};
use super::triggers::{Form, Found};
use crate::event::{Kind, Precision, Status};
use crate::extract::lexicon::Class;
use crate::extract::tense::Tense;
use crate::extract::time::Form as DateForm;
use enumset::{EnumSet, enum_set};

/// Distances in tokens: the largest that count as adjacent and as near, and the largest before a distance counts as
/// far.
const ADJACENT: usize = 2;
const NEAR: usize = 6;
const FAR: usize = 14;
/// The number of tokens above which a sentence is long.
const LONG: usize = 45;

/// All triggers and dates of the sentence of a pair. Dates are indices into those of the article.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rivals<'r> {
    pub triggers: &'r [&'r Found],
    pub dates: &'r [usize],
}

/// Returns all signals of a candidate; `of_trigger` are those of its trigger, which are the same for every date.
pub(super) fn of_candidate(
    sentence: &Sentence<'_, '_>,
    (found, of_trigger): (&Found, EnumSet<S>),
    date: usize,
    rivals: Rivals<'_>,
    participants: &[Participant],
) -> EnumSet<S> {
    let all = of_trigger
        | of_date(sentence, date)
        | of_pair(sentence, found, date, rivals)
        | of_participants(sentence, found, participants);
    all | of_combinations(found, all)
}

/// Returns the signals that are combinations of other signals.
fn of_combinations(found: &Found, all: EnumSet<S>) -> EnumSet<S> {
    let planned = !all.is_disjoint(S::Planned | S::Future | S::Tentative | S::Unfulfilled);
    let coarse = !all.is_disjoint(S::Week | S::Month | S::Season | S::Year);
    holding([
        (S::TodayUnplanned, all.contains(S::Today) && !planned),
        (S::PeriodUnplanned, coarse && !planned),
        (S::PastThroughout, all.is_superset(S::Past | S::DateInPast) && !planned),
        (S::VisitWithoutGoal, found.kind == Kind::Visit && found.is_noun() && !all.contains(S::PlaceNamed)),
    ])
}

/// Returns the signals of a trigger and its clause.
pub(super) fn of_trigger(sentence: &Sentence<'_, '_>, found: &Found, modality: &Modality) -> EnumSet<S> {
    let clauses = &sentence.clauses;
    let (start, noun) = (found.tokens.start, found.is_noun());
    let clause = clauses.of(start);
    let stretch = clauses.stretch(start);
    let in_clause = |class: Class| clauses.tokens(clause).any(|at| sentence.is(at, class));
    let tense = sentence.article.tenses.around(&stretch, &found.tokens);
    let sort = clauses.sort_of(start);
    let conditions = clauses.all.iter().any(|clause| clause.sort == Sort::Conditional);
    let opening = clauses.tokens(clause).next().unwrap_or(start);
    let near = |reach: usize, class: Class| sentence.back(start, reach).any(|at| sentence.is(at, class));
    holding([
        (S::Noun, noun),
        (S::Plural, found.form == Form::Plural),
        (S::Gerund, found.form == Form::Gerund),
        (S::ArgumentThere, found.argument.is_some() && found.complete),
        (S::ArgumentMissing, found.argument.is_some() && !found.complete),
        (S::Capitalised, sentence.is_capitalised(start) && start > sentence.tokens.start),
        (S::Definite, phrases::is_definite(sentence, found)),
        (S::Indefinite, noun && near(4, Class::Indefinite)),
        (S::AfterSequence, noun && near(5, Class::Sequence)),
        (S::Domestic, sentence.tokens.clone().any(|at| sentence.is(at, Class::Domestic))),
        (S::TriggerInCondition, sort == Sort::Conditional),
        (S::Subordinate, sentence.is(opening, Class::Subordinator) || clauses.all[clause].relative.is_some()),
        (S::Past, tense == Tense::Past),
        (S::PastNoun, tense == Tense::Past && noun),
        (S::PresentNoun, tense == Tense::Present && noun),
        (S::Future, tense == Tense::Future),
        (S::Unfulfilled, tense == Tense::Unfulfilled),
        (S::NoTense, tense == Tense::Unknown),
        (S::Tentative, modality.has(Class::Tentative)),
        (S::Planned, modality.has(Class::Confirmed)),
        (S::Denied, modality.denied),
        (S::Off, matches!(modality.status, Status::Postponed | Status::Cancelled)),
        (S::Hypothetical, conditions && stretch.clone().any(|at| sentence.is(at, Class::Hypothetical))),
        (S::LongAgo, in_clause(Class::LongAgo)),
        (S::Commemorated, near(5, Class::Commemorating)),
        (S::InTitle, sentence.article.title_kinds.iter().any(|kind| kind.family() == found.kind.family())),
        (S::Attended, noun && sentence.back(start, 8).any(|at| sentence.is(at, Class::Attending))),
        (S::Quoted, sentence.tokens.clone().any(|at| sentence.is(at, Class::Speaker) && !sentence.in_name(at))),
        (S::LongSentence, sentence.tokens.len() > LONG),
        (S::PlaceNamed, sentence.entities.iter().any(|e| e.place.is_some() && clauses.of(e.tokens.start) == clause)),
        (
            S::OfficialNamed,
            clauses.tokens(clause).any(|at| sentence.is(at, Class::Officials) || sentence.office_at(at)),
        ),
    ])
}

/// Returns the signals of a date.
fn of_date(sentence: &Sentence<'_, '_>, date: usize) -> EnumSet<S> {
    let timex = &sentence.article.dates[date];
    let Some(days) = timex.days() else { return EnumSet::empty() };
    let start = timex.tokens.start;
    let published = sentence.article.published;
    let year = days.precision == Precision::Year;
    let here = sentence.tokens.contains(&start);
    let sort = if here { sentence.clauses.sort_of(start) } else { Sort::Plain };
    let span = days.first != days.last && days.precision == Precision::Day;
    let follows = |class| sentence.follows(start, class);
    let clock_only = timex.form == DateForm::Clock && days.first == published;
    let opens = here && start == sentence.tokens.start && sentence.opens_line();
    // The new date of a change, as in "put off until 26 March".
    let movers = enum_set!(Class::Postponed | Class::Extended | Class::Shifted);
    let moved = sentence.back(start, FAR).any(|at| sentence.is_any(at, movers));
    let moved_to =
        moved && sentence.before(start).is_some_and(|at| sentence.is_any(at, enum_set!(Class::To | Class::Until)));
    holding([
        (S::OneDay, days.precision == Precision::Day && !span),
        (S::SeveralDays, span),
        (S::Week, days.precision == Precision::Week),
        (S::Month, days.precision == Precision::Month),
        (S::Season, matches!(days.precision, Precision::Season | Precision::Quarter)),
        (S::Year, year),
        (S::Today, days.first == published && !year),
        (S::Begun, days.first < published),
        (S::DateInPast, timex.tense == Tense::Past),
        (S::DateInPresent, timex.tense == Tense::Present),
        (S::DateInReport, sort == Sort::Reporting),
        (S::DateInCondition, sort == Sort::Conditional),
        (S::Attribute, year && timex.anchor.is_none() && follows(Class::Definite)),
        (S::Owner, sentence.is(timex.tokens.end, Class::Possessive)),
        (
            S::Contrasted,
            here && (phrases::is_contrasted(sentence, start) || sentence.is(timex.tokens.end, Class::Than)),
        ),
        (S::LineStamp, clock_only && opens && sentence.article.layout.clocks != Clocks::Scheduled),
        (S::Until, follows(Class::Limit) && !moved),
        (S::MovedTo, here && moved_to),
        (S::MovedFrom, here && moved && follows(Class::From)),
        (S::BareYear, year && timex.tokens.len() == 1),
        (S::BareWeekday, timex.form == DateForm::Weekday),
        (S::MonthName, timex.form == DateForm::Month),
        (S::Former, here && sentence.back(start, NEAR).any(|at| sentence.is(at, Class::Former))),
    ])
}

/// Returns the signals of the relation between a date and a trigger.
fn of_pair(
    sentence: &Sentence<'_, '_>,
    found: &Found,
    date: usize,
    Rivals { triggers, dates }: Rivals<'_>,
) -> EnumSet<S> {
    let tokens = &sentence.article.dates[date].tokens;
    if !sentence.tokens.contains(&tokens.start) {
        let nearest = triggers.first().is_some_and(|first| first.tokens == found.tokens);
        return holding([(S::NearestTrigger, nearest)]);
    }
    let clauses = &sentence.clauses;
    let (own, other) = (clauses.of(found.tokens.start), clauses.of(tokens.start));
    let apart = distance(sentence, found, date);
    let date_first = tokens.end <= found.tokens.start;
    let (from, to) = if date_first { (tokens.end, found.tokens.start) } else { (found.tokens.end, tokens.start) };
    let between = |at: usize| (from..to).contains(&at);
    let is_antecedent =
        |pronoun: Option<usize>| pronoun.is_some_and(|pronoun| phrases::is_head_of(&found.tokens, pronoun));
    let relative = own != other
        && (is_antecedent(clauses.all[other].relative)
            || clauses.all[own].relative.is_some() && clauses.all[own].parent == Some(other));
    let other_verb = clauses.tokens(other).any(|at| sentence.has_verb(at..at + 1));
    let link = enum_set!(Class::SettingPreposition | Class::Of | Class::In | Class::For);
    let attached = found.is_noun() && apart <= ADJACENT && (from..to).all(|at| date_first || sentence.is_any(at, link));
    // Triggers in a conditional clause do not compete, as in "On 5 May, if all goes to plan, they will meet".
    let competes = |other: &Found| clauses.sort_of(other.tokens.start) != Sort::Conditional;
    let nearer =
        |other: &Found| other.tokens != found.tokens && competes(other) && distance(sentence, other, date) < apart;
    let joined = date_first && found.is_verb() && sentence.follows(found.tokens.start, Class::Conjunction);
    let verbs = (from..to).any(|at| sentence.is(at, Class::Finite) && !sentence.in_date(at));
    holding([
        (S::SameClause, own == other),
        (S::RelativeClause, relative),
        (S::OtherClause, own != other && !relative),
        (S::DateInOtherRelative, own != other && !relative && clauses.all[other].relative.is_some() && other_verb),
        (S::Attached, attached),
        (S::NearestTrigger, triggers.iter().all(|other| !nearer(other))),
        (S::OnlyDateOfSentence, dates.len() == 1),
        (S::Adjacent, apart <= ADJACENT),
        (S::Near, apart > ADJACENT && apart <= NEAR),
        (S::Far, apart > FAR),
        (S::DateFirst, date_first),
        (S::TriggerBetween, triggers.iter().any(|other| between(other.tokens.start) && competes(other))),
        (S::VerbBetween, verbs),
        (S::CommaBetween, (from..to).any(|at| sentence.is_comma(at))),
        (S::VerbJoinedOn, joined),
        (S::Background, date_first && !attached && modality::is_presupposed(sentence, found)),
    ])
}

/// Returns the signals of the participants.
fn of_participants(sentence: &Sentence<'_, '_>, found: &Found, participants: &[Participant]) -> EnumSet<S> {
    let taking: Vec<&Participant> = participants.iter().filter(|option| option.score > 0.0).collect();
    let organisation = |option: &&&Participant| sentence.is_organisation(option.party);
    let named = taking.iter().filter(|option| option.at.is_some()).count();
    // Agenda entries that name only one country are domestic, as in "Monday 4 May / Cork: Opening of a laboratory".
    let entry = sentence.article.layout.entry(sentence.number).is_some() && !found.is_popular_vote();
    let domestic = entry && taking.len() == 1 && !sentence.is_organisation(taking[0].party);
    let host = arguments::goal(sentence, &found.tokens).and_then(|goal| sentence.country_of(goal.place?));
    holding([
        (S::AtHome, domestic),
        (S::NobodyNamed, named == 0),
        (S::OneNamed, named == 1),
        (S::NobodyTakesPart, taking.is_empty()),
        (S::OneTakesPart, taking.len() == 1),
        (S::SeveralTakePart, taking.len() > 1),
        (S::BodyTakesPart, taking.iter().filter(organisation).count() > 0),
        (S::PersonTakesPart, taking.iter().any(|option| option.person.is_some())),
        (S::HostAlone, host.is_some() && taking.iter().all(|option| Some(option.party) == host)),
    ])
}
