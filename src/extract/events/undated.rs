//! What an article tells of an event that it gives no date, which may be known from others: that it is called off, put off,
//! back on or held elsewhere, or that it will be held as known.

use super::antecedents;
use super::coreference::{self, Group};
use super::lexicon::{Cue, Syntax};
use super::moves::Change;
use super::scene::Scene;
use super::sightings::Sighting;
use crate::event::Status;
use crate::extract::time::TimexType;

/// Each such event with the sightings of it, in the order of the text.
pub(super) fn changes(scenes: &[Scene<'_, '_>], groups: &[Group<'_>], sightings: &[Sighting]) -> Vec<Vec<Sighting>> {
    let mut changes: Vec<Vec<Sighting>> = Vec::new();
    for sighting in coreference::without_event(groups, sightings) {
        let scene = &scenes[sighting.sentence];
        let mut sighting = sighting.clone();
        let told_before = |known: &Sighting| {
            let off = known.status.is_off() && sighting.status.is_off();
            sighting.actors.is_empty() && off && known.kind.family() == sighting.kind.family()
        };
        // "Zambia said the trip would be rescheduled": the one told before.
        if let Some(known) = changes.iter_mut().rfind(|known| known.first().is_some_and(told_before)) {
            known.push(Sighting { change: Change::Other, ..sighting });
            continue;
        }
        antecedents::of_undated(scenes, &mut sighting);
        // What the article dates is none of others, even where it does not say which of several it means.
        let dated = || groups.iter().any(|group| group.may_be_meant(&sighting));
        let change = sighting.status.is_off()
            || sighting.change != Change::None
                && sighting.status == Status::Confirmed
                && !scene.is_wished(&sighting)
                && !dated()
            || scene.tells_known_event(&sighting) && !dated();
        if !change {
            continue;
        }
        sighting.change = Change::Other;
        let same = |known: &Sighting| {
            known.kind == sighting.kind && known.status == sighting.status && known.actors == sighting.actors
        };
        match changes.iter_mut().find(|known| known.first().is_some_and(same)) {
            Some(known) => known.push(sighting),
            None => changes.push(vec![sighting]),
        }
    }
    changes
}

impl Scene<'_, '_> {
    /// "The talks between Chile and Peru will take place in Quito", "Chile confirmed that the talks with Peru will begin": what
    /// the text takes for known will be held, with parties that it names, and a place or the word that it is confirmed.
    fn tells_known_event(&self, sighting: &Sighting) -> bool {
        let found = &sighting.found;
        let clause = self.clauses.of(found.tokens.start);
        let after = || self.clauses.tokens(clause).filter(|at| *at >= found.tokens.end);
        let held = after().any(|at| self.is(at, Syntax::Holding));
        let ahead = after().any(|at| self.text.tenses.is_future(at));
        let parties: Vec<_> = sighting.actors.iter().filter_map(|actor| actor.party).collect();
        let named = parties.len() > 1 || parties.iter().any(|party| self.reader.is_organisation(*party));
        let confirmed = || self.sentence.tokens.clone().any(|at| self.is(at, Syntax::Announcing));
        let planned = || after().any(|at| self.word(at) == "as" && self.word(at + 1).ends_with("ed"));
        let told = sighting.place.is_some() || confirmed() || planned();
        let certain = sighting.status == Status::Confirmed && sighting.says_status && ahead;
        self.is_definite(found) && certain && named && told && held && !self.is_in_doubt_or_habit()
    }

    /// Whether the sentence tells of what is only hoped for, or happens again and again.
    fn is_in_doubt_or_habit(&self) -> bool {
        let doubt = |(_, cue): &(usize, Cue)| matches!(cue, Cue::Tentative | Cue::Hedged | Cue::Conditional);
        let again = self.timexes.iter().any(|timex| timex.timex_type == TimexType::Set);
        again || self.cues().iter().any(doubt) || self.sentence.tokens.clone().any(|at| self.is(at, Syntax::Habitual))
    }

    /// "called for the talks to be moved to Quito": nobody says that they have been.
    fn is_wished(&self, sighting: &Sighting) -> bool {
        let clause = self.clauses.of(sighting.found.tokens.start);
        self.clauses.tokens(clause).any(|at| {
            let infinitive = self.word(at) == "to" && self.word(at + 1) == "be";
            let plan = self.before(at).is_some_and(|at| self.is(at, Syntax::Passive));
            infinitive && !plan && self.cues().iter().all(|(_, cue)| *cue != Cue::Confirmed)
        })
    }
}
