//! The new day of an event, told apart from the old one or of which only the old one is told: "The talks on 3 May have been
//! put off. They will now begin on 5 May."

use super::coreference::actors_agree;
use super::former::shifted;
use super::moves::Change;
use super::sequels::Sequel;
use super::sightings::Sighting;
use crate::event::Status;
use crate::extract::entities::PartyId;

/// Gives events that are moved their new days, and makes the old ones void.
pub(super) fn settle(sightings: &mut [Sighting]) {
    void_old_days(sightings);
    void_former_days(sightings);
    shift_days(sightings);
}

/// How many sentences after an event has been put off its new day may be told.
const NEW_DAY_REACH: usize = 3;

/// "The visit has been put off. It will now take place on 12 December": the new day is that of the event put off, whose
/// old one is void.
fn void_old_days(sightings: &mut [Sighting]) {
    for at in 0..sightings.len() {
        let new = &sightings[at];
        if new.sequel != Sequel::Change || new.timex.is_none() || new.status == Status::Cancelled {
            continue;
        }
        let of_same = |old: &Sighting, new: &Sighting| {
            let moved = old.change == Change::Day || new.change == Change::Day;
            let shared = visitors(new).next().is_none() || visitors(old).any(|party| visitors(new).any(|p| p == party));
            old.sentence < new.sentence && moved && shared && old.kind.family() == new.kind.family()
        };
        let near = |old: &usize| sightings[at].sentence - sightings[*old].sentence <= NEW_DAY_REACH;
        let Some(old) = (0..at).rev().take_while(near).find(|old| of_same(&sightings[*old], &sightings[at])) else {
            continue;
        };
        let Sighting { actors, place, kind, period, status, .. } = sightings[old].clone();
        let new = &mut sightings[at];
        let sooner = period.zip(new.period).is_some_and(|(old, new)| new.first < old.first);
        // What is brought forward, or a limit that is extended, is not put off.
        let off = status == Status::Postponed || new.status == Status::Postponed;
        new.status = if off && !sooner { Status::Postponed } else { Status::Confirmed };
        new.change = Change::Day;
        new.before.get_or_insert_default().extend(period);
        new.place = new.place.or(place);
        new.kind = kind;
        for actor in actors {
            if !new.actors.contains(&actor) {
                new.actors.push(actor);
            }
        }
        sightings[old].timex = None;
        sightings[old].period = None;
    }
}

/// "The visit was originally set for 3 May": where another day is told of the event, this one is void.
fn void_former_days(sightings: &mut [Sighting]) {
    for at in 0..sightings.len() {
        let Some(old) = sightings[at].period.filter(|_| sightings[at].sequel == Sequel::Former) else { continue };
        let holds = |new: &Sighting| {
            let former = &sightings[at];
            let near = new.sentence.abs_diff(former.sentence) <= NEW_DAY_REACH;
            let other = new.period.is_some_and(|days| days.last < old.first || old.last < days.first);
            let same = new.kind.family() == former.kind.family() && actors_agree(&new.actors, &former.actors);
            near && other && same && new.sequel != Sequel::Former
        };
        let Some(new) = sightings.iter().position(holds) else { continue };
        let new = &mut sightings[new];
        new.before.get_or_insert_default().push(old);
        if new.change == Change::None {
            new.change = Change::Other;
        }
        sightings[at].timex = None;
        sightings[at].period = None;
    }
}

/// "The visit on 3 May is off. It has been brought forward by a day": the day follows from the one told before.
fn shift_days(sightings: &mut [Sighting]) {
    for at in 0..sightings.len() {
        let Some(shift) = sightings[at].shift.filter(|_| sightings[at].timex.is_none()) else { continue };
        let moved = &sightings[at];
        let same = |old: &Sighting| {
            let known = actors_agree(&old.actors, &moved.actors) || moved.actors.is_empty();
            old.kind.family() == moved.kind.family() && old.before.is_none() && known
        };
        let near = |old: &usize| sightings[at].sentence - sightings[*old].sentence <= NEW_DAY_REACH;
        let dated = |old: &usize| sightings[*old].timex.is_some() && same(&sightings[*old]);
        let Some(old) = (0..at).rev().take_while(near).find(dated) else { continue };
        let (change, status) = (moved.change, moved.status);
        let event = &mut sightings[old];
        let Some(days) = event.period.and_then(|days| shifted(&days, shift)) else { continue };
        event.before = event.period.map(|days| vec![days]);
        (event.period, event.change, event.status) = (Some(days), change, status);
    }
}

/// Who takes part, but for those who receive a visit.
fn visitors(sighting: &Sighting) -> impl Iterator<Item = PartyId> {
    let parties = sighting.actors.iter().filter_map(|actor| actor.party);
    parties.filter(|party| !sighting.hosts.contains(party))
}
