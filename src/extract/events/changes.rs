//! Changes: which day of an event that is moved holds, and which days it had before, by what puts it off, brings it forward,
//! extends it or corrects what was said of it; in one sentence, and from one sentence to the next.

use super::candidate::DateRole;
use super::clause::Sort;
use super::date_scope::distance;
use super::event_mention::EventMention;
use super::modality::{Change, Modality, is_said_of};
use super::phrases::is_contrasted;
use super::sentence::Sentence;
use super::triggers::{Form, Found};
use crate::event::{Kind, Precision, Status};
use crate::extract::lexicon::Class;
use crate::extract::time::{Period, Timex};
use enumset::enum_set;
use jiff::ToSpan;
use jiff::civil::Date;

/// How far before a date the word may stand that says what it is to the event, in tokens.
const REACH: usize = 6;
/// How far before a date the verb may stand that makes it the end of an event, in tokens.
const END_REACH: usize = 4;
/// How many sentences after an event has been put off its new day may be told.
const NEW_DAY_REACH: usize = 3;

/// What a date is to an event.
pub(super) fn date_role(sentence: &Sentence<'_, '_>, found: &Found, timex: &Timex) -> DateRole {
    let start = timex.tokens.start;
    if !sentence.tokens.contains(&start) {
        return DateRole::Start;
    }
    let ends = sentence.back(start, END_REACH).any(|at| sentence.is(at, Class::Ending));
    if is_former(sentence, timex) {
        DateRole::Former
    } else if ends && (found.is_noun() || sentence.is(found.tokens.start, Class::Ending)) {
        DateRole::End
    } else {
        DateRole::Start
    }
}

/// "originally foreseen for 28 February", "first set for 28 February"
fn is_former(sentence: &Sentence<'_, '_>, timex: &Timex) -> bool {
    let planned = enum_set!(Class::Tentative | Class::Confirmed | Class::Expectation);
    let first = |at: usize| sentence.is(at, Class::LongAgo) && sentence.is_any(at + 1, planned);
    sentence.back(timex.tokens.start, REACH).any(|at| sentence.is(at, Class::Former) || first(at))
}

/// "planned for 10 March", "from 10 March", "originally on 10 March"
fn is_said_of_plan(sentence: &Sentence<'_, '_>, timex: &Timex) -> bool {
    let Some(at) = sentence.before(timex.tokens.start) else { return false };
    let planned = enum_set!(Class::Tentative | Class::Confirmed | Class::Expectation);
    let verb =
        |verb: usize| sentence.is(at, Class::For) && sentence.is_any(verb, planned) || sentence.is(verb, Class::Former);
    sentence.is(at, Class::From) || sentence.before(at).is_some_and(verb)
}

/// "deferred from 3 May to 5 May": the first is the old day, the last the new one.
fn void_day(sentence: &Sentence<'_, '_>, timex: &Timex) -> Option<Period> {
    let days = timex.days().filter(|days| days.precision == Precision::Day && days.first != days.last)?;
    sentence.follows(timex.tokens.start, Class::From).then(|| Period::days(days.first, days.first))
}

/// Whether what is said of an event holds by now: "will now take place", "is now set for", "will now meet".
pub(super) fn holds_now(sentence: &Sentence<'_, '_>, found: &Found) -> bool {
    let clauses = sentence.clauses();
    let now = |at: usize| {
        let verb = sentence.follows(at, Class::Finite) || sentence.follows(at, Class::Be);
        sentence.is(at, Class::Now) && verb && is_said_of(sentence, clauses.of(at), found)
    };
    sentence.tokens.clone().any(now)
}

/// "The postponed talks will be held on 5 May", "The talks, put off in May, will now open on 5 June": that they had been put
/// off only describes them.
pub(super) fn is_given_a_day(sentence: &Sentence<'_, '_>, found: &Found, modality: &Modality, date: usize) -> bool {
    let clauses = sentence.clauses();
    let clause = clauses.of(found.tokens.start);
    let start = sentence.article.dates[date].tokens.start;
    let now = holds_now(sentence, found);
    let after = || clauses.tokens(clause).filter(|at| *at >= found.tokens.end);
    let held = now
        || after().any(|at| sentence.is(at, Class::Holding)) && after().any(|at| sentence.article.tenses.is_future(at));
    let describes = |at: usize| {
        let done = sentence.before(at).is_some_and(|at| sentence.is_any(at, enum_set!(Class::Passive | Class::Have)));
        let attribute = at < found.tokens.start && !done;
        let apart = clauses.of(at) != clause || at >= found.tokens.end && !done;
        attribute && held || apart && now
    };
    let own = sentence.tokens.contains(&start) && clauses.of(start) == clause;
    let mut off = modality.cues.iter().filter(|(_, cue)| *cue == Class::Postponed);
    own && off.all(|(at, _)| describes(*at))
}

/// By how many days a clause moves an event: "put off by a week", "brought forward by two days".
fn shift(sentence: &Sentence<'_, '_>, found: &Found, modality: &Modality) -> Option<i32> {
    let clauses = sentence.clauses();
    let clause = clauses.of(found.tokens.start);
    let by =
        |timex: &&Timex| sentence.follows(timex.tokens.start, Class::By) && clauses.of(timex.tokens.start) == clause;
    let sign = modality.cues.iter().find_map(|(_, cue)| match cue {
        Class::Forward => Some(-1),
        Class::Postponed | Class::Extended => Some(1),
        _ => None,
    });
    Some(sentence.timexes().iter().filter(by).find_map(length)? * sign?)
}

/// The days of a length of time in days or weeks.
fn length(timex: &Timex) -> Option<i32> {
    let count: i32 = timex.value.strip_prefix('P')?.strip_suffix(['D', 'W'])?.parse().ok()?;
    count.checked_mul(if timex.value.ends_with('W') { 7 } else { 1 })
}

/// The same days so many days later.
fn shifted(period: &Period, days: i32) -> Option<Period> {
    let day = |day: Date| day.checked_add(days.days()).ok();
    let exact = period.precision == Precision::Day;
    exact.then(|| Some(Period::days(day(period.first)?, day(period.last)?))).flatten()
}

/// Settles, for what one sentence says of an event that it moves, the days that its date gives it and those that it had.
pub(super) fn settle_days(sentence: &Sentence<'_, '_>, told: &mut EventMention) {
    let Some(date) = told.candidate.date else { return };
    let timex = &sentence.article.dates[date];
    let found = &told.candidate.found;
    let moved = told.candidate.modality.change == Change::Day;
    let here = sentence.tokens.contains(&timex.tokens.start);
    if moved && here {
        let void = void_day(sentence, timex);
        if void.is_some() {
            told.period = timex.days().map(|days| Period::days(days.last, days.last));
        }
        let to = sentence.before(timex.tokens.start).is_some_and(|at| {
            let off = || sentence.follows(at, Class::Postponed);
            sentence.is_any(at, enum_set!(Class::To | Class::Until)) || sentence.is(at, Class::For) && off()
        });
        if void.is_some() || to || holds_now(sentence, found) {
            told.before.get_or_insert_default().extend(void);
        }
    }
    let shift = shift(sentence, found, &told.candidate.modality).filter(|_| moved);
    match (told.period, shift, &mut told.before) {
        // "put off by a week to 12 May"
        (Some(days), Some(shift), Some(before)) => before.extend(shifted(&days, -shift)),
        // "put off by a week"
        (Some(days), Some(shift), None) => (told.period, told.before) = (shifted(&days, shift), Some(vec![days])),
        _ => {}
    }
    let former = if here { former_days(sentence, told, timex, moved) } else { vec![] };
    if !former.is_empty() {
        told.before.get_or_insert_default().extend(former);
    }
    let corrected = told.before.is_some() || holds_now(sentence, found) || is_elsewhere(sentence, found);
    if told.candidate.modality.change == Change::None && corrected {
        told.candidate.modality.change = Change::Other;
    }
}

/// "will be held in Oslo, not in Bergen", "will be held in Oslo instead": it takes another place than was told.
pub(super) fn is_elsewhere(sentence: &Sentence<'_, '_>, found: &Found) -> bool {
    let clauses = sentence.clauses();
    let setting = enum_set!(Class::SettingPreposition | Class::PlacePreposition | Class::In);
    let place = |at: usize| {
        let named = sentence.name_starting(at).is_some_and(|e| e.place.is_some());
        named && sentence.before(at).is_some_and(|at| sentence.is_any(at, setting))
    };
    // "in Doha, not Muscat", but not "with Oman, not Qatar"
    let contrasted = |at: usize| {
        let name = sentence.name_starting(at).filter(|e| e.place.is_some() && is_contrasted(sentence, at));
        name.is_some() && sentence.back(at + 1, REACH).any(place)
    };
    let said = |at: &usize| clauses.sort_of(*at) == Sort::Reporting || is_said_of(sentence, clauses.of(*at), found);
    sentence.tokens.clone().filter(said).any(|at| {
        let instead = sentence.is(at, Class::Instead) && !sentence.is(at + 1, Class::Of);
        contrasted(at) || instead && sentence.back(at, REACH).any(place)
    })
}

/// The days that the sentence says an event no longer has, or never had: "not on 10 March", "instead of 10 March", "a day
/// later than first announced"; of what has been moved, "planned for 10 March", which may be over.
fn former_days(sentence: &Sentence<'_, '_>, told: &EventMention, own: &Timex, moved: bool) -> Vec<Period> {
    let found = &told.candidate.found;
    let of_event = |at: &usize| {
        let ahead = sentence.triggers().iter().filter(|other| other.form != Form::Past);
        let nearest = ahead.min_by_key(|other| distance(sentence, other, *at));
        sentence.article.dates[*at].tokens != own.tokens
            && nearest.is_some_and(|nearest| nearest.tokens == found.tokens)
    };
    let former = |at: usize| {
        let other = &sentence.article.dates[at];
        if sentence.is(other.tokens.end, Class::Than) {
            return day_without(sentence, &told.period?, other);
        }
        let days = other.period.filter(|days| days.precision == Precision::Day)?;
        let over = moved && days.last < sentence.article.published && is_said_of_plan(sentence, other);
        (is_contrasted(sentence, other.tokens.start) || over).then_some(days)
    };
    sentence.dates.clone().filter(of_event).filter_map(former).collect()
}

/// The day that an event would have had without an offset: "on 11 March, a day later than announced".
fn day_without(sentence: &Sentence<'_, '_>, period: &Period, offset: &Timex) -> Option<Period> {
    let counted = offset.anchor.zip(offset.period).map(|(anchor, day)| (day.first - anchor.first).get_days());
    let sign = if sentence.follows(offset.tokens.end, Class::Former) { 1 } else { -1 };
    let days = counted.map_or_else(|| Some(sign * length(offset)?), |days| Some(-days));
    shifted(period, days?)
}

/// Of the days of an event that its sentence moves, keeps the new one: the others are void. It is the one that is said to be
/// new ("to 5 May"), else the last, of what is brought forward the first.
pub(super) fn keep_the_new_day(sentence: &Sentence<'_, '_>, all: &mut Vec<EventMention>) {
    let moved = || all.iter().filter(|told| told.candidate.modality.change == Change::Day && told.period.is_some());
    let limit = |told: &EventMention| told.candidate.found.kind == Kind::Deadline;
    let sooner = moved().all(|told| told.candidate.modality.status == Status::Confirmed && !limit(told));
    let said_new = moved().any(|told| told.before.is_some());
    let new = moved().filter(|told| told.before.is_some() || !said_new).max_by_key(|told| {
        let first = told.period.map(|period| period.first);
        (first.filter(|_| !sooner), std::cmp::Reverse(first))
    });
    let Some(new) = new else { return };
    let (trigger, date) = (new.candidate.found.tokens.clone(), new.candidate.date);
    let is_old = |told: &EventMention| {
        let same = told.candidate.found.tokens == trigger && told.candidate.modality.change == Change::Day;
        told.candidate.date != date && same
    };
    // "for late April or early May": what comes after the new day may be another new one.
    let void = |told: &&EventMention| {
        let plan = |old: usize| is_said_of_plan(sentence, &sentence.article.dates[old]);
        is_old(told) && told.candidate.date.is_some_and(|old| Some(old) < date || plan(old))
    };
    let void: Vec<Period> = all.iter().filter(void).filter_map(|told| told.period).collect();
    all.retain(|told| !is_old(told));
    for new in all.iter_mut().filter(|told| told.candidate.date == date && told.candidate.found.tokens == trigger) {
        if !void.is_empty() {
            new.before.get_or_insert_default().extend(&void);
        }
        // "moved from 10 May to 5 May" puts nothing off.
        let sooner = |old: &Period| new.period.is_some_and(|new| new.first < old.first);
        if new.before.iter().flatten().next().is_some() && new.before.iter().flatten().all(sooner) {
            new.candidate.modality.status = Status::Confirmed;
        }
    }
}

/// Gives events that are moved their new days where another sentence tells them, and makes the old ones void.
pub(super) fn settle(all: &mut [EventMention]) {
    void_old_days(all);
    void_former_days(all);
}

/// "The visit has been put off. It will now take place on 12 December": the new day is that of the event put off, whose old
/// one is void.
fn void_old_days(all: &mut [EventMention]) {
    for at in 0..all.len() {
        let new = &all[at];
        if !new.now || new.candidate.date.is_none() || new.candidate.modality.status == Status::Cancelled {
            continue;
        }
        let of_same = |old: &EventMention| {
            let moved = [old, new].iter().any(|told| told.candidate.modality.change == Change::Day);
            let (parties, known) = (new.parties(), old.parties());
            let shared = parties.is_empty() || parties.iter().any(|party| known.contains(party));
            old.candidate.sentence < new.candidate.sentence && moved && shared && old.is_of_family(new)
        };
        let near = |old: &usize| all[at].candidate.sentence - all[*old].candidate.sentence <= NEW_DAY_REACH;
        let Some(old) = (0..at).rev().take_while(near).find(|old| of_same(&all[*old])) else { continue };
        let EventMention { period, place, participants, .. } = all[old].clone();
        let (kind, status) = (all[old].candidate.found.kind, all[old].candidate.modality.status);
        let new = &mut all[at];
        let sooner = period.zip(new.period).is_some_and(|(old, new)| new.first < old.first);
        // What is brought forward, or a limit that is extended, is not put off.
        let off = status == Status::Postponed || new.candidate.modality.status == Status::Postponed;
        new.candidate.modality.status = if off && !sooner { Status::Postponed } else { Status::Confirmed };
        new.candidate.modality.change = Change::Day;
        new.before.get_or_insert_default().extend(period);
        new.place = new.place.take().or(place);
        new.candidate.found.kind = kind;
        for option in participants {
            if new.participants.iter().all(|known| known.party != option.party) {
                new.participants.push(option);
            }
        }
        (all[old].candidate.date, all[old].period) = (None, None);
    }
}

/// "The visit was originally set for 3 May": where another day is told of the event, this one is void.
fn void_former_days(all: &mut [EventMention]) {
    for at in 0..all.len() {
        let Some(old) = all[at].period.filter(|_| all[at].role == DateRole::Former) else { continue };
        let holds = |new: &EventMention| {
            let near = new.candidate.sentence.abs_diff(all[at].candidate.sentence) <= NEW_DAY_REACH;
            let other = new.period.is_some_and(|days| days.last < old.first || old.last < days.first);
            near && other && new.may_be(&all[at]) && new.role != DateRole::Former
        };
        let Some(new) = all.iter().position(holds) else { continue };
        all[new].before.get_or_insert_default().push(old);
        if all[new].candidate.modality.change == Change::None {
            all[new].candidate.modality.change = Change::Other;
        }
        (all[at].candidate.date, all[at].period) = (None, None);
    }
}
