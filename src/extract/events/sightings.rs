//! What one clause tells of one event: its trigger, date, parties, place and standing.

use super::clauses::Sort;
use super::lexicon::{Cue, Part, Syntax};
use super::moves::{Change, change_of};
use super::parties::Actor;
use super::roles::Role;
use super::scene::{Found, Scene};
use super::sequels::{ANOTHER_REACH, Sequel};
use super::spoken::Meant;
use super::standing::status_of;
use crate::event::{Kind, Precision, Status};
use crate::extract::entities::{Entity, PartyId, PlaceId};
use crate::extract::tense::Tense;
use crate::extract::time::Period;

/// What one clause tells of one event.
#[derive(Clone, Debug)]
pub(super) struct Sighting {
    /// The sentence, as a place in the text's sentences.
    pub sentence: usize,
    /// Its trigger.
    pub found: Found,
    /// How it speaks of those who take part where it names nobody.
    pub meant: Meant,
    /// Its subject is a pronoun, whoever else is named: "she will meet her Estonian counterpart".
    pub pronoun_subject: bool,
    /// How it goes on from what is told of the event elsewhere.
    pub sequel: Sequel,
    /// What it does to an event that is known.
    pub change: Change,
    /// Where its date is the new one of an event that was moved, the days that it had before, as far as they are told.
    pub before: Option<Vec<Period>>,
    /// By how many days it moves an event.
    pub shift: Option<i32>,
    /// How many days the event lasts, where its sentence says so.
    pub lasts: Option<i64>,
    /// The kind that its trigger names.
    pub kind: Kind,
    /// The date, as a place in the text's time expressions.
    pub timex: Option<usize>,
    /// The days of that date, or those that the event takes from it on.
    pub period: Option<Period>,
    /// Who takes part, in the order of the text.
    pub actors: Vec<Actor>,
    /// It names the body whose own event it is: "the APEC summit".
    pub is_of_body: bool,
    /// Of a visit, the countries that it goes to.
    pub hosts: Vec<PartyId>,
    /// Where it is held.
    pub place: Option<PlaceId>,
    /// How sure it is.
    pub status: Status,
    /// The clause has words for how sure it is.
    pub says_status: bool,
}

impl Sighting {
    /// Whether it tells the event by itself: by its date, or as something that took place.
    pub fn is_told(&self) -> bool {
        self.timex.is_some() || self.status == Status::Held
    }
}

/// Why a date made no event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display)]
pub enum NoEvent {
    /// It has no days, or recurs, or is as long as an era.
    #[strum(serialize = "it has no days that an event could have")]
    NoDays,
    /// It only describes something.
    #[strum(serialize = "it only describes something")]
    Attribute,
    /// It is over by the tense of its clause.
    #[strum(serialize = "it is over")]
    Over,
    /// It says when something was said.
    #[strum(serialize = "it says when something was said")]
    OfReport,
    /// Its clause tells of what may never be.
    #[strum(serialize = "its clause tells of what may never be")]
    Conditional,
    /// No word near it names an event.
    #[strum(serialize = "no word beside it names an event")]
    NoTrigger,
    /// The clause denies the event, or only recalls it.
    #[strum(serialize = "the event is denied or only recalled")]
    Denied,
    /// The clause tells the event as past.
    #[strum(serialize = "the event is told as past")]
    Past,
    /// The clause tells what would be.
    #[strum(serialize = "the event is only supposed")]
    Supposed,
    /// Nobody is named who takes part.
    #[strum(serialize = "nobody is named who takes part")]
    Nobody,
}

/// How far before a noun the preposition of its phrase may stand, in tokens.
pub(super) const PHRASE_REACH: usize = 6;

impl Scene<'_, '_> {
    /// One for each trigger and each of its dates, and why the other dates made none, by their places in the text's time
    /// expressions. In a sentence that dates an event,
    /// what is named there without a date is not another one; elsewhere "the talks" may tell more of an event that is
    /// dated elsewhere.
    pub fn sightings(&self) -> (Vec<Sighting>, Vec<(usize, NoEvent)>) {
        let cues = self.cues();
        let mut dated = Vec::new();
        let mut undated = Vec::new();
        for (at, timex) in self.timexes.iter().enumerate() {
            match self.dated_by(timex) {
                Ok(trigger) => dated.push((trigger, at + self.first_timex)),
                Err(why) => undated.push((at + self.first_timex, why)),
            }
        }
        // Under a heading "24 March", "(to March 25)" only ends it.
        let ends = |date: usize| {
            let before = self.before(self.text.timexes[date].tokens.start);
            before.is_some_and(|at| self.word(at) == "to" || self.is(at, Syntax::Until))
        };
        dated.retain(|(_, date)| self.heading.is_none() || !ends(*date));
        if let Some(heading) = self.heading.filter(|_| dated.is_empty() && !self.triggers.is_empty()) {
            dated.push((0, heading));
        }
        dated.sort_unstable();
        let limits = |(trigger, _): &(usize, usize)| self.triggers[*trigger].trigger.kind == Kind::Deadline;
        let extended = !dated.is_empty() && dated.iter().all(limits);
        let put_off = cues.iter().any(|(_, cue)| match cue {
            Cue::Postponed | Cue::Forward => true,
            Cue::Extended => extended,
            _ => false,
        });
        if !put_off {
            self.drop_uncoordinated(&mut dated, &mut undated);
        }
        let mut found = Vec::new();
        for &(trigger, at) in &dated {
            // The old day and the new one are of the same event.
            let moved = put_off && dated.iter().all(|(other, _)| *other == trigger);
            let roles = self.portion(trigger, Some(at).filter(|_| !moved), &dated);
            match self.sighting(&self.triggers[trigger], Some(at), &roles, &cues) {
                Ok(sighting) => found.push(sighting),
                Err(why) => undated.push((at, why)),
            }
        }
        self.keep_the_new_day(&mut found);
        if found.is_empty() {
            let told = self.triggers.iter().enumerate().filter_map(|(at, found)| {
                let roles = self.portion(at, None, &dated);
                self.sighting(found, None, &roles, &cues).ok()
            });
            let tells = |s: &Sighting| s.place.is_some() || s.says_status || s.lasts.is_some();
            let changed = |s: &Sighting| s.change != Change::None;
            let known = |s: &Sighting| self.is_definite(&s.found) || changed(s);
            found = told.filter(|s| known(s) && tells(s) && !(changed(s) && self.is_long_over(&s.found))).collect();
        } else {
            // "…, but the trip was called off"
            let others = self.triggers.iter().enumerate().filter(|(_, other)| self.is_definite(other));
            let apart = |other: &Found| {
                let clause = self.clauses.of(other.tokens.start);
                found.iter().all(|s| {
                    s.found.tokens.start < other.tokens.start && self.clauses.of(s.found.tokens.start) != clause
                })
            };
            let told = others.filter(|(_, other)| apart(other)).filter_map(|(at, other)| {
                let roles = self.portion(at, None, &dated);
                self.sighting(other, None, &roles, &cues).ok()
            });
            let changed: Vec<Sighting> = told.filter(|s| s.change != Change::None).collect();
            found.extend(changed);
        }
        (found, undated)
    }

    fn sighting(
        &self,
        found: &Found,
        date: Option<usize>,
        roles: &[(&Entity, Role)],
        cues: &[(usize, Cue)],
    ) -> Result<Sighting, NoEvent> {
        let clause = self.clauses.of(found.tokens.start);
        // "the talks in Riyadh, which have been cancelled", but not "the talks, to which"
        let subject = |pronoun: usize| {
            let classes = [Syntax::Setting, Syntax::Place, Syntax::About];
            self.before(pronoun).is_none_or(|at| !classes.iter().any(|class| self.is(at, *class)))
        };
        let takes_up = |of: usize| {
            let pronoun = self.clauses.clauses[of].relative.filter(|pronoun| subject(*pronoun));
            pronoun.is_some_and(|pronoun| self.is_head_of(&found.tokens, pronoun))
        };
        let in_clause = |at: usize| self.clauses.of(at) == clause || takes_up(self.clauses.of(at));
        let presupposed = self.is_presupposed(found);
        // "hopes of a treaty at the summit": the summit is not what is hoped for.
        let known = presupposed && self.is_definite(found);
        let near = |at: usize| at + ANOTHER_REACH >= found.tokens.start;
        let limit = found.trigger.kind == Kind::Deadline;
        let tells = |(at, cue): &(usize, Cue)| {
            in_clause(*at)
                && !self.is_doubt_of_another(*at, found)
                && (*cue != Cue::Postponed || !self.describes_another(*at, found))
                && (!known || *cue != Cue::Tentative || near(*at))
                && (limit || *cue != Cue::Extended)
        };
        let cues: Vec<(usize, Cue)> = cues.iter().filter(|cue| tells(cue)).copied().collect();
        let status = status_of(&cues, &found.tokens, presupposed).ok_or(NoEvent::Denied)?;
        // "No talks are planned"
        let none = (found.tokens.start.saturating_sub(3).max(self.sentence.tokens.start)..found.tokens.start)
            .any(|at| self.word(at).eq_ignore_ascii_case("no"));
        if none && found.trigger.part == Part::Noun {
            return Err(NoEvent::Denied);
        }
        // Who denies that an event will be held denies it; who denies that it is off confirms it.
        let denied = (self.sentence.tokens.start..found.tokens.start).any(|at| {
            self.clauses.sort_of(at) == Sort::Reporting && matches!(self.word(at), "denied" | "denies" | "deny")
        });
        let status = match status {
            Status::Cancelled | Status::Postponed if denied => Status::Confirmed,
            _ if denied => return Err(NoEvent::Denied),
            status => status,
        };
        let stretch = self.clauses.stretch(found.tokens.start);
        let tense = self.text.tenses.around(&stretch, &found.tokens);
        let mut change = change_of(&cues, status);
        let back = status == Status::Postponed && date.is_some_and(|date| self.is_given_a_day(found, date, &cues));
        let status = if back { Status::Confirmed } else { status };
        // "consults", "runs out": the verb itself tells the present.
        let third_person = found.trigger.phrase.split(' ').next().is_some_and(|verb| verb.ends_with('s'));
        let told_as_past = match found.trigger.part {
            Part::Noun => {
                date.is_none() && change == Change::None && !cues.iter().any(|(_, cue)| *cue == Cue::Confirmed)
            }
            Part::Verb => !third_person,
            Part::Participle => true,
            Part::Perfect => false,
        };
        if tense == Tense::Past && told_as_past {
            return Err(NoEvent::Past);
        }
        // "elected at the summit in January": a month that is told with the past is no later one.
        let recalled = date.map(|date| &self.text.timexes[date]).is_some_and(|timex| {
            let month = timex.days().is_some_and(|period| period.precision == Precision::Month);
            month && timex.tense == Tense::Past && timex.rule.ends_with("month")
        });
        if recalled && tense == Tense::Past && cues.is_empty() {
            return Err(NoEvent::Past);
        }
        let conditions = self.clauses.clauses.iter().any(|clause| clause.sort == Sort::Conditional);
        if conditions && stretch.into_iter().any(|at| self.is(at, Syntax::Hypothetical)) {
            return Err(NoEvent::Supposed);
        }
        let moved_to = self.moved_to(found, &cues);
        let place = moved_to.or_else(|| self.place(found, roles));
        let hosts = self.hosts(found, roles, place);
        let shift = self.shift_told(clause, &cues).filter(|_| change == Change::Day);
        let (period, before) = date.map_or((None, None), |date| self.days_told(found, date, change, shift));
        let otherwise = || moved_to.is_some() || self.is_held_elsewhere(found) || self.holds_now(found);
        if change == Change::None && (before.is_some() || otherwise()) {
            change = Change::Other;
        }
        Ok(Sighting {
            sentence: self.number,
            found: found.clone(),
            meant: self.meant(found),
            change,
            before,
            shift,
            sequel: self.sequel(found, date),
            lasts: self.length_told(),
            pronoun_subject: self.is_pronoun_subject(found, roles),
            kind: self.kind_told(found),
            timex: date,
            period,
            actors: self.actors(found, roles, place, &hosts),
            is_of_body: self.body_of(&found.tokens).is_some() && found.trigger.kind.family() == Kind::Meeting,
            hosts,
            place,
            status,
            says_status: !cues.is_empty(),
        })
    }

    /// "will gather on Sunday for a summit" tells a summit.
    pub fn kind_told(&self, found: &Found) -> Kind {
        let clause = self.clauses.of(found.tokens.start);
        let purpose = |other: &&Found| {
            let first = other.tokens.start.saturating_sub(PHRASE_REACH).max(found.tokens.end);
            let same = self.clauses.of(other.tokens.start) == clause && other.trigger.part == Part::Noun;
            same && other.trigger.kind.family() == Kind::Meeting
                && (first..other.tokens.start).any(|at| self.word(at) == "for" && self.is(at + 1, Syntax::Indefinite))
        };
        let meets = found.trigger.part == Part::Verb && found.trigger.kind == Kind::Meeting;
        // "hosts the BRICS summit"
        let object = |other: &&Found| {
            let near = found.tokens.end..found.tokens.end + PHRASE_REACH;
            let same = self.clauses.of(other.tokens.start) == clause && near.contains(&other.tokens.start);
            same && other.trigger.part == Part::Noun && other.trigger.kind.family() == Kind::Meeting
        };
        let hosts = meets && found.trigger.phrase.starts_with("host");
        let event = self.triggers.iter().find(|other| meets && purpose(other) || hosts && object(other));
        event.map_or(found.trigger.kind, |event| event.trigger.kind)
    }

    /// "at the summit", "before the talks", "for a visit": whatever the clause says, the event is taken for granted.
    fn is_presupposed(&self, found: &Found) -> bool {
        let first = found.tokens.start.saturating_sub(PHRASE_REACH).max(self.sentence.tokens.start);
        let phrase = (first..found.tokens.start)
            .rev()
            .take_while(|at| self.clauses.of(*at) == self.clauses.of(found.tokens.start));
        let governor =
            phrase.map(|at| (self.is(at, Syntax::Setting), self.is(at, Syntax::Modal))).find(|(s, m)| *s || *m);
        found.trigger.part == Part::Noun && governor == Some((true, false))
    }

    /// "the talks", "the two-day visit".
    pub fn is_definite(&self, found: &Found) -> bool {
        let noun = found.trigger.part == Part::Noun;
        noun && (found.tokens.start.saturating_sub(4)..found.tokens.start).any(|at| self.is(at, Syntax::Definite))
    }
}
