//! What is moved: which of the days told is the new one, and which days the event had before, by what puts it off, brings it
//! forward, extends it or corrects what was told of it.

use super::clauses::Sort;
use super::lexicon::{Cue, Part, Syntax};
use super::noun_phrases::NOUN_REACH;
use super::scene::{Found, Scene};
use super::sightings::Sighting;
use crate::event::{Kind, Precision, Status};
use crate::extract::entities::{Entity, PlaceId};
use crate::extract::time::{Period, Timex};

/// What a clause does to an event that is known already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Nothing: it tells the event.
    None,
    /// It gives it another day, or takes its day away.
    Day,
    /// It calls it off or back on, moves it to another place, or corrects what was told of it.
    Other,
}

/// What the cues of a clause, which give an event its standing, change of it.
pub(super) fn change_of(cues: &[(usize, Cue)], status: Status) -> Change {
    let has = |wanted: &[Cue]| cues.iter().any(|(_, cue)| wanted.contains(cue));
    match status {
        Status::Postponed => Change::Day,
        Status::Cancelled => Change::Other,
        Status::Confirmed if has(&[Cue::Forward, Cue::Extended]) => Change::Day,
        Status::Confirmed if has(&[Cue::Moved, Cue::Restored]) => Change::Other,
        _ => Change::None,
    }
}

impl Scene<'_, '_> {
    /// Of the days of an event that is moved, keeps the new one: the others are void. It is the one that is said to be new
    /// ("to 5 May"), else the last, of what is brought forward the first.
    pub fn keep_the_new_day(&self, found: &mut Vec<Sighting>) {
        let moved = || found.iter().filter(|s| s.change == Change::Day && s.period.is_some());
        let sooner = moved().all(|s| s.status == Status::Confirmed && s.kind != Kind::Deadline);
        let told_as_new = moved().any(|s| s.before.is_some());
        let candidates = moved().filter(|s| s.before.is_some() || !told_as_new);
        let new = candidates.max_by_key(|s| {
            let first = s.period.map(|period| period.first);
            (first.filter(|_| !sooner), std::cmp::Reverse(first))
        });
        let Some(new) = new else { return };
        let (trigger, timex) = (new.found.tokens.clone(), new.timex);
        // "the truce, which expires on 2 May, has been extended to 2 June"
        let limit = new.kind == Kind::Deadline;
        let is_old = |s: &Sighting| {
            let of_limit = limit && s.kind == Kind::Deadline && s.timex < timex;
            s.timex != timex && (s.found.tokens == trigger && s.change == Change::Day || of_limit)
        };
        // "for late April or early May": what comes after the new day may be another new one.
        let void = |s: &&Sighting| {
            is_old(s) && s.timex.is_some_and(|old| Some(old) < timex || self.is_said_of_plan(&self.text.timexes[old]))
        };
        let void: Vec<Period> = found.iter().filter(void).filter_map(|s| s.period).collect();
        found.retain(|s| !is_old(s));
        for new in found.iter_mut().filter(|s| s.timex == timex && s.found.tokens == trigger) {
            if !void.is_empty() {
                new.before.get_or_insert_default().extend(&void);
            }
            // "moved from 10 May to 5 May" puts nothing off.
            let before = new.before.iter().flatten();
            if before.clone().next().is_some()
                && before.clone().all(|old| new.period.is_some_and(|n| n.first < old.first))
            {
                new.status = Status::Confirmed;
            }
        }
    }

    /// "deferred from 3 May to 5 May": the first is the old day, the last the new one.
    pub fn void_day(&self, timex: &Timex) -> Option<Period> {
        let days = timex.days().filter(|days| days.precision == Precision::Day && days.first != days.last)?;
        let from = self.before(timex.tokens.start).is_some_and(|at| self.word(at) == "from");
        from.then(|| Period::days(days.first, days.first))
    }

    /// Where a date is the one to which an event was moved ("postponed to 5 May", "rescheduled for 5 May"), the days that it
    /// had before, as far as the date tells them.
    pub fn days_before(&self, timex: &Timex) -> Option<Vec<Period>> {
        let at = self.before(timex.tokens.start)?;
        let moved_for = || {
            let words = self.before(at).map(|verb| self.text.doc.words_from(verb, at));
            let cue = words.and_then(|words| self.reader.lexicon.cues.longest(words));
            cue.is_some_and(|(_, cues)| cues.contains(&Cue::Postponed))
        };
        let void = self.void_day(timex);
        let moved = self.word(at) == "to" || self.is(at, Syntax::Until) || self.word(at) == "for" && moved_for();
        (void.is_some() || moved).then(|| void.into_iter().collect())
    }

    /// Whether a clause tells what holds by now of an event: "will now take place", "is now set for", "will now meet".
    pub fn holds_now(&self, found: &Found) -> bool {
        let told = |at: usize| {
            let cue = self.reader.lexicon.cues.longest(self.text.doc.words_from(at, self.sentence.tokens.end));
            cue.is_some() || self.is(at, Syntax::Holding) || matches!(self.word(at), "be" | "take" | "to")
        };
        let now = |at: usize| {
            let finite = self.before(at).is_some_and(|verb| self.is(verb, Syntax::Finite));
            self.word(at) == "now" && finite && (told(at + 1) || found.tokens.start == at + 1)
        };
        self.clauses.tokens(self.clauses.of(found.tokens.start)).any(now)
    }

    /// "The postponed talks will be held on 5 May", "The talks, put off in May, will now open on 5 June": that they had been
    /// put off only describes them.
    pub fn is_given_a_day(&self, found: &Found, date: usize, cues: &[(usize, Cue)]) -> bool {
        let clause = self.clauses.of(found.tokens.start);
        let now = self.holds_now(found);
        let held = now || {
            let after = || self.clauses.tokens(clause).filter(|at| *at >= found.tokens.end);
            after().any(|at| self.is(at, Syntax::Holding)) && after().any(|at| self.text.tenses.is_future(at))
        };
        let describes = |at: usize| {
            let before = self.before(at);
            let done = before
                .is_some_and(|at| self.is(at, Syntax::Passive) || matches!(self.word(at), "have" | "has" | "had"));
            let apart = self.clauses.of(at) != clause || at >= found.tokens.end && !done;
            self.is_attribute_of(at, found) && held || apart && now
        };
        let start = self.text.timexes[date].tokens.start;
        let own = self.sentence.tokens.contains(&start) && self.clauses.of(start) == clause;
        let mut off = cues.iter().filter(|(_, cue)| *cue == Cue::Postponed);
        own && off.all(|(at, _)| describes(*at))
    }

    /// "the postponed talks", "the twice delayed border talks", but not "Chad postponed the talks".
    fn is_attribute_of(&self, at: usize, found: &Found) -> bool {
        let adverb = |at: usize| [Syntax::Habitual, Syntax::LongAgo, Syntax::Former].iter().any(|c| self.is(at, *c));
        let before = self.before(at);
        let before = before.filter(|at| adverb(*at)).map_or(before, |adverb| self.before(adverb));
        let article = before.is_some_and(|at| self.is(at, Syntax::Definite) || self.is(at, Syntax::Indefinite));
        let noun = at < found.tokens.start && found.tokens.start <= at + NOUN_REACH;
        let classes = [Syntax::Definite, Syntax::Setting, Syntax::About];
        let phrase = |at: usize| !classes.iter().any(|class| self.is(at, *class));
        article && noun && (at + 1..found.tokens.start).all(phrase)
    }

    /// "will discuss the postponed elections in talks on 5 May": the talks have not been put off.
    pub fn describes_another(&self, at: usize, found: &Found) -> bool {
        let others = || self.triggers.iter().filter(|other| other.trigger.part == Part::Noun);
        !self.is_attribute_of(at, found) && others().any(|other| self.is_attribute_of(at, other))
    }

    /// Whether a clause that shares its subject with an event's tells, with its date, what holds by now.
    pub fn is_now_in_date_clause(&self, found: &Found, timex: &Timex) -> bool {
        let clause = self.clauses.of(found.tokens.start);
        let start = timex.tokens.start;
        let joined = |of: usize| self.clauses.clauses[of].subject == Some(clause) && self.is_now(of);
        self.sentence.tokens.contains(&start) && joined(self.clauses.of(start))
    }

    /// "can be extended", "could be moved to Quito": what may be done changes nothing yet.
    pub fn is_only_possible(&self, at: usize) -> bool {
        let modal = self.before(at).filter(|at| self.word(*at) == "be").and_then(|be| self.before(be));
        modal.is_some_and(|at| self.is(at, Syntax::Hypothetical) || matches!(self.word(at), "can" | "may" | "should"))
    }

    /// The place that an event has been moved to: "have been moved from Lima to Quito", "will be held in Quito instead".
    pub fn moved_to(&self, found: &Found, cues: &[(usize, Cue)]) -> Option<PlaceId> {
        let clause = self.clauses.of(found.tokens.start);
        let moved = cues.iter().find(|(_, cue)| *cue == Cue::Moved).map(|(at, _)| *at);
        let to = |e: &Entity| {
            moved.is_some_and(|at| at < e.tokens.start)
                && self.before_phrase(e.tokens.start).is_some_and(|at| self.word(at) == "to")
        };
        let instead = |e: &Entity| self.word(e.tokens.end) == "instead" && self.word(e.tokens.end + 1) != "of";
        let mut places = self.entities.iter().filter(|e| self.clauses.of(e.tokens.start) == clause);
        places.find(|e| e.place.is_some() && (to(e) || instead(e)))?.place
    }

    /// Whether a place is named that the event is not held at: "in Quito instead of Lima".
    pub fn is_held_elsewhere(&self, found: &Found) -> bool {
        let clause = self.clauses.of(found.tokens.start);
        // "in Turku, not in Helsinki as stated earlier": told with who said so.
        let said = |at: usize| {
            let last = self.triggers.iter().rfind(|other| other.tokens.end <= at);
            self.clauses.sort_of(at) == Sort::Reporting && last.is_some_and(|last| last.tokens == found.tokens)
        };
        let of_event = |at: usize| self.clauses.of(at) == clause || said(at);
        // "with Oman, not Qatar": someone else, and no other place.
        let party = |place: &Entity| {
            let other = self.entities.iter().rfind(|e| e.tokens.end <= place.tokens.start);
            let bare = self.before(place.tokens.start).is_some_and(|at| !self.is(at, Syntax::Setting));
            bare && other.is_some_and(|other| self.governor(other) == Some(Syntax::Party))
        };
        let mut places = self.entities.iter().filter(|e| e.place.is_some() && of_event(e.tokens.start));
        places.any(|place| self.is_in_contrast(place.tokens.start) && !party(place))
    }

    /// Whether what begins at a token is told to be otherwise: "not on 24 August", "instead of in Lima".
    pub fn is_in_contrast(&self, start: usize) -> bool {
        let preposition = self.before(start).filter(|at| self.is(*at, Syntax::Setting) || self.word(*at) == "at");
        let until = preposition.is_some_and(|at| self.is(at, Syntax::Until) || self.is(at, Syntax::Sequence));
        let before = preposition.map_or_else(|| self.before(start), |at| self.before(at));
        let joint = before.filter(|at| matches!(self.word(*at), "of" | "than")).and_then(|at| self.before(at));
        let instead = joint.is_some_and(|at| self.is(at, Syntax::Contrast) || self.word(at) == "rather");
        (instead || before.is_some_and(|at| self.is(at, Syntax::Contrast))) && !until
    }
}
