//! What an article reports: events that have taken place, of late.
//!
//! They are read apart from those ahead, so that neither changes the other.

use super::antecedents;
use super::clauses::Sort;
use super::coreference::{self, Group};
use super::elsewhere::Elsewhere;
use super::lexicon::{Cue, Part, Syntax, Trigger};
use super::mentions::{mention, undated as undated_mention};
use super::moves::Change;
use super::roles::Role;
use super::scene::{Found, Scene};
use super::sequels::Sequel;
use super::sightings::{PHRASE_REACH, Sighting};
use super::standing::status_of;
use super::whereabouts::distance;
use super::{Reader, Text};
use crate::event::{Kind, Mention, Precision, Status};
use crate::extract::entities::Entity;
use crate::extract::text::Shape;
use crate::extract::time::{Period, TimexType};
use std::cell::OnceCell;
use std::ops::Range;

/// For how many days what took place is news.
const RECENT: i32 = 60;
/// How many sentences back a date may stand that makes a passage history.
const PASSAGE_REACH: usize = 2;
/// How far before a verb its denial may stand, in tokens.
const DENIAL_REACH: usize = 3;

/// What a text reports, one mention for each event; none of what it also announces.
pub(super) fn find(
    reader: &Reader<'_>,
    text: &Text<'_, '_>,
    scenes: &[Scene<'_, '_>],
    announced: &[Group<'_>],
    elsewhere: &mut Elsewhere<'_, '_>,
) -> Vec<Mention> {
    let mut sightings: Vec<Sighting> = scenes.iter().flat_map(Scene::reports).collect();
    if sightings.is_empty() {
        return vec![];
    }
    antecedents::fill(reader, scenes, &mut sightings);
    sightings.retain(|s| has_parties(reader, s));
    let gazetteer = &reader.names.gazetteer;
    let groups = coreference::group(&sightings, gazetteer);
    let alone = |group: &&Group<'_>| !announced.iter().any(|known| known.is_same(group, gazetteer));
    let mut mentions: Vec<Mention> =
        groups.iter().filter(alone).filter_map(|group| mention(reader, text, group, elsewhere)).collect();
    let undated = coreference::undated(&groups, &sightings);
    mentions.extend(undated.iter().filter_map(|of_event| undated_mention(reader, text, of_event)));
    mentions
}

/// Whether as many are named as take part in such an event: two, or a body with its members.
fn has_parties(reader: &Reader<'_>, sighting: &Sighting) -> bool {
    let mut parties: Vec<usize> = sighting.actors.iter().filter_map(|actor| actor.party).collect();
    parties.sort_unstable();
    parties.dedup();
    let alone = matches!(sighting.kind, Kind::Vote | Kind::Hearing | Kind::Address | Kind::Ceremony | Kind::Exercise);
    parties.len() > 1 || parties.iter().any(|party| alone || reader.is_organisation(*party))
}

impl Scene<'_, '_> {
    /// One for each event that the sentence says took place.
    pub fn reports(&self) -> Vec<Sighting> {
        let mut found: Vec<Sighting> = Vec::new();
        let cues = OnceCell::new();
        let mut at = self.sentence.tokens.start;
        while at < self.sentence.tokens.end {
            let words = self.text.doc.words_from(at, self.sentence.tokens.end);
            let Some((length, rows)) = self.reader.lexicon.reports.longest(words) else {
                at += 1;
                continue;
            };
            let tokens = at..at + length;
            at = tokens.end;
            let cues = || cues.get_or_init(|| self.cues()).as_slice();
            let past = self.text.tenses.is_past(tokens.start) && !self.is_in_date(tokens.start);
            if !past || !self.has_happened(&tokens, cues()) {
                continue;
            }
            // "met and held talks": a clause tells one such event.
            let clause = self.clauses.of(tokens.start);
            let told = |event: &Found| {
                found.iter().any(|known: &Sighting| {
                    let same = known.kind.family() == event.trigger.kind.family();
                    same && self.clauses.of(known.found.tokens.start) == clause || known.found.tokens == event.tokens
                })
            };
            let event = rows.iter().find_map(|row| self.reported(&tokens, row)).filter(|event| !told(event));
            found.extend(event.and_then(|event| self.report(&event, &tokens, cues())));
        }
        found
    }

    /// The event that a past form tells: its own, or that of the noun which it is said of.
    fn reported(&self, tokens: &Range<usize>, row: &Trigger) -> Option<Found> {
        let passive = self.before(tokens.start).is_some_and(|at| self.is(at, Syntax::Passive));
        let own = Found { tokens: tokens.clone(), trigger: *row };
        match row.part {
            Part::Noun => self.noun_of(tokens, passive),
            Part::Participle => Some(own).filter(|_| passive),
            _ => Some(own).filter(|_| !passive && self.names_an_event(tokens, row)),
        }
    }

    /// The noun of the event that a verb is said of: its object, where it has one, else its subject.
    fn noun_of(&self, verb: &Range<usize>, passive: bool) -> Option<Found> {
        let clause = self.clauses.of(verb.start);
        let nouns = || {
            self.triggers
                .iter()
                .filter(|found| found.trigger.part == Part::Noun && found.trigger.kind != Kind::Deadline)
        };
        let in_clause = |found: &&Found| self.clauses.of(found.tokens.start) == clause;
        let between = |from: usize, to: usize| {
            let dated = |at: usize| self.timexes.iter().any(|t| t.period.is_some() && t.tokens.contains(&at));
            (from..to).any(|at| dated(at) || self.is(at, Syntax::Setting) || self.word(at) == ",")
        };
        let object = nouns().filter(in_clause).find(|found| {
            let near = verb.end..verb.end + PHRASE_REACH;
            near.contains(&found.tokens.start) && !between(verb.end, found.tokens.start)
        });
        let subject = || nouns().filter(in_clause).rfind(|found| found.tokens.end <= verb.start);
        let pronoun = self.clauses.clauses[clause].relative;
        let head = || nouns().rfind(|found| pronoun.is_some_and(|pronoun| self.is_head_of(&found.tokens, pronoun)));
        object.filter(|_| !passive).or_else(subject).or_else(head).cloned()
    }

    /// Whether a past form tells what has happened: "met", "has met", but not "was to have met", "may have met", "did not".
    fn has_happened(&self, tokens: &Range<usize>, cues: &[(usize, Cue)]) -> bool {
        let at = tokens.start;
        let have = self.before(at).filter(|at| matches!(self.word(*at), "have" | "having"));
        let supposed = have.and_then(|at| self.before(at)).is_some_and(|at| self.is(at, Syntax::Modal));
        let first = at.saturating_sub(DENIAL_REACH).max(self.sentence.tokens.start);
        let clause = self.clauses.of(at);
        let denied = cues
            .iter()
            .any(|(cue, of)| *of == Cue::Negative && (first..at).contains(cue) && self.clauses.of(*cue) == clause);
        let lower = self.text.doc.tokens[at].shape == Shape::Lower;
        lower && !supposed && !denied && self.clauses.sort_of(at) == Sort::Plain
    }

    /// What a clause reports of an event.
    fn report(&self, found: &Found, verb: &Range<usize>, cues: &[(usize, Cue)]) -> Option<Sighting> {
        let clause = self.clauses.of(verb.start);
        let cues: Vec<(usize, Cue)> = cues.iter().filter(|(at, _)| self.clauses.of(*at) == clause).copied().collect();
        let doubt = |cue: Cue| matches!(cue, Cue::Hedged | Cue::Cancelled | Cue::Postponed | Cue::Conditional);
        let again = self
            .timexes
            .iter()
            .any(|timex| timex.timex_type == TimexType::Set && self.clauses.of(timex.tokens.start) == clause);
        let habit = self.clauses.tokens(clause).any(|at| self.is(at, Syntax::Habitual));
        let none = (found.tokens.start.saturating_sub(DENIAL_REACH).max(self.sentence.tokens.start)
            ..found.tokens.start)
            .any(|at| self.word(at).eq_ignore_ascii_case("no"));
        if again || habit || none || cues.iter().any(|(_, cue)| doubt(*cue)) {
            return None;
        }
        status_of(&cues, &found.tokens, true)?;
        let date = self.date_of(found, verb);
        let days = date.and_then(|at| {
            let timex = &self.timexes[at];
            timex.days().map(|days| self.with_days_beside(timex, *days, false))
        });
        let news = match days {
            Some(days) => !self.is_old(&days) && days.precision <= Precision::Month,
            None => {
                !self.timexes.iter().filter_map(|timex| timex.period).any(|days| self.is_old(&days))
                    && !self.is_of_history(verb)
            }
        };
        if !news {
            return None;
        }
        let roles: Vec<(&Entity, Role)> = self.named_in(self.clauses.of(found.tokens.start));
        let place = self.place(found, &roles);
        let hosts = self.hosts(found, &roles, place);
        Some(Sighting {
            sentence: self.number,
            meant: self.meant(found),
            pronoun_subject: self.is_pronoun_subject(found, &roles),
            sequel: Sequel::None,
            change: Change::None,
            before: None,
            shift: None,
            lasts: None,
            kind: self.kind_told(found),
            timex: date.map(|at| at + self.first_timex),
            period: days,
            actors: self.actors(found, &roles, place, &hosts),
            is_of_body: self.body_of(&found.tokens).is_some() && found.trigger.kind.family() == Kind::Meeting,
            hosts,
            place,
            status: Status::Held,
            says_status: true,
            found: found.clone(),
        })
    }

    /// The date on which an event took place, as a place in those of the sentence: the nearest of its clause that is not
    /// ahead.
    fn date_of(&self, found: &Found, verb: &Range<usize>) -> Option<usize> {
        let clauses = [self.clauses.of(verb.start), self.clauses.of(found.tokens.start)];
        let dates = self.timexes.iter().enumerate().filter(|(_, timex)| {
            let told = timex.days().is_some_and(|days| days.first <= self.text.published && !days.is_era());
            let of_other =
                self.triggers.iter().any(|other| other.tokens != found.tokens && self.is_attached(timex, other));
            let plain = !self.dateline.contains(&timex.tokens.start) && !self.is_contrasted(timex) && !of_other;
            told && plain && clauses.contains(&self.clauses.of(timex.tokens.start))
        });
        dates.min_by_key(|(_, timex)| distance(verb, &timex.tokens)).map(|(at, _)| at)
    }

    /// Whether days lie so far back that what happened then is no news.
    fn is_old(&self, days: &Period) -> bool {
        (self.text.published - days.last).get_days() > RECENT
    }

    /// Whether what a clause without a date tells lies further back: it says so, or is of a passage that does.
    fn is_of_history(&self, verb: &Range<usize>) -> bool {
        let clause = self.clauses.of(verb.start);
        let subordinate = self.clauses.clauses[clause].relative.is_some() || {
            let first = self.clauses.tokens(clause).next();
            first.is_some_and(|at| self.is(at, Syntax::Subordinator) || self.word(at).eq_ignore_ascii_case("when"))
        };
        let long_ago = |at: usize| self.is(at, Syntax::LongAgo) || self.word(at) == "had";
        let passage = self.sentence_before(PASSAGE_REACH);
        let dates = self.text.timexes.iter().filter(|timex| passage.contains(&timex.tokens.start));
        let last = dates.filter_map(|timex| timex.period).next_back();
        let history = last.is_some_and(|days| self.is_old(&days));
        subordinate || history || self.clauses.tokens(clause).any(long_ago)
    }

    /// The tokens of so many sentences before this one in its paragraph.
    fn sentence_before(&self, reach: usize) -> Range<usize> {
        let sentences = &self.text.doc.sentences;
        let mut first = self.sentence.tokens.start;
        for sentence in sentences[..self.number].iter().rev().take(reach) {
            if self.text.doc.tokens[first].new_line {
                break;
            }
            first = sentence.tokens.start;
        }
        first..self.sentence.tokens.start
    }
}
